"""Erasing whose data a message carries: the row stays and is counted, what it said and to whom is gone."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Case, F, Q, Value, When

from outbox.models import Message
from regions.models import Office

State = Message.State


def erase_messages(*, about: str, now: datetime, naming: str = "") -> int:
    """Erase recipient, subject, body and headers of messages about somebody, and return how many.

    ``about`` is what they were queued with, such as ``business:12``; with ``naming`` only those among them
    whose subject or body has these words. One that waits is not sent any more. Kind, dates and state stay.
    Call it in the transaction that erases the person's other data.

    Raises:
        ValueError: ``about`` is empty, which would be everybody's.
    """
    return erase_messages_of_many(abouts=[about], now=now, naming=naming)


def erase_messages_of_many(*, abouts: Collection[str], now: datetime, naming: str = "") -> int:
    """Erase the messages about several at once, as ``erase_messages`` does. Costs one query.

    Raises:
        ValueError: one of ``abouts`` is empty, which would be everybody's.
    """
    if not all(abouts):
        raise ValueError("Say whose messages to erase.")
    return _erase(Q(about__in=abouts), naming, now)


def erase_messages_of_kinds(
    *, kinds: Collection[str], offices: Iterable[Office], naming: str, now: datetime
) -> int:
    """Erase messages of some kinds and offices that have the words ``naming``, whoever they are about.

    For kinds that tell one reader about many, such as digests. Reads every message of these offices.

    Raises:
        ValueError: ``naming`` is empty, which would be everybody's.
    """
    if not naming:
        raise ValueError("Say whom the messages to erase name.")
    return _erase(Q(kind__in=kinds, office__in=offices), naming, now)


def _erase(which: Q, naming: str, now: datetime) -> int:
    kept = Case(When(state=State.SENT, then=F("state")), default=Value(State.GIVEN_UP.value))
    whole_words = rf"(^|\W){re.escape(naming)}(\W|$)"  # "Ani" is not in "Yani"
    named = Q(subject__regex=whole_words) | Q(body__regex=whole_words) if naming else Q()
    return Message.objects.filter(which, named, erased_at=None).update(
        to="",
        subject="",
        body="",
        headers={},
        last_error="",
        state=kept,
        next_attempt_at=None,
        erased_at=now,
    )
