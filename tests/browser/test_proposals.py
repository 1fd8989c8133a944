"""Both officers propose, defend and correct the pairs of the founding case in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from benchmarks.founding_case import make_founding_case
from matchmaking.models import Pair, ProposalRun, TradeContact
from tests.browser.actions import assert_accessible, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import OfficeMemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def contact(reference_data: None) -> TradeContact:
    return make_founding_case()


def sign_in_officer(page: Page, contact: TradeContact, role: str) -> str:
    """Sign in an officer of the guest's or host's office and return the address of the proposals."""
    office = contact.delegations.get(role=role).office
    sign_in(page, OfficeMemberFactory(office=office).user)
    return f"/kontak-dagang/{contact.slug}/pasangan/"


def names_on(page: Page) -> list[str]:
    return page.locator("article h2").all_text_contents()


def test_officer_proposes_and_reads_why(contact: TradeContact, desktop: Page) -> None:
    address = sign_in_officer(desktop, contact, "guest")
    desktop.goto(address)
    expect(desktop.get_by_role("heading", name="Belum ada usulan")).to_be_visible()
    assert_accessible(desktop)

    desktop.get_by_role("button", name="Usulkan pasangan").click()

    expect(desktop.get_by_role("heading", level=1)).to_have_text(re.compile(r"^1\d\d pasangan usaha$"))
    cards = desktop.locator("article.pair")
    expect(cards).to_have_count(20)
    for card in cards.all():
        assert card.locator(".reasons li.good").count() >= 3
    assert_accessible(desktop)


def test_pressing_again_gives_the_same_list(contact: TradeContact, desktop: Page) -> None:
    desktop.goto(sign_in_officer(desktop, contact, "host"))
    desktop.get_by_role("button", name="Usulkan pasangan").click()
    expect(desktop.locator("article.pair")).to_have_count(20)
    before = names_on(desktop)

    desktop.get_by_role("button", name="Usulkan lagi").click()

    expect(desktop.locator("article.pair")).to_have_count(20)
    assert names_on(desktop) == before
    assert ProposalRun.objects.filter(state="done").count() == 2


def test_filters_show_both_directions_and_one_kind(contact: TradeContact, desktop: Page) -> None:
    desktop.goto(sign_in_officer(desktop, contact, "guest"))
    desktop.get_by_role("button", name="Usulkan pasangan").click()

    desktop.get_by_label("Arah").select_option("Kota Surakarta menjual")

    expect(desktop).to_have_url(re.compile("arah=33.72"))
    expect(desktop.locator("article.pair").first).to_contain_text("Kain batik cap katun 2 meter")
    desktop.get_by_role("link", name="Hapus saringan").first.click()
    desktop.get_by_label("Kategori produk").select_option("Kopi")
    expect(desktop).to_have_url(re.compile("kategori=kopi"))
    for card in desktop.locator("article.pair").all():
        expect(card).to_contain_text("Kopi arabika Pangalengan 250 g")


def test_officer_locks_hides_and_shows_again(contact: TradeContact, desktop: Page) -> None:
    desktop.goto(sign_in_officer(desktop, contact, "guest"))
    desktop.get_by_role("button", name="Usulkan pasangan").click()
    first, second = names_on(desktop)[:2]

    desktop.get_by_role("article", name=first).get_by_role("button", name="Kunci").click()
    expect(desktop.get_by_role("article", name=first)).to_contain_text("Dikunci")
    desktop.get_by_role("article", name=second).get_by_role("link", name="Sembunyikan").click()
    desktop.get_by_label("Alasan").fill("Keduanya sudah bekerja sama.")
    desktop.get_by_role("button", name="Sembunyikan").click()

    expect(desktop.get_by_text("Pasangan disembunyikan dan tidak diusulkan lagi.")).to_be_visible()
    desktop.get_by_role("button", name="Usulkan lagi").click()
    expect(desktop.get_by_role("article", name=first)).to_contain_text("Dikunci")
    expect(desktop.get_by_role("article", name=second)).to_have_count(0)
    desktop.get_by_label("Keadaan").select_option("disembunyikan")
    expect(desktop.get_by_role("article", name=second)).to_contain_text("Keduanya sudah bekerja sama.")
    desktop.get_by_role("button", name="Tampilkan lagi").click()
    expect(desktop.get_by_text("Pasangan tidak lagi disembunyikan.")).to_be_visible()
    assert Pair.objects.filter(hidden_at__isnull=False).count() == 0


def test_officer_asks_why_not_and_adds_the_pair(contact: TradeContact, phone: Page) -> None:
    phone.goto(sign_in_officer(phone, contact, "host"))
    phone.get_by_role("button", name="Usulkan pasangan").click()
    phone.get_by_role("link", name="Mengapa dua usaha tidak dipasangkan?").click()

    phone.get_by_label("Pelaku usaha", exact=True).select_option("Saung Parahyangan")
    phone.get_by_label("Pelaku usaha dari daerah lain").select_option("Hotel Nusukan 1")
    phone.get_by_role("button", name="Cari tahu").click()

    expect(phone.get_by_text("Halal masih diurus")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("link", name="Tambahkan pasangan ini").click()
    phone.get_by_label("Alasan").fill("Halalnya terbit bulan depan.")
    assert_accessible(phone)
    phone.get_by_role("button", name="Tambahkan").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hotel Nusukan 1")
    assert Pair.objects.get(origin="officer").staff_reason == "Halalnya terbit bulan depan."


def test_progress_is_shown_while_a_run_is_at_work_and_the_list_follows(
    contact: TradeContact, desktop: Page
) -> None:
    address = sign_in_officer(desktop, contact, "guest")
    run = ProposalRun.objects.create(trade_contact=contact, done_count=20, total_count=51)
    desktop.goto(address)
    expect(desktop.get_by_text("20 dari 51")).to_be_visible()
    ProposalRun.objects.filter(pk=run.pk).update(done_count=40)
    expect(desktop.get_by_text("40 dari 51")).to_be_visible()
    assert_accessible(desktop)

    ProposalRun.objects.filter(pk=run.pk).update(state="failed")

    expect(desktop.get_by_text("Perhitungan terakhir terhenti sebelum selesai.")).to_be_visible()
    assert_accessible(desktop)


def test_everything_works_without_a_script(contact: TradeContact, open_page: OPEN_PAGE) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto(sign_in_officer(page, contact, "guest"))
    page.get_by_role("button", name="Usulkan pasangan").click()
    name = names_on(page)[0]

    page.get_by_role("article", name=name).get_by_role("button", name="Kunci").click()

    expect(page.get_by_role("article", name=name)).to_contain_text("Dikunci")
    page.get_by_text("Saring", exact=True).first.click()
    page.get_by_label("Keadaan").select_option("dikunci")
    page.get_by_role("button", name="Saring").click()
    expect(page.locator("article.pair")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
def test_list_fits_the_screen_in_both_languages(
    contact: TradeContact, open_page: OPEN_PAGE, width: int, language: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, locale=language)
    page.goto(sign_in_officer(page, contact, "guest"))
    page.locator("main form button").first.click()
    expect(page.locator("article.pair")).to_have_count(20)

    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert overflow == 0
    assert_accessible(page)
