"""Scenario 5: an invitation without an account, from the office's desk to the answer on a slow phone."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, Route, expect

from matchmaking.models import Interest, Invitation, Pair
from products.models import LinkUse, PersonalLink
from tests.browser.actions import assert_accessible, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import BusinessFactory, PairFactory, ParticipationFactory
from tests.scenes import ContactScene, make_contact

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
BUDGET_BYTES = 100_000
NUMBERS = ["+6281298765432", "+6281311112222", "+6281355556666"]  # the partners'
SLOW = {  # a phone at the edge of a cell: 50 kB/s down, 20 kB/s up, 300 ms
    "offline": False,
    "latency": 300,
    "downloadThroughput": 50_000,
    "uploadThroughput": 20_000,
}


@dataclass
class Invited:
    """A guest business with three partners that have numbers, and a page of its officer."""

    scene: ContactScene
    desk: Page
    pairs: list[Pair]

    def send(self) -> str:
        """Press *WhatsApp* on the desk as the officer does; return the address in the ready text.

        The portal's redirect is read and not followed, so that no test asks a foreign host.
        """
        texts: list[str] = []

        def keep(route: Route) -> None:
            texts.append(unquote(route.fetch(max_redirects=0).headers["location"]))
            route.fulfill(status=200, body="WhatsApp")

        self.desk.context.route("**/whatsapp/", keep)
        with self.desk.context.expect_page() as opened:
            self.desk.get_by_role("button", name="WhatsApp").click()
        opened.value.wait_for_load_state()
        [text] = texts
        return text[text.index("http", 10) :].split()[0]


@pytest.fixture
def invited(reference_data: None, open_page: OPEN_PAGE) -> Invited:
    day = timezone.localdate() + timedelta(days=30)
    scene = make_contact(trade_contact__starts_on=day, trade_contact__ends_on=day)
    scene.guest_business.phone = "+6281234567890"
    scene.guest_business.save()
    pairs = []
    for number in NUMBERS:
        partner = BusinessFactory(office=scene.host.office, phone=number, owner_name="Bapak Contoh")
        ParticipationFactory(delegation=scene.host_delegation, business=partner)
        pairs.append(
            PairFactory(
                trade_contact=scene.trade_contact, business_a=scene.guest_business, business_b=partner
            )
        )
    desk = open_page(viewport={"width": 1280, "height": 800})
    sign_in(desk, scene.guest.user)
    desk.goto(f"/kontak-dagang/{scene.trade_contact.slug}/undangan/")
    return Invited(scene, desk, pairs)


def slow_phone(open_page: OPEN_PAGE) -> Page:
    phone = open_page(**PHONE)
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    return phone


def state_on(desk: Page) -> str:
    desk.reload()
    return desk.get_by_role("row").nth(1).get_by_role("cell").nth(1).inner_text().split("\n")[0].strip()


def test_slow_phone_answers_three_partners_in_three_taps(open_page: OPEN_PAGE, invited: Invited) -> None:
    assert state_on(invited.desk).startswith("belum diundang")
    address = invited.send()
    assert state_on(invited.desk).startswith("disiapkan")
    phone, finished = slow_phone(open_page), []
    phone.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright marks it

    phone.goto(address, wait_until="networkidle")

    assert total_bytes(finished) <= BUDGET_BYTES
    assert_no_number(phone)
    assert_accessible(phone)
    assert state_on(invited.desk).startswith("dibuka")
    for taps, name in enumerate(["Mau", "Jam lain", "Tidak"], start=1):
        phone.get_by_role("article").first.get_by_role("button", name=name).tap()  # the only tap
        expect(phone.get_by_text(f"Terima kasih. Jawaban Anda tercatat: {name}.")).to_be_visible()
        assert Interest.objects.count() == taps
        assert_no_number(phone)
        phone.goto(address)
    assert state_on(invited.desk).startswith("dijawab")


def test_answer_pressed_twice_is_one_answer_and_the_mind_may_change(
    open_page: OPEN_PAGE, invited: Invited
) -> None:
    phone, pair = open_page(**PHONE), invited.pairs[0]
    phone.goto(f"{invited.send()}pasangan/{pair.pk}/")

    phone.get_by_role("button", name="Mau").dblclick()
    expect(phone.get_by_text("Terima kasih. Jawaban Anda tercatat: Mau.").first).to_be_visible()
    phone.get_by_role("button", name="Mau").tap()
    expect(phone.get_by_text("Jawaban Anda: Mau", exact=True)).to_be_visible()
    phone.get_by_text("Tambahkan alasan atau catatan").tap()
    phone.get_by_label("Alasan Tidak atau Jam lain").select_option(label="harga belum cocok")
    phone.get_by_role("button", name="Tidak").tap()

    expect(phone.get_by_text("Alasan: harga belum cocok.")).to_be_visible()
    assert list(pair.interests.order_by("pk").values_list("answer", "reason")) == [
        ("yes", ""),
        ("no", "price"),
    ]


def test_only_a_mutual_yes_shows_that_partners_number(open_page: OPEN_PAGE, invited: Invited) -> None:
    phone, pair = open_page(**PHONE), invited.pairs[0]
    Pair.objects.filter(pk=pair.pk).update(answer_a="yes", answer_b="yes")

    phone.goto(f"{invited.send()}pasangan/{pair.pk}/")

    shown = [number for number in NUMBERS if number in phone.content()]
    assert shown == [str(pair.business_b.phone)]


def test_link_expires_and_is_revoked(open_page: OPEN_PAGE, invited: Invited) -> None:
    address, phone = invited.send(), open_page(**PHONE)
    link = PersonalLink.objects.get()
    assert timezone.now() < link.expires_at < timezone.now() + timedelta(days=120)

    PersonalLink.objects.update(created_at=timezone.now() - timedelta(days=90), expires_at=timezone.now())
    phone.goto(address)
    expect(phone.get_by_text("Masa berlaku tautan ini sudah lewat.")).to_be_visible()
    PersonalLink.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    phone.goto(address)

    expect(phone.get_by_text("Tautan ini sudah dicabut oleh dinas.")).to_be_visible()
    assert (LinkUse.objects.count(), Invitation.objects.count()) == (0, 1)


@pytest.mark.parametrize("language", ["id", "en"])
def test_desk_and_phone_script_are_accessible(open_page: OPEN_PAGE, invited: Invited, language: str) -> None:
    page = open_page(locale={"id": "id-ID", "en": "en-US"}[language])
    sign_in(page, invited.scene.guest.user)
    desk = f"/kontak-dagang/{invited.scene.trade_contact.slug}/undangan/"

    for path in (desk, f"{desk}{invited.scene.guest_business.pk}/telepon/"):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        assert_accessible(page)


def total_bytes(finished: list[Request]) -> int:
    return sum(request.sizes()["responseBodySize"] for request in finished)


def assert_no_number(page: Page) -> None:
    """No partner's number is in the page source, however it is written."""
    digits = "".join(letter for letter in page.content() if letter.isdigit() or letter == "<")

    assert [number for number in NUMBERS if number.removeprefix("+62") in digits] == []
    assert "Bapak Contoh" not in page.content()
