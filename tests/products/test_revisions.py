"""Changes of a listed product that its office wants to see first."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.actors import Actor, Via
from accounts.history import entries_of
from products import revisions
from products.models import Business, Product, ProductRevision
from products.profiles import StaleVersion
from products.revisions import AlreadyDecided
from tests.factories import (
    BusinessFactory,
    FamilyFactory,
    OfficeMemberFactory,
    PriceTierFactory,
    ProductFactory,
    RevisionFactory,
    UnitFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)


def holder_of(business: Business) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def watched_product(**values: object) -> Product:
    """A listed product whose office wants to see changes first."""
    member = OfficeMemberFactory(office__sees_changes_first=True)
    return ProductFactory(business=BusinessFactory(office=member.office), **values)


def officer_of(product: Product) -> Actor:
    return actor_of(product.business.office.members.get())


def test_a_change_waits_where_the_office_has_asked_and_a_second_one_joins_it() -> None:
    product = watched_product(name="Tas")
    holder, family, unit = holder_of(product.business), FamilyFactory(), UnitFactory()

    for changes in [{"name": "Tas anyam", "min_order": 5}, {"category": family, "unit": unit}]:
        revisions.change_product(actor=holder, product=product, version=1, changes=changes, now=NOW)
    revisions.change_product(
        actor=holder,
        product=product,
        version=1,
        changes={"price_tiers": {1: 9000}, "min_order": None},
        now=NOW,
    )

    product.refresh_from_db()
    assert (product.name, product.version) == ("Tas", 1)
    assert ProductRevision.objects.get().changes == {
        "name": "Tas anyam",
        "category": family.code,
        "unit": "buah",
        "price_tiers": {"1": 9000},
    }
    shown = revisions.as_proposed(product)
    assert (shown.name, shown.category, shown.unit, shown.proposed_tiers) == (
        "Tas anyam",
        family,
        unit,
        {1: 9000},
    )


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_what_is_not_listed_changes_at_once(status: str) -> None:
    product = watched_product(name="Tas", status=status, submitted_at=NOW)

    revision = revisions.change_product(
        actor=holder_of(product.business), product=product, version=1, changes={"name": "Tas anyam"}, now=NOW
    )

    assert (revision, Product.objects.get().name) == (None, "Tas anyam")


def test_changes_are_made_at_once_where_no_office_asked_and_by_the_office_itself() -> None:
    free, watched = ProductFactory(name="Tas"), watched_product(name="Topi")

    revisions.change_product(
        actor=holder_of(free.business), product=free, version=1, changes={"name": "Tas anyam"}, now=NOW
    )
    revisions.change_product(
        actor=officer_of(watched), product=watched, version=1, changes={"name": "Topi rajut"}, now=NOW
    )

    assert set(Product.objects.values_list("name", flat=True)) == {"Tas anyam", "Topi rajut"}
    assert list(ProductRevision.objects.all()) == []


def test_taking_a_change_back_leaves_nothing_waiting() -> None:
    product = watched_product(name="Tas")
    holder = holder_of(product.business)

    for name in ["Tas anyam", "Tas"]:
        revisions.change_product(actor=holder, product=product, version=1, changes={"name": name}, now=NOW)

    assert list(ProductRevision.objects.all()) == []


def test_accepting_writes_the_changed_fields_over_what_was_corrected_meanwhile() -> None:
    product = watched_product(name="Tas", min_order=5)
    PriceTierFactory(product=product, price_rupiah=1000)
    revisions.change_product(
        actor=holder_of(product.business),
        product=product,
        version=1,
        changes={"name": "Tas anyam", "price_tiers": {1: 2000, 10: 1500}},
        now=NOW,
    )
    office = officer_of(product)
    revisions.change_product(actor=office, product=product, version=1, changes={"min_order": 9}, now=NOW)

    for _press in range(2):
        revisions.accept(actor=office, revision=ProductRevision.objects.get(), now=NOW)

    product.refresh_from_db()
    assert (product.name, product.min_order, product.version) == ("Tas anyam", 9, 3)
    assert dict(product.price_tiers.values_list("min_quantity", "price_rupiah")) == {1: 2000, 10: 1500}
    assert [line.action for line in entries_of(product)] == [
        "revision_accepted",
        "changed",
        "changed",
        "revision_proposed",
    ]


def test_refusing_keeps_the_product_and_the_reason_and_cannot_be_turned_round() -> None:
    product = watched_product(name="Tas")
    revision = RevisionFactory(product=product, changes={"name": "TAS MURAH!!!"})

    revisions.refuse(actor=officer_of(product), revision=revision, reason="Tulis nama barangnya.", now=NOW)

    revision.refresh_from_db()
    assert (Product.objects.get().name, revision.state, revision.reason) == (
        "Tas",
        "refused",
        "Tulis nama barangnya.",
    )
    with pytest.raises(AlreadyDecided, match="sudah diputuskan"):
        revisions.accept(actor=officer_of(product), revision=revision, now=NOW)


def test_a_refusal_needs_a_reason() -> None:
    revision = RevisionFactory(product=watched_product())

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        revisions.refuse(actor=officer_of(revision.product), revision=revision, reason="", now=NOW)


def test_neither_the_business_nor_another_office_decides() -> None:
    revision = RevisionFactory(product=watched_product())

    for actor in [holder_of(revision.product.business), actor_of(OfficeMemberFactory())]:
        with pytest.raises(PermissionDenied, match="Hanya dinas wilayahnya"):
            revisions.accept(actor=actor, revision=revision, now=NOW)


def test_nobody_proposes_a_change_of_a_foreign_product() -> None:
    with pytest.raises(PermissionDenied, match="Hanya usaha itu sendiri"):
        revisions.change_product(
            actor=holder_of(BusinessFactory()),
            product=watched_product(),
            version=1,
            changes={"name": "Tas"},
            now=NOW,
        )


def test_a_wrong_value_and_a_stale_version_are_told_before_anything_waits() -> None:
    product = watched_product(version=3)
    holder = holder_of(product.business)

    with pytest.raises(ValidationError, match="Pesanan minimum harus lebih dari 0"):
        revisions.change_product(actor=holder, product=product, version=3, changes={"min_order": 0}, now=NOW)
    with pytest.raises(StaleVersion):
        revisions.change_product(actor=holder, product=product, version=2, changes={"min_order": 4}, now=NOW)

    assert list(ProductRevision.objects.all()) == []


@pytest.mark.django_db(transaction=True)
def test_many_presses_at_once_make_one_revision() -> None:
    product = watched_product(name="Tas")

    def press() -> None:
        revisions.change_product(
            actor=holder_of(product.business), product=product, version=1, changes={"name": "Baru"}, now=NOW
        )
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ProductRevision.objects.count() == 1


def test_what_a_business_changes_at_once_does_not_wait_any_longer() -> None:
    product = watched_product(name="Tas")
    holder = holder_of(product.business)
    waiting = {"name": "Tas lama", "min_order": 5}
    revisions.change_product(actor=holder, product=product, version=1, changes=waiting, now=NOW)
    type(product.business.office).objects.update(sees_changes_first=False)

    revisions.change_product(actor=holder, product=product, version=1, changes={"name": "Tas baru"}, now=NOW)

    assert ProductRevision.objects.get().changes == {"min_order": 5}
    assert revisions.as_proposed(Product.objects.get()).name == "Tas baru"
    revisions.change_product(actor=holder, product=product, version=2, changes={"min_order": 7}, now=NOW)
    assert list(ProductRevision.objects.all()) == []


def test_a_change_is_judged_together_with_what_waits_already() -> None:
    product = watched_product()
    holder, carton, piece = holder_of(product.business), UnitFactory(code="dus"), UnitFactory()

    for changes in [{"unit": carton}, {"pack_content": 12, "pack_unit": piece}]:
        revisions.change_product(actor=holder, product=product, version=1, changes=changes, now=NOW)
    with pytest.raises(ValidationError, match="harus berbeda dari satuan yang dijual"):
        revisions.change_product(actor=holder, product=product, version=1, changes={"unit": piece}, now=NOW)

    assert ProductRevision.objects.get().changes == {"unit": "dus", "pack_content": 12, "pack_unit": "buah"}
