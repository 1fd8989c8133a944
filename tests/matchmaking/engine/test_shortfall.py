"""Why a business has few proposals: nothing fits and why, full partners, poor fits."""

from dataclasses import replace

from hypothesis import given

from matchmaking.engine import propose
from matchmaking.engine.facts import Code, Fact
from matchmaking.engine.shortfall import MOST_MATCHES, Shortfalls
from matchmaking.engine.values import Contact, Rules
from tests.matchmaking.engine.market import contact, firm, offer, random_contacts, tiers, wish

TWO_BY_TWO = contact(
    firm(1),
    firm(2),
    firm(3, "33.72"),
    firm(4, "33.72"),
    *(offer(number, number, "kopi", name="Kopi arabika") for number in (1, 2)),
    *(wish(number, number, "kopi", text="Kopi arabika") for number in (3, 4)),
)


def why(market: Contact, one: int) -> list[tuple[Code, object]]:
    facts = Shortfalls(market, propose(market)).why_few(one)
    return [(fact.code, fact.params.get("count")) for fact in facts]


def test_partners_whose_lists_are_full_are_counted() -> None:
    market = replace(TWO_BY_TWO, rules=Rules(quota=1, least_score=0.0))

    assert why(market, 1) == [(Code.FEW_POSSIBLE, 2), (Code.PARTNERS_FULL, 1)]


def test_pairs_that_fit_too_poorly_are_counted() -> None:
    market = replace(TWO_BY_TWO, rules=Rules(quota=3, least_score=1.0))

    assert why(market, 2) == [(Code.FEW_POSSIBLE, 2), (Code.PARTNERS_WEAK, 1)]


def test_gates_that_failed_are_counted_the_most_frequent_first() -> None:
    market = contact(
        firm(1),
        firm(2, "33.72"),
        firm(3, "33.72"),
        offer(1, 1, "kopi", tiers=tiers(90_000), capacity=10),
        wish(1, 2, "kopi", ceiling=50_000),
        wish(2, 3, "kopi", ceiling=50_000, quantity=500),
    )

    assert Shortfalls(market, propose(market)).why_few(1) == (
        Fact(Code.NO_POSSIBLE_PAIR),
        Fact(Code.GATE_FAILED, {"gate": "over_ceiling", "count": 2}),
        Fact(Code.GATE_FAILED, {"gate": "over_capacity", "count": 1}),
    )


def test_business_with_nothing_of_the_kind_is_told_so() -> None:
    market = contact(firm(1), firm(2, "33.72"), offer(1, 1, "kopi"), wish(1, 2, "kain-katun"))

    assert why(market, 1) == [(Code.NO_POSSIBLE_PAIR, None), (Code.NOTHING_SOUGHT, None)]


def test_gates_are_left_out_when_finding_them_takes_long() -> None:
    crowd = [firm(number, "33.72") for number in range(2, MOST_MATCHES + 3)]
    listed = propose(contact(firm(1), crowd[0]))

    assert Shortfalls(contact(firm(1), *crowd), listed).why_few(1) == (Fact(Code.NO_POSSIBLE_PAIR),)


@given(random_contacts(most=6))
def test_every_business_has_a_reason_and_counts_add_up(market: Contact) -> None:
    listed = propose(market)
    shortfalls = Shortfalls(market, listed)

    for one in market.firms:
        facts = {fact.code: fact.params for fact in shortfalls.why_few(one.id)}
        possible = [key for key in listed.possible if one.id in key]
        assert shortfalls.possible_for(one.id) == len(possible)
        assert (Code.NO_POSSIBLE_PAIR in facts) == (not possible)
        explained = sum(
            facts[code]["count"] for code in (Code.PARTNERS_FULL, Code.PARTNERS_WEAK) if code in facts
        )
        assert explained <= len([key for key in possible if key not in listed.choice.chosen])
