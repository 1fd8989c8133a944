"""Where the list begins and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from products.excel.cells import is_blank, shortened
from products.excel.columns import Field, recognise_header
from products.excel.entries import Column
from products.excel.problems import UnreadableFile
from products.excel.workbook import Sheet, cell_name
from products.taxonomy import fold

DEEPEST_HEADER = 30
FEWEST_FIELDS = 2
LONGEST_HEADER = 80
MOST_SAMPLES = 3
NEED_SHEETS = {"kebutuhan", "needs"}
SILENT = {Field.NUMBER, Field.IGNORED}
COUNTERPARTS = {
    Field.PRODUCT_NAME: Field.NEED_TEXT,
    Field.PRODUCT_CATEGORY: Field.NEED_CATEGORY,
    Field.PRODUCT_UNIT: Field.NEED_UNIT,
    Field.PRICE: Field.PRICE_CEILING,
    Field.CAPACITY: Field.NEED_QUANTITY,
}


@dataclass(frozen=True)
class Title:
    """A column's title with the fields it may mean, best first."""

    number: int
    text: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Header:
    """One or two rows of titles."""

    sheet: Sheet
    row: int
    height: int
    titles: tuple[Title, ...]

    @property
    def first_row(self) -> int:
        return self.row + self.height

    @property
    def score(self) -> int:
        """How many different things the titles name."""
        return len({title.fields for title in self.titles if title.fields and title.fields[0] not in SILENT})


@dataclass(frozen=True)
class Table:
    """A list with its columns settled; ``columns`` keeps the order of the sheet."""

    sheet: Sheet
    header_row: int
    first_row: int
    columns: tuple[Column, ...]

    def number_of(self, wanted: Field) -> int | None:
        """Return the number of the column that holds ``wanted``."""
        return next((column.number for column in self.columns if column.field == wanted), None)


def find_table(sheets: Sequence[Sheet], choices: Mapping[str, str]) -> Table:
    """Return the list on the sheet with the best header; ``choices`` say what asked columns hold.

    Raises:
        UnreadableFile: no row of any sheet looks like a header.
    """
    headers = [header for sheet in sheets if (header := _best_header(sheet)) is not None]
    if not headers:
        raise UnreadableFile("no_header")
    best = max(
        headers,
        key=lambda header: (_lists_businesses(header), header.score, header.sheet.last_row - header.row),
    )
    return _table(best, choices)


def _lists_businesses(header: Header) -> bool:
    """True for a sheet that names businesses, and is not the second one, with their needs."""
    names = any(Field.BUSINESS_NAME in title.fields for title in header.titles)
    return names and fold(header.sheet.name) not in NEED_SHEETS


def table_on(sheet: Sheet) -> Table | None:
    """Return the list on one sheet, ``None`` when no row of it looks like a header."""
    header = _best_header(sheet)
    return _table(header, {}) if header else None


def _table(header: Header, choices: Mapping[str, str]) -> Table:
    return Table(header.sheet, header.row, header.first_row, tuple(_settle(header, choices)))


def _best_header(sheet: Sheet) -> Header | None:
    """Return the row, else the two rows, with the most titles that mean something."""
    headers = [
        Header(sheet, row, height, tuple(_titles(sheet, row, height)))
        for height in (1, 2)
        for row in range(1, min(sheet.last_row, DEEPEST_HEADER) + 1)
    ]
    best = max(headers, key=lambda header: header.score, default=None)
    return best if best is not None and best.score >= FEWEST_FIELDS else None


def _titles(sheet: Sheet, row: int, height: int) -> Iterator[Title]:
    """Yield the titled columns of a header that starts at ``row``."""
    group = ""
    for number in range(1, sheet.last_column + 1):
        top, below = _title_text(sheet, row, number), ""
        if height == 2:
            below = _title_text(sheet, row + 1, number)
            group = top or (group if below else "")
            top = group if below else top
        if top or below:
            text = f"{top} {below}".strip()
            yield Title(number, text[:LONGEST_HEADER], _fields(top, below))


def _title_text(sheet: Sheet, row: int, number: int) -> str:
    """Return a title; numbers and dates are no titles."""
    value = sheet.value(row, number)
    return value if isinstance(value, str) and not is_blank(value) else ""


def _fields(top: str, below: str) -> tuple[Field, ...]:
    """Return what a title means: both lines together, else the lower one inside its group."""
    if not below:
        return recognise_header(top)
    if together := recognise_header(f"{top} {below}"):
        return together
    group = recognise_header(top)
    fields = recognise_header(below)
    if group and group[0] == Field.NEED_TEXT:
        return tuple(COUNTERPARTS.get(field, field) for field in fields)
    return fields


def _settle(header: Header, choices: Mapping[str, str]) -> list[Column]:
    """Give every title one field: what an officer chose, then the clear titles, then the unclear."""
    texts = _unique_texts(header.titles)
    settled: dict[int, Field | None] = {}
    for title in header.titles:
        if texts[title.number] in choices:
            settled[title.number] = Field(choices[texts[title.number]])
    for title in header.titles:
        if title.number not in settled and len(title.fields) < 2:
            field = title.fields[0] if title.fields else None
            is_taken = field not in SILENT and field in settled.values()
            settled[title.number] = None if is_taken else field
    for title in header.titles:
        if title.number not in settled:
            settled[title.number] = _choose(header, title, settled)
    return [
        Column(title.number, texts[title.number], settled[title.number], _samples(header, title.number))
        for title in header.titles
    ]


def _samples(header: Header, number: int) -> tuple[str, ...]:
    """Return the first few different values below a title."""
    found: dict[str, None] = {}
    for row in range(header.first_row, header.sheet.last_row + 1):
        value = header.sheet.value(row, number)
        if not is_blank(value):
            found[shortened(value)] = None
        if len(found) == MOST_SAMPLES:
            break
    return tuple(found)


def _unique_texts(titles: Sequence[Title]) -> dict[int, str]:
    """Return titles by column; the second "Satuan" is told apart by its column letter."""
    texts: dict[int, str] = {}
    for title in titles:
        letter = cell_name(1, title.number)[:-1]
        is_repeated = title.text in texts.values()
        texts[title.number] = f"{title.text} ({letter})" if is_repeated else title.text
    return texts


def _choose(header: Header, title: Title, settled: Mapping[int, Field | None]) -> Field | None:
    """Return the field of an unclear title, by what the file has and where the column is filled."""
    taken = set(settled.values())
    anchors = {
        field.partition(".")[0]: number
        for number, field in settled.items()
        if field in (Field.PRODUCT_NAME, Field.NEED_TEXT)
    }
    free = [field for field in title.fields if field not in taken]
    fitting = [
        field for field in free if not anchors or _owner(field) in anchors or _owner(field) == "business"
    ]
    if len(fitting) < 2 or len(anchors) < 2:
        return fitting[0] if fitting else None
    owner = _owner_by_rows(header, title.number, anchors) or _owner_by_place(title.number, anchors)
    return next((field for field in fitting if _owner(field) == owner), fitting[0])


def _owner(field: Field) -> str:
    return field.partition(".")[0]


def _owner_by_rows(header: Header, number: int, anchors: Mapping[str, int]) -> str | None:
    """Return whose column it is, from rows that hold only a product or only a need."""
    votes = {"product": 0, "need": 0}
    for row in range(header.first_row, header.sheet.last_row + 1):
        filled = [owner for owner, anchor in anchors.items() if not is_blank(header.sheet.value(row, anchor))]
        if len(filled) == 1 and not is_blank(header.sheet.value(row, number)):
            votes[filled[0]] += 1
    if votes["product"] == votes["need"]:
        return None
    return max(votes, key=lambda owner: votes[owner])


def _owner_by_place(number: int, anchors: Mapping[str, int]) -> str:
    """Return the owner of the nearest name column to the left, else of the nearest to the right."""
    return min(anchors, key=lambda owner: (anchors[owner] > number, abs(anchors[owner] - number)))
