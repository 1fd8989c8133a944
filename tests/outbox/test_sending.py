"""Sending through a real mail server: what it refuses, leaves unanswered or cuts off is tried again."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from outbox.models import Message
from outbox.sending import MOST_SENDING_TIME, TRY_FOR, pause_after, send_due
from tests.factories import MessageFactory, SenderAddressFactory
from tests.factories.outbox import QUEUED_AT
from tests.mail_servers import Behaviour, Hanging, HangingUp, free_port, mail_server

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def facts(message: Message) -> tuple[str, str, int]:
    message.refresh_from_db()
    return message.state, message.problem, message.attempts


def test_server_gets_the_message_with_its_id(settings: Settings) -> None:
    message = MessageFactory(subject="Kabar é", headers={"List-Unsubscribe": "<http://x.test/>"})

    with mail_server(settings, Behaviour()) as server:
        counts = send_due(now=QUEUED_AT)

    (arrived,) = server.mails
    assert counts == {"sent": 1, "failed": 0, "given_up": 0}
    assert (arrived["Message-ID"], arrived["To"], arrived["List-Unsubscribe"]) == (
        message.message_id,
        message.to,
        "<http://x.test/>",
    )
    assert facts(message) == ("sent", "", 1)


def test_office_writes_from_its_own_address(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Tradecontact <portal@contoh.test>"
    own = SenderAddressFactory(office__name="Dinas Contoh", email="dinas@contoh.test")
    MessageFactory(office=own.office)
    MessageFactory()

    with mail_server(settings, Behaviour()) as server:
        send_due(now=QUEUED_AT)

    assert [arrived["From"] for arrived in server.mails] == [
        "Dinas Contoh <dinas@contoh.test>",
        "Tradecontact <portal@contoh.test>",
    ]
    assert server.senders == ["dinas@contoh.test", "portal@contoh.test"]


@pytest.mark.parametrize(
    ("behaviour", "state", "problem"),
    [
        (Behaviour(rcpt="550 no such user"), "given_up", "bad_address"),
        (Behaviour(rcpt="450 try later"), "failed", "bad_address"),
        (Behaviour(data="554 looks like spam"), "failed", "refused"),
        (Behaviour(data="451 busy"), "failed", "refused"),
        (Hanging(), "failed", "no_answer"),
        (HangingUp(), "failed", "cut_off"),
    ],
    ids=["no-such-user", "user-later", "spam", "busy", "hangs", "hangs-up"],
)
def test_what_the_server_does_wrong_is_written_down(
    settings: Settings, behaviour: Behaviour, state: str, problem: str
) -> None:
    message = MessageFactory()

    with mail_server(settings, behaviour):
        send_due(now=QUEUED_AT)

    assert facts(message) == (state, problem, 1)
    assert message.last_error
    assert message.sent_at is None


def test_server_that_is_not_there(settings: Settings) -> None:
    message = MessageFactory()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    send_due(now=QUEUED_AT)

    assert facts(message) == ("failed", "unreachable", 1)


@pytest.mark.parametrize("behaviour", [Hanging(), HangingUp()], ids=["hangs", "hangs-up"])
def test_message_that_may_have_arrived_goes_again_as_the_same(
    settings: Settings, behaviour: Behaviour
) -> None:
    message = MessageFactory()
    with mail_server(settings, behaviour):
        send_due(now=QUEUED_AT)

    with mail_server(settings, Behaviour()) as healthy:
        send_due(now=QUEUED_AT + 2 * MINUTE)

    assert facts(message) == ("sent", "", 2)
    assert behaviour.message_ids == healthy.message_ids == [message.message_id]


def test_sent_message_keeps_no_key_anywhere() -> None:
    url = "http://testserver/tautan/{}/"
    message = MessageFactory(
        subject=url.format("k1"), body=url.format("k2"), headers={"X-Url": url.format("k3")}
    )

    send_due(now=QUEUED_AT)

    message.refresh_from_db()
    hidden = url.format("***")
    assert (message.state, message.subject, message.body) == ("sent", hidden, hidden)
    assert message.headers == {"X-Url": hidden}


def test_migration_takes_keys_out_of_what_went() -> None:
    keys = {"subject": "http://testserver/tautan/k1/", "body": "Buka: http://testserver/pendaftaran/k2/\n"}
    message = MessageFactory(state="sent", sent_at=QUEUED_AT, next_attempt_at=None, **keys)

    import_module("outbox.migrations.0003_no_keys_in_sent_messages").hide_keys(apps, None)

    message.refresh_from_db()
    assert message.subject == "http://testserver/tautan/***/"
    assert message.body == "Buka: http://testserver/pendaftaran/***/\n"


def test_pauses_grow_and_after_a_day_it_is_given_up(settings: Settings) -> None:
    message = MessageFactory()
    times = [QUEUED_AT]
    with mail_server(settings, Behaviour(data="451 busy")):
        while message.state != "given_up":
            send_due(now=times[-1])
            message.refresh_from_db()
            times.append(message.next_attempt_at or times[-1])

    pauses = [(later - sooner) // MINUTE for sooner, later in pairwise(times)]
    assert pauses == [1, 5, 15, 30, 60, 120, *[240] * 5, 0]
    assert TRY_FOR - pause_after(99) < times[-1] - QUEUED_AT <= TRY_FOR


def test_day_of_trying_begins_with_the_first_attempt(settings: Settings) -> None:
    message = MessageFactory()

    with mail_server(settings, Behaviour(data="451 busy")):
        send_due(now=QUEUED_AT + timedelta(days=3))

    assert facts(message) == ("failed", "refused", 1)


def test_nothing_is_tried_before_its_time(settings: Settings) -> None:
    message = MessageFactory(state="failed", attempts=1, next_attempt_at=QUEUED_AT + MINUTE)

    assert send_due(now=QUEUED_AT) == {"sent": 0, "failed": 0, "given_up": 0}
    assert facts(message) == ("failed", "", 1)


def test_message_of_a_killed_worker_goes_out_again_as_the_same() -> None:
    message = MessageFactory(
        state="sending", attempts=1, claimed_at=QUEUED_AT, next_attempt_at=QUEUED_AT + MOST_SENDING_TIME
    )

    early = send_due(now=QUEUED_AT + MOST_SENDING_TIME - timedelta(seconds=1))
    send_due(now=QUEUED_AT + MOST_SENDING_TIME)

    assert early["sent"] == 0
    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [message.message_id]
    assert facts(message) == ("sent", "", 2)


class SlowBackend(LocmemBackend):
    """Takes so long that another sender gives up meanwhile, and an officer puts the message aside."""

    def send_messages(self, messages: Sequence[mail.EmailMessage]) -> int:
        Message.objects.update(state="given_up", next_attempt_at=None, settled_at=QUEUED_AT)
        return super().send_messages(messages)


def test_message_put_aside_that_went_after_all_is_sent(settings: Settings) -> None:
    message = MessageFactory()
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"

    send_due(now=QUEUED_AT)

    assert facts(message) == ("sent", "", 1)
    assert message.settled_at is None


def test_server_that_is_away_ends_the_round(settings: Settings) -> None:
    messages = [MessageFactory() for _turn in range(5)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    assert send_due(now=QUEUED_AT)["failed"] == 3
    assert [facts(message)[0] for message in messages] == ["failed"] * 3 + ["queued"] * 2


def test_message_that_cannot_be_written_stops_no_other() -> None:
    broken, whole = MessageFactory(subject="satu\ndua"), MessageFactory()

    send_due(now=QUEUED_AT)

    assert (facts(broken)[:2], facts(whole)[:2]) == (("given_up", "unsendable"), ("sent", ""))


@pytest.mark.django_db(transaction=True)
def test_senders_at_once_share_the_work() -> None:
    messages = [MessageFactory() for _turn in range(12)]

    def sender() -> None:
        send_due(now=QUEUED_AT)
        connection.close()

    senders = [threading.Thread(target=sender) for _turn in range(3)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()

    sent = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert sorted(sent) == sorted(message.message_id for message in messages)


def test_command_prints_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    MessageFactory(next_attempt_at=timezone.now())

    call_command("send_messages")

    assert capsys.readouterr().out == '{"sent": 1, "failed": 0, "given_up": 0}\n'
