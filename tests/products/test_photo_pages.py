"""Photos on pages: who gets the file, the step behind a link, the office's page, the public gallery."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from products.models import Photo, Product
from regions.models import OfficeMember
from tests.clients import client_of
from tests.factories import OfficeMemberFactory, PhotoFactory, ProductFactory
from tests.holders import holder_of, text_of
from tests.pictures import drawn, store_photo, upload

pytestmark = pytest.mark.django_db

HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(4) + b"mif1heic"


def fetch(photo: Photo, client: Client | None = None, width: int = 800) -> HttpResponse:
    return (client or Client()).get(reverse("products:photo_file", args=[photo.token, width]))


def officer_of(product: Product) -> OfficeMember:
    return OfficeMemberFactory(office=product.business.office)


def office_path(product: Product, name: str = "product_photos", *args: int) -> str:
    return reverse(f"products:{name}", args=[product.business_id, product.pk, *args])


def test_a_public_photo_is_kept_by_caches_for_a_year_and_is_nothing_but_a_photo() -> None:
    response = fetch(store_photo(ProductFactory()))

    assert response.status_code == 200
    assert response.content[8:12] == b"WEBP"
    headers = ["Cache-Control", "Content-Type", "X-Content-Type-Options", "Content-Disposition"]
    assert [response.headers[name] for name in headers] == [
        "public, max-age=31536000, immutable", "image/webp", "nosniff", "inline",
    ]  # fmt: skip
    assert [name for name in ("Content-Encoding", "Set-Cookie") if name in response.headers] == []


def test_a_public_photo_is_one_copy_for_all_visitors_and_languages() -> None:
    photo = store_photo(ProductFactory())
    visitor, officer = Client(headers={"accept-language": "en"}), client_of(officer_of(photo.product))
    visitor.get(reverse("products:catalogue"))  # may leave cookies

    answers = [fetch(photo, who) for who in (visitor, officer, client_of(OfficeMemberFactory()))]

    told = [(answer.status_code, answer.headers["Cache-Control"]) for answer in answers]
    assert told == [(200, "public, max-age=31536000, immutable")] * 3
    for header in ("Vary", "Set-Cookie", "Content-Language"):
        assert not any(answer.has_header(header) for answer in answers)
    assert not any(answer.cookies for answer in answers)


def test_pages_and_hidden_photos_still_tell_caches_that_answers_differ() -> None:
    photo = store_photo(ProductFactory())
    Photo.objects.update(is_waiting=True)
    officer = client_of(officer_of(photo.product))

    hidden, page = fetch(photo, officer), officer.get(reverse("products:catalogue"))

    assert (hidden.status_code, hidden.headers["Cache-Control"]) == (200, "private, no-store")
    assert ["Cookie" in answer.headers["Vary"] for answer in (hidden, page)] == [True, True]
    assert "max-age" not in fetch(photo).headers.get("Cache-Control", "")  # a 404 is not kept for long


@pytest.mark.parametrize("status", ["draft", "submitted", "sent_back", "suspended"])
def test_a_hidden_product_shows_its_photos_to_its_office_only(status: str) -> None:
    product = ProductFactory(status="listed")
    photo = store_photo(product)
    Product.objects.update(status=status, status_reason="Foto buram.", submitted_at=photo.created_at)
    own, other = client_of(officer_of(product)), client_of(OfficeMemberFactory())

    assert [fetch(photo, who).status_code for who in (Client(), other, own)] == [404, 404, 200]
    assert fetch(photo, own).headers["Cache-Control"] == "private, no-store"
    assert holder_of(product.business).get("link_photo_file", photo.token).status_code == 200
    assert holder_of(ProductFactory().business).get("link_photo_file", photo.token).status_code == 404


def test_a_photo_that_waits_is_not_public() -> None:
    photo = store_photo(ProductFactory())
    Photo.objects.update(is_waiting=True)

    page = text_of(Client().get(reverse("products:product_detail", args=[photo.product_id])))

    assert fetch(photo).status_code == 404
    assert photo.token not in page


@pytest.mark.parametrize("width", [0, 320, 799, 10**12])
def test_only_widths_that_are_there_can_be_asked_for(width: int) -> None:
    assert fetch(store_photo(ProductFactory()), width=width).status_code == 404


def test_a_photo_without_its_file_and_an_unknown_one_are_404() -> None:
    assert fetch(PhotoFactory(), width=1600).status_code == 404
    assert fetch(PhotoFactory.build(), width=1600).status_code == 404


def test_a_business_adds_a_photo_by_its_link_and_a_resend_adds_none() -> None:
    product = ProductFactory(name="Keripik tempe")
    holder = holder_of(product.business)

    answers = [holder.post("link_photos", product.pk, photo=upload(), alt="Dua bungkus") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert product.photos.get().alt == "Dua bungkus"
    text = text_of(holder.get("link_photos", product.pk))
    for words in ["Foto Keripik tempe", "Foto disimpan.", "Foto ini sudah ada.", "Sampul", "Dua bungkus"]:
        assert words in text


def test_a_script_gets_the_part_of_the_page_that_changes() -> None:
    product = ProductFactory()
    holder = holder_of(product.business)

    response = holder.client.post(
        holder.path("link_photos", product.pk), {"photo": upload()}, headers={"hx-request": "true"}
    )

    text = text_of(response)
    assert (response.status_code, text.startswith("<section")) == (200, True)
    assert "Foto disimpan." in text
    assert product.photos.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"photo": upload(HEIC, "IMG_1.jpg")}, "Foto HEIC atau AVIF belum dapat dibaca."),
        ({"photo": upload(b"<svg onload='alert(1)'/>", "a.png")}, "Gambar SVG tidak diterima."),
        ({"photo": upload(drawn("GIF"), "a.jpg")}, "GIF tidak diterima."),
        ({"photo": upload(b"", "a.jpg")}, "Berkas ini kosong."),
        ({}, "Pilih fotonya dahulu."),
        ({"photo": upload(), "alt": "a" * 121}, "Terlalu panjang. Tulis paling banyak 120 huruf."),
    ],
)
def test_what_cannot_be_taken_is_answered_with_a_sentence(sent: dict[str, Any], sentence: str) -> None:
    product = ProductFactory()
    for file in [sent.get("photo")]:
        if file:
            file.seek(0)

    response = holder_of(product.business).post("link_photos", product.pk, **sent)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert product.photos.count() == 0


def test_a_png_named_jpg_is_taken_for_what_it_is() -> None:
    product = ProductFactory()

    holder_of(product.business).post("link_photos", product.pk, photo=upload(drawn("PNG"), "evil.php.jpg"))

    assert product.photos.get().file_name(800).endswith("/800.webp")


def test_photos_are_described_moved_and_removed_by_link_and_twice_is_safe() -> None:
    product = ProductFactory()
    first, second = store_photo(product), store_photo(product, colour="blue")
    holder = holder_of(product.business)

    for act in [{"act": "describe", "alt": "Tampak depan"}, {"act": "1"}]:
        for _ in range(2):
            holder.post("link_photo_change", product.pk, second.pk, **act)
    for _ in range(2):
        assert holder.post("link_photo_change", product.pk, first.pk, act="remove").status_code == 302

    assert [(photo.pk, photo.alt) for photo in product.photos.all()] == [(second.pk, "Tampak depan")]
    assert "Foto itu sudah tidak ada." in text_of(holder.get("link_photos", product.pk))


def test_a_photo_of_another_product_is_not_changed() -> None:
    product, other = ProductFactory(), store_photo(ProductFactory())

    holder_of(product.business).post("link_photo_change", product.pk, other.pk, act="remove")
    wrong = holder_of(product.business).post(
        "link_photo_change", product.pk, store_photo(product).pk, act="9"
    )

    assert wrong.status_code == 302
    assert Photo.objects.count() == 2


def test_a_business_cannot_show_its_own_waiting_photo() -> None:
    product = ProductFactory()
    photo = store_photo(product)
    Photo.objects.update(is_waiting=True)

    answer = holder_of(product.business).post("link_photo_change", product.pk, photo.pk, act="show")

    assert answer.status_code == 403
    assert Photo.objects.get().is_waiting


def test_the_office_adds_on_behalf_and_shows_what_waits() -> None:
    product = ProductFactory()
    waiting = store_photo(product)
    Photo.objects.update(is_waiting=True)
    client = client_of(officer_of(product))

    client.post(office_path(product), {"photo": upload(drawn(colour="blue"))})
    assert "Tampilkan di katalog" in text_of(client.get(office_path(product)))
    client.post(office_path(product, "photo_change", waiting.pk), {"act": "show"})

    assert list(product.photos.in_order().values_list("is_waiting", flat=True)) == [False, False]
    assert "Foto tampil di katalog." in text_of(client.get(office_path(product)))


def test_a_business_sees_that_its_photos_wait_and_the_office_sees_before_and_after() -> None:
    product = ProductFactory()
    first, second = store_photo(product), store_photo(product, colour="blue")
    type(product.business.office).objects.update(sees_changes_first=True)
    holder, office = holder_of(product.business), client_of(officer_of(product))

    holder.post("link_photo_change", product.pk, second.pk, act="1")
    holder.post("link_photo_change", product.pk, first.pk, act="remove")

    own = text_of(holder.get("link_photos", product.pk))
    for words in ["tampil setelah disetujui", "menunggu persetujuan dinas", "Jangan hapus"]:
        assert words in own
    assert own.index(second.token) < own.index(first.token)
    assert "Perubahan Anda menunggu persetujuan dinas." in text_of(holder.get("link_products"))
    path = reverse("products:revision_review", args=[product.revisions.get().pk])
    before, after = text_of(office.get(path)).split("Usulan pelaku usaha")
    assert before.index(first.token) < before.index(second.token)
    assert after.index(second.token) < after.index(first.token) < after.index(">dihapus<")
    office.post(path, {"decision": "accept"})
    assert list(product.photos.values_list("pk", "position")) == [(second.pk, 1)]


def test_a_photo_that_was_to_go_may_stay() -> None:
    product = ProductFactory()
    photo = store_photo(product)
    type(product.business.office).objects.update(sees_changes_first=True)
    holder = holder_of(product.business)

    for act in ["remove", "keep", "keep"]:
        holder.post("link_photo_change", product.pk, photo.pk, act=act)

    text = text_of(holder.get("link_photos", product.pk))
    assert "Foto ini tidak jadi dihapus." in text
    assert "menunggu persetujuan dinas" not in text


def test_a_full_product_offers_no_form_for_more() -> None:
    product = ProductFactory()
    for position in range(1, 9):
        PhotoFactory(product=product, position=position)

    text = text_of(holder_of(product.business).get("link_photos", product.pk))

    assert "Sudah ada 8 foto, paling banyak untuk satu produk." in text
    assert "Tambah foto" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_office_page_costs_the_same_for_one_photo_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = ProductFactory()
    for position in range(1, count + 1):
        PhotoFactory(product=product, position=position)
    client = client_of(officer_of(product))

    with django_assert_num_queries(6):
        client.get(office_path(product))


@pytest.mark.parametrize("count", [1, 3])
def test_cards_with_photos_cost_the_same_for_one_product_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        product = ProductFactory()
        PhotoFactory(product=product)
        PhotoFactory(product=product, position=2)

    with django_assert_num_queries(2):
        cards = list(Product.objects.with_cards())

    assert [len(card.covers) for card in cards] == [1] * count


def test_the_gallery_lets_the_browser_choose_a_width(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    product = ProductFactory(name="Keripik tempe")
    with django_capture_on_commit_callbacks(execute=True):
        first = store_photo(product, size=(1500, 1000))
    second = store_photo(product, colour="blue")

    text = text_of(Client().get(reverse("products:product_detail", args=[product.pk])))

    srcset = ", ".join(f"/foto/{first.token}-{width}.webp {width}w" for width in (320, 640, 1280, 1500))
    assert f'srcset="{srcset}"' in text
    assert 'width="1500" height="1000" alt="Keripik tempe" decoding' in text
    assert f'og:image" content="http://testserver/foto/{first.token}-1280.webp"' in text
    assert f'src="/foto/{second.token}-800.webp"' in text
    assert text.count('loading="lazy"') == 1


def test_a_product_without_photos_keeps_its_drawing() -> None:
    text = text_of(Client().get(reverse("products:product_detail", args=[ProductFactory().pk])))

    assert 'class="picture' in text
    assert "og.png" in text


def test_the_catalogue_shows_the_cover_on_the_card() -> None:
    product = ProductFactory()
    cover, other = store_photo(product), store_photo(product, colour="blue")

    text = text_of(Client().get(reverse("products:catalogue")))

    assert cover.token in text
    assert other.token not in text
