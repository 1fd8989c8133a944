"""When a pair's follow-up questions are due: 7, 30, 90 and 180 days after the trade contact."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from matchmaking.models import FollowUp, Pair, Step, TradeContact
from matchmaking.models.followups import DAYS

BEGINS_AT = {Step.AGREED, Step.MET}
"""Steps after which both sides are asked how it went on."""


def due_days(last_day: date | None, step_day: date) -> dict[int, date]:
    """Return the day of each question, counted from the contact's last day, else from the step.

    A question whose day had passed when the step was taken is not asked.

    >>> due_days(date(2018, 3, 24), date(2018, 4, 10))
    {30: datetime.date(2018, 4, 23), 90: datetime.date(2018, 6, 22), 180: datetime.date(2018, 9, 20)}
    """
    start = last_day or step_day
    planned = {days: start + timedelta(days=days) for days in DAYS}
    return {days: day for days, day in planned.items() if day > step_day}


def plan(pair: Pair, *, to: Step, at: datetime) -> None:
    """Write the questions of a locked pair that has met or agreed; those that are there stay as they are.

    Call it in the transaction of the step. Costs one query.
    """
    if to not in BEGINS_AT:
        return
    planned = due_days(last_day_of(pair.trade_contact), timezone.localdate(at))
    FollowUp.objects.bulk_create(
        [
            FollowUp(pair=pair, asked_id=asked, days=days, due_on=due_on)
            for days, due_on in planned.items()
            for asked in (pair.business_a_id, pair.business_b_id)
        ],
        ignore_conflicts=True,
    )


def move(trade_contact: TradeContact) -> None:
    """Move the questions that nobody has asked or answered to the contact's new last day. Four queries."""
    last_day = last_day_of(trade_contact)
    if last_day is None:
        return
    waiting = FollowUp.objects.filter(pair__trade_contact=trade_contact, sent_at=None, answered_at=None)
    for days in DAYS:
        waiting.filter(days=days).update(due_on=last_day + timedelta(days=days))


def last_day_of(trade_contact: TradeContact) -> date | None:
    """Return the last day of a contact, None for a programme without one."""
    return trade_contact.ends_on or trade_contact.starts_on
