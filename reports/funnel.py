"""The funnel: how many pairs came how far, and which pairs each number is made of. Values in, values out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from reports.scope import Dimension, Scope


class Stage(StrEnum):
    """How far a pair came, in this order; a pair that skipped a stage forward has passed it."""

    PROPOSED = "proposed"
    ANSWERED = "answered"
    AGREED = "agreed"
    MET = "met"
    SAMPLE = "sample"
    QUOTE = "quote"
    LOI = "loi"
    ORDER = "order"
    DELIVERED = "delivered"
    REPEAT = "repeat"


class Fate(StrEnum):
    """What may have become of a pair besides its stage."""

    CLOSED = "closed"
    STUCK = "stuck"
    CONSIGNED = "consigned"  # goods were handed over to be sold, which is no order


PLACE = {stage: place for place, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair with the furthest stage it reached, and its keys as in ``Scope``.

    A pair has two sides, so it belongs to several offices, districts and commodities; ``direction`` is that
    of its best trade. Every tuple has at least one key.
    """

    number: int
    stage: Stage
    year: tuple[str, ...]
    contact: tuple[str, ...]
    direction: tuple[str, ...]
    office: tuple[str, ...]
    commodity: tuple[str, ...]
    district: tuple[str, ...]
    fates: tuple[Fate, ...] = ()


@dataclass(frozen=True)
class PairQuestion(Scope):
    """Which pairs are asked for; ``stage`` asks for those that came at least so far."""

    stage: str = ""
    fate: str = ""

    def holds(self, pair: PairRow) -> bool:
        """Return whether ``pair`` is one of those asked for."""
        if self.stage and PLACE[Stage(self.stage)] > PLACE[pair.stage]:
            return False
        if self.fate and self.fate not in pair.fates:
            return False
        return all(
            value in getattr(pair, name)
            for name, value in self.asked.items()
            if name not in {"stage", "fate"}
        )


@dataclass(frozen=True)
class Count:
    """How many pairs, with the question that opens them."""

    opens: PairQuestion
    number: int


@dataclass(frozen=True)
class FunnelLine:
    """One contact, direction, office… with how many of its pairs came at least to each stage."""

    key: str
    stages: Mapping[Stage, Count]
    fates: Mapping[Fate, Count]

    @property
    def counts(self) -> list[Count]:
        return [*self.stages.values(), *self.fates.values()]


@dataclass(frozen=True)
class Funnel:
    """All pairs of a question, and its lines by one dimension; a pair may stand in several lines."""

    question: PairQuestion
    by: Dimension
    headline: FunnelLine
    lines: Sequence[FunnelLine]

    @property
    def counts(self) -> list[Count]:
        return [count for line in [self.headline, *self.lines] for count in line.counts]


def funnel_of(pairs: Iterable[PairRow], question: PairQuestion, by: Dimension) -> Funnel:
    """Count the pairs of a question, which asks for all stages. Passes over them once."""
    question = replace(question, stage="", fate="")
    whole: Counter[str] = Counter()
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        if question.holds(pair):
            bears = (pair.stage, *pair.fates)
            whole.update(bears)
            for key in getattr(pair, by):
                if getattr(question, by) in {"", key}:
                    parts[key].update(bears)
    lines = [count_line(key, counts, replace(question, **{by.value: key})) for key, counts in parts.items()]
    lines.sort(key=lambda line: (-line.stages[Stage.PROPOSED].number, line.key))
    return Funnel(question, by, count_line("", whole, question), lines)


def miscounted(counts: Iterable[Count], pairs: Sequence[PairRow]) -> list[tuple[Count, int]]:
    """Return the numbers that differ from the pairs they open, each with how many those are."""
    of_lines: dict[PairQuestion, list[PairRow]] = {}
    found = []
    for count in counts:
        line = replace(count.opens, stage="", fate="")
        if line not in of_lines:
            of_lines[line] = [pair for pair in pairs if line.holds(pair)]
        found.append((count, sum(map(count.opens.holds, of_lines[line]))))
    return [(count, number) for count, number in found if count.number != number]


def count_line(key: str, reached: Mapping[str, int], question: PairQuestion) -> FunnelLine:
    """Return a line from how many pairs stopped at each stage, and how many meet each fate."""
    so_far, stages = 0, {}
    for stage in reversed(Stage):
        so_far += reached.get(stage, 0)
        stages[stage] = Count(replace(question, stage=stage), so_far)
    return FunnelLine(
        key,
        {stage: stages[stage] for stage in Stage},
        {fate: Count(replace(question, fate=fate), reached.get(fate, 0)) for fate in Fate},
    )
