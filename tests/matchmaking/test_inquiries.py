"""Interest without an account: the form, its receipt, pressing several times, bots, and who is told."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.history import entries_of
from matchmaking.inquiries import (
    CONSENT_SENTENCE,
    CONSENT_VERSION,
    LISTING_SENTENCE,
    LISTING_VERSION,
)
from matchmaking.models import Inquiry
from products.models import Product
from regions.models import OfficeMember, Region
from tests.factories import (
    OfficeMemberFactory,
    ProductFactory,
    RegionFactory,
    UnitFactory,
)
from tradecontact import form_tokens
from tradecontact.form_tokens import YOUNGEST

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> OfficeMember:
    """The officer of the office that answers for the product."""
    return OfficeMemberFactory(user__email="petugas@contoh.test")


@pytest.fixture
def product(seller: OfficeMember) -> Product:
    return ProductFactory(
        name="Sepatu derby", business__name="Sari Kulit", business__office=seller.office, unit=UnitFactory()
    )


@pytest.fixture
def solo() -> Region:
    return RegionFactory(name="Kota Surakarta", kind=Region.Kind.CITY)


def token_of(product: Product, opened: timedelta = timedelta(minutes=2)) -> str:
    """Return the token of a form that was opened a while ago."""
    return form_tokens.new_token(f"product {product.pk}", timezone.now() - opened)


def filled(product: Product, **changes: Any) -> dict[str, Any]:
    return {
        "sender_name": "Budi Contoh",
        "company": "Toko Laweyan",
        "region": "solo",
        "phone": "0812-3456-7890",
        "email": "",
        "quantity": "1.000",
        "message": "Untuk toko, mulai April.",
        "has_consent": "on",
        "website": "",
        "form_token": token_of(product),
    } | changes


def address(product: Product) -> str:
    return reverse("matchmaking:inquiry_new", args=[product.pk])


def errors_of(response: Any) -> dict[str, list[str]]:
    return {
        name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()
    }


# Sending


def test_interest_is_written_down_with_consent_and_history(
    client: Client, product: Product, solo: Region
) -> None:
    response = client.post(address(product), filled(product))

    inquiry = Inquiry.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("matchmaking:inquiry_receipt", args=[inquiry.form_token])
    assert (inquiry.business, inquiry.product, inquiry.region) == (product.business, product, solo)
    assert (inquiry.sender_name, inquiry.company, inquiry.message) == (
        "Budi Contoh",
        "Toko Laweyan",
        "Untuk toko, mulai April.",
    )
    assert (str(inquiry.phone), inquiry.email, inquiry.quantity, inquiry.unit) == (
        "+6281234567890",
        "",
        1000,
        product.unit,
    )
    assert (inquiry.consent.wording_version, inquiry.consent.via) == (CONSENT_VERSION, "public_form")
    line = entries_of(inquiry).get()
    assert (line.action, line.via, line.after) == ("received", "public_form", {"product": product.pk})


@pytest.mark.parametrize(
    "phone", ["081234567890", "+62 812 3456 7890", "62812 3456 7890", "0062-812-3456-7890"]
)
def test_phone_is_understood_however_it_is_typed(
    client: Client, product: Product, solo: Region, phone: str
) -> None:
    client.post(address(product), filled(product, phone=phone))

    assert str(Inquiry.objects.get().phone) == "+6281234567890"


def test_only_what_is_needed_must_be_filled_in(client: Client, product: Product, solo: Region) -> None:
    client.post(
        address(product),
        filled(product, company="", phone="", email="budi@contoh.test", quantity="", message=""),
    )

    inquiry = Inquiry.objects.get()
    assert (inquiry.company, inquiry.phone, inquiry.email, inquiry.quantity, inquiry.unit) == (
        "",
        "",
        "budi@contoh.test",
        None,
        None,
    )


def test_opening_the_form_writes_nothing(client: Client, product: Product) -> None:
    response = client.get(address(product))

    assert response.status_code == 200
    assert Inquiry.objects.count() == 0
    assert "Sepatu derby" in response.content.decode()
    assert str(CONSENT_SENTENCE) in response.content.decode()
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_form_promises_no_more_than_the_sender_agrees_to(client: Client, product: Product) -> None:
    text = client.get(address(product)).content.decode()

    assert "Data Anda tidak ditampilkan kepada umum." in text
    assert "hanya dibaca" not in text


def test_consent_names_every_office_that_keeps_the_sender() -> None:
    """A changed sentence gets a new version, since the version alone is stored."""
    assert (CONSENT_VERSION, LISTING_VERSION) == ("minat-4", "calon-1")
    assert str(CONSENT_SENTENCE) == (
        "Saya setuju data ini diteruskan kepada pelaku usaha dan dinas koperasinya untuk menghubungi saya "
        "tentang minat ini."
    )
    assert str(LISTING_SENTENCE) == (
        "Boleh juga: dinas daerah saya mencatat saya sebagai calon mitra bila minat ini menjadi pasangan "
        "usaha."
    )


def test_form_is_light(client: Client, product: Product, reference_data: None) -> None:
    assert len(client.get(address(product)).content) < 15_000


def test_form_tells_unit_and_minimum(client: Client, product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(min_order=1000)

    text = client.get(address(product)).content.decode()

    assert "Jumlah yang diminati (buah)" in text
    assert "Pesanan minimum 1.000 buah." in text


def test_draft_takes_no_interest(client: Client, product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(status=Product.Status.DRAFT)

    assert client.get(address(product)).status_code == 404
    assert client.post(address(product), filled(product)).status_code == 404


# What a person can do wrong


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"sender_name": " "}, "sender_name", "Tulis nama Anda."),
        (
            {"sender_name": "x" * 81},
            "sender_name",
            "Terlalu panjang: paling banyak 80 huruf, sekarang 81.",
        ),
        ({"company": "x" * 121}, "company", "Terlalu panjang: paling banyak 120 huruf, sekarang 121."),
        ({"message": "x" * 1001}, "message", "Terlalu panjang: paling banyak 1000 huruf, sekarang 1001."),
        ({"region": ""}, "region", "Tulis kabupaten atau kota Anda, mis. Kota Surakarta."),
        (
            {"region": "Surakata"},
            "region",
            "“Surakata” tidak kami kenal. Mungkin maksud Anda Kota Surakarta.",
        ),
        ({"phone": ""}, "phone", "Isi nomor HP/WA atau alamat e-mail, supaya Anda dapat dihubungi."),
        (
            {"phone": "0812"},
            "phone",
            "Nomor ini tidak lengkap atau salah. Tulis nomor HP/WA, mis. 0812 3456 7890.",
        ),
        ({"email": "budi@"}, "email", "Tulis alamat e-mail lengkap, mis. nama@contoh.id."),
        ({"quantity": "banyak"}, "quantity", "Tulis angka bulat, mis. 500."),
        ({"quantity": "0"}, "quantity", "Tulis angka mulai dari 1."),
        (
            {"has_consent": ""},
            "has_consent",
            "Beri tanda persetujuan, supaya kami boleh meneruskan data Anda.",
        ),
    ],
)
def test_mistake_is_explained_and_nothing_is_lost(
    client: Client, product: Product, solo: Region, changes: dict[str, str], field: str, message: str
) -> None:
    response = client.post(address(product), filled(product, **changes))

    text = response.content.decode()
    assert response.status_code == 422
    assert errors_of(response) == {field: [message]}
    assert text.count(message) == 2  # in the summary and beside the field
    assert "Untuk toko, mulai April." in text or "message" in changes
    assert Inquiry.objects.count() == 0


def test_everything_missing_is_told_at_once(client: Client, product: Product) -> None:
    response = client.post(address(product), {"form_token": token_of(product)})

    assert list(errors_of(response)) == ["sender_name", "region", "has_consent", "phone"]


# Pressing several times, and bots


def test_pressing_three_times_makes_one_inquiry(client: Client, product: Product, solo: Region) -> None:
    form = filled(product)

    places = {client.post(address(product), form)["Location"] for _press in range(3)}

    assert Inquiry.objects.count() == 1
    assert len(places) == 1
    text = client.get(places.pop()).content.decode()
    assert "Formulir ini sudah kami terima, jadi tidak dicatat dua kali." in text


@pytest.mark.django_db(transaction=True)
def test_three_presses_at_once_make_one_inquiry_and_one_mail(product: Product, solo: Region) -> None:
    """Seen failing, with a server error, when the refusal of the unique form token is not caught."""
    form, start = filled(product), threading.Barrier(3)
    answers: list[tuple[int, str]] = []

    def press() -> None:
        try:
            start.wait()
            response = Client().post(address(product), form)
            answers.append((response.status_code, response.get("Location", "")))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _press in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    inquiry = Inquiry.objects.get()
    receipt = reverse("matchmaking:inquiry_receipt", args=[inquiry.form_token])
    assert answers == [(302, receipt)] * 3
    assert entries_of(inquiry).count() == 1
    assert len(mail.outbox) == 1


def test_form_opened_twice_may_be_sent_twice(client: Client, product: Product, solo: Region) -> None:
    client.post(address(product), filled(product))
    client.post(address(product), filled(product))

    assert Inquiry.objects.count() == 2


@pytest.mark.parametrize("changes", [{"website": "http://spam.test"}, {"form_token": "young"}])
def test_bot_is_held_back_and_a_person_presses_once_more(
    client: Client, product: Product, solo: Region, changes: dict[str, str]
) -> None:
    form = filled(product, **changes)
    if changes.get("form_token"):
        form["form_token"] = token_of(product, opened=timedelta(seconds=1))

    response = client.post(address(product), form)

    text = response.content.decode()
    assert response.status_code == 422
    assert "Belum terkirim. Isian Anda masih ada: periksa sebentar, lalu tekan Kirim lagi." in text
    assert "Toko Laweyan" in text
    assert "spam" not in text
    assert Inquiry.objects.count() == 0
    again = {name: response.context["form"][name].value() or "" for name in form}
    assert client.post(address(product), again | {"form_token": token_of(product)}).status_code == 302


@pytest.mark.parametrize("kind", ["old", "forged", "missing", "other product"])
def test_form_with_an_unusable_token_is_renewed(
    client: Client, product: Product, solo: Region, kind: str
) -> None:
    token = {
        "old": token_of(product, opened=timedelta(hours=25)),
        "forged": token_of(product)[:-1] + "!",
        "missing": "",
        "other product": token_of(ProductFactory()),
    }[kind]

    response = client.post(address(product), filled(product, form_token=token))

    form = response.context["form"]
    assert response.status_code == 422
    assert errors_of(response) == {
        "__all__": ["Formulir ini sudah lama terbuka. Isian Anda masih ada: periksa, lalu tekan Kirim lagi."]
    }
    assert form["company"].value() == "Toko Laweyan"
    renewed = form["form_token"].value()
    assert form_tokens.read_token(renewed, f"product {product.pk}", timezone.now()) is not None


def test_age_of_a_token() -> None:
    opened = datetime(2018, 3, 22, 9, 0, tzinfo=timezone.get_default_timezone())
    token = form_tokens.new_token("product 7", opened)

    read = form_tokens.read_token(token, "product 7", opened + timedelta(seconds=2))
    again = form_tokens.read_token(token, "product 7", opened + timedelta(seconds=3))

    assert read is not None
    assert again is not None
    assert (read.age, again.age, read.value == again.value) == (timedelta(seconds=2), YOUNGEST, True)
    assert form_tokens.read_token(token, "product 8", opened) is None
    assert form_tokens.read_token(token, "product 7", opened + timedelta(hours=24, seconds=1)) is None


# The receipt


def test_receipt_shows_the_number_and_nothing_of_the_sender(
    client: Client, product: Product, solo: Region
) -> None:
    receipt = client.post(address(product), filled(product, email="budi@contoh.test"))["Location"]

    response = Client().get(receipt)

    text = response.content.decode()
    assert Inquiry.objects.get().receipt_number in text
    assert "Sepatu derby" in text
    assert "Sari Kulit" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "no-store" in response["Cache-Control"]
    for private in ["Budi", "Laweyan", "3456", "budi@contoh.test", "mulai April"]:
        assert private not in text


def test_receipt_stays_when_the_product_goes(client: Client, product: Product, solo: Region) -> None:
    receipt = client.post(address(product), filled(product))["Location"]
    product.delete()

    assert Inquiry.objects.get().receipt_number in client.get(receipt).content.decode()


@pytest.mark.parametrize("token", ["00000000-0000-4000-8000-000000000000", "1", "M-ABCD2345"])
def test_receipt_cannot_be_guessed(client: Client, token: str) -> None:
    assert client.get(f"/minat/{token}/").status_code == 404


def test_receipt_numbers_do_not_follow_each_other(client: Client, product: Product, solo: Region) -> None:
    for _time in range(3):
        client.post(address(product), filled(product))

    numbers = set(Inquiry.objects.values_list("receipt_number", flat=True))
    assert len(numbers) == 3
    assert {(len(number), number[:2]) for number in numbers} == {(10, "M-")}


# The list of places


def test_places_are_offered_as_they_are_typed(client: Client, solo: Region) -> None:
    text = client.get(reverse("matchmaking:region_options"), {"region": "sur"}).content.decode()

    assert '<option value="Kota Surakarta"></option>' in text


@pytest.mark.parametrize("text", ["", "x" * 5000])
def test_nothing_is_offered_for_nothing(client: Client, solo: Region, text: str) -> None:
    response = client.get(reverse("matchmaking:region_options"), {"region": text})

    assert response.status_code == 200
    assert "<option" not in response.content.decode()


# Who is told


def test_officers_of_the_seller_are_told_after_commit_without_personal_data(
    client: Client,
    product: Product,
    solo: Region,
    seller: OfficeMember,
    django_capture_on_commit_callbacks: Any,
) -> None:
    OfficeMemberFactory(office=seller.office, user__email="pensiun@contoh.test", user__is_active=False)
    OfficeMemberFactory(user__email="dinas-lain@contoh.test")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(product), filled(product))
        assert mail.outbox == []

    number = Inquiry.objects.get().receipt_number
    [message] = mail.outbox
    assert message.to == ["petugas@contoh.test"]
    assert message.subject == f"[Tradecontact] Pernyataan minat baru {number}"
    assert message.body == (
        "Ada yang berminat pada Sepatu derby dari Sari Kulit.\n"
        "\n"
        "Buka untuk membaca pesannya dan menjadikannya pasangan usaha:\n"
        f"http://testserver/pernyataan-minat/{number}/\n"
    )
    for private in ["Budi", "Laweyan", "Surakarta", "3456", "mulai April"]:
        assert private not in message.subject


def test_second_press_tells_nobody_again(
    client: Client, product: Product, solo: Region, django_capture_on_commit_callbacks: Any
) -> None:
    form = filled(product)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(product), form)
        client.post(address(product), form)

    assert len(mail.outbox) == 1
