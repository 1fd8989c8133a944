"""The demonstration's lists in ``data/`` as typed rows. Pure: files in, values out."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

DATA = Path(__file__).parent / "data"
Row = TypeVar("Row")


@dataclass(frozen=True)
class CertificateRow:
    """A certificate; it ends ``days`` after the demonstration is built, where its end is known."""

    kind: str
    state: str
    number: str = ""
    days: int | None = None

    @classmethod
    def read_all(cls, text: str) -> tuple["CertificateRow", ...]:
        """Read ``pirt:checked:2063204990017-YY:900|halal:in_process``."""
        return tuple(cls._read(*part.split(":")) for part in text.split("|") if part)

    @classmethod
    def _read(cls, kind: str, state: str, number: str = "", days: str = "") -> "CertificateRow":
        return cls(kind, state, number, whole(days))

    def valid_until(self, today: date) -> date | None:
        return None if self.days is None else today + timedelta(days=self.days)

    def number_on(self, today: date) -> str:
        """Return the number; ``YY`` in it stands for the year in which the certificate ends."""
        until = self.valid_until(today)
        return self.number.replace("YY", f"{until:%y}") if until else self.number


@dataclass(frozen=True, kw_only=True)
class BusinessRow:
    """One business. ``founded`` is a year or a day; ``first_visit`` says that it was there in 2018.

    ``women_led`` is ``yes``, ``no``, or empty where the business does not say.
    """

    region: str
    name: str
    line: str
    district: str
    size: str
    founded: str
    owner: str
    women_led: str
    phone: str
    email: str
    nib: str
    certificates: tuple[CertificateRow, ...]
    first_visit: bool
    story: str

    @property
    def founded_on(self) -> date | None:
        """The day, or the first of January of a year that is all that is known."""
        if not self.founded:
            return None
        return date.fromisoformat(f"{self.founded}-01-01" if self.founded_year_only else self.founded)

    @property
    def founded_year_only(self) -> bool:
        return len(self.founded) == len("2018")


@dataclass(frozen=True, kw_only=True)
class ProductRow:
    """One product. ``prices`` is {from quantity: rupiah}; what is ``None`` is not known.

    ``delivery`` is the delivery area with the codes of its places, ``listed:32|33.72``.
    """

    business: str
    category: str
    name: str
    unit: str
    prices: dict[int, int]
    min_order: int | None
    capacity: int | None
    lead_days: int | None
    consignment: bool | None
    delivery: tuple[str, tuple[str, ...]]
    certificates: tuple[CertificateRow, ...]
    status: str
    description: str


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """One need. ``wanted_from`` and ``open_until`` count days from the day of the visit."""

    business: str
    category: str
    text: str
    quantity: int | None
    frequency: str
    unit: str
    ceiling: int | None
    requires: tuple[str, ...]
    wanted_from: int | None
    open_until: int | None
    source: str


def whole(text: str) -> int | None:
    """Return a whole number; nothing written is not known."""
    return int(text) if text else None


def yes_or_no(text: str) -> bool | None:
    """Return a yes or a no; nothing written is not known."""
    return {"yes": True, "no": False, "": None}[text]


def prices_of(text: str) -> dict[int, int]:
    """Read ``20:265000|100:248000``: rupiah for one unit, by the quantity from which it holds."""
    pairs = (part.split(":") for part in text.split("|") if part)
    return {int(quantity): int(rupiah) for quantity, rupiah in pairs}


def names_of(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split("|") if name)


def delivery_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Read ``everywhere``, or ``listed:32|33.72``: a delivery area with the codes of its places."""
    area, _colon, codes = text.partition(":")
    return area, names_of(codes)


READERS: dict[str, Callable[[str], object]] = {
    "certificates": CertificateRow.read_all,
    "first_visit": bool,
    "prices": prices_of,
    "min_order": whole,
    "capacity": whole,
    "lead_days": whole,
    "consignment": yes_or_no,
    "delivery": delivery_of,
    "requires": names_of,
    "quantity": whole,
    "ceiling": whole,
    "wanted_from": whole,
    "open_until": whole,
}


def businesses() -> list[BusinessRow]:
    return list(_read("businesses.csv", BusinessRow))


def products() -> list[ProductRow]:
    return list(_read("products.csv", ProductRow))


def needs() -> list[NeedRow]:
    return list(_read("needs.csv", NeedRow))


def _read(name: str, make: Callable[..., Row]) -> Iterator[Row]:
    """Yield the rows of a file, each column turned into its value."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield make(**{column: READERS.get(column, str)(text) for column, text in line.items()})
