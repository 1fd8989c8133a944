"""A follow-up in a browser: one tap on the phone, the order there and then, the office's calendar."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import COMMAND
from matchmaking import ask_links
from matchmaking.models import Commitment, FollowUp
from tests.browser.actions import assert_accessible, follow, sign_in
from tests.factories import FollowUpFactory
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db(transaction=True)


def question_of(scene: ContactScene) -> FollowUp:
    now = timezone.now()
    pair = scene.make_pair(step="met", step_at=now, answer_a="yes", answer_b="yes")
    return FollowUpFactory(pair=pair, asked=scene.guest_business, due_on=timezone.localdate(now))


def test_one_tap_and_the_order_on_the_phone(reference_data: None, phone: Page) -> None:
    scene = make_contact()
    question = question_of(scene)
    _link, token = ask_links.issue_follow_up(actor=COMMAND, follow_up=question, now=timezone.now())

    phone.goto(reverse("matchmaking:ask", args=[token]))
    assert_accessible(phone)
    phone.get_by_role("button", name="Ada pesanan").click()
    expect(phone.get_by_role("heading", name="Terima kasih, jawaban Anda tercatat.")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_label(scene.guest_business.name).check()
    phone.get_by_label("Barang apa?").fill("Sepatu kulit")
    phone.get_by_label("Nilai (Rp)").fill("12 jt")
    phone.get_by_label("Tanggal pada dokumen").fill(timezone.localdate().isoformat())
    phone.get_by_role("button", name="Catat pesanan").click()

    expect(phone.get_by_text("Pesanan yang tercatat")).to_be_visible()
    assert Commitment.objects.get().amount_rupiah == 12_000_000


def test_the_office_answers_on_behalf_from_its_calendar(reference_data: None, desktop: Page) -> None:
    scene = make_contact()
    question_of(scene)
    sign_in(desktop, scene.guest.user)

    desktop.goto(reverse("matchmaking:follow_ups"))
    assert_accessible(desktop)
    follow(desktop.get_by_role("link", name=scene.guest_business.name))
    assert_accessible(desktop)
    desktop.get_by_role("button", name="Masih jalan").click()

    expect(desktop.get_by_text("diisi oleh petugas").first).to_be_visible()
    assert FollowUp.objects.get().recorded_by == scene.guest.user
