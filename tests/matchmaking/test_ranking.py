"""The arithmetic of a curation: exact means, shared places, the quota's line."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.ranking import Cut, Mark, Place, cut, mean_of_sheet, rank

WEIGHTS = {1: 3, 2: 1}
marks_of = st.lists(
    st.builds(Mark, st.integers(1, 6), st.integers(1, 3), st.integers(1, 2), st.integers(1, 5)), max_size=40
)


def sheet(candidate: int, reviewer: int, *scores: int) -> list[Mark]:
    return [
        Mark(candidate, reviewer, criterion, score) for criterion, score in zip((1, 2), scores, strict=True)
    ]


def test_sheet_is_weighted() -> None:
    assert mean_of_sheet({1: 4, 2: 2}, WEIGHTS) == Fraction(7, 2)


def test_sheet_with_a_gap_has_no_mean() -> None:
    assert mean_of_sheet({1: 4}, WEIGHTS) is None


@pytest.mark.parametrize("weights", [{}, {1: 0}, {1: -2}])
def test_weights_must_be_positive(weights: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="weights must be positive"):
        mean_of_sheet({1: 4}, weights)


def test_equal_means_share_a_place() -> None:
    marks = [*sheet(10, 1, 3, 3), *sheet(20, 1, 5, 5), *sheet(30, 1, 3, 3), *sheet(40, 1, 2, 2)]

    places = rank([10, 20, 30, 40], marks, WEIGHTS)

    assert [(place.candidate, place.place) for place in places] == [(20, 1), (10, 2), (30, 2), (40, 4)]


def test_thirds_that_floats_would_part_are_equal() -> None:
    weights = {1: 1, 2: 1, 3: 1}
    one = [
        Mark(10, reviewer, criterion, 1 + (criterion == 1))
        for reviewer in (1, 2, 3)
        for criterion in (1, 2, 3)
    ]
    other = [
        Mark(20, reviewer, criterion, 1 + (criterion == reviewer))
        for reviewer in (1, 2, 3)
        for criterion in (1, 2, 3)
    ]

    assert [place.mean for place in rank([10, 20], one + other, weights)] == [Fraction(4, 3), Fraction(4, 3)]


def test_conflict_takes_a_sheet_out() -> None:
    marks = [*sheet(10, 1, 1, 1), *sheet(10, 2, 5, 5)]

    assert rank([10], marks, WEIGHTS, [(1, 10)]) == [Place(10, Fraction(5), 1, 1)]


def test_candidate_without_a_sheet_comes_last() -> None:
    assert rank([10, 20], sheet(20, 1, 1, 1), WEIGHTS) == [
        Place(20, Fraction(1), 1, 1),
        Place(10, None, None, 0),
    ]


def test_line_through_equals_leaves_them_tied() -> None:
    marks = [*sheet(10, 1, 5, 5), *sheet(20, 1, 4, 4), *sheet(30, 1, 4, 4), *sheet(40, 1, 3, 3)]

    assert cut(rank([10, 20, 30, 40], marks, WEIGHTS), 2) == Cut((10,), (20, 30), (40,), 1)


def test_line_between_different_means_ties_nobody() -> None:
    marks = [*sheet(10, 1, 5, 5), *sheet(20, 1, 4, 4), *sheet(30, 1, 3, 3)]

    assert cut(rank([10, 20, 30], marks, WEIGHTS), 2) == Cut((10, 20), (), (30,), 0)


@given(marks_of, st.integers(1, 6))
def test_everybody_is_on_one_side(marks: list[Mark], quota: int) -> None:
    line = cut(rank([1, 2, 3, 4, 5, 6], marks, WEIGHTS), quota)

    assert sorted([*line.inside, *line.tied, *line.outside]) == [1, 2, 3, 4, 5, 6]
    assert len(line.inside) <= quota


@given(marks_of)
def test_no_place_depends_on_the_order_of_marks(marks: list[Mark]) -> None:
    unique = list({(m.candidate, m.reviewer, m.criterion): m for m in marks}.values())

    assert rank([1, 2, 3], unique, WEIGHTS) == rank([1, 2, 3], unique[::-1], WEIGHTS)


@given(marks_of)
def test_means_fall_and_stay_from_one_to_five(marks: list[Mark]) -> None:
    means = [place.mean for place in rank([1, 2, 3, 4], marks, WEIGHTS) if place.mean is not None]

    assert means == sorted(means, reverse=True)
    assert all(1 <= mean <= 5 for mean in means)
