"""What is shown in the catalogue: who moves a product where, from which state, with which reason."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import Actor, Via
from accounts.history import entries_of
from products import listing
from products.listing import Act, StepNotAllowed
from products.models import Business, Product
from tests.factories import BusinessFactory, OfficeMemberFactory, ProductFactory, actor_of

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)
REASON = "Foto belum ada."


def holder_of(business: Business) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def product_in(status: str, business: Business) -> Product:
    refused = status in {"sent_back", "suspended"}
    return ProductFactory(
        business=business, status=status, status_reason="Lama." if refused else "", submitted_at=NOW
    )


def test_a_product_goes_from_draft_over_sent_back_to_listed_and_suspended() -> None:
    member = OfficeMemberFactory()
    office, business = actor_of(member), BusinessFactory(office=member.office)
    holder, product = holder_of(business), ProductFactory(business=business, status="draft")

    seen = []
    for actor, act, reason in [
        (holder, Act.SUBMIT, ""),
        (office, Act.SEND_BACK, REASON),
        (holder, Act.SUBMIT, ""),
        (office, Act.LIST, ""),
        (office, Act.SUSPEND, "Usaha pindah."),
        (office, Act.LIST, ""),
    ]:
        listing.move(actor=actor, products=[product], act=act, now=NOW, reason=reason)
        product.refresh_from_db()
        seen.append((product.status, product.status_reason, product.submitted_at))

    assert seen == [
        ("submitted", "", NOW),
        ("sent_back", REASON, NOW),
        ("submitted", "", NOW),
        ("listed", "", NOW),
        ("suspended", "Usaha pindah.", NOW),
        ("listed", "", NOW),
    ]
    assert [(line.action, line.note) for line in entries_of(product)] == [
        ("listed", ""),
        ("suspended", "Usaha pindah."),
        ("listed", ""),
        ("submitted", ""),
        ("sent_back", REASON),
        ("submitted", ""),
    ]


ALLOWED = {
    ("draft", Act.SUBMIT),
    ("sent_back", Act.SUBMIT),
    ("draft", Act.LIST),
    ("submitted", Act.LIST),
    ("sent_back", Act.LIST),
    ("suspended", Act.LIST),
    ("submitted", Act.SEND_BACK),
    ("listed", Act.SUSPEND),
}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("status", Product.Status.values)
def test_only_the_steps_of_the_table_are_taken(status: str, act: Act) -> None:
    member = OfficeMemberFactory()
    product = product_in(status, BusinessFactory(office=member.office))
    if status == listing.STEPS[act].target:
        assert listing.move(actor=actor_of(member), products=[product], act=act, now=NOW) == []
    elif (status, act) in ALLOWED:
        listing.move(actor=actor_of(member), products=[product], act=act, now=NOW, reason=REASON)
    else:
        with pytest.raises(StepNotAllowed, match="jadi tindakan ini tidak berlaku"):
            listing.move(actor=actor_of(member), products=[product], act=act, now=NOW, reason=REASON)

    moved = (status, act) in ALLOWED
    assert Product.objects.get(pk=product.pk).status == (listing.STEPS[act].target if moved else status)


@pytest.mark.parametrize("act", [Act.SEND_BACK, Act.SUSPEND])
def test_a_refusal_without_a_reason_is_refused(act: Act) -> None:
    member = OfficeMemberFactory()
    status = "submitted" if act == Act.SEND_BACK else "listed"
    product = product_in(status, BusinessFactory(office=member.office))

    with pytest.raises(ValidationError, match="Tulis alasannya, supaya pelaku usaha tahu"):
        listing.move(actor=actor_of(member), products=[product], act=act, now=NOW)

    assert Product.objects.get(pk=product.pk).status == status


def test_one_foreign_product_among_many_moves_none() -> None:
    member = OfficeMemberFactory()
    own = product_in("submitted", BusinessFactory(office=member.office))
    foreign = product_in("submitted", BusinessFactory())

    with pytest.raises(PermissionDenied, match="Hanya dinas wilayahnya"):
        listing.move(actor=actor_of(member), products=[own, foreign], act=Act.LIST, now=NOW)

    assert list(Product.objects.values_list("status", flat=True)) == ["submitted", "submitted"]


def test_a_business_does_not_list_its_own_product() -> None:
    product = product_in("submitted", BusinessFactory())

    with pytest.raises(PermissionDenied, match="Hanya dinas wilayahnya"):
        listing.move(actor=holder_of(product.business), products=[product], act=Act.LIST, now=NOW)


def test_only_the_office_itself_asks_to_see_changes_first() -> None:
    member, stranger = OfficeMemberFactory(), OfficeMemberFactory()

    listing.set_sees_changes_first(actor=actor_of(member), office=member.office, is_wanted=True)
    with pytest.raises(PermissionDenied, match="Hanya dinas itu sendiri"):
        listing.set_sees_changes_first(actor=actor_of(stranger), office=member.office, is_wanted=False)

    member.office.refresh_from_db()
    assert member.office.sees_changes_first
