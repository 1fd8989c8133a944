"""What a run remembers of its list, and the pages that show it."""

import doctest
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matchmaking import pairing, run_pages, run_report
from matchmaking.engine import propose
from matchmaking.models import Pair, ProposalRun
from matchmaking.pairing_inputs import contact_values
from tests.clients import client_of, page_of
from tests.factories import NeedFactory, ParticipationFactory, ProposalRunFactory
from tests.holders import text_of
from tests.matchmaking.market_scene import TODAY, Market, make_market
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> Market:
    return make_market()


@pytest.fixture
def officer(market: Market) -> Client:
    return client_of(market.scene.guest)


def detail(client: Client, scene: ContactScene, run: ProposalRun) -> str:
    response = client.get(page_of(scene, "run_detail", run.pk))
    assert response.status_code == 200
    return text_of(response)


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(run_report).failed == doctest.testmod(run_pages).failed == 0


# What a run remembers


def test_run_remembers_how_fair_its_list_is(market: Market) -> None:
    run = market.propose()

    assert run.counts["fairness"] == {
        "businesses": 2,
        "gini": 0.0,
        "at_zero": 0,
        "largest": 1,
        "median": 1.0,
        "largest_over_median": 1.0,
    }
    assert run.counts["least_pairs"] == 3
    assert sum(run.counts["scores"]["listed"]) == sum(run.counts["scores"]["possible"]) == 1
    pair = Pair.objects.get()
    assert run.counts["listed"] == [[pair.business_a_id, pair.business_b_id, round(pair.score or 0, 6)]]


def test_run_remembers_who_has_few_and_why(market: Market) -> None:
    run = market.propose()

    told = {row["business_id"]: row for row in run.counts["few"]}
    assert told[market.second_shop.pk]["why"] == [
        {"code": "no_possible_pair"},
        {"code": "gate_failed", "gate": "over_ceiling", "count": 1},
    ]
    assert told[market.roaster.pk]["why"] == [{"code": "few_possible", "count": 1}]
    assert run.counts["few"][0]["business_id"] == market.second_shop.pk


def test_business_that_nothing_is_known_of_is_told_to_complete_its_data(market: Market) -> None:
    newcomer = ParticipationFactory(delegation=market.scene.guest_delegation).business

    run = market.propose()

    told = {row["business_id"]: [fact["code"] for fact in row["why"]] for row in run.counts["few"]}
    assert told[newcomer.pk] == ["no_possible_pair", "nothing_sought"]


def test_who_has_many_stands_first_with_the_most(market: Market) -> None:
    shop = ParticipationFactory(delegation=market.scene.host_delegation).business
    NeedFactory(business=shop, category=market.coffee, text="Kopi arabika")

    run = market.propose()

    assert [(row["business_id"], row["count"]) for row in run.counts["many"]] == [(market.roaster.pk, 2)]


def test_run_stores_no_names_and_its_page_reads_those_of_today(market: Market, officer: Client) -> None:
    run = market.propose()
    names = (market.second_shop.name, market.roaster.name)
    type(market.second_shop).objects.filter(pk=market.second_shop.pk).update(name="Toko Baru")

    page = detail(officer, market.scene, run)

    assert not any(name in str(run.counts) for name in names)
    assert "Toko Baru" in page
    assert market.second_shop.name not in page
    assert market.roaster.name in page


def test_names_that_runs_stored_are_taken_out(market: Market) -> None:
    line = {"business_id": market.roaster.pk, "business": "Budi", "count": 2}
    run = ProposalRunFactory(counts={"few": [], "many": [line], "pairs": 2})
    migration = import_module("matchmaking.migrations.0027_runs_without_names")

    migration.clear_names(apps, None)

    run.refresh_from_db()
    assert run.counts == {
        "few": [],
        "many": [{"business_id": market.roaster.pk, "count": 2}],
        "pairs": 2,
    }


# The list of runs


def test_no_run_yet_says_what_to_press(market: Market, officer: Client) -> None:
    assert "Belum pernah dihitung" in text_of(officer.get(page_of(market.scene, "runs")))


def test_runs_are_listed_latest_first_with_their_figures(market: Market, officer: Client) -> None:
    first = market.propose()
    ProposalRun.objects.filter(pk=first.pk).update(
        counts={**first.counts, "benefit": {"total": 9.9997, "bound": 10.0}}
    )
    second = ProposalRunFactory(
        trade_contact=market.scene.trade_contact, state="cancelled", cancelled_by=market.scene.host.user
    )

    page = officer.get(page_of(market.scene, "runs"))

    assert [line.run for line in page.context["lines"]] == [second, first]
    assert "99,99" in text_of(page)
    assert market.scene.host.user.name in text_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_runs_costs_the_same_for_any_number(
    market: Market, officer: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        ProposalRunFactory(
            trade_contact=market.scene.trade_contact,
            state="cancelled",
            requested_by=market.scene.guest.user,
            cancelled_by=market.scene.host.user,
        )
    officer.get(page_of(market.scene, "runs"))

    with django_assert_num_queries(6):
        officer.get(page_of(market.scene, "runs"))


# One run


def test_page_tells_who_asked_when_how_long_and_with_which_inputs(market: Market, officer: Client) -> None:
    run = market.propose()

    page = detail(officer, market.scene, run)

    assert market.scene.guest.user.name in page
    assert run.fingerprint in page
    assert "Harganya murah" in page
    assert "Indeks Gini" in page
    assert "Sebaran kecocokan" in page
    assert "Terhalang harga di atas batas: 1 kali." in page


def test_changed_weight_is_marked_beside_the_usual_one(market: Market, officer: Client) -> None:
    market.scene.trade_contact.weights = {"buyer_price": 0.5}
    market.scene.trade_contact.save()

    page = detail(officer, market.scene, market.propose())

    assert "0,5 <span" in page
    assert "biasanya 0,25" in page


def test_page_names_what_may_exceed_twice_the_median(market: Market, officer: Client) -> None:
    page = detail(officer, market.scene, market.propose())

    assert "usulan bagi satu usaha; yang di tengah (median) di antara usaha yang mendapat usulan: 1<" in page
    assert (
        "paling besar 2, kecuali pasangan yang dikunci atau ditambahkan petugas, pasangan kelompok, "
        "atau bila usaha lain akan kehilangan usulannya"
    ) in page


@pytest.mark.parametrize(
    ("benefit", "text"),
    [
        (None, "dari batas: belum dihitung"),
        ({"total": 0.0, "bound": 0.0}, "dari batas: belum dihitung"),
        ({"total": 99.97, "bound": 100.0}, "99,97 %"),
        ({"total": 99.9999, "bound": 100.0}, "99,99 %"),
        ({"total": 100.0, "bound": 100.0}, "100,00 %"),
    ],
)
def test_share_of_the_bound_is_told_with_two_places(
    market: Market, officer: Client, benefit: Any, text: str
) -> None:
    run = market.propose()
    run.counts = {name: value for name, value in run.counts.items() if name != "benefit"}
    if benefit:
        run.counts["benefit"] = benefit
    run.save()

    assert text in detail(officer, market.scene, run)


def test_page_says_what_the_bound_counts(market: Market, officer: Client) -> None:
    page = detail(officer, market.scene, market.propose())

    assert (
        "dengan kuota yang sama dari pasangan yang cukup cocok atau sudah di daftar, tanpa memperhatikan "
        "pemerataan. Pasangan kelompok dan pasangan yang dikunci atau ditambahkan petugas selalu ikut di "
        "dalamnya."
    ) in page


@pytest.mark.parametrize(("proven", "times"), [({}, 0), ({"proven": True}, 0), ({"proven": False}, 1)])
def test_list_that_is_not_proven_to_be_the_best_is_told(
    market: Market, officer: Client, proven: dict[str, bool], times: int
) -> None:
    run = market.propose()
    run.counts["benefit"] = {"total": 9.0, "bound": 10.0} | proven
    run.save()

    page = detail(officer, market.scene, run)

    assert page.count("belum terbukti yang terbaik. Waktu hitung habis sebelum") == times


def test_old_run_without_figures_says_that_they_were_not_computed(market: Market, officer: Client) -> None:
    run = ProposalRunFactory(
        trade_contact=market.scene.trade_contact,
        state="done",
        counts={"pairs": 1, "possible": 1, "businesses": 3, "with_pairs": 2, "quota": 8},
    )

    page = detail(officer, market.scene, run)

    assert "Belum dihitung pada perhitungan ini." in page
    assert "dari batas: belum dihitung" in page
    assert "Dibandingkan dengan" not in page


@pytest.mark.parametrize("state", ["queued", "running", "failed", "cancelled"])
def test_run_that_did_not_finish_shows_its_state(market: Market, officer: Client, state: str) -> None:
    finished = timezone.now() if state in {"failed", "cancelled"} else None
    run = ProposalRunFactory(trade_contact=market.scene.trade_contact, state=state, finished_at=finished)

    page = detail(officer, market.scene, run)

    assert run.get_state_display() in page
    assert "Seberapa merata" not in page


def test_run_is_compared_with_the_one_before(market: Market, officer: Client) -> None:
    first = market.propose()
    shop = ParticipationFactory(delegation=market.scene.host_delegation).business
    NeedFactory(business=shop, category=market.coffee, text="Kopi arabika")

    second = market.propose()

    page = detail(officer, market.scene, second)
    assert "Dibandingkan dengan perhitungan" in page
    assert f"{shop.name} baru masuk delegasi." in page
    assert "Dibandingkan dengan" not in detail(officer, market.scene, first)


def test_hidden_pair_is_told_with_its_reason(market: Market, officer: Client) -> None:
    market.propose()
    pairing.hide_pair(actor=market.scene.host_actor, pair=Pair.objects.get(), reason="Bersaing.")

    assert "Disembunyikan petugas: Bersaing." in detail(officer, market.scene, market.propose())


def test_pair_hidden_while_the_list_was_made_is_told(market: Market, officer: Client) -> None:
    market.propose()
    run = pairing.request_proposals(
        actor=market.scene.host_actor,
        trade_contact=market.scene.trade_contact,
        now=timezone.now(),
        start=lambda run_id: None,
    )
    ProposalRun.objects.filter(pk=run.pk).update(state="running")
    contact = contact_values(market.scene.trade_contact, TODAY)
    listed = propose(contact)
    pairing.hide_pair(actor=market.scene.host_actor, pair=Pair.objects.get(), reason="Bersaing.")

    stored = pairing.store_proposals(
        actor=market.scene.host_actor,
        run=run,
        contact=contact,
        listed=listed,
        seconds={"load": 0.0, "engine": 0.0},
    )

    assert "Disembunyikan petugas: Bersaing." in detail(officer, market.scene, stored)


def test_old_comparison_tells_what_was_decided_then(market: Market, officer: Client) -> None:
    market.propose()
    pair = Pair.objects.get()
    pairing.hide_pair(actor=market.scene.host_actor, pair=pair, reason="Bersaing.")
    hidden = market.propose()
    pairing.unhide_pair(actor=market.scene.host_actor, pair=pair)
    shown = market.propose()
    pairing.lock_pair(actor=market.scene.host_actor, pair=pair)

    assert "Disembunyikan petugas: Bersaing." in detail(officer, market.scene, hidden)
    changes = run_pages.page_of(shown).changes
    assert changes is not None
    assert [sentence.text for sentence in changes.came.lines[0].why] == [
        "Pasangan ini tidak lagi disembunyikan."
    ]


def test_locked_pair_is_told(market: Market) -> None:
    first = market.propose()
    first.counts["listed"] = []
    first.save()
    pairing.lock_pair(actor=market.scene.host_actor, pair=Pair.objects.get())

    changes = run_pages.page_of(market.propose()).changes

    assert changes is not None
    assert [sentence.text for sentence in changes.came.lines[0].why] == ["Dikunci petugas dalam daftar."]


def test_run_that_did_not_store_the_decisions_is_not_compared(market: Market) -> None:
    market.propose()
    run = market.propose()
    del run.counts["vetoed"]

    assert run_pages.page_of(run).before is None


def test_businesses_that_are_not_named_are_counted(
    market: Market, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_report, "MOST_NAMED", 1)
    for _number in range(2):
        shop = ParticipationFactory(delegation=market.scene.host_delegation).business
        NeedFactory(business=shop, category=market.coffee, text="Kopi arabika")
    run = market.propose()
    run.counts["many_count"] = 8
    run.save()

    page = detail(officer, market.scene, run)

    assert (len(run.counts["few"]), run.counts["few_count"]) == (1, 4)
    assert "dan 3 lainnya" in page
    assert "dan 7 lainnya" in page


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number_of_pairs(
    market: Market, officer: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        shop = ParticipationFactory(delegation=market.scene.host_delegation).business
        NeedFactory(business=shop, category=market.coffee, text="Kopi arabika")
    market.propose()
    run = market.propose()
    address = page_of(market.scene, "run_detail", run.pk)
    officer.get(address)

    with django_assert_num_queries(7):
        officer.get(address)


def test_bars_show_every_bin_that_holds_something() -> None:
    scores = {"listed": [0] * 19 + [1], "possible": [1000] + [0] * 18 + [1]}

    bars = run_pages.bars_of(scores)

    assert (bars[0].possible_height, bars[0].listed_height) == (run_pages.PICTURE_HEIGHT, 0)
    assert (bars[19].listed_height, bars[19].listed_y) == (run_pages.LOWEST_BAR, run_pages.PICTURE_HEIGHT - 2)


def test_runs_are_nobody_elses(market: Market) -> None:
    run, stranger = market.propose(), client_of(make_contact().guest)

    assert stranger.get(page_of(market.scene, "runs")).status_code == 404
    assert stranger.get(page_of(market.scene, "run_detail", run.pk)).status_code == 404
