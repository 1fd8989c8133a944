"""Scenario 8: a QR code on paper, a form sent three times, a bot that sends 500, and taking it back."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.actors import COMMAND
from matchmaking.models import Inquiry
from outbox.models import Message
from products.links import issue_link
from products.models import Business
from tests.browser.actions import assert_accessible, follow, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import NeedFactory, PriceTierFactory, ProductFactory
from tests.scenes import ContactScene, make_contact

HURRIED_BOT_MS = 3_100  # a person takes longer to fill a form in


@pytest.fixture
def scene(reference_data: None) -> ContactScene:
    scene = make_contact()
    Business.objects.filter(pk=scene.guest_business.pk).update(email="penjual@contoh.test")
    PriceTierFactory(product=ProductFactory(name="Sepatu derby", business=scene.guest_business))
    NeedFactory(business=scene.host_business, text="Kotak sepatu polos")
    return scene


def printed_address(desktop: Page, scene: ContactScene) -> str:
    """Print the delegation's catalogue and return the address under its only QR code."""
    sign_in(desktop, scene.guest.user)
    desktop.goto(reverse("matchmaking:delegations", args=[scene.trade_contact.slug]))
    address = desktop.get_by_role("link", name="Katalog cetak").get_attribute("href")
    paper = PdfReader(BytesIO(desktop.request.get(address or "").body()))
    words = "".join("".join(page.extract_text() for page in paper.pages).split())  # a long one is broken
    return re.findall(r"http://.+?/minat/", words)[0]


def fill_in(page: Page, scene: ContactScene) -> None:
    page.get_by_label("Nama Anda").fill("Budi Purnomohadi")
    page.get_by_label("Kabupaten atau kota Anda").fill(scene.host.office.region.name)
    page.get_by_label("Nomor HP/WA").fill("0812-3456-7890")
    page.get_by_label("Alamat e-mail").fill("budi@pembeli.test")
    page.get_by_label("Saya setuju").check()
    page.wait_for_timeout(HURRIED_BOT_MS)


def send_as_a_bot(address: str, region: str, times: int) -> Counter[int]:
    """Fill in every field of one form and send it again and again; return how often it got which answer."""
    bot, path = Client(), urlsplit(address).path
    typed = {
        "sender_name": "Iklan",
        "region": region,
        "email": "iklan@contoh.test",
        "has_consent": "on",
        "website": "http://iklan.test",
        "form_token": bot.get(path).context["form"]["form_token"].value(),
    }
    return Counter(bot.post(path, typed).status_code for _time in range(times))


def test_stranger_sends_once_and_takes_it_back(
    scene: ContactScene, phone: Page, desktop: Page, open_page: OPEN_PAGE
) -> None:
    address = printed_address(desktop, scene)
    phone.goto(address)
    fill_in(phone, scene)
    phone.get_by_role("button", name="Kirim minat").click(click_count=3)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Minat Anda sudah diterima")
    inquiry = Inquiry.objects.get()
    expect(phone.get_by_text(inquiry.receipt_number)).to_be_visible()
    assert_told_within_a_minute(inquiry)

    follow(phone.get_by_role("link", name="Tarik minat ini"))
    assert_accessible(phone)
    phone.get_by_role("button", name="Tarik dan hapus data saya").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Minat ini sudah ditarik")
    assert_accessible(phone)

    assert Inquiry.objects.get().sender_name == ""
    assert Message.objects.filter(to="budi@pembeli.test").count() == 0
    desktop.goto(reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number]))
    expect(desktop.get_by_text("Ditarik oleh pengirimnya pada")).to_be_visible()
    assert "Purnomohadi" not in desktop.content()
    assert_accessible(desktop)


def assert_told_within_a_minute(inquiry: Inquiry) -> None:
    for kind in ["inquiry_received", "inquiry_for_seller"]:
        message = Message.objects.get(kind=kind)
        assert message.sent_at is not None
        assert message.sent_at - inquiry.created_at < timedelta(minutes=1)


def test_bot_that_sends_five_hundred_is_slowed(scene: ContactScene, phone: Page, desktop: Page) -> None:
    address = printed_address(desktop, scene)
    phone.goto(address)
    fill_in(phone, scene)
    phone.get_by_role("button", name="Kirim minat").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Minat Anda sudah diterima")

    answers = send_as_a_bot(address, scene.host.office.region.name, times=500)

    assert answers[429] >= 480  # ten a stretch of ten minutes are told what is wrong
    assert set(answers) == {422, 429}
    assert Inquiry.objects.count() == 1


def test_seller_reads_it_on_the_own_link(scene: ContactScene, phone: Page, desktop: Page) -> None:
    _link, token = issue_link(actor=COMMAND, business=scene.guest_business, now=datetime.now(UTC))
    desktop.goto(reverse("matchmaking:inquiry_to_business", args=[scene.guest_business.pk]))
    fill_in(desktop, scene)
    desktop.get_by_role("button", name="Kirim minat").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Minat Anda sudah diterima")

    phone.goto(reverse("matchmaking:link_inquiries", args=[token]))

    expect(phone.get_by_role("heading", name="Budi Purnomohadi")).to_be_visible()
    assert_accessible(phone)


@pytest.mark.parametrize("locale", ["id-ID", "en-US"])
@pytest.mark.parametrize("width", [360, 1280])
def test_forms_fit_and_are_accessible(
    scene: ContactScene, open_page: OPEN_PAGE, width: int, locale: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, locale=locale)
    need = scene.host_business.needs.get()
    for address in [
        reverse("matchmaking:inquiry_to_business", args=[scene.guest_business.pk]),
        reverse("matchmaking:inquiry_to_need", args=[need.pk]),
        reverse("products:need_detail", args=[need.pk]),
        reverse("products:business_detail", args=[scene.guest_business.pk]),
    ]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert_accessible(page)
