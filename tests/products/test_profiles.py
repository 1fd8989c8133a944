"""Correcting a profile, a product, a need: who may, what history keeps, no silent overwriting."""

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.actors import ANONYMOUS, Actor, Via
from accounts.history import entries_of
from accounts.models import HistoryEntry
from products import profiles
from products.models import Business, Need, PriceTier, Product
from tests.factories import (
    BusinessFactory,
    FamilyFactory,
    NeedFactory,
    OfficeMemberFactory,
    PriceTierFactory,
    ProductFactory,
    ProvinceFactory,
    UnitFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)


def holder_of(business: Business) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def lines_of(row: Any) -> list[tuple[str, Any, Any]]:
    return [(line.action, line.before, line.after) for line in entries_of(row)]


def test_holder_corrects_the_own_profile_and_history_keeps_no_private_value() -> None:
    business = BusinessFactory(name="Sari Rancabali", phone="+6281234567890", owner_name="Ibu Contoh")

    saved = profiles.update_business(
        actor=holder_of(business),
        business=business,
        version=1,
        changes={
            "name": "Sari Rancabali Jaya",
            "story": "Menganyam sejak 2001.",
            "owner_name": "Ibu Contoh Dua",
            "phone": "+6281298765432",
            "email": "sari@contoh.test",
        },
    )

    stored = Business.objects.get(pk=business.pk)
    assert (stored.name, str(stored.phone), stored.version) == ("Sari Rancabali Jaya", "+6281298765432", 2)
    assert saved.version == 2
    assert lines_of(business) == [
        (
            "changed",
            {"name": "Sari Rancabali"},
            {"fields": ["email", "name", "owner_name", "phone", "story"], "name": "Sari Rancabali Jaya"},
        )
    ]


def test_officer_corrects_on_behalf_and_is_named() -> None:
    member = OfficeMemberFactory()
    business = BusinessFactory(office=member.office)

    profiles.update_business(
        actor=actor_of(member), business=business, version=1, changes={"district": "Soreang"}
    )

    line = entries_of(business).get()
    assert (line.via, line.user, line.business_id) == ("account", member.user, business.pk)


@pytest.mark.parametrize("kind", [BusinessFactory, ProductFactory, NeedFactory])
def test_nobody_else_corrects_anything(kind: Any) -> None:
    row = kind()
    update = {
        Business: lambda actor: profiles.update_business(
            actor=actor, business=row, version=1, changes={"name": "Diambil alih"}
        ),
        Product: lambda actor: profiles.update_product(
            actor=actor, product=row, version=1, changes={"name": "Diambil alih"}
        ),
        Need: lambda actor: profiles.update_need(
            actor=actor, need=row, version=1, changes={"text": "Diambil alih"}
        ),
    }[type(row)]

    for actor in [ANONYMOUS, holder_of(BusinessFactory()), actor_of(OfficeMemberFactory())]:
        with pytest.raises(PermissionDenied, match="Hanya usaha itu sendiri atau dinas wilayahnya"):
            update(actor)

    row.refresh_from_db()
    assert row.version == 1


def test_a_save_from_an_old_version_is_refused_and_writes_nothing() -> None:
    product = ProductFactory(min_order=10, version=2)

    with pytest.raises(profiles.StaleVersion, match="baru saja diubah oleh orang lain"):
        profiles.update_product(
            actor=holder_of(product.business), product=product, version=1, changes={"min_order": 20}
        )

    product.refresh_from_db()
    assert (product.min_order, product.version) == (10, 2)
    assert lines_of(product) == []


def test_saving_what_stands_there_changes_nothing_even_from_an_old_version() -> None:
    product = ProductFactory(min_order=20, version=2)

    profiles.update_product(
        actor=holder_of(product.business), product=product, version=1, changes={"min_order": 20}
    )

    product.refresh_from_db()
    assert product.version == 2
    assert lines_of(product) == []


def test_product_is_corrected_with_its_price_tiers() -> None:
    product = ProductFactory(name="Tas anyaman", min_order=None)
    kept = PriceTierFactory(product=product, min_quantity=1, price_rupiah=80_000)
    PriceTierFactory(product=product, min_quantity=50, price_rupiah=70_000)
    family, unit = FamilyFactory(code="tas"), UnitFactory()

    profiles.update_product(
        actor=holder_of(product.business),
        product=product,
        version=1,
        changes={
            "category": family,
            "unit": unit,
            "min_order": 12,
            "price_tiers": {1: 79_900, 100: 65_000},
        },
    )

    product.refresh_from_db()
    assert (product.category, product.unit, product.min_order, product.version) == (family, unit, 12, 2)
    tiers = product.price_tiers.order_by("min_quantity")
    assert list(tiers.values_list("min_quantity", "price_rupiah")) == [(1, 79_900), (100, 65_000)]
    assert tiers[0] == kept
    action, before, after = lines_of(product)[0]
    assert before["price_tiers"] == {"1": 80_000, "50": 70_000}
    assert after["price_tiers"] == {"1": 79_900, "100": 65_000}
    assert (action, after["fields"], after["category"], after["unit"]) == (
        "changed",
        ["category", "min_order", "price_tiers", "unit"],
        "tas",
        "buah",
    )


def test_order_of_price_tiers_is_no_change() -> None:
    product = ProductFactory()
    PriceTierFactory(product=product, min_quantity=50, price_rupiah=70_000)
    PriceTierFactory(product=product, min_quantity=1, price_rupiah=80_000)

    profiles.update_product(
        actor=holder_of(product.business),
        product=product,
        version=1,
        changes={"price_tiers": {1: 80_000, 50: 70_000}},
    )

    assert lines_of(product) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"min_order": 0}, "Pesanan minimum harus lebih dari 0."),
        ({"capacity_per_month": 0}, "Kapasitas per bulan harus lebih dari 0."),
        ({"price_tiers": {1: 0}}, "Harga harus lebih dari Rp0."),
        ({"price_tiers": {0: 5000}}, "Jumlah harus lebih dari 0."),
    ],
)
def test_product_that_breaks_a_rule_is_refused_with_its_sentence(changes: Any, sentence: str) -> None:
    product = ProductFactory()

    with pytest.raises(ValidationError) as refusal:
        profiles.update_product(
            actor=holder_of(product.business), product=product, version=1, changes=changes
        )

    assert refusal.value.messages == [sentence]
    product.refresh_from_db()
    assert (product.version, PriceTier.objects.count()) == (1, 0)


def test_need_is_corrected_and_its_words_stay_out_of_history() -> None:
    need = NeedFactory(text="Kardus", certificates_required=["pirt"])

    profiles.update_need(
        actor=holder_of(need.business),
        need=need,
        version=1,
        changes={
            "text": "Kardus, hubungi Bu Contoh",
            "quantity": 500,
            "certificates_required": ["halal", "pirt"],
            "area_province": ProvinceFactory(code="33"),
            "open_until": date(2018, 6, 30),
        },
    )

    need.refresh_from_db()
    assert (need.text, need.quantity, need.version) == ("Kardus, hubungi Bu Contoh", 500, 2)
    assert lines_of(need) == [
        (
            "changed",
            {"area_province": None, "certificates_required": ["pirt"], "open_until": None, "quantity": None},
            {
                "fields": ["area_province", "certificates_required", "open_until", "quantity", "text"],
                "area_province": "33",
                "certificates_required": ["halal", "pirt"],
                "open_until": "2018-06-30",
                "quantity": 500,
            },
        )
    ]


def test_need_that_ends_before_it_starts_is_refused() -> None:
    need = NeedFactory(wanted_from=date(2018, 4, 1))

    with pytest.raises(ValidationError, match="sesudah tanggal mulai dibutuhkan"):
        profiles.update_need(
            actor=holder_of(need.business), need=need, version=1, changes={"open_until": date(2018, 3, 1)}
        )


def test_withdrawn_need_leaves_matching_and_comes_back() -> None:
    need = NeedFactory()
    actor = holder_of(need.business)

    profiles.withdraw_need(actor=actor, need=need, now=NOW)
    assert list(Need.objects.open_on(date(2018, 3, 1))) == []

    profiles.reopen_need(actor=actor, need=need)
    assert list(Need.objects.open_on(date(2018, 3, 1))) == [need]
    assert [line.action for line in entries_of(need)] == ["reopened", "withdrawn"]
    assert Need.objects.get(pk=need.pk).version == 3


def test_withdrawing_twice_keeps_the_first_time() -> None:
    need = NeedFactory()
    actor = holder_of(need.business)
    profiles.withdraw_need(actor=actor, need=need, now=NOW)

    again = profiles.withdraw_need(actor=actor, need=need, now=NOW.replace(hour=10))

    assert again.withdrawn_at == NOW
    assert entries_of(need).count() == 1


def test_nobody_else_withdraws_a_need() -> None:
    need = NeedFactory()

    with pytest.raises(PermissionDenied, match="Hanya usaha itu sendiri"):
        profiles.withdraw_need(actor=holder_of(BusinessFactory()), need=need, now=NOW)

    assert HistoryEntry.objects.count() == 0


def test_business_with_only_a_withdrawn_need_has_no_public_page() -> None:
    need = NeedFactory()
    NeedFactory(withdrawn_at=NOW)

    assert list(Business.objects.in_public()) == [need.business]


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_the_same_moment_exactly_one_is_kept() -> None:
    """Seen failing with ``select_for_update`` taken away: several saves from version 1 were kept."""
    product = ProductFactory(min_order=None)
    start = threading.Barrier(8)
    outcomes: list[str] = []

    def save(number: int) -> None:
        start.wait()
        try:
            profiles.update_product(
                actor=holder_of(product.business), product=product, version=1, changes={"min_order": number}
            )
            outcomes.append("kept")
        except profiles.StaleVersion:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[number]) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["kept"] + ["stale"] * 7
    assert Product.objects.get().version == 2
    assert entries_of(product).count() == 1
