"""What changed between two lists of proposals: who came, who went, who moved, and why.

A list is told by its ``Listing``, so that two computations can be compared as well as two lists that
were stored long ago.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matchmaking.engine.choice import count_pairs
from matchmaking.engine.facts import Code, Fact
from matchmaking.engine.proposing import Proposals
from matchmaking.engine.values import Contact, PairKey

NAMED_AT_MOST = 3
PLACES = 3  # scores that agree to three places count as unchanged


@dataclass(frozen=True)
class Listing:
    """One list of proposals and what was decided about it.

    ``names`` holds every business that took part, ``scores`` the pairs on the list with their scores
    (0.0 to 1.0), best first. ``possible`` holds the score of every possible pair, ``None`` when that is
    not known any more. ``quota`` is the limit per business that the choice kept to.
    """

    names: Mapping[int, str]
    scores: Mapping[PairKey, float]
    quota: int
    possible: Mapping[PairKey, float] | None = None
    kept: Mapping[PairKey, str] = field(default_factory=dict)
    vetoed: Mapping[PairKey, str] = field(default_factory=dict)
    least_score: float = 0.0

    @cached_property
    def ranks(self) -> dict[PairKey, int]:
        return {key: rank for rank, key in enumerate(self.scores, start=1)}

    @cached_property
    def counts(self) -> Counter[int]:
        return count_pairs(self.scores)

    def score_of(self, key: PairKey) -> float | None:
        """Return the score of a pair, ``None`` when it is not on the list and not known to be possible."""
        return self.scores.get(key, (self.possible or {}).get(key))

    def is_full(self, firm: int) -> bool:
        return self.counts[firm] >= self.quota


@dataclass(frozen=True, slots=True)
class Change:
    """One pair that came (no ``old_rank``), went (no ``new_rank``) or moved, with the reasons."""

    key: PairKey
    a: str
    b: str
    old_rank: int | None
    new_rank: int | None
    why: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes: those that came and moved by their new rank, those that went by their old one.

    ``unmoved`` counts the pairs that kept their rank.
    """

    came: tuple[Change, ...]
    went: tuple[Change, ...]
    moved: tuple[Change, ...]
    unmoved: int

    @property
    def is_empty(self) -> bool:
        return not (self.came or self.went or self.moved)


def listing_of(contact: Contact, listed: Proposals) -> Listing:
    """Return a list as it was just computed for ``contact``."""
    return Listing(
        names={firm.id: firm.name for firm in contact.firms},
        scores={proposal.match.key: proposal.match.score for proposal in listed.proposals},
        quota=listed.choice.quota,
        possible=listed.possible,
        kept={key: kept.value for key, kept in contact.decisions.kept.items()},
        vetoed=contact.decisions.vetoed,
        least_score=contact.rules.least_score,
    )


def compare(before: Listing, after: Listing) -> Changes:
    """Return what changed from one list to the other. Costs a few dictionary look-ups per pair.

    A list beside itself: nothing came, went or moved.
    """
    return _Comparison(before, after).changes()


class _Comparison:
    """Two lists side by side."""

    def __init__(self, before: Listing, after: Listing) -> None:
        self.before, self.after = before, after
        self.came = [key for key in after.scores if key not in before.scores]
        self.went = [key for key in before.scores if key not in after.scores]

    def changes(self) -> Changes:
        stayed = [key for key in self.after.scores if key in self.before.scores]
        moved = [key for key in stayed if self.before.ranks[key] != self.after.ranks[key]]
        return Changes(
            came=tuple(self._change(key, self._why_came(key)) for key in self.came),
            went=tuple(self._change(key, self._why_went(key)) for key in self.went),
            moved=tuple(self._moved(moved)),
            unmoved=len(stayed) - len(moved),
        )

    def _change(self, key: PairKey, why: Iterable[Fact]) -> Change:
        a, b = (self._name(firm) for firm in key)
        facts = tuple(why) or (Fact(Code.REBALANCED),)
        return Change(key, a, b, self.before.ranks.get(key), self.after.ranks.get(key), facts)

    def _name(self, firm: int) -> str:
        return self.after.names.get(firm) or self.before.names.get(firm, "")

    def _names(self, key: PairKey) -> dict[str, str]:
        return {"a": self._name(key[0]), "b": self._name(key[1])}

    def _why_came(self, key: PairKey) -> Iterator[Fact]:
        new = [firm for firm in key if firm not in self.before.names]
        yield from (Fact(Code.JOINED, {"business": self._name(firm)}) for firm in new)
        if key in self.after.kept:
            yield Fact(Code.KEPT, {"by": self.after.kept[key]})
        elif not new and key in self.before.vetoed:
            yield Fact(Code.UNHIDDEN)
        elif not new and self.before.possible is not None and key not in self.before.possible:
            yield Fact(Code.BECAME_POSSIBLE, self._names(key))
        elif not new:
            yield from self._score_change(key)
            yield from self._swapped(Code.MADE_ROOM, key, self.went, self.before)

    def _why_went(self, key: PairKey) -> Iterator[Fact]:
        gone = [firm for firm in key if firm not in self.after.names]
        yield from (Fact(Code.LEFT, {"business": self._name(firm)}) for firm in gone)
        if key in self.after.vetoed:
            yield Fact(Code.VETOED, {"reason": self.after.vetoed[key]})
        elif not gone and self.after.possible is not None and key not in self.after.possible:
            yield Fact(Code.NO_LONGER_POSSIBLE, self._names(key))
        elif not gone:
            yield from self._score_change(key)
            yield from self._too_low(key)
            yield from self._swapped(Code.DISPLACED, key, self.came, self.after)

    def _score_change(self, key: PairKey) -> Iterator[Fact]:
        old, new = self.before.score_of(key), self.after.score_of(key)
        if old is None or new is None or round(old, PLACES) == round(new, PLACES):
            return
        yield Fact(Code.SCORE_ROSE if new > old else Code.SCORE_FELL, {"old": old, "new": new})

    def _too_low(self, key: PairKey) -> Iterator[Fact]:
        score = self.after.score_of(key)
        if score is not None and score < self.after.least_score:
            yield Fact(Code.SCORE_LOW, self._names(key))

    def _swapped(self, code: Code, key: PairKey, others: list[PairKey], listing: Listing) -> Iterator[Fact]:
        """Say for each side whose list is full, with whom it swapped places."""
        for firm in key:
            swapped = [other for other in others if firm in other]
            if swapped and listing.is_full(firm):
                partners = [self._name(sum(other) - firm) for other in swapped[:NAMED_AT_MOST]]
                yield Fact(code, {"business": self._name(firm), "partners": partners})

    def _moved(self, moved: list[PairKey]) -> Iterator[Change]:
        for key in moved:
            shift = self.after.ranks[key] - self.before.ranks[key]
            code = Code.OVERTAKEN if shift > 0 else Code.OVERTOOK
            yield self._change(key, [*self._score_change(key), Fact(code, {"count": abs(shift)})])
