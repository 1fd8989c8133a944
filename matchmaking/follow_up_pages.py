"""The office's calendar of follow-ups: what is planned, to be asked, sent, answered, or late."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from matchmaking.models import Commitment, FollowUp, Pair, Reason, Step
from matchmaking.models.followups import FollowUpQuerySet
from products.models import Business

LATE_AFTER = timedelta(days=7)
"""A question that nobody has answered so long after its day is late: the office calls."""
STOPS = [(f"stopped:{reason.value}", reason.label) for reason in Reason]
"""The buttons of *Berhenti*, one for each reason."""


class State(models.TextChoices):
    """Where a question stands on the calendar. Every question is in exactly one state."""

    LATE = "late", _("lewat, belum dijawab")
    DUE = "due", _("perlu ditanyakan")
    SENT = "sent", _("sudah disiapkan, menunggu jawaban")
    PLANNED = "planned", _("dijadwalkan")
    ANSWERED = "answered", _("dijawab")
    ENDED = "ended", _("tidak perlu lagi")


KINDS = {State.LATE: "no", State.DUE: "wait", State.SENT: "wait", State.ANSWERED: "yes"}
"""How the state of a question looks."""


@dataclass(frozen=True)
class Count:
    """How many questions of a month are in one state."""

    state: State
    number: int


def follow_ups_for(actor: Actor, today: date) -> FollowUpQuerySet:
    """Return the questions to the actor's own businesses with their ``standing``, the nearest day first."""
    return with_state(FollowUp.objects.visible_to(actor), today).with_parts().order_by("due_on", "pk")


def with_state(rows: FollowUpQuerySet, today: date) -> FollowUpQuerySet:
    """Annotate ``standing``. A message that was given up leaves its question to be asked by the office."""
    ended = Q(pair__hidden_at__isnull=False) | Q(pair__step__in=[Step.PROPOSED, Step.CLOSED])
    return rows.annotate(
        standing=Case(
            When(answered_at__isnull=False, then=Value(State.ANSWERED)),
            When(ended, then=Value(State.ENDED)),
            When(due_on__lte=today - LATE_AFTER, then=Value(State.LATE)),
            When(due_on__gt=today, then=Value(State.PLANNED)),
            When(Q(sent_at=None) | Q(message__state="given_up"), then=Value(State.DUE)),
            default=Value(State.SENT),
            output_field=models.CharField(),
        )
    )


def counts_of(rows: QuerySet[Any]) -> list[Count]:
    """Return how many questions are in which state, every state in its order. Costs one query."""
    found = Counter(rows.order_by().values_list("standing", flat=True))
    return [Count(state, found[state]) for state in State]


def in_month(rows: QuerySet[Any], month: date) -> QuerySet[Any]:
    return rows.filter(due_on__year=month.year, due_on__month=month.month)


def standing_of(question: FollowUp) -> State:
    """Return where a question stands that ``with_state`` has read."""
    return State(vars(question)["standing"])


def waiting(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Questions that the office must see to, of whatever month: late ones and those to be asked."""
    return rows.filter(standing__in=[State.LATE, State.DUE])


def month_of(text: str, today: date) -> date:
    """Return the first day of the month that a text such as ``2018-04`` names, else of today's month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def month_after(month: date, step: int) -> date:
    """Return the first day of the month before (-1) or after (1); the calendar's ends stay what they are."""
    try:
        return (month + timedelta(days=45 if step > 0 else -15)).replace(day=1)
    except OverflowError:
        return month


def orders_after(question: FollowUp) -> list[Commitment]:
    """Return the orders recorded for the side that was asked since it answered, the first one first."""
    rows = Commitment.objects.live().filter(pair=question.pair_id, recorded_for=question.asked_id)
    rows = rows.filter(level=Commitment.Level.ORDER, recorded_at__gte=question.answered_at)
    return list(rows.order_by("recorded_at", "pk"))


def get_question(pair: Pair, asked: Business, follow_up_id: int, today: date) -> FollowUp:
    """Return a question to one side of a pair that the actor has been let into, once its day has come."""
    rows = FollowUp.objects.filter(pair=pair, asked=asked, due_on__lte=today)
    row = get_object_or_404(rows.select_related("asked__office"), pk=follow_up_id)
    row.pair = pair
    return row


def get_follow_up(actor: Actor, follow_up_id: int, today: date) -> FollowUp:
    """Return a question to a business of the actor's own office, with its ``standing``."""
    row = follow_ups_for(actor, today).select_related("asked__office").filter(pk=follow_up_id).first()
    if row is None:
        raise Http404
    return row
