"""What the demonstration's return visit brought: deals on every rung, and something on every report."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from matchmaking.demo.stories import STORIES
from matchmaking.models import (
    Commitment,
    Confirmation,
    FollowUp,
    Pair,
    QuoteRequest,
    Sample,
    Step,
    Task,
    TradeContact,
)
from outbox.models import Message
from products.models import Business
from reports.equity import Mark
from reports.ledger import Rung, Standing
from tests.matchmaking.seeding import seed


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Build the demonstration once for the whole module."""
    whole_module = transaction.atomic()
    with django_db_blocker.unblock():
        whole_module.__enter__()
        call_command("load_reference_data", stdout=StringIO())
        seed()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole_module.__exit__(None, None, None)


@pytest.fixture
def returned(built: None, db: None) -> TradeContact:
    return TradeContact.objects.exclude(return_of=None).get()


@pytest.fixture
def officer(returned: TradeContact, client: Client) -> Client:
    client.force_login(User.objects.get(email="petugas@bandung.contoh.test"))
    return client


def test_pairs_stand_on_many_steps(returned: TradeContact) -> None:
    steps = set(Pair.objects.filter(trade_contact=returned).values_list("step", flat=True))

    assert steps >= {Step.PROPOSED, Step.MET, Step.LOI, Step.ORDER, Step.DELIVERED, Step.REPEAT, Step.CLOSED}
    assert Pair.objects.filter(trade_contact=returned).exclude(step=Step.PROPOSED).count() == len(STORIES)


def test_nobody_is_asked_for_answers_of_a_visit_that_is_over(returned: TradeContact) -> None:
    assert Pair.objects.shown().filter(trade_contact=returned, answer_a="", answer_b="").exists()
    assert not Pair.objects.waiting().filter(trade_contact=returned).exists()


def test_samples_were_judged_and_quotes_stand_side_by_side(returned: TradeContact) -> None:
    assert set(Sample.objects.values_list("verdict", flat=True)) == {"", "good", "change"}
    assert [request.quotes.count() for request in QuoteRequest.objects.all()] == [2]
    assert QuoteRequest.objects.exclude(closed_at=None).count() == 1


def test_commitments_are_confirmed_disputed_and_unconfirmed(returned: TradeContact) -> None:
    rows = Commitment.objects.all()

    assert set(rows.values_list("level", flat=True)) == set(Commitment.Level)
    assert set(Confirmation.objects.values_list("answer", flat=True)) == set(Confirmation.Answer)
    assert rows.filter(confirmations=None).count() == 5
    assert [row.unsold_rupiah for row in rows.filter(kind="consignment", level="realised")] == [900_000]
    assert set(rows.values_list("goods", flat=True)) <= {story.product for story in STORIES}


def test_follow_ups_were_answered_but_for_a_few(returned: TradeContact) -> None:
    asked = FollowUp.objects.filter(pair__trade_contact=returned)

    assert set(asked.exclude(answered_at=None).values_list("answer", flat=True)) == set(FollowUp.Answer)
    assert set(asked.filter(days=180).values_list("answer", flat=True)) == {""}
    late = asked.exclude(days=180).exclude(pair__step=Step.CLOSED).filter(answered_at=None)
    assert 2 <= late.count() <= 10


def test_a_task_is_done_and_others_wait(returned: TradeContact) -> None:
    tasks = Task.objects.order_by("pk").values_list("reason", "done_at")

    assert sorted((reason, done is not None) for reason, done in tasks) == [
        ("capacity", False),
        ("halal", False),
        ("packaging", True),
    ]


def test_messages_of_that_time_do_not_wait_for_an_officer(returned: TradeContact) -> None:
    waiting = Message.objects.filter(channel="whatsapp", state="queued")

    assert not waiting.filter(queued_at__date__lt=returned.created_at.date()).exists()


def test_businesses_are_led_by_women_or_not_or_do_not_say(returned: TradeContact) -> None:
    told = set(Business.objects.exclude(participations=None).values_list("women_led", flat=True))

    assert told == {"yes", "no", ""}


def test_ledger_shows_every_rung_and_what_is_left_out(officer: Client) -> None:
    headline = officer.get(reverse("reports:ledger")).context["statement"].headline

    assert [rung for rung in Rung if not headline.counted[rung].sum.count] == []
    assert headline.overdue.sum.count == 1
    assert headline.disputed[Rung.ORDER].sum.count == 1


def test_funnel_narrows_from_proposals_to_a_further_order(officer: Client) -> None:
    headline = officer.get(reverse("reports:funnel")).context["funnel"].headline

    stages = [count.number for count in headline.stages.values()]
    assert stages == sorted(stages, reverse=True)
    assert stages[-1] >= 1
    assert [fate for fate, count in headline.fates.items() if not count.number] == []


def test_balance_goes_both_ways(officer: Client) -> None:
    balance = officer.get(reverse("reports:balance")).context["balance"]

    assert balance.whole.out.sum.count > 0
    assert balance.whole.back.sum.count > 0


def test_equity_tells_first_trips_women_and_who_was_not_chosen(officer: Client) -> None:
    context = officer.get(reverse("reports:equity")).context

    assert [mark for mark in Mark if not context["equity"].headline.marks[mark].number] == []
    assert len(context["not_chosen"]) == 3


@pytest.mark.parametrize("name", ["overview", "ledger_rows", "funnel_rows", "equity_rows"])
def test_other_reports_have_lines(officer: Client, name: str) -> None:
    assert list(officer.get(reverse(f"reports:{name}")).context["lines"])


def test_council_is_told_what_became_money_and_what_is_stuck(officer: Client, returned: TradeContact) -> None:
    answer = officer.get(reverse("reports:council", args=[returned.slug])).context["answer"]

    assert 0 < answer.paid_pairs < answer.committed_pairs
    assert answer.stuck.waiting
    assert len(answer.stuck.closed) == 3
    assert any(row.standing is Standing.DISPUTED for row in answer.money.rows)
