"""Reports to take along: tables with their definitions, as a workbook or as paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tradecontact.pdf import compile_pdf
from tradecontact.templatetags.tradecontact_tags import angka, rupiah, tanggal
from tradecontact.workbooks import Cell, Column, Sheet, workbook_of

TEMPLATE = "report.typ"
LONGEST_SHEET_NAME = 31
MOST_PRINTED = 500  # rows of one table on paper
MOST_WITHOUT_BREAKS = 10  # columns whose titles stand on one line on paper


@dataclass(frozen=True)
class PaperColumn:
    """A title and what stands below: ``text``, ``rupiah``, ``number``, ``day``, ``percent`` (0.0 to 1.0)."""

    title: str
    kind: str = "text"

    @property
    def is_number(self) -> bool:
        return self.kind in {"rupiah", "number", "percent"}

    def written(self, value: Any) -> str:
        """Return a value as paper shows it, in the reader's language."""
        if value is None or value == "":
            return "–"
        ways: dict[str, Callable[[Any], str]] = {"rupiah": rupiah, "number": angka, "day": tanggal}
        return f"{value:.0%}" if self.kind == "percent" else ways.get(self.kind, str)(value)


@dataclass(frozen=True)
class PaperTable:
    """A named table; every row has a value for each column."""

    title: str
    columns: Sequence[PaperColumn]
    rows: Sequence[Sequence[Any]]
    note: str = ""

    @property
    def counts_much(self) -> bool:
        """Whether it has so many columns of counts that their titles must break into lines on paper."""
        has_amounts = any(column.kind == "rupiah" for column in self.columns)
        return len(self.columns) > MOST_WITHOUT_BREAKS and not has_amounts


@dataclass(frozen=True)
class Paper:
    """A report: what it is about, on which day, its tables, and what its words mean.

    ``seal`` stands for its headline numbers: two papers with the same seal show the same ones.
    """

    name: str
    title: str
    subject: Sequence[str]
    on: date
    tables: Sequence[PaperTable]
    definitions: Sequence[tuple[str, str]]
    seal: str

    @property
    def row_count(self) -> int:
        return sum(len(table.rows) for table in self.tables)


class TotalsDiffer(Exception):
    """A paper's numbers are not what its rows come to, so it is not handed out."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def seal_of(numbers: Sequence[int]) -> str:
    """Return numbers as the text that a page carries to the download of the same numbers."""
    return "-".join(map(str, numbers))


def as_workbook(paper: Paper) -> tuple[bytes, int]:
    """Return a paper as .xlsx, one sheet a table, and its number of rows."""
    sheets = [_sheet(number, table) for number, table in enumerate(paper.tables, start=1)]
    meanings: list[Column[tuple[str, str]]] = [
        Column("", lambda row: row[0], 28),
        Column(paper.title, lambda row: row[1], 90),
    ]
    told = [(line, "") for line in [*paper.subject, tanggal(paper.on)]]
    about: Sheet[Any] = Sheet("i", meanings, [*told, *paper.definitions])
    return workbook_of([*sheets, about])[0], paper.row_count


def as_pdf(paper: Paper, made_at: datetime) -> tuple[bytes, int]:
    """Return a paper as PDF, and its number of rows. Costs some 0.2 s and more for thousands of rows."""
    values = {
        "title": paper.title,
        "subject": list(paper.subject),
        "on": tanggal(paper.on),
        "tables": [_printed(table) for table in paper.tables],
        "definitions": [list(pair) for pair in paper.definitions],
    }
    return compile_pdf(TEMPLATE, values, made_at), paper.row_count


def _sheet(number: int, table: PaperTable) -> Sheet[Any]:
    columns = [_column(place, column) for place, column in enumerate(table.columns)]
    return Sheet(f"{number} {table.title}"[:LONGEST_SHEET_NAME], columns, table.rows)


def _column(place: int, column: PaperColumn) -> Column[Any]:
    def value(row: Sequence[Any]) -> Cell:
        found: Cell = row[place]
        return found

    return Column(column.title, value, 18 if column.kind != "text" else 28)


def _printed(table: PaperTable) -> dict[str, Any]:
    left = len(table.rows) - MOST_PRINTED
    note = _("%(number)s baris lagi ada dalam berkas Excel.") % {"number": angka(left)} if left > 0 else ""
    return {
        "title": table.title,
        "note": table.note or note,
        "columns": [[column.title, column.is_number] for column in table.columns],
        "counts-much": table.counts_much,
        "rows": [
            [column.written(value) for column, value in zip(table.columns, row, strict=True)]
            for row in table.rows[:MOST_PRINTED]
        ],
    }
