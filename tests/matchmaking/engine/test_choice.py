"""The choice: staff's decisions, then the floor, the quota, the cap, and best first."""

from dataclasses import dataclass
from statistics import median

from hypothesis import given
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


KEYS = st.tuples(st.integers(1, 9), st.integers(10, 18))
POSSIBLE = st.dictionaries(KEYS, st.floats(0, 1), max_size=40).map(
    lambda scores: [Possible(key, score) for key, score in scores.items()]
)
KEPT = st.lists(KEYS, max_size=5)
RULES = st.builds(Rules, quota=st.integers(1, 6), least_score=st.sampled_from([0.0, 0.3, 0.9]))


def test_best_pairs_come_in_until_the_quota_is_full() -> None:
    pairs = possible(p1_9=0.9, p1_8=0.8, p1_7=0.7, p2_9=0.6, p2_8=0.5, p2_7=0.4)

    choice = choose(pairs, [], Rules(quota=2))

    assert sorted(choice.chosen) == [(1, 8), (1, 9), (2, 7), (2, 9)]


def test_nobody_who_can_be_served_is_left_at_zero() -> None:
    pairs = possible(p1_9=0.9, p2_9=0.8, p3_9=0.01)

    choice = choose(pairs, [], Rules(quota=1))

    assert choice.chosen == {(1, 9): Chosen.FLOOR, (2, 9): Chosen.FLOOR, (3, 9): Chosen.FLOOR}


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

    assert choice.chosen == {(2, 8): Chosen.KEPT, (1, 9): Chosen.FLOOR}


def test_kept_pair_serves_the_floor_of_its_businesses() -> None:
    assert choose(possible(p1_9=0.9, p2_8=0.1), [(2, 8)], Rules(least_score=0.5)).chosen == {
        (2, 8): Chosen.KEPT,
        (1, 9): Chosen.FLOOR,
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


@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_floor_holds_for_everybody_with_a_possible_pair(
    pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> None:
    choice = choose(pairs, kept, rules)

    servable = {firm for pair in pairs for firm in pair.key}
    assert servable <= set(choice.counts())


@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_quota_holds_but_for_kept_pairs_and_the_floor(
    pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> None:
    choice = choose(pairs, kept, rules)

    forced = count_pairs(pair for pair, rule in choice.chosen.items() if rule is not Chosen.BEST)
    assert choice.quota <= rules.quota
    assert [firm for firm, count in choice.counts().items() if count > max(choice.quota, forced[firm])] == []


@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_cap_holds_but_for_kept_pairs_and_the_floor(
    pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> None:
    choice = choose(pairs, kept, rules)

    counts = choice.counts()
    cap = 2 * median(counts.values()) if counts else 0
    unavoidable = choose(pairs, kept, Rules(quota=1, least_score=rules.least_score)).counts()
    assert [firm for firm, count in counts.items() if count > max(cap, unavoidable[firm])] == []


@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_good_pair_is_left_out_only_when_a_side_is_full(
    pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> None:
    choice = choose(pairs, kept, rules)

    counts = choice.counts()
    left_out = [pair for pair in pairs if pair.key not in choice.chosen and pair.score >= rules.least_score]
    assert [pair for pair in left_out if max(counts[firm] for firm in pair.key) < choice.quota] == []


@given(pairs=POSSIBLE, kept=KEPT, rules=RULES)
def test_choice_does_not_depend_on_the_order_it_is_told_in(
    pairs: list[Possible], kept: list[PairKey], rules: Rules
) -> None:
    assert choose(pairs[::-1], kept[::-1], rules) == choose(pairs, kept, rules)
