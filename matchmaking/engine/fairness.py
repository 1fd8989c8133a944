"""How evenly the proposals are shared out: figures that an office can defend."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from statistics import median

PLACES = 4


@dataclass(frozen=True, slots=True)
class Fairness:
    """The figures of one list, over the businesses that have at least one possible pair.

    ``gini`` is 0.0 when all have the same number of proposals and close to 1.0 when one has them all.
    ``at_zero`` counts those without any proposal. ``median`` is that of the businesses on the list only,
    the one that the cap of ``choice`` uses; 0.0 when nobody is on it. ``largest_over_median`` says how
    many times that median the largest number is; ``None`` when nobody is on the list.
    """

    businesses: int
    gini: float
    at_zero: int
    largest: int
    median: float
    largest_over_median: float | None


def gini(counts: Iterable[int]) -> float:
    """Return the Gini coefficient of numbers from 0 up: 0.0 when all are equal, (n - 1) / n when one has all.

    With the numbers x sorted upwards and i from 1 to n it is
    ``sum((2 i - n - 1) x) / (n sum(x))``, the mean difference between two of them over twice their mean.
    Nothing to share, or nobody to share it, is 0.0.

    >>> gini([3, 3, 3]), gini([0, 0, 0, 4]), gini([1, 2, 3])
    (0.0, 0.75, 0.2222)

    Raises:
        ValueError: a number is below 0.
    """
    ordered = sorted(counts)
    if ordered and ordered[0] < 0:
        raise ValueError(f"A number of proposals cannot be {ordered[0]}.")
    number, total = len(ordered), sum(ordered)
    if not total:
        return 0.0
    spread = sum((2 * place - number - 1) * count for place, count in enumerate(ordered, start=1))
    return round(spread / (number * total), PLACES)


def figures(counts: Mapping[int, int], servable: Set[int]) -> Fairness:
    """Return the figures of a list.

    ``counts`` holds the number of proposals by business, ``servable`` the ids of the businesses that
    have a possible pair; others count only when they have a proposal all the same.

    >>> figures({1: 2, 2: 1, 3: 1}, {1, 2, 3, 4})
    Fairness(businesses=4, gini=0.375, at_zero=1, largest=2, median=1.0, largest_over_median=2.0)
    """
    served = {firm for firm, count in counts.items() if count}
    numbers = [counts.get(firm, 0) for firm in sorted(served | servable)]
    middle = float(median(counts[firm] for firm in served)) if served else 0.0
    largest = max(numbers, default=0)
    return Fairness(
        businesses=len(numbers),
        gini=gini(numbers),
        at_zero=numbers.count(0),
        largest=largest,
        median=middle,
        largest_over_median=round(largest / middle, PLACES) if middle else None,
    )
