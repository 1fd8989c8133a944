"""The office's pages of inquiries: the list, one of them, making a pair of it, closing it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matchmaking.models import Inquiry, Pair
from regions.models import Region
from tests.factories import (
    BusinessFactory,
    DelegationFactory,
    InquiryFactory,
    ParticipationFactory,
    ProductFactory,
    RegionFactory,
)
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db


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


def test_page_says_whose_interest_counts_as_an_answer(client: Client, scene: ContactScene) -> None:
    page = reverse("matchmaking:inquiry_detail", args=[make_inquiry(scene).receipt_number])
    client.force_login(scene.guest.user)

    indonesian = client.get(page).content.decode()
    english = client.get(page, headers={"accept-language": "en"}).content.decode()

    assert "Pengirim yang Anda daftarkan sebagai usaha baru dicatat menjawab “Mau”." in indonesian
    assert "Usaha yang sudah terdaftar dan penjual menjawab sendiri lewat tautan pribadinya." in indonesian
    assert "A sender you register as a new business is recorded as answering “Yes”." in english


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
