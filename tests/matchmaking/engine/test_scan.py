"""Many cases at once give exactly what each pair gives alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.engine import pair_scores as of_pairs
from matchmaking.engine import propose, scan
from matchmaking.engine.matches import Matcher
from matchmaking.engine.pair_scores import PairScores, pair_scores
from matchmaking.engine.proposing import in_order
from matchmaking.engine.scan import Scan
from matchmaking.engine.values import Contact
from tests.matchmaking.engine.market import every_match, random_contacts


def rows_of(scores: PairScores) -> list[tuple[float, ...]]:
    columns = (scores.a, scores.b, scores.benefit_a, scores.benefit_b, scores.score)
    return [tuple(row) for row in zip(*(column.tolist() for column in columns), strict=True)]


@settings(max_examples=300, deadline=None)
@given(market=random_contacts())
def test_scan_finds_what_looking_at_every_pair_finds(market: Contact) -> None:
    matcher = Matcher(in_order(market))
    alone = [match for match in every_match(matcher) if match.trades]

    ids = [firm.id for firm in matcher.contact.firms]
    found = pair_scores(Scan(matcher).found(), ids, market.weights.more_trades).without(
        market.decisions.vetoed
    )

    assert rows_of(found) == [(*match.key, match.benefit_a, match.benefit_b, match.score) for match in alone]


@settings(deadline=None)
@given(market=random_contacts(), cells=st.sampled_from([1, 20, 1_000]), best=st.integers(1, 3))
def test_best_of_each_are_the_same_in_blocks_of_any_size(market: Contact, cells: int, best: int) -> None:
    matcher = Matcher(in_order(market))
    parts, ids = Scan(matcher).found(), [firm.id for firm in matcher.contact.firms]
    everything = rows_of(pair_scores(parts, ids, 0.1))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_pairs, "CELLS_AT_ONCE", cells)
        patch.setattr(of_pairs, "ROWS_TO_COMPACT", cells)
        found = rows_of(pair_scores(parts, ids, 0.1, best=best))

    wanted = set()
    for firm in ids:
        own = [row for row in everything if firm in row[:2]]
        wanted |= set(sorted(own, key=lambda row: (-row[4], row[0] + row[1]))[:best])
    assert set(found) == wanted
    assert found == sorted(found)


@given(market=random_contacts())
def test_any_number_of_threads_gives_the_same_list(market: Contact) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "THREADS", 1)
        alone = propose(market)

    assert propose(market) == alone
