"""What every list of proposals is held to, worked out again from the contact's own rows.

Nothing here asks the engine: gates, quotas and who can be served are computed a second time, in other
words, so that a mistake in the engine does not excuse itself.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from matchmaking.engine import Proposals
from matchmaking.engine.choice import Chosen
from matchmaking.engine.trades import Trade
from matchmaking.engine.values import Contact, Offer, PairKey, Proof, Wish

MOST_IN_A_GROUP = 6


@dataclass(frozen=True, slots=True)
class Terms:
    """A proposed trade with its quantity in the offer's unit; ``None`` when it cannot be told."""

    offer: Offer
    wish: Wish
    factor: Fraction | None
    quantity: Fraction | None


def terms_of(contact: Contact, trade: Trade, share: int | None) -> Terms:
    """Return the terms of a trade; in a group the quantity is the seller's share of the wish."""
    offer, wish = trade.offer, trade.wish
    factor = _factor(contact, wish.unit, offer.unit)
    wanted = wish.quantity if share is None else share
    known = wanted is not None and factor is not None
    return Terms(offer, wish, factor, Fraction(wanted or 0) * (factor or 1) if known else None)


def _factor(contact: Contact, unit: str | None, into: str | None) -> Fraction | None:
    if unit is None or into is None or unit == into:
        return Fraction(1) if unit is not None and unit == into else None
    table = {row.code: (row.root, row.factor) for row in contact.units}
    if unit not in table or into not in table or table[unit][0] != table[into][0]:
        return None
    return table[unit][1] / table[into][1]


def is_open(contact: Contact, terms: Terms) -> bool:
    """Return whether the wish is open on the day."""
    return terms.wish.until is None or contact.day <= terms.wish.until


def holds_certificates(contact: Contact, terms: Terms) -> bool:
    """Return whether every required certificate is at least claimed."""
    held = {row.kind for row in terms.offer.certificates if row.proof in (Proof.CLAIMED, Proof.CHECKED)}
    return held.issuperset(terms.wish.certificates)


def is_in_area(contact: Contact, terms: Terms) -> bool:
    """Return whether the seller is of the region, or of the province, that the wish asks for."""
    area = terms.wish.area
    seller = next(row for row in contact.firms if row.id == terms.offer.firm)
    return area is None or area in (seller.region, seller.region.split(".")[0])


def is_delivered(contact: Contact, terms: Terms) -> bool:
    """Return whether the seller delivers to the buyer's region, or to its province, as far as it is known."""
    areas = terms.offer.delivers_to
    buyer = next(row for row in contact.firms if row.id == terms.wish.firm)
    return areas is None or bool(areas & {"*", buyer.region, buyer.region.split(".")[0]})


def can_make(contact: Contact, terms: Terms) -> bool:
    """Return whether a monthly quantity is within the month's capacity, as far as both are known."""
    capacity, quantity = terms.offer.capacity, terms.quantity
    return not terms.wish.monthly or capacity is None or quantity is None or quantity <= capacity


def keeps_ceiling(contact: Contact, terms: Terms) -> bool:
    """Return whether the tier's price is within the ceiling, as far as both are known."""
    ceiling = terms.wish.ceiling
    tiers = {tier.min_quantity: tier.price for tier in terms.offer.tiers}
    if ceiling is None or terms.factor is None or not tiers:
        return True
    reached = [step for step in tiers if terms.quantity is not None and step <= terms.quantity]
    return tiers[max(reached) if reached else min(tiers)] * terms.factor <= ceiling


def reaches_min_order(contact: Contact, terms: Terms) -> bool:
    """Return whether the quantity reaches the minimum order, as far as both are known."""
    least, quantity = terms.offer.min_order, terms.quantity
    return least is None or quantity is None or quantity >= least


def is_about_it(contact: Contact, terms: Terms) -> bool:
    """Return whether the offer is what the wish speaks of: by family, or by a word in common.

    A word may also be the name of the other's category. An implied wish needs a complement whose buyer
    makes, and whose supplier is, the right thing.
    """
    offer, wish = terms.offer, terms.wish
    if wish.implied:
        return _is_implied(contact, wish) and (
            bool(offer.families & wish.families) or (not wish.families and offer.sector == wish.sector)
        )
    offered, wished = _words(f"{offer.name} {offer.description}"), _words(wish.text)
    return bool(
        offer.families & wish.families
        or offered & (wished | _names(contact, wish))
        or wished & _names(contact, offer)
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _names(contact: Contact, row: Offer | Wish) -> set[str]:
    labels = {category.code: category.label.id for category in contact.categories}
    return {word for code in {*row.families, row.sector} for word in _words(labels[code])}


def _is_implied(contact: Contact, wish: Wish) -> bool:
    parents = {row.code: row.parent for row in contact.categories}
    makes = {row.line for row in contact.firms if row.id == wish.firm and row.line}
    for row in contact.offers:
        if row.firm == wish.firm:
            makes |= row.families or {row.sector}
    buyers = makes | {parents[code] for code in makes} | {None}
    target = wish.families or {wish.sector}
    return bool(makes) and any(row.buyer in buyers and row.supplier in target for row in contact.complements)


GATES: tuple[Callable[[Contact, Terms], bool], ...] = (
    is_open,
    holds_certificates,
    is_in_area,
    is_delivered,
    can_make,
    keeps_ceiling,
    reaches_min_order,
    is_about_it,
)


def gate_violations(contact: Contact, listed: Proposals) -> Iterator[str]:
    """Yield every proposal that must not be: same region, veto, a trade through a closed gate."""
    shares = {
        (member.offer.id, group.wish.id): member.share for group in listed.groups for member in group.members
    }
    for proposal in listed.proposals:
        a, b = proposal.match.a, proposal.match.b
        if a.region == b.region or (a.id, b.id) in contact.decisions.vetoed:
            yield f"{a.id}-{b.id} may not meet"
        if not proposal.match.trades and (a.id, b.id) not in contact.decisions.kept:
            yield f"{a.id}-{b.id} have nothing to trade"
        for trade in proposal.match.trades:
            share = None if trade.is_implied else shares.get((trade.offer.id, trade.wish.id))
            terms = terms_of(contact, trade, share)
            if {trade.offer.firm, trade.wish.firm} != {a.id, b.id}:
                yield f"{a.id}-{b.id} trade for others"
            for gate in GATES:
                if not gate(contact, terms):
                    yield f"{trade.offer.id} for {trade.wish.text}: not {gate.__name__}"
    yield from _group_violations(listed)


def _group_violations(listed: Proposals) -> Iterator[str]:
    for group in listed.groups:
        shares = [member.share for member in group.members]
        if group.members and (group.gap or len(shares) > MOST_IN_A_GROUP or min(shares) < 1):
            yield f"the group for {group.wish.text} is not one"
        if group.members and sum(shares) != group.wish.quantity:
            yield f"the group for {group.wish.text} does not add up"


def over_quota(chosen: Iterable[PairKey], kept: Iterable[PairKey], quota: int) -> list[int]:
    """Return the businesses above the quota with more than the pairs staff keep.

    >>> over_quota([(1, 7), (1, 8), (2, 7)], [(1, 7), (1, 8)], quota=1)
    [7]
    """
    forced = Counter(firm for key in kept for firm in key)
    counts = Counter(firm for key in chosen for firm in key)
    return sorted(firm for firm, count in counts.items() if count > max(quota, forced[firm]))


def left_at_zero(
    possible: Iterable[PairKey], chosen: Iterable[PairKey], forced: Iterable[PairKey], quota: int
) -> int:
    """Return how many more businesses could have a pair within the quota, with ``forced`` on the list.

    Two businesses that share one partner with a quota of 1 cannot both be served:

    >>> left_at_zero([(1, 7), (2, 7)], [(1, 7)], [], quota=1)
    0
    >>> left_at_zero([(1, 7), (2, 7), (2, 8)], [(1, 7)], [], quota=1)
    2
    """
    counts = Counter(firm for key in set(forced) for firm in key)
    listed = {firm for key in chosen for firm in key}
    free = [key for key in sorted(set(possible) - set(forced)) if all(counts[firm] < quota for firm in key)]
    waiting = sorted({firm for key in free for firm in key} - set(counts))
    if listed.issuperset(waiting):
        return 0
    return _most_served(free, waiting, counts, quota) + len(counts) - len(listed | set(counts))


def _most_served(free: Sequence[PairKey], waiting: Sequence[int], counts: Counter[int], quota: int) -> int:
    """Return how many of those waiting any set of free pairs within the quota can serve: a small integer
    programme with one variable for each pair and each business waiting.
    """
    firms = sorted({firm for key in free for firm in key})
    place = {firm: number for number, firm in enumerate(firms)}
    ends = np.array([[place[firm] for firm in key] for key in free])
    pairs, columns = len(free), np.tile(np.arange(len(free)), 2)
    shape = (len(firms), pairs + len(waiting))
    within = coo_array((np.ones(2 * pairs), (ends.T.ravel(), columns)), shape=shape).tocsr()
    served = coo_array(
        (np.ones(len(waiting)), ([place[firm] for firm in waiting], pairs + np.arange(len(waiting)))),
        shape=shape,
    ).tocsr()
    room = np.array([quota - counts[firm] for firm in firms])
    found = milp(
        -np.concatenate([np.zeros(pairs), np.ones(len(waiting))]),
        constraints=[LinearConstraint(within, -np.inf, room), LinearConstraint(within - served, 0, np.inf)],
        bounds=Bounds(0, 1),
        integrality=np.ones(shape[1]),
    )
    return round(-found.fun)


def broken_rules(contact: Contact, listed: Proposals) -> dict[str, int]:
    """Return how often a list breaks what it is held to: gates, quotas, businesses left at zero.

    Pairs that staff keep and those of groups are on the list before the floor is raised.
    """
    chosen = listed.choice.chosen
    kept = [key for key, rule in chosen.items() if rule is Chosen.KEPT]
    forced = [key for key, rule in chosen.items() if rule in (Chosen.KEPT, Chosen.GROUP)]
    quota = contact.rules.quota
    return {
        "gates": sum(1 for _ in gate_violations(contact, listed)),
        "quotas": len(over_quota(chosen, kept, quota)),
        "left_at_zero": left_at_zero(listed.possible, chosen, forced, quota),
    }
