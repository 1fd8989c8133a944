"""Writing messages down: with the change or not at all, once for a key, in the office's own words."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction

from outbox.models import Message
from outbox.queueing import queue_email, queue_whatsapp
from tests.factories import MessageTemplateFactory, OfficeFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 3, 20, 3, 0, tzinfo=UTC)
VALUES = {
    "nomor": "PM-1",
    "produk": "Sepatu",
    "usaha": "Sari Kulit",
    "alamat": "http://testserver/pernyataan-minat/PM-1/",
}


def queue(**changes: Any) -> Message:
    usual: dict[str, Any] = {
        "kind": "inquiry_received",
        "to": "petugas@contoh.test",
        "values": VALUES,
        "language": "id",
        "office": None,
        "now": NOW,
    }
    return queue_email(**usual | changes)


def test_message_is_written_at_once_and_sent_after_commit(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = queue()
        assert (message.state, mail.outbox) == ("queued", [])

    message.refresh_from_db()
    (sent,) = mail.outbox
    assert (message.state, sent.to, sent.subject) == (
        "sent",
        ["petugas@contoh.test"],
        "[Tradecontact] Pernyataan minat baru PM-1",
    )
    assert sent.extra_headers["Message-ID"] == message.message_id


def test_message_of_a_change_that_did_not_happen_is_not_there() -> None:
    @transaction.atomic
    def fail() -> None:
        queue()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert not Message.objects.exists()


def test_same_key_is_the_same_message() -> None:
    first = queue(key="kabar-1")

    assert queue(key="kabar-1", to="lain@contoh.test") == first
    assert [message.to for message in Message.objects.all()] == ["petugas@contoh.test"]


def test_language_chooses_the_wording() -> None:
    assert queue(language="en").subject == "[Tradecontact] New inquiry PM-1"


def test_office_has_its_own_wording_for_its_messages_only() -> None:
    own = MessageTemplateFactory(subject="Minat {nomor}", body="Buka {alamat}")

    assert (queue(office=own.office).subject, queue(office=OfficeFactory()).subject) == (
        "Minat PM-1",
        "[Tradecontact] Pernyataan minat baru PM-1",
    )


def test_own_wording_that_asks_for_what_is_gone_is_left_aside() -> None:
    own = MessageTemplateFactory(body="Buka {alamat_lama}")

    assert queue(office=own.office).subject == "[Tradecontact] Pernyataan minat baru PM-1"


@pytest.mark.parametrize("wording", [{"subject": "Buka {alamat}"}, {"body": "Ada minat baru."}])
def test_own_wording_that_breaks_the_rules_for_addresses_is_left_aside(wording: dict[str, str]) -> None:
    own = MessageTemplateFactory(**wording)

    assert queue(office=own.office).subject == "[Tradecontact] Pernyataan minat baru PM-1"


def test_long_subject_is_cut() -> None:
    message = queue(values=VALUES | {"nomor": "9" * 400})

    assert (len(message.subject), message.subject[-2:]) == (300, "9…")


def test_value_adds_no_header_and_no_placeholder() -> None:
    message = queue(values=VALUES | {"nomor": "1\nBcc: x@contoh.test", "usaha": "{alamat}"})

    assert message.subject == "[Tradecontact] Pernyataan minat baru 1 Bcc: x@contoh.test"
    assert "dari {alamat}." in message.body


def test_no_address_is_refused() -> None:
    with pytest.raises(ValidationError):
        queue(to="petugas")


def test_whatsapp_waits_for_a_person(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = queue_whatsapp(
            kind="inquiry_received", to="+6281234567890", values=VALUES, language="id", office=None, now=NOW
        )

    message.refresh_from_db()
    assert (message.state, message.attempts, message.next_attempt_at) == ("queued", 0, None)


def test_whatsapp_number_without_country_is_refused() -> None:
    with pytest.raises(ValidationError, match="kode negara"):
        queue_whatsapp(kind="inquiry_received", to="0812", values=VALUES, language="id", office=None, now=NOW)
