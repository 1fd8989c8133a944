"""Parts of the benefit: within 0 and 1, and better numbers never give a worse fit."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine import parts
from matchmaking.engine.kinship import Kinship
from matchmaking.engine.values import Certificate, Proof, Role
from tests.matchmaking.engine.market import certificates

SHARES = st.floats(0, 1)
MONEY = st.none() | st.integers(1, 10**9)
AMOUNT = st.none() | st.integers(1, 10**6)
DAYS = st.none() | st.integers(0, 400)
POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(
    price=MONEY,
    ceiling=MONEY,
    quantity=AMOUNT,
    capacity=AMOUNT,
    least=AMOUNT,
    lead=DAYS,
    left=DAYS,
    likeness=SHARES,
    weight=SHARES,
    kilometres=st.none() | st.floats(0, 20_000),
    asked=st.booleans(),
    consignment=st.sampled_from([None, True, False]),
    kinship=st.sampled_from(list(Kinship)),
    role=st.sampled_from(list(Role)),
)
def test_every_part_lies_between_0_and_1(**drawn: object) -> None:
    fits = fits_of(**drawn)

    assert [fit for fit in fits if not 0.0 <= fit <= 1.0] == []


def fits_of(**d: object) -> list[float]:
    return [
        parts.category_fit(d["kinship"]),
        parts.implied_fit(d["role"], d["weight"]),
        parts.text_fit(d["likeness"]),
        parts.buyer_price_fit(d["price"], d["ceiling"]),
        parts.seller_price_fit(d["price"], d["ceiling"]),
        parts.lead_time_fit(d["lead"], d["left"]),
        parts.volume_fit(d["quantity"], d["capacity"]),
        parts.terms_fit(
            d["quantity"], d["least"], consignment_asked=d["asked"], consignment=d["consignment"]
        ),
        parts.distance_fit(d["kilometres"]),
    ]


@given(ceiling=st.integers(1, 10**6), low=st.integers(1, 10**6), high=st.integers(1, 10**6))
def test_lower_price_is_never_worse_for_the_buyer(ceiling: int, low: int, high: int) -> None:
    low, high = sorted((low, high))

    assert parts.buyer_price_fit(low, ceiling) >= parts.buyer_price_fit(high, ceiling)


@given(price=st.integers(1, 10**6), low=st.integers(1, 10**6), high=st.integers(1, 10**6))
def test_higher_ceiling_is_never_worse_for_the_seller(price: int, low: int, high: int) -> None:
    low, high = sorted((low, high))

    assert parts.seller_price_fit(price, high) >= parts.seller_price_fit(price, low)


@given(quantity=st.integers(1, 10**6), low=st.integers(1, 10**6), high=st.integers(1, 10**6))
def test_more_capacity_never_lowers_the_fit(quantity: int, low: int, high: int) -> None:
    low, high = sorted((low, high))

    assert parts.volume_fit(quantity, high) >= parts.volume_fit(quantity, low)


@given(left=DAYS, quick=st.integers(0, 400), slow=st.integers(0, 400))
def test_quicker_delivery_is_never_worse(left: int | None, quick: int, slow: int) -> None:
    quick, slow = sorted((quick, slow))

    assert parts.lead_time_fit(quick, left) >= parts.lead_time_fit(slow, left)


@given(one=POINTS, other=POINTS)
def test_distance_is_the_same_both_ways(one: tuple[float, float], other: tuple[float, float]) -> None:
    there, back = parts.distance_km(one, other), parts.distance_km(other, one)

    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


@given(one=SHARES, other=SHARES)
def test_mutual_score_is_symmetric_and_between_the_two(one: float, other: float) -> None:
    score = parts.mutual_score(one, other)

    assert score == parts.mutual_score(other, one)
    assert min(one, other) - 1e-6 <= score <= max(one, other) + 1e-6


@given(best=SHARES, trades=st.integers(1, 20), bonus=SHARES)
def test_more_trades_help_a_little_and_never_pass_1(best: float, trades: int, bonus: float) -> None:
    value = parts.with_more_trades(best, trades, bonus)

    assert value <= parts.with_more_trades(best, trades + 1, bonus) <= 1.0


@given(fits=st.lists(st.tuples(SHARES, SHARES)))
def test_weighted_mean_lies_between_the_fits(fits: list[tuple[float, float]]) -> None:
    assert 0.0 <= parts.weighted_mean(fits) <= 1.0


@pytest.mark.parametrize(
    ("held", "fit"),
    [
        ({}, 0.0),
        ({"pirt": "in_process"}, 0.0),
        ({"pirt": "expired"}, 0.0),
        ({"pirt": "claimed"}, 0.8),
        ({"pirt": "checked"}, 1.0),
    ],
)
def test_certificate_counts_only_when_it_is_held(held: dict[str, str], fit: float) -> None:
    assert parts.certificate_fit(["pirt"], certificates(**held)) == fit


def test_best_proof_is_of_the_product_or_of_its_business() -> None:
    held = [Certificate("halal", Proof.CHECKED), Certificate("halal", Proof.IN_PROCESS)]

    assert parts.best_proof("halal", held) is Proof.CHECKED
    assert parts.best_proof("pirt", held) is None


def test_nothing_required_is_a_full_fit() -> None:
    assert parts.certificate_fit([], []) == 1.0


@pytest.mark.parametrize(("consignment", "fit"), [(True, 0.75), (None, 0.5), (False, 0.25)])
def test_asked_consignment_counts_half_of_the_terms(consignment: bool | None, fit: float) -> None:  # noqa: FBT001
    assert parts.terms_fit(None, None, consignment_asked=True, consignment=consignment) == fit


def test_order_below_the_minimum_is_no_fit_of_size() -> None:
    assert parts.terms_fit(5, 10, consignment_asked=False, consignment=None) == 0.5


@given(start=st.dates(date(2018, 1, 1), date(2020, 1, 1)), length=st.integers(-30, 400))
def test_working_days_are_the_weekdays_counted_one_by_one(start: date, length: int) -> None:
    days = [start + timedelta(days=step) for step in range(1, length + 1)]

    assert parts.working_days(start, start + timedelta(days=length)) == sum(day.weekday() < 5 for day in days)


@pytest.mark.parametrize("fit", [parts.buyer_price_fit, parts.seller_price_fit, parts.volume_fit])
def test_unknown_is_neutral(fit: Callable[[float | None, float | None], float]) -> None:
    assert [fit(None, 5), fit(5, None), fit(None, None)] == [0.5, 0.5, 0.5]
