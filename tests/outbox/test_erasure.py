"""Erasing somebody's messages: recipient and text go, kind, dates and state stay."""

import pytest

from outbox.erasure import erase_messages, erase_messages_of_kinds
from outbox.models import Message
from outbox.sending import send_due
from tests.factories import MessageFactory
from tests.factories.outbox import QUEUED_AT

pytestmark = pytest.mark.django_db


def test_what_the_messages_of_one_person_say_is_gone() -> None:
    waiting = MessageFactory(about="business:1", headers={"List-Unsubscribe": "<x>"}, last_error="450 a@b.c")
    sent = MessageFactory(about="business:1", state="sent", sent_at=QUEUED_AT)
    other = MessageFactory(about="business:12")

    erased = erase_messages(about="business:1", now=QUEUED_AT)
    again = erase_messages(about="business:1", now=QUEUED_AT)

    rows = Message.objects.filter(pk__in=[waiting.pk, sent.pk]).order_by("pk")
    assert (erased, again) == (2, 0)
    assert (
        list(rows.values_list("to", "subject", "body", "last_error", "headers")) == [("", "", "", "", {})] * 2
    )
    assert list(rows.values_list("kind", "state")) == [
        ("inquiry_received", "given_up"),
        ("inquiry_received", "sent"),
    ]
    assert Message.objects.get(pk=other.pk).to == other.to


def test_erased_message_is_not_sent() -> None:
    MessageFactory(about="business:1")
    erase_messages(about="business:1", now=QUEUED_AT)

    assert send_due(now=QUEUED_AT) == {"sent": 0, "failed": 0, "given_up": 0}


def test_a_name_within_another_name_is_not_meant() -> None:
    other = MessageFactory(about="user:1", body="Yoani (Solo) menunggu jawaban.")
    named = MessageFactory(about="user:1", body="- ani (Solo)\n- Toko Rajin")

    erased = erase_messages(about="user:1", naming="ani (Solo)", now=QUEUED_AT)

    assert erased == 1
    assert Message.objects.get(pk=other.pk).body == other.body
    assert Message.objects.get(pk=named.pk).body == ""


def test_nobody_is_not_everybody() -> None:
    MessageFactory()

    with pytest.raises(ValueError, match="whose messages"):
        erase_messages(about="", now=QUEUED_AT)
    with pytest.raises(ValueError, match="messages to erase name"):
        erase_messages_of_kinds(kinds=["inquiry_received"], offices=[], naming="", now=QUEUED_AT)
