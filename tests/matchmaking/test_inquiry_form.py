"""Interest in a business or a need, each consent for itself, and what holds a program back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.history import entries_of
from accounts.models import SendingCount
from accounts.sending_limits import CAUGHT, SENT
from matchmaking.models import Inquiry
from outbox.models import Message
from products.models import Business, Need, Product
from regions.models import OfficeMember
from tests.factories import NeedFactory, OfficeMemberFactory, ProductFactory, RegionFactory, UnitFactory
from tradecontact import form_tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> OfficeMember:
    return OfficeMemberFactory(user__email="petugas@contoh.test")


@pytest.fixture
def product(office: OfficeMember) -> Product:
    RegionFactory(name="Kota Surakarta", kind="kota")
    return ProductFactory(name="Sepatu derby", business__name="Sari Kulit", business__office=office.office)


@pytest.fixture
def need(office: OfficeMember) -> Need:
    RegionFactory(name="Kota Surakarta", kind="kota")
    text = "Kotak sepatu, hubungi 0812-3456-7890"
    return NeedFactory(
        text=text, business__name="Sari Kulit", business__office=office.office, unit=UnitFactory()
    )


def typed(subject: str, **changes: Any) -> dict[str, Any]:
    """Return a filled form about ``subject``, such as ``need 7``, that was opened two minutes ago."""
    token = form_tokens.new_token(subject, timezone.now() - timedelta(minutes=2))
    return {
        "sender_name": "Budi Contoh",
        "region": "solo",
        "phone": "0812-3456-7890",
        "has_consent": "on",
        "form_token": token,
    } | changes


def send(client: Client, product: Product, **changes: Any) -> Any:
    address = reverse("matchmaking:inquiry_new", args=[product.pk])
    return client.post(address, typed(f"product {product.pk}", **changes))


# A business, a need


def test_interest_in_a_business(client: Client, product: Product) -> None:
    business = product.business
    address = reverse("matchmaking:inquiry_to_business", args=[business.pk])
    assert (
        "Untuk <strong>produk atau kerja sama</strong> dari Sari Kulit"
        in client.get(address).content.decode()
    )

    response = client.post(address, typed(f"business {business.pk}"))

    inquiry = Inquiry.objects.get()
    assert (inquiry.about, inquiry.business, inquiry.product) == ("business", business, None)
    assert entries_of(inquiry).get().after == {"business": business.pk}
    assert "produk atau kerja sama" in client.get(response["Location"]).content.decode()


def test_interest_in_a_need_says_what_can_be_supplied(
    client: Client, need: Need, django_capture_on_commit_callbacks: Any
) -> None:
    address = reverse("matchmaking:inquiry_to_need", args=[need.pk])
    page = client.get(address).content.decode()
    assert "Jumlah yang bisa dipasok (buah)" in page
    assert "3456" not in page

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, typed(f"need {need.pk}", quantity="500"))

    inquiry = Inquiry.objects.get()
    assert (inquiry.about, inquiry.need, inquiry.quantity, inquiry.unit) == ("need", need, 500, need.unit)
    [message] = mail.outbox
    assert message.subject == f"[Tradecontact] Calon pemasok {inquiry.receipt_number}"
    assert message.body.startswith("Ada yang bisa memasok kebutuhan Sari Kulit: Kotak sepatu, hubungi …")


def test_need_that_has_ended_takes_no_offer(client: Client, need: Need) -> None:
    Need.objects.filter(pk=need.pk).update(open_until=timezone.localdate() - timedelta(days=1))
    address = reverse("matchmaking:inquiry_to_need", args=[need.pk])

    assert client.get(address).status_code == 410
    assert client.post(address, typed(f"need {need.pk}")).status_code == 410
    assert Inquiry.objects.count() == 0


def test_business_without_a_public_page_takes_none(client: Client, product: Product) -> None:
    Product.objects.update(status=Product.Status.DRAFT)
    address = reverse("matchmaking:inquiry_to_business", args=[product.business_id])

    assert client.get(address).status_code == 404
    assert client.post(address, typed(f"business {product.business_id}")).status_code == 404


# Consents


@pytest.mark.parametrize(("ticked", "purposes"), [("", ["contact"]), ("on", ["contact", "listing"])])
def test_each_consent_is_stored_for_itself(
    client: Client, product: Product, ticked: str, purposes: list[str]
) -> None:
    send(client, product, may_be_listed=ticked)

    inquiry = Inquiry.objects.get()
    consents = [row for row in (inquiry.consent, inquiry.listing_consent) if row is not None]
    assert [row.purpose for row in consents] == purposes


# Who else is told


def test_seller_is_told_by_mail_else_by_whatsapp(client: Client, product: Product) -> None:
    Business.objects.update(phone="+6281200000001")
    send(client, product)
    Business.objects.update(email="penjual@contoh.test")
    send(client, product)
    Business.objects.update(refused_messages_at=timezone.now())
    send(client, product)

    told = Message.objects.filter(kind="inquiry_for_seller").order_by("pk")
    assert [(row.channel, row.to) for row in told] == [
        ("whatsapp", "+6281200000001"),
        ("email", "penjual@contoh.test"),
    ]
    assert "Budi" not in "".join(row.subject + row.body for row in told)


def test_sender_gets_the_link_of_the_receipt_in_the_own_language(client: Client, product: Product) -> None:
    client.cookies["language"] = "en"

    send(client, product, email="budi@contoh.test")

    inquiry, message = Inquiry.objects.get(), Message.objects.get(kind="inquiry_receipt")
    assert (message.to, message.about) == ("budi@contoh.test", f"inquiry:{inquiry.pk}")
    assert f"http://testserver/minat/{inquiry.form_token}/" in message.body
    assert "Your interest in Sepatu derby (Sari Kulit)" in message.body


# Programs


def test_a_network_sends_so_many_an_hour(client: Client, product: Product) -> None:
    """Seen failing (every one let through) with ``count_sending`` taken out of ``send_inquiry``."""
    now = timezone.now()
    send(client, product)
    SendingCount.objects.filter(kind="sent").update(count=SENT.most, starts_at=SENT.starts_at(now))

    refused = send(client, product, company="Toko Laweyan")

    assert (refused.status_code, Inquiry.objects.count()) == (429, 1)
    assert 1 <= int(refused["Retry-After"]) <= SENT.per.total_seconds()
    text = refused.content.decode()
    assert "Terlalu banyak kiriman dari jaringan internet Anda." in text
    assert "Toko Laweyan" in text


def test_another_network_goes_on(client: Client, product: Product) -> None:
    send(client, product)
    SendingCount.objects.update(count=SENT.most)
    form = typed(f"product {product.pk}")
    address = reverse("matchmaking:inquiry_new", args=[product.pk])

    assert client.post(address, form, REMOTE_ADDR="2001:db8:1:2::1").status_code == 302
    SendingCount.objects.update(count=SENT.most)
    form = typed(f"product {product.pk}")

    assert client.post(address, form, REMOTE_ADDR="2001:db8:1:2:9::9").status_code == 429
    assert client.post(address, form, REMOTE_ADDR="2001:db8:1:3::1").status_code == 302


def test_same_press_is_answered_beyond_the_limit_and_counts_once(client: Client, product: Product) -> None:
    form = typed(f"product {product.pk}")
    address = reverse("matchmaking:inquiry_new", args=[product.pk])
    client.post(address, form)
    assert client.post(address, form).status_code == 302
    assert SendingCount.objects.get().count == 1
    SendingCount.objects.update(count=SENT.most)

    assert client.post(address, form).status_code == 302


def test_caught_program_is_slowed_and_told_so(client: Client, product: Product) -> None:
    answers = [send(client, product, website="http://iklan.test").status_code for _time in range(12)]
    hurried = form_tokens.new_token(f"product {product.pk}", timezone.now() - timedelta(seconds=30))

    assert answers == [422] * CAUGHT.most + [429] * 2
    assert send(client, product, form_token=hurried).status_code == 429
    assert send(client, product).status_code == 302


def test_no_address_is_kept(client: Client, product: Product) -> None:
    send(client, product)

    row = SendingCount.objects.get()
    assert (row.kind, row.count, len(row.network)) == ("sent", 1, 32)
    assert "127.0.0.1" not in str(SendingCount.objects.values().get())
