"""A list into entries: every block a business, every doubt a problem that names its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from products.excel import cells, identifiers
from products.excel.blocks import Block, Row, comparable, split_into_blocks
from products.excel.columns import Field
from products.excel.entries import BusinessEntry, Reading, find_duplicates
from products.excel.headers import find_table
from products.excel.items import ItemReader, versions_of
from products.excel.need_sheet import with_need_sheet
from products.excel.notes import Notes
from products.excel.problems import Kind, UnreadableFile
from products.excel.vocabulary import Vocabulary
from products.excel.workbook import Sheet, Value, as_text
from products.taxonomy import fold

T = TypeVar("T")
SIZES = {
    "mikro": "micro", "micro": "micro", "usaha mikro": "micro", "ultra mikro": "micro",
    "kecil": "small", "small": "small", "usaha kecil": "small",
    "menengah": "medium", "medium": "medium", "usaha menengah": "medium",
}  # fmt: skip
LINE_TEXT_LENGTH = 80


def read_list(
    sheets: Sequence[Sheet], *, vocabulary: Vocabulary, latest: date, choices: Mapping[str, str] | None = None
) -> Reading:
    """Return what the list on these sheets says.

    ``latest`` is the day of the import; ``choices`` maps titles of asked columns to fields.

    Raises:
        UnreadableFile: no sheet has a header, or nothing stands beneath it.
    """
    table = find_table(sheets, choices or {})
    blocks, skipped = split_into_blocks(table)
    if not blocks:
        raise UnreadableFile("no_rows")
    notes = Notes(table)
    if table.number_of(Field.BUSINESS_NAME) is None:
        notes.add_at(table.header_row, table.columns[0].number, Kind.MISSING_COLUMN)
    reader = _BusinessReader(notes, vocabulary, latest)
    own = [block for block in blocks if not _is_of_another_region(block, notes, vocabulary)]
    businesses = tuple(reader.read(block) for block in own)
    businesses, doubts = with_need_sheet(sheets, table, businesses, vocabulary)
    return Reading(
        sheet=table.sheet.name,
        sheet_count=len(sheets),
        header_row=table.header_row,
        columns=table.columns,
        businesses=businesses,
        problems=notes.in_order() + doubts,
        duplicates=find_duplicates(businesses),
        skipped=tuple(skipped),
    )


def _is_of_another_region(block: Block, notes: Notes, vocabulary: Vocabulary) -> bool:
    """Return whether a block names another region than the office's own; then that is noted.

    A province holds its regions, and a name that the portal does not know says nothing.
    """
    found = block.first(Field.REGION)
    if found is None or not vocabulary.home:
        return False
    region = as_text(found[1])
    code = vocabulary.areas.get(fold(region), "")
    if not code or vocabulary.home.startswith(code):
        return False
    name = cells.shortened(block.text(Field.BUSINESS_NAME))
    notes.add(found[0], Field.REGION, Kind.OTHER_REGION, business=name, region=cells.shortened(region))
    return True


class _BusinessReader:
    """Reads one block after another with the same notes and vocabulary."""

    def __init__(self, notes: Notes, vocabulary: Vocabulary, latest: date) -> None:
        self.notes = notes
        self.vocabulary = vocabulary
        self.read_founded = partial(cells.read_date, latest=latest)
        self.items = ItemReader(notes, vocabulary)

    def read(self, block: Block) -> BusinessEntry:
        first = block.rows[0]
        if not block.first(Field.BUSINESS_NAME) and self.notes.has_column(Field.BUSINESS_NAME):
            self.notes.add(first, Field.BUSINESS_NAME, Kind.MISSING_NAME)
        line_text = block.text(Field.BUSINESS_LINE)[:LINE_TEXT_LENGTH]
        return BusinessEntry(
            row=first.number,
            name=self._text(block, Field.BUSINESS_NAME, 120),
            line=self.vocabulary.line(line_text) if line_text else None,
            line_text=line_text,
            owner_name=self._text(block, Field.OWNER_NAME, 80),
            phone=self._value(block, Field.PHONE, identifiers.read_phone) or "",
            email=self._value(block, Field.EMAIL, identifiers.read_email) or "",
            nib=self._value(block, Field.NIB, identifiers.read_nib) or "",
            district=self._text(block, Field.DISTRICT, 60),
            founded=self._value(block, Field.FOUNDED, self.read_founded),
            size=self._size(block),
            story=self._text(block, Field.STORY, 1000),
            certificates=self.items.certificates_without_product(block),
            products=self.items.products(block),
            needs=self.items.needs(block),
            code=block.text(Field.BUSINESS_CODE),
            version=versions_of(first)[0],
        )

    def _value(self, block: Block, name: Field, read: Callable[[Value], T | None]) -> T | None:
        """Read the first filled cell of a field; another value further down is a doubt."""
        found = block.first(name)
        if found is None:
            return None
        self._compare_rows(block, name, found[0])
        return self.notes.read(found[0], name, read)

    def _text(self, block: Block, name: Field, limit: int) -> str:
        found = block.first(name)
        if found is None:
            return ""
        self._compare_rows(block, name, found[0])
        return self.notes.text(found[0], name, limit)

    def _compare_rows(self, block: Block, name: Field, first: Row) -> None:
        known = comparable(name, first.text(name))
        for row in block.rows:
            if name in row.values and comparable(name, row.text(name)) != known:
                self.notes.add(
                    row,
                    name,
                    Kind.CONFLICTING_VALUE,
                    value=cells.shortened(row.text(name)),
                    first=cells.shortened(first.text(name)),
                )

    def _size(self, block: Block) -> str:
        found = block.first(Field.SIZE)
        if found is None:
            return ""
        row, value = found
        size = SIZES.get(fold(as_text(value)), "")
        if not size:
            self.notes.add(row, Field.SIZE, Kind.UNKNOWN_SIZE, value=cells.shortened(value))
        return size
