"""The inbox on a phone and on an office's computer: what waits is done right in the list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from matchmaking.models import Task
from tests.browser.actions import assert_accessible, follow, sign_in
from tests.factories import (
    CertificateFactory,
    InquiryFactory,
    NeedFactory,
    OfficeMemberFactory,
    ProductFactory,
    TaskFactory,
)
from tests.holders import holder_of
from tests.scenes import ContactScene, make_contact


@pytest.fixture
def scene(reference_data: None) -> ContactScene:
    """Two offices with a proposal, a late task, an inquiry, an ending need and a late certificate."""
    today = timezone.localdate()
    scene = make_contact(
        trade_contact__starts_on=today + timedelta(days=9), trade_contact__ends_on=today + timedelta(days=9)
    )
    business = scene.guest_business
    pair = scene.make_pair(rank=1, created_at=timezone.now() - timedelta(days=3))
    TaskFactory(pair=pair, business=business, due_on=today - timedelta(days=1), owner=scene.guest.user)
    InquiryFactory(business=business, product=ProductFactory(business=business, name="Tas anyaman"))
    NeedFactory(business=business, text="Benang katun", open_until=today + timedelta(days=1))
    CertificateFactory(business=business, number="ID321", valid_until=today - timedelta(days=2))
    return scene


def test_a_business_answers_in_its_inbox(scene: ContactScene, phone: Page) -> None:
    holder = holder_of(scene.guest_business)
    phone.goto(holder.path("link_home"))
    assert_accessible(phone)
    follow(phone.get_by_role("link", name="Kotak masuk"))
    assert_accessible(phone)

    phone.get_by_role("button", name="Mau", exact=True).click()

    expect(phone.get_by_text("tercatat: Mau.")).to_be_visible()
    expect(phone.get_by_role("button", name="Mau", exact=True)).to_have_count(0)
    assert_accessible(phone)
    scene.guest_business.pairs_as_a.get(answer_a="yes")


def test_an_office_finishes_a_task_in_its_inbox(scene: ContactScene, desktop: Page) -> None:
    sign_in(desktop, scene.guest.user)
    desktop.goto(reverse("matchmaking:desk"))
    assert_accessible(desktop)
    follow(desktop.get_by_role("link", name="Semua yang menunggu"))
    assert_accessible(desktop)

    desktop.get_by_label("Apa yang sudah dikerjakan?").fill("Terbit, ID321")
    desktop.get_by_role("button", name="Selesai").click()

    expect(desktop.get_by_text("Tugas selesai.")).to_be_visible()
    expect(desktop.get_by_role("link", name="Urus sertifikat halal")).to_have_count(0)
    assert_accessible(desktop)
    assert Task.objects.get().done_note == "Terbit, ID321"


def test_an_empty_inbox_is_accessible(reference_data: None, desktop: Page) -> None:
    sign_in(desktop, OfficeMemberFactory().user)
    desktop.goto(reverse("matchmaking:inbox"))

    expect(desktop.get_by_role("heading", name="Tidak ada yang menunggu")).to_be_visible()
    assert_accessible(desktop)
