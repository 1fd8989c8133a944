"""An .xlsx file as sheets of plain values, addressed the way Excel shows them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from products.excel.archive import checked_copy
from products.excel.partcheck import MAX_AREA
from products.excel.problems import UnreadableFile
from tradecontact.text_cleaning import clean_line, clean_lines

Value = str | float | bool | datetime | date | time | timedelta


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area; rows and columns count from 1 and include both ends."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One visible sheet. ``rows[0]`` is Excel's row 1, whatever is empty above the list.

    Texts stand on one line there; ``paragraphs`` keeps those with line breaks, by row and column.
    """

    name: str
    rows: list[list[Value]]
    merges: tuple[Merge, ...]
    paragraphs: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def last_row(self) -> int:
        return len(self.rows)

    @property
    def last_column(self) -> int:
        return max(map(len, self.rows), default=0)

    def value(self, row: int, column: int) -> Value:
        """Return the value of a cell, ``""`` for an empty one or outside the sheet."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return ""
        return self.rows[row - 1][column - 1]

    def text(self, row: int, column: int) -> str:
        """Return what the cell says as one line of text."""
        return as_text(self.value(row, column))

    def paragraph(self, row: int, column: int) -> Value:
        """Return the value of a cell, a text with its line breaks."""
        return self.paragraphs.get((row, column), self.value(row, column))


def cell_name(row: int, column: int) -> str:
    """Return the name Excel shows: row 39, column 5 is ``E39``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def as_text(value: Value) -> str:
    """Return a value as people would type it: whole numbers without ``.0``, dates as in Indonesia."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float | int):
        return str(int(value)) if float(value).is_integer() else str(value).replace(".", ",")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def open_workbook(content: bytes) -> list[Sheet]:
    """Return the visible sheets of an .xlsx file that hold anything.

    Raises:
        UnreadableFile: the file is refused (see ``archive``) or holds no list.
    """
    copy = checked_copy(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(copy)) as book:
            sheets = _visible_sheets(book)
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile("damaged") from error
    if not sheets:
        raise UnreadableFile("empty")
    return sheets


def _visible_sheets(book: CalamineWorkbook) -> list[Sheet]:
    sheets = []
    area = 0
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        source = book.get_sheet_by_name(about.name)
        area += source.total_height * source.total_width
        if area > 2 * MAX_AREA:  # many sheet names may point at one part
            raise UnreadableFile("bomb")
        if sheet := _sheet(clean_line(about.name), source):
            sheets.append(sheet)
    return sheets


def _sheet(name: str, source: Any) -> Sheet | None:
    """Return a sheet of plain values, ``None`` when it holds nothing."""
    written = source.to_python(skip_empty_area=False)
    rows = [_clean_row(row) for row in written]
    if not any(rows):
        return None
    paragraphs = {
        (row, column): clean_lines(value)
        for row, values in enumerate(written, start=1)
        for column, value in enumerate(values, start=1)
        if isinstance(value, str) and "\n" in value
    }
    return Sheet(name, rows, _merges(source.merged_cell_ranges or [], len(rows)), paragraphs)


def _clean_row(row: list[Value]) -> list[Value]:
    """Clean the texts of a row and drop the empty cells at its end."""
    cells: list[Value] = [clean_line(value) if isinstance(value, str) else value for value in row]
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _merges(ranges: list[tuple[tuple[int, int], tuple[int, int]]], last_row: int) -> tuple[Merge, ...]:
    """Return merged areas inside the sheet, from the top."""
    merges = [
        Merge(top + 1, left + 1, min(bottom + 1, last_row), right + 1)
        for (top, left), (bottom, right) in ranges
        if top < last_row
    ]
    if sum(merge.bottom - merge.top for merge in merges) > MAX_AREA:  # Excel lets none overlap another
        raise UnreadableFile("bomb")
    return tuple(sorted(merges, key=lambda merge: (merge.top, merge.left)))
