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
    smallest = _choose_within(ordered, good, always, 1)
    forced = count_pairs(pair for pair, rule in smallest.chosen.items() if rule is not Chosen.BEST)
    for quota in range(rules.quota, 1, -1):
        choice = _choose_within(ordered, good, always, quota)
        if _keeps_cap(choice.counts(), forced):
            return choice
    return smallest


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
    """Give every business a pair: first where there is only one possible, then best first.

    A pair serves the floor only while one of its sides has none and both have room. Who is left over
    gets the best partner of those least above the quota.
    """
    options = count_pairs(ordered)
    only_choice_first = sorted(ordered, key=lambda pair: min(options[firm] for firm in pair) > 1)
    for pair in only_choice_first:
        if any(not counts[firm] for firm in pair) and all(counts[firm] < quota for firm in pair):
            _serve(pair, chosen, counts)
    for firm in sorted(options):
        if not counts[firm]:
            own = (pair for pair in ordered if firm in pair)
            _serve(min(own, key=lambda pair: counts[_partner(pair, firm)]), chosen, counts)


def _serve(pair: PairKey, chosen: dict[PairKey, Chosen], counts: Counter[int]) -> None:
    chosen[pair] = Chosen.FLOOR
    counts.update(pair)


def _partner(pair: PairKey, firm: int) -> int:
    return pair[1] if pair[0] == firm else pair[0]


def _keeps_cap(counts: Counter[int], forced: Counter[int]) -> bool:
    """Return whether nobody is above twice the median but for what cannot be avoided.

    ``forced`` counts the kept pairs, and those of the floor when nobody takes more than need be.
    """
    highest = 2 * median(counts.values()) if counts else 0
    return all(count <= max(highest, forced[firm]) for firm, count in counts.items())
