"""What a list says, as values: businesses with their products and needs, and the doubts about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from products.excel.cells import LooseDate
from products.excel.identifiers import Claim
from products.excel.problems import Problem


@dataclass(frozen=True)
class ProductEntry:
    """One product as listed. ``price`` is whole rupiah per ``unit``; ``category`` a code of the taxonomy.

    ``tiers`` are further prices by the quantity they begin at; ``code`` is the portal's own (``P12``).
    ``is_category_named`` says that the list names this very family. ``photos`` are names of files.
    """

    row: int
    name: str
    category: str | None
    description: str = ""
    price: int | None = None
    unit: str | None = None
    min_order: int | None = None
    capacity: int | None = None
    lead_time: int | None = None
    consignment: bool | None = None
    certificates: tuple[Claim, ...] = ()
    code: str = ""
    version: int = 0  # of the portal's row that the file was made from; 0 is unknown
    is_category_named: bool = False
    tiers: tuple[tuple[int, int], ...] = ()
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class NeedEntry:
    """One need as listed. ``quantity`` is per month, ``price_ceiling`` whole rupiah per ``unit``.

    ``area`` is the code of a province or region that suppliers must be from; ``code`` the portal's (``K7``).
    """

    row: int
    text: str
    category: str | None
    quantity: int | None = None
    unit: str | None = None
    price_ceiling: int | None = None
    certificates: tuple[str, ...] = ()
    code: str = ""
    version: int = 0  # of the portal's row that the file was made from; 0 is unknown
    is_category_named: bool = False
    frequency: str = ""
    area: str = ""
    wanted_from: date | None = None
    open_until: date | None = None


@dataclass(frozen=True)
class BusinessEntry:
    """One business as listed, from its first row on. ``phone`` is E.164, ``nib`` 13 digits.

    ``code`` is the portal's own (``U12``), empty in a list that did not come from the portal.
    """

    row: int
    name: str
    line: str | None = None
    line_text: str = ""
    owner_name: str = ""
    phone: str = ""
    email: str = ""
    nib: str = ""
    district: str = ""
    founded: LooseDate | None = None
    size: str = ""
    story: str = ""
    certificates: tuple[Claim, ...] = ()
    products: tuple[ProductEntry, ...] = ()
    needs: tuple[NeedEntry, ...] = ()
    code: str = ""
    version: int = 0  # of the portal's row that the file was made from; 0 is unknown


@dataclass(frozen=True)
class Duplicate:
    """A business that an earlier row of the list seems to hold already."""

    row: int
    same_as_row: int
    by: str


@dataclass(frozen=True)
class SkippedRow:
    """A row that is no business: a total, a signature, a heading between the rows."""

    row: int
    text: str


@dataclass(frozen=True)
class Column:
    """A titled column with its first values.

    ``field`` is a code of ``Field``, ``None`` while nobody said what the column holds.
    """

    number: int
    header: str
    field: str | None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """Everything one list says."""

    sheet: str
    sheet_count: int
    header_row: int
    columns: tuple[Column, ...]
    businesses: tuple[BusinessEntry, ...]
    problems: tuple[Problem, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    skipped: tuple[SkippedRow, ...] = field(default=())
    unused_photos: tuple[str, ...] = ()

    @property
    def product_count(self) -> int:
        return sum(len(business.products) for business in self.businesses)

    @property
    def need_count(self) -> int:
        return sum(len(business.needs) for business in self.businesses)

    @property
    def known_columns(self) -> dict[str, str]:
        """Title and field of every column somebody or something recognised."""
        return {column.header: column.field for column in self.columns if column.field is not None}

    @property
    def unknown_columns(self) -> list[str]:
        return [column.header for column in self.columns if column.field is None]


def find_duplicates(businesses: tuple[BusinessEntry, ...]) -> tuple[Duplicate, ...]:
    """Return businesses that share the portal's code, else the NIB, else the phone, with an earlier one.

    Two codes of the portal are two businesses, whatever else they share.
    """
    seen: dict[tuple[str, str], BusinessEntry] = {}
    duplicates = []
    for business in businesses:
        signs = [(by, getattr(business, by)) for by in ("code", "nib", "phone")]
        signs = [sign for sign in signs if sign[1]]
        known = next((sign for sign in signs if sign in seen and _may_be_one(business, seen[sign])), None)
        if known is not None:
            duplicates.append(Duplicate(business.row, seen[known].row, known[0]))
        for sign in signs:
            seen.setdefault(sign, business)
    return tuple(duplicates)


def _may_be_one(one: BusinessEntry, other: BusinessEntry) -> bool:
    return not (one.code and other.code) or one.code == other.code
