"""What the engine says about a trade or a pair: typed facts with numbers and names, no sentences.

``matchmaking.reasons`` turns a fact into a sentence in the reader's language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """Every fact the engine can state, by what it does to the reader."""

    # reasons for a pair
    WANTED = "wanted"
    IMPLIED = "implied"
    SAME_FAMILY = "same_family"
    SIMILAR_TEXT = "similar_text"
    PRICE_WITHIN = "price_within"
    PRICE_KNOWN = "price_known"
    CAPACITY_ENOUGH = "capacity_enough"
    CAPACITY_KNOWN = "capacity_known"
    MIN_ORDER_MET = "min_order_met"
    CERTIFICATES_HELD = "certificates_held"
    IN_TIME = "in_time"
    CONSIGNMENT_ACCEPTED = "consignment_accepted"
    GROUP_SHARE = "group_share"
    BOTH_WAYS = "both_ways"
    SEVERAL_TRADES = "several_trades"
    NEAR = "near"
    OTHER_REGION = "other_region"
    KEPT = "kept"
    OFFERS = "offers"
    SEEKS = "seeks"
    OFFERS_NOTHING = "offers_nothing"
    # not known, to be asked
    PRICE_UNKNOWN = "price_unknown"
    CEILING_UNKNOWN = "ceiling_unknown"
    CAPACITY_UNKNOWN = "capacity_unknown"
    QUANTITY_UNKNOWN = "quantity_unknown"
    MIN_ORDER_UNKNOWN = "min_order_unknown"
    LEAD_TIME_UNKNOWN = "lead_time_unknown"
    UNIT_UNKNOWN = "unit_unknown"
    CERTIFICATES_UNCHECKED = "certificates_unchecked"
    CONSIGNMENT_UNKNOWN = "consignment_unknown"
    DELIVERY_UNKNOWN = "delivery_unknown"
    IMPLIED_DETAILS_UNKNOWN = "implied_details_unknown"
    TAKES_MONTHS = "takes_months"
    # not met
    OVER_CEILING = "over_ceiling"
    OVER_CAPACITY = "over_capacity"
    BELOW_MIN_ORDER = "below_min_order"
    CERTIFICATES_NOT_HELD = "certificates_not_held"
    WISH_CLOSED = "wish_closed"
    OUTSIDE_AREA = "outside_area"
    NOT_DELIVERED = "not_delivered"
    TOO_SLOW = "too_slow"
    NO_CONSIGNMENT = "no_consignment"
    # why a pair is not on the list
    SAME_REGION = "same_region"
    VETOED = "vetoed"
    NOTHING_FITS = "nothing_fits"
    LIST_FULL = "list_full"
    SCORE_LOW = "score_low"
    ALTERNATIVE = "alternative"
    # why a pair came, went or moved when a list was made anew
    JOINED = "joined"
    LEFT = "left"
    UNHIDDEN = "unhidden"
    BECAME_POSSIBLE = "became_possible"
    NO_LONGER_POSSIBLE = "no_longer_possible"
    SCORE_ROSE = "score_rose"
    SCORE_FELL = "score_fell"
    MADE_ROOM = "made_room"
    DISPLACED = "displaced"
    OVERTOOK = "overtook"
    OVERTAKEN = "overtaken"
    REBALANCED = "rebalanced"
    # why a business has few proposals
    NO_POSSIBLE_PAIR = "no_possible_pair"
    GATE_FAILED = "gate_failed"
    NOTHING_SOUGHT = "nothing_sought"
    FEW_POSSIBLE = "few_possible"
    PARTNERS_FULL = "partners_full"
    PARTNERS_WEAK = "partners_weak"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: a code and the values its sentence needs (numbers, names, labels in two languages)."""

    code: Code
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the fact as it is stored."""
        return {"code": self.code.value, **self.params}


def distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts in their order, each said once; the same fact of several products names them all.

    >>> [fact.params for fact in distinct([Fact(Code.PRICE_UNKNOWN, {"products": ["Teh"]}),
    ...     Fact(Code.PRICE_UNKNOWN, {"products": ["Kopi"]})])]
    [{'products': ['Teh', 'Kopi']}]
    """
    said: list[Fact] = []
    for fact in facts:
        place = next((place for place, other in enumerate(said) if _same_but_products(fact, other)), None)
        if place is None:
            said.append(fact)
        elif "products" in fact.params:
            products = dict.fromkeys([*said[place].params["products"], *fact.params["products"]])
            said[place] = Fact(fact.code, {**fact.params, "products": list(products)})
    return tuple(said)


def _same_but_products(one: Fact, other: Fact) -> bool:
    return one.code is other.code and _others(one) == _others(other)


def _others(fact: Fact) -> dict[str, Any]:
    return {name: value for name, value in fact.params.items() if name != "products"}
