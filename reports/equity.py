"""Equity: who travelled how often and from where, and which trips each number is made of. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from reports.scope import Dimension, Scope


class Mark(StrEnum):
    """What is counted of trips."""

    TRIPS = "trips"
    FIRST = "first"
    WOMEN = "women"
    NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Trip:
    """One business in one delegation, with its keys as in ``Scope``.

    ``is_first`` says that it had not gone before; ``is_women_led`` is None where the business does not say.
    """

    number: int
    business: str
    contact: str
    year: str
    office: str
    district: str
    commodity: str
    direction: str
    is_first: bool
    is_women_led: bool | None = None


@dataclass(frozen=True, slots=True)
class NotChosen:
    """One application that stands refused or on the reserve, with its keys as in ``Scope``."""

    number: int
    contact: str
    year: str
    office: str
    district: str
    commodity: str
    direction: str


MARKS: Mapping[str, Callable[[Trip], bool]] = {
    Mark.TRIPS: lambda trip: True,
    Mark.FIRST: lambda trip: trip.is_first,
    Mark.WOMEN: lambda trip: trip.is_women_led is True,
    Mark.NOT_STATED: lambda trip: trip.is_women_led is None,
}


@dataclass(frozen=True)
class TripQuestion(Scope):
    """Which trips are asked for; ``mark`` asks for those that bear it."""

    business: str = ""
    mark: str = ""

    def holds(self, trip: Trip) -> bool:
        """Return whether ``trip`` is one of those asked for."""
        if not MARKS[self.mark or Mark.TRIPS](trip):
            return False
        return all(getattr(trip, name) == value for name, value in self.asked.items() if name != "mark")


def not_chosen_of(rows: Iterable[NotChosen], question: Scope) -> list[NotChosen]:
    """Return the applications of a question's contact, office, district and so on, in their order."""
    keys = {field.name for field in fields(Scope)} & question.asked.keys()
    return [row for row in rows if all(getattr(row, name) == question.asked[name] for name in keys)]


@dataclass(frozen=True)
class TripCount:
    """How many trips, with the question that opens them."""

    opens: TripQuestion
    number: int


@dataclass(frozen=True)
class TripLine:
    """One contact, district or office with its trips, and of how many different businesses they are."""

    key: str
    marks: Mapping[Mark, TripCount]
    businesses: int


@dataclass(frozen=True)
class Equity:
    """Who went: all trips of a question, by a dimension, and by business, the most frequent first."""

    question: TripQuestion
    by: Dimension
    headline: TripLine
    lines: Sequence[TripLine]
    travellers: Sequence[TripLine]

    @property
    def counts(self) -> list[TripCount]:
        lines = [self.headline, *self.lines, *self.travellers]
        return [count for line in lines for count in line.marks.values()]


def equity_of(trips: Iterable[Trip], question: TripQuestion, by: Dimension) -> Equity:
    """Count the trips of a question, in all, by ``by`` and by business."""
    question = replace(question, mark="")
    asked = [trip for trip in trips if question.holds(trip)]
    return Equity(
        question,
        by,
        _line("", question, asked),
        _lines(asked, question, by.value),
        _lines(asked, question, "business"),
    )


def _lines(trips: Sequence[Trip], question: TripQuestion, name: str) -> list[TripLine]:
    parts: dict[str, list[Trip]] = defaultdict(list)
    for trip in trips:
        parts[getattr(trip, name)].append(trip)
    lines = [_line(key, replace(question, **{name: key}), found) for key, found in parts.items()]
    return sorted(lines, key=lambda line: (-line.marks[Mark.TRIPS].number, line.key))


def _line(key: str, question: TripQuestion, trips: Sequence[Trip]) -> TripLine:
    found = Counter(mark for trip in trips for mark, bears in MARKS.items() if bears(trip))
    marks = {mark: TripCount(replace(question, mark=mark), found[mark]) for mark in Mark}
    return TripLine(key, marks, len({trip.business for trip in trips}))
