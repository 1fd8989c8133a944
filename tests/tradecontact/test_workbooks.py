"""A workbook holds what was given to it, each value as its own kind, and never a formula."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from tradecontact.workbooks import Cell, Column, Sheet, workbook_of

ACTIVE = [
    '=HYPERLINK("https://jahat.example","klik")',
    "+62812 7000 0548",
    "-1+1|cmd",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\ufeff=1+1",
    "\u200b@a",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "https://jahat.example",
    "mailto:a@contoh.id",
    "{=1+1}",
]


def written(*values: Cell) -> bytes:
    columns: list[Column[Any]] = [Column("Nilai", lambda row: row)]
    return workbook_of([Sheet("Daftar", columns, values)])[0]


def cells_of(content: bytes) -> list[Any]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Daftar"]
    return [row[0] for row in sheet.iter_rows(min_row=2)]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("text", ACTIVE)
def test_text_that_looks_like_a_formula_stays_the_same_text(text: str) -> None:
    content = written(text)

    cell = cells_of(content)[0]
    assert (cell.value, cell.data_type) == (text.replace("\r", "\n"), "s")
    assert cell.hyperlink is None


def test_no_part_of_a_workbook_holds_a_formula_or_an_address() -> None:
    parts = parts_of(written(*ACTIVE))

    sheets = b"".join(part for name, part in parts.items() if "worksheets/" in name)
    assert [mark for mark in (b"<f>", b"<f ", b"<f/", b"<hyperlink", b"externalLink") if mark in sheets] == []
    assert [name for name in parts if "external" in name.lower() or name.endswith(".bin")] == []


def test_text_that_looks_like_a_formula_is_marked_as_text() -> None:
    cells = cells_of(written("=1+1", "Keripik", " +62"))

    assert [bool(cell.quotePrefix) for cell in cells] == [True, False, True]


def test_numbers_days_and_times_are_real_cells() -> None:
    moment = datetime(2026, 3, 12, 3, 4, tzinfo=UTC)

    values: list[Cell] = [1200, Decimal("0.5"), date(2026, 3, 12), moment, True, False, 10**12]

    cells = cells_of(written(*values))

    assert [cell.value for cell in cells[:2]] == [1200, 0.5]
    assert [cell.value.isoformat() for cell in cells[2:4]] == ["2026-03-12T00:00:00", "2026-03-12T10:04:00"]
    assert [cell.value for cell in cells[4:]] == ["ya", "tidak", 10**12]
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "d", "s", "s", "n"]


def test_nothing_leaves_the_cell_empty() -> None:
    assert [cell.value for cell in cells_of(written(None, "", "x"))] == [None, None, "x"]


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    assert cells_of(written("a\x00b\ud800c\x1fd\uffff"))[0].value == "abcd"


def test_the_number_of_rows_is_told() -> None:
    columns: list[Column[Any]] = [Column("Nilai", lambda row: row)]

    assert workbook_of([Sheet("Satu", columns, [1, 2, 3]), Sheet("Dua", columns, [1])])[1] == 3
    assert workbook_of([Sheet("Kosong", columns, [])])[1] == 0
