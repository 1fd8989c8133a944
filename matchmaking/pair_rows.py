"""A list of the engine as rows: what a pair keeps of a proposal, and a run of its list."""

from collections.abc import Iterable
from typing import Any

from matchmaking.engine import Group, Introduction, Proposal, Proposals
from matchmaking.engine.fair_order import order_partners
from matchmaking.engine.trades import Trade
from matchmaking.engine.values import Contact
from matchmaking.models import Pair, ProposalRun

FROM_THE_LIST = ("run", "rank", "place_a", "place_b", "score", "score_parts", "trades", "reasons", "unmet")
"""The fields of a pair that every run writes anew."""


def counts_of(
    contact: Contact, listed: Proposals, proposals: list[Proposal], came: int, went: int
) -> dict[str, Any]:
    """Return what a run keeps of its list: ``proposals`` are those of ``listed`` that were stored."""
    on_list = {firm for proposal in proposals for firm in proposal.match.key}
    return {
        "pairs": len(proposals),
        "possible": len(listed.possible),
        "businesses": len(contact.firms),
        "with_pairs": len(on_list),
        "quota": listed.choice.quota,
        "benefit": {
            "total": listed.choice.total,
            "bound": listed.choice.bound,
            "proven": listed.choice.is_proven,
        },
        "groups": [_group(group, contact) for group in listed.groups],
        "came": came,
        "went": went,
    }


def _group(group: Group, contact: Contact) -> dict[str, Any]:
    """Return a group as its card shows it; amounts count the unit of the need, a month."""
    labels = {unit.code: unit.label.as_param() for unit in contact.units}
    return {
        "need_id": group.wish.id,
        "need": group.wish.text,
        "buyer_id": group.buyer.id,
        "buyer": group.buyer.name,
        "quantity": group.wish.quantity,
        "unit": labels.get(group.wish.unit or ""),
        "gap": group.gap,
        "members": [
            {
                "business_id": member.firm.id,
                "business": member.firm.name,
                "product": member.offer.name,
                "share": member.share,
                "capacity": member.capacity,
            }
            for member in group.members
        ],
    }


def places_shown(proposals: Iterable[Proposal]) -> dict[tuple[int, int], int]:
    """Return in which place, from 1, each business (first id) is shown each partner (second id).

    For an open programme without a day, where nobody has a seat: whoever is shown first everywhere would get
    all the answers, so that the places are shared fairly.
    """
    matches = [proposal.match for proposal in proposals]
    orders = order_partners({match.key: (match.benefit_a, match.benefit_b) for match in matches})
    return {
        (business, partner): place
        for business, partners in orders.items()
        for place, partner in enumerate(partners, start=1)
    }


def row_of(run: ProposalRun, proposal: Proposal, rank: int, places: dict[tuple[int, int], int]) -> Pair:
    """Return a proposal as a pair; ``places`` are those of an open programme (``places_shown``)."""
    match = proposal.match
    return Pair(
        trade_contact_id=run.trade_contact_id,
        business_a_id=match.a.id,
        business_b_id=match.b.id,
        run=run,
        rank=rank,
        place_a=places.get((match.a.id, match.b.id)),
        place_b=places.get((match.b.id, match.a.id)),
        **explanation_of(proposal),
    )


def explanation_of(explained: Proposal | Introduction) -> dict[str, Any]:
    """Return what a pair stores: scores, the trades (best first), reasons, and what is open or not met."""
    match = explained.match
    return {
        "score": match.score,
        "score_parts": {"a": match.benefit_a, "b": match.benefit_b},
        "trades": [_trade(trade) for trade in match.trades],
        "reasons": [fact.as_json() for fact in explained.reasons],
        "unmet": [fact.as_json() for fact in explained.unmet],
    }


def _trade(trade: Trade) -> dict[str, Any]:
    seller, buyer, wish = trade.case.seller, trade.case.buyer, trade.wish
    return {
        "seller_id": seller.id,
        "seller": seller.name,
        "seller_region": seller.region,
        "buyer_id": buyer.id,
        "buyer": buyer.name,
        "product_id": trade.offer.id,
        "product": trade.offer.name,
        "need_id": wish.id,
        "need": None if wish.implied else wish.text,
        "implied": trade.is_implied,
        "share": trade.case.share,
        "implied_need": wish.implied.need.as_param() if wish.implied else None,
        "sector": trade.offer.sector,
        "families": sorted(trade.offer.families),
        "score": trade.score,
        "seller_benefit": trade.seller,
        "buyer_benefit": trade.buyer,
        "seller_parts": trade.seller_parts,
        "buyer_parts": trade.buyer_parts,
    }
