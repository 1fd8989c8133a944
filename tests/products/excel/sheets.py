"""Small workbooks for tests, written the way offices write theirs."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter

from products.excel.vocabulary import Scale, Vocabulary
from products.taxonomy import Family, Unit

FAMILIES = (
    Family("kuliner", None, "Kuliner", "Food", ("makanan",)),
    Family("keripik", "kuliner", "Keripik dan camilan kering", "Chips", ("keripik", "keripik singkong")),
    Family("kopi", "kuliner", "Kopi", "Coffee"),
    Family("kriya", None, "Kriya", "Handicraft", ("kerajinan",)),
    Family("anyaman-bambu", "kriya", "Anyaman bambu", "Bamboo weaving", ("besek",)),
    Family("kemasan", None, "Kemasan", "Packaging"),
    Family("kotak-makanan", "kemasan", "Kotak makanan", "Food boxes", ("kotak kemasan",)),
    Family("bidang-usaha", None, "Perdagangan dan perhotelan", "Trade and hotels"),
    Family("toko-oleh-oleh", "bidang-usaha", "Toko oleh-oleh", "Gift shop"),
)
UNITS = (
    Unit("buah", "buah", "pc", ("pcs", "bh")),
    Unit("lusin", "lusin", "dozen"),
    Unit("lembar", "lembar", "sheet"),
    Unit("bungkus", "bungkus", "pack"),
    Unit("gram", "g", "gram"),
    Unit("kilogram", "kg", "kilogram"),
)
SCALES = {
    "buah": Scale("buah", Decimal(1)),
    "lusin": Scale("buah", Decimal(12)),
    "lembar": Scale("lembar", Decimal(1)),
    "bungkus": Scale("bungkus", Decimal(1)),
    "gram": Scale("kilogram", Decimal("0.001")),
    "kilogram": Scale("kilogram", Decimal(1)),
}
TODAY = date(2018, 3, 12)


def vocabulary() -> Vocabulary:
    return Vocabulary(FAMILIES, UNITS, SCALES)


def workbook(
    rows: Sequence[Sequence[object]],
    *,
    merges: Sequence[str] = (),
    name: str = "Peserta",
    others: Sequence[tuple[str, Sequence[Sequence[object]]]] = (),
) -> bytes:
    """Return an .xlsx file; ``merges`` are ranges such as ``B5:B7`` whose value stands in ``rows``."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for sheet_name, sheet_rows in ((name, rows), *others):
        sheet = book.add_worksheet(sheet_name)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(sheet_rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, day)
                elif value not in ("", None):
                    sheet.write(number, column, value)
        if sheet_name == name:
            for merge in merges:
                sheet.merge_range(merge, "")
                first = merge.partition(":")[0]
                column, line = ord(first[0]) - 65, int(first[1:]) - 1
                sheet.write(line, column, rows[line][column])
    book.close()
    return target.getvalue()
