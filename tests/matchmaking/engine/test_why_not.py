"""Why two businesses are not on the list, and who is nearest instead."""

from dataclasses import replace

import pytest
from hypothesis import given

from matchmaking.engine import WhyNot, propose, why_not
from matchmaking.engine.facts import Code, Fact
from matchmaking.engine.values import Contact, Decisions, Rules
from tests.matchmaking.engine.market import contact, firm, offer, random_contacts, tiers, wish


def asked(market: Contact, one: int, other: int) -> WhyNot:
    return why_not(market, propose(market), one, other)


def codes(facts: tuple[Fact, ...]) -> list[Code]:
    return [fact.code for fact in facts]


MARKET = (
    firm(1),
    firm(2),
    firm(3, "33.72"),
    firm(4, "33.72"),
    offer(1, 1, "kopi", name="Kopi mahal", tiers=tiers(90_000), capacity=20),
    offer(2, 2, "kopi", name="Kopi murah", tiers=tiers(50_000), capacity=900),
    wish(1, 3, "kopi", text="Kopi bubuk", quantity=120, ceiling=75_000),
    wish(2, 4, "kotak", text="Kotak polos"),
)


def test_pair_on_the_list_is_said_to_be_on_it() -> None:
    answer = asked(contact(*MARKET), 3, 2)

    assert (answer.is_proposed, answer.match.key, answer.blocking, answer.alternatives) == (
        True,
        (2, 3),
        (),
        (),
    )


def test_failed_gates_are_named_with_numbers_and_the_nearest_partner() -> None:
    answer = asked(contact(*MARKET), 1, 3)

    assert [(fact.code, fact.params.get("gap") or fact.params.get("excess")) for fact in answer.blocking] == [
        (Code.OVER_CAPACITY, 100),
        (Code.OVER_CEILING, 15_000),
    ]
    assert [dict(fact.params) for fact in answer.alternatives] == [
        {"business": "Usaha 3", "partner": "Usaha 2", "products": ["Kopi murah"], "rank": 1}
    ]


def test_area_that_the_seller_is_not_of_is_named() -> None:
    market = contact(
        firm(1),
        firm(2, "33.72"),
        offer(1, 1, "kopi", name="Kopi"),
        wish(1, 2, "kopi", text="Kopi bubuk", area="34", area_name="DI Yogyakarta"),
    )

    assert [(fact.code, fact.params["area"]) for fact in asked(market, 1, 2).blocking] == [
        (Code.OUTSIDE_AREA, "DI Yogyakarta")
    ]


def test_nothing_that_fits_is_said_plainly() -> None:
    assert codes(asked(contact(*MARKET), 1, 4).blocking) == [Code.NOTHING_FITS]


def test_same_region_is_the_reason() -> None:
    answer = asked(contact(*MARKET), 1, 2)

    assert [dict(fact.params) for fact in answer.blocking] == [
        {"a": "Usaha 1", "b": "Usaha 2", "region": "Kabupaten Bandung"}
    ]


def test_veto_is_named_with_its_reason_even_when_all_else_fits() -> None:
    market = contact(*MARKET, decisions=Decisions(vetoed={(2, 3): "Sudah bekerja sama."}))

    assert asked(market, 2, 3).blocking == (Fact(Code.VETOED, {"reason": "Sudah bekerja sama."}),)


def test_full_list_is_the_reason() -> None:
    rows = [firm(1), *(firm(buyer, "33.72") for buyer in (2, 3, 4)), offer(1, 1, "kopi", name="Kopi arabika")]
    rows += [firm(5), offer(2, 5, "kopi", name="Kopi arabika")]
    rows += [wish(buyer, buyer, "kopi", text="Kopi arabika") for buyer in (2, 3, 4)]
    market = contact(*rows, rules=Rules(quota=2))
    listed = propose(market)
    left_out = next(key for key in listed.possible if key not in listed.choice.chosen)

    answer = why_not(market, listed, *left_out)

    assert codes(answer.blocking) == [Code.LIST_FULL]
    assert answer.blocking[0].params["count"] == 2

    roomy = replace(listed, choice=replace(listed.choice, quota=9))  # as when only each one's best are known
    assert codes(why_not(market, roomy, *left_out).blocking) == [Code.LIST_FULL] * 2


def test_low_score_is_the_reason() -> None:
    rows = (*MARKET, firm(5, "33.72"), wish(3, 5, "kopi", text="Bubuk"), offer(3, 1, "kopi"))
    market = contact(*rows, rules=Rules(least_score=0.99))
    listed = propose(market)
    left_out = [key for key in listed.possible if key not in listed.choice.chosen]

    assert left_out != []
    assert codes(why_not(market, listed, *left_out[0]).blocking) == [Code.SCORE_LOW]


def test_partner_for_the_same_wish_is_named_before_a_better_ranked_one() -> None:
    rows = (*MARKET, firm(5), offer(5, 5, "keripik", name="Keripik"), wish(5, 3, "keripik", text="Keripik"))

    answer = asked(contact(*rows), 1, 3)

    assert [fact.params["partner"] for fact in answer.alternatives] == ["Usaha 2", "Usaha 5"]


def test_business_outside_the_contact_is_an_error() -> None:
    with pytest.raises(KeyError):
        asked(contact(*MARKET), 1, 99)


@given(market=random_contacts(most=5))
def test_every_pair_that_is_not_on_the_list_has_a_reason(market: Contact) -> None:
    listed = propose(market)
    ids = sorted(one.id for one in market.firms)

    for a in ids:
        for b in ids:
            if a < b:
                answer = why_not(market, listed, a, b)
                assert answer.is_proposed == ((a, b) in listed.choice.chosen)
                assert answer.is_proposed or answer.blocking
