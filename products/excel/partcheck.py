"""One pass over an XML part of a workbook that counts what decoding it would cost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from products.excel.problems import UnreadableFile

MAX_SHEETS = 30
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_AREA = 800_000
MAX_MERGES = 20_000
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
VALUES = {"v", "is", "f"}


@dataclass(slots=True)
class Budget:
    """What one file may cost: bytes unpacked, XML elements, letters in cells, area of the sheets."""

    unpacked_bytes: int
    elements: int = 2_000_000
    letters: int = 10_000_000
    area: int = 2 * MAX_AREA
    string_lengths: list[int] = field(default_factory=list)

    def take_bytes(self, count: int) -> None:
        self.unpacked_bytes -= count
        if self.unpacked_bytes < 0:
            raise UnreadableFile("bomb")

    def take_element(self) -> None:
        self.elements -= 1
        if self.elements < 0:
            raise UnreadableFile("bomb")

    def take_letters(self, count: int) -> None:
        self.letters -= count
        if self.letters < 0:
            raise UnreadableFile("bomb")

    def take_area(self, cells: int) -> None:
        self.area -= cells
        if cells > MAX_AREA or self.area < 0:
            raise UnreadableFile("bomb")


def column_number(letters: str) -> int:
    """Return 1 for ``A`` and 28 for ``AB``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class PartCheck:
    """Counts rows, columns, elements and letters of one part; refuses entities and excess at once."""

    def __init__(self, budget: Budget, *, is_strings: bool) -> None:
        self.budget = budget
        self.is_strings = is_strings
        self.row = 0
        self.column = 0
        self.last_row = 0
        self.last_column = 0
        self.sheets = 0
        self.merges = 0
        self.is_shared = False
        self.text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def feed(self, step: bytes) -> None:
        try:
            self.parser.Parse(step)
        except expat.ExpatError as error:
            raise UnreadableFile("damaged") from error

    def finish(self) -> None:
        try:
            self.parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as error:
            raise UnreadableFile("damaged") from error
        self.budget.take_area(self.last_row * self.last_column)

    def _refuse_doctype(self, *_: Any) -> None:
        raise UnreadableFile("entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.budget.take_element()
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self.row = self._number(attributes.get("r"), self.row + 1)
            self.column = 0
        elif tag in VALUES:
            self._count_value()
        elif tag == "si":
            self.text.clear()
        elif tag == "sheet":
            self._count_sheet()
        elif tag == "mergeCell":
            self._count_merge()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        else:
            match = CELL.fullmatch(reference)
            if match is None:
                raise UnreadableFile("damaged")
            self.column = column_number(match[1])
            self.row = int(match[2])
        self.is_shared = attributes.get("t") == "s"
        self.text.clear()

    def _number(self, text: str | None, fallback: int) -> int:
        if text is None:
            return fallback
        if not text.isdecimal() or len(text) > 7:
            raise UnreadableFile("damaged")
        return int(text)

    def _count_value(self) -> None:
        """A cell without a value costs nothing; one with a value stretches the sheet up to it."""
        if self.row > MAX_ROWS:
            raise UnreadableFile("too_many_rows", limit=f"{MAX_ROWS:,}".replace(",", "."))
        if self.column > MAX_COLUMNS:
            raise UnreadableFile("too_many_columns", limit=str(MAX_COLUMNS))
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)

    def _count_sheet(self) -> None:
        self.sheets += 1
        if self.sheets > MAX_SHEETS:
            raise UnreadableFile("too_many_sheets", limit=str(MAX_SHEETS))

    def _count_merge(self) -> None:
        self.merges += 1
        if self.merges > MAX_MERGES:
            raise UnreadableFile("bomb")

    def _characters(self, text: str) -> None:
        if self.is_strings or self.is_shared:
            self.text.append(text)

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "si":
            self.budget.string_lengths.append(sum(map(len, self.text)))
            self.text.clear()
        elif tag == "c" and self.is_shared:
            self._count_shared_string()

    def _count_shared_string(self) -> None:
        """A long text may be quoted by every cell: each quotation is copied, so each counts."""
        index = self._number("".join(self.text).strip() or "0", 0)
        if index < len(self.budget.string_lengths):
            self.budget.take_letters(self.budget.string_lengths[index])
