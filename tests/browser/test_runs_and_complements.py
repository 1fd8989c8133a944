"""What officers do around the engine: cancelling a run, looking before they add, keeping the table."""

import pytest
from playwright.sync_api import Page, expect

from benchmarks.founding_case import make_founding_case
from matchmaking.models import ProposalRun, TradeContact
from products.models import CategoryComplement
from tests.browser.actions import assert_accessible, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import BusinessFactory, NeedFactory, OfficeMemberFactory

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "/siapa-membeli-dari-siapa/"


@pytest.fixture
def contact(reference_data: None) -> TradeContact:
    return make_founding_case()


def sign_in_officer(page: Page, contact: TradeContact, role: str = "host") -> str:
    """Sign in an officer and return the address of the contact's pages."""
    sign_in(page, OfficeMemberFactory(office=contact.delegations.get(role=role).office).user)
    return f"/kontak-dagang/{contact.slug}/"


def test_officer_cancels_a_run_at_work(contact: TradeContact, phone: Page) -> None:
    ProposalRun.objects.create(trade_contact=contact, done_count=20, total_count=51)
    phone.goto(f"{sign_in_officer(phone, contact)}pasangan/")
    assert_accessible(phone)

    phone.get_by_role("button", name="Batalkan perhitungan").click()

    expect(phone.get_by_text("Perhitungan dibatalkan. Daftar sebelumnya tetap berlaku.")).to_be_visible()
    expect(phone.get_by_text("Perhitungan terakhir dibatalkan oleh")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("link", name="Semua perhitungan").click()
    expect(phone.get_by_text("dibatalkan")).to_be_visible()
    assert_accessible(phone)


def test_officer_sees_what_a_newcomer_changes_before_adding_it(contact: TradeContact, desktop: Page) -> None:
    newcomer = BusinessFactory(office=contact.delegations.get(role="host").office, name="Kedai Kopi Baru")
    need = contact.delegations.get(role="host").participations.first().business.needs.first()
    NeedFactory(business=newcomer, category=need.category, text=need.text)
    base = sign_in_officer(desktop, contact)
    desktop.goto(f"{base}delegasi/{contact.delegations.get(role='host').pk}/tambah/")
    desktop.get_by_label("Kedai Kopi Baru").check()

    desktop.get_by_role("button", name="Lihat apa yang berubah").click()

    preview = desktop.get_by_role("region", name="Bila dimasukkan dan dihitung lagi")
    expect(preview.get_by_text("Kedai Kopi Baru baru masuk delegasi.").first).to_be_visible()
    expect(desktop.get_by_label("Kedai Kopi Baru")).to_be_checked()
    assert_accessible(desktop)
    desktop.get_by_role("button", name="Masukkan ke delegasi").click()
    expect(desktop.get_by_text("1 pelaku usaha masuk delegasi.")).to_be_visible()


def test_officer_keeps_the_table_on_a_phone_without_a_script(
    contact: TradeContact, open_page: OPEN_PAGE
) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    sign_in_officer(page, contact)
    page.goto(TABLE)
    page.get_by_label("Cari kebutuhan").fill("kotak sepatu")
    page.get_by_role("button", name="Saring").click()
    page.get_by_role("link", name="Sepatu kulit ← Kotak sepatu").click()

    page.get_by_label("Bobot").fill("2")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Tulis angka lebih dari 0 sampai 1, mis. 0,8.").first).to_be_visible()
    expect(page.get_by_label("Bobot")).to_have_value("2")
    page.get_by_label("Bobot").fill("0,35")
    page.get_by_role("button", name="Simpan").click()

    expect(page.get_by_text("bobot 0,8 → 0,35")).to_be_visible()
    page.get_by_role("button", name="Hapus baris ini").click()
    expect(page.get_by_text("dan tidak dipakai.")).to_be_visible()
    page.get_by_role("button", name="Kembalikan").click()
    expect(page.get_by_text("Baris dikembalikan.")).to_be_visible()
    row = CategoryComplement.objects.get(buyer__code="sepatu-kulit", supplier__code="kotak-sepatu")
    assert (row.weight, row.removed_at) == (0.35, None)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
def test_pages_fit_the_screen_in_both_languages(
    contact: TradeContact, open_page: OPEN_PAGE, width: int, language: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, locale=language)
    base = sign_in_officer(page, contact)
    page.goto(f"{base}pasangan/")
    page.locator("main form button").first.click()
    expect(page.locator("article.pair")).to_have_count(20)
    run, row = contact.runs.get(), CategoryComplement.objects.order_by("pk")[0]
    paths = [
        f"{base}pasangan/bobot/",
        f"{base}pasangan/bobot/?biasa=1",
        f"{base}perhitungan/",
        f"{base}perhitungan/{run.pk}/",
        TABLE,
        f"{TABLE}tambah/",
        f"{TABLE}{row.pk}/",
    ]

    for path in paths:
        page.goto(path)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert (path, overflow) == (path, 0)
        assert_accessible(page)
