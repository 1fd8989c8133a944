"""Writing a message down, inside the transaction of what it tells; it is sent after that has committed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction

from outbox import tasks, whatsapp
from outbox.models import Message
from outbox.templates import written
from regions.models import Office


def queue_email(
    *,
    kind: str,
    to: str,
    values: Mapping[str, str],
    language: str,
    office: Office | None,
    now: datetime,
    about: str = "",
    key: str = "",
    headers: Mapping[str, str] | None = None,
) -> Message:
    """Write an e-mail down and return it; it goes out after the caller's transaction has committed.

    ``values`` fill the placeholders of ``kind`` (see ``outbox/texts``). ``about`` says whose data the
    message carries (``business:12``), for erasure. Two messages with the same ``key`` are one: the first
    is returned; a key carries no personal data. An office's own wording and sender address are used.

    Raises:
        KeyError: no such kind, or a placeholder without a value.
        ValidationError: ``to`` is no e-mail address.
    """
    validate_email(to)
    subject, body = written(kind=kind, language=language, office=office, values=values)
    return _queue(
        key,
        channel=Message.Channel.EMAIL,
        kind=kind,
        to=to,
        subject=subject,
        body=body,
        headers=dict(headers or {}),
        language=language,
        office=office,
        about=about,
        queued_at=now,
        next_attempt_at=now,
    )


def queue_whatsapp(
    *,
    kind: str,
    to: str,
    values: Mapping[str, str],
    language: str,
    office: Office | None,
    now: datetime,
    about: str = "",
    key: str = "",
) -> Message:
    """Write a WhatsApp message to the number ``to`` (``+62…``) down and return it; it has no subject.

    With the manual provider it waits until somebody opens it in WhatsApp; see ``outbox.whatsapp``.

    Raises:
        KeyError: no such kind, or a placeholder without a value.
        ValidationError: ``to`` is no number with its country code.
    """
    whatsapp.validate_number(to)
    _subject, body = written(kind=kind, language=language, office=office, values=values)
    return _queue(
        key,
        channel=Message.Channel.WHATSAPP,
        kind=kind,
        to=to,
        body=body,
        language=language,
        office=office,
        about=about,
        queued_at=now,
        next_attempt_at=now if whatsapp.is_sent_by_itself() else None,
    )


def _queue(key: str, **fields: Any) -> Message:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    fields["message_id"] = f"<{uuid4()}@{host}>"
    if key:
        Message.objects.bulk_create([Message(key=key, **fields)], ignore_conflicts=True)
        message = Message.objects.filter(key=key)[0]
    else:
        message = Message.objects.create(**fields)
    transaction.on_commit(tasks.send_waiting.enqueue, robust=True)
    return message
