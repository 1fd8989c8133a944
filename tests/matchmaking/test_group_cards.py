"""Needs that several businesses answer together, as the list shows them."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from matchmaking.models import ProposalRun, TradeContact
from matchmaking.proposal_list import groups_of
from tests.clients import client_of, page_of
from tests.factories import ProposalRunFactory
from tests.holders import text_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
BOX = {"id": "kotak", "en": "box"}


def group(**values: Any) -> dict[str, Any]:
    """A need of 5,000 boxes a month, as a run stores it."""
    members = [
        {"business_id": 1, "business": "Dapur A", "product": "Keripik A", "share": 3_200, "capacity": 4_000},
        {"business_id": 2, "business": "Dapur B", "product": "Keripik B", "share": 1_800, "capacity": 2_000},
    ]
    known = {
        "need_id": 7,
        "need": "Keripik tempe untuk hotel",
        "buyer_id": 9,
        "buyer": "Hotel Gading",
        "quantity": 5_000,
        "unit": BOX,
        "gap": 0,
        "members": members,
    }
    return known | values


def run_with(contact: TradeContact, *groups: dict[str, Any], state: str = "done") -> ProposalRun:
    counts = {"pairs": 0, "possible": 0, "businesses": 2, "with_pairs": 0, "quota": 8, "groups": list(groups)}
    return ProposalRunFactory(trade_contact=contact, state=state, counts=counts)


def latest(scene: ContactScene) -> ProposalRun | None:
    return scene.trade_contact.runs.order_by("-pk").first()


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def officer(scene: ContactScene) -> Client:
    return client_of(scene.guest)


def test_group_names_its_members_with_their_shares(scene: ContactScene, officer: Client) -> None:
    run_with(scene.trade_contact, group())

    page = text_of(officer.get(page_of(scene, "proposals")))

    assert "Kebutuhan yang dijawab bersama" in page
    assert "Hotel Gading membutuhkan 5.000 kotak per bulan." in page
    assert "dijawab 2 usaha" in page
    assert "3.200 dari 4.000" in page
    assert "1.800 dari 2.000" in page
    assert "kurang" not in page


def test_what_is_missing_is_named(scene: ContactScene, officer: Client) -> None:
    run_with(scene.trade_contact, group(gap=1_800, members=[]))

    page = text_of(officer.get(page_of(scene, "proposals")))

    assert "kurang 1.800 kotak" in page
    assert "Belum ada kelompok yang cukup." in page


def test_group_that_only_quotas_or_minimum_orders_forbid_is_told(
    scene: ContactScene, officer: Client
) -> None:
    run_with(scene.trade_contact, group(members=[]), group())

    page = officer.get(page_of(scene, "proposals"))

    text = "Kapasitasnya cukup, tetapi kuota atau pesanan minimum belum memungkinkan satu kelompok."
    assert text_of(page).count(text) == 1
    assert "dijawab 0 usaha" not in text_of(page)
    assert "Belum ada kelompok yang cukup." not in text_of(page)
    assert [len(card.members) for card in page.context["groups"]] == [2, 0]


def test_units_are_read_in_both_languages_and_unknown_ones_too(scene: ContactScene) -> None:
    run_with(scene.trade_contact, group(), group(unit=None))

    with override("en"):
        assert [card.unit for card in groups_of(scene.trade_contact, latest(scene))] == ["box", "unit"]


def test_groups_that_lack_something_come_last(scene: ContactScene) -> None:
    run_with(scene.trade_contact, group(gap=5, need="Kurang"), group(need="Cukup"))

    assert [card.need for card in groups_of(scene.trade_contact, latest(scene))] == ["Cukup", "Kurang"]


def test_groups_are_those_of_the_list_in_force(scene: ContactScene) -> None:
    run_with(scene.trade_contact, group(need="Lama"))
    run_with(scene.trade_contact, group(need="Berlaku"))
    run_with(scene.trade_contact, group(need="Dibatalkan"), state="cancelled")

    assert [card.need for card in groups_of(scene.trade_contact, latest(scene))] == ["Berlaku"]


def test_run_without_groups_shows_no_heading(scene: ContactScene, officer: Client) -> None:
    ProposalRunFactory(
        trade_contact=scene.trade_contact,
        state="done",
        counts={"pairs": 0, "possible": 0, "businesses": 2, "with_pairs": 0, "quota": 8},
    )

    assert "Kebutuhan yang dijawab bersama" not in text_of(officer.get(page_of(scene, "proposals")))


def test_filtered_list_shows_pairs_only(scene: ContactScene, officer: Client) -> None:
    run_with(scene.trade_contact, group())

    filtered = officer.get(page_of(scene, "proposals"), {"jawaban": "unanswered"})

    assert filtered.context["groups"] == []
