"""The ranking of a curation: weighted means in exact fractions, ties as ties, and the line of the quota."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Mark:
    """A whole score from 1 to 5 that one reviewer gave one candidate for one criterion, by their ids."""

    candidate: int
    reviewer: int
    criterion: int
    score: int


@dataclass(frozen=True)
class Place:
    """Where a candidate stands. ``place`` is shared by equal means: 1, 2, 2, 4.

    Without one whole sheet ``mean`` and ``place`` are ``None``, and the candidate comes last.
    """

    candidate: int
    mean: Fraction | None
    place: int | None
    sheets: int


@dataclass(frozen=True)
class Cut:
    """Candidates on both sides of the quota's line; ``tied`` are equal and do not all fit."""

    inside: tuple[int, ...]
    tied: tuple[int, ...]
    outside: tuple[int, ...]
    seats_for_tied: int


def mean_of_sheet(scores: Mapping[int, int], weights: Mapping[int, int]) -> Fraction | None:
    """Return one reviewer's weighted mean, 1 to 5, or ``None`` while a criterion has no score.

    With weights 3 and 1 the scores 4 and 2 make 7/2.

    Raises:
        ValueError: there is no criterion, or a weight is not positive.
    """
    if not weights or min(weights.values()) <= 0:
        raise ValueError("weights must be positive")
    if not weights.keys() <= scores.keys():
        return None
    total = sum(scores[criterion] * weight for criterion, weight in weights.items())
    return Fraction(total, sum(weights.values()))


def rank(
    candidates: Sequence[int],
    marks: Iterable[Mark],
    weights: Mapping[int, int],
    excluded: Iterable[tuple[int, int]] = (),
) -> list[Place]:
    """Return every candidate's place, best first; equal ones in the order given.

    ``excluded`` are (reviewer, candidate) with a conflict of interest: such a sheet is not counted. A
    candidate's mean is that of the whole sheets which are left. Costs one pass over the marks and a sort.
    """
    forbidden = set(excluded)
    sheets: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for mark in marks:
        sheets[mark.reviewer, mark.candidate][mark.criterion] = mark.score
    means: dict[int, list[Fraction]] = defaultdict(list)
    for key, scores in sheets.items():
        mean = mean_of_sheet(scores, weights)
        if mean is not None and key not in forbidden:
            means[key[1]].append(mean)
    totals = {candidate: _average(means[candidate]) for candidate in candidates}
    ordered = sorted(candidates, key=lambda candidate: -(totals[candidate] or 0))
    firsts: dict[Fraction, int] = {}
    for position, candidate in enumerate(ordered, start=1):
        mean = totals[candidate]
        if mean is not None:
            firsts.setdefault(mean, position)
    return [_place(candidate, totals[candidate], firsts, len(means[candidate])) for candidate in ordered]


def cut(places: Sequence[Place], quota: int) -> Cut:
    """Divide a ranking at ``quota`` seats; those who share the place that the line crosses are ``tied``.

    With means 5, 4, 4, 3 and two seats, the first is inside, two are tied for one seat, one is outside.
    """
    ranked = [place for place in places if place.place is not None]
    unranked = tuple(place.candidate for place in places if place.place is None)
    inside, outside = _ids(ranked[:quota]), _ids(ranked[quota:])
    tied: tuple[int, ...] = ()
    if 0 < quota < len(ranked) and ranked[quota - 1].place == ranked[quota].place:
        line = ranked[quota].place
        tied = _ids([place for place in ranked if place.place == line])
        inside = tuple(candidate for candidate in inside if candidate not in tied)
        outside = tuple(candidate for candidate in outside if candidate not in tied)
    return Cut(inside, tied, outside + unranked, quota - len(inside) if tied else 0)


def _average(means: list[Fraction]) -> Fraction | None:
    return sum(means, Fraction(0)) / len(means) if means else None


def _place(candidate: int, mean: Fraction | None, firsts: Mapping[Fraction, int], sheets: int) -> Place:
    return Place(candidate, mean, None if mean is None else firsts[mean], sheets)


def _ids(places: Iterable[Place]) -> tuple[int, ...]:
    return tuple(place.candidate for place in places)
