"""Cancelling a run: whoever waits for it or works on it stops, and the list of before stays."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.history import entries_of
from matchmaking import pairing, runs, timeline
from matchmaking.models import Pair, ProposalRun
from tests.clients import client_of, page_of
from tests.holders import text_of
from tests.matchmaking.market_scene import TODAY, Market, make_market
from tests.scenes import make_contact


def ignore(run_id: int) -> None:
    """Queue nothing: the test runs the run itself."""


def opened(market: Market) -> ProposalRun:
    return pairing.request_proposals(
        actor=market.scene.guest_actor,
        trade_contact=market.scene.trade_contact,
        now=timezone.now(),
        start=ignore,
    )


def compute(market: Market, run: ProposalRun) -> ProposalRun:
    return pairing.run_proposals(actor=market.scene.guest_actor, run_id=run.pk, today=TODAY)


def cancel(market: Market, run: ProposalRun) -> ProposalRun:
    return runs.cancel_run(actor=market.scene.host_actor, run=run)


@pytest.mark.django_db
def test_cancelled_run_says_who_and_when_and_is_history() -> None:
    market = make_market()

    run = cancel(market, opened(market))

    assert (run.state, run.cancelled_by) == ("cancelled", market.scene.host.user)
    assert run.finished_at is not None
    entry = entries_of(market.scene.trade_contact)[0]
    assert (entry.action, entry.after, entry.user) == (
        "run_cancelled", {"run": run.pk}, market.scene.host.user,
    )  # fmt: skip
    lines = timeline.of_contact(market.scene.trade_contact, [], market.scene.guest_actor)
    assert lines[0].text == "Perhitungan usulan dibatalkan; daftar sebelumnya berlaku."


@pytest.mark.django_db
def test_cancelling_again_changes_nothing() -> None:
    market = make_market()
    run = cancel(market, opened(market))

    again = runs.cancel_run(actor=market.scene.guest_actor, run=run)

    assert again.cancelled_by == market.scene.host.user
    assert entries_of(market.scene.trade_contact).count() == 1


@pytest.mark.django_db
def test_finished_run_cannot_be_cancelled() -> None:
    market = make_market()

    run = cancel(market, market.propose())

    assert (run.state, run.cancelled_by) == ("done", None)


@pytest.mark.django_db
def test_cancelled_run_is_not_computed_and_the_list_of_before_stays() -> None:
    market = make_market()
    market.propose()
    market.product.delete()
    run = cancel(market, opened(market))

    assert compute(market, run).state == "cancelled"

    assert Pair.objects.get().rank == 1


@pytest.mark.django_db
def test_next_press_after_cancelling_is_a_new_run() -> None:
    market = make_market()
    first = cancel(market, opened(market))

    second = opened(market)

    assert second != first
    assert compute(market, second).state == "done"


@pytest.mark.django_db
def test_progress_of_a_run_that_is_over_says_so() -> None:
    market = make_market()
    run = opened(market)
    ProposalRun.objects.update(state="running")
    write = runs.progress_of(run)
    write(0, 25)
    cancel(market, run)

    with pytest.raises(runs.RunIsOver):
        write(10, 25)
    write(11, 25)  # between two steps nobody asks


@pytest.mark.django_db(transaction=True)
def test_job_at_work_notices_and_writes_no_pairs() -> None:
    market = make_market()
    run = opened(market)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            with connection.cursor() as cursor:  # the job waits while it reads its inputs
                cursor.execute("LOCK TABLE products_unit IN ACCESS EXCLUSIVE MODE")
            job = pool.submit(_in_own_connection, market, run)
            wait_until_running(run)
            cancel(market, run)
        outcome = job.result()

    assert (outcome.state, outcome.cancelled_by) == ("cancelled", market.scene.host.user)
    assert Pair.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_officers_cancelling_at_once_are_one_cancelling() -> None:
    market = make_market()
    run, started = opened(market), threading.Barrier(2)

    def press() -> str:
        try:
            started.wait()
            return runs.cancel_run(actor=market.scene.guest_actor, run=run).state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        states = [future.result() for future in [pool.submit(press), pool.submit(press)]]

    assert states == ["cancelled", "cancelled"]
    assert entries_of(market.scene.trade_contact).filter(action="run_cancelled").count() == 1


def _in_own_connection(market: Market, run: ProposalRun) -> ProposalRun:
    try:
        return compute(market, run)
    finally:
        connection.close()


def wait_until_running(run: ProposalRun) -> None:
    for _attempt in range(500):
        if ProposalRun.objects.filter(pk=run.pk, state="running").exists():
            return
        threading.Event().wait(0.02)
    pytest.fail("the job did not start")


# The page


@pytest.fixture
def market(db: None) -> Market:
    return make_market()


@pytest.fixture
def officer(market: Market) -> Client:
    return client_of(market.scene.host)


def test_officer_cancels_a_run_at_work_and_everybody_reads_who(market: Market, officer: Client) -> None:
    run = opened(market)
    assert "Batalkan perhitungan" in text_of(officer.get(page_of(market.scene, "proposals")))

    page = officer.post(page_of(market.scene, "run_cancel", run.pk), follow=True)

    assert "Perhitungan dibatalkan. Daftar sebelumnya tetap berlaku." in text_of(page)
    told = text_of(client_of(market.scene.guest).get(page_of(market.scene, "proposals")))
    assert f"Perhitungan terakhir dibatalkan oleh {market.scene.host.user.name}" in told
    assert "Batalkan perhitungan" not in told


def test_officer_who_is_too_late_is_told(market: Market, officer: Client) -> None:
    run = market.propose()

    page = officer.post(page_of(market.scene, "run_cancel", run.pk), follow=True)

    assert "Perhitungan ini sudah selesai, jadi tidak dapat dibatalkan lagi." in text_of(page)


def test_run_of_another_contact_is_404(market: Market, officer: Client) -> None:
    other = make_contact()
    run = ProposalRun.objects.create(trade_contact=other.trade_contact)

    assert officer.post(page_of(market.scene, "run_cancel", run.pk)).status_code == 404
    assert officer.get(page_of(market.scene, "run_detail", run.pk)).status_code == 404
    run.refresh_from_db()
    assert run.state == "queued"
