"""Two businesses side by side: trades in both directions, each side's benefit, what only nearly fits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.facts import Code
from matchmaking.engine.matches import Match, Matcher
from matchmaking.engine.parts import mutual_score
from matchmaking.engine.values import Complement, Contact, Label, Role, Weights
from tests.matchmaking.engine.market import (
    COMPLEMENTS,
    certificates,
    contact,
    every_match,
    firm,
    offer,
    random_contacts,
    tiers,
    wish,
)


def match_of(market: Contact) -> Match:
    matcher = Matcher(market)
    return matcher.match(market.firms[0], market.firms[1])


def batik_market(**cloth: object) -> Contact:
    """A weaver of Bandung with cotton cloth, a batik maker of Surakarta who looks for 3,000 metres."""
    return contact(
        firm(1),
        firm(2, "33.72"),
        offer(1, 1, "kain-katun", name="Kain katun twill putih", unit="meter", **cloth),
        wish(1, 2, "kain-katun", text="Kain katun putih", unit="meter", quantity=3_000, ceiling=33_000),
        offer(2, 2, "kain-batik", name="Kain batik cap", unit="meter"),
        complements=COMPLEMENTS,
    )


def test_known_numbers_are_weighed_as_the_table_of_weights_says() -> None:
    market = batik_market(tiers=tiers(29_900), capacity=40_000, min_order=500, lead_days=10)

    trade = match_of(market).trades[0]

    assert trade.buyer_parts == {
        "category": 1.0,
        "text": 1.0,
        "price": 0.593939,
        "certificate": 1.0,
        "lead_time": 1.0,
    }
    assert trade.seller_parts == {"volume": 1.0, "price": 0.603679, "distance": 0.75, "terms": 1.0}
    assert (trade.buyer, trade.seller, trade.score) == (0.898485, 0.86342, 0.880604)


def test_trades_go_both_ways_in_one_pair() -> None:
    market = contact(
        firm(1),
        firm(2, "33.72"),
        offer(1, 1, "kopi"),
        wish(1, 2, "kopi"),
        offer(2, 2, "kotak"),
        wish(2, 1, "kotak"),
    )

    assert [(t.offer.firm, t.wish.firm) for t in match_of(market).trades] == [(1, 2), (2, 1)]


def test_implied_trade_weighs_less_than_the_same_trade_stated() -> None:
    table = (Complement("kain-batik", "kain-katun", Label("kain", "cloth"), Role.CORE, 1.0),)
    rows = (firm(1), firm(2, "33.72"), offer(1, 1, "kain-katun"), offer(2, 2, "kain-batik"))

    implied = match_of(contact(*rows, complements=table))
    stated = match_of(contact(*rows, wish(1, 2, "kain-katun"), complements=table))

    assert [trade.is_implied for trade in implied.trades + stated.trades] == [True, False]
    assert implied.score < stated.score


def test_only_the_best_offer_answers_a_wish() -> None:
    market = contact(
        firm(1),
        firm(2, "33.72"),
        offer(1, 1, "kopi", tiers=tiers(70_000)),
        offer(2, 1, "kopi", tiers=tiers(50_000)),
        wish(1, 2, "kopi", ceiling=75_000),
    )

    assert [trade.offer.id for trade in match_of(market).trades] == [2]


def test_wish_for_two_things_is_answered_by_the_best_offer_of_each() -> None:
    two_things = replace(wish(1, 2, "kopi"), families=frozenset({"kopi", "keripik"}))
    market = contact(
        firm(1),
        firm(2, "33.72"),
        offer(1, 1, "kopi"),
        offer(2, 1, "keripik"),
        offer(3, 1, "kopi"),
        two_things,
    )

    assert [trade.offer.id for trade in match_of(market).trades] == [1, 2]


def test_nearest_offer_of_an_unanswered_wish_is_kept_with_its_failures() -> None:
    market = contact(
        firm(1),
        firm(2, "33.72"),
        offer(1, 1, "kopi", tiers=tiers(90_000), capacity=10),
        offer(2, 1, "kopi", tiers=tiers(70_000), capacity=10),
        wish(1, 2, "kopi", quantity=50, ceiling=75_000),
    )

    match = match_of(market)

    assert (match.trades, match.score) == ((), 0.0)
    assert [(miss.case.offer.id, [fact.code for fact in miss.failures]) for miss in match.near] == [
        (2, [Code.OVER_CAPACITY])
    ]


def test_failed_implied_wish_is_no_near_miss() -> None:
    table = (Complement("kopi", "kotak", Label("kotak", "boxes"), Role.PACKAGING, 0.5),)
    rows = (firm(1), firm(2, "33.72"), offer(1, 1, "keripik"), offer(2, 2, "kopi"))

    assert match_of(contact(*rows, complements=table)).near == ()


@given(market=random_contacts(most=4))
def test_score_is_the_harmonic_mean_and_every_value_lies_between_0_and_1(market: Contact) -> None:
    for match in every_match(Matcher(market)):
        assert match.score == mutual_score(match.benefit_a, match.benefit_b)
        values = [match.benefit_a, match.benefit_b, match.score]
        values += [value for trade in match.trades for value in (trade.buyer, trade.seller, trade.score)]
        assert [value for value in values if not 0.0 <= value <= 1.0] == []


@given(market=random_contacts(most=4))
def test_swapping_the_two_businesses_swaps_their_benefits(market: Contact) -> None:
    matcher = Matcher(market)
    a, b = market.firms[:2]

    there, back = matcher.match(a, b), matcher.match(b, a)

    assert (there.benefit_a, there.benefit_b, there.score) == (back.benefit_b, back.benefit_a, back.score)


@given(
    prices=st.tuples(st.integers(1, 60_000), st.integers(1, 60_000)),
    rival=st.integers(1, 60_000),
    capacity=st.none() | st.integers(1, 9_000),
)
def test_lower_price_never_lowers_the_buyers_benefit(
    prices: tuple[int, int], rival: int, capacity: int | None
) -> None:
    low, high = sorted(prices)

    cheap, dear = (
        match_of(with_rival(batik_market(tiers=tiers(price), capacity=capacity), rival))
        for price in (low, high)
    )

    assert cheap.benefit_b >= dear.benefit_b


def with_rival(market: Contact, price: int) -> Contact:
    """Give the weaver a second cloth, so that another offer may become the best one."""
    return replace(
        market, offers=(*market.offers, offer(9, 1, "kain-katun", unit="meter", tiers=tiers(price)))
    )


@given(low=st.integers(1, 9_000), high=st.integers(1, 9_000))
def test_more_capacity_never_lowers_any_benefit(low: int, high: int) -> None:
    low, high = sorted((low, high))

    small, large = (match_of(batik_market(capacity=capacity)) for capacity in (low, high))

    assert (large.benefit_a, large.benefit_b) >= (small.benefit_a, small.benefit_b)
    assert large.score >= small.score


def test_certificate_in_process_leaves_no_trade() -> None:
    market = contact(
        firm(1),
        firm(2, "33.72"),
        offer(1, 1, "kopi", certificates=certificates(halal="in_process")),
        wish(1, 2, "kopi", certificates=("halal",)),
    )

    assert match_of(market).trades == ()


@pytest.mark.parametrize("part", ["buyer_price", "seller_volume"])
def test_weight_of_a_part_moves_the_score(part: str) -> None:
    market = batik_market(tiers=tiers(29_900), capacity=3_500)

    moved = replace(market, weights=replace(Weights(), **{part: 0.0}))

    assert match_of(moved).score != match_of(market).score
