"""How good a list of ten is, from 0.0 to 1.0. Pure."""

from collections.abc import Collection, Sequence

FIRST = 10


def reciprocal_rank(found: Sequence[str], answers: Collection[str]) -> float:
    """Return one over the place of the first answer: 0.5 when it stands second, 0.0 when none is there.

    >>> reciprocal_rank(["chair", "table"], {"table"})
    0.5
    """
    places = (place for place, row in enumerate(found[:FIRST], start=1) if row in answers)
    return 1 / next(places, float("inf"))


def recall(found: Sequence[str], answers: Collection[str]) -> float:
    """Return the share of the answers among the first ten; of more than ten answers, ten count as all.

    >>> recall(["chair", "table"], {"table", "bench"})
    0.5
    """
    return len(set(found[:FIRST]) & set(answers)) / min(len(answers), FIRST)
