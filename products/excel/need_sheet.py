"""The second sheet of a workbook: needs of the businesses that the first one lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from products.excel import cells
from products.excel.blocks import Block, split_into_blocks
from products.excel.columns import Field
from products.excel.entries import BusinessEntry, NeedEntry
from products.excel.headers import NEED_SHEETS, Table, table_on
from products.excel.items import ItemReader
from products.excel.notes import Notes
from products.excel.problems import Kind, Problem
from products.excel.vocabulary import Vocabulary
from products.excel.workbook import Sheet
from products.taxonomy import fold

Businesses = tuple[BusinessEntry, ...]


def with_need_sheet(
    sheets: Sequence[Sheet], main: Table, businesses: Businesses, vocabulary: Vocabulary
) -> tuple[Businesses, tuple[Problem, ...]]:
    """Return the businesses with the needs of a sheet called "Kebutuhan", and the doubts about them.

    Its rows name a business of the ``main`` sheet, by the portal's code or by name. Cells of the sheet are
    called ``Kebutuhan!C5``. A workbook without such a sheet gives the businesses back.
    """
    table = _need_table(sheets, main)
    if table is None:
        return businesses, ()
    notes = Notes(table, sheet=table.sheet.name)
    reader = ItemReader(notes, vocabulary)
    wanted: dict[int, tuple[NeedEntry, ...]] = {}
    places = _places(businesses)
    for block in split_into_blocks(table)[0]:
        owner = places.get(block.text(Field.BUSINESS_CODE), places.get(_name_of(block)))
        if owner is None:
            _note_stranger(notes, block, main)
        else:
            wanted[owner] = wanted.get(owner, ()) + reader.needs(block)
    found = (
        replace(business, needs=_once(business.needs + wanted.get(number, ())))
        for number, business in enumerate(businesses)
    )
    return tuple(found), notes.in_order()


def _need_table(sheets: Sequence[Sheet], main: Table) -> Table | None:
    """Return the table of needs, when a sheet of that name holds names and needs."""
    for sheet in sheets:
        if sheet is main.sheet or fold(sheet.name) not in NEED_SHEETS:
            continue
        table = table_on(sheet)
        if table and table.number_of(Field.BUSINESS_NAME) and table.number_of(Field.NEED_TEXT):
            return table
    return None


def _places(businesses: Businesses) -> dict[str, int]:
    """Return the place of each business by its code and by its folded name; the first of a name counts."""
    places: dict[str, int] = {}
    for number, business in enumerate(businesses):
        for sign in (business.code, fold(business.name)):
            if sign:
                places.setdefault(sign, number)
    return places


def _name_of(block: Block) -> str:
    return fold(block.text(Field.BUSINESS_NAME))


def _note_stranger(notes: Notes, block: Block, main: Table) -> None:
    row = block.rows[0]
    name = cells.shortened(block.text(Field.BUSINESS_NAME))
    if not name:
        notes.add(row, Field.BUSINESS_NAME, Kind.MISSING_NAME)
    else:
        notes.add(row, Field.BUSINESS_NAME, Kind.UNKNOWN_BUSINESS, value=name, sheet=main.sheet.name)


def _once(needs: Iterable[NeedEntry]) -> tuple[NeedEntry, ...]:
    """Return the needs without those that an earlier one repeats."""
    found: dict[str, NeedEntry] = {}
    for need in needs:
        found.setdefault(need.code or fold(need.text), need)
    return tuple(found.values())
