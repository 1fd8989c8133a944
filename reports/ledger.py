"""The ledger: what agreed amounts add up to, and which rows every number is made of. Values in, values out.

Potential, LoI, order, goods on consignment and realised stand side by side and are never added. A number
knows the question that opens its rows, so that whoever doubts it can add them up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from statistics import median_low

from reports.scope import Dimension, Scope

POTENTIAL_DAYS = 90
"""How long a potential counts without the other side's word, unless it names a day of its own."""


class Rung(StrEnum):
    """How far a deal is. Rungs are different things: the same deal may stand on all of them.

    Goods on consignment are no order: nobody has bought them yet. What is sold of them is realised.
    """

    POTENTIAL = "potential"
    LOI = "loi"
    ORDER = "order"
    CONSIGNED = "consigned"
    REALISED = "realised"


class Standing(StrEnum):
    """Whether a row counts in the headline, or is listed beside it with the reason."""

    COUNTED = "counted"
    OVERDUE = "overdue"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Row:
    """One commitment of a pair. ``rupiah`` is whole rupiah above 0; the keys are those of ``Scope``.

    ``office`` and ``district`` are those of the seller, who earns. No key is empty.
    """

    number: int
    pair: int
    rung: Rung
    standing: Standing
    rupiah: int
    day: date
    contact: str
    year: str
    direction: str
    office: str
    commodity: str
    district: str
    is_confirmed: bool = False


@dataclass(frozen=True)
class Question(Scope):
    """Which commitments are asked for; an empty text asks for all."""

    rung: str = ""
    standing: str = ""

    def holds(self, row: Row) -> bool:
        """Return whether ``row`` is one of those asked for."""
        return all(getattr(row, name) == value for name, value in self.asked.items())


@dataclass(frozen=True, slots=True)
class Sum:
    """What some rows come to: whole rupiah, how many rows, the middle and the largest amount.

    ``median`` is the lower one of two middle amounts, so that it is always the amount of a row.
    """

    rupiah: int = 0
    count: int = 0
    median: int = 0
    largest: int = 0

    @property
    def share_of_largest(self) -> float:
        """How much of the total one deal makes, from 0.0 to 1.0; 0.0 without rows."""
        return self.largest / self.rupiah if self.rupiah else 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the question that opens its rows."""

    opens: Question
    sum: Sum


@dataclass(frozen=True)
class Line:
    """One contact, direction, office… with a figure for each rung, and what is left out of them."""

    key: str
    counted: Mapping[Rung, Figure]
    disputed: Mapping[Rung, Figure]
    overdue: Figure

    @property
    def figures(self) -> list[Figure]:
        return [*self.counted.values(), *self.disputed.values(), self.overdue]


@dataclass(frozen=True)
class Statement:
    """The answer to one question: the headline, and its lines by one dimension, the largest first."""

    question: Question
    by: Dimension
    headline: Line
    lines: Sequence[Line]

    @property
    def figures(self) -> list[Figure]:
        return [figure for line in [self.headline, *self.lines] for figure in line.figures]


@dataclass(frozen=True)
class Difference:
    """A number that is not what its rows come to."""

    figure: Figure
    rows: Sum


WEIGHTIEST = (Rung.REALISED, Rung.ORDER, Rung.CONSIGNED, Rung.LOI, Rung.POTENTIAL)
"""What lines are sorted by, first to last."""
Cells = dict[tuple[Rung, Standing], list[int]]


def standing_of(
    *, rung: Rung, agreed_on: date, due_on: date | None, is_confirmed: bool, is_disputed: bool, today: date
) -> Standing:
    """Return whether a commitment counts today.

    A dispute of either side takes it out. A potential that the other side has not confirmed leaves the day
    after ``due_on``, or after ``POTENTIAL_DAYS`` days: one of 1 January 2018 counts until 1 April 2018.
    """
    if is_disputed:
        return Standing.DISPUTED
    limit = due_on or agreed_on + timedelta(days=POTENTIAL_DAYS)
    is_overdue = rung is Rung.POTENTIAL and not is_confirmed and today > limit
    return Standing.OVERDUE if is_overdue else Standing.COUNTED


def amount_of(recorded: int, told: Iterable[int]) -> int:
    """Return the amount that can be defended: the smallest that a side has named. Whole rupiah."""
    return min([recorded, *told])


def select(rows: Iterable[Row], question: Question) -> list[Row]:
    """Return the rows a question asks for, in their order."""
    return [row for row in rows if question.holds(row)]


def sum_of(rows: Iterable[Row]) -> Sum:
    """Add up rows, whatever rung they stand on: ask for one rung first."""
    return _sum([row.rupiah for row in rows])


def sums_of(rows: Iterable[Row]) -> list[tuple[Rung, Standing, Sum]]:
    """Add up rows by rung and standing, so that what is disputed is in no total of what counts."""
    cells: Cells = defaultdict(list)
    for row in rows:
        cells[row.rung, row.standing].append(row.rupiah)
    return [(*key, _sum(cells[key])) for key in product(Rung, Standing) if key in cells]


def statement_of(rows: Iterable[Row], question: Question, by: Dimension) -> Statement:
    """Answer a question, which asks for all rungs, from all rows.

    Passes over them once. The line that realised most comes first.
    """
    question = replace(question, rung="", standing="")
    whole: Cells = defaultdict(list)
    parts: dict[str, Cells] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if question.holds(row):
            whole[row.rung, row.standing].append(row.rupiah)
            parts[getattr(row, by)][row.rung, row.standing].append(row.rupiah)
    lines = [_line(key, replace(question, **{by.value: key}), cells) for key, cells in parts.items()]
    return Statement(question, by, _line("", question, whole), sorted(lines, key=_by_weight))


def differences(figures: Iterable[Figure], rows: Sequence[Row]) -> list[Difference]:
    """Return the numbers that differ from the rows they open: an empty list, or somebody must not print.

    Costs one pass over the rows for each line of figures.
    """
    of_lines: dict[Question, list[Row]] = {}
    found = []
    for figure in figures:
        line = replace(figure.opens, rung="", standing="")
        if line not in of_lines:
            of_lines[line] = select(rows, line)
        found.append(Difference(figure, sum_of(select(of_lines[line], figure.opens))))
    return [difference for difference in found if difference.rows != difference.figure.sum]


def _line(key: str, question: Question, cells: Mapping[tuple[Rung, Standing], list[int]]) -> Line:
    def figure(rung: Rung, standing: Standing) -> Figure:
        opens = replace(question, rung=rung, standing=standing)
        return Figure(opens, _sum(cells.get((rung, standing), [])))

    return Line(
        key,
        {rung: figure(rung, Standing.COUNTED) for rung in Rung},
        {rung: figure(rung, Standing.DISPUTED) for rung in Rung},
        figure(Rung.POTENTIAL, Standing.OVERDUE),
    )


def _sum(amounts: Sequence[int]) -> Sum:
    if not amounts:
        return Sum()
    return Sum(sum(amounts), len(amounts), median_low(amounts), max(amounts))


def _by_weight(line: Line) -> tuple[list[int], str]:
    return [-line.counted[rung].sum.rupiah for rung in WEIGHTIEST], line.key
