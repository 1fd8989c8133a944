"""How evenly proposals are shared out: examples anybody can check by hand, and what always holds."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine import fairness
from matchmaking.engine.fairness import Fairness, figures, gini

COUNTS = st.lists(st.integers(0, 50), min_size=1, max_size=30)


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(fairness) == (0, 2)


@pytest.mark.parametrize(
    ("counts", "expected"), [([], 0.0), ([0, 0], 0.0), ([5], 0.0), ([1, 1, 4], 0.3333), ([0, 1], 0.5)]
)
def test_gini_of_small_lists(counts: list[int], expected: float) -> None:
    assert gini(counts) == expected


def test_negative_number_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="cannot be -1"):
        gini([2, -1])


@given(COUNTS)
def test_gini_lies_between_nothing_and_one_having_all(counts: list[int]) -> None:
    assert 0.0 <= gini(counts) <= round(1 - 1 / len(counts), 4)


@given(COUNTS, st.integers(1, 7))
def test_gini_does_not_depend_on_order_or_scale(counts: list[int], times: int) -> None:
    assert gini(counts) == gini(reversed(counts)) == gini([times * count for count in counts])


@given(st.integers(0, 50), st.integers(1, 30))
def test_equal_shares_are_perfectly_even(count: int, number: int) -> None:
    assert gini([count] * number) == 0.0


@given(COUNTS.filter(lambda counts: max(counts) - min(counts) >= 2))
def test_giving_from_the_largest_to_the_smallest_never_makes_it_less_even(counts: list[int]) -> None:
    ordered = sorted(counts)
    evener = [ordered[0] + 1, *ordered[1:-1], ordered[-1] - 1]

    assert gini(evener) <= gini(counts)


def test_figures_of_a_list_nobody_is_on() -> None:
    assert figures({}, set()) == Fairness(0, 0.0, 0, 0, 0.0, None)


def test_business_that_can_be_served_and_is_not_counts_as_zero() -> None:
    told = figures({1: 3}, {1, 2, 3})

    assert (told.businesses, told.at_zero, told.largest, told.median, told.largest_over_median) == (
        3, 2, 3, 3.0, 1.0,
    )  # fmt: skip


def test_median_is_that_of_the_businesses_on_the_list() -> None:
    told = figures({1: 1, 2: 1, 3: 2, 4: 0}, set(range(1, 9)))

    assert (told.at_zero, told.median, told.largest_over_median) == (5, 1.0, 2.0)


def test_business_that_only_staff_paired_counts_too() -> None:
    assert figures({1: 1, 9: 2}, {1}).businesses == 2


@given(st.dictionaries(st.integers(1, 40), st.integers(0, 9)), st.sets(st.integers(1, 40)))
def test_figures_agree_with_each_other(counts: dict[int, int], servable: set[int]) -> None:
    told = figures(counts, servable)

    assert 0 <= told.at_zero <= told.businesses
    assert told.median <= told.largest
    assert (told.largest_over_median or 0) >= (1.0 if told.largest else 0)
