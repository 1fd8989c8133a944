"""A product on its way into the catalogue: begun once, saved often, sent when it tells enough."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import Actor, Via
from accounts.history import entries_of
from products import certificates, profiles
from products.certificates import CertificateFacts
from products.drafting import begin_product, save_step, send_to_office
from products.listing_rules import Missing, missing_to_list
from products.models import Business, Product
from products.profiles import StaleVersion
from tests.factories import (
    BusinessFactory,
    FamilyFactory,
    OfficeMemberFactory,
    PriceTierFactory,
    ProductFactory,
    UnitFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 3, 1, 9, tzinfo=UTC)
TOKEN = uuid.UUID(int=7)


def holder(business: Business) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def officer(business: Business) -> Actor:
    return actor_of(OfficeMemberFactory(office=business.office))


def ready_product(**values: Any) -> Product:
    facts = {"description": "Tas dari mendong.", "min_order": 12, "capacity_per_month": 300}
    product = ProductFactory(
        **({"status": "draft", "unit": UnitFactory(), "lead_time_days": 5} | facts | values)
    )
    PriceTierFactory(product=product)
    return product


def save(product: Product, version: int, actor: Actor | None = None, **changes: Any) -> Product:
    return save_step(
        actor=actor or holder(product.business), product=product, version=version, changes=changes, now=NOW
    )


def test_one_form_begins_one_draft_however_often_it_is_sent() -> None:
    business, family = BusinessFactory(), FamilyFactory()

    made = [
        begin_product(
            actor=holder(business), business=business, name="Tas mendong", category=family, form_token=TOKEN
        )
        for _ in range(2)
    ]

    product = Product.objects.get()
    assert made == [(product, True), (product, False)]
    assert (product.status, product.name, product.version) == ("draft", "Tas mendong", 1)
    assert [entry.action for entry in entries_of(product)] == ["begun"]


def test_form_of_another_business_begins_nothing() -> None:
    ProductFactory(form_token=TOKEN)
    business = BusinessFactory()

    with pytest.raises(ValidationError, match="Formulir ini sudah dipakai"):
        begin_product(
            actor=holder(business), business=business, name="Tas", category=FamilyFactory(), form_token=TOKEN
        )

    assert Product.objects.count() == 1


def test_somebody_else_begins_nothing_for_a_business() -> None:
    with pytest.raises(PermissionDenied, match="dinas wilayahnya"):
        begin_product(
            actor=holder(BusinessFactory()),
            business=BusinessFactory(),
            name="Tas",
            category=FamilyFactory(),
            form_token=TOKEN,
        )


def test_save_whose_answer_was_lost_does_not_meet_itself() -> None:
    product = ProductFactory(status="draft")
    save(product, 1, description="Tas")  # its answer, version 2, never arrived

    saved = save(product, 1, description="Tas dari mendong")

    assert (saved.description, saved.version) == ("Tas dari mendong", 3)


def test_officer_who_changed_another_field_is_no_obstacle() -> None:
    product = ProductFactory(status="draft")
    save(product, 1, officer(product.business), min_order=24)

    saved = save(product, 1, description="Tas dari mendong")

    assert (saved.description, saved.min_order, saved.version) == ("Tas dari mendong", 24, 3)


def test_officer_who_changed_the_same_field_is_met() -> None:
    product = ProductFactory(status="draft")
    save(product, 1, officer(product.business), min_order=24)

    with pytest.raises(StaleVersion, match="baru saja diubah oleh orang lain"):
        save(product, 1, min_order=30)

    assert Product.objects.get().min_order == 24


def test_certificate_noted_meanwhile_is_no_obstacle() -> None:
    product = ProductFactory(status="draft")
    certificates.add_certificate(
        actor=holder(product.business),
        business=product.business,
        product=product,
        kind="halal",
        facts=CertificateFacts(number="1", is_in_process=False, valid_until=None),
        document=None,
        now=NOW,
    )

    assert save(product, 1, min_order=30).min_order == 30


def test_version_that_no_history_explains_is_met() -> None:
    product = ProductFactory(status="draft", version=2)

    with pytest.raises(StaleVersion):
        save(product, 1, min_order=30)


def test_what_is_missing_is_said_in_the_order_of_the_steps() -> None:
    assert missing_to_list(ProductFactory()) == [
        Missing("uraian", "Tulis keterangan produk: bahan, ukuran, atau isinya."),
        Missing("harga", "Pilih satuan yang dijual, mis. bungkus."),
        Missing("harga", "Isi harga paling sedikit untuk satu jumlah."),
        Missing("satuan", "Isi pesanan minimum."),
        Missing("kapasitas", "Isi kapasitas per bulan."),
        Missing("kapasitas", "Isi waktu pengerjaan dalam hari kerja."),
    ]
    assert missing_to_list(ready_product()) == []


def test_at_most_twelve_fields_are_needed_to_be_listed() -> None:
    needed = {"name", "category", "description", "unit", "price", "min_order", "capacity", "lead_time"}
    empty = Product(pk=ProductFactory(status="draft").pk)

    assert len(missing_to_list(empty)) + len({"category"}) == len(needed) <= 12
    assert missing_to_list(ready_product()) == []


def test_product_without_enough_is_not_sent() -> None:
    product = ready_product(min_order=None)

    with pytest.raises(ValidationError, match=r"Isi pesanan minimum\."):
        send_to_office(actor=holder(product.business), product=product, now=NOW)

    assert Product.objects.get().status == "draft"


def test_product_is_sent_once_however_often_it_is_pressed() -> None:
    product = ready_product()

    for _ in range(2):
        sent = send_to_office(actor=holder(product.business), product=product, now=NOW)

    assert (sent.status, sent.submitted_at) == ("submitted", NOW)
    assert [entry.action for entry in entries_of(product)] == ["submitted"]


def test_facts_of_the_card_stand_in_history_with_their_values() -> None:
    product = ProductFactory(unit=UnitFactory(code="dus"))
    changes = {
        "pack_content": 12,
        "pack_unit": UnitFactory(code="bungkus"),
        "sample_terms": "paid",
        "sample_price_rupiah": 5_000,
        "delivery_area": "listed",
        "delivery_places": ["33.72", "32"],
    }

    profiles.update_product(actor=officer(product.business), product=product, version=1, changes=changes)

    told = entries_of(product).get().after
    assert told["version"] == 2
    assert {name: told[name] for name in changes} == changes | {
        "pack_unit": "bungkus",
        "delivery_places": ["32", "33.72"],
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pack_content": 12}, "Isi satuan memerlukan satuan"),
        ({"sample_price_rupiah": 5_000}, "Harga contoh hanya untuk contoh berbayar"),
        ({"consignment_days": 30}, "Hari penyelesaian hanya bila menerima titip jual"),
        ({"delivery_area": "listed"}, "Pilih paling sedikit satu wilayah pengiriman"),
        ({"shelf_life_days": 0}, "Masa simpan harus lebih dari 0 hari"),
    ],
)
def test_half_a_fact_is_refused_with_what_is_missing(wrong: dict[str, Any], said: str) -> None:
    product = ProductFactory()

    with pytest.raises(ValidationError, match=said):
        profiles.update_product(actor=holder(product.business), product=product, version=1, changes=wrong)
