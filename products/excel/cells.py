"""One cell into one value: prices, quantities and dates as people type them.

Every reader takes a value of a sheet and returns the typed value, ``None`` for a cell that says
"nothing", or raises ``CellProblem`` with what is wrong.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from products.excel.problems import CellProblem, Kind
from products.excel.workbook import Value, as_text
from tradecontact.rupiah import CURRENCY, parse_rupiah

BLANKS = {
    "", ".", "..", "...", "?", "n/a", "na", "#n/a", "nihil", "kosong", "tidak ada", "tdk ada", "belum ada",
    "belum", "null", "none", "menyusul",
}  # fmt: skip
DASHES = re.compile(r"[-–—_\s]*")

LONGEST_VALUE = 100
LONGEST_QUOTE = 60
MAX_PRICE = 10**12
MAX_QUANTITY = 2**31 - 1
INDONESIAN = re.compile(r"\d{1,3}(?:[. ]\d{3})+(,\d+)?|\d+(,\d+)?")
ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(\.\d+)?|\d+(\.\d{1,2}|\.\d{4,})")
RANGE = re.compile(r"\d[^\d]*?\s*(?:-|–|—|~|s/d|s\.d\.?|sd|sampai|hingga|to)\s*(?:rp\.?\s*)?\d", re.I)
PRICE_UNIT = re.compile(r"\s*(?:/|@|\bper\b)\s*(?P<unit>[^\d/]+)$", re.I)
PRICE_ENDING = re.compile(r"(?:[.,]-+|\s*rupiah|(?<=,\d{3})\.00)$", re.I)
GAP_BEFORE_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
THOUSANDS_AS_K = re.compile(r"(?<=\d)\s*k$", re.I)
ABOUT = re.compile(r"^(?:±|~|\+/-|sekitar|kira-kira|kurang lebih|k\.l\.)\s*", re.I)
QUANTITY = re.compile(r"(?P<sign>-)?\s*(?P<number>\d[\d., ]*?)\s*(?P<unit>[^\W\d_][^\d]*[23]?)?", re.I)
PER_MONTH = re.compile(r"\s*(?:/|per\b)\s*(?:bulan|bln|month)\.?$|\s+(?:sebulan|bulanan)$", re.I)
OTHER_PERIOD = re.compile(
    r"(?:/|\bper\b)\s*(?:hari|minggu|pekan|tahun|thn|hr|mgg|day|week|year)|\b(?:se)?(?:hari|minggu|tahun)an?\b",
    re.I,
)

DAYS = re.compile(r"(\d{1,6})\s*(?:hari(?:\s+kerja)?|days?)?", re.I)
LONGEST_WAIT = 365
YES = {"ya", "bisa", "ada", "menerima", "boleh", "y", "yes", "v", "√", "✓"}
NO = {"tidak", "tdk", "tidak bisa", "tidak menerima", "tidak ada", "no", "n"}

FREQUENCIES = {
    "per bulan": "monthly", "bulanan": "monthly", "tiap bulan": "monthly", "setiap bulan": "monthly",
    "rutin": "monthly", "monthly": "monthly", "sekali": "once", "satu kali": "once", "sekali saja": "once",
    "1x": "once", "once": "once",
}  # fmt: skip

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari pebruari february feb peb", "maret march mar mrt",
            "april apr", "mei may", "juni june jun", "juli july jul", "agustus august agu agt ags aug",
            "september sep sept", "oktober october okt oct", "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
YEAR = re.compile(r"(?:sejak|mulai|berdiri|tahun|thn?\.?|±|\s)*(\d{4})", re.I)
DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{2}|\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:[ T]00:00(?::00)?)?")
NAMED_MONTH = re.compile(r"(?:(\d{1,2})[\s.\-/]*)?([a-z]+)\.?[\s.\-/,]*(\d{4})", re.I)
WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,\s*", re.I)
EARLIEST_YEAR = 1800
EXCEL_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Price:
    """Whole rupiah, with the unit when the cell names one (``Rp5.000/pcs``)."""

    rupiah: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount above 0, with the unit when the cell names one (``6000 lembar``)."""

    amount: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date of which perhaps only the year is known; ``day`` is then the first of it."""

    day: date
    is_year_only: bool


def shortened(value: Value) -> str:
    """Return what the cell says, short enough to be quoted in a message."""
    text = as_text(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def is_blank(value: Value) -> bool:
    """True for an empty cell and for the ways people write "nothing": ``-``, ``n/a``, ``belum ada``."""
    if not isinstance(value, str):
        return False
    return value.lower() in BLANKS or DASHES.fullmatch(value) is not None


def parse_number(text: str) -> Decimal | None:
    """Return the number that Indonesian or English punctuation means, ``None`` when it is no number.

    Groups of three after a point or comma are thousands: ``134.100`` and ``134,100`` are 134100;
    ``1,25`` and ``1.25`` are 1.25.
    """
    text = text.strip()
    if INDONESIAN.fullmatch(text) and not re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text):
        return Decimal(re.sub(r"[. ]", "", text).replace(",", "."))
    if ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return None


def read_price(value: Value) -> Price | None:
    """Return a price in whole rupiah: ``134.100``, ``Rp900,00``, ``1,25 jt``, ``25rb/pcs``."""
    if is_blank(value):
        return None
    typed = shortened(value)
    if isinstance(value, str):
        amount, unit = _price_of_text(value)
    elif isinstance(value, float | int) and not isinstance(value, bool) and math.isfinite(value):
        amount, unit = _decimal(value), ""
    else:
        raise CellProblem(Kind.INVALID_PRICE, value=typed)
    if amount <= 0:
        raise CellProblem(Kind.INVALID_PRICE, "positive", value=typed)
    if amount != amount.to_integral_value():
        raise CellProblem(Kind.INVALID_PRICE, "fraction", value=typed)
    if amount > MAX_PRICE:
        raise CellProblem(Kind.INVALID_PRICE, "large", value=typed)
    return Price(int(amount), unit)


def _price_of_text(text: str) -> tuple[Decimal, str]:
    """Split ``25rb/pcs`` into 25000 and its unit; forms of the portal read the rest the same way."""
    if len(text) > LONGEST_VALUE:
        raise CellProblem(Kind.INVALID_PRICE, value=shortened(text))
    match = PRICE_UNIT.search(text)
    bare = PRICE_ENDING.sub("", text[: match.start()] if match else text)
    bare = THOUSANDS_AS_K.sub(" rb", GAP_BEFORE_THOUSANDS.sub("", bare))
    try:
        rupiah = parse_rupiah(bare)
    except ValueError as error:
        raise CellProblem(Kind.INVALID_PRICE, _fault_of_price(bare), value=shortened(text)) from error
    return Decimal(rupiah), match["unit"].strip() if match else ""


def _fault_of_price(text: str) -> str:
    """Return the variant of ``invalid_price`` that explains best why a text is no price."""
    if RANGE.search(text):
        return "range"
    return "fraction" if parse_number(CURRENCY.sub("", text)) is not None else ""


def read_quantity(value: Value) -> Quantity | None:
    """Return an amount per month or per order: ``1.200``, ``6000 lembar``, ``± 500 pcs/bulan``."""
    if is_blank(value):
        return None
    typed = shortened(value)
    if isinstance(value, str):
        amount, unit = _quantity_of_text(value)
    elif isinstance(value, float | int) and not isinstance(value, bool) and math.isfinite(value):
        amount, unit = _decimal(value), ""
    else:
        raise CellProblem(Kind.INVALID_NUMBER, value=typed)
    if amount <= 0:
        raise CellProblem(Kind.INVALID_NUMBER, "positive", value=typed)
    if amount > MAX_QUANTITY:
        raise CellProblem(Kind.INVALID_NUMBER, "large", value=typed)
    return Quantity(amount, unit)


def _quantity_of_text(text: str) -> tuple[Decimal, str]:
    if len(text) > LONGEST_VALUE:
        raise CellProblem(Kind.INVALID_NUMBER, value=shortened(text))
    plain = PER_MONTH.sub("", ABOUT.sub("", text))
    if OTHER_PERIOD.search(plain):
        raise CellProblem(Kind.INVALID_NUMBER, "period", value=shortened(text))
    match = QUANTITY.fullmatch(plain)
    number = parse_number(match["number"]) if match else None
    if match is None or number is None:
        variant = "range" if RANGE.search(text) else ""
        raise CellProblem(Kind.INVALID_NUMBER, variant, value=shortened(text))
    return (-number if match["sign"] else number), (match["unit"] or "").strip()


def read_days(value: Value) -> int | None:
    """Return working days from 1 to 365: ``14`` or ``14 hari kerja``."""
    if is_blank(value):
        return None
    match = DAYS.fullmatch(as_text(value)[:LONGEST_VALUE])
    if match is None or not 1 <= int(match[1]) <= LONGEST_WAIT:
        raise CellProblem(Kind.INVALID_NUMBER, "days", value=shortened(value))
    return int(match[1])


def read_answer(value: Value) -> bool | None:
    """Return whether a cell says yes or no."""
    if isinstance(value, bool):
        return value
    word = as_text(value).lower()
    if word in NO:
        return False
    if is_blank(value):
        return None
    if word not in YES:
        raise CellProblem(Kind.UNKNOWN_ANSWER, value=shortened(value))
    return True


def read_frequency(value: Value) -> str | None:
    """Return ``once`` or ``monthly``."""
    if is_blank(value):
        return None
    word = as_text(value).lower()
    if word in FREQUENCIES:
        return FREQUENCIES[word]
    raise CellProblem(Kind.UNKNOWN_FREQUENCY, value=shortened(value))


def read_day(value: Value) -> date | None:
    """Return a full date, past or future: ``31/12/2026`` or a real date."""
    found = read_date(value, latest=date.max)
    if found is not None and found.is_year_only:
        raise CellProblem(Kind.INVALID_DATE, "day", value=shortened(value))
    return found.day if found else None


def whole(amount: Decimal, typed: str) -> int:
    """Return an amount as a whole number, for columns that count pieces."""
    if amount != amount.to_integral_value():
        raise CellProblem(Kind.INVALID_NUMBER, "fraction", value=typed)
    return int(amount)


def _decimal(number: float) -> Decimal:
    """A stored number without the noise of binary fractions (26900.000000000004 is 26900)."""
    return Decimal(repr(round(number, 6)))


def read_date(value: Value, *, latest: date) -> LooseDate | None:
    """Return when a business began: ``12/03/2001`` (day first), ``3 Maret 2002``, ``2004``, ``2009-07-01``.

    ``latest`` is the day of the import; a later date is refused.
    """
    if is_blank(value):
        return None
    found = _date_of_text(value) if isinstance(value, str) else _date_of_cell(value)
    if found is None or found.day.year < EARLIEST_YEAR:
        raise CellProblem(Kind.INVALID_DATE, value=shortened(value))
    if found.day > latest:
        raise CellProblem(Kind.INVALID_DATE, "future", value=shortened(value))
    return found


def _date_of_cell(value: Value) -> LooseDate | None:
    """Read a real Excel date, a year typed as a number, or the day number of an unformatted date."""
    if isinstance(value, datetime):
        return LooseDate(value.date(), is_year_only=False)
    if isinstance(value, date):
        return LooseDate(value, is_year_only=False)
    if isinstance(value, bool) or not isinstance(value, float | int) or not float(value).is_integer():
        return None
    if EARLIEST_YEAR <= value < 2200:
        return LooseDate(date(int(value), 1, 1), is_year_only=True)
    if 10_000 <= value < 80_000:
        return LooseDate(EXCEL_DAY_ZERO + timedelta(days=int(value)), is_year_only=False)
    return None


def _date_of_text(text: str) -> LooseDate | None:
    plain = WEEKDAY.sub("", text[:LONGEST_VALUE])
    if match := YEAR.fullmatch(plain):
        return _loose(int(match[1]), None, None)
    if match := DAY_FIRST.fullmatch(plain):
        if len(match[3]) == 2:
            raise CellProblem(Kind.INVALID_DATE, "year", value=shortened(text))
        return _loose(int(match[3]), int(match[2]), int(match[1]))
    if match := YEAR_FIRST.fullmatch(plain):
        return _loose(int(match[1]), int(match[2]), int(match[3]))
    if (match := NAMED_MONTH.fullmatch(plain)) and match[2].lower() in MONTHS:
        return _loose(int(match[3]), MONTHS[match[2].lower()], int(match[1]) if match[1] else None)
    return None


def _loose(year: int, month: int | None, day: int | None) -> LooseDate | None:
    """Return the date, or ``None`` when the calendar has no such day."""
    try:
        return LooseDate(date(year, month or 1, day or 1), is_year_only=day is None)
    except ValueError:
        return None
