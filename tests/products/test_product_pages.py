"""The public pages of products and businesses, and what no public page ever tells."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from products.models import Certificate, Product
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    FamilyFactory,
    NeedFactory,
    PriceTierFactory,
    ProductFactory,
    ProvinceFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


# The page of a product


def test_product_page_shows_terms_and_asks_for_interest(client: Client) -> None:
    product = ProductFactory(
        name="Sepatu derby",
        unit=UnitFactory(),
        min_order=1000,
        capacity_per_month=40000,
        lead_time_days=14,
        accepts_consignment=True,
    )
    PriceTierFactory(product=product, price_rupiah=285_000)
    PriceTierFactory(product=product, min_quantity=100, price_rupiah=270_000)

    text = client.get(reverse("products:product_detail", args=[product.pk])).content.decode()

    for words in ["Rp285.000", "Rp270.000", "1.000 buah", "40.000 buah", "14 hari kerja", "diterima"]:
        assert words in text
    assert reverse("matchmaking:inquiry_new", args=[product.pk]) in text


def test_unknown_terms_are_said_and_never_zero(client: Client) -> None:
    product = ProductFactory()

    text = client.get(reverse("products:product_detail", args=[product.pk])).content.decode()

    assert text.count("belum tersedia") == 10  # price, unit, numbers and times, sample, label, where to
    assert "Rp0" not in text
    assert "None" not in text


def test_certificates_that_goods_of_this_kind_usually_need_are_advice(client: Client) -> None:
    food = FamilyFactory(certificates_usual=["pirt", "halal", "bpom"])
    product = ProductFactory(category=food)
    CertificateFactory(business=product.business, kind="pirt")
    CertificateFactory(business=product.business, product=product, kind="halal", state="in_process")

    text = client.get(reverse("products:product_detail", args=[product.pk])).content.decode()
    advice = strip_tags(text.partition("Biasanya diperlukan")[2].partition("</ul>")[0])

    assert advice.split() == ["P-IRT", "ada", "Halal", "sedang", "diurus", "BPOM", "belum", "ada"]


def test_places_of_delivery_are_named(client: Client) -> None:
    province = ProvinceFactory(code="95", name="Provinsi Lain")
    product = ProductFactory(delivery_area="listed", delivery_places=[province.code])

    text = client.get(reverse("products:product_detail", args=[product.pk])).content.decode()

    assert "<dd>Provinsi Lain</dd>" in text


def test_lead_time_of_no_days_is_known(client: Client) -> None:
    product = ProductFactory(lead_time_days=0)

    assert (
        "0 hari kerja" in client.get(reverse("products:product_detail", args=[product.pk])).content.decode()
    )


def test_certificates_stand_with_their_state_in_words(client: Client) -> None:
    product = ProductFactory()
    CertificateFactory(business=product.business, kind="halal", state="checked", valid_until=date(2018, 1, 1))
    CertificateFactory(business=product.business, product=product, kind="pirt", state="in_process")
    CertificateFactory(business=product.business, kind="pirt", state="checked")
    CertificateFactory(
        business=product.business, product=ProductFactory(business=product.business), kind="sni"
    )

    shown_ones = client.get(reverse("products:product_detail", args=[product.pk])).context["certificates"]

    assert [(one.kind, one.state, one.tag) for one in shown_ones] == [
        ("P-IRT", "sedang diurus", "wait"),
        ("Halal", "kedaluwarsa", "no"),
    ]


@pytest.mark.parametrize(
    ("state", "valid_until", "expected"),
    [
        ("checked", None, "checked"),
        ("checked", date(2018, 3, 22), "checked"),
        ("checked", date(2018, 3, 21), "expired"),
        ("in_process", None, "in_process"),
    ],
)
def test_state_of_a_certificate_on_a_day(state: str, valid_until: date | None, expected: str) -> None:
    certificate = Certificate(kind="halal", state=state, valid_until=valid_until)

    assert certificate.state_on(date(2018, 3, 22)) == expected


def test_product_page_can_be_shared_without_a_number(client: Client) -> None:
    product = ProductFactory(name="Sepatu & tas", description="Dibuat tangan.", business__name="Sari")

    text = client.get(reverse("products:product_detail", args=[product.pk])).content.decode()

    assert "https://wa.me/?text=Sepatu%20%26%20tas%20dari%20Sari%3A%20http" in text
    assert '<meta property="og:title" content="Sepatu &amp; tas · Sari">' in text
    assert 'property="og:description" content="Dibuat tangan."' in text


def test_similar_products_are_of_the_family_then_of_the_sector_then_of_others(client: Client) -> None:
    family = FamilyFactory()
    product = ProductFactory(category=family)
    ProductFactory(name="Dari usaha sendiri", category=family, business=product.business)
    ProductFactory(name="Dari usaha lain", category=family)
    ProductFactory(name="Sektor sama", category=FamilyFactory(parent=family.parent))
    ProductFactory(name="Sektor lain")
    ProductFactory(name="Draf", category=family, status=Product.Status.DRAFT)

    similar = client.get(reverse("products:product_detail", args=[product.pk])).context["similar"]

    assert [one.name for one in similar] == ["Dari usaha lain", "Dari usaha sendiri", "Sektor sama"]


@pytest.mark.parametrize("count", [1, 3])
def test_product_page_costs_seven_queries(client: Client, django_assert_num_queries, count: int) -> None:  # noqa: ANN001
    product = ProductFactory(unit=UnitFactory())
    for number in range(count):
        PriceTierFactory(product=product, min_quantity=number + 1)
        CertificateFactory(business=product.business, kind=["halal", "sni", "bpom"][number])
        ProductFactory(category=product.category)

    with django_assert_num_queries(7):
        client.get(reverse("products:product_detail", args=[product.pk]))


def test_draft_has_no_page(client: Client) -> None:
    product = ProductFactory(status=Product.Status.DRAFT)

    assert client.get(reverse("products:product_detail", args=[product.pk])).status_code == 404


# The page of a business


def test_business_page_shows_story_products_and_open_needs(client: Client) -> None:
    business = BusinessFactory(name="Sari Rasa", story="Sejak 1998.", district="Soreang", size_band="micro")
    ProductFactory(name="Keripik", business=business)
    NeedFactory(text="Standing pouch 250 g", business=business, quantity=500, unit=UnitFactory())
    NeedFactory(text="Sudah lewat", business=business, open_until=date(2018, 1, 1))

    text = client.get(reverse("products:business_detail", args=[business.pk])).content.decode()

    for words in [
        "Sari Rasa",
        "Sejak 1998.",
        "Soreang",
        "usaha mikro",
        "Keripik",
        "Standing pouch",
        "500 buah",
    ]:
        assert words in text
    assert "Sudah lewat" not in text


def test_business_with_a_need_alone_has_a_page_that_says_so(client: Client) -> None:
    business = NeedFactory(text="Kotak kue").business

    text = client.get(reverse("products:business_detail", args=[business.pk])).content.decode()

    assert "Belum ada produk yang ditampilkan." in text
    assert "Kotak kue" in text


def test_business_that_shows_nothing_has_no_page(client: Client) -> None:
    draft = ProductFactory(status=Product.Status.DRAFT).business

    assert client.get(reverse("products:business_detail", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_business_page_costs_six_queries(client: Client, django_assert_num_queries, count: int) -> None:  # noqa: ANN001
    business = BusinessFactory()
    ProductFactory.create_batch(count, business=business)
    NeedFactory.create_batch(count, business=business)

    with django_assert_num_queries(6):
        client.get(reverse("products:business_detail", args=[business.pk]))


# What the public never reads


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_private_data_is_on_no_public_page(client: Client, headers: dict[str, str]) -> None:
    business = BusinessFactory(
        name="Sari Rasa",
        owner_name="Pemilik Rahasia",
        phone="+6281234567890",
        email="rahasia@contoh.test",
        story="Hubungi 0812 3456 7890 atau rahasia@contoh.test.",
        nib="9120001885153",
    )
    product = ProductFactory(business=business, description="WA 081234567890")
    NeedFactory(business=business, text="Kotak, hubungi 0812-3456-7890")

    pages = [
        reverse("matchmaking:home"),
        "/katalog/",
        "/katalog/?q=sari",
        reverse("products:product_detail", args=[product.pk]),
        reverse("products:business_detail", args=[business.pk]),
        reverse("matchmaking:inquiry_new", args=[product.pk]),
    ]
    for address in pages:
        text = client.get(address, headers=headers).content.decode()
        assert "Sari Rasa" in text, address
        for secret in ["Pemilik Rahasia", "81234567890", "3456", "rahasia@contoh.test", "9120001885153"]:
            assert secret not in text, f"{secret} on {address}"
