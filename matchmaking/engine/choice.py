"""Which pairs go on the list: fair first, then best first.

The rules, in the order in which they win:

1. A vetoed pair is never on the list (it never reaches this module), a pair staff keep always is.
2. The floor: every business that has any possible pair gets at least one.
3. The quota: nobody gets more than ``quota`` pairs, except by rules 1 and 2.
4. The cap: nobody gets more than twice the median of all businesses on the list, except by rules
   1 and 2. The quota is lowered step by step until that holds.
5. Best first: higher score, then smaller ids. A pair below ``least_score`` comes in by 1 or 2 only.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Protocol

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
    FLOOR = "floor"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen pairs with the rule that chose each, and the quota that kept the cap."""

    chosen: dict[PairKey, Chosen]
    quota: int

    def counts(self) -> Counter[int]:
        """Return how many pairs each business on the list has."""
        return count_pairs(self.chosen)


def count_pairs(pairs: Iterable[PairKey]) -> Counter[int]:
    """Return how many of the pairs each business is in."""
    return Counter(firm for pair in pairs for firm in pair)


def best_first(pairs: Iterable[Scored]) -> list[PairKey]:
    """Return the pairs by falling score (to six places), then by ids."""
    return [pair.key for pair in sorted(pairs, key=lambda pair: (-round(pair.score, 6), pair.key))]


def choose(pairs: Sequence[Scored], kept: Iterable[PairKey], rules: Rules) -> Choice:
    """Choose pairs by the five rules above.

    ``pairs`` are the possible ones, in any order; ``kept`` may name pairs that are not possible.
    Costs one pass over the pairs for each step of the quota.
    """
    ordered = best_first(pairs)
    good = best_first(pair for pair in pairs if pair.score >= rules.least_score)
    always = sorted(set(kept))
    for quota in range(rules.quota, 1, -1):
        choice = _choose_within(ordered, good, always, quota)
        if _keeps_cap(choice):
            return choice
    return _choose_within(ordered, good, always, 1)


def _choose_within(ordered: list[PairKey], good: list[PairKey], always: list[PairKey], quota: int) -> Choice:
    chosen = dict.fromkeys(always, Chosen.KEPT)
    counts = count_pairs(chosen)
    _raise_to_floor(ordered, chosen, counts, quota)
    for pair in good:
        if pair not in chosen and all(counts[firm] < quota for firm in pair):
            chosen[pair] = Chosen.BEST
            counts.update(pair)
    return Choice(chosen, quota)


def _raise_to_floor(
    ordered: list[PairKey], chosen: dict[PairKey, Chosen], counts: Counter[int], quota: int
) -> None:
    """Give every business without a pair its best one, those with the fewest possibilities first.

    The best partner with room within the quota is taken; without one, the partner least above it.
    """
    options: dict[int, list[PairKey]] = {}
    for pair in ordered:
        for firm in pair:
            options.setdefault(firm, []).append(pair)
    for firm in sorted(options, key=lambda firm: (len(options[firm]), firm)):
        if counts[firm]:
            continue
        pair = min(options[firm], key=lambda pair: max(0, counts[_partner(pair, firm)] - quota + 1))
        chosen[pair] = Chosen.FLOOR
        counts.update(pair)


def _partner(pair: PairKey, firm: int) -> int:
    return pair[1] if pair[0] == firm else pair[0]


def _keeps_cap(choice: Choice) -> bool:
    """Return whether nobody is above twice the median, unless by what staff keep and the floor alone."""
    counts = choice.counts()
    if not counts:
        return True
    highest = 2 * median(counts.values())
    forced = count_pairs(pair for pair, rule in choice.chosen.items() if rule is not Chosen.BEST)
    return all(count <= max(highest, forced[firm]) for firm, count in counts.items())
