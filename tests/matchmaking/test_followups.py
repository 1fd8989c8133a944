"""Follow-up: planned with the step, asked once however often the sweep runs, answered once."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from accounts.actors import Actor, Via
from matchmaking.contacts import facts_of, update_trade_contact
from matchmaking.follow_up_plan import due_days
from matchmaking.followups import Answer, Reply, SideMissing, open_whatsapp, record_reply, sweep
from matchmaking.interest import record_answer
from matchmaking.models import AskLink, FollowUp, Pair, Reason, Step, Task
from matchmaking.office_tasks import close_pair
from matchmaking.path import StepNotAllowed, take_step
from matchmaking.timeline import of_pair
from outbox.models import Message
from outbox.sending import MOST_SENDING_TIME, send_due
from products.reachability import MessagesRefused
from tests.factories import FollowUpFactory
from tests.mail_servers import Behaviour, mail_server
from tests.scenes import ContactScene, make_contact

NOW = datetime(2018, 3, 22, 5, tzinfo=UTC)
WEEK_LATER = datetime(2018, 4, 2, 5, tzinfo=UTC)
TODAY = date(2018, 4, 2)


def holder_of(business: object) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def met_pair(scene: ContactScene, **values: object) -> Pair:
    return scene.make_pair(step="met", step_at=NOW, answer_a="yes", answer_b="yes", **values)


def due_question(scene: ContactScene, **values: object) -> FollowUp:
    return FollowUpFactory(pair=met_pair(scene), asked=scene.guest_business, **values)


def give_email(scene: ContactScene) -> None:
    for business in (scene.guest_business, scene.host_business):
        business.email = f"usaha{business.pk}@contoh.test"
        business.save()


def reply(scene: ContactScene, question: FollowUp, answer: Answer, **values: Any) -> FollowUp:
    actor = values.pop("actor", holder_of(scene.guest_business))
    said = Reply(answer=answer, **values)
    return record_reply(actor=actor, follow_up=question, reply=said, now=WEEK_LATER, today=TODAY)


@transaction.atomic
def sweep_and_die() -> None:
    sweep(now=WEEK_LATER)
    raise KeyboardInterrupt


def planned(pair: Pair) -> list[tuple[int, date]]:
    rows = FollowUp.objects.filter(pair=pair, asked=pair.business_a).order_by("days")
    return list(rows.values_list("days", "due_on"))


def test_days_count_from_the_step_where_the_contact_has_no_day() -> None:
    assert due_days(None, date(2018, 3, 24)) == due_days(date(2018, 3, 24), date(2018, 3, 24))


@pytest.mark.django_db
def test_both_sides_are_asked_four_times_after_the_last_day_of_the_contact() -> None:
    scene = make_contact(trade_contact__starts_on=date(2018, 3, 22), trade_contact__ends_on=date(2018, 3, 24))
    pair = scene.make_pair()

    for business in (scene.guest_business, scene.host_business):
        record_answer(actor=holder_of(business), pair=pair, business=business, answer="yes", now=NOW)
    take_step(actor=scene.host_actor, pair=pair, to=Step.MET, now=NOW)

    assert FollowUp.objects.filter(pair=pair).count() == 8
    assert planned(pair) == [
        (7, date(2018, 3, 31)),
        (30, date(2018, 4, 23)),
        (90, date(2018, 6, 22)),
        (180, date(2018, 9, 20)),
    ]


@pytest.mark.django_db
def test_a_met_pair_of_a_programme_without_a_day_is_asked_too() -> None:
    scene = make_contact(trade_contact__starts_on=None, trade_contact__ends_on=None)
    pair = scene.make_pair()

    take_step(actor=scene.host_actor, pair=pair, to=Step.MET, now=NOW)

    assert planned(pair)[0] == (7, date(2018, 3, 29))


@pytest.mark.django_db
def test_a_contact_that_moves_takes_the_unasked_questions_along() -> None:
    scene = make_contact(trade_contact__starts_on=date(2018, 3, 22), trade_contact__ends_on=date(2018, 3, 24))
    contact, pair = scene.trade_contact, scene.make_pair()
    take_step(actor=scene.host_actor, pair=pair, to=Step.MET, now=NOW)
    FollowUp.objects.filter(days=7).update(sent_at=NOW)
    facts = facts_of(contact).__dict__ | {"ends_on": date(2018, 3, 25)}

    update_trade_contact(
        actor=scene.host_actor, trade_contact=contact, version=1, facts=type(facts_of(contact))(**facts)
    )

    assert planned(pair)[:2] == [(7, date(2018, 3, 31)), (30, date(2018, 4, 24))]


@pytest.mark.django_db
def test_sweep_asks_once_however_often_it_runs() -> None:
    scene = make_contact()
    give_email(scene)
    question = due_question(scene)

    counts = [sweep(now=WEEK_LATER) for _again in range(3)]

    message = Message.objects.get(kind="follow_up")
    question.refresh_from_db()
    assert counts == [{"asked": 1, "left": 0}, {"asked": 0, "left": 0}, {"asked": 0, "left": 0}]
    assert (question.message, question.sent_at, message.key) == (
        message,
        WEEK_LATER,
        f"followup:{question.pk}",
    )
    assert "/tanya/" in message.body
    assert (message.to, message.about) == (
        scene.guest_business.email,
        f"business:{scene.guest_business.pk}",
    )


@pytest.mark.django_db
def test_questions_without_an_address_or_with_a_refusal_stay_with_the_office() -> None:
    scene = make_contact()
    give_email(scene)
    question = due_question(scene)
    scene.guest_business.refused_messages_at = NOW
    scene.guest_business.save()
    FollowUpFactory(pair=question.pair, asked=scene.host_business)
    scene.host_business.email = ""
    scene.host_business.save()

    assert sweep(now=WEEK_LATER) == {"asked": 0, "left": 2}
    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"step": "closed", "closed_reason": "price"},
        {"step": "proposed"},
        {"hidden_at": NOW, "staff_reason": "Salah."},
    ],
    ids=["closed", "taken-back", "hidden"],
)
def test_pairs_that_have_ended_are_not_asked(change: dict[str, object]) -> None:
    scene = make_contact()
    give_email(scene)
    Pair.objects.filter(pk=due_question(scene).pair_id).update(**change)

    assert sweep(now=WEEK_LATER) == {"asked": 0, "left": 0}


@pytest.mark.django_db
def test_a_question_that_is_not_due_waits() -> None:
    scene = make_contact()
    give_email(scene)
    due_question(scene, due_on=TODAY + timedelta(days=1))

    assert sweep(now=WEEK_LATER)["asked"] == 0


@pytest.mark.django_db
def test_a_sweep_that_dies_before_commit_leaves_the_question_to_the_next() -> None:
    scene = make_contact()
    give_email(scene)
    question = due_question(scene)

    with pytest.raises(KeyboardInterrupt):
        sweep_and_die()
    question.refresh_from_db()
    before = (question.sent_at, Message.objects.count(), AskLink.objects.count())
    sweep(now=WEEK_LATER)

    assert before == (None, 0, 0)
    assert (Message.objects.count(), AskLink.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_sender_killed_between_sending_and_commit_sends_the_same_message(settings: Settings) -> None:
    scene = make_contact()
    give_email(scene)
    due_question(scene)
    sweep(now=WEEK_LATER)
    killed = {"state": "sending", "sent_at": None, "next_attempt_at": WEEK_LATER + MOST_SENDING_TIME}

    with mail_server(settings, Behaviour()) as server:
        send_due(now=WEEK_LATER)
        Message.objects.update(**killed)  # the row as such a worker leaves it
        sweep(now=WEEK_LATER)
        send_due(now=WEEK_LATER + MOST_SENDING_TIME)

    assert len(server.message_ids) == 2
    assert set(server.message_ids) == {Message.objects.get().message_id}


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_the_same_time_ask_once() -> None:
    scene = make_contact()
    give_email(scene)
    pair = met_pair(scene)
    FollowUpFactory(pair=pair, asked=scene.guest_business)
    start, counts = threading.Barrier(3), []

    def run() -> None:
        start.wait()
        counts.append(sweep(now=WEEK_LATER)["asked"])
        connection.close()

    threads = [threading.Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sum(counts), Message.objects.filter(kind="follow_up").count()) == (1, 1)


@pytest.mark.django_db
def test_of_several_that_are_due_only_the_latest_is_asked() -> None:
    scene = make_contact()
    give_email(scene)
    pair = met_pair(scene)
    questions = [FollowUpFactory(pair=pair, asked=scene.guest_business, days=days) for days in (7, 30, 90)]

    assert sweep(now=WEEK_LATER)["asked"] == 1

    assert [question.pk for question in FollowUp.objects.exclude(sent_at=None)] == [questions[-1].pk]


@pytest.mark.django_db
def test_a_pair_that_goes_on_in_a_return_visit_is_asked_there() -> None:
    scene, visit = make_contact(), make_contact()
    give_email(scene)
    pair = met_pair(scene)
    FollowUpFactory(pair=pair, asked=scene.guest_business)
    visit.make_pair(continues=pair)

    assert sweep(now=WEEK_LATER)["asked"] == 0


@pytest.mark.django_db
def test_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("send_follow_ups")

    assert capsys.readouterr().out == '{"asked": 0, "left": 0}\n'


@pytest.mark.django_db
def test_whatsapp_is_opened_by_the_own_office_and_gives_the_same_link_again() -> None:
    scene = make_contact()
    question = due_question(scene)
    scene.guest_business.phone = "+6281234567890"
    scene.guest_business.save()

    first = open_whatsapp(actor=scene.guest_actor, follow_up=question, now=WEEK_LATER)
    again = open_whatsapp(actor=scene.guest_actor, follow_up=question, now=WEEK_LATER)

    question.refresh_from_db()
    assert first == again
    assert first.startswith("https://wa.me/6281234567890?text=Selamat%20pagi")
    assert (question.sent_at, question.message, AskLink.objects.count()) == (WEEK_LATER, None, 1)


@pytest.mark.django_db
def test_whatsapp_is_refused_with_a_reason() -> None:
    scene = make_contact()
    question = due_question(scene)
    business = scene.guest_business

    with pytest.raises(PermissionDenied, match="dinas wilayahnya"):
        open_whatsapp(actor=scene.host_actor, follow_up=question, now=WEEK_LATER)
    business.phone = ""
    business.save()
    with pytest.raises(ValidationError, match="Nomor WhatsApp"):
        open_whatsapp(actor=scene.guest_actor, follow_up=question, now=WEEK_LATER)
    business.refused_messages_at = NOW
    business.save()
    with pytest.raises(MessagesRefused, match="tidak mau dikirimi pesan"):
        open_whatsapp(actor=scene.guest_actor, follow_up=question, now=WEEK_LATER)
    FollowUp.objects.update(answer="still", answered_at=NOW, via="link")
    with pytest.raises(ValidationError, match="tidak perlu dijawab lagi"):
        open_whatsapp(actor=scene.guest_actor, follow_up=question, now=WEEK_LATER)


@pytest.mark.django_db
def test_the_first_answer_counts() -> None:
    scene = make_contact()
    question = due_question(scene)

    reply(scene, question, Answer.ORDERED)
    again = reply(scene, question, Answer.STOPPED, reason=Reason.PRICE)

    assert (again.answer, again.via, again.recorded_by) == ("ordered", "link", None)
    assert Pair.objects.get().step == "met"


@pytest.mark.django_db
def test_a_stop_closes_the_pair_with_its_reason() -> None:
    scene = make_contact()
    question = due_question(scene)

    stopped = reply(scene, question, Answer.STOPPED, reason=Reason.PRICE, note="Beda 20%.")

    pair = Pair.objects.get()
    assert (stopped.answer, stopped.reason) == ("stopped", "price")
    assert (pair.step, pair.closed_reason) == ("closed", "price")
    assert [line.text for line in of_pair(pair, with_notes=True)] == [
        "Tindak lanjut hari ke-7: berhenti, harga tidak cocok.",
        "Ditutup: harga tidak cocok.",
    ]


@pytest.mark.django_db
def test_a_stop_that_an_office_can_help_with_becomes_a_task_of_the_only_seller() -> None:
    scene = make_contact()
    trade = {"seller_id": scene.guest_business.pk}
    question = FollowUpFactory(pair=met_pair(scene, trades=[trade]), asked=scene.guest_business)

    reply(scene, question, Answer.STOPPED, reason=Reason.HALAL)

    assert [(task.business, task.reason) for task in Task.objects.all()] == [(scene.guest_business, "halal")]


@pytest.mark.django_db
def test_a_stop_that_an_office_can_help_with_names_the_side() -> None:
    scene = make_contact()
    question = due_question(scene)

    with pytest.raises(SideMissing, match="Pilih usaha yang perlu dibantu"):
        reply(scene, question, Answer.STOPPED, reason=Reason.HALAL)
    with pytest.raises(ValidationError, match="Pilih mengapa pasangan ini berhenti"):
        reply(scene, question, Answer.STOPPED)
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        reply(scene, question, Answer.STOPPED, reason=Reason.OTHER)

    assert FollowUp.objects.get().answered_at is None
    reply(scene, question, Answer.STOPPED, reason=Reason.HALAL, lacking=scene.host_business)
    assert Task.objects.get().business == scene.host_business


@pytest.mark.django_db
def test_a_stop_of_a_closed_pair_leaves_its_reason() -> None:
    scene = make_contact()
    question = due_question(scene)
    close_pair(
        actor=scene.host_actor,
        pair=question.pair,
        reason=Reason.PRICE,
        lacking=None,
        note="",
        now=NOW,
        today=TODAY,
    )

    reply(scene, question, Answer.STOPPED, reason=Reason.SHIPPING)

    assert Pair.objects.get().closed_reason == "price"
    assert FollowUp.objects.get().reason == "shipping"


@pytest.mark.django_db
def test_a_hidden_pair_cannot_be_stopped() -> None:
    scene = make_contact()
    question = due_question(scene)
    Pair.objects.update(hidden_at=NOW, staff_reason="Salah.")

    with pytest.raises(StepNotAllowed, match="sudah ditarik oleh dinas"):
        reply(scene, question, Answer.STOPPED, reason=Reason.PRICE)


@pytest.mark.django_db
def test_an_officer_answers_on_behalf_and_is_recorded_as_such() -> None:
    scene = make_contact()
    question = due_question(scene)

    with pytest.raises(PermissionDenied, match="dinas wilayahnya yang dapat menjawab"):
        reply(scene, question, Answer.STILL, actor=scene.host_actor)
    answered = reply(scene, question, Answer.STILL, actor=scene.guest_actor, note="Lewat telepon.")

    assert (answered.via, answered.recorded_by, answered.note) == (
        "account",
        scene.guest.user,
        "Lewat telepon.",
    )
    assert of_pair(question.pair, with_notes=False)[0].text == (
        "Tindak lanjut hari ke-7: masih jalan (diisi oleh petugas)."
    )
