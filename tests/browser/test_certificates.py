"""Certificates and own making in a browser: empty, many and with mistakes, on a phone and at a desk."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import COMMAND
from products.links import issue_link
from products.models import Business
from regions.models import OfficeMember
from tests.browser.actions import assert_accessible, sign_in
from tests.factories import BusinessFactory, CertificateFactory, OfficeMemberFactory, ProductFactory
from tests.files import PDF, keep_pdf, photo

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Keripik singkong pedas manis balado isi ulang ukuran keluarga besar sekali tanpa pengawet"


@pytest.fixture
def officer() -> OfficeMember:
    return OfficeMemberFactory(user__name="Ratna Petugas")


@pytest.fixture
def business(officer: OfficeMember) -> Business:
    return BusinessFactory(office=officer.office, name="Dapur Contoh", nib="912")


def fill(business: Business) -> None:
    """Give a business a certificate of every kind and state."""
    today, file = timezone.localdate(), keep_pdf(business)
    product = ProductFactory(business=business, name=LONG)
    CertificateFactory(business=business, number="123", valid_until=today + timedelta(days=9))
    CertificateFactory(business=business, kind="halal", number="KH.00012", state="checked", evidence=file)
    CertificateFactory(business=business, kind="bpom", number="9" * 60, valid_until=today - timedelta(days=9))
    CertificateFactory(business=business, kind="sni", state="in_process")
    CertificateFactory(business=business, product=product, kind="brand", number="IDM000123456")


def open_link(page: Page, business: Business, name: str) -> None:
    _, token = issue_link(actor=COMMAND, business=business, now=timezone.now())
    page.goto(reverse(f"matchmaking:{name}", args=[token]))


def assert_fits(page: Page) -> None:
    assert page.viewport_size is not None
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url
    assert_accessible(page)


def test_owner_keeps_certificates_on_a_phone(phone: Page, business: Business) -> None:
    open_link(phone, business, "link_certificates")
    assert_fits(phone)

    phone.get_by_role("link", name="Tambah sertifikat").click()
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.get_by_role("alert")).to_contain_text("Pilih jenis sertifikat.")
    assert_fits(phone)

    phone.get_by_label("Jenis").select_option("halal")
    phone.get_by_label("Nomor").fill("KH.00012")
    phone.get_by_label("Foto atau PDF sertifikatnya").set_input_files(
        {"name": "halal.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    phone.get_by_role("button", name="Simpan").click()
    expect(phone.get_by_text("Nomor KH adalah ketetapan halal.")).to_be_visible()
    assert_fits(phone)

    with phone.expect_download() as download:
        phone.get_by_role("link", name="Unduh halal.pdf").click()
    assert Path(download.value.path()).read_bytes() == PDF


def test_many_certificates_fit_a_phone(phone: Page, business: Business) -> None:
    fill(business)

    for name in ("link_certificates", "link_home", "link_profile"):
        open_link(phone, business, name)
        assert_fits(phone)
    phone.goto(reverse("products:business_detail", args=[business.pk]))
    assert_fits(phone)


def test_officer_checks_a_certificate(desktop: Page, business: Business, officer: OfficeMember) -> None:
    fill(business)
    sign_in(desktop, officer.user)
    desktop.goto(reverse("matchmaking:desk"))
    desktop.get_by_role("link", name="1 sertifikat segera kedaluwarsa").click()
    assert_fits(desktop)

    desktop.get_by_role("link", name="Dapur Contoh P-IRT").click()
    desktop.get_by_role("button", name="Sudah diperiksa").click()
    expect(desktop.get_by_role("alert")).to_contain_text("Unggah berkasnya, atau tulis")
    assert_fits(desktop)

    desktop.get_by_label("Bagaimana Anda memeriksanya").fill("Dilihat aslinya.")
    desktop.get_by_role("button", name="Sudah diperiksa").click()
    expect(desktop.get_by_text("diperiksa Ratna Petugas")).to_be_visible()
    assert_fits(desktop)


def test_officer_records_a_visit(desktop: Page, business: Business, officer: OfficeMember) -> None:
    sign_in(desktop, officer.user)
    desktop.goto(reverse("products:business_manage", args=[business.pk]))
    desktop.get_by_role("link", name="Catat kunjungan").click()
    assert_fits(desktop)

    desktop.get_by_label("Tanggal kunjungan").fill("2018-03-02")
    desktop.get_by_label("Foto pembuatannya").set_input_files(
        {"name": "dapur.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    desktop.get_by_role("button", name="Catat kunjungan").click()
    expect(desktop.get_by_text("Kunjungan 2 Maret 2018")).to_be_visible()
    assert_fits(desktop)


def test_office_pages_fit_a_phone(phone: Page, business: Business, officer: OfficeMember) -> None:
    fill(business)
    sign_in(phone, officer.user)
    row = business.certificates.get(kind="halal")

    for name, args in (
        ("certificates", []),
        ("business_certificates", [business.pk]),
        ("certificate_new", [business.pk]),
        ("certificate_edit", [business.pk, row.pk]),
        ("certificate_check", [business.pk, row.pk]),
        ("production", [business.pk]),
    ):
        phone.goto(reverse(f"products:{name}", args=args))
        assert_fits(phone)
