"""Pairing: one run at a time, a list that can be made again, and officers' decisions that hold."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.history import entries_of
from matchmaking import pairing
from matchmaking.engine import propose
from matchmaking.models import Pair, ProposalRun, TradeContact
from matchmaking.pairing_inputs import contact_values
from tests.factories import (
    BusinessFactory,
    NeedFactory,
    ParticipationFactory,
    ProductFactory,
    ProposalRunFactory,
)
from tests.matchmaking.market_scene import TODAY, Market, make_market
from tests.scenes import make_contact

NOW = datetime(2018, 3, 1, 8, 0, tzinfo=UTC)


def ignore(run_id: int) -> None:
    """Queue nothing: the test runs the run itself."""


def request(market: Market, *, start: Callable[[int], object] = ignore, now: datetime = NOW) -> ProposalRun:
    return pairing.request_proposals(
        actor=market.scene.guest_actor, trade_contact=market.scene.trade_contact, now=now, start=start
    )


def run(market: Market, run_id: int) -> ProposalRun:
    return pairing.run_proposals(actor=market.scene.guest_actor, run_id=run_id, today=TODAY)


def listed(market: Market) -> list[tuple[int, int, int | None, float | None]]:
    pairs = Pair.objects.filter(trade_contact=market.scene.trade_contact).shown().in_order()
    return list(pairs.values_list("business_a_id", "business_b_id", "rank", "score"))


def actions(subject: Pair | TradeContact) -> list[tuple[str, str, int | None]]:
    return [(entry.action, entry.note, entry.user_id) for entry in entries_of(subject).order_by("pk")]


# The run


@pytest.mark.django_db
def test_first_press_opens_a_run_and_starts_it_after_commit(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    market, started = make_market(), list[int]()

    with django_capture_on_commit_callbacks(execute=True):
        opened = request(market, start=started.append)
        assert started == []

    assert started == [opened.pk]
    assert (opened.state, opened.requested_by, opened.requested_at) == (
        "queued",
        market.scene.guest.user,
        NOW,
    )
    assert opened.weights["implied"] == 0.6


@pytest.mark.django_db
def test_second_press_joins_the_run_at_work(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    market, started = make_market(), list[int]()
    opened = request(market)

    with django_capture_on_commit_callbacks(execute=True):
        joined = request(market, start=started.append, now=NOW + timedelta(minutes=2))

    assert joined == opened
    assert started == []


@pytest.mark.django_db
def test_stuck_run_is_given_up_by_the_next_press() -> None:
    market = make_market()
    stuck = request(market)

    fresh = request(market, now=NOW + timedelta(minutes=4))

    stuck.refresh_from_db()
    assert (stuck.state, fresh.state) == ("failed", "queued")
    assert fresh != stuck


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "stuck"), [(2, False), (4, True)])
def test_run_counts_as_stuck_three_minutes_after_its_last_sign(minutes: int, stuck: bool) -> None:  # noqa: FBT001
    waiting = ProposalRunFactory(requested_at=NOW - timedelta(hours=1), started_at=NOW, state="running")

    assert pairing.is_stuck(waiting, NOW + timedelta(minutes=minutes)) is stuck
    assert not pairing.is_stuck(ProposalRun(state="done", requested_at=NOW), NOW + timedelta(days=1))


@pytest.mark.django_db
def test_run_stores_the_pair_with_score_trade_reasons_and_what_is_open() -> None:
    market = make_market()

    done = run(market, request(market).pk)

    pair = Pair.objects.get()
    assert (pair.business_a, pair.business_b, pair.rank, pair.run, pair.origin) == (
        market.roaster,
        market.shop,
        1,
        done,
        "proposed",
    )
    assert 0.6 < pair.score < 1.0
    assert pair.score_parts.keys() == {"a", "b"}
    trade = pair.trades[0]
    assert (
        trade["seller_id"],
        trade["buyer_id"],
        trade["product_id"],
        trade["need_id"],
        trade["implied"],
    ) == (
        market.roaster.pk,
        market.shop.pk,
        market.product.pk,
        market.need.pk,
        False,
    )
    assert (trade["sector"], trade["families"], trade["need"]) == (
        "kuliner",
        ["kopi"],
        "Kopi bubuk, kemasan hadiah",
    )
    assert [fact["code"] for fact in pair.reasons] == [
        "wanted",
        "same_family",
        "capacity_enough",
        "min_order_met",
        "price_within",
        "certificates_held",
        "other_region",
    ]
    assert [fact["code"] for fact in pair.unmet] == [
        "lead_time_unknown",
        "delivery_unknown",
        "certificates_unchecked",
    ]


@pytest.mark.django_db
def test_finished_run_tells_its_fingerprint_counts_and_seconds() -> None:
    market = make_market()

    done = run(market, request(market).pk)

    contact = contact_values(market.scene.trade_contact, TODAY)
    assert (done.state, done.fingerprint) == ("done", propose(contact).fingerprint)
    assert done.done_count == done.total_count == 2
    pair = Pair.objects.get()
    seconds = done.counts.pop("seconds")
    assert seconds.keys() == {"load", "engine", "save"}
    told = {
        "pairs": 1,
        "possible": 1,
        "businesses": 3,
        "with_pairs": 2,
        "quota": 8,
        "benefit": {"total": pair.score, "bound": pair.score, "proven": True},
        "groups": [],
        "came": 1,
        "went": 0,
    }
    assert done.counts.items() >= told.items()
    assert done.started_at <= done.finished_at


@pytest.mark.django_db
def test_run_tells_history_of_the_contact_and_of_pairs_that_come_and_go() -> None:
    market = make_market()
    user = market.scene.guest.user_id
    run(market, request(market).pk)
    pair = Pair.objects.get()

    market.product.delete()
    run(market, request(market).pk)

    assert actions(pair) == [("proposed", "", user), ("left_list", "", user)]
    told = [entry.after for entry in entries_of(market.scene.trade_contact).order_by("pk")]
    assert [(one["pairs"], one["came"], one["went"]) for one in told] == [(1, 1, 0), (0, 0, 1)]


@pytest.mark.django_db
def test_same_inputs_give_the_same_list() -> None:
    market = make_market()
    for name in ("Kopi robusta", "Kopi luwak"):
        business = ParticipationFactory(delegation=market.scene.guest_delegation).business
        ProductFactory(business=business, category=market.coffee, name=name)
    first = run(market, request(market).pk)
    before = listed(market)

    second = run(market, request(market).pk)

    assert len(before) == 3
    assert listed(market) == before
    assert second.fingerprint == first.fingerprint
    assert (second.counts["came"], second.counts["went"]) == (0, 0)


@pytest.mark.django_db
def test_finished_run_is_not_run_again() -> None:
    market = make_market()
    done = run(market, request(market).pk)

    again = run(market, done.pk)

    assert (again.state, again.finished_at) == ("done", done.finished_at)
    assert len(actions(market.scene.trade_contact)) == 1


@pytest.mark.django_db
def test_interrupted_run_starts_again() -> None:
    market = make_market()
    opened = request(market)
    ProposalRun.objects.filter(pk=opened.pk).update(state="running", done_count=2)

    assert run(market, opened.pk).state == "done"


@pytest.mark.django_db
def test_error_leaves_the_run_as_failed_and_the_list_as_it_was() -> None:
    market = make_market()
    market.propose()
    before = listed(market)
    broken = request(market)
    TradeContact.objects.update(weights={"luck": 1.0})

    with pytest.raises(TypeError, match="luck"):
        run(market, broken.pk)

    broken.refresh_from_db()
    assert broken.state == "failed"
    assert broken.finished_at is not None
    assert listed(market) == before
    TradeContact.objects.update(weights={})
    assert request(market).state == "queued"


@pytest.mark.django_db
def test_late_result_of_a_run_given_up_changes_nothing() -> None:
    market = make_market()
    late = request(market)
    contact = contact_values(market.scene.trade_contact, TODAY)
    request(market, now=NOW + timedelta(minutes=4))

    pairing.store_proposals(
        actor=market.scene.guest_actor, run=late, contact=contact, listed=propose(contact), seconds={}
    )

    assert list(Pair.objects.all()) == []


@pytest.mark.django_db
def test_pair_hidden_and_business_gone_while_it_was_computed_are_left_out() -> None:
    market = make_market()
    NeedFactory(business=market.second_shop, category=market.coffee, text="Kopi apa saja")
    contact = contact_values(market.scene.trade_contact, TODAY)
    computed = propose(contact)
    opened = request(market)
    ProposalRun.objects.update(state="running")
    hidden = market.scene.make_pair(hidden_at=NOW, staff_reason="Sudah bekerja sama.", rank=None)
    market.scene.host_delegation.participations.get(business=market.second_shop).delete()

    done = pairing.store_proposals(
        actor=market.scene.guest_actor, run=opened, contact=contact, listed=computed, seconds={}
    )

    assert len(computed.proposals) == 2
    assert (done.state, done.counts["pairs"]) == ("done", 0)
    assert list(Pair.objects.values_list("pk", "rank")) == [(hidden.pk, None)]


@pytest.mark.django_db
def test_pair_no_longer_proposed_keeps_its_answers_and_stays_shown() -> None:
    market = make_market()
    market.propose()
    Pair.objects.update(answer_a="yes")
    market.product.delete()

    market.propose()

    assert [row[2] for row in listed(market)] == [None]
    assert Pair.objects.get().answer_a == "yes"


@pytest.mark.django_db
def test_untouched_pair_no_longer_proposed_leaves_the_list() -> None:
    market = make_market()
    market.propose()
    market.product.delete()

    market.propose()

    assert listed(market) == []
    assert Pair.objects.get().rank is None


@pytest.mark.django_db
def test_locked_pair_stays_on_the_list_without_any_trade_left() -> None:
    market = make_market()
    market.propose()
    pairing.lock_pair(actor=market.scene.host_actor, pair=Pair.objects.get())
    market.product.delete()

    market.propose()

    pair = Pair.objects.get()
    assert (pair.rank, pair.score, pair.trades) == (1, 0.0, [])
    assert [fact["code"] for fact in pair.reasons] == ["kept", "offers_nothing", "seeks", "other_region"]


@pytest.mark.django_db
def test_pair_locked_while_a_run_that_drops_it_was_computed_keeps_its_rank() -> None:
    market = make_market()
    market.propose()
    opened = request(market)
    ProposalRun.objects.filter(pk=opened.pk).update(state="running")
    market.product.delete()
    contact = contact_values(market.scene.trade_contact, TODAY)
    pairing.lock_pair(actor=market.scene.host_actor, pair=Pair.objects.get())

    pairing.store_proposals(
        actor=market.scene.guest_actor, run=opened, contact=contact, listed=propose(contact), seconds={}
    )

    assert Pair.objects.get().rank == 1


@pytest.mark.django_db
def test_hidden_pair_is_never_proposed_again_until_it_is_shown() -> None:
    market = make_market()
    market.propose()
    pair = Pair.objects.get()
    pairing.hide_pair(actor=market.scene.host_actor, pair=pair, reason="Sudah bekerja sama.")
    market.propose()
    assert listed(market) == []

    pairing.unhide_pair(actor=market.scene.host_actor, pair=pair)
    market.propose()

    assert [row[:3] for row in listed(market)] == [(market.roaster.pk, market.shop.pk, 1)]


@pytest.mark.django_db
def test_progress_is_counted_while_the_run_is_at_work() -> None:
    market = make_market()
    opened = request(market)
    ProposalRun.objects.update(state="running")
    seen: list[tuple[int, int]] = []
    write = pairing.progress_of(opened)
    for done in range(25):
        write(done, 25)
        opened.refresh_from_db()
        seen.append((opened.done_count, opened.total_count))

    assert sorted(set(seen)) == [(0, 0), *((done, 25) for done in range(3, 25, 3))]


# Officers' decisions


@pytest.mark.django_db
def test_locking_twice_is_one_decision() -> None:
    scene = make_contact()
    pair = scene.make_pair()

    first = pairing.lock_pair(actor=scene.host_actor, pair=pair)
    second = pairing.lock_pair(actor=scene.guest_actor, pair=pair)

    assert first.locked_at is not None
    assert second.locked_at == first.locked_at
    assert actions(pair) == [("locked", "", scene.host.user_id)]


@pytest.mark.django_db
def test_unlocking_twice_is_one_decision() -> None:
    scene = make_contact()
    pair = scene.make_pair(locked_at=NOW)

    pairing.unlock_pair(actor=scene.host_actor, pair=pair)
    pairing.unlock_pair(actor=scene.host_actor, pair=pair)

    pair.refresh_from_db()
    assert pair.locked_at is None
    assert actions(pair) == [("unlocked", "", scene.host.user_id)]


@pytest.mark.django_db
def test_hiding_keeps_the_reason_and_hiding_twice_is_one_decision() -> None:
    scene = make_contact()
    pair = scene.make_pair()

    for _press in range(2):
        pairing.hide_pair(actor=scene.host_actor, pair=pair, reason="Sudah bekerja sama.")

    pair.refresh_from_db()
    assert (pair.hidden_at is not None, pair.staff_reason) == (True, "Sudah bekerja sama.")
    assert actions(pair) == [("hidden", "Sudah bekerja sama.", scene.host.user_id)]


@pytest.mark.django_db
def test_hiding_with_another_reason_corrects_it() -> None:
    scene = make_contact()
    pair = scene.make_pair(hidden_at=NOW, staff_reason="Salah ketik.")

    pairing.hide_pair(actor=scene.host_actor, pair=pair, reason="Bersaing langsung.")

    pair.refresh_from_db()
    assert pair.staff_reason == "Bersaing langsung."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "sentence"),
    [(" ", "Tulis alasannya"), ("a" * 201, "Pastikan nilai ini mengandung paling banyak 200")],
)
def test_hiding_needs_a_reason_that_fits(reason: str, sentence: str) -> None:
    scene = make_contact()
    pair = scene.make_pair()

    with pytest.raises(ValidationError, match=sentence):
        pairing.hide_pair(actor=scene.host_actor, pair=pair, reason=reason)

    pair.refresh_from_db()
    assert pair.hidden_at is None


@pytest.mark.django_db
def test_showing_again_twice_is_one_decision() -> None:
    scene = make_contact()
    pair = scene.make_pair(hidden_at=NOW, staff_reason="Salah pilih.")

    for _press in range(2):
        pairing.unhide_pair(actor=scene.host_actor, pair=pair)

    pair.refresh_from_db()
    assert (pair.hidden_at, pair.staff_reason) == (None, "")
    assert actions(pair) == [("unhidden", "", scene.host.user_id)]


@pytest.mark.django_db
def test_hidden_pair_cannot_be_locked() -> None:
    scene = make_contact()
    pair = scene.make_pair(hidden_at=NOW, staff_reason="Salah pilih.")

    with pytest.raises(pairing.PairIsHidden, match="Tampilkan lagi sebelum menguncinya"):
        pairing.lock_pair(actor=scene.host_actor, pair=pair)


@pytest.mark.django_db
def test_locked_pair_cannot_be_hidden() -> None:
    scene = make_contact()
    pair = scene.make_pair(locked_at=NOW)

    with pytest.raises(pairing.PairIsLocked, match="Buka kuncinya"):
        pairing.hide_pair(actor=scene.host_actor, pair=pair, reason="Bersaing.")


def add(market: Market, **values: Any) -> Pair:
    arguments = {
        "actor": market.scene.host_actor,
        "trade_contact": market.scene.trade_contact,
        "one": market.second_shop,
        "other": market.roaster,
        "reason": "Sudah pernah berkirim contoh.",
        "today": TODAY,
    }
    return pairing.add_pair(**arguments | values)


@pytest.mark.django_db
def test_added_pair_is_explained_at_once_and_gets_a_rank_with_the_next_run() -> None:
    market = make_market()

    pair = add(market)

    assert (pair.business_a, pair.business_b, pair.origin, pair.rank) == (
        market.roaster,
        market.second_shop,
        "officer",
        None,
    )
    assert [fact["code"] for fact in pair.reasons] == ["kept", "offers", "seeks", "other_region"]
    assert [(fact["code"], fact["excess"]) for fact in pair.unmet] == [("over_ceiling", 32_400)]
    assert actions(pair) == [("added", "Sudah pernah berkirim contoh.", market.scene.host.user_id)]
    market.propose()
    pair.refresh_from_db()
    assert (pair.rank, pair.reasons[0]) == (2, {"code": "kept", "by": "officer"})
    assert len(actions(pair)) == 1


@pytest.mark.django_db
def test_adding_twice_is_one_pair() -> None:
    market = make_market()

    first, second = add(market), add(market, reason="Alasan lain.")

    assert second == first
    assert second.staff_reason == "Sudah pernah berkirim contoh."
    assert len(actions(first)) == 1


@pytest.mark.django_db
def test_adding_a_proposed_pair_leaves_it_as_it_is() -> None:
    market = make_market()
    market.propose()

    pair = add(market, one=market.shop)

    assert (pair.origin, pair.rank) == ("proposed", 1)


@pytest.mark.django_db
def test_pair_that_left_the_list_can_be_added_again() -> None:
    market = make_market()
    left = market.scene.make_pair(rank=None)

    pair = add(market, one=market.shop, origin=Pair.Origin.INQUIRY)

    assert (pair.pk, pair.origin) == (left.pk, "inquiry")


@pytest.mark.django_db
def test_hidden_pair_is_not_added_and_its_reason_is_named() -> None:
    market = make_market()
    market.scene.make_pair(hidden_at=NOW, staff_reason="Sudah bekerja sama.")

    with pytest.raises(pairing.PairIsHidden, match=r"disembunyikan: Sudah bekerja sama\."):
        add(market, one=market.shop)


@pytest.mark.django_db
def test_closed_pair_is_not_added_but_reopened() -> None:
    market = make_market()
    market.scene.make_pair(step="closed", closed_reason="price", step_at=NOW)

    with pytest.raises(pairing.PairIsClosed, match="Buka lagi dahulu"):
        add(market, one=market.shop)


@pytest.mark.django_db
def test_two_businesses_of_one_region_are_no_pair() -> None:
    market = make_market()

    with pytest.raises(pairing.NotTwoRegions, match="berasal dari daerah yang sama"):
        add(market, other=market.shop)

    with pytest.raises(pairing.NotTwoRegions, match="dua pelaku usaha yang berbeda"):
        add(market, other=market.second_shop)


@pytest.mark.django_db
def test_business_outside_the_delegations_is_no_pair() -> None:
    market = make_market()
    stranger = BusinessFactory(name="Usaha Asing")

    with pytest.raises(ValidationError, match="Usaha Asing belum masuk delegasi"):
        add(market, other=stranger)


@pytest.mark.django_db
def test_adding_needs_a_reason() -> None:
    market = make_market()

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        add(market, reason="")

    assert list(Pair.objects.all()) == []


@pytest.mark.django_db
def test_absence_of_a_pair_is_explained_by_the_data_of_now() -> None:
    market = make_market()

    answer = pairing.explain_absence(
        trade_contact=market.scene.trade_contact, one=market.second_shop, other=market.roaster, today=TODAY
    )

    assert [fact.code.value for fact in answer.blocking] == ["over_ceiling"]
    assert [fact.params["partner"] for fact in answer.alternatives] == [market.shop.name]


# At the same moment


def while_locked(rows: Any, acts: list[Callable[[], Any]], *, then: Callable[[], Any] = list) -> list[Any]:
    """Start ``acts`` while ``rows`` are locked here, do ``then``, commit; return what came of each act.

    Every act must wait for the lock, so each of them starts from what ``then`` left behind.
    """
    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            list(rows.select_for_update())
            started = threading.Barrier(len(acts) + 1)
            futures = [pool.submit(_in_own_connection, act, started) for act in acts]
            started.wait()
            threading.Event().wait(0.3)
            assert [future.done() for future in futures] == [False] * len(acts), "an act did not wait"
            then()
        return [_outcome(future) for future in futures]


def _in_own_connection(act: Callable[[], Any], started: threading.Barrier) -> Any:
    try:
        started.wait()
        return act()
    finally:
        connection.close()


def _outcome(future: Future[Any]) -> Any:
    return future.exception() or future.result()


@pytest.mark.django_db(transaction=True)
def test_five_presses_at_once_are_one_run_started_once() -> None:
    market, started = make_market(), list[int]()
    rows = TradeContact.objects.filter(pk=market.scene.trade_contact.pk)

    runs = while_locked(rows, [lambda: request(market, start=started.append)] * 5)

    assert {one.pk for one in runs} == {ProposalRun.objects.get().pk}
    assert started == [runs[0].pk]


@pytest.mark.django_db(transaction=True)
def test_run_that_starts_at_the_moment_it_is_asked_for_is_told_as_running() -> None:
    market = make_market()
    opened = request(market)

    [joined] = while_locked(
        ProposalRun.objects.filter(pk=opened.pk),
        [lambda: request(market)],
        then=lambda: ProposalRun.objects.update(state="running"),
    )

    assert (joined.pk, joined.state) == (opened.pk, "running")


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_run_store_its_list_once() -> None:
    market = make_market()
    opened = request(market)
    ProposalRun.objects.update(state="running")
    contact = contact_values(market.scene.trade_contact, TODAY)
    computed, actor = propose(contact), market.scene.guest_actor

    runs = while_locked(
        ProposalRun.objects.filter(pk=opened.pk),
        [
            lambda: pairing.store_proposals(
                actor=actor, run=opened, contact=contact, listed=computed, seconds={}
            )
        ]
        * 2,
    )

    assert [one.state for one in runs] == ["done", "done"]
    assert len(actions(market.scene.trade_contact)) == 1
    assert len(actions(Pair.objects.get())) == 1


@pytest.mark.django_db(transaction=True)
def test_list_that_waits_for_the_contact_holds_no_pair_meanwhile() -> None:
    market = make_market()
    market.propose()
    opened, rows = request(market), Pair.objects.select_for_update(nowait=True)

    [stored] = while_locked(
        TradeContact.objects.filter(pk=market.scene.trade_contact.pk),
        [lambda: run(market, opened.pk)],
        then=lambda: list(rows),
    )

    assert stored.state == "done"


@pytest.mark.django_db(transaction=True)
def test_pair_hidden_at_the_moment_its_list_is_stored_is_not_on_it() -> None:
    market = make_market()
    market.propose()
    pair, opened = Pair.objects.get(), request(market)

    while_locked(
        Pair.objects.filter(pk=pair.pk),
        [lambda: run(market, opened.pk)],
        then=lambda: pairing.hide_pair(actor=market.scene.host_actor, pair=pair, reason="Bersaing."),
    )

    pair.refresh_from_db()
    assert (pair.rank, pair.hidden_at is not None) == (None, True)


@pytest.mark.django_db(transaction=True)
def test_pair_hidden_at_the_moment_it_is_added_stays_hidden() -> None:
    market = make_market()
    pair = market.scene.make_pair(rank=None)

    [outcome] = while_locked(
        Pair.objects.filter(pk=pair.pk),
        [lambda: add(market, one=market.shop)],
        then=lambda: pairing.hide_pair(actor=market.scene.host_actor, pair=pair, reason="Bersaing."),
    )

    pair.refresh_from_db()
    assert isinstance(outcome, pairing.PairIsHidden)
    assert pair.hidden_at is not None


@pytest.mark.django_db(transaction=True)
def test_hiding_a_pair_that_is_locked_at_that_moment_is_refused() -> None:
    scene = make_contact()
    pair = scene.make_pair()

    [outcome] = while_locked(
        Pair.objects.filter(pk=pair.pk),
        [lambda: pairing.hide_pair(actor=scene.guest_actor, pair=pair, reason="Bersaing.")],
        then=lambda: pairing.lock_pair(actor=scene.host_actor, pair=pair),
    )

    assert isinstance(outcome, pairing.PairIsLocked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("act", "action", "before"),
    [
        (pairing.lock_pair, "locked", {}),
        (pairing.unlock_pair, "unlocked", {"locked_at": NOW}),
        (pairing.unhide_pair, "unhidden", {"hidden_at": NOW, "staff_reason": "Salah pilih."}),
    ],
)
def test_same_decision_by_two_officers_at_once_is_one_line_of_history(
    act: Callable[..., Pair], action: str, before: dict[str, object]
) -> None:
    scene = make_contact()
    pair = scene.make_pair(**before)
    officers: list[Actor] = [scene.guest_actor, scene.host_actor]

    while_locked(
        Pair.objects.filter(pk=pair.pk),
        [lambda actor=actor: act(actor=actor, pair=pair) for actor in officers],
    )

    assert [line[0] for line in actions(pair)] == [action]


@pytest.mark.django_db(transaction=True)
def test_two_officers_adding_the_same_pair_at_once_make_one() -> None:
    market = make_market()

    pairs = while_locked(
        TradeContact.objects.filter(pk=market.scene.trade_contact.pk),
        [lambda: add(market), lambda: add(market, actor=market.scene.guest_actor)],
    )

    assert {pair.pk for pair in pairs} == {Pair.objects.get().pk}
    assert len(actions(pairs[0])) == 1


@pytest.mark.django_db
def test_run_of_now_uses_the_day_of_the_office() -> None:
    market = make_market(open_until=TODAY)
    scene = market.scene
    TradeContact.objects.update(starts_on=None, ends_on=None)

    late = timezone.make_aware(datetime(2018, 3, 1, 23, 30))  # noqa: DTZ001 - made aware here
    done = pairing.propose_now(actor=scene.guest_actor, trade_contact=scene.trade_contact, now=late)

    assert done.counts["pairs"] == 1
