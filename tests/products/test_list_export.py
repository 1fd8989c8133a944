"""A region goes out as a workbook and comes back through the import: nothing is lost, nothing changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actors import Actor
from products import importing
from products.list_export import list_sheets
from products.models import Business, Category, Certificate, ImportBatch, Need, PriceTier, Product, Unit
from regions.models import Province, Region
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    NeedFactory,
    OfficeMemberFactory,
    PriceTierFactory,
    ProductFactory,
    actor_of,
)
from tests.products.importing_office import NOW, TODAY, imported, office_of, uploaded
from tradecontact.text_cleaning import clean_line, clean_lines
from tradecontact.workbooks import workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

NOTHING = {"new": 0, "changed": 0}


def exported(actor: Actor) -> bytes:
    businesses = Business.objects.filter(office=actor.office_id).select_related("line").order_by("name", "pk")
    return workbook_of(list_sheets(businesses, importing.vocabulary()))[0]


def what_again_would_do(actor: Actor) -> tuple[dict[str, dict[str, int]], list[str]]:
    """Return what importing the export again would make and change, and the doubts about it."""
    shown = importing.preview(batch=uploaded(actor, exported(actor)), today=TODAY)
    counts = {
        kind: {"new": states["new"], "changed": states["changed"]}
        for kind, states in shown.plan.counts.items()
    }
    return counts, [f"{problem.cell}: {problem.message}" for problem in shown.reading.problems]


def in_full(actor: Actor) -> None:
    """Make a business that uses every column."""
    office = office_of(actor)
    business = BusinessFactory(
        office=office, name="=HYPERLINK(\"x\")", owner_name="Ibu \"Sari\"", phone="+6281270000548",
        email="Sari@contoh.id", nib="9120000000031", district="Soreang", size_band="small",
        founded_on=date(2001, 1, 1), founded_year_only=True, story="Baris satu.\n\nBaris dua.",
        line=Category.objects.get(code="toko-oleh-oleh"), line_text="Toko oleh2",
    )  # fmt: skip
    CertificateFactory(business=business, kind="halal", state="checked")
    keripik = ProductFactory(
        business=business, name="Keripik -pedas-", category=Category.objects.get(code="keripik"),
        description="Isi 250 g\n+ bonus", unit=Unit.objects.get(code="bungkus"), min_order=40,
        capacity_per_month=1200, lead_time_days=7, accepts_consignment=False,
    )  # fmt: skip
    for quantity, price in ((1, 13_400), (50, 12_000), (200, 11_500)):
        PriceTierFactory(product=keripik, min_quantity=quantity, price_rupiah=price)
    CertificateFactory(
        business=business,
        product=keripik,
        kind="pirt",
        number="2013204565548-30",
        number_normalised="201320456554830",
    )
    CertificateFactory(
        business=business,
        product=keripik,
        kind="brand",
        number="IDM000123456",
        number_normalised="IDM000123456",
    )
    CertificateFactory(
        business=business,
        product=keripik,
        kind="sni",
        state="in_process",
        number="SNI-9",
        number_normalised="SNI9",
    )
    kopi = ProductFactory(
        business=business, name="🔥", category=Category.objects.get(code="kopi"), status="draft"
    )
    PriceTierFactory(product=kopi, min_quantity=10)
    NeedFactory(
        business=business, text="@kotak 20x20", category=Category.objects.get(code="kotak-makanan"),
        quantity=1000, unit=Unit.objects.get(code="buah"), frequency="once", price_ceiling_rupiah=2500,
        certificates_required=["halal", "other"], area_region=Region.objects.get(code="33.72"),
        wanted_from=date(2026, 1, 5), open_until=date(2026, 2, 1),
    )  # fmt: skip
    NeedFactory(
        business=business, text="Kopi", category=Category.objects.get(code="kopi"),
        area_province=Province.objects.get(code="32"),
    )  # fmt: skip


def test_a_region_comes_back_unchanged(actor: Actor) -> None:
    in_full(actor)

    counts, problems = what_again_would_do(actor)

    assert counts == dict.fromkeys(["businesses", "products", "needs"], NOTHING)
    assert problems == []


FACTS: list[tuple[Any, list[str]]] = [
    (Business, ["name", "nib", "phone", "district", "founded_on", "founded_year_only", "line__code",
                "owner_name", "size_band", "story"]),
    (Product, ["name", "category__code", "description", "unit__code", "min_order", "capacity_per_month",
               "lead_time_days", "accepts_consignment"]),
    (PriceTier, ["product__name", "min_quantity", "price_rupiah"]),
    (Certificate, ["kind", "number", "product__name"]),
    (Need, ["text", "category__code", "quantity", "frequency", "unit__code", "price_ceiling_rupiah",
            "certificates_required", "area_province__code", "area_region__code", "wanted_from",
            "open_until"]),
]  # fmt: skip


def facts_of(actor: Actor) -> list[list[tuple[Any, ...]]]:
    def office(model: Any) -> str:
        return {Business: "office", PriceTier: "product__business__office"}.get(model, "business__office")

    return [
        sorted(model.objects.filter(**{office(model): actor.office_id}).values_list(*fields), key=str)
        for model, fields in FACTS
    ]


def test_an_empty_office_gets_the_same_values(actor: Actor) -> None:
    in_full(actor)
    other = actor_of(OfficeMemberFactory())

    imported(other, exported(actor))

    assert facts_of(other) == facts_of(actor)


SIGNS = [*"ab Z9\"'=+-@\t\r\n;,<>&_x\u200b\u202e\ufeff＝", "🔥", "é", "_x0041_"]
ODD = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=20).map("".join).filter(clean_line)
LONG = ODD.map(clean_lines)
DIGITS = st.integers(0, 99_999).map(lambda number: f"+628127{number:07d}")
PRODUCT = st.fixed_dictionaries(
    {
        "name": ODD,
        "description": LONG,
        "min_order": st.none() | st.integers(1, 10**6),
        "capacity_per_month": st.none() | st.integers(1, 2**31 - 1),
        "lead_time_days": st.none() | st.integers(1, 365),
        "accepts_consignment": st.none() | st.booleans(),
        "tiers": st.dictionaries(st.integers(1, 10**6), st.integers(1, 10**12), max_size=6),
    }
)
BUSINESS = st.fixed_dictionaries(
    {
        "name": ODD,
        "owner_name": ODD | st.just(""),
        "district": ODD | st.just(""),
        "story": LONG,
        "size_band": st.sampled_from(["", "micro", "small", "medium"]),
        "phone": st.just("") | DIGITS,
        "products": st.lists(PRODUCT, max_size=3),
        "needs": st.lists(ODD, max_size=2),
    }
)


def make(actor: Actor, drawn: list[dict[str, Any]]) -> None:
    category, unit = Category.objects.get(code="keripik"), Unit.objects.get(code="bungkus")
    for row in drawn:
        facts = dict(row)
        products, needs = facts.pop("products"), facts.pop("needs")
        business = BusinessFactory(office=office_of(actor), **facts)
        for listed in products:
            offer = dict(listed)
            tiers = offer.pop("tiers")
            product = ProductFactory(business=business, category=category, unit=unit, **offer)
            for quantity, price in list(tiers.items()):
                PriceTierFactory(product=product, min_quantity=quantity, price_rupiah=price)
        for text in needs:
            NeedFactory(business=business, category=category, text=text)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(BUSINESS, min_size=1, max_size=4))
def test_whatever_is_stored_comes_back_unchanged(actor: Actor, drawn: list[dict[str, Any]]) -> None:
    Business.objects.all().delete()
    make(actor, drawn)

    counts, _problems = what_again_would_do(actor)

    assert counts == dict.fromkeys(["businesses", "products", "needs"], NOTHING)


def test_a_renamed_product_is_found_by_its_code(actor: Actor) -> None:
    office = office_of(actor)
    product = ProductFactory(
        business=BusinessFactory(office=office), name="Keripik", category=Category.objects.get(code="keripik")
    )
    content = exported(actor)
    Product.objects.update(name="Kripik lama")

    imported(actor, content)

    assert list(Product.objects.values_list("pk", "name")) == [(product.pk, "Keripik")]


def test_a_code_of_another_office_opens_nothing(actor: Actor) -> None:
    foreign = BusinessFactory(name="Usaha Jauh")
    far = actor_of(OfficeMemberFactory(office=foreign.office))
    content = exported(far)

    imported(actor, content)

    assert Business.objects.get(pk=foreign.pk).office_id == foreign.office_id
    assert list(Business.objects.filter(office=actor.office_id).values_list("name")) == [("Usaha Jauh",)]


@pytest.mark.parametrize("count", [1, 3])
def test_export_costs_the_same_queries(
    actor: Actor, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _number in range(count):
        business = BusinessFactory(office=office_of(actor))
        PriceTierFactory(product=ProductFactory(business=business))
        NeedFactory(business=business)
    words = importing.vocabulary()
    rows = Business.objects.filter(office=actor.office_id).select_related("line").order_by("name", "pk")

    with django_assert_num_queries(6):
        workbook_of(list_sheets(rows, words))


def test_undo_takes_prices_areas_and_days_back(actor: Actor) -> None:
    in_full(actor)
    content = exported(actor)
    PriceTier.objects.filter(min_quantity=50).delete()
    PriceTier.objects.filter(min_quantity=200).update(price_rupiah=9)
    Need.objects.update(area_region=None, area_province=None, open_until=None, frequency="monthly")
    before = facts_of(actor)

    batch = imported(actor, content)
    assert facts_of(actor) != before
    importing.undo(actor=actor, batch=batch, now=NOW)

    assert facts_of(actor) == before


def test_number_of_an_application_stays_one_in_process(actor: Actor) -> None:
    in_full(actor)
    other = actor_of(OfficeMemberFactory())

    imported(other, exported(actor))

    rows = Certificate.objects.filter(business__office=other.office_id, kind__in=["brand", "sni"])
    assert list(rows.order_by("kind").values_list("kind", "number", "state")) == [
        ("brand", "IDM000123456", "unchecked"),
        ("sni", "SNI-9", "in_process"),
    ]


def test_an_old_file_leaves_what_the_portal_changed_since(actor: Actor) -> None:
    business = BusinessFactory(office=office_of(actor), name="Usaha A", district="Soreang")
    file = exported(actor)
    Business.objects.filter(pk=business.pk).update(district="Ciwidey", version=2)
    batch = uploaded(actor, file)

    (held,) = importing.preview(batch=batch, today=TODAY).plan.businesses
    importing.choose_overwriting(actor=actor, batch=batch, rows=[held.listed.rows[0]])
    (ticked,) = importing.preview(batch=ImportBatch.objects.get(), today=TODAY).plan.businesses

    told = [
        [(change.label, change.old, change.new) for _item, change in plan.all_newer]
        for plan in (held, ticked)
    ]
    assert told == [[("kecamatan", "Ciwidey", "Soreang")]] * 2
    assert (held.values, ticked.values) == ({}, {"district": "Soreang"})
