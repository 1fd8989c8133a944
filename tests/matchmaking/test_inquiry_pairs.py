"""What the seller's office does with an inquiry: reading it, making a pair of it, closing it."""

import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor, Via
from accounts.history import entries_of
from matchmaking.inquiries import close_inquiry, turn_into_pair
from matchmaking.models import Inquiry, Pair
from products.models import Business
from regions.models import Region
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


def test_existing_business_becomes_the_buyer(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    pair = pair_of(scene, inquiry, scene.host_business)

    inquiry.refresh_from_db()
    assert (inquiry.pair, inquiry.handled_by, inquiry.is_waiting) == (pair, scene.guest.user, False)
    assert {pair.business_a, pair.business_b} == {scene.guest_business, scene.host_business}
    assert pair.origin == Pair.Origin.INQUIRY
    assert pair.staff_reason == "Pembeli menyampaikan minat lewat formulir (M-ABCD2345): Sepatu derby."
    assert (pair.answer_of(scene.host_business.pk), pair.answer_of(scene.guest_business.pk)) in [
        ("yes", ""),
        ("", ""),
    ]


def test_interest_of_the_sender_is_the_buyers_yes_by_public_form(scene: ContactScene) -> None:
    pair = pair_of(scene, make_inquiry(scene), scene.host_business)

    interest = pair.interests.get()
    stored = Pair.objects.get(pk=pair.pk)
    assert (interest.business, interest.answer, interest.via, interest.recorded_by) == (
        scene.host_business,
        "yes",
        "public_form",
        None,
    )
    assert stored.answer_of(scene.host_business.pk) == "yes"
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


def test_proposed_pair_is_kept_and_gains_the_answer(scene: ContactScene) -> None:
    proposed = scene.make_pair()

    pair = pair_of(scene, make_inquiry(scene), scene.host_business)

    stored = Pair.objects.get()
    assert (pair, stored.origin, stored.answer_of(scene.host_business.pk)) == (proposed, "proposed", "yes")


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

    assert [(line.action, line.note) for line in entries_of(inquiry)] == [("closed", "Iseng.")]


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


# The list


def listed(client: Client, query: str = "") -> list[str]:
    response = client.get(reverse("matchmaking:inquiries") + query)

    assert response.status_code == 200
    return [inquiry.receipt_number for inquiry in response.context["page"]]


def test_list_begins_with_those_that_wait(client: Client, scene: ContactScene) -> None:
    closed = make_inquiry(scene, receipt_number="M-TUTUP", closed_reason="Iseng.")
    paired = make_inquiry(scene, receipt_number="M-PASANG", pair=scene.make_pair())
    make_inquiry(scene, receipt_number="M-LAMA")
    make_inquiry(scene, receipt_number="M-BARU")
    client.force_login(scene.guest.user)

    assert listed(client) == ["M-LAMA", "M-BARU", paired.receipt_number, closed.receipt_number]
    assert listed(client, "?keadaan=menunggu") == ["M-LAMA", "M-BARU"]
    assert listed(client, "?keadaan=pasangan") == ["M-PASANG"]
    assert listed(client, "?keadaan=ditutup") == ["M-TUTUP"]
    assert listed(client, "?q=lama") == ["M-LAMA"]
    assert listed(client, "?q=laweyan&keadaan=ngawur") == ["M-LAMA", "M-BARU", "M-PASANG", "M-TUTUP"]


def test_empty_list_says_where_inquiries_come_from(client: Client, scene: ContactScene) -> None:
    client.force_login(scene.guest.user)

    page = client.get(reverse("matchmaking:inquiries")).content.decode()
    filtered = client.get(reverse("matchmaking:inquiries") + "?q=x").content.decode()

    assert "Belum ada pernyataan minat" in page
    assert "Tidak ada pernyataan minat dengan saringan ini." in filtered


@pytest.mark.parametrize("who", ["host", "stranger"])
def test_other_offices_see_none_of_it(client: Client, scene: ContactScene, who: str) -> None:
    inquiry = make_inquiry(scene)
    client.force_login(getattr(scene, who).user)

    page = reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number])
    close = reverse("matchmaking:inquiry_close", args=[inquiry.receipt_number])
    assert listed(client) == []
    assert client.get(page).status_code == 404
    assert client.post(page, {"kontak": scene.trade_contact.slug, "buyer": "new"}).status_code == 404
    assert client.post(close, {"reason": "x"}).status_code == 404


def test_stranger_is_asked_to_sign_in(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    response = client.get(reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number]))

    assert response.status_code == 302
    assert "masuk" in response["Location"] or "login" in response["Location"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_five_queries(
    client: Client, scene: ContactScene, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make_inquiry(scene, receipt_number=f"M-{number}")
    client.force_login(scene.guest.user)

    with django_assert_num_queries(5):
        client.get(reverse("matchmaking:inquiries"))


# The page of one


def detail(inquiry: Inquiry) -> str:
    return reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number])


def test_page_shows_the_sender_and_suggests_who_it_is(client: Client, scene: ContactScene) -> None:
    by_phone = BusinessFactory(name="Batik Solo", office=scene.host.office, phone="+6281234567890")
    by_name = ParticipationFactory(
        delegation=scene.host_delegation, business__name="Toko Batik Laweyan"
    ).business
    inquiry = make_inquiry(scene)
    client.force_login(scene.guest.user)

    response = client.get(detail(inquiry))

    text = response.content.decode()
    for words in ["Budi Contoh", "Toko Laweyan", "0812-3456-7890", "Sepatu derby"]:
        assert words in text
    labels = [label for _value, label in response.context["form"].fields["buyer"].choices]
    assert labels == [
        f"{by_phone.name} (nomor teleponnya sama)",
        f"{by_name.name} (namanya mirip)",
        f"Usaha baru: Toko Laweyan, {scene.host.office.region.name}",
        "Usaha lain dalam kontak dagang ini",
    ]


def test_sender_is_suggested_by_address(client: Client, scene: ContactScene) -> None:
    known = BusinessFactory(name="Hotel Solo", office=scene.host.office, email="Beli@contoh.test")
    client.force_login(scene.guest.user)

    response = client.get(detail(make_inquiry(scene, phone="", email="beli@contoh.test")))

    choices = response.context["form"].fields["buyer"].choices
    assert choices[0] == (str(known.pk), "Hotel Solo (alamat e-mailnya sama)")


def test_officer_makes_the_pair_on_the_page(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    client.force_login(scene.guest.user)

    response = client.post(detail(inquiry), {"kontak": scene.trade_contact.slug, "buyer": "new"})

    pair = Pair.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse(
        "matchmaking:pair_detail", args=[scene.trade_contact.slug, pair.pk]
    )
    assert pair.get_origin_display() == "dari pernyataan minat"
    assert response["Location"] in client.get(detail(inquiry)).content.decode()


def test_officer_chooses_another_business_of_the_contact(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    client.force_login(scene.guest.user)

    client.post(
        detail(inquiry),
        {"kontak": scene.trade_contact.slug, "buyer": "other", "other": scene.host_business.pk},
    )

    assert Pair.objects.get().has_side(scene.host_business.pk)


@pytest.mark.parametrize(
    ("choice", "field", "message"),
    [
        ({}, "buyer", "Pilih pembelinya: usaha yang sudah ada, atau usaha baru."),
        ({"buyer": "999"}, "buyer", "Pilih pembelinya dari daftar."),
        ({"buyer": "other"}, "other", "Pilih usahanya dari daftar ini."),
        ({"buyer": "other", "other": "999999"}, "other", "Pilih usaha dari daftar."),
    ],
)
def test_wrong_choice_is_explained(
    client: Client, scene: ContactScene, choice: dict[str, str], field: str, message: str
) -> None:
    client.force_login(scene.guest.user)

    response = client.post(detail(make_inquiry(scene)), {"kontak": scene.trade_contact.slug, **choice})

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [message]}
    assert message in response.content.decode()


def test_refusal_of_the_pair_is_shown_on_the_page(client: Client, scene: ContactScene) -> None:
    scene.make_pair(hidden_at=timezone.now(), staff_reason="Sudah bekerja sama.")
    client.force_login(scene.guest.user)

    response = client.post(
        detail(make_inquiry(scene)),
        {"kontak": scene.trade_contact.slug, "buyer": "other", "other": scene.host_business.pk},
    )

    assert response.status_code == 422
    assert "Pasangan ini disembunyikan: Sudah bekerja sama." in response.content.decode()


def test_page_says_why_the_sender_cannot_be_a_new_business(client: Client, scene: ContactScene) -> None:
    far = RegionFactory(name="Kota Jauh", kind=Region.Kind.CITY)
    client.force_login(scene.guest.user)

    response = client.get(detail(make_inquiry(scene, region=far)))

    assert "Belum ada dinas dari Kota Jauh" in response.content.decode()
    assert [value for value, _label in response.context["form"].fields["buyer"].choices] == ["other"]


def test_office_without_a_contact_is_told_to_open_one(client: Client, scene: ContactScene) -> None:
    product = ProductFactory(business__office=scene.stranger.office)
    inquiry = InquiryFactory(business=product.business, product=product, receipt_number="M-SENDIRI")
    client.force_login(scene.stranger.user)

    text = client.get(detail(inquiry)).content.decode()

    assert "Dinas Anda belum ikut dalam kontak dagang" in text
    assert reverse("matchmaking:contact_new") in text
    assert (
        client.post(detail(inquiry), {"kontak": scene.trade_contact.slug, "buyer": "new"}).status_code == 404
    )


def test_contact_with_the_senders_office_is_chosen_first(client: Client, scene: ContactScene) -> None:
    DelegationFactory(
        office=scene.guest.office, trade_contact__starts_on=date(2030, 1, 1), trade_contact__ends_on=None
    )
    client.force_login(scene.guest.user)
    inquiry = make_inquiry(scene)

    response = client.get(detail(inquiry))

    assert response.context["contact"] == scene.trade_contact
    assert len(response.context["contacts"]) == 2
    other = response.context["contacts"][1]
    assert client.get(detail(inquiry), {"kontak": other.slug}).context["contact"] == other
    assert client.get(detail(inquiry), {"kontak": "ngawur"}).context["contact"] == scene.trade_contact


def test_officer_closes_an_inquiry_with_a_reason(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    close = reverse("matchmaking:inquiry_close", args=[inquiry.receipt_number])
    client.force_login(scene.guest.user)

    missing = client.post(close, {"reason": ""})
    done = client.post(close, {"reason": "Kiriman iseng."})

    assert missing.status_code == 422
    assert "Tulis alasannya, mis. sudah dihubungi langsung." in missing.content.decode()
    assert done["Location"] == reverse("matchmaking:inquiries")
    assert "Ditutup: Kiriman iseng." in client.get(detail(inquiry)).content.decode()


def test_closing_what_is_a_pair_is_refused_on_the_page(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene, pair=scene.make_pair())
    client.force_login(scene.guest.user)

    response = client.post(
        reverse("matchmaking:inquiry_close", args=[inquiry.receipt_number]), {"reason": "Iseng."}
    )

    assert response.status_code == 422
