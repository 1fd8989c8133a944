"""Reasons and open conditions: what is said about a trade, with its numbers, and nothing twice."""

from datetime import date

import pytest

from matchmaking.engine import Introduction, propose
from matchmaking.engine.facts import Code, Fact
from matchmaking.engine.values import Complement, Firm, Label, Offer, Role, Wish
from tests.matchmaking.engine.market import COMPLEMENTS, certificates, contact, firm, offer, tiers, wish


def proposal_of(*rows: Firm | Offer | Wish, **values: object) -> Introduction:
    firms = () if any(isinstance(row, Firm) for row in rows) else (firm(1), firm(2, "33.72"))
    return propose(contact(*firms, *rows, **values)).proposals[0]


def codes(facts: tuple[Fact, ...]) -> list[Code]:
    return [fact.code for fact in facts]


def params(facts: tuple[Fact, ...], code: Code) -> dict[str, object]:
    return next(dict(fact.params) for fact in facts if fact.code is code)


def test_everything_known_gives_every_reason_and_nothing_open() -> None:
    proposal = proposal_of(
        offer(
            1,
            1,
            "kopi",
            name="Kopi arabika",
            tiers=tiers(50_000),
            capacity=900,
            min_order=10,
            lead_days=5,
            consignment=True,
            delivers_to=frozenset({"33"}),
            certificates=certificates(halal="checked"),
        ),
        wish(
            1,
            2,
            "kopi",
            text="Kopi bubuk, titip jual",
            quantity=120,
            ceiling=75_000,
            certificates=("halal",),
            wanted_from=date(2018, 4, 30),
        ),
    )

    assert codes(proposal.reasons) == [
        Code.WANTED,
        Code.SAME_FAMILY,
        Code.CAPACITY_ENOUGH,
        Code.MIN_ORDER_MET,
        Code.PRICE_WITHIN,
        Code.CERTIFICATES_HELD,
        Code.IN_TIME,
        Code.CONSIGNMENT_ACCEPTED,
        Code.OTHER_REGION,
    ]
    assert proposal.unmet == ()
    assert params(proposal.reasons, Code.IN_TIME)["days_left"] == 27


def test_nothing_known_names_everything_to_ask() -> None:
    proposal = proposal_of(offer(1, 1, "kopi"), wish(1, 2, "kopi", text="Bubuk hitam, titip jual"))

    assert codes(proposal.reasons) == [Code.WANTED, Code.SAME_FAMILY, Code.OTHER_REGION]
    assert codes(proposal.unmet) == [
        Code.PRICE_UNKNOWN,
        Code.CAPACITY_UNKNOWN,
        Code.MIN_ORDER_UNKNOWN,
        Code.LEAD_TIME_UNKNOWN,
        Code.DELIVERY_UNKNOWN,
        Code.CONSIGNMENT_UNKNOWN,
        Code.QUANTITY_UNKNOWN,
        Code.CEILING_UNKNOWN,
    ]


def test_price_and_capacity_alone_are_reasons_too() -> None:
    proposal = proposal_of(
        offer(1, 1, "kopi", tiers=tiers(50_000), capacity=900), wish(1, 2, "kopi", text="Bubuk")
    )

    assert params(proposal.reasons, Code.PRICE_KNOWN)["price"] == 50_000
    assert params(proposal.reasons, Code.CAPACITY_KNOWN)["capacity"] == 900


def test_tight_conditions_are_named() -> None:
    proposal = proposal_of(
        offer(
            1,
            1,
            "kopi",
            name="Kopi",
            capacity=100,
            lead_days=40,
            consignment=False,
            certificates=certificates(pirt="claimed"),
        ),
        wish(
            1,
            2,
            "kopi",
            text="Kopi titip jual",
            quantity=250,
            monthly=False,
            certificates=("pirt",),
            wanted_from=date(2018, 4, 2),
        ),
    )

    assert params(proposal.unmet, Code.TOO_SLOW)["days_left"] == 7
    assert params(proposal.unmet, Code.TAKES_MONTHS)["months"] == 3
    assert params(proposal.unmet, Code.CERTIFICATES_UNCHECKED)["kinds"] == ["pirt"]
    assert Code.NO_CONSIGNMENT in codes(proposal.unmet)
    assert not {Code.IN_TIME, Code.CAPACITY_ENOUGH} & set(codes(proposal.reasons))


def test_units_that_do_not_convert_are_named() -> None:
    proposal = proposal_of(
        offer(1, 1, "kopi", unit="bungkus", tiers=tiers(5_000)), wish(1, 2, "kopi", unit="dus", quantity=9)
    )

    assert params(proposal.unmet, Code.UNIT_UNKNOWN)["unit"] == {"id": "bungkus", "en": "bungkus"}
    assert params(proposal.unmet, Code.UNIT_UNKNOWN)["wish_unit"] == {"id": "dus", "en": "dus"}


def test_implied_wish_is_labelled_and_its_details_are_to_be_asked() -> None:
    proposal = proposal_of(offer(1, 1, "kain-katun"), offer(2, 2, "kain-batik"), complements=COMPLEMENTS[:1])

    implied = params(proposal.reasons, Code.IMPLIED)
    assert (implied["maker"], implied["need"], implied["role"]) == (
        {"id": "Kain batik", "en": "Kain batik"},
        {"id": "kain mori", "en": "greige cotton"},
        "core",
    )
    assert params(proposal.unmet, Code.IMPLIED_DETAILS_UNKNOWN) == {
        "buyer": "Usaha 2",
        "products": ["Produk 1"],
    }


def test_service_for_every_maker_names_no_maker() -> None:
    proposal = proposal_of(offer(1, 1, "kurir"), offer(2, 2, "kopi"), complements=COMPLEMENTS[-1:])

    assert params(proposal.reasons, Code.IMPLIED)["maker"] is None


def test_implied_wish_for_a_whole_sector_names_the_sector() -> None:
    table = (Complement("kopi", "kemasan", Label("kemasan", "packaging"), Role.PACKAGING, 0.5),)

    proposal = proposal_of(offer(1, 1, "kotak"), offer(2, 2, "kopi"), complements=table)

    assert params(proposal.reasons, Code.SAME_FAMILY)["family"] == {"id": "Kemasan", "en": "Kemasan"}


@pytest.mark.parametrize(("text", "words"), [("Kopi bubuk", ["kopi"]), ("Kopinya bubuk", [])])
def test_wish_known_by_sector_is_explained_by_its_words(text: str, words: list[str]) -> None:
    proposal = proposal_of(
        offer(1, 1, "kopi", name="Kopi kopinya" if not words else "Kopi"), wish(1, 2, "kuliner", text=text)
    )

    assert params(proposal.reasons, Code.SIMILAR_TEXT)["words"] == (words or ["kopinya"])


def test_spelling_alone_is_a_reason_when_no_word_is_shared() -> None:
    proposal = proposal_of(offer(1, 1, "kopi", name="Rendangku"), wish(1, 2, "kuliner", text="Rendangmu"))

    assert params(proposal.reasons, Code.SIMILAR_TEXT)["words"] == []


def test_kindred_words_are_the_reason_when_they_bring_the_texts_together() -> None:
    proposal = proposal_of(
        offer(1, 1, "kain-katun", name="Kemeja kerja"),
        wish(1, 2, "tekstil", text="Konveksi seragam"),
        wish(2, 2, "kopi", text="Kopi bubuk"),
    )

    assert params(proposal.reasons, Code.SIMILAR_TEXT)["words"] == []
    assert params(proposal.reasons, Code.SIMILAR_TEXT)["kindred"] == ["konveksi", "seragam"]


def test_trades_both_ways_and_further_trades_are_said() -> None:
    proposal = proposal_of(
        offer(1, 1, "kopi"),
        offer(2, 1, "keripik"),
        offer(3, 2, "kotak"),
        wish(1, 2, "kopi"),
        wish(2, 2, "keripik"),
        wish(3, 1, "kotak"),
    )

    assert params(proposal.reasons, Code.BOTH_WAYS) == {"a": "Usaha 1", "b": "Usaha 2"}
    assert params(proposal.reasons, Code.SEVERAL_TRADES) == {"count": 3}


def test_open_condition_of_several_products_names_them_once() -> None:
    proposal = proposal_of(
        offer(1, 1, "kopi", name="Kopi"),
        offer(2, 1, "keripik", name="Keripik"),
        wish(1, 2, "kopi"),
        wish(2, 2, "keripik"),
    )

    assert codes(proposal.unmet).count(Code.LEAD_TIME_UNKNOWN) == 1
    assert params(proposal.unmet, Code.LEAD_TIME_UNKNOWN)["products"] == ["Kopi", "Keripik"]


def test_wish_that_fails_beside_a_trade_is_named_as_unmet() -> None:
    proposal = proposal_of(
        offer(1, 1, "kopi"),
        offer(2, 1, "keripik", capacity=800),
        wish(1, 2, "kopi"),
        wish(2, 2, "keripik", quantity=5_000),
    )

    assert params(proposal.unmet, Code.OVER_CAPACITY)["gap"] == 4_200


@pytest.mark.parametrize(
    ("region", "place", "code", "km"),
    [
        ("34.71", {}, Code.OTHER_REGION, 314),
        ("34.71", {"latitude": -7.2, "longitude": 107.9}, Code.NEAR, 34),
        ("34.71", {"latitude": None}, Code.OTHER_REGION, None),
    ],
)
def test_distance_is_said_as_far_as_it_is_known(
    region: str, place: dict[str, float | None], code: Code, km: int | None
) -> None:
    proposal = proposal_of(firm(1), firm(2, region, **place), offer(1, 1), wish(1, 2))

    assert (proposal.reasons[-1].code, proposal.reasons[-1].params["km"]) == (code, km)


def test_fact_is_stored_as_its_code_and_parameters() -> None:
    assert Fact(Code.KEPT, {"by": "officer"}).as_json() == {"code": "kept", "by": "officer"}
