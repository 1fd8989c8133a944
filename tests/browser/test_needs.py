"""The needs board on a phone, an answer by link, a need by phone in few keystrokes, a saved search."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from matchmaking.models import Pair
from products.models import Category, Need, SavedSearch
from tests.browser.actions import assert_accessible, follow, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import NeedFactory, ProductFactory, SupplyOfferFactory, UnitFactory
from tests.holders import holder_of
from tests.scenes import ContactScene, make_contact

HURRIED_BOT_MS = 3_100  # a person takes longer to fill a form in
LINE = "Kotak kemasan food-grade, 500-1.000 pcs/bulan, maks Rp2.500, dari Jawa Tengah, sampai akhir Juni"
MOST_KEYS = 110
"""Typing at 200 signs a minute takes half a minute for so many; talking fills the other minute."""


@pytest.fixture
def scene(reference_data: None) -> ContactScene:
    """An open programme of two offices; the host looks for boxes, the guest makes them."""
    scene = make_contact(trade_contact__starts_on=None, trade_contact__ends_on=None)
    boxes = Category.objects.get(code="kotak-makanan")
    ProductFactory(business=scene.guest_business, category=boxes, name="Kotak nasi lipat")
    NeedFactory(
        business=scene.host_business,
        category=boxes,
        text="Kotak nasi food grade polos untuk katering pernikahan dan rapat dinas di gedung serbaguna",
        quantity=4000,
        unit=UnitFactory(),
        price_ceiling_rupiah=1800,
        certificates_required=["halal"],
    )
    return scene


def test_a_business_answers_a_need_by_its_link(scene: ContactScene, phone: Page) -> None:
    holder = holder_of(scene.guest_business)
    phone.goto(holder.path("link_home"))
    follow(phone.get_by_role("link", name="Papan", exact=True))
    assert_accessible(phone)
    follow(phone.get_by_role("link", name=re.compile("Kotak nasi food grade")))
    assert_accessible(phone)
    phone.get_by_label("Kotak nasi lipat").check()
    phone.get_by_role("button", name="Saya bisa memasok").click()

    expect(phone.get_by_text("Jawaban Anda tercatat: Mau. Pembeli dan dinas melihatnya.")).to_be_visible()
    assert_accessible(phone)
    assert Pair.objects.get().origin == Pair.Origin.SUPPLY


def test_a_need_by_phone_takes_one_line_and_three_presses(scene: ContactScene, desktop: Page) -> None:
    sign_in(desktop, scene.host.user)
    desktop.goto(reverse("matchmaking:need_by_phone", args=[scene.trade_contact.slug]))
    keys: list[int] = []
    desktop.expose_function("counted", lambda: keys.append(1))
    desktop.evaluate("document.addEventListener('keydown', () => window.counted())")

    desktop.get_by_label("Siapa yang menelepon").select_option(scene.host_business.name)  # one
    desktop.get_by_label("Apa yang dicari").press_sequentially(LINE)
    desktop.get_by_label("Penelepon setuju").check()  # two
    expect(desktop.get_by_text("Isian di bawah dibaca dari kalimat itu.")).to_be_visible()
    desktop.get_by_role("button", name="Simpan kebutuhan").click()  # three
    expect(desktop.get_by_role("heading", name="Kebutuhan tercatat")).to_be_visible()

    need = Need.objects.select_related("unit", "category", "area_province").get(source="phone")
    assert len(LINE) <= len(keys) <= MOST_KEYS
    assert (need.category.code, need.quantity, need.price_ceiling_rupiah) == ("kotak-makanan", 1000, 2500)
    assert need.area_province is not None
    assert need.open_until is not None
    assert (need.area_province.name, need.open_until.month, need.open_until.day) == ("Jawa Tengah", 6, 30)


def test_a_visitor_saves_a_search_and_ends_it_by_one_press(scene: ContactScene, phone: Page) -> None:
    phone.goto(reverse("products:need_board"))
    phone.get_by_label("Cari kebutuhan").fill("kotak")
    phone.get_by_role("button", name="Cari", exact=True).click()
    follow(phone.get_by_role("link", name="Simpan pencarian"))
    assert_accessible(phone)
    phone.get_by_label("Alamat e-mail").fill("pembeli@contoh.test")
    phone.get_by_label("Saya setuju alamat ini").check()
    phone.wait_for_timeout(HURRIED_BOT_MS)
    phone.get_by_role("button", name="Simpan pencarian").click()
    expect(phone.get_by_role("heading", name="Satu langkah lagi")).to_be_visible()
    assert_accessible(phone)

    link = next(line for line in mail.outbox[0].body.splitlines() if "/konfirmasi/" in line)
    phone.goto(link)
    assert_accessible(phone)
    phone.get_by_role("button", name="Konfirmasi").click()
    expect(phone.get_by_role("link", name="“kotak”")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("button", name="Berhenti berlangganan").click()
    expect(phone.get_by_role("heading", name="Anda sudah berhenti berlangganan")).to_be_visible()
    assert not SavedSearch.objects.exists()


def test_the_board_filters_itself_and_can_be_shared(scene: ContactScene, desktop: Page) -> None:
    NeedFactory(business=scene.guest_business, text="Kain katun putih")
    desktop.goto(reverse("products:need_board"))
    expect(desktop.locator("#hasil li.card")).to_have_count(2)

    desktop.get_by_label("Halal").check()

    expect(desktop).to_have_url(re.compile("sertifikat=halal"))
    expect(desktop.locator("#hasil li.card")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["id-ID", "en-US"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_needs_fit_and_are_accessible(
    scene: ContactScene, open_page: OPEN_PAGE, width: int, locale: str, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, locale=locale, color_scheme=scheme)
    need = scene.host_business.needs.get()
    waiting = SupplyOfferFactory(need=need, business=scene.guest_business)
    holder = holder_of(scene.guest_business)
    public = [
        reverse("products:need_board"),
        f"{reverse('products:need_board')}?q=zzzz&kategori=mimpi",
        reverse("products:need_detail", args=[need.pk]),
        reverse("products:search_save", args=["katalog"]),
        holder.path("link_need_board"),
        holder.path("link_board_need", need.pk),
        holder.path("link_search_save"),
    ]
    office = [
        f"{reverse('matchmaking:supply_new', args=[need.pk])}?usaha={scene.guest_business.pk}",
        reverse("matchmaking:supply_offers"),
        reverse("matchmaking:supply_offer_detail", args=[waiting.pk]),
    ]
    for address in [*public, None, *office]:
        if address is None:
            sign_in(page, scene.guest.user)
            continue
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert_accessible(page)
