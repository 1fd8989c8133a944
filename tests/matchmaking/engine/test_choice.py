"""The choice: staff's decisions, then the quota, the floor, the cap, and the highest total."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine.choice import Chosen, choose, count_pairs
from matchmaking.engine.values import PairKey, Rules, pair_key


@dataclass(frozen=True)
class Possible:
    """A possible pair of the test."""

    key: PairKey
    score: float


def possible(**scores: float) -> list[Possible]:
    """``possible(p1_9=0.8)`` is the pair of the businesses 1 and 9."""
    return [Possible(pair_key(*map(int, name[1:].split("_"))), score) for name, score in scores.items()]


KEYS = st.tuples(st.integers(1, 9), st.integers(10, 18)) | st.tuples(st.integers(1, 4), st.integers(5, 9))
POSSIBLE = st.dictionaries(KEYS, st.floats(0, 1), max_size=30).map(
    lambda scores: [Possible(key, score) for key, score in scores.items()]
)
KEPT = st.lists(KEYS, max_size=5)
RULES = st.builds(
    Rules,
    quota=st.integers(1, 6),
    least_pairs=st.integers(0, 3),
    least_score=st.sampled_from([0.0, 0.3, 0.9]),
)


def test_best_pairs_come_in_until_the_quota_is_full() -> None:
    pairs = possible(p1_9=0.9, p1_8=0.8, p1_7=0.6, p2_9=0.6, p2_8=0.5, p2_7=0.4)

    choice = choose(pairs, [], Rules(quota=2))

    assert sorted(choice.chosen) == [(1, 8), (1, 9), (2, 7), (2, 9)]


def test_nobody_who_can_be_served_is_left_at_zero() -> None:
    pairs = possible(p1_9=0.9, p1_8=0.8, p2_9=0.01)

    choice = choose(pairs, [], Rules(quota=1))

    assert choice.chosen == {(1, 8): Chosen.BEST, (2, 9): Chosen.FLOOR}


def test_quota_holds_even_where_somebody_is_left_out() -> None:
    choice = choose(possible(p1_9=0.9, p2_9=0.8, p3_9=0.7), [], Rules(quota=2))

    assert sorted(choice.chosen) == [(1, 9), (2, 9)]


def test_best_total_beats_best_first() -> None:
    pairs = possible(p1_9=0.9, p1_8=0.8, p2_9=0.8, p2_8=0.5)

    choice = choose(pairs, [], Rules(quota=1))

    assert (sorted(choice.chosen), choice.total, choice.bound) == ([(1, 8), (2, 9)], 1.6, 1.6)


def test_three_regions_are_a_general_graph() -> None:
    pairs = possible(p1_2=0.9, p2_3=0.9, p1_3=0.9, p3_4=0.2)

    choice = choose(pairs, [], Rules(quota=1))

    assert (sorted(choice.chosen), choice.total) == ([(1, 2), (3, 4)], 1.1)


def test_group_is_on_the_list_and_counts_in_the_quota() -> None:
    pairs = possible(p1_9=0.2, p2_9=0.2, p3_9=0.9)

    choice = choose(pairs, [], Rules(quota=2), grouped=[(1, 9), (2, 9)])

    assert choice.chosen == {(1, 9): Chosen.GROUP, (2, 9): Chosen.GROUP}


def test_floor_prefers_a_partner_with_room() -> None:
    pairs = possible(p1_9=0.9, p2_9=0.8, p2_8=0.1)

    choice = choose(pairs, [], Rules(quota=1))

    assert sorted(choice.chosen) == [(1, 9), (2, 8)]


def test_low_score_comes_in_by_the_floor_only() -> None:
    pairs = possible(p1_9=0.9, p2_8=0.8, p1_8=0.2)

    assert sorted(choose(pairs, [], Rules(least_score=0.3)).chosen) == [(1, 9), (2, 8)]
    assert sorted(choose(pairs, [], Rules(least_score=0.1)).chosen) == [(1, 8), (1, 9), (2, 8)]


def test_kept_pair_is_in_even_when_it_is_not_possible() -> None:
    choice = choose(possible(p1_9=0.9), [(2, 8), (2, 8)], Rules())

    assert choice.chosen == {(1, 9): Chosen.BEST, (2, 8): Chosen.KEPT}


def test_kept_pair_serves_the_floor_of_its_businesses() -> None:
    assert choose(possible(p1_9=0.9, p2_8=0.1), [(2, 8)], Rules(least_score=0.5)).chosen == {
        (1, 9): Chosen.BEST,
        (2, 8): Chosen.KEPT,
    }


def test_nobody_is_above_twice_the_median() -> None:
    famous = {f"p1_{other}": 0.9 for other in range(10, 18)}
    others = {f"p{other - 8}_{other}": 0.5 for other in range(10, 18)}

    choice = choose(possible(**famous, **others), [], Rules(quota=8))

    counts = choice.counts()
    assert max(counts.values()) <= 2 * median(counts.values())
    assert choice.quota < 8


def test_famous_seller_does_not_serve_as_everybodys_floor() -> None:
    famous = {f"p1_{other}": 0.9 for other in range(10, 18)}
    others = {f"p{seller}_{other}": 0.5 for other in range(10, 18) for seller in range(2, 6)}

    counts = choose(possible(**famous, **others), [], Rules(quota=8, least_score=0.8)).counts()

    assert counts[1] <= 2 * median(counts.values())


def test_equal_scores_are_taken_by_their_ids() -> None:
    pairs = possible(p2_9=0.5, p1_9=0.5, p1_8=0.5, p2_8=0.5)

    assert list(choose(pairs, [], Rules(quota=1)).chosen) == [(1, 8), (2, 9)]


def test_nothing_possible_is_an_empty_list() -> None:
    assert choose([], [], Rules()).chosen == {}


@settings(deadline=None)
@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_choice_is_the_one_that_trying_everything_finds(
    pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> None:
    pairs, kept = pairs[:10], kept[:2]
    choice = choose(pairs, kept, rules)

    assert worth(choice.chosen, pairs, kept, rules) == max(
        worth(one, pairs, kept, rules) for one in all_lists(pairs, kept, choice.quota)
    )


def all_lists(pairs: list[Possible], kept: list[PairKey], quota: int) -> Iterator[set[PairKey]]:
    """Every list within the limit that holds the kept pairs."""
    free, forced = [pair.key for pair in pairs if pair.key not in kept], count_pairs(set(kept))
    for size in range(len(free) + 1):
        for some in combinations(free, size):
            listed = set(some) | set(kept)
            if all(count <= max(quota, forced[firm]) for firm, count in count_pairs(listed).items()):
                yield listed


def worth(
    listed: Iterable[PairKey], pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> tuple[int, int, float]:
    """What a list is chosen for: businesses served, pairs towards the wish, then the total score.

    A pair below the least score costs more than two businesses gain on their way to the wish.
    """
    counts, scores = count_pairs(listed), {pair.key: pair.score for pair in pairs}
    free = set(listed) - set(kept)
    low = sum(scores[key] < rules.least_score for key in free)
    towards = sum(min(count, max(1, rules.least_pairs)) - 1 for count in counts.values())
    return len(counts), towards - 3 * low, round(sum(round(scores[key], 6) for key in free), 6)


@settings(deadline=None)
@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_quota_holds_but_for_kept_pairs(pairs: list[Possible], kept: list[PairKey], rules: Rules) -> None:
    choice = choose(pairs, kept, rules)

    forced = count_pairs(set(kept))
    assert choice.quota <= rules.quota
    assert [firm for firm, count in choice.counts().items() if count > max(choice.quota, forced[firm])] == []


@settings(deadline=None)
@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_cap_holds_unless_it_would_leave_more_at_zero(
    pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> None:
    choice = choose(pairs, kept, rules)

    counts, forced = choice.counts(), count_pairs(set(kept))
    cap = 2 * median(counts.values()) if counts else 0
    above = [firm for firm, count in counts.items() if count > max(cap, forced[firm])]
    if above and choice.quota > 1:
        lower = choose(pairs, kept, replace(rules, quota=choice.quota - 1))
        assert len(lower.counts()) < len(counts)


@settings(deadline=None)
@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_total_stays_within_the_bound(pairs: list[Possible], kept: list[PairKey], rules: Rules) -> None:
    choice = choose(pairs, kept, rules)

    assert choice.total <= choice.bound + 1e-6


@settings(deadline=None)
@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_choice_does_not_depend_on_the_order_it_is_told_in(
    pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> None:
    assert choose(pairs[::-1], kept[::-1], rules) == choose(pairs, kept, rules)
