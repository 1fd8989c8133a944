"""Scenario 5: a stranger finds a product on a phone and sends interest; the office makes a pair of it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from matchmaking.models import Inquiry, Pair
from products.models import Category, Product
from tests.browser.actions import assert_accessible, follow, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import NeedFactory, PriceTierFactory, ProductFactory, UnitFactory
from tests.scenes import ContactScene, make_contact

HURRIED_BOT_MS = 3_100  # a person takes longer to fill a form in
LONG_NAME = (
    "Kerajinan Anyaman Pandan dan Mendong Ibu-Ibu PKK Desa Sukamanah Kecamatan Rancaekek Kabupaten Bandung"
)


@pytest.fixture
def scene(reference_data: None) -> ContactScene:
    """A trade contact whose guests sell shoes, chips and baskets."""
    scene = make_contact()
    for name, code, price in [
        ("Sepatu derby pria", "sepatu-kulit", 285_000),
        ("Keripik singkong pedas", "keripik", 18_000),
        (LONG_NAME, "anyaman-serat", None),
    ]:
        product = ProductFactory(
            name=name,
            business=scene.guest_business,
            category=Category.objects.get(code=code),
            unit=UnitFactory(code="pasang"),
            min_order=20,
            description=f"{name}, dibuat sendiri di bengkel kami.",
        )
        if price:
            PriceTierFactory(product=product, price_rupiah=price)
    NeedFactory(business=scene.host_business, text="Kotak sepatu polos, 500 buah per bulan")
    return scene


def fill_in(page: Page, scene: ContactScene) -> None:
    page.get_by_label("Nama Anda").fill("Budi Contoh")
    page.get_by_label("Nama usaha atau lembaga").fill("Toko Laweyan")
    page.get_by_label("Kabupaten atau kota Anda").fill(scene.host.office.region.name)
    page.get_by_label("Nomor HP/WA").fill("0812-3456-7890")
    page.get_by_label("Jumlah yang diminati").fill("100")
    page.get_by_label("Pesan").fill("Untuk toko, mulai April.")
    page.get_by_label("Saya setuju").check()
    page.get_by_label("Boleh juga").check()
    page.wait_for_timeout(HURRIED_BOT_MS)


def test_stranger_sends_interest_and_the_office_makes_a_pair(
    scene: ContactScene, phone: Page, desktop: Page
) -> None:
    phone.goto("/")
    assert_accessible(phone)
    phone.get_by_label("Cari produk").fill("spatu")
    phone.get_by_role("button", name="Cari produk").click()
    expect(phone.get_by_text("Tidak ada yang persis “spatu”. Ini yang mirip:")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_text("Saring produk").click()
    phone.get_by_label("Sepatu dan kulit").check()
    expect(phone).to_have_url(re.compile("kategori=sepatu-dan-kulit"))
    phone.get_by_role("link", name="Sepatu derby pria").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sepatu derby pria")
    assert_accessible(phone)

    follow(phone.get_by_role("link", name="Sampaikan minat"))
    assert_accessible(phone)
    fill_in(phone, scene)
    phone.get_by_role("button", name="Kirim minat").click(click_count=3)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Minat Anda sudah diterima")
    assert_accessible(phone)
    phone.go_back()
    phone.get_by_role("button", name="Kirim minat").click()
    expect(phone.get_by_text("Formulir ini sudah kami terima, jadi tidak dicatat dua kali.")).to_be_visible()

    inquiry = Inquiry.objects.get()
    expect(phone.get_by_text(inquiry.receipt_number)).to_be_visible()

    sign_in(desktop, scene.guest.user)
    desktop.goto(reverse("matchmaking:inquiries"))
    assert_accessible(desktop)
    desktop.get_by_role("link", name=inquiry.receipt_number).click()
    expect(desktop.get_by_role("link", name="0812-3456-7890")).to_be_visible()
    assert_accessible(desktop)
    desktop.get_by_label("Usaha baru: Toko Laweyan").check()
    desktop.get_by_role("button", name="Jadikan pasangan").click()
    expect(desktop.get_by_text("Pasangan usaha dibuat.")).to_be_visible()
    expect(desktop.get_by_role("heading", name="Toko Laweyan").first).to_be_visible()
    assert Pair.objects.get().origin == Pair.Origin.INQUIRY


def test_mistakes_are_shown_on_top_and_typed_values_stay(scene: ContactScene, phone: Page) -> None:
    phone.goto(reverse("matchmaking:inquiry_new", args=[Product.objects.get(name="Sepatu derby pria").pk]))
    fill_in(phone, scene)
    phone.get_by_label("Kabupaten atau kota Anda").fill("Bandung")
    phone.get_by_role("button", name="Kirim minat").click()

    summary = phone.get_by_role("alert")
    expect(summary).to_contain_text("“Bandung” dapat berarti Kabupaten Bandung atau Kota Bandung.")
    expect(summary).to_be_focused()
    expect(phone.get_by_label("Pesan")).to_have_value("Untuk toko, mulai April.")
    assert_accessible(phone)
    summary.get_by_role("link").click()
    expect(phone.get_by_label("Kabupaten atau kota Anda")).to_be_focused()


def test_places_are_offered_while_typing(scene: ContactScene, phone: Page) -> None:
    phone.goto(reverse("matchmaking:inquiry_new", args=[Product.objects.get(name="Sepatu derby pria").pk]))

    phone.get_by_label("Kabupaten atau kota Anda").press_sequentially("sura")

    expect(phone.locator("#daftar-wilayah option")).to_have_count(2)


def test_filters_answer_at_once_and_can_be_shared(scene: ContactScene, desktop: Page) -> None:
    desktop.goto(reverse("products:catalogue"))
    assert_accessible(desktop)
    cards = desktop.locator("#hasil .product")
    expect(cards).to_have_count(3)

    desktop.get_by_label("Cari produk").press_sequentially("kripik")
    expect(cards).to_have_count(1)
    expect(desktop.get_by_label("Cari produk")).to_be_focused()
    expect(desktop).to_have_url(re.compile(r"/katalog/\?q=kripik$"))
    desktop.get_by_label("Harga paling tinggi (Rp)").fill("1.000")
    desktop.get_by_label("Harga paling tinggi (Rp)").blur()
    expect(desktop.get_by_role("heading", name="Belum ada produk yang cocok")).to_be_visible()
    assert_accessible(desktop)

    desktop.get_by_role("link", name="paling tinggi Rp1.000").click()
    expect(cards).to_have_count(1)
    expect(desktop.get_by_label("Cari produk")).to_have_value("kripik")


def test_everything_works_without_javascript(scene: ContactScene, open_page: OPEN_PAGE) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Kuliner").click()
    page.get_by_text("Saring produk").click()
    page.get_by_label("Harga paling tinggi (Rp)").fill("20.000")
    page.get_by_role("button", name="Terapkan").click()
    page.get_by_role("link", name="Keripik singkong pedas").click()
    page.get_by_role("link", name="Sampaikan minat").click()
    fill_in(page, scene)
    page.get_by_role("button", name="Kirim minat").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Minat Anda sudah diterima")
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["id-ID", "en-US"])
@pytest.mark.parametrize("width", [360, 1280])
def test_public_pages_fit_and_are_accessible(
    scene: ContactScene, open_page: OPEN_PAGE, width: int, locale: str, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, locale=locale, color_scheme=scheme)
    product = Product.objects.get(name=LONG_NAME)
    for address in [
        "/",
        reverse("products:catalogue"),
        reverse("products:province_map"),
        reverse("products:product_detail", args=[product.pk]),
        reverse("products:business_detail", args=[scene.guest_business.pk]),
        reverse("matchmaking:contacts"),
        reverse("matchmaking:contact_public", args=[scene.trade_contact.slug]),
        reverse("matchmaking:inquiry_new", args=[product.pk]),
    ]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert_accessible(page)
