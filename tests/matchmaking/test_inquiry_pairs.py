"""Making a pair of an inquiry, once, and closing one: who may, what stays behind, what is refused."""

import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.actors import Actor, Via
from accounts.history import entries_of
from matchmaking.buyers import choice_for
from matchmaking.delegations import remove_participant
from matchmaking.inquiries import close_inquiry, turn_into_pair
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Inquiry, Pair
from products.models import Business
from tests.factories import (
    BusinessFactory,
    DelegationFactory,
    InquiryFactory,
    OfficeFactory,
    ParticipationFactory,
    ProductFactory,
    RegionFactory,
)
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 22)


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


def make_inquiry(scene: ContactScene, **values: Any) -> Inquiry:
    """Return an inquiry from the host's region about a product of the guest's business."""
    product = ProductFactory(business=scene.guest_business, name="Sepatu derby")
    sent = {
        "receipt_number": "M-ABCD2345",
        "region": scene.host.office.region,
        "sender_name": "Budi Contoh",
        "company": "Toko Laweyan",
        "phone": "+6281234567890",
        "email": "",
    }
    return InquiryFactory(business=scene.guest_business, product=product, **sent | values)


def pair_of(scene: ContactScene, inquiry: Inquiry, buyer: Business | None = None, **values: Any) -> Pair:
    options = {"actor": scene.guest_actor, "trade_contact": scene.trade_contact, "today": DAY} | values
    return turn_into_pair(inquiry=inquiry, buyer=buyer, **options)


# Making a pair


def test_new_sender_is_not_registered_while_answers_are_locked(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    type(scene.trade_contact).objects.update(answers_locked_at=timezone.now())

    with pytest.raises(ValidationError, match="Buka kuncinya dahulu"):
        pair_of(scene, inquiry)

    assert "Buka kuncinya dahulu" in choice_for(inquiry, scene.trade_contact).why_not_new
    assert (Pair.objects.count(), Business.objects.filter(name="Toko Laweyan").count()) == (0, 0)


def test_inquiry_is_not_tied_to_a_closed_pair(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    scene.make_pair(step="closed", closed_reason="price", step_at=timezone.now())

    with pytest.raises(ValidationError, match="Buka lagi dahulu"):
        pair_of(scene, inquiry, scene.host_business)

    inquiry.refresh_from_db()
    assert inquiry.is_waiting


def test_existing_business_becomes_the_buyer(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    pair = pair_of(scene, inquiry, scene.host_business)

    inquiry.refresh_from_db()
    assert (inquiry.pair, inquiry.handled_by, inquiry.is_waiting) == (pair, scene.guest.user, False)
    assert {pair.business_a, pair.business_b} == {scene.guest_business, scene.host_business}
    assert pair.origin == Pair.Origin.INQUIRY
    assert pair.staff_reason == "Pembeli menyampaikan minat lewat formulir (M-ABCD2345): Sepatu derby."


@pytest.mark.parametrize("known", [{}, {"phone": "+6281234567890"}, {"email": "budi@contoh.test"}])
def test_typed_details_answer_for_no_existing_business(scene: ContactScene, known: dict[str, str]) -> None:
    Business.objects.filter(pk=scene.host_business.pk).update(**known)
    scene.host_business.refresh_from_db()

    pair = pair_of(scene, make_inquiry(scene, email="budi@contoh.test"), scene.host_business)

    stored = Pair.objects.get(pk=pair.pk)
    assert (stored.answer_a, stored.answer_b, list(stored.interests.all())) == ("", "", [])


def test_an_answer_the_buyer_gave_before_stays(scene: ContactScene) -> None:
    scene.host_business.phone = "+6281234567890"
    scene.host_business.save()
    pair = scene.make_pair()
    sender = Actor(via=Via.LINK, business_id=scene.host_business.pk)
    record_answer(actor=sender, pair=pair, business=scene.host_business, answer=Answer.NO)

    pair_of(scene, make_inquiry(scene), scene.host_business)

    assert Pair.objects.get(pk=pair.pk).answer_of(scene.host_business.pk) == "no"


def test_business_that_its_office_took_out_is_not_brought_back(scene: ContactScene) -> None:
    buyer = ParticipationFactory(
        delegation=scene.host_delegation,
        business=BusinessFactory(office=scene.host.office, phone="+6281234567890"),
    )
    remove_participant(actor=scene.host_actor, participation=buyer, reason="batal ikut")

    with pytest.raises(ValidationError, match=r"mengeluarkan .* dari delegasinya\. Hubungi dinas itu dahulu"):
        pair_of(scene, make_inquiry(scene), buyer.business)

    assert not scene.host_delegation.participations.filter(business=buyer.business).exists()


def test_business_that_the_own_office_took_out_is_put_back(scene: ContactScene) -> None:
    remove_participant(
        actor=scene.guest_actor,
        participation=scene.guest_delegation.participations.get(),
        reason="batal ikut",
    )

    pair = pair_of(scene, make_inquiry(scene), scene.host_business)

    assert pair.has_side(scene.guest_business.pk)
    assert [row.business for row in scene.guest_delegation.participations.all()] == [scene.guest_business]
    assert [line.action for line in entries_of(scene.guest_delegation)] == [
        "participant_added",
        "participant_removed",
    ]


def test_interest_of_a_new_sender_is_the_buyers_yes_by_public_form(scene: ContactScene) -> None:
    pair = pair_of(scene, make_inquiry(scene))

    interest, buyer = pair.interests.get(), pair.partner_of(scene.guest_business.pk)
    stored = Pair.objects.get(pk=pair.pk)
    assert (interest.business, interest.answer, interest.via, interest.recorded_by) == (
        buyer,
        "yes",
        "public_form",
        None,
    )
    assert stored.answer_of(buyer.pk) == "yes"
    assert stored.answer_of(scene.guest_business.pk) == ""
    assert not stored.is_mutual


def test_sender_becomes_a_new_business_in_the_other_delegation(scene: ContactScene) -> None:
    pair = pair_of(scene, make_inquiry(scene))

    buyer = pair.partner_of(scene.guest_business.pk)
    assert (buyer.name, buyer.owner_name, str(buyer.phone), buyer.office, buyer.region) == (
        "Toko Laweyan",
        "Budi Contoh",
        "+6281234567890",
        scene.host.office,
        scene.host.office.region,
    )
    assert scene.host_delegation.participations.filter(business=buyer).exists()
    [line] = entries_of(scene.host_delegation)
    assert (line.action, line.business_id, line.office_id) == (
        "participant_added",
        buyer.pk,
        scene.guest.office_id,
    )
    assert [line.action for line in entries_of(buyer)] == ["registered"]


def test_office_of_the_sender_may_take_the_new_business_out_again(scene: ContactScene) -> None:
    pair = pair_of(scene, make_inquiry(scene))
    new = scene.host_delegation.participations.get(business=pair.partner_of(scene.guest_business.pk))

    remove_participant(actor=scene.host_actor, participation=new, reason="tidak dikenal")

    assert [row.business for row in scene.host_delegation.participations.all()] == [scene.host_business]
    assert list(Pair.objects.shown()) == []


def test_sender_without_a_company_is_known_by_name(scene: ContactScene) -> None:
    pair = pair_of(scene, make_inquiry(scene, company=""))

    assert pair.partner_of(scene.guest_business.pk).name == "Budi Contoh"


def test_seller_outside_the_delegation_is_taken_along(scene: ContactScene) -> None:
    seller = BusinessFactory(office=scene.guest.office)
    inquiry = InquiryFactory(business=seller, region=scene.host.office.region)

    pair = pair_of(scene, inquiry, scene.host_business)

    assert pair.has_side(seller.pk)
    assert scene.guest_delegation.participations.filter(business=seller).exists()


def test_history_names_the_pair_without_personal_data(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    pair = pair_of(scene, inquiry)

    [line] = entries_of(inquiry)
    assert (line.action, line.after, line.user) == ("turned_into_pair", {"pair": pair.pk}, scene.guest.user)


def test_proposed_pair_is_kept_and_waits_for_both(scene: ContactScene) -> None:
    proposed = scene.make_pair()

    pair = pair_of(scene, make_inquiry(scene), scene.host_business)

    stored = Pair.objects.get()
    assert (pair, stored.origin, stored.answer_state) == (proposed, "proposed", "unanswered")


def test_pressing_twice_makes_one_pair(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    first, second = pair_of(scene, inquiry), pair_of(scene, inquiry)

    assert first == second
    assert Business.objects.filter(name="Toko Laweyan").count() == 1
    assert [line.action for line in entries_of(inquiry)] == ["turned_into_pair"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_pair() -> None:
    """Seen failing when the inquiry is not locked: the slower ones meet a sender who is known already."""
    scene = make_contact()
    inquiry = make_inquiry(scene)
    start, pairs = threading.Barrier(3), []

    def press() -> None:
        try:
            start.wait()
            pairs.append(pair_of(scene, inquiry).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _press in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert pairs == [Pair.objects.get().pk] * 3
    assert Business.objects.filter(name="Toko Laweyan").count() == 1


# What is refused, and why


def test_sender_of_the_sellers_own_region_is_refused(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene, region=scene.guest.office.region)

    with pytest.raises(ValidationError, match="Pasangan usaha mempertemukan dua daerah"):
        pair_of(scene, inquiry)


def test_sender_of_a_region_without_an_office_in_the_contact_is_refused(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene, region=RegionFactory(name="Kota Jauh"))

    with pytest.raises(ValidationError, match="Belum ada dinas dari Kota Jauh dalam kontak dagang ini"):
        pair_of(scene, inquiry)


def test_sender_who_is_known_already_is_not_registered_again(scene: ContactScene) -> None:
    BusinessFactory(name="Batik Laweyan", office=scene.host.office, phone="+6281234567890")

    with pytest.raises(ValidationError, match="sudah tercatat untuk Batik Laweyan"):
        pair_of(scene, make_inquiry(scene))


def test_buyer_from_elsewhere_is_refused(scene: ContactScene) -> None:
    with pytest.raises(ValidationError, match="Pilih usaha dari delegasi daerah lain"):
        pair_of(scene, make_inquiry(scene), BusinessFactory())


def test_known_sender_whose_office_is_not_in_the_contact_is_refused(scene: ContactScene) -> None:
    far = OfficeFactory(name="Dinas Jauh")
    known = BusinessFactory(office=far, phone="+6281234567890")

    with pytest.raises(ValidationError, match="Dinas Jauh tidak ikut dalam kontak dagang ini"):
        pair_of(scene, make_inquiry(scene, region=far.region), known)


def test_hidden_pair_stays_hidden(scene: ContactScene) -> None:
    scene.make_pair(hidden_at=timezone.now(), staff_reason="Sudah bekerja sama.")

    with pytest.raises(ValidationError, match="Pasangan ini disembunyikan: Sudah bekerja sama"):
        pair_of(scene, make_inquiry(scene), scene.host_business)


@pytest.mark.parametrize("who", ["host", "stranger", "seller by link"])
def test_only_the_sellers_office_makes_the_pair(scene: ContactScene, who: str) -> None:
    actor = {
        "host": scene.host_actor,
        "stranger": scene.stranger_actor,
        "seller by link": Actor(via=Via.LINK, business_id=scene.guest_business.pk),
    }[who]
    inquiry = make_inquiry(scene)

    with pytest.raises(PermissionDenied, match="ditangani oleh dinas wilayah penjual"):
        pair_of(scene, inquiry, scene.host_business, actor=actor)

    assert Pair.objects.count() == 0


def test_contact_of_other_offices_is_refused(scene: ContactScene) -> None:
    foreign = make_contact().trade_contact

    with pytest.raises(PermissionDenied, match="Dinas Anda tidak ikut dalam kontak dagang ini"):
        pair_of(scene, make_inquiry(scene), scene.host_business, trade_contact=foreign)


def test_refusal_leaves_nothing_behind(scene: ContactScene) -> None:
    other_contact = DelegationFactory(office=scene.guest.office).trade_contact
    DelegationFactory(trade_contact=other_contact)

    with pytest.raises(ValidationError):
        pair_of(scene, make_inquiry(scene), trade_contact=other_contact)

    assert Business.objects.filter(name="Toko Laweyan").count() == 0
    assert Pair.objects.count() == 0


# Closing without a pair


def test_closed_inquiry_waits_no_longer_and_can_still_become_a_pair(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    close_inquiry(actor=scene.guest_actor, inquiry=inquiry, reason="Sudah dihubungi.")

    assert list(Inquiry.objects.waiting()) == []
    pair_of(scene, inquiry, scene.host_business)
    inquiry.refresh_from_db()
    assert (inquiry.closed_reason, inquiry.pair is not None) == ("", True)


def test_closing_twice_is_one_line_of_history(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    for _press in range(2):
        close_inquiry(actor=scene.guest_actor, inquiry=inquiry, reason="Iseng.")

    assert [(line.action, line.note) for line in entries_of(inquiry)] == [("closed", "")]


def test_pair_is_not_closed(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    pair_of(scene, inquiry, scene.host_business)

    with pytest.raises(ValidationError, match="sudah menjadi pasangan usaha"):
        close_inquiry(actor=scene.guest_actor, inquiry=inquiry, reason="Iseng.")


@pytest.mark.parametrize(
    ("reason", "message"), [(" ", "Tulis alasannya, mis. sudah dihubungi langsung."), ("x" * 201, "200")]
)
def test_reason_must_be_given_and_short(scene: ContactScene, reason: str, message: str) -> None:
    inquiry = make_inquiry(scene)

    with pytest.raises(ValidationError, match=message):
        close_inquiry(actor=scene.guest_actor, inquiry=inquiry, reason=reason)

    assert entries_of(inquiry).count() == 0
