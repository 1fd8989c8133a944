"""Gates: what fails, with its numbers, and that the unknown passes."""

from datetime import date

import pytest

from matchmaking.engine.cases import price_at
from matchmaking.engine.facts import Code, Fact
from matchmaking.engine.gates import failures
from matchmaking.engine.values import Offer, Wish
from tests.matchmaking.engine.market import case_of, certificates, offer, tiers, wish


def failed(one_offer: Offer, one_wish: Wish) -> list[Fact]:
    case = case_of(one_offer, one_wish)
    assert case is not None
    return list(failures(case))


def test_coffee_is_never_answered_with_crisps_of_the_same_sector() -> None:
    need = wish(1, 2, "kopi", text="Kopi bubuk khas daerah, kemasan hadiah")

    assert case_of(offer(1, 1, "keripik", name="Keripik singkong pedas 200 g"), need) is None
    assert case_of(offer(2, 1, "kuliner", name="Keripik singkong pedas 200 g"), need) is None


def test_same_family_passes_whatever_the_words() -> None:
    assert case_of(offer(1, 1, "kopi", name="Arabika Pangalengan"), wish(1, 2, "kopi", text="Bubuk hitam"))


def test_known_only_by_sector_needs_a_word_in_common() -> None:
    need = wish(1, 2, "kuliner", text="Kopi bubuk")

    assert case_of(offer(1, 1, "kopi", name="Kopi arabika"), need)
    assert case_of(offer(2, 1, "keripik", name="Keripik pisang"), need) is None


def test_other_family_passes_only_with_nearly_the_same_words() -> None:
    need = wish(1, 2, "kain-katun", text="Kain katun putih untuk batik cap")

    assert case_of(offer(1, 1, "kain-batik", name="Kain batik cap katun"), need) is None
    assert case_of(offer(2, 1, "kain-batik", name="Kain katun putih"), need)


def test_other_sector_passes_only_with_nearly_the_same_words() -> None:
    need = wish(1, 2, "kotak", text="Kotak kayu ukir")

    assert case_of(offer(1, 1, "kain-katun", name="Kotak kayu ukir"), need)
    assert case_of(offer(2, 1, "kain-katun", name="Kain kotak"), need) is None


def test_closed_wish_fails_from_the_day_after() -> None:
    assert failed(offer(1, 1), wish(1, 2, text="Kopi", until=date(2018, 3, 21))) == [
        Fact(Code.WISH_CLOSED, {"need": "Kopi", "until": "2018-03-21"})
    ]
    assert failed(offer(1, 1), wish(1, 2, text="Kopi", until=date(2018, 3, 22))) == []


@pytest.mark.parametrize(
    ("held", "state"),
    [({}, "missing"), ({"pirt": "in_process"}, "in_process"), ({"pirt": "expired"}, "expired")],
)
def test_required_certificate_that_is_not_held_fails(held: dict[str, str], state: str) -> None:
    product = offer(1, 1, name="Kopi", certificates=certificates(**held))

    assert failed(product, wish(1, 2, text="Kopi P-IRT", certificates=("pirt",))) == [
        Fact(
            Code.CERTIFICATES_NOT_HELD,
            {"product": "Kopi", "seller": "Usaha 1", "need": "Kopi P-IRT", "kinds": [["pirt", state]]},
        )
    ]


def test_seller_from_outside_the_area_fails() -> None:
    need = wish(1, 2, text="Kopi", area="33", area_name="Jawa Tengah")

    assert failed(offer(1, 1, name="Kopi arabika"), need) == [
        Fact(
            Code.OUTSIDE_AREA,
            {
                "product": "Kopi arabika",
                "seller": "Usaha 1",
                "need": "Kopi",
                "area": "Jawa Tengah",
                "region": "Kabupaten Bandung",
            },
        )
    ]


@pytest.mark.parametrize(
    ("area", "passes"),
    [(None, True), ("32", True), ("32.04", True), ("32.0", False), ("32.73", False), ("3", False)],
)
def test_area_is_the_sellers_province_or_its_very_region(area: str | None, passes: bool) -> None:  # noqa: FBT001
    assert (failed(offer(1, 1), wish(1, 2, area=area)) == []) is passes


def test_seller_who_does_not_deliver_there_fails() -> None:
    coffee = offer(1, 1, name="Kopi arabika", delivers_to=frozenset({"32"}))

    assert failed(coffee, wish(1, 2, text="Kopi")) == [
        Fact(
            Code.NOT_DELIVERED,
            {
                "product": "Kopi arabika",
                "seller": "Usaha 1",
                "need": "Kopi",
                "region": "Kota Surakarta",
            },
        )
    ]


@pytest.mark.parametrize(
    ("areas", "passes"),
    [(None, True), ({"*"}, True), ({"33"}, True), ({"32", "33.72"}, True), ({"33.7"}, False), ({"3"}, False)],
)
def test_delivery_is_to_the_buyers_province_or_its_very_region(
    areas: set[str] | None,
    passes: bool,  # noqa: FBT001
) -> None:
    product = offer(1, 1, delivers_to=None if areas is None else frozenset(areas))

    assert (failed(product, wish(1, 2)) == []) is passes


@pytest.mark.parametrize("proof", ["claimed", "checked"])
def test_claimed_or_checked_certificate_passes(proof: str) -> None:
    product = offer(1, 1, certificates=certificates(pirt=proof))

    assert failed(product, wish(1, 2, certificates=("pirt",))) == []


def test_monthly_wish_above_the_capacity_fails_with_the_gap() -> None:
    assert failed(offer(1, 1, capacity=800), wish(1, 2, quantity=5_000)) == [
        Fact(
            Code.OVER_CAPACITY,
            {
                "product": "Produk 1",
                "need": "Kebutuhan 1",
                "quantity": 5_000,
                "capacity": 800,
                "gap": 4_200,
                "unit": {"id": "bungkus", "en": "bungkus"},
            },
        )
    ]


def test_wish_for_once_may_take_several_months() -> None:
    assert failed(offer(1, 1, capacity=800), wish(1, 2, quantity=5_000, monthly=False)) == []


def test_price_above_the_ceiling_fails_at_the_wished_quantity() -> None:
    product = offer(1, 1, tiers=tiers(35_000, (100, 30_000)))

    assert failed(product, wish(1, 2, quantity=50, ceiling=33_000)) == [
        Fact(
            Code.OVER_CEILING,
            {
                "product": "Produk 1",
                "need": "Kebutuhan 1",
                "price": 35_000,
                "ceiling": 33_000,
                "excess": 2_000,
                "unit": {"id": "bungkus", "en": "bungkus"},
            },
        )
    ]
    assert failed(product, wish(1, 2, quantity=100, ceiling=33_000)) == []


def test_quantity_below_the_minimum_order_fails() -> None:
    assert failed(offer(1, 1, min_order=500), wish(1, 2, quantity=50)) == [
        Fact(
            Code.BELOW_MIN_ORDER,
            {
                "product": "Produk 1",
                "need": "Kebutuhan 1",
                "quantity": 50,
                "min_order": 500,
                "unit": {"id": "bungkus", "en": "bungkus"},
            },
        )
    ]


def test_quantities_and_prices_are_held_against_each_other_in_one_unit() -> None:
    product = offer(1, 1, unit="buah", capacity=100, tiers=tiers(1_000))
    need = wish(1, 2, unit="lusin", quantity=10, ceiling=11_000)

    assert [
        (fact.code, fact.params.get("gap"), fact.params.get("excess")) for fact in failed(product, need)
    ] == [
        (Code.OVER_CAPACITY, 20, None),
        (Code.OVER_CEILING, None, 83.33),
    ]


@pytest.mark.parametrize(
    ("product", "need"),
    [
        ({"tiers": tiers(9_000)}, {"ceiling": 1_000, "unit": "dus"}),
        ({"capacity": 5}, {"quantity": 500, "unit": "dus"}),
        ({"min_order": 500}, {"quantity": 5, "unit": None}),
        ({}, {"quantity": 500, "ceiling": 1_000}),
        ({"capacity": 5, "min_order": 500, "tiers": tiers(9_000)}, {}),
    ],
)
def test_unknown_passes_every_gate(product: dict[str, object], need: dict[str, object]) -> None:
    assert failed(offer(1, 1, **product), wish(1, 2, **need)) == []


def test_price_follows_the_tier_that_the_quantity_reaches() -> None:
    product = offer(1, 1, tiers=tiers((100, 900), (1, 1_000), (10, 950)))

    prices = [price_at(product, quantity) for quantity in (None, 1, 10, 99, 100)]

    assert prices == [1_000, 1_000, 950, 950, 900]
    assert price_at(offer(2, 1, tiers=tiers((50, 700))), 10) == 700
    assert price_at(offer(3, 1), 10) is None
