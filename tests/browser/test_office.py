"""The office at work in a real browser: opening a contact, a need by phone, following interest."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.actors import Actor, Via
from matchmaking.interest import record_answer
from matchmaking.models import Answer, TradeContact
from products.models import Category, Need
from tests.browser.actions import assert_accessible, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.clients import page_of
from tests.factories import (
    BusinessFactory,
    InquiryFactory,
    NeedFactory,
    OfficeFactory,
    OfficeMemberFactory,
    PersonalLinkFactory,
    PriceTierFactory,
    ProductFactory,
    RegionFactory,
)
from tests.scenes import ContactScene, make_contact

LINE = "Kotak kemasan food-grade, 500–1.000 pcs/bulan, ≤ Rp2.500, mulai April"
LONG_NAME = "Kerajinan Anyaman Pandan dan Mendong Ibu-Ibu PKK Desa Sukarasa Wetan Kecamatan Ciparay"


def test_officer_signs_in_and_opens_a_contact(desktop: Page) -> None:
    officer = OfficeMemberFactory(office=OfficeFactory(region=RegionFactory(name="Kabupaten Bandung")))
    OfficeFactory(region=RegionFactory(name="Kota Surakarta"))
    officer.user.set_password("kunci-yang-panjang")
    officer.user.save()

    desktop.goto(reverse("account_login"))
    desktop.locator("[name=login]").fill(officer.user.email)
    desktop.locator("[name=password]").fill("kunci-yang-panjang")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="Mulai dari sini")).to_be_visible()
    assert_accessible(desktop)
    desktop.get_by_role("link", name="Buka kontak dagang").click()
    desktop.get_by_label("Dinas daerah mitra").select_option(index=1)
    desktop.get_by_label("Tanggal mulai").fill("2030-03-22")
    desktop.get_by_label("Tempat").fill("Balai Kota Surakarta")
    desktop.get_by_label("Kriya", exact=True).check()
    desktop.get_by_role("button", name="Buka kontak dagang").click()

    expect(desktop.get_by_role("heading", name="Langkah berikutnya")).to_be_visible()
    expect(desktop.get_by_role("link", name="Impor daftar delegasi")).to_be_visible()
    assert TradeContact.objects.get().title == "Kontak dagang Kabupaten Bandung – Kota Surakarta, Maret 2030"


def test_mistakes_are_shown_on_top_with_the_focus_and_typed_values_stay(phone: Page) -> None:
    scene = make_contact()
    sign_in(phone, scene.guest.user)

    phone.goto(reverse("matchmaking:contact_new"))
    phone.get_by_label("Tanggal mulai").fill("2030-03-22")
    phone.get_by_label("Tanggal selesai").fill("2030-03-20")
    phone.get_by_label("Tempat").fill("Balai Kota")
    phone.get_by_role("button", name="Buka kontak dagang").click()

    alert = phone.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("Tanggal selesai tidak boleh sebelum tanggal mulai.")
    expect(phone.get_by_label("Tempat")).to_have_value("Balai Kota")
    alert.get_by_role("link", name="Dinas daerah mitra").click()
    expect(phone.get_by_label("Dinas daerah mitra")).to_be_focused()
    assert_accessible(phone)


def test_need_by_phone_is_entered_with_the_keyboard_alone(desktop: Page) -> None:
    scene = make_contact()
    sign_in(desktop, scene.host.user)
    desktop.goto(page_of(scene, "need_by_phone"))
    assert_accessible(desktop)

    desktop.get_by_label("Siapa yang menelepon").focus()
    desktop.keyboard.type(scene.host_business.name)
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_label("Apa yang dicari")).to_be_focused()
    desktop.keyboard.insert_text(LINE)
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_label("Jumlah")).to_have_value("1000")
    expect(desktop.get_by_label("Kategori")).to_be_focused()
    expect(desktop.get_by_label("Kategori")).to_have_value(str(Category.objects.get(code="kotak-makanan").pk))
    expect(desktop.get_by_label("Harga tertinggi")).to_have_value("2500")
    assert_accessible(desktop)
    desktop.get_by_label("Penelepon setuju").focus()
    desktop.keyboard.press("Space")
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("heading", name="Kebutuhan tercatat")).to_be_visible()
    expect(desktop.get_by_role("link", name="Usulkan pasangan")).to_be_visible()
    need = Need.objects.get()
    assert (need.text, need.quantity, need.price_ceiling_rupiah, need.wanted_from.month) == (
        LINE,
        1000,
        2500,
        4,
    )
    assert (need.business, need.source, need.recorded_by) == (scene.host_business, "phone", scene.host.user)


def test_need_of_a_new_business_without_javascript(open_page: OPEN_PAGE) -> None:
    scene = make_contact()
    page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    sign_in(page, scene.host.user)
    page.goto(page_of(scene, "need_by_phone"))

    page.locator("summary", has_text="Usaha baru").click()
    page.get_by_label("Nama usaha baru").fill("Hotel Manahan")
    page.get_by_label("Nomor HP/WA").fill("0812 7000 6850")
    page.get_by_label("Apa yang dicari").fill(LINE)
    page.get_by_label("Penelepon setuju").check()
    page.get_by_role("button", name="Simpan kebutuhan").click()
    expect(page.get_by_text("Isian di bawah dibaca dari kalimat itu.")).to_be_visible()
    expect(page.get_by_label("Nama usaha baru")).to_have_value("Hotel Manahan")
    page.get_by_role("button", name="Simpan kebutuhan").click()

    expect(page.get_by_role("heading", name="Kebutuhan tercatat")).to_be_visible()
    assert Need.objects.get().business.name == "Hotel Manahan"


def test_both_officers_follow_interest_and_one_answers_by_phone(open_page: OPEN_PAGE) -> None:
    scene = make_contact()
    pair = scene.make_pair(reasons=[], unmet=[])
    holder = Actor(via=Via.LINK, business_id=scene.guest_business.pk)
    record_answer(actor=holder, pair=pair, business=scene.guest_business, answer=Answer.YES, note="Siap.")
    wide: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
    guest, host = open_page(**wide), open_page(**wide)
    sign_in(guest, scene.guest.user)
    sign_in(host, scene.host.user)

    host.goto(page_of(scene, "interest_board"))
    expect(host.get_by_role("link", name="menunggu satu pihak")).to_contain_text("1")
    host.get_by_role("link", name="Belum menjawab").click()
    expect(host.get_by_role("row", name=scene.host_business.name)).to_contain_text("1 dari 1")
    host.goto(page_of(scene, "pair_detail", pair.pk))
    host.get_by_label("Catatan").fill("Lewat telepon.")
    host.get_by_role("button", name="Mau", exact=True).click()
    expect(host.get_by_text(f"Jawaban {scene.host_business.name} tercatat: Mau.")).to_be_visible()
    expect(host.locator(".history li").nth(1)).to_contain_text("menjawab: Mau (diisi oleh petugas).")
    expect(host.locator(".history li").nth(2)).to_contain_text("melalui tautan pribadi")
    assert_accessible(host)

    guest.goto(page_of(scene, "interest_board"))
    expect(guest.get_by_role("link", name="keduanya mau")).to_contain_text("1")
    guest.get_by_role("link", name="Buka", exact=False).last.click()
    expect(guest.get_by_text(f"diisi oleh petugas, {scene.host.user.name}")).to_be_visible()


def test_business_leaves_the_delegation_and_comes_back(desktop: Page) -> None:
    scene = make_contact()
    sign_in(desktop, scene.guest.user)
    desktop.goto(page_of(scene, "delegations"))

    desktop.get_by_role("link", name="Keluarkan").click()
    desktop.get_by_label("Alasan").fill("Pemilik sakit.")
    desktop.get_by_role("button", name="Keluarkan").click()
    expect(desktop.get_by_role("row", name=scene.guest_business.name)).to_contain_text("Pemilik sakit.")
    assert_accessible(desktop)
    desktop.get_by_role("button", name="Kembalikan").click()

    expect(desktop.get_by_text("1 pelaku usaha masuk delegasi.")).to_be_visible()


def test_personal_link_is_made_copied_and_opens_without_an_account(open_page: OPEN_PAGE) -> None:
    scene = make_contact()
    officer = open_page(permissions=["clipboard-read", "clipboard-write"])
    sign_in(officer, scene.guest.user)

    officer.goto(page_of(scene, "delegations"))
    officer.get_by_role("button", name="Buat tautan").click()
    officer.get_by_role("button", name="Salin tautan").click()
    expect(officer.get_by_role("button", name="Tautan tersalin")).to_be_visible()
    assert_accessible(officer)
    address = officer.evaluate("navigator.clipboard.readText()")
    owner = open_page(viewport={"width": 360, "height": 740})
    owner.goto(address)

    expect(owner.get_by_text(scene.guest_business.name).first).to_be_visible()


def test_officer_of_a_third_region_sees_none_of_it(desktop: Page) -> None:
    scene = make_contact()
    pair = scene.make_pair()
    sign_in(desktop, scene.stranger.user)
    names = ["contact_overview", "contact_edit", "delegations", "contact_needs", "need_by_phone"]
    pages = [page_of(scene, name) for name in [*names, "proposals", "interest_board", "delegation_import"]]
    pages += [page_of(scene, "pair_detail", pair.pk)]
    pages += [reverse("products:business_manage", args=[scene.guest_business.pk])]

    statuses = {page: desktop.goto(page).status for page in pages}

    assert statuses == dict.fromkeys(pages, 404)
    desktop.goto(reverse("matchmaking:desk"))
    expect(desktop.get_by_text(scene.trade_contact.title)).to_have_count(0)


@pytest.fixture
def full(reference_data: None) -> ContactScene:
    """A contact with everything on it, the longest names too."""
    scene = make_contact(trade_contact__ends_on=None)
    scene.guest_business.name, scene.guest_business.district = LONG_NAME, "Ciparay"
    scene.guest_business.save()
    BusinessFactory(office=scene.guest.office, name=LONG_NAME)
    PersonalLinkFactory(business=scene.guest_business)
    PriceTierFactory(product=ProductFactory(business=scene.guest_business, name=LONG_NAME))
    NeedFactory(business=scene.guest_business, text=LONG_NAME)
    InquiryFactory(business=scene.guest_business)
    for answers in (("yes", "yes"), ("", "yes"), ("no", "")):
        pair = scene.make_pair()
        for business, answer in zip((pair.business_a, pair.business_b), answers, strict=True):
            if answer:
                actor = Actor(via=Via.LINK, business_id=business.pk)
                record_answer(
                    actor=actor, pair=pair, business=business, answer=Answer(answer), note=LONG_NAME
                )
    return scene


def pages_of(scene: ContactScene) -> list[str]:
    names = ["contact_overview", "contact_edit", "guest_new", "delegations", "contact_needs", "need_by_phone"]
    pair = scene.trade_contact.pairs.order_by("pk").first()
    delegation, business = scene.guest_delegation, scene.guest_business
    return [
        reverse("matchmaking:desk"),
        reverse("matchmaking:contact_new"),
        *(page_of(scene, name) for name in [*names, "interest_board"]),
        f"{page_of(scene, 'interest_board')}?lihat=telepon",
        f"{page_of(scene, 'delegations')}?dinas={scene.host.office.pk}",
        page_of(scene, "pair_detail", pair.pk),
        page_of(scene, "participant_add", delegation.pk),
        page_of(scene, "participant_remove", delegation.pk, business.pk),
        reverse("products:businesses"),
        reverse("products:business_manage", args=[business.pk]),
        reverse("products:business_edit", args=[business.pk]),
        reverse("products:product_edit", args=[business.pk, business.products.get().pk]),
        reverse("products:need_edit", args=[business.pk, business.needs.get().pk]),
    ]


@pytest.mark.parametrize(
    ("width", "locale", "scheme"),
    [(360, "id-ID", "dark"), (360, "en-GB", "light"), (1280, "id-ID", "light"), (1280, "en-GB", "dark")],
)
def test_office_pages_fit_and_are_accessible(
    full: ContactScene, open_page: OPEN_PAGE, width: int, locale: str, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, locale=locale, color_scheme=scheme)
    sign_in(page, full.guest.user)

    for address in pages_of(full):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert_accessible(page)
