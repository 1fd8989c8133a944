"""Scenario 1: an officer imports the delegation list, decides, imports it again, and takes it back."""

from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from products.models import Business, Product
from tests.browser.actions import assert_accessible, sign_in
from tests.factories import PairFactory
from tests.scenes import ContactScene, make_contact

SAMPLES = Path(__file__).parents[1] / "samples"
DELEGATION = SAMPLES / "delegasi-kab-bandung.xlsx"


def open_import(page: Page) -> ContactScene:
    """Sign the guest's officer in and come to the upload from the delegation."""
    scene = make_contact()
    sign_in(page, scene.guest.user)
    page.goto(reverse("matchmaking:delegations", args=[scene.trade_contact.slug]))
    page.get_by_role("link", name="Impor Excel").first.click()
    return scene


def upload(page: Page, file: Path) -> None:
    page.get_by_label("Daftar Excel").set_input_files(file)
    page.get_by_role("button", name="Unggah dan periksa").click()


def imported_by(scene: ContactScene) -> int:
    return Business.objects.filter(office=scene.guest.office).exclude(pk=scene.guest_business.pk).count()


def test_delegation_is_imported_once_and_taken_back(desktop: Page) -> None:
    scene = open_import(desktop)
    assert_accessible(desktop)

    upload(desktop, DELEGATION)
    cells = desktop.locator(".problems .cell:visible")
    expect(cells).to_have_text(["J35", "E37", "E39"])
    expect(desktop.get_by_role("heading", name="3 usaha mungkin sama")).to_be_visible()
    assert_accessible(desktop)

    branch = desktop.get_by_role("group", name="Keputusan untuk baris 70")
    branch.get_by_label("Simpan sebagai usaha tersendiri").check()
    desktop.get_by_role("button", name="Simpan keputusan dan hitung ulang").click()
    desktop.get_by_role("button", name="Impor 32 usaha").click()
    expect(desktop.get_by_role("heading", name="Daftar sudah diimpor")).to_be_visible()
    assert_accessible(desktop)
    assert (imported_by(scene), Product.objects.count()) == (32, 71)

    desktop.get_by_role("link", name="Impor daftar lain").click()
    upload(desktop, DELEGATION)
    desktop.get_by_role("group", name="Keputusan untuk baris 70").get_by_label("Simpan sebagai").check()
    desktop.get_by_role("button", name="Impor").click()
    expect(desktop.locator(".facts")).to_contain_text("0 / 0 / 32")
    assert (imported_by(scene), Product.objects.count()) == (32, 71)

    desktop.get_by_role("link", name="Impor daftar lain").click()
    desktop.get_by_role("row").last.get_by_role("link").click()
    desktop.get_by_role("button", name="Tarik kembali impor ini").click()
    expect(desktop.get_by_role("heading", name="Impor sudah ditarik kembali")).to_be_visible()
    assert (imported_by(scene), Product.objects.count()) == (0, 0)


def test_import_that_is_in_use_says_what_keeps_it(desktop: Page) -> None:
    scene = open_import(desktop)
    upload(desktop, DELEGATION)
    desktop.get_by_role("button", name="Impor 31 usaha").click()
    expect(desktop.get_by_role("heading", name="Daftar sudah diimpor")).to_be_visible()
    business = Business.objects.get(name="Karya Parahyangan")
    PairFactory(trade_contact=scene.trade_contact, business_a=scene.host_business, business_b=business)

    desktop.get_by_role("button", name="Tarik kembali impor ini").click()

    expect(desktop.get_by_role("alert")).to_contain_text("Karya Parahyangan: dipakai oleh 1 pasangan usaha")
    expect(desktop.get_by_role("alert")).to_be_focused()
    assert imported_by(scene) == 31


def test_wrong_file_is_explained_on_a_phone(phone: Page, tmp_path: Path) -> None:
    open_import(phone)
    text = tmp_path / "daftar.xlsx"
    text.write_text("Nama Usaha,NIB\n")

    upload(phone, text)

    expect(phone.get_by_role("alert")).to_be_focused()
    expect(phone.get_by_role("alert")).to_contain_text("Ini berkas teks (CSV).")
    assert_accessible(phone)
    upload(phone, SAMPLES / "kebutuhan-kota-surakarta.xlsx")
    expect(phone.get_by_text("Semua sel terbaca dengan jelas.")).to_be_visible()
    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
