"""A trade: one offer that passes every gate of one wish, with what it is worth to both sides."""

from dataclasses import dataclass
from fractions import Fraction

from matchmaking.engine import parts
from matchmaking.engine.cases import Case
from matchmaking.engine.text import asks_for_consignment
from matchmaking.engine.values import Offer, Weights, Wish


@dataclass(frozen=True, slots=True)
class Trade:
    """An offer for a wish. ``buyer`` and ``seller`` are each side's benefit, ``score`` their mean."""

    case: Case
    buyer_parts: dict[str, float]
    seller_parts: dict[str, float]
    buyer: float
    seller: float
    score: float

    @property
    def offer(self) -> Offer:
        return self.case.offer

    @property
    def wish(self) -> Wish:
        return self.case.wish

    @property
    def is_implied(self) -> bool:
        return self.case.wish.implied is not None


def trade_of(case: Case, weights: Weights) -> Trade:
    """Weigh a case that passed its gates.

    A trade whose wish is only implied is worth ``weights.implied`` of what it would be if stated.
    """
    buyer_parts, seller_parts = parts_of_buyer(case), parts_of_seller(case)
    share = weights.implied if case.wish.implied else 1.0
    buyer = parts.six_places(share * _benefit("buyer", buyer_parts, weights))
    seller = parts.six_places(share * _benefit("seller", seller_parts, weights))
    return Trade(case, buyer_parts, seller_parts, buyer, seller, parts.mutual_score(buyer, seller))


def _benefit(side: str, fits: dict[str, float], weights: Weights) -> float:
    return parts.weighted_mean([(getattr(weights, f"{side}_{part}"), fit) for part, fit in fits.items()])


def parts_of_buyer(case: Case) -> dict[str, float]:
    """Return what the buyer gets: category, text, price, certificate and lead time, each 0 to 1."""
    wish, offer = case.wish, case.offer
    implied = wish.implied
    return {
        "category": (
            parts.implied_fit(implied.role, implied.weight) if implied else parts.category_fit(case.kinship)
        ),
        "text": parts.UNKNOWN if implied else parts.text_fit(case.likeness),
        "price": parts.buyer_price_fit(case.price, _float(case.ceiling)),
        "certificate": parts.certificate_fit(wish.certificates, offer.certificates),
        "lead_time": parts.lead_time_fit(offer.lead_days, case.days_left),
    }


def parts_of_seller(case: Case) -> dict[str, float]:
    """Return what the seller gets: volume, price, distance and terms, each 0 to 1."""
    offer, quantity = case.offer, _float(case.quantity)
    return {
        "volume": parts.volume_fit(quantity, offer.capacity),
        "price": parts.seller_price_fit(case.price, _float(case.ceiling)),
        "distance": parts.distance_fit(case.kilometres),
        "terms": parts.terms_fit(
            quantity,
            offer.min_order,
            consignment_asked=asks_for_consignment(case.wish.text),
            consignment=offer.consignment,
        ),
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
