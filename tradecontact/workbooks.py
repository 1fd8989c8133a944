"""Lists as .xlsx files: every text is a text, numbers and days are real cells, and nothing is a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

import xlsxwriter
from django.utils import timezone
from django.utils.functional import Promise

Row = TypeVar("Row")
Cell = str | int | float | Decimal | bool | date | datetime | Promise | None

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MOST_LETTERS = 32_767  # of a cell in Excel
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile(r"\r\n?")
ACTIVE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|[\t\r]")
"""What a spreadsheet may take for a formula once somebody edits the cell or saves it as text."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A title, what stands beneath it for each row, and how wide it is (in letters)."""

    title: str | Promise
    value: Callable[[Row], Cell]
    width: int = 16
    is_hidden: bool = False


@dataclass(frozen=True)
class Sheet(Generic[Row]):
    """A named table; ``rows`` are taken one after another and only once."""

    name: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]


def workbook_of(sheets: Sequence[Sheet[Any]]) -> tuple[bytes, int]:
    """Return an .xlsx file with these tables, and how many rows the first one has.

    Rows are written away as they come, so that memory stays the same however long a table is. Texts
    starting like a formula are marked as text (``quotePrefix``), so they stay text when somebody edits
    the cell; their letters are unchanged.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, **PLAIN_TEXT}) as book:
        writer = CellWriter(book)
        counts = [_write_sheet(book, writer, sheet) for sheet in sheets]
    return target.getvalue(), counts[0]


def _write_sheet(book: xlsxwriter.Workbook, writer: CellWriter, table: Sheet[Any]) -> int:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width, None, {"hidden": column.is_hidden})
        sheet.write_string(0, number, str(column.title), writer.title)
    count = 0
    for count, row in enumerate(table.rows, start=1):
        for number, column in enumerate(table.columns):
            writer.write(sheet, count, number, column.value(row))
    sheet.autofilter(0, 0, max(count, 1), len(table.columns) - 1)
    return count


class CellWriter:
    """Writes values into the sheets of one book, each by its own kind, and holds the book's formats."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#e9edf7"}
        )
        self._text = book.add_format({"num_format": "@", "valign": "top"})
        self._quoted = book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True})
        self._number = book.add_format({"num_format": "#,##0.########", "valign": "top"})
        self._whole = book.add_format({"num_format": "0", "valign": "top"})
        self._day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self._moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"})

    def write(self, sheet: Any, row: int, column: int, value: Cell) -> None:
        """Write one value; ``None`` and an empty text leave the cell empty. Times are local ones."""
        if isinstance(value, bool):
            sheet.write_string(row, column, "ya" if value else "tidak", self._text)
        elif isinstance(value, int | float | Decimal):
            is_whole = isinstance(value, int)
            sheet.write_number(row, column, float(value), self._whole if is_whole else self._number)
        elif isinstance(value, datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            sheet.write_datetime(row, column, local.replace(tzinfo=None), self._moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif value is not None:
            self._write_text(sheet, row, column, str(value))

    def _write_text(self, sheet: Any, row: int, column: int, value: str) -> None:
        text = LINE_ENDS.sub("\n", NOT_IN_XML.sub("", value))[:MOST_LETTERS]
        if text:
            form = self._quoted if ACTIVE.match(value) else self._text
            sheet.write_string(row, column, text, form)
