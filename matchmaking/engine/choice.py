"""Which pairs go on the list: fair first, then the highest total benefit, exactly.

The rules, in the order in which they win:

1. A vetoed pair is never on the list (it never reaches this module), a pair staff keep always is.
2. The quota: nobody has more than ``quota`` pairs, except by pairs that staff keep.
3. Groups: the pairs of those who answer one need together are all on the list (``groups`` keeps to the
   quotas).
4. The floor: as many businesses as possible have a pair, then as many pairs as possible go to businesses
   that are below ``least_pairs``.
   A pair below ``least_score`` comes in for a business that would be left at zero only.
5. The cap: nobody is above twice the median of the list, pairs of rules 1 and 3 apart, unless that
   would leave more businesses at zero.
6. The highest total score, to six places. Of lists that are equal in it, one whose pairs come earlier in the
   order of ids; what is equal even then the solver settles, the same way on every machine.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Protocol

from matchmaking.engine.optimum import Flags, Graph, Limits, best_subset, highest_total
from matchmaking.engine.values import PairKey, Rules


class Scored(Protocol):
    """A possible pair: its businesses' ids, smaller first, and its score from 0 to 1."""

    @property
    def key(self) -> PairKey: ...

    @property
    def score(self) -> float: ...


class Chosen(StrEnum):
    """By which rule a pair is on the list."""

    KEPT = "kept"
    GROUP = "group"
    FLOOR = "floor"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen pairs with the rule that chose each.

    ``quota`` is the limit that kept the cap. ``total`` adds up the scores of the list; ``bound`` is the
    highest total that any list within the quotas could have, fair or not, of pairs that are good enough
    or on this list. ``is_proven`` is false when the search ended before it was certain that none is better.
    """

    chosen: dict[PairKey, Chosen]
    quota: int
    total: float
    bound: float
    is_proven: bool

    def counts(self) -> Counter[int]:
        """Return how many pairs each business on the list has."""
        return count_pairs(self.chosen)


def count_pairs(pairs: Iterable[PairKey]) -> Counter[int]:
    """Return how many of the pairs each business is in."""
    return Counter(firm for pair in pairs for firm in pair)


def choose(
    pairs: Sequence[Scored], kept: Iterable[PairKey], rules: Rules, grouped: Iterable[PairKey] = ()
) -> Choice:
    """Choose pairs by the six rules above.

    ``pairs`` are the possible ones, in any order; ``kept`` and ``grouped`` may name pairs that are not
    possible. Costs one optimisation for each step of the cap, and one for the bound.
    """
    rows = sorted((pair.key, pair.score) for pair in pairs)
    graph = Graph([key for key, _ in rows], [score for _, score in rows])
    return choose_from(graph, kept, rules, grouped)


def choose_from(
    graph: Graph, kept: Iterable[PairKey], rules: Rules, grouped: Iterable[PairKey] = ()
) -> Choice:
    """Choose among the pairs of a graph, whose keys are in order (``choose``)."""
    forced = dict.fromkeys(grouped, Chosen.GROUP) | dict.fromkeys(kept, Chosen.KEPT)
    is_forced = graph.has_in(forced)
    fixed = float(graph.scores[is_forced].sum())
    free = graph.only(~is_forced)
    limits = Limits(count_pairs(forced), rules.quota, rules.least_pairs, rules.least_score)
    picked, is_proven, quota = _within_cap(free, limits)
    listed = free.only(picked)
    good_enough = listed.scores >= rules.least_score
    rule = {key: Chosen.BEST if good else Chosen.FLOOR for key, good in zip(listed, good_enough, strict=True)}
    worthy = free.only(picked | (free.scores >= rules.least_score))
    return Choice(
        chosen=dict(sorted((forced | rule).items())),
        quota=quota,
        total=round(fixed + float(listed.scores.sum()), 6),
        bound=round(fixed + highest_total(worthy, limits), 6),
        is_proven=is_proven,
    )


def _within_cap(graph: Graph, limits: Limits) -> tuple[Flags, bool, int]:
    """Return the best pairs under the highest limit that keeps the cap, whether proven, and that limit.

    When no limit keeps it without leaving more businesses at zero, the lowest that leaves no more.
    """
    (best, is_proven), limit = best_subset(graph, limits), limits.quota
    counts = count_pairs(graph.only(best)) + limits.forced
    served = len(counts)
    while limit > 1 and not _keeps_cap(counts, limits.forced):
        lower, is_lower_proven = best_subset(graph, limits.lowered_to(limit - 1))
        counts = count_pairs(graph.only(lower)) + limits.forced
        if len(counts) < served:
            break
        best, is_proven, limit = lower, is_lower_proven, limit - 1
    return best, is_proven, limit


def _keeps_cap(counts: Counter[int], forced: Counter[int]) -> bool:
    """Return whether nobody is above twice the median but by pairs that are forced in."""
    highest = 2 * median(counts.values()) if counts else 0
    return all(count <= max(highest, forced[firm]) for firm, count in counts.items())
