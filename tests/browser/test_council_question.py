"""Scenario 10: what came of the 2018 contact, who travelled, what is stuck? Three clicks, with its files."""

import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.actions import assert_accessible, sign_in
from tests.reports.scenes import make_reports


def save(page: Page, button: str, folder: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file.read_bytes()


def test_council_is_answered_in_three_clicks(desktop: Page, tmp_path: Path) -> None:
    scene = make_reports(step="met", step_at=datetime(2018, 3, 22, 5, tzinfo=UTC))
    sign_in(desktop, scene.guest.user)
    desktop.goto(reverse("matchmaking:desk"))

    desktop.get_by_role("link", name="Laporan").click()
    desktop.get_by_role("link", name="Pertanyaan DPRD").click()
    answers = desktop.locator("main")
    for answer in ("1 dari 1 pasangan", "Rp19.400.000", "Usaha yang ikut", "sudah bertemu"):
        expect(answers).to_contain_text(answer)
    assert_accessible(desktop)
    paper = save(desktop, "Unduh PDF", tmp_path)  # the third click

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    book = openpyxl.load_workbook(io.BytesIO(save(desktop, "Unduh Excel", tmp_path)))
    rows = [row for row in book["6 Baris"].iter_rows(min_row=2, values_only=True) if row[2] == "Realisasi"]
    assert sum(row[-1] for row in rows) == 19_400_000
    assert "Rp19.400.000" in text


def test_number_that_changed_meanwhile_is_explained_not_printed(phone: Page) -> None:
    scene = make_reports()
    sign_in(phone, scene.guest.user)
    phone.goto(reverse("reports:ledger"))
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(phone)
    scene.trade_contact.pairs.order_by("pk")[0].commitments.filter(level="loi").update(
        withdrawn_at=datetime(2018, 4, 1, tzinfo=UTC), withdrawn_reason="Tercatat dua kali."
    )

    phone.get_by_role("button", name="Unduh PDF").click()

    expect(phone.get_by_role("heading", name="Berkas tidak dibuat")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("link", name="Buka laporan lagi").click()
    expect(phone.get_by_role("heading", name="Buku komitmen")).to_be_visible()


def test_number_of_every_report_leads_to_its_rows(desktop: Page) -> None:
    scene = make_reports()
    sign_in(desktop, scene.guest.user)
    regions = [one.office.region.code for one in (scene.guest, scene.host)]
    balance = f"{reverse('reports:balance')}?daerah={regions[0]}&mitra={regions[1]}"
    for address in (
        reverse("reports:overview"),
        reverse("reports:funnel"),
        balance,
        reverse("reports:equity"),
    ):
        desktop.goto(address)
        assert_accessible(desktop)
        desktop.locator("main a[href*='baris'], main a[href*='/corong/pasangan/']").first.click()
        expect(desktop.get_by_role("heading", level=1)).to_contain_text("di balik angka")
        assert_accessible(desktop)
