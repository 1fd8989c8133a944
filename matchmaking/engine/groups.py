"""Needs above any one capacity, answered by a group of named businesses, or short by a stated gap.

The best group is the one with the fewest members; of those, one whose members are all of one office;
then the one whose members suit the need best. Members share the quantity by their capacities.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from matchmaking.engine.cases import Case
from matchmaking.engine.gates import failures
from matchmaking.engine.trades import trade_of
from matchmaking.engine.values import Firm, Offer, PairKey, Weights, Wish, pair_key

MOST_MEMBERS = 6
MOST_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Member:
    """One business of a group. ``share`` and ``capacity`` count whole units of the wish, a month."""

    firm: Firm
    offer: Offer
    share: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Group:
    """The members that answer one wish together; with a ``gap`` above 0, how much even six would lack."""

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
    """An offer that lacks nothing but capacity. ``capacity`` counts whole units of the wish."""

    case: Case
    capacity: int
    score: float

    @property
    def office(self) -> object:
        """The office that vouches for the seller; without one, its region."""
        return self.case.seller.office or self.case.seller.region


def groups_for(
    shortages: Iterable[Shortage], *, taken: Counter[int], quota: int, weights: Weights
) -> list[Group]:
    """Return a group, or a gap, for every wish that no single business can answer, in the order given.

    ``taken`` counts the pairs that businesses have already; nobody gets more than ``quota`` through groups.
    No gap is stated where somebody whose capacity is not known may answer.
    """
    taken, groups = Counter(taken), list[Group]()
    for one in shortages:
        room = min(MOST_MEMBERS, quota - taken[one.wish.firm])
        candidates = [it for it in _candidates(one.cases, weights) if taken[it.case.seller.id] < quota]
        group = _group(one.wish, one.cases[0].buyer, candidates, room)
        if group.members or not one.perhaps:
            groups.append(group)
            taken.update(firm for key in group.keys for firm in key)
    return groups


def _candidates(cases: Iterable[Case], weights: Weights) -> list[Candidate]:
    """Return the largest offer of each seller that can make something, the largest sellers first."""
    found = [
        Candidate(case, case.capacity, trade_of(case.with_share(case.capacity), weights).score)
        for case in cases
        if case.capacity
    ]
    found.sort(key=lambda one: (one.case.seller.id, -one.capacity, -one.score, one.case.offer.id))
    of_sellers = [next(offers) for _, offers in groupby(found, key=lambda one: one.case.seller.id)]
    return sorted(of_sellers, key=lambda one: (-one.capacity, -one.score, one.case.seller.id))


def _group(wish: Wish, buyer: Firm, pool: list[Candidate], room: int) -> Group:
    """Return the best group whose members pass every gate with their shares."""
    quantity = wish.quantity or 0
    while members := _best_members(pool[:MOST_CANDIDATES], quantity, room):
        shares = shares_of(quantity, [one.capacity for one in members])
        rows = list(zip(members, shares, strict=True))
        refused = [one for one, share in rows if failures(one.case.with_share(share))]
        if not refused:
            rows.sort(key=lambda row: (-row[1], row[0].case.seller.id))
            return Group(wish, buyer, tuple(_member(one, share) for one, share in rows))
        pool = [one for one in pool if one not in refused]
    reached = sum(one.capacity for one in pool[: max(0, room)])
    return Group(wish, buyer, (), max(1, quantity - reached))


def _member(one: Candidate, share: int) -> Member:
    return Member(one.case.seller, one.case.offer, share, one.capacity)


def _best_members(pool: list[Candidate], quantity: int, room: int) -> list[Candidate]:
    """Return the fewest candidates that make the quantity; of one office before several, then the best.

    ``pool`` has the largest first. Empty when ``room`` of them do not suffice.
    """
    for size in range(1, min(room, len(pool)) + 1):
        if sum(one.capacity for one in pool[:size]) < quantity:
            continue
        offices = sorted({one.office for one in pool}, key=str)
        alone = [_best_of_size([one for one in pool if one.office == o], size, quantity) for o in offices]
        together = [members for members in alone if members]
        return max(together or [_best_of_size(pool, size, quantity)], key=_worth)
    return []


def _worth(members: list[Candidate]) -> float:
    return round(sum(one.score for one in members), 6)


def _best_of_size(pool: list[Candidate], size: int, quantity: int) -> list[Candidate]:
    """Return the ``size`` candidates with the highest scores that make the quantity; empty if none do."""
    ranked = sorted(pool, key=lambda one: (-one.score, one.case.seller.id))
    best: list[Candidate] = []

    def reaches(so_far: list[Candidate], start: int) -> bool:
        largest = sorted((one.capacity for one in ranked[start:]), reverse=True)[: size - len(so_far)]
        return (
            len(largest) == size - len(so_far)
            and sum(one.capacity for one in so_far) + sum(largest) >= quantity
        )

    def search(so_far: list[Candidate], start: int) -> None:
        nonlocal best
        if len(so_far) == size:
            if not best or _worth(so_far) > _worth(best):
                best = so_far
            return
        for place in range(start, len(ranked)):
            hopeful = [*so_far, *ranked[place : place + size - len(so_far)]]
            if (best and _worth(hopeful) <= _worth(best)) or not reaches(so_far, place):
                return
            search([*so_far, ranked[place]], place + 1)

    search([], 0)
    return best if sum(one.capacity for one in best) >= quantity else []


def shares_of(quantity: int, capacities: Sequence[int]) -> list[int]:
    """Divide a quantity by capacities, in whole units that add up to it; nobody gets more than it can make.

    >>> shares_of(5000, [4000, 1500, 500])
    [3334, 1250, 416]
    """
    shares, rest, left = list[int](), quantity, sum(capacities)
    for capacity in capacities:
        share = min(capacity, -(-rest * capacity // left)) if left else 0
        shares.append(share)
        rest, left = rest - share, left - capacity
    return shares
