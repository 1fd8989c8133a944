"""How often one network may send public forms: enough for a stall at a fair, not for a program."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import ngettext

from accounts.models import SendingCount
from tradecontact.form_tokens import YOUNGEST

KEPT = timedelta(days=1)
YOUNGEST_OF_SLOWED = timedelta(minutes=1)


@dataclass(frozen=True)
class Limit:
    """At most ``most`` within each stretch of ``per``, counted from the full hour or part of it."""

    kind: str
    most: int
    per: timedelta

    def starts_at(self, now: datetime) -> datetime:
        """Return when the stretch began that holds ``now``."""
        seconds = int(self.per.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)


SENT = Limit("sent", 30, timedelta(hours=1))
CAUGHT = Limit("caught", 10, timedelta(minutes=10))


class TooManySendings(ValidationError):
    """A network has sent as much as it may; ``wait_seconds`` (at least 1) later it may send again."""

    def __init__(self, wait_seconds: int) -> None:
        minutes = -(-wait_seconds // 60)
        words = ngettext(
            "Terlalu banyak kiriman dari jaringan internet Anda. Isian Anda masih ada: tunggu "
            "%(minutes)d menit, lalu coba lagi.",
            "Terlalu banyak kiriman dari jaringan internet Anda. Isian Anda masih ada: tunggu "
            "%(minutes)d menit, lalu coba lagi.",
            minutes,
        )
        super().__init__(words % {"minutes": minutes}, code="too_many")
        self.wait_seconds = wait_seconds


def count_sending(*, network: str, limit: Limit, now: datetime) -> None:
    """Count one sending of a network, and forget counts of more than a day ago. Costs one query, seldom four.

    Exact however many arrive at once: the database counts on only while it is below the limit.

    Raises:
        TooManySendings: the network has reached the limit; this one is not counted.
    """
    starts_at = limit.starts_at(now)
    key = {"network": network, "kind": limit.kind, "starts_at": starts_at}
    if not (_count_on(key, limit) or _count_first(key, now) or _count_on(key, limit)):
        raise TooManySendings(max(1, int((starts_at + limit.per - now).total_seconds())))


def _count_on(key: dict[str, Any], limit: Limit) -> bool:
    return SendingCount.objects.filter(**key, count__lt=limit.most).update(count=F("count") + 1) > 0


def _count_first(key: dict[str, Any], now: datetime) -> bool:
    """Begin to count; False when somebody else has begun already."""
    try:
        with transaction.atomic():
            SendingCount.objects.create(**key, count=1)
    except IntegrityError:
        return False
    SendingCount.objects.filter(starts_at__lt=now - KEPT).delete()
    return True


def youngest_for(network: str, now: datetime) -> timedelta:
    """Return how old a form must be when this network sends it: longer once many were caught."""
    caught = SendingCount.objects.filter(
        network=network, kind=CAUGHT.kind, starts_at=CAUGHT.starts_at(now), count__gte=CAUGHT.most
    )
    return YOUNGEST_OF_SLOWED if caught.exists() else YOUNGEST
