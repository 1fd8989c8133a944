"""What the engine is told: every row of the contact as a value, in a fixed number of queries."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from matchmaking.engine import values
from matchmaking.models import Pair
from matchmaking.pairing import propose_now
from matchmaking.pairing_inputs import contact_values, weights_of
from products.models import Product
from regions.models import Region
from tests.factories import (
    CategoryFactory,
    CertificateFactory,
    ComplementFactory,
    FamilyFactory,
    NeedFactory,
    ParticipationFactory,
    PriceTierFactory,
    ProductFactory,
    ProvinceFactory,
    RegionFactory,
    UnitFactory,
)
from tests.matchmaking.market_scene import TODAY, make_market
from tests.scenes import make_contact

pytestmark = pytest.mark.django_db


def test_rows_become_values() -> None:
    market = make_market()
    business, region = market.roaster, market.roaster.region

    told = contact_values(market.scene.trade_contact, TODAY)

    assert told.day == date(2018, 3, 22)
    assert [firm.id for firm in told.firms] == [business.pk, market.shop.pk, market.second_shop.pk]
    assert told.firms[0] == values.Firm(
        business.pk, business.name, region.code, region.name, office=business.office_id
    )
    assert told.offers == (
        values.Offer(
            id=market.product.pk,
            firm=business.pk,
            name="Kopi arabika Pangalengan",
            sector="kuliner",
            families=frozenset({"kopi"}),
            unit="bungkus",
            tiers=(values.Tier(1, 62_400),),
            min_order=24,
            capacity=1_500,
            certificates=(values.Certificate("halal", values.Proof.CLAIMED),),
        ),
    )
    assert told.wishes[0] == values.Wish(
        id=market.need.pk,
        firm=market.shop.pk,
        text="Kopi bubuk, kemasan hadiah",
        sector="kuliner",
        families=frozenset({"kopi"}),
        quantity=120,
        unit="bungkus",
        ceiling=75_000,
        certificates=("halal",),
    )
    assert told.rules == values.Rules(quota=8)


def test_business_in_no_delegation_of_the_contact_is_not_told() -> None:
    market = make_market()
    ProductFactory(category=market.coffee)

    told = contact_values(market.scene.trade_contact, TODAY)

    assert len(told.firms) == 3
    assert len(told.offers) == 1


def test_area_of_a_need_is_told_by_its_code_and_name() -> None:
    market = make_market(area_province=ProvinceFactory(code="33", name="Jawa Tengah"))
    city = RegionFactory(code="33.72", name="Kota Surakarta")
    NeedFactory(business=market.shop, category=market.coffee, area_region=city)

    wishes = contact_values(market.scene.trade_contact, TODAY).wishes

    assert [(wish.area, wish.area_name) for wish in wishes] == [
        ("33", "Jawa Tengah"),
        ("33.72", "Kota Surakarta"),
        (None, None),
    ]


def test_need_for_suppliers_of_another_area_is_not_paired_and_changes_the_fingerprint() -> None:
    market = make_market()
    before = market.propose()
    assert Pair.objects.shown().count() == 1
    market.need.area_province = ProvinceFactory(code="33", name="Jawa Tengah")
    market.need.save()

    after = market.propose()

    assert before.fingerprint != after.fingerprint
    assert list(Pair.objects.shown()) == []


@pytest.mark.parametrize(
    ("area", "places", "told"),
    [
        ("", [], None),
        ("everywhere", [], {"*"}),
        ("province", [], {"32"}),
        ("region", [], {"32.04"}),
        ("listed", ["33.72", "34"], {"33.72", "34"}),
    ],
)
def test_where_a_product_is_delivered_is_told_by_codes(
    area: str, places: list[str], told: set[str] | None
) -> None:
    market = make_market()
    Region.objects.filter(pk=market.roaster.region_id).update(code="32.04")
    Product.objects.filter(pk=market.product.pk).update(delivery_area=area, delivery_places=places)

    offer = contact_values(market.scene.trade_contact, TODAY).offers[0]

    assert offer.delivers_to == (None if told is None else frozenset(told))


def test_product_that_is_not_delivered_there_is_not_paired_and_changes_the_fingerprint() -> None:
    market = make_market()
    before = market.propose()
    assert Pair.objects.shown().count() == 1
    Product.objects.filter(pk=market.product.pk).update(delivery_area="region")

    after = market.propose()

    assert before.fingerprint != after.fingerprint
    assert list(Pair.objects.shown()) == []


def test_draft_product_and_withdrawn_need_are_not_told() -> None:
    market = make_market(withdrawn_at=timezone.now())
    ProductFactory(business=market.roaster, category=market.coffee, status="draft")

    told = contact_values(market.scene.trade_contact, TODAY)

    assert [offer.id for offer in told.offers] == [market.product.pk]
    assert [wish.text for wish in told.wishes] == ["Kopi bubuk murah"]


@pytest.mark.parametrize(
    ("starts_on", "day"),
    [(date(2018, 3, 22), date(2018, 3, 22)), (date(2018, 2, 1), TODAY), (None, TODAY)],
)
def test_businesses_meet_on_the_first_day_or_today(starts_on: date | None, day: date) -> None:
    scene = make_contact(trade_contact__starts_on=starts_on, trade_contact__ends_on=None)

    assert contact_values(scene.trade_contact, TODAY).day == day


def test_certificate_of_the_business_covers_its_products_until_its_date() -> None:
    market = make_market()
    CertificateFactory(business=market.roaster, kind="sni", state="checked", valid_until=date(2018, 3, 22))
    CertificateFactory(business=market.roaster, kind="bpom", valid_until=date(2018, 3, 21))

    [offer] = contact_values(market.scene.trade_contact, TODAY).offers

    assert {(one.kind, one.proof.value) for one in offer.certificates} == {
        ("halal", "claimed"),
        ("sni", "checked"),
        ("bpom", "expired"),
    }


def test_product_under_a_sector_is_recognised_by_its_name() -> None:
    market = make_market()
    sector = market.coffee.parent
    for name in ("Kopi robusta", "Kopi robusta", "Oleh-oleh rahasia"):
        ProductFactory(business=market.roaster, category=sector, name=name)

    offers = contact_values(market.scene.trade_contact, TODAY).offers

    assert [sorted(offer.families) for offer in offers] == [["kopi"], ["kopi"], ["kopi"], []]


def test_synonyms_of_categories_are_told_in_both_languages() -> None:
    market = make_market()
    market.coffee.synonyms_id, market.coffee.synonyms_en = ["kopi tubruk"], ["coffee beans"]
    market.coffee.save()

    categories = contact_values(market.scene.trade_contact, TODAY).categories

    assert {one.code: one.words for one in categories} == {
        "kopi": ("kopi tubruk", "coffee beans"),
        "kuliner": (),
    }


def test_need_may_name_several_families_of_its_sector() -> None:
    market = make_market()
    FamilyFactory(parent=market.coffee.parent, code="teh", name_id="Teh", name_en="Tea")
    FamilyFactory(parent=CategoryFactory(code="kemasan"), code="kotak", name_id="Kotak", name_en="Box")
    business = market.second_shop
    NeedFactory(business=business, category=market.coffee, text="Kopi dan teh untuk tamu, kotak kayu")
    NeedFactory(business=business, category=market.coffee.parent, text="Teh atau sesuatu yang lain")
    NeedFactory(business=business, category=market.coffee.parent, text="Apa saja yang enak")

    wishes = contact_values(market.scene.trade_contact, TODAY).wishes[-3:]

    assert [sorted(wish.families) for wish in wishes] == [["kopi", "teh"], ["teh"], []]


def test_line_of_business_unit_and_complements_are_told_by_their_codes() -> None:
    market = make_market()
    line = FamilyFactory(parent=CategoryFactory(code="bidang-usaha"), code="galeri")
    market.shop.line = line
    market.shop.save()
    dozen = UnitFactory(code="lusin", base=UnitFactory(), factor=12, label_id="lusin", label_en="dozen")
    ComplementFactory(buyer=line, supplier=market.coffee, role="core", weight=0.7)
    ComplementFactory(buyer=None, supplier=market.coffee, role="service", weight=0.2)

    told = contact_values(market.scene.trade_contact, TODAY)

    assert [firm.line for firm in told.firms] == [None, "galeri", None]
    assert [(one.buyer, one.supplier, one.role.value, one.weight) for one in told.complements] == [
        ("galeri", "kopi", "core", 0.7),
        (None, "kopi", "service", 0.2),
    ]
    assert [(unit.code, unit.root, unit.factor) for unit in told.units if unit.code == dozen.code] == [
        ("lusin", "buah", 12)
    ]


def test_decisions_of_officers_are_told_and_untouched_proposals_are_not() -> None:
    scene = make_contact()
    scene.make_pair()
    hidden = scene.make_pair(hidden_at=timezone.now(), staff_reason="Sudah bekerja sama.")
    locked = scene.make_pair(locked_at=timezone.now())
    added = scene.make_pair(origin="officer")
    asked = scene.make_pair(origin="inquiry")

    decisions = contact_values(scene.trade_contact, TODAY).decisions

    assert decisions.vetoed == {(hidden.business_a_id, hidden.business_b_id): "Sudah bekerja sama."}
    assert decisions.kept == {
        (locked.business_a_id, locked.business_b_id): values.Kept.LOCKED,
        (added.business_a_id, added.business_b_id): values.Kept.OFFICER,
        (asked.business_a_id, asked.business_b_id): values.Kept.INQUIRY,
    }


def test_weights_of_the_contact_replace_the_usual_ones() -> None:
    scene = make_contact(trade_contact__weights={"buyer_price": 0.5}, trade_contact__pairs_per_business=3)

    assert weights_of(scene.trade_contact) == values.Weights(buyer_price=0.5)
    assert contact_values(scene.trade_contact, TODAY).rules.quota == 3


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow_with_the_delegations(
    count: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    market = make_market()
    for _ in range(count):
        business = ParticipationFactory(delegation=market.scene.guest_delegation).business
        product = ProductFactory(business=business, category=market.coffee)
        PriceTierFactory(product=product)
        CertificateFactory(business=business, product=product)
        CertificateFactory(business=business, kind="sni")
        NeedFactory(business=business, category=market.coffee, area_region=business.region)

    with django_assert_num_queries(10):
        contact_values(market.scene.trade_contact, TODAY)


def test_today_counts_only_from_the_day_the_contact_starts() -> None:
    scene = make_contact()

    days = [contact_values(scene.trade_contact, date(2018, 3, 21) + timedelta(days=n)).day for n in range(3)]

    assert days == [date(2018, 3, 22), date(2018, 3, 22), date(2018, 3, 23)]


def test_contact_details_in_names_and_texts_are_not_told() -> None:
    market = make_market()
    market.need.text = "Kopi bubuk, hubungi pembelian@hotel.example"
    market.need.save()
    market.product.name = "Kopi arabika 0812/7000/9999"
    market.product.save()

    told = contact_values(market.scene.trade_contact, TODAY)

    assert told.offers[0].name == "Kopi arabika …"
    assert told.wishes[0].text == "Kopi bubuk, hubungi …"


def test_hidden_contact_details_make_no_texts_alike() -> None:
    scene, sector = make_contact(), CategoryFactory(code="kuliner")
    ProductFactory(business=scene.guest_business, category=sector, name="Kopi arabika 0812/7000/9999")
    NeedFactory(business=scene.host_business, category=sector, text="Keripik singkong 0812/7000/8888")

    propose_now(actor=scene.guest_actor, trade_contact=scene.trade_contact, now=timezone.now())

    assert list(Pair.objects.all()) == []
