"""Which rows of a list belong together: one block per business, without totals and signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from products.excel.cells import is_blank
from products.excel.columns import Field
from products.excel.entries import SkippedRow
from products.excel.headers import Table
from products.excel.identifiers import read_phone
from products.excel.problems import CellProblem
from products.excel.workbook import Value, as_text
from products.identifiers import normalised_number
from products.taxonomy import fold

MONTH = r"(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)"
CLOSING = re.compile(
    rf"[^\d,]{{2,40}},\s*(?:tanggal\s*)?(?:\d{{1,2}}\s+|[.…_\s]*)(?:{MONTH}|[.…_]+)\s*(?:\d{{4}}|[.…_\d]+)"
    r"|(?:mengetahui|menyetujui|disetujui|disahkan|hormat kami|tertanda|ttd)\b.{0,40}"
    r"|(?:a\.?n\.?\s+)?kepala (?:dinas|bidang|seksi|upt|kantor)\b.*"
    r"|nip\b[\s.:]*[\d\s]+|(?:dibuat|diperiksa|dicetak|disusun) oleh\b.*"
    r"|(?:catatan|keterangan|sumber|nb)\s*:.*",
    re.I,
)
TOTAL = re.compile(
    r"(?:sub\s*|grand\s*)?(?:total|jumlah|rekapitulasi)(?:\s+(?:total|seluruh|seluruhnya|keseluruhan|semua|peserta"
    r"|usaha|umkm|ukm|pelaku usaha|produk|kebutuhan|harga|umum|ini))*\s*[:=]?\s*[\d.,]*",
    re.I,
)
NUMBERING = re.compile(r"\(?(\d{1,2})\)?")
WIDEST_SIGNATURE = 2
FULL_ROW = 3
HEADING_SPAN = 3
ITEM_FIELDS = {Field.PRODUCT_NAME, Field.NEED_TEXT}
NAMES = ITEM_FIELDS | {Field.BUSINESS_NAME}
PARAGRAPHS = {Field.STORY, Field.PRODUCT_DESCRIPTION}
EXAMPLE = re.compile(r"\W*contoh\s*:.*", re.I)
IDENTITY = (Field.NIB, Field.PHONE, Field.OWNER_NAME, Field.DISTRICT)


@dataclass
class Row:
    """One row of the list: its filled cells by field, and how many cells of the sheet are filled."""

    number: int
    values: dict[Field, Value]
    filled: int
    first_text: str

    @property
    def contents(self) -> dict[Field, Value]:
        """Values that say something about a business; a running number does not."""
        return {name: value for name, value in self.values.items() if name != Field.NUMBER}

    @property
    def is_coded(self) -> bool:
        """True for a row that the portal itself wrote: it is a business, whatever it looks like."""
        return Field.BUSINESS_CODE in self.values

    @property
    def is_empty(self) -> bool:
        return not self.contents

    def text(self, name: Field) -> str:
        return as_text(self.values.get(name, ""))


@dataclass
class Block:
    """The rows of one business, first to last."""

    rows: list[Row] = field(default_factory=list)

    def first(self, name: Field) -> tuple[Row, Value] | None:
        """Return the first row that fills a field, with the value."""
        return next(((row, row.values[name]) for row in self.rows if name in row.values), None)

    def text(self, name: Field) -> str:
        found = self.first(name)
        return as_text(found[1]) if found else ""


def split_into_blocks(table: Table) -> tuple[list[Block], list[SkippedRow]]:
    """Return the businesses of a list and the rows that are none."""
    rows = list(_rows(table))
    skipped = _rows_without_business(table, rows)
    kept = [row for row in rows if not row.is_empty and row.number not in skipped]
    texts = [
        SkippedRow(row.number, row.first_text) for row in rows if row.number in skipped and row.first_text
    ]
    return _blocks(table, kept), texts


def _rows(table: Table) -> Iterator[Row]:
    columns = [(column.number, Field(column.field)) for column in table.columns if column.field is not None]
    columns = [(number, name) for number, name in columns if name != Field.IGNORED]
    spread = _spread_down(table)
    is_coded = table.number_of(Field.BUSINESS_CODE) is not None
    for number in range(table.first_row, table.sheet.last_row + 1):
        values: dict[Field, Value] = {}
        for column, name in columns:
            read = table.sheet.paragraph if name in PARAGRAPHS else table.sheet.value
            value = read(spread.get((number, column), number), column)
            if _says_something(name, value, is_coded=is_coded):
                values.setdefault(name, value)
        cells = [cell for cell in table.sheet.rows[number - 1] if not is_blank(cell)]
        if not cells:
            values.clear()
        first_text = next((cell for cell in cells if isinstance(cell, str)), "")
        yield Row(number, values, len(cells), first_text)


def _says_something(name: Field, value: Value, *, is_coded: bool) -> bool:
    """True for a filled cell. In a list from the portal every name is one, "-" and a lone emoji too."""
    if name not in NAMES:
        return not is_blank(value)
    return value != "" if is_coded else not is_blank(value) and bool(fold(as_text(value)))


def _spread_down(table: Table) -> dict[tuple[int, int], int]:
    """Return for cells inside a vertical merge of an item's column the row that holds the value.

    Only what describes an item is spread: a merged name is one name, and the business of a block
    is known from its first row anyway.
    """
    item_columns = {
        column.number
        for column in table.columns
        if column.field is not None
        and not column.field.startswith(("business.", "row."))
        and column.field not in ITEM_FIELDS
    }
    spread = {}
    for merge in table.sheet.merges:
        if merge.left == merge.right and merge.left in item_columns:
            for row in range(max(merge.top + 1, table.first_row), merge.bottom + 1):
                spread[row, merge.left] = merge.top
    return spread


def _rows_without_business(table: Table, rows: list[Row]) -> set[int]:
    """Return the numbers of headings, repeated headers, totals, and of everything below the list."""
    wide = {merge.top for merge in table.sheet.merges if merge.right - merge.left + 1 >= HEADING_SPAN}
    skipped = {
        row.number
        for row in rows
        if not row.is_coded
        if _is_total(row)
        or _is_example(row)
        or _is_numbering(table, row)
        or _repeats_header(table, row)
        or (row.filled == 1 and row.number in wide)
    }
    return skipped | _rows_below_list(table, [row for row in rows if row.number not in skipped])


def _rows_below_list(table: Table, rows: list[Row]) -> set[int]:
    """Return everything from the first signature, or the first lonely line after a gap, to the end."""
    columns = sum(column.field not in (None, Field.NUMBER) for column in table.columns)
    fewest = min(FULL_ROW, columns)
    last_full = max((row.number for row in rows if row.is_coded or len(row.contents) >= fewest), default=0)
    last_pair = max((row.number for row in rows if len(row.contents) > 1), default=0)
    closings = [row.number for row in rows if row.number > last_full and _is_closing(row)]
    gaps = [
        row.number
        for above, row in pairwise(rows)
        if row.number > max(last_pair, last_full) and above.filled == 0 and row.filled == 1
    ]
    if not closings + gaps:
        return set()
    return {row.number for row in rows if row.number >= min(closings + gaps)}


def _is_closing(row: Row) -> bool:
    """True for place and date, "Mengetahui", a name's NIP and the like; two may stand side by side."""
    texts = [as_text(value) for value in row.values.values()] or [row.first_text]
    return row.filled <= WIDEST_SIGNATURE and any(CLOSING.fullmatch(text) for text in texts)


def _is_example(row: Row) -> bool:
    """True for the rows of the template that show how to fill it in ("Contoh: Dapur Ibu Sari")."""
    return EXAMPLE.fullmatch(row.text(Field.BUSINESS_NAME)) is not None


def _is_total(row: Row) -> bool:
    return TOTAL.fullmatch(row.first_text) is not None and not {Field.NIB, Field.PHONE} & row.values.keys()


def _is_numbering(table: Table, row: Row) -> bool:
    """True for the row "1 2 3 4" or "(1) (2) (3)" that some forms print under the titles."""
    numbers = [NUMBERING.fullmatch(as_text(value)) for value in table.sheet.rows[row.number - 1]]
    counted = [int(match[1]) if match else -1 for match in numbers]
    return len(counted) > 2 and counted == list(range(counted[0], counted[0] + len(counted)))


def _repeats_header(table: Table, row: Row) -> bool:
    """True for a header printed again on the next page."""
    titles = {column.number: fold(column.header) for column in table.columns}
    same = sum(
        fold(as_text(value)) == titles.get(number)
        for number, value in enumerate(table.sheet.rows[row.number - 1], start=1)
        if isinstance(value, str) and value
    )
    return same > 1 and same * 2 >= row.filled


def _blocks(table: Table, rows: list[Row]) -> list[Block]:
    """Group rows: a name, or another sign of a new business, opens a block."""
    merged = _rows_inside_merged_name(table)
    is_number_a_sign = _numbers_count_businesses(rows)
    blocks: list[Block] = []
    for row in rows:
        if not blocks or (row.number not in merged and _opens_block(row, blocks[-1], is_number_a_sign)):
            blocks.append(Block())
        blocks[-1].rows.append(row)
    return blocks


def _rows_inside_merged_name(table: Table) -> set[int]:
    """Return the rows whose name cell is the lower part of a merged one."""
    name = table.number_of(Field.BUSINESS_NAME)
    return {
        row
        for merge in table.sheet.merges
        if name is not None and merge.left <= name <= merge.right
        for row in range(merge.top + 1, merge.bottom + 1)
    }


def _numbers_count_businesses(rows: list[Row]) -> bool:
    """True when the running number stands beside names, not beside every product."""
    nameless = [row for row in rows if Field.BUSINESS_NAME not in row.values]
    numbered = [row for row in nameless if Field.NUMBER in row.values]
    return len(numbered) * 2 < len(nameless) or len(nameless) < 2


def _opens_block(row: Row, block: Block, is_number_a_sign: bool) -> bool:  # noqa: FBT001
    """Return whether ``row`` begins another business than ``block``; the portal's code alone decides."""
    codes = row.text(Field.BUSINESS_CODE), block.text(Field.BUSINESS_CODE)
    if all(codes):
        return codes[0] != codes[1]
    if Field.BUSINESS_NAME not in row.values:
        is_numbered = is_number_a_sign and Field.NUMBER in row.values
        return is_numbered or _differs(row, block, (Field.NIB, Field.PHONE))
    if fold(row.text(Field.BUSINESS_NAME)) != fold(block.text(Field.BUSINESS_NAME)):
        return True
    return _differs(row, block, IDENTITY)


def _differs(row: Row, block: Block, fields: tuple[Field, ...]) -> bool:
    """Compare what tells two businesses apart, the strongest sign first; the first that both have decides."""
    for name in fields:
        if name in row.values and block.first(name):
            return comparable(name, row.text(name)) != comparable(name, block.text(name))
    return False


def comparable(name: Field, text: str) -> str:
    """Return a value so that two spellings of one number, or of one name, are equal."""
    if name == Field.NIB:
        return normalised_number(text)
    if name != Field.PHONE:
        return fold(text)
    try:
        return read_phone(text) or ""
    except CellProblem:
        return fold(text)
