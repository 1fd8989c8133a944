"""The order in which partners are shown: fair to all, and the same for the same market."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.pairing.reciprocal import Shown, envious, fair, market, matches
from matchmaking.engine import fair_order
from matchmaking.engine.fair_order import order_partners
from matchmaking.engine.values import PairKey

BENEFIT = st.floats(0, 1)
KEYS = st.tuples(st.integers(1, 9), st.integers(10, 18))
MARKETS = st.dictionaries(KEYS, st.tuples(BENEFIT, BENEFIT), max_size=40)
Market = dict[PairKey, tuple[float, float]]


def random_market(seed: int) -> Market:
    numbers = np.random.default_rng(seed)
    keys = [(one, other) for one in range(1, 9) for other in range(10, 20) if numbers.random() < 0.7]
    return {key: (float(numbers.random()), float(numbers.random())) for key in keys}


def test_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(fair_order).failed == 0


def test_nobody_has_no_lists() -> None:
    assert order_partners({}) == {}


def test_single_pair_is_shown_to_both() -> None:
    assert order_partners({(3, 8): (0.0, 0.5)}) == {3: [8], 8: [3]}


def test_partner_that_looks_here_comes_before_the_better_one_that_looks_elsewhere() -> None:
    orders = order_partners({(1, 7): (0.9, 0.9), (1, 8): (0.9, 0.8), (2, 8): (0.8, 0.8)})

    assert orders == {1: [7, 8], 2: [8], 7: [1], 8: [2, 1]}


def test_equal_businesses_begin_with_different_partners() -> None:
    alike: Market = {(one, other): (0.5, 0.5) for one in (1, 2, 3) for other in (7, 8, 9)}

    assert order_partners(alike) == {
        1: [7, 8, 9],
        2: [9, 7, 8],
        3: [8, 9, 7],
        7: [1, 2, 3],
        8: [3, 1, 2],
        9: [2, 3, 1],
    }


def test_three_regions_need_no_two_sides() -> None:
    ring: Market = {(1, 2): (0.9, 0.9), (2, 3): (0.4, 0.4), (1, 3): (0.6, 0.6)}

    assert order_partners(ring) == {1: [2, 3], 2: [1, 3], 3: [1, 2]}


@pytest.mark.parametrize(
    ("benefits", "error"),
    [
        ({(1, 2): (0.5, 1.1)}, "Benefits are between 0 and 1."),
        ({(1, 2): (-0.1, 0.5)}, "Benefits are between 0 and 1."),
        ({(1, 2): (float("nan"), 0.5)}, "Benefits are between 0 and 1."),
        ({(2, 2): (0.5, 0.5)}, "A business cannot be its own partner."),
    ],
)
def test_wrong_market_is_refused(benefits: Market, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        order_partners(benefits)


@given(MARKETS)
def test_everybody_is_shown_every_partner_once(benefits: Market) -> None:
    orders = order_partners(benefits)

    partners: dict[int, list[int]] = {}
    for one, other in sorted(benefits):
        partners.setdefault(one, []).append(other)
        partners.setdefault(other, []).append(one)
    assert {firm: sorted(shown) for firm, shown in orders.items()} == partners


@given(MARKETS)
def test_order_does_not_depend_on_the_order_of_the_pairs(benefits: Market) -> None:
    assert order_partners(dict(reversed(benefits.items()))) == order_partners(benefits)


@given(MARKETS)
def test_new_ids_in_the_same_order_change_nothing_else(benefits: Market) -> None:
    renamed: Market = {(7 * one, 7 * other + 5): value for (one, other), value in benefits.items()}

    names = {one: 7 * one for one in range(1, 10)} | {other: 7 * other + 5 for other in range(10, 19)}
    assert order_partners(renamed) == {
        names[firm]: [names[partner] for partner in shown] for firm, shown in order_partners(benefits).items()
    }


@pytest.mark.parametrize("seed", range(10))
def test_ids_in_reverse_reverse_no_order(seed: int) -> None:
    benefits = random_market(seed)
    turned: Market = {(50 - b, 50 - a): (for_b, for_a) for (a, b), (for_a, for_b) in benefits.items()}

    assert order_partners(turned) == {
        50 - firm: [50 - partner for partner in shown] for firm, shown in order_partners(benefits).items()
    }


@pytest.mark.parametrize(("left", "right", "least"), [(30, 20, 15.76), (50, 75, 44.5), (100, 150, 94.5)])
def test_public_market_has_many_matches_and_no_envy(left: int, right: int, least: float) -> None:
    benefits = market(left, right)

    shown = fair(*benefits)

    assert envious(*benefits, shown) == (0, 0)
    assert float(matches(*benefits, shown).sum()) > least


def test_fixed_lists_keep_the_matches_and_nearly_all_of_the_peace() -> None:
    left, right = market(30, 20)
    ids = [(i, 100 + j) for i in range(30) for j in range(20)]

    orders = order_partners({(i, j): (left[i, j - 100], right[j - 100, i]) for i, j in ids})

    by_left, by_right = np.zeros((30, 20)), np.zeros((20, 30))
    for firm, partners in orders.items():
        for place, partner in enumerate(partners, start=1):
            if firm < 100:
                by_left[firm, partner - 100] = 1 / place
            else:
                by_right[firm - 100, partner] = 1 / place
    shown = Shown(by_left, by_right)
    assert float(matches(left, right, shown).sum()) > 15.76
    assert sum(envious(left, right, shown)) < 0.02 * (30 * 29 + 20 * 19)
