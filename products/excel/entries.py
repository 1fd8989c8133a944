"""What a list says, as values: businesses with their products and needs, and the doubts about them."""

from __future__ import annotations

from dataclasses import dataclass, field

from products.excel.cells import LooseDate
from products.excel.identifiers import Claim
from products.excel.problems import Problem


@dataclass(frozen=True)
class ProductEntry:
    """One product as listed. ``price`` is whole rupiah per ``unit``; ``category`` a code of the taxonomy."""

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


@dataclass(frozen=True)
class NeedEntry:
    """One need as listed. ``quantity`` is per month, ``price_ceiling`` whole rupiah per ``unit``."""

    row: int
    text: str
    category: str | None
    quantity: int | None = None
    unit: str | None = None
    price_ceiling: int | None = None
    certificates: tuple[str, ...] = ()


@dataclass(frozen=True)
class BusinessEntry:
    """One business as listed, from its first row on. ``phone`` is E.164, ``nib`` 13 digits."""

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
    """Return businesses that share the NIB, else the phone, with an earlier one."""
    by_nib: dict[str, int] = {}
    by_phone: dict[str, int] = {}
    duplicates = []
    for business in businesses:
        if business.nib in by_nib:
            duplicates.append(Duplicate(business.row, by_nib[business.nib], "nib"))
        elif business.phone in by_phone:
            duplicates.append(Duplicate(business.row, by_phone[business.phone], "phone"))
        if business.nib:
            by_nib.setdefault(business.nib, business.row)
        if business.phone:
            by_phone.setdefault(business.phone, business.row)
    return tuple(duplicates)
