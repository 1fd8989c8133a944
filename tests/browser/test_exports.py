"""An officer takes the list of the region along and brings it back; a second factor is asked for."""

from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from tests.browser.actions import assert_accessible, sign_in
from tests.browser.test_import import DELEGATION, open_import, upload
from tests.factories import OfficeMemberFactory
from tests.factories.products import BusinessFactory


def test_list_that_was_imported_goes_out_and_comes_back_unchanged(desktop: Page, tmp_path: Path) -> None:
    open_import(desktop)
    back = desktop.url
    upload(desktop, DELEGATION)
    desktop.get_by_role("button", name="Impor 31 usaha").click()
    expect(desktop.get_by_role("heading", name="Daftar sudah diimpor")).to_be_visible()

    desktop.goto(reverse("products:businesses"))
    assert_accessible(desktop)
    with desktop.expect_download() as download:
        desktop.get_by_role("button", name="Unduh Excel").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    desktop.goto(back)
    upload(desktop, file)

    facts = desktop.locator(".facts")
    for line in ("Usaha berubah / tetap0 / 32", "Produk baru / berubah / tetap0 / 0 / 71"):
        expect(facts).to_contain_text(line)
    assert_accessible(desktop)


def test_page_that_asks_for_a_second_factor_leads_there(phone: Page, settings: Settings) -> None:
    settings.LOCAL = False
    member = OfficeMemberFactory()
    BusinessFactory(office=member.office)
    sign_in(phone, member.user)
    phone.goto(f"{reverse('products:businesses')}?urut=nama")

    phone.get_by_role("button", name="Unduh Excel").click()

    expect(phone.get_by_role("heading", name="Pasang faktor kedua dahulu")).to_be_visible()
    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("link", name="Kembali ke daftar").click()
    expect(phone).to_have_url(f"{settings.PUBLIC_URL}{reverse('products:businesses')}?urut=nama")
