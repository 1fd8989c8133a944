"""An owner adds a product on a small phone: with mistakes, through a hole in the network, to the office."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import COMMAND
from products.links import issue_link, url_of
from products.models import Business, Category, Product, Unit
from tests.browser.actions import assert_accessible
from tests.browser.conftest import OPEN_PAGE
from tests.factories import BusinessFactory, ProductFactory

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
STEPS = ["uraian", "harga", "satuan", "kapasitas", "contoh", "pengiriman"]


@pytest.fixture
def weaver(reference_data: None) -> Business:
    return BusinessFactory(name="Sari Rancabali")


def link_of(business: Business) -> str:
    _, token = issue_link(actor=COMMAND, business=business, now=timezone.now())
    return url_of(token)


def begin(page: Page, address: str) -> Product:
    """Begin a product by its name and kind."""
    page.goto(f"{address}produk/")
    page.get_by_role("link", name="Tambah produk").first.tap()
    page.get_by_role("button", name="Mulai mengisi").tap()
    expect(page.get_by_role("alert")).to_contain_text("Tulis nama produk.")
    page.get_by_label("Nama produk").fill("Tas mendong")
    page.get_by_label("Kategori").select_option(label="Anyaman serat alam")
    page.get_by_role("button", name="Mulai mengisi").tap()
    expect(page.get_by_text("Langkah 1 dari 8")).to_be_visible()
    return Product.objects.get()


def go_on(page: Page, number: int) -> None:
    page.get_by_role("button", name="Simpan dan lanjut").tap()
    expect(page.get_by_text(f"Langkah {number} dari 8")).to_be_visible()


def fill_price(page: Page) -> None:
    page.get_by_role("combobox", name="Satuan").select_option(label="buah")
    page.get_by_label("Harga satuan (Rp)").first.fill("tujuh puluh")
    page.get_by_role("button", name="Simpan dan lanjut").tap()
    expect(page.get_by_role("alert")).to_contain_text("Tulis rupiah penuh, mis. 30.000.000.")
    page.get_by_label("Harga satuan (Rp)").first.fill("75 rb")


def send(page: Page) -> None:
    page.get_by_role("link", name="Lanjut: periksa dan kirim").tap()
    expect(page.get_by_text("Yang akan dilihat pembeli")).to_be_visible()
    page.get_by_role("button", name="Kirim ke dinas").tap()
    expect(page.get_by_text("Produk dikirim ke dinas.")).to_be_visible()


def test_product_is_added_through_a_hole_in_the_network(open_page: OPEN_PAGE, weaver: Business) -> None:
    page, address = open_page(**PHONE), link_of(weaver)
    product = begin(page, address)
    page.get_by_label("Keterangan").fill("Tas dari mendong.")
    go_on(page, 2)
    fill_price(page)
    go_on(page, 3)
    page.get_by_label("Pesanan minimum").fill("12")
    go_on(page, 4)

    page.get_by_label("Kapasitas per bulan").fill("300")
    page.get_by_label("Waktu pengerjaan").focus()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    assert Product.objects.get().capacity_per_month == 300

    page.context.set_offline(True)
    page.get_by_label("Waktu pengerjaan").fill("5")
    page.get_by_role("button", name="Simpan dan lanjut").tap()
    expect(page.get_by_text("Belum tersimpan, dicoba lagi.")).to_be_visible()
    expect(page.get_by_label("Waktu pengerjaan")).to_have_value("5")
    page.context.set_offline(False)
    saved = page.get_by_text("Tersimpan.").or_(page.get_by_text("Langkah 5 dari"))  # the press may lead on
    expect(saved.first).to_be_visible()
    page.wait_for_timeout(2_000)  # for the page that the press may still lead to
    product.refresh_from_db()
    assert product.lead_time_days == 5

    page.goto(f"{address}produk/{product.pk}/?bagian=kapasitas")
    go_on(page, 5)
    page.go_back()
    expect(page.get_by_role("button", name="Simpan dan lanjut")).to_be_visible()
    page.goto(f"{address}produk/{product.pk}/?bagian=kapasitas")
    expect(page.get_by_label("Waktu pengerjaan")).to_have_value("5")
    go_on(page, 5)
    go_on(page, 6)
    page.get_by_label("seluruh Indonesia").check()
    go_on(page, 7)
    send(page)
    product.refresh_from_db()
    assert (product.status, product.delivery_area) == ("submitted", "everywhere")


def test_product_is_added_without_a_script(open_page: OPEN_PAGE, weaver: Business) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    product = begin(page, link_of(weaver))
    page.get_by_label("Keterangan").fill("Tas dari mendong.")
    go_on(page, 2)
    fill_price(page)
    go_on(page, 3)
    page.get_by_label("Pesanan minimum").fill("12")
    page.get_by_role("button", name="Lanjutkan nanti").tap()
    expect(page.get_by_text("Perubahan produk disimpan.")).to_be_visible()

    page.get_by_role("link", name="Lanjutkan dan kirim").tap()
    page.get_by_role("link", name="Isi kapasitas per bulan.").tap()
    page.get_by_label("Kapasitas per bulan").fill("300")
    page.get_by_label("Waktu pengerjaan").fill("5")
    go_on(page, 5)
    go_on(page, 6)
    go_on(page, 7)
    send(page)

    product.refresh_from_db()
    assert (product.status, product.min_order, product.lead_time_days) == ("submitted", 12, 5)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_steps_fit_the_screen_and_the_thumb(
    open_page: OPEN_PAGE, weaver: Business, language: str, width: int
) -> None:
    draft = ProductFactory(
        business=weaver,
        status="draft",
        name="Tas anyaman pandan dan mendong besar dengan lapisan katun dan ritsleting",
        category=Category.objects.get(code="anyaman-serat"),
        unit=Unit.objects.get(code="dus"),
        delivery_area="listed",
        delivery_places=["33", "34.71"],
    )
    base = link_of(weaver)
    page = open_page(
        viewport={"width": width, "height": 740}, locale={"id": "id-ID", "en": "en-US"}[language]
    )

    steps = [f"produk/{draft.pk}/?bagian={step}" for step in STEPS]
    for path in ["produk/tambah/", *steps, f"produk/{draft.pk}/kirim/"]:
        page.goto(base + path)
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        for button in page.locator("main button:visible, main label.choice:visible").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 44, path
        assert_accessible(page)
