"""Messages in a real browser: an officer finds what was given up, sends it again, and rewords a kind."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from outbox.models import Message, MessageTemplate
from regions.models import OfficeMember
from tests.browser.actions import assert_accessible, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import MessageFactory, OfficeMemberFactory
from tests.factories.outbox import QUEUED_AT

pytestmark = pytest.mark.django_db(transaction=True)

GIVEN_UP = {"state": "given_up", "problem": "unreachable", "attempts": 12, "next_attempt_at": None}


@pytest.fixture
def officer() -> OfficeMember:
    return OfficeMemberFactory()


def fill(officer: OfficeMember) -> list[Message]:
    """Write one message of each state an officer asks about."""
    states = [
        {},
        {"state": "failed", "problem": "no_answer", "attempts": 2, "last_error": "timed out"},
        GIVEN_UP,
        {"state": "sent", "sent_at": QUEUED_AT, "attempts": 1, "body": "Buka http://contoh.test/tautan/***/"},
        {"channel": "whatsapp", "to": "+6281234567890", "next_attempt_at": None},
    ]
    return [MessageFactory(office=officer.office, subject="Kabar pendaftaran D-1", **row) for row in states]


def test_officer_finds_what_was_given_up_and_sends_it_again(officer: OfficeMember, desktop: Page) -> None:
    message = MessageFactory(office=officer.office, **GIVEN_UP)
    sign_in(desktop, officer.user)
    desktop.goto(reverse("matchmaking:desk"))
    desktop.get_by_role("link", name=re.compile("^Pesan")).click()
    desktop.get_by_label("Keadaan").select_option("given_up")
    desktop.wait_for_url("**keadaan=given_up**")
    desktop.get_by_role("link", name="Pernyataan minat baru, kepada petugas").click()

    desktop.get_by_role("button", name="Kirim ulang").click()

    expect(desktop.get_by_text("Diterima server pada")).to_be_visible()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)


def test_officer_rewords_a_kind_of_message(officer: OfficeMember, desktop: Page) -> None:
    sign_in(desktop, officer.user)
    desktop.goto(reverse("outbox:wording_edit", args=["inquiry_received", "id"]))
    desktop.get_by_label("Judul").fill("Ada minat {nomer}")
    desktop.get_by_role("button", name="Simpan").click()
    expect(desktop.get_by_text("{nomer} tidak dikenal.").first).to_be_visible()

    desktop.get_by_label("Judul").fill("Ada minat {nomor}")
    desktop.get_by_role("button", name="Simpan").click()

    expect(desktop.get_by_text("kalimat dinas", exact=True)).to_be_visible()
    assert MessageTemplate.objects.get().subject == "Ada minat {nomor}"


@pytest.mark.parametrize("locale", ["id-ID", "en-US"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_messages_fit_and_are_accessible(
    officer: OfficeMember, open_page: OPEN_PAGE, width: int, locale: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, locale=locale)
    sign_in(page, officer.user)
    page.goto(reverse("outbox:messages"))
    assert_accessible(page)  # nothing sent yet
    details = [reverse("outbox:message_detail", args=[message.pk]) for message in fill(officer)]
    edit = reverse("outbox:wording_edit", args=["certificate_ends", "en"])
    for address in [reverse("outbox:messages"), *details, reverse("outbox:wordings"), edit]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert_accessible(page)
