"""Implied wishes: what makers usually buy, unless they say or make it themselves."""

from matchmaking.engine.implied import implied_wishes
from matchmaking.engine.values import Complement, Contact, Label, Role
from tests.matchmaking.engine.market import COMPLEMENTS, contact, firm, offer, wish


def implied(market: Contact) -> list[tuple[int, str]]:
    return [(one.firm, one.text) for one in implied_wishes(market)]


def test_makers_usually_buy_what_the_table_says() -> None:
    market = contact(firm(1), offer(1, 1, "kain-batik"), complements=COMPLEMENTS)

    assert implied(market) == [(1, "kain mori"), (1, "kotak kemasan"), (1, "kurir")]


def test_line_of_business_counts_like_an_offer() -> None:
    market = contact(firm(1, line="kopi"), complements=COMPLEMENTS)

    assert implied(market) == [(1, "kotak kopi"), (1, "kurir")]


def test_business_that_makes_nothing_known_implies_nothing() -> None:
    assert implied(contact(firm(1), complements=COMPLEMENTS)) == []


def test_stated_family_is_not_implied_as_well() -> None:
    market = contact(firm(1), offer(1, 1, "kain-batik"), wish(1, 1, "kain-katun"), complements=COMPLEMENTS)

    assert implied(market) == [(1, "kotak kemasan"), (1, "kurir")]


def test_own_product_is_not_implied_as_a_need() -> None:
    market = contact(firm(1), offer(1, 1, "kain-batik"), offer(2, 1, "kotak"), complements=COMPLEMENTS)

    assert implied(market) == [(1, "kain mori"), (1, "kurir")]


def test_strongest_of_two_reasons_to_buy_counts() -> None:
    market = contact(firm(1), offer(1, 1, "kain-batik"), offer(2, 1, "kopi"), complements=COMPLEMENTS)

    boxes = [one.implied for one in implied_wishes(market) if "kotak" in one.families]

    assert [(why.maker, why.weight) for why in boxes if why] == [("kopi", 0.8)]


def test_complement_of_a_sector_counts_for_its_families_and_may_want_a_whole_sector() -> None:
    table = (Complement("kuliner", "kemasan", Label("kemasan", "packaging"), Role.PACKAGING, 0.5),)

    wishes = implied_wishes(contact(firm(1), offer(1, 1, "kopi"), complements=table))

    assert [(one.sector, one.families) for one in wishes] == [("kemasan", frozenset())]


def test_offer_known_only_by_sector_counts_for_its_sector() -> None:
    table = (Complement("kuliner", "kotak", Label("kotak", "boxes"), Role.PACKAGING, 0.5),)

    assert implied(contact(firm(1), offer(1, 1, "kuliner"), complements=table)) == [(1, "kotak")]
