"""Scenario 4: pairs that an office can defend, on the founding case, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from benchmarks.founding_case import make_founding_case
from matchmaking.models import Delegation, Pair, ProposalRun, TradeContact
from products.models import Business
from tests.browser.actions import assert_accessible, sign_in
from tests.factories import (
    FamilyFactory,
    NeedFactory,
    OfficeMemberFactory,
    ParticipationFactory,
    ProductFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def contact(reference_data: None) -> TradeContact:
    return make_founding_case()


def address(contact: TradeContact, page: str = "pasangan") -> str:
    return f"/kontak-dagang/{contact.slug}/{page}/"


def sign_in_officer(page: Page, contact: TradeContact, role: str = "guest") -> None:
    sign_in(page, OfficeMemberFactory(office=contact.delegations.get(role=role).office).user)


def propose(page: Page, contact: TradeContact) -> ProposalRun:
    """Press the button on the page and wait for the list."""
    before = ProposalRun.objects.count()
    page.goto(address(contact))
    page.get_by_role("button", name=re.compile("^Usulkan")).click()
    expect(page.locator("article.pair").first).to_be_visible()
    assert ProposalRun.objects.count() == before + 1
    return contact.runs.order_by("-pk")[0]


def listed(contact: TradeContact) -> list[tuple[int, int, float | None]]:
    pairs = Pair.objects.filter(trade_contact=contact).exclude(rank=None).in_order()
    return list(pairs.values_list("business_a_id", "business_b_id", "score"))


def needs_above_every_capacity(contact: TradeContact) -> None:
    """Seven makers of 800 a month, one firm that needs 5,000 and one that needs 2,400."""
    guest: Delegation = contact.delegations.get(role="guest")
    host: Delegation = contact.delegations.get(role="host")
    balls, piece = FamilyFactory(code="bola-kayu", name_id="Bola kayu", name_en="Wooden balls"), UnitFactory()
    for number in range(1, 8):
        maker = ParticipationFactory(delegation=guest).business
        Business.objects.filter(pk=maker.pk).update(name=f"Perajin bola {number}")
        ProductFactory(
            business=maker, category=balls, name=f"Bola kayu {number}", unit=piece, capacity_per_month=800
        )
    for quantity in (5_000, 2_400):
        buyer = ParticipationFactory(delegation=host).business
        Business.objects.filter(pk=buyer.pk).update(name=f"Pembeli {quantity} bola")
        NeedFactory(
            business=buyer,
            category=balls,
            text=f"Bola kayu {quantity} buah",
            quantity=quantity,
            frequency="monthly",
            unit=piece,
        )


def test_pairs_go_both_ways_and_carry_their_reasons(contact: TradeContact, desktop: Page) -> None:
    sign_in_officer(desktop, contact)
    propose(desktop, contact)

    for region in ("Kabupaten Bandung menjual", "Kota Surakarta menjual"):
        desktop.goto(address(contact))
        desktop.get_by_label("Arah").select_option(region)
        expect(desktop.locator("article.pair").first).to_be_visible()
        for card in desktop.locator("article.pair").all():
            assert card.locator(".reasons li.good").count() >= 3


def test_need_above_every_capacity_becomes_a_group_or_is_flagged(
    contact: TradeContact, desktop: Page
) -> None:
    needs_above_every_capacity(contact)
    sign_in_officer(desktop, contact, "host")

    propose(desktop, contact)

    short = desktop.get_by_role("article", name="Bola kayu 5000 buah")
    expect(short).to_contain_text("Pembeli 5000 bola membutuhkan 5.000 buah per bulan.")
    expect(short).to_contain_text("kurang 200 buah")
    answered = desktop.get_by_role("article", name="Bola kayu 2400 buah")
    expect(answered).to_contain_text("dijawab 3 usaha")
    expect(answered).to_contain_text("800 dari 800")
    assert_accessible(desktop)


def test_vetoed_and_certificateless_pairs_never_appear(contact: TradeContact, desktop: Page) -> None:
    sign_in_officer(desktop, contact)
    propose(desktop, contact)
    best = desktop.locator("article.pair h2").first.inner_text()
    desktop.get_by_role("article", name=best).get_by_role("link", name="Sembunyikan").click()
    desktop.get_by_label("Alasan").fill("Keduanya sudah bekerja sama.")
    desktop.get_by_role("button", name="Sembunyikan").click()

    propose(desktop, contact)

    expect(desktop.get_by_role("article", name=best)).to_have_count(0)
    hidden = Pair.objects.get(hidden_at__isnull=False)
    assert (hidden.business_a_id, hidden.business_b_id) not in {row[:2] for row in listed(contact)}
    saung, hotel = (Business.objects.get(name=name) for name in ("Saung Parahyangan", "Hotel Nusukan 1"))
    assert tuple(sorted((saung.pk, hotel.pk))) not in {row[:2] for row in listed(contact)}
    desktop.goto(f"{address(contact)}mengapa-tidak/?one={saung.pk}&other={hotel.pk}")
    expect(desktop.get_by_text("Halal masih diurus")).to_be_visible()


def test_nobody_is_at_zero_and_nobody_above_twice_the_median(contact: TradeContact, desktop: Page) -> None:
    sign_in_officer(desktop, contact)
    run = propose(desktop, contact)

    desktop.get_by_role("link", name="Rincian perhitungan").click()

    expect(desktop.get_by_role("heading", name="Seberapa merata")).to_be_visible()
    expect(desktop.get_by_role("row", name=re.compile("^Tanpa usulan .* 0$"))).to_be_visible()
    assert run.counts["fairness"]["at_zero"] == 0
    assert run.counts["fairness"]["largest_over_median"] <= 2
    assert_accessible(desktop)


def test_pressing_twice_gives_the_same_list(contact: TradeContact, desktop: Page) -> None:
    sign_in_officer(desktop, contact)
    first = propose(desktop, contact)
    before = listed(contact)

    second = propose(desktop, contact)

    assert listed(contact) == before
    assert second.fingerprint == first.fingerprint
    desktop.get_by_role("link", name="Rincian perhitungan").click()
    expect(desktop.get_by_text("Tidak ada pasangan yang masuk, keluar, atau pindah urutan.")).to_be_visible()


def test_changing_one_weight_shows_what_moved_before_it_is_applied(
    contact: TradeContact, desktop: Page
) -> None:
    sign_in_officer(desktop, contact)
    propose(desktop, contact)
    before = listed(contact)
    desktop.get_by_role("link", name="Bobot: seberapa penting setiap hal dihitung").click()

    desktop.get_by_label("Harganya murah").fill("0,9")
    desktop.get_by_role("button", name="Lihat apa yang berubah").click()

    preview = desktop.get_by_role("region", name="Bila diterapkan")
    expect(preview).to_be_visible()
    moved = preview.get_by_text("pasangan pindah urutan")
    expect(moved).to_be_visible()
    moved.click()
    expect(preview.locator("details li").first).to_contain_text("Kecocokannya")
    assert_accessible(desktop)
    assert listed(contact) == before
    assert ProposalRun.objects.count() == 1
    assert "csrf" not in desktop.url

    desktop.get_by_label("Jaraknya dekat").fill("0,35")
    desktop.get_by_role("button", name="Terapkan").click()

    expect(desktop.get_by_text("Daftar dihitung ulang dengan bobot ini.")).to_be_visible()
    expect(desktop.locator("article.pair").first).to_be_visible()
    assert listed(contact) != before
    contact.refresh_from_db()
    assert contact.weights == {"buyer_price": 0.9, "seller_distance": 0.35}
