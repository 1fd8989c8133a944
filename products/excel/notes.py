"""The doubts collected while a list is read, each under the name of its cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from products.excel.blocks import Row
from products.excel.columns import Field
from products.excel.headers import Table
from products.excel.problems import CellProblem, Kind, Problem
from products.excel.workbook import Value, cell_name

T = TypeVar("T")


class Notes:
    """Problems of one list, with the places they stand at."""

    def __init__(self, table: Table, *, sheet: str = "") -> None:
        """Name cells by letter and row; those of another ``sheet`` with its name before, as Excel does."""
        self._prefix = f"{sheet}!" if sheet else ""
        self._columns = {column.field: column.number for column in reversed(table.columns)}
        self._found: list[tuple[int, int, Problem]] = []

    def has_column(self, name: Field) -> bool:
        return name in self._columns

    def add(self, row: Row, name: Field, kind: Kind, variant: str = "", **params: str) -> None:
        """Note a doubt about a field of a row; the column must exist."""
        self.add_at(row.number, self._columns[name], kind, variant, **params)

    def add_at(self, row: int, column: int, kind: Kind, variant: str = "", **params: str) -> None:
        problem = Problem(self._prefix + cell_name(row, column), kind, variant, params)
        self._found.append((row, column, problem))

    def note(self, row: Row, name: Field, problem: CellProblem) -> None:
        self.add(row, name, problem.kind, problem.variant, **problem.params)

    def read(self, row: Row, name: Field, read: Callable[[Value], T | None]) -> T | None:
        """Read one cell; what cannot be read is noted and counts as empty."""
        try:
            return read(row.values.get(name, ""))
        except CellProblem as problem:
            self.note(row, name, problem)
            return problem.usable

    def text(self, row: Row, name: Field, limit: int) -> str:
        """Return a cell's text, cut (and noted) when it is longer than the portal keeps."""
        text = row.text(name)
        if len(text) > limit:
            self.add(row, name, Kind.TOO_LONG, limit=str(limit))
        return text[:limit].strip()

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems by row, then by column."""
        return tuple(problem for _, _, problem in sorted(self._found, key=lambda found: found[:2]))
