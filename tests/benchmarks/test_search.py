"""The measure of the search: its marks on small lists, and that its judgements can be read."""

import doctest

import pytest

from benchmarks.search import measures
from benchmarks.search.__main__ import by_group, lines
from benchmarks.search.judged import DEMONSTRATION, REAL, Judged, judged_queries
from benchmarks.search.measures import recall, reciprocal_rank

QUERY = Judged(DEMONSTRATION, "exact", is_held_back=False, text="kursi", answers=frozenset({"Kursi"}))


def test_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(measures).failed == 0


def test_answer_past_the_tenth_place_counts_nothing() -> None:
    found = [str(number) for number in range(11)]

    assert (reciprocal_rank(found, {"10"}), recall(found, {"10"})) == (0.0, 0.0)


def test_ten_of_many_answers_are_all() -> None:
    found = [str(number) for number in range(10)]

    assert recall(found, {str(number) for number in range(50)}) == 1.0


def test_marks_are_averaged_by_group_and_told() -> None:
    groups = by_group([QUERY, QUERY], [(1.0, 0.5), (0.0, 0.5)])

    assert groups["exact"] == {"queries": 2, "mrr": 0.5, "recall_at_10": 0.5}
    told = lines({"systems": {"portal": {**groups, "milliseconds": {"p50": 1.0, "p95": 2.0}}}})
    assert [line.split() for line in told if line.startswith("exact")] == [
        ["exact", "(2)", "0.500", "/", "0.500"]
    ]


def test_judgements_are_at_least_sixty_of_every_kind_with_some_held_back() -> None:
    queries = judged_queries()

    assert len(queries) >= 60
    assert {query.kind for query in queries} == {"exact", "stem", "synonym", "typo", "english", "several"}
    assert {query.corpus for query in queries} == {DEMONSTRATION, REAL}
    assert len([query for query in queries if query.is_held_back]) >= 20


@pytest.mark.parametrize(
    "query", [query for query in judged_queries() if query.corpus == REAL], ids=lambda query: query.text
)
def test_real_rows_are_named_by_their_ids_only(query: Judged) -> None:
    assert [row for row in query.answers if not (row[0] in "tp" and row[1:].isdigit())] == []
