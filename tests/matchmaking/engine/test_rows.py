"""Gates and parts over columns give for every row what they give for one case."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine import gates, rows
from matchmaking.engine.cases import Case
from matchmaking.engine.matches import Matcher
from matchmaking.engine.scan import Scan
from matchmaking.engine.trades import trade_of
from matchmaking.engine.values import Offer, Weights, Wish
from tests.matchmaking.engine.market import contact, firm, random_offers, random_wishes

COFFEE: dict[str, Any] = {"sector": "kuliner", "families": frozenset({"kopi"})}
UNITS = st.sampled_from(["buah", "lusin", "meter", None])
OFFERS = st.builds(lambda one, unit: replace(one, **COFFEE, unit=unit), random_offers(1, 1), UNITS)
WISHES = st.builds(lambda one, unit: replace(one, **COFFEE, unit=unit), random_wishes(1, 2), UNITS)
WEIGHTS = st.builds(
    Weights, buyer_price=st.sampled_from([0.0, 0.25, 1.0]), seller_terms=st.sampled_from([0.0, 0.7])
)


def in_both_forms(offer: Offer, wish: Wish) -> tuple[Case, rows.Rows]:
    matcher = Matcher(contact(firm(1), firm(2, "33.72"), offer, wish))
    scan, case = Scan(matcher), matcher.book.case(offer, wish)
    assert case is not None
    first = np.zeros(1, dtype=np.int64)
    kilometres = np.nan if case.kilometres is None else case.kilometres
    numbers = [np.asarray([number]) for number in (case.likeness, case.kinship.value, kilometres)]
    return case, rows.Rows(scan.offers, scan.wishes, first, first, *numbers)


def test_both_forms_have_the_same_gates() -> None:
    assert [gate.__name__ for gate in gates.GATES] == [gate.__name__ for gate in rows.GATES]


@settings(max_examples=500)
@given(offer=OFFERS, wish=WISHES)
def test_every_gate_passes_a_row_when_it_passes_the_case(offer: Offer, wish: Wish) -> None:
    case, row = in_both_forms(offer, wish)

    for alone, together in zip(gates.GATES, rows.GATES, strict=True):
        assert bool(together(row)[0]) is (alone(case) is None), alone.__name__


@settings(max_examples=500)
@given(offer=OFFERS, wish=WISHES, weights=WEIGHTS)
def test_benefits_of_a_row_are_those_of_the_case(offer: Offer, wish: Wish, weights: Weights) -> None:
    case, row = in_both_forms(offer, wish)

    trade = trade_of(case, weights)

    assert rows.buyer_benefit(row, weights).tolist() == [trade.buyer]
    assert rows.seller_benefit(row, weights).tolist() == [trade.seller]
