"""The best set of pairs under limits: what wins over what, in two regions and in more."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine.optimum import Graph, Limits, best_subset, highest_total
from matchmaking.engine.values import PairKey


def limits(quota: int, least: int = 1, least_score: float = 0.0, **forced: int) -> Limits:
    """``limits(2, b9=1)``: business 9 has one pair already."""
    return Limits(
        Counter({int(name[1:]): count for name, count in forced.items()}), quota, least, least_score
    )


def graph(**scores: float) -> Graph:
    keys = sorted((int(one), int(other)) for one, other in (name[1:].split("_") for name in scores))
    return Graph(keys, [scores[f"p{one}_{other}"] for one, other in keys])


def best(pairs: Graph, within: Limits) -> list[PairKey]:
    chosen, is_proven = best_subset(pairs, within)
    assert is_proven
    return list(pairs.only(chosen))


def test_everybody_is_brought_towards_the_wish_before_the_best_get_more() -> None:
    pairs = graph(p1_9=0.9, p1_8=0.9, p1_7=0.9, p2_9=0.5, p2_6=0.5, p3_9=0.4, p3_5=0.5)

    wished, not_wished = (best(pairs, limits(3, least, b9=1)) for least in (2, 1))

    assert [key for key in wished if 9 in key] == [(2, 9), (3, 9)]
    assert [key for key in not_wished if 9 in key] == [(1, 9), (2, 9)]


def test_low_pair_serves_only_who_would_have_none() -> None:
    pairs = graph(p1_9=0.9, p1_8=0.1, p2_9=0.2)

    assert best(pairs, limits(2, 2, 0.3)) == [(1, 8), (1, 9), (2, 9)]
    assert best(pairs, limits(2, 2, 0.3, b8=1, b2=1)) == [(1, 9)]


def test_of_equal_lists_the_one_earlier_in_the_order_of_ids_is_taken() -> None:
    assert best(graph(p1_8=0.5, p1_9=0.5, p2_8=0.4999999), limits(1, 0, b1=0)) == [(1, 9), (2, 8)]
    assert best(graph(p1_8=0.5, p1_9=0.5), limits(1)) == [(1, 8)]


def test_odd_circle_is_bounded_by_its_halves() -> None:
    pairs = graph(p1_2=0.8, p1_3=0.8, p2_3=0.8)

    assert len(best(pairs, limits(1))) == 1
    assert highest_total(pairs, limits(1)) == pytest.approx(1.2)


def test_odd_place_stays_empty() -> None:
    firms = range(1, 22)
    keys = [(one, other) for one in firms for other in firms if one < other and one % 3 != other % 3]

    chosen = best(Graph(keys, [0.5 + one * other % 17 / 100 for one, other in keys]), limits(3, 3))

    counts = Counter(firm for key in chosen for firm in key)
    assert sorted(counts.values()) == [2] + 20 * [3]


KEYS = st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda key: key[0] < key[1])


@settings(deadline=None)
@given(
    scores=st.dictionaries(KEYS, st.floats(0, 1), min_size=1, max_size=40),
    quota=st.integers(0, 4),
    forced=st.dictionaries(st.integers(1, 12), st.integers(0, 5)),
)
def test_limits_hold_and_the_bound_is_one(
    scores: dict[PairKey, float], quota: int, forced: dict[int, int]
) -> None:
    keys = sorted(scores)
    pairs, within = Graph(keys, [scores[key] for key in keys]), Limits(Counter(forced), quota, 2, 0.0)

    chosen = best(pairs, within)

    counts = Counter(firm for key in chosen for firm in key)
    assert [firm for firm, count in counts.items() if count > max(0, quota - forced.get(firm, 0))] == []
    assert sum(scores[key] for key in chosen) <= highest_total(pairs, within) + 1e-4
