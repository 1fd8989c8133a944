"""Many cases at once give exactly what each pair gives alone."""

from hypothesis import given, settings

from matchmaking.engine.matches import Matcher
from matchmaking.engine.proposing import in_order
from matchmaking.engine.scan import Scan
from matchmaking.engine.values import Contact
from tests.matchmaking.engine.market import random_contacts


@settings(max_examples=300)
@given(market=random_contacts())
def test_scan_finds_what_looking_at_every_pair_finds(market: Contact) -> None:
    matcher = Matcher(in_order(market))
    alone = [match for match in matcher.matches() if match.trades]

    scan = Scan(matcher)
    found = scan.pairs(list(scan.found())).without(market.decisions.vetoed)

    columns = (found.a, found.b, found.benefit_a, found.benefit_b, found.score)
    rows = [tuple(row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    assert rows == [(*match.key, match.benefit_a, match.benefit_b, match.score) for match in alone]
