"""How far the invitation of each business is, as far as it is known, and who is to be called."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from matchmaking.models import Interest, Invitation, Pair, TradeContact
from products.models import LinkUse

CALL_AFTER = timedelta(hours=48)


class Reach(models.TextChoices):
    """How far an invitation is. The portal never says more than it knows."""

    NONE = "none", _("belum diundang")
    PREPARED = "prepared", _("disiapkan")
    FAILED = "failed", _("e-mail gagal")
    SENT = "sent", _("dikirim")
    OPENED = "opened", _("dibuka")
    ANSWERED = "answered", _("dijawab")


KINDS = {
    Reach.NONE: "",
    Reach.PREPARED: "soga",
    Reach.FAILED: "no",
    Reach.SENT: "wait",
    Reach.OPENED: "wait",
    Reach.ANSWERED: "yes",
}


@dataclass(frozen=True)
class Count:
    """How many businesses are this far."""

    reach: Reach
    number: int

    @property
    def kind(self) -> str:
        return KINDS[self.reach]


def with_reach(participants: QuerySet[Any], trade_contact: TradeContact, now: datetime) -> QuerySet[Any]:
    """Add ``reach``, ``invited_at``, ``waiting_since`` and ``is_overdue``, in the same query.

    ``invited_at`` is when the first invitation went out, or was prepared where nobody said that it went out.
    Overdue is who has been invited for 48 hours, and has owed an answer for as long.
    """
    business = OuterRef("business")
    invitations = Invitation.objects.filter(trade_contact=trade_contact, link__business=business)
    known_at = Coalesce("sent_at", "message__sent_at", "prepared_at")
    first = invitations.annotate(known_at=known_at).order_by("known_at", "pk")
    opened = LinkUse.objects.filter(link__invitation__trade_contact=trade_contact, link__business=business)
    answers = Interest.objects.filter(pair__trade_contact=trade_contact, business=business)
    was_sent = Q(sent_at__isnull=False) | Q(message__state="sent")
    return participants.annotate(
        invited_at=Subquery(first.values("known_at")[:1]),
        waiting_since=waiting_since(trade_contact, business),
        reach=Case(
            When(Exists(answers), then=Value(Reach.ANSWERED)),
            When(Exists(opened), then=Value(Reach.OPENED)),
            When(Exists(invitations.filter(was_sent)), then=Value(Reach.SENT)),
            When(Exists(invitations.filter(message__state="given_up")), then=Value(Reach.FAILED)),
            When(Exists(invitations), then=Value(Reach.PREPARED)),
            default=Value(Reach.NONE),
            output_field=models.CharField(),
        ),
        is_overdue=Case(
            When(invited_at__lte=now - CALL_AFTER, waiting_since__lte=now - CALL_AFTER, then=Value(1)),
            default=Value(0),
            output_field=models.IntegerField(),
        ),
    )


def waiting_since(trade_contact: TradeContact | OuterRef, business: OuterRef) -> Subquery:
    """Return since when a business owes an answer: the time of its oldest pair that waits for one."""
    pairs = Pair.objects.filter(trade_contact=trade_contact).waiting_for(business)
    return Subquery(pairs.order_by("created_at").values("created_at")[:1])


def longest_waiting_first(participants: QuerySet[Any]) -> QuerySet[Any]:
    """Put those who should be called first, then those not invited, then by name."""
    return participants.order_by("-is_overdue", F("invited_at").asc(nulls_first=True), "business__name", "pk")


def counts_of(participants: QuerySet[Any]) -> list[Count]:
    """Return how many are how far, every state in its order. Costs one query."""
    found = Counter(participants.order_by().values_list("reach", flat=True))
    return [Count(reach, found[reach]) for reach in Reach]
