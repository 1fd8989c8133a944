"""Scenario 2: kurasi with a paper trail. 34 applicants, quota 30, two reviewers, five criteria, a conflict
of interest, a reserve list of 4, one withdrawal, and the Berita Acara, in a real browser."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from matchmaking import curation as domain
from matchmaking.models import Application
from regions.models import OfficeMember
from tests.browser.actions import assert_accessible, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.curations import NOW, CurationScene, make_curation
from tests.factories import ApplicationFactory, FamilyFactory

pytestmark = pytest.mark.django_db(transaction=True)
CRITERIA = {"Mutu produk": 30, "Kapasitas": 25, "Kemasan": 15, "Kesiapan": 20, "Pemerataan": 10}


@pytest.fixture
def scene(reference_data: None) -> CurationScene:
    """33 have applied; the 34th will, by phone."""
    scene = make_curation(state="open", applicants=0, quota=30)
    scene.applications = [
        ApplicationFactory(curation=scene.curation, business__district=f"Kecamatan {number % 4}")
        for number in range(33)
    ]
    return scene


def address(scene: CurationScene, page: str = "") -> str:
    contact = scene.contact.trade_contact
    return f"/kontak-dagang/{contact.slug}/delegasi/{scene.curation.delegation_id}/kurasi/{page}"


def as_officer(page: Page, member: OfficeMember, path: str) -> None:
    page.context.clear_cookies()
    sign_in(page, member.user)
    page.goto(path)


def set_criteria(page: Page, scene: CurationScene) -> None:
    page.goto(address(scene, "kriteria/"))
    for number, (name, weight) in enumerate(CRITERIA.items(), start=1):
        page.get_by_label(f"Kriteria {number}", exact=True).fill(name)
        page.get_by_label(f"Bobot kriteria {number}", exact=True).fill(str(weight))
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Kriteria disimpan.")).to_be_visible()
    scene.criteria = list(scene.curation.criteria.order_by("position"))


def public_address(page: Page, scene: CurationScene) -> str:
    page.goto(address(scene))
    page.get_by_role("button", name="Buat tautan pendaftaran").click()
    text = page.locator(".copy-text").first.inner_text()
    assert_accessible(page)
    return re.findall(r"https?://\S+", text)[0]


def apply_by_phone(phone: Page, where: str, family: str) -> None:
    phone.goto(where)
    assert_accessible(phone)
    entries = {
        "Nama usaha": "Keripik Bu Tini", "Nama pemilik": "Tini", "Nomor HP/WA": "0812 3456 7890",
        "Kecamatan": "Soreang", "Produk utama": "Keripik singkong",
    }  # fmt: skip
    for label, text in entries.items():
        phone.get_by_label(label).fill(text)
    phone.get_by_label("Kategori produk").select_option(label=family)
    phone.get_by_label("Saya setuju data ini").check()
    phone.wait_for_timeout(3_200)  # nobody fills a form in faster than three seconds
    phone.get_by_role("button", name="Daftar", exact=True).click()
    expect(phone.get_by_role("heading", name="Pendaftaran Anda sudah diterima")).to_be_visible()


def score_rest(scene: CurationScene) -> None:
    """Let both reviewers fill in what is open: the earlier the application, the better."""
    scene.applications = list(scene.curation.applications.in_order())
    for actor in scene.actors():
        reviewer = domain.find_reviewer(actor, scene.curation)
        assert reviewer is not None
        for row in domain.unscored_by(reviewer):
            place = [application.pk for application in scene.applications].index(row.pk)
            sheet = {item.pk: (5 - (place + number) // 9, "") for number, item in enumerate(scene.criteria)}
            domain.save_scores(actor=actor, application=row, sheet=sheet, now=NOW)


def score_one_by_keyboard(page: Page, scene: CurationScene) -> None:
    page.goto(address(scene, "nilai/"))
    page.get_by_role("link", name=scene.applications[0].business.name, exact=True).click()
    page.get_by_role("radio", name="5").first.focus()
    for _criterion in CRITERIA:
        page.keyboard.press("Space")
        page.keyboard.press("Tab")  # to the note
        page.keyboard.press("Tab")  # to the next criterion
        page.keyboard.press("ArrowLeft")  # from 1 round to 5
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(scene.applications[1].business.name)


def declare_conflict(page: Page, scene: CurationScene) -> None:
    page.get_by_text("Nyatakan benturan kepentingan").click()
    page.get_by_label("Hubungan Anda dengan usaha ini").fill("Kakak pemiliknya")
    page.get_by_role("button", name="Nyatakan", exact=True).click()
    expect(page.get_by_text("Benturan kepentingan dicatat.")).to_be_visible()


def finish(page: Page, scene: CurationScene, member: OfficeMember) -> None:
    as_officer(page, member, address(scene, "nilai/"))
    page.get_by_role("button", name="Saya selesai menilai").click()
    expect(page.get_by_text("Terima kasih.")).to_be_visible()


def decide(page: Page, scene: CurationScene) -> None:
    page.goto(address(scene, "peringkat/"))
    assert_accessible(page)
    page.get_by_role("link", name="Putuskan").click()
    for choice in page.locator("select").all():
        if choice.input_value() == "":  # equal ones on the line: the office chooses, with a reason
            chosen = page.locator("select option[value=chosen]:checked").count()
            choice.select_option("chosen" if chosen < 30 else "reserve")
    page.get_by_label("Alasan urutan di garis kuota").fill("Yang lebih dahulu mendaftar didahulukan.")
    assert_accessible(page)
    page.get_by_role("button", name="Putuskan dan kunci").click()
    expect(page.get_by_text("Kurasi diputuskan.")).to_be_visible()


def withdraw(page: Page, scene: CurationScene) -> None:
    name = scene.applications[4].business.name
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
    row.get_by_role("link", name=re.compile("^Mengundurkan diri")).click()
    page.get_by_label("Alasan").fill("Ada pesanan besar")
    page.get_by_role("button", name="Catat pengunduran diri").click()
    expect(page.get_by_text("naik dari daftar cadangan.")).to_be_visible()
    assert_accessible(page)


def count(scene: CurationScene, **values: object) -> int:
    return Application.objects.filter(curation=scene.curation, **values).count()


def test_thirty_go_and_paper_says_why(scene: CurationScene, desktop: Page, open_page: OPEN_PAGE) -> None:
    family = FamilyFactory(code="keripik-uji", name_id="Keripik uji", name_en="Test crisps").name_id
    first, second = scene.reviewers
    as_officer(desktop, first, address(scene))
    set_criteria(desktop, scene)
    where = public_address(desktop, scene)
    apply_by_phone(open_page(viewport={"width": 360, "height": 740}), where, family)
    desktop.goto(address(scene))
    desktop.get_by_role("button", name="Tutup pendaftaran dan mulai menilai").click()
    score_one_by_keyboard(desktop, scene)
    declare_conflict(desktop, scene)
    score_rest(scene)
    finish(desktop, scene, first)
    finish(desktop, scene, second)
    decide(desktop, scene)

    assert (count(scene, state="chosen"), count(scene, state="reserve"), count(scene)) == (30, 4, 34)
    withdraw(desktop, scene)
    assert (count(scene, state="chosen"), count(scene, state="withdrawn")) == (30, 1)
    assert_paper(desktop, scene)


def assert_paper(page: Page, scene: CurationScene) -> None:
    link = page.get_by_role("link", name="Berita Acara (PDF)").get_attribute("href") or ""
    paper = page.request.get(link)
    pages = PdfReader(BytesIO(paper.body())).pages
    words = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    expected = ["Kakak pemiliknya", "Keripik Bu Tini", "Ada pesanan besar", "Adendum 1", "Terpilih (30)"]
    assert [part for part in [*expected, *CRITERIA, "Cadangan (4)"] if part not in words] == []
