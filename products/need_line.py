"""One line as heard on the phone, read into the fields of a need. Pure; what is unclear stays empty.

``Kotak kemasan food-grade, 500-1.000 pcs/bulan, ≤ Rp2.500, mulai April`` is a box for food, 1.000
pieces a month (the larger end, since that is what must be deliverable), at most Rp2.500, from the
first of April on. ``… dari Jawa Tengah, sampai akhir Juni`` asks for suppliers of one province until 30 June.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from products.excel.cells import MONTHS
from products.taxonomy import Family, Unit, classify, fold, recognise_unit
from tradecontact.rupiah import parse_rupiah

LONGEST_LINE = 300
MOST_PIECES = 2_147_483_647
MONTHS_IN_YEAR = 12

NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
AMOUNT = re.compile(
    rf"(?:(?:{NUMBER})\s*(?:-|–|—|s/d|sampai|hingga|to)\s*)?(?P<number>{NUMBER})"
    r"\s*(?P<unit>[^\W\d_]+(?:\s(?:persegi|kubik))?)?"
    r"(?:\s*(?:/|per|se)\s*(?P<period>bulan|bln|month|hari|minggu|pekan|tahun|thn|day|week|year))?",
    re.IGNORECASE,
)
PRICE = re.compile(
    r"(?:≤|<=?|maks(?:imal|imum)?\.?|paling (?:mahal|tinggi|banyak)|di bawah|harga|max\.?|up to|@)?\s*"
    r"(?:(?:rp|idr)\.?\s*(?P<marked>\d[\d.,]*\d|\d)\s*(?P<scale>rb|ribu|jt|juta|k)?\b"
    r"|(?P<scaled>\d[\d.,]*\d|\d)\s*(?P<word>rb|ribu|jt|juta)\b)",
    re.IGNORECASE,
)
START = re.compile(r"\b(?:mulai|sejak|from|starting)\s+(?:(?P<day>\d{1,2})\s+)?(?P<month>[^\W\d_]+)", re.I)
YEAR = re.compile(r"(?:\s+|\s*[/.-]\s*)(?P<year>20\d\d)\b")
UNTIL = re.compile(
    r"\b(?:sampai|hingga|s/d|paling lambat|batas(?:nya)?|tenggat|deadline|until|till|by)\s+"
    r"(?:(?:dengan|tanggal|tgl|akhir|the end of|end of)\s+)*"
    r"(?:(?P<day>\d{1,2})(?:\s+|\s*[/.-]\s*))?(?P<month>[^\W\d_]+|\d{1,2}(?=[/.-]20\d\d))",
    re.IGNORECASE,
)
AREA = re.compile(
    r"\b(?:dari|khusus|hanya|asal|wilayah|pemasok|from|only)\s+(?=(?P<words>(?:[^\W\d_]+[. ]*){1,7}))", re.I
)  # looked ahead, so that the next "dari" is found too
LONGEST_AREA = 6
ONCE = re.compile(r"\b(?:sekali|satu kali|once)\b", re.IGNORECASE)
MONTHLY_WORDS = {"bulan", "bln", "month"}
CERTIFICATES = {"pirt": r"\bp-?irt\b", "bpom": r"\bbpom\b", "halal": r"\bhalal\b", "sni": r"\bsni\b"}


@dataclass(frozen=True)
class Reading:
    """What a line says; ``None`` or empty where it says nothing. Category and unit are codes."""

    category: str | None = None
    quantity: int | None = None
    unit: str | None = None
    frequency: str | None = None
    price_ceiling_rupiah: int | None = None
    certificates_required: tuple[str, ...] = ()
    wanted_from: date | None = None
    open_until: date | None = None
    area: str | None = None


def read_line(
    line: str,
    *,
    families: Sequence[Family],
    units: Sequence[Unit],
    today: date,
    areas: Mapping[str, str] | None = None,
) -> Reading:
    """Return what ``line`` says. A month without a year is its next one, this month included.

    ``areas`` holds the code of every place by its folded names; the code of the area is among them.
    """
    line = line[:LONGEST_LINE]
    match = classify(line, families)
    without_price = UNTIL.sub(" ", START.sub(" ", PRICE.sub(" ", line)))
    quantity, unit, frequency = _amount(without_price, units)
    return Reading(
        category=match.family.code if match else None,
        quantity=quantity,
        unit=unit,
        frequency="once" if ONCE.search(line) else frequency,
        price_ceiling_rupiah=_price(line),
        certificates_required=tuple(
            kind for kind, spelling in CERTIFICATES.items() if re.search(spelling, line, re.IGNORECASE)
        ),
        wanted_from=_start(line, today),
        open_until=_end(line, today),
        area=_area(line, areas or {}),
    )


def _amount(line: str, units: Sequence[Unit]) -> tuple[int | None, str | None, str | None]:
    """Return quantity, unit code and frequency of the number per period, else of the last one with a unit.

    ``Keripik 250 g, 600 bungkus per bulan`` is 600 packs a month. A period other than a month gives no
    quantity, since the portal counts by month.
    """
    amounts = [found for found in AMOUNT.finditer(line) if found["period"] or _unit(found, units)]
    if not amounts:
        return None, None, None
    found = max(amounts, key=lambda amount: (bool(amount["period"]), amount.start()))
    unit, period, number = _unit(found, units), found["period"], int(found["number"].replace(".", ""))
    if (period and period.casefold() not in MONTHLY_WORDS) or not 0 < number <= MOST_PIECES:
        return None, unit, None
    return number, unit, "monthly" if period else None


def _unit(found: re.Match[str], units: Sequence[Unit]) -> str | None:
    unit = recognise_unit(found["unit"], units) if found["unit"] else None
    return unit.code if unit else None


def _price(line: str) -> int | None:
    found = PRICE.search(line)
    if found is None:
        return None
    amount, scale = found["marked"] or found["scaled"], found["scale"] or found["word"] or ""
    try:
        return parse_rupiah(f"{amount} {'rb' if scale.casefold() == 'k' else scale}") or None
    except ValueError:
        return None


def _start(line: str, today: date) -> date | None:
    found = START.search(line)
    return _day(found, line, today, last_of_month=False) if found else None


def _end(line: str, today: date) -> date | None:
    """Return the last day named; ``sampai Juni`` is its last day, and ``sampai 1.000`` names none."""
    days = (_day(found, line, today, last_of_month=True) for found in UNTIL.finditer(line))
    return next((day for day in days if day is not None), None)


def _day(found: re.Match[str], line: str, today: date, *, last_of_month: bool) -> date | None:
    """Return the day of a month that is named, in the year that follows it or else its next one."""
    name = found["month"]
    month = int(name) if name.isdecimal() else MONTHS.get(fold(name))
    if month is None or not 1 <= month <= MONTHS_IN_YEAR:
        return None
    stated = YEAR.match(line, found.end())
    year = int(stated["year"]) if stated else today.year + (month < today.month)
    usual = monthrange(year, month)[1] if last_of_month else 1
    try:
        return date(year, month, int(found["day"] or usual))
    except ValueError:
        return None


def _area(line: str, areas: Mapping[str, str]) -> str | None:
    """Return the code of the place after ``dari`` or ``khusus``; the longest name that is one counts.

    ``dari kulit dari Kota Bandung`` is Kota Bandung; leather is no place.
    """
    for found in AREA.finditer(line):
        words = fold(found["words"]).split()[:LONGEST_AREA]
        if words and words[0] in {"dari", "wilayah", "pemasok", "provinsi"}:
            words = words[1:]
        for length in range(len(words), 0, -1):
            code = areas.get(" ".join(words[:length]))
            if code is not None:
                return code
    return None
