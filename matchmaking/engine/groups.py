"""Needs above any one capacity, answered by a group of named businesses, or short by a stated gap.

The best group is the one with the fewest members; of those, one whose members are all of one office;
then the one whose members suit the need best. Each member gets its minimum order, and the rest is shared by
what they can make. Looked for among the twenty largest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from matchmaking.engine.cases import Case
from matchmaking.engine.gates import failures
from matchmaking.engine.trades import trade_of
from matchmaking.engine.values import Firm, Offer, PairKey, Weights, Wish, pair_key

MOST_MEMBERS = 6
MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Member:
    """One business of a group. ``share`` and ``capacity`` count whole units of the wish, a month."""

    firm: Firm
    offer: Offer
    share: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Group:
    """The members that answer one wish together; else the ``gap``: how much even the six largest lack.

    Without members and without a gap the capacities suffice, but quotas or minimum orders stand against it.
    """

    wish: Wish
    buyer: Firm
    members: tuple[Member, ...]
    gap: int = 0

    @property
    def keys(self) -> list[PairKey]:
        """The pairs of the buyer with every member."""
        return [pair_key(self.buyer.id, member.firm.id) for member in self.members]


@dataclass(frozen=True, slots=True)
class Shortage:
    """A wish that nobody is known to answer alone, and the cases that fail for capacity alone.

    ``perhaps`` is true when somebody whose capacity is not known may answer it.
    """

    wish: Wish
    cases: tuple[Case, ...]
    perhaps: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that lacks nothing but capacity, in whole units of the wish.

    ``least`` is its minimum order. ``is_new`` is false for a seller that has a pair with the buyer already.
    """

    case: Case
    capacity: int
    least: int
    score: float
    is_new: bool

    @property
    def office(self) -> object:
        """The office that vouches for the seller; without one, its region."""
        return self.case.seller.office or self.case.seller.region


def groups_for(
    shortages: Iterable[Shortage], *, kept: Iterable[PairKey], quota: int, weights: Weights
) -> list[Group]:
    """Return a group, or a gap, for every wish that no single business can answer, in the order given.

    Nobody gets more than ``quota`` pairs through ``kept`` ones and groups together; a pair that is there
    already takes no further place. No gap is stated where somebody whose capacity is not known may answer.
    """
    pairs, groups = set(kept), list[Group]()
    for one in shortages:
        taken = Counter(firm for pair in pairs for firm in pair)
        every = _candidates(one.cases, weights, pairs)
        candidates = [it for it in every if not it.is_new or taken[it.case.seller.id] < quota]
        members = _members(one.wish, candidates, newcomers=max(0, quota - taken[one.wish.firm]))
        if members or not one.perhaps:
            reached = sum(it.capacity for it in every[:MOST_MEMBERS])
            gap = 0 if members else max(0, (one.wish.quantity or 0) - reached)
            groups.append(Group(one.wish, one.cases[0].buyer, members, gap))
            pairs.update(groups[-1].keys)
    return groups


def _candidates(cases: Iterable[Case], weights: Weights, pairs: Set[PairKey]) -> list[Candidate]:
    """Return the largest offer of each seller that can make something, the largest sellers first."""
    found = [_candidate(case, case.capacity, weights, pairs) for case in cases if case.capacity]
    found.sort(key=lambda one: (one.case.seller.id, -one.capacity, -one.score, one.case.offer.id))
    of_sellers = [next(offers) for _, offers in groupby(found, key=lambda one: one.case.seller.id)]
    fitting = [one for one in of_sellers if one.least <= one.capacity]
    return sorted(fitting, key=lambda one: (-one.capacity, -one.score, one.case.seller.id))


def _candidate(case: Case, capacity: int, weights: Weights, pairs: Set[PairKey]) -> Candidate:
    return Candidate(
        case=case,
        capacity=capacity,
        least=max(1, ceil((case.offer.min_order or 0) / (case.unit_factor or 1))),
        score=trade_of(case.with_share(capacity), weights).score,
        is_new=pair_key(case.seller.id, case.buyer.id) not in pairs,
    )


def _members(wish: Wish, pool: list[Candidate], *, newcomers: int) -> tuple[Member, ...]:
    """Return the best group, whose members pass every gate with their shares; the largest share first."""
    quantity = wish.quantity or 0
    while chosen := _best_members(pool[:MOST_CANDIDATES], quantity, newcomers):
        rows = list(zip(chosen, shares_of(quantity, chosen), strict=True))
        refused = [one for one, share in rows if failures(one.case.with_share(share))]
        if not refused:
            rows.sort(key=lambda row: (-row[1], row[0].case.seller.id))
            return tuple(Member(one.case.seller, one.case.offer, share, one.capacity) for one, share in rows)
        pool = [one for one in pool if one not in refused]
    return ()


def _best_members(pool: list[Candidate], quantity: int, newcomers: int) -> list[Candidate]:
    """Return the fewest candidates that make the quantity; of one office before several, then the best.

    ``pool`` has the largest first. Empty when no six of them, with so many ``newcomers`` at most, suffice.
    """
    offices = sorted({one.office for one in pool}, key=str)
    for size in range(1, min(MOST_MEMBERS, len(pool)) + 1):
        alone = [[one for one in pool if one.office == office] for office in offices]
        found = [_best_of_size(some, size, quantity, newcomers) for some in alone]
        together = [members for members in found if members] or [
            _best_of_size(pool, size, quantity, newcomers)
        ]
        best = max(together, key=_worth)
        if best:
            return best
    return []


def _worth(members: Sequence[Candidate]) -> float:
    return round(sum(one.score for one in members), 6)


def _best_of_size(pool: list[Candidate], size: int, quantity: int, newcomers: int) -> list[Candidate]:
    """Return the ``size`` candidates with the highest scores that can share the quantity; empty if none can.

    They can when the quantity lies between the sum of their minimum orders and that of their capacities.
    """
    if sum(sorted((one.capacity for one in pool), reverse=True)[:size]) < quantity:
        return []
    ranked = sorted(pool, key=lambda one: (-one.score, one.case.seller.id))
    best: list[Candidate] = []

    def search(team: list[Candidate], start: int) -> None:
        nonlocal best
        if len(team) == size:
            if sum(one.capacity for one in team) >= quantity and _worth(team) > _worth(best):
                best = team
            return
        for place in range(start, len(ranked) - (size - len(team)) + 1):
            if best and _worth([*team, *ranked[place : place + size - len(team)]]) <= _worth(best):
                return
            larger = [*team, ranked[place]]
            fits = sum(one.least for one in larger) <= quantity
            if fits and sum(one.is_new for one in larger) <= newcomers:
                search(larger, place + 1)

    search([], 0)
    return best


def shares_of(quantity: int, members: Sequence[Candidate]) -> list[int]:
    """Divide a quantity in whole units: to each its minimum order, the rest by what each can make beyond it.

    The quantity must lie between the sum of the minimum orders and that of the capacities.
    """
    beyond = [one.capacity - one.least for one in members]
    rest = quantity - sum(one.least for one in members)
    return [one.least + more for one, more in zip(members, divided(rest, beyond), strict=True)]


def divided(quantity: int, limits: Sequence[int]) -> list[int]:
    """Divide a quantity by limits, in whole units that add up to it; nobody gets more than its limit.

    >>> divided(5000, [4000, 1500, 500])
    [3334, 1250, 416]
    """
    shares, rest, left = list[int](), quantity, sum(limits)
    for limit in limits:
        share = min(limit, -(-rest * limit // left)) if left else 0
        shares.append(share)
        rest, left = rest - share, left - limit
    return shares
