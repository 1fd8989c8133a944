"""Scenario 9: from handshake to money, as both businesses and the seller's office tell it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import COMMAND
from matchmaking import ask_links
from matchmaking.models import Commitment, Pair, Sample
from products.models import Business
from tests.browser.actions import assert_accessible, follow, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.clients import page_of
from tests.deals import agreed_pair
from tests.factories import CommitmentFactory
from tests.files import PDF
from tests.holders import holder_of
from tests.scenes import ContactScene, make_contact

PHONE = {"viewport": {"width": 360, "height": 740}}
DESK = {"viewport": {"width": 1280, "height": 800}}
RECEIPT = {"name": "kuitansi.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def pair(scene: ContactScene) -> Pair:
    return agreed_pair(scene, step="met")


def link_of(pair: Pair, business: Business) -> str:
    """Return the path of a pair behind a fresh personal link of one side."""
    return holder_of(business).path("link_pair_path", pair.pk)


def agree_sample(page: Page, sender: Business, what: str) -> None:
    page.get_by_role("link", name=re.compile("Sepakati contoh|Contoh berikutnya")).click()
    page.get_by_label(sender.name).check()
    page.get_by_label("Contoh apa dan berapa?").fill(what)
    page.get_by_label("penerima").check()
    page.get_by_role("button", name="Catat contoh").click()
    page.get_by_role("button", name=f"Dikirim {what}").click()


def judge(page: Page, what: str, verdict: str, lacking: str) -> None:
    page.get_by_role("button", name=f"Diterima {what}").click()
    page.get_by_role("link", name=f"Nilai contoh ini {what}").click()
    page.get_by_label(verdict, exact=True).check()
    page.get_by_label("Apa yang kurang?").select_option(label=lacking)
    page.locator("main form button").last.click()


def fill_deal(page: Page, level: str, amount: str, document: str) -> None:
    page.get_by_label(level, exact=True).check()
    page.get_by_label("Barang apa?").fill("Sepatu kulit")
    page.get_by_label("Nilai (Rp)").fill(amount)
    page.get_by_label("Nomor dokumen").fill(document)


def record(page: Page, button: str = "Catat komitmen") -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1, name="Komitmen")).to_be_visible()


def next_rung(page: Page, heading: str, amount: str, document: str, *, has_file: bool = False) -> None:
    """Record the rung above one on the list; goods and seller are there already."""
    row = page.get_by_role("article").filter(has=page.get_by_role("heading", name=heading))
    row.get_by_role("link", name="Catat tingkat berikutnya").click()
    expect(page.get_by_label("Barang apa?")).to_have_value("Sepatu kulit")
    page.get_by_label("Nilai (Rp)").fill(amount)
    page.get_by_label("Nomor dokumen").fill(document)
    if has_file:
        page.get_by_label("Foto atau PDF buktinya").set_input_files(RECEIPT)
    record(page)


def ask_page_of(commitment: Commitment, business: Business) -> str:
    """Return the address that the message to a side carries."""
    _link, token = ask_links.issue(
        actor=COMMAND, commitment=commitment, business=business, now=timezone.now()
    )
    return reverse("matchmaking:ask", args=[token])


def make_deal(pair: Pair, amount: int) -> Commitment:
    """Return an order that the seller's office recorded."""
    return CommitmentFactory(pair=pair, level="order", amount_rupiah=amount)


def test_a_small_box_is_judged_and_the_next_sample_fits(
    scene: ContactScene, pair: Pair, open_page: OPEN_PAGE
) -> None:
    seller, buyer = open_page(**PHONE), open_page(**PHONE)
    seller.goto(link_of(pair, scene.guest_business))
    agree_sample(seller, scene.guest_business, "2 pasang sepatu")
    buyer.goto(link_of(pair, scene.host_business))

    judge(buyer, "2 pasang sepatu", "perlu perbaikan", "kemasan kurang")

    expect(buyer.get_by_text("perlu perbaikan: kemasan kurang")).to_be_visible()
    seller.reload()
    agree_sample(seller, scene.guest_business, "2 pasang, kotak baru")
    buyer.reload()
    judge(buyer, "2 pasang, kotak baru", "cocok", "tidak ada")
    verdicts = Sample.objects.order_by("number").values_list("verdict", "lacking")
    assert list(verdicts) == [("change", "packaging"), ("good", "")]


def test_the_office_records_rung_by_rung_and_the_pair_follows(
    scene: ContactScene, pair: Pair, open_page: OPEN_PAGE
) -> None:
    page = open_page(**DESK)
    sign_in(page, scene.guest.user)
    page.goto(page_of(scene, "pair_money", pair.pk))

    follow(page.get_by_role("link", name="Catat komitmen"))
    assert_accessible(page)
    fill_deal(page, "LoI", "30 jt", "LOI-1")
    record(page)
    next_rung(page, "LoI Rp30.000.000", "12.000.000", "PO-1")
    next_rung(page, "Pesanan (PO) Rp12.000.000", "11.400.000", "", has_file=True)
    next_rung(page, "LoI Rp30.000.000", "8.000.000", "PO-2")

    assert_accessible(page)
    rows = Commitment.objects.order_by("pk").values_list("level", "amount_rupiah", "grew_from__level")
    assert list(rows) == [
        ("loi", 30_000_000, None), ("order", 12_000_000, "loi"),
        ("realised", 11_400_000, "order"), ("order", 8_000_000, "loi"),
    ]  # fmt: skip
    pair.refresh_from_db()
    assert pair.step == "repeat"


def test_a_consignment_is_settled_with_what_was_left_over(
    scene: ContactScene, pair: Pair, open_page: OPEN_PAGE
) -> None:
    page = open_page(**PHONE)
    page.goto(link_of(pair, scene.guest_business))
    page.get_by_role("link", name="Buka komitmen").click()
    page.get_by_role("link", name="Catat titip jual").click()
    page.get_by_label(scene.guest_business.name).check()
    page.get_by_label("Barang apa?").fill("Sandal anyaman")
    page.get_by_label("Nilai barang titipan (Rp)").fill("5.000.000")
    page.get_by_label("Dibayar dalam berapa hari?").fill("30")
    record(page, "Catat titipan")

    page.get_by_role("link", name="Catat yang laku dan dibayar").click()
    page.get_by_label("Laku dan sudah dibayar (Rp)").fill("4.100.000")
    page.get_by_label("Tidak laku (Rp)").fill("900.000")
    page.get_by_label("Foto atau PDF buktinya").set_input_files(RECEIPT)
    assert_accessible(page)
    record(page, "Catat penyelesaian")

    expect(page.get_by_text("Rp900.000 tidak dihitung")).to_be_visible()
    assert_accessible(page)
    settled = Commitment.objects.get(level="realised")
    assert (settled.amount_rupiah, settled.unsold_rupiah) == (4_100_000, 900_000)


def test_the_buyer_confirms_without_an_account_and_disputes_another(
    scene: ContactScene, pair: Pair, open_page: OPEN_PAGE
) -> None:
    right, wrong = (make_deal(pair, amount) for amount in (12_000_000, 3_000_000))
    page = open_page(**PHONE)

    page.goto(ask_page_of(right, scene.host_business))
    assert_accessible(page)
    page.get_by_label("Setuju", exact=True).check()
    page.get_by_label("sebagian kecil").check()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban Anda: Setuju")).to_be_visible()
    page.goto(ask_page_of(wrong, scene.host_business))
    page.get_by_label("Tidak benar").check()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_contain_text("Tulis apa yang tidak benar.")
    page.get_by_label("Catatan").fill("Tidak pernah kami pesan.")
    page.get_by_role("button", name="Kirim jawaban").click()

    page.goto(link_of(pair, scene.host_business))
    page.get_by_role("link", name="Buka komitmen").click()
    expect(page.get_by_text("dibantah, tidak dihitung")).to_be_visible()
    expect(page.get_by_text("disetujui kedua pihak")).to_be_visible()
