"""Messages about saved searches: the one that asks to confirm, and at most one alert a day per address.

An alert is a message of the outbox; what has been told is noted in the same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from outbox.models import Message
from outbox.queueing import queue_email
from products.models import SavedSearch, Subscriber
from products.saved_searches import (
    about_subscriber,
    confirmation_token,
    forget_unconfirmed,
    subscriber_token,
)
from products.search_questions import absolute, answers, in_words, new_rows, page_of

MOST_TOLD = 10  # of one search; the rest is a link away
SETTLING = timedelta(minutes=10)
"""Rows younger than this wait for the next alert: an import may write them before it commits."""
ALERT = "search_alert"


@dataclass
class Outcome:
    """What one round did: addresses that an alert was queued for, searches given up unconfirmed."""

    queued: int = 0
    forgotten: int = 0


def queue_alerts(*, now: datetime, today: date) -> Outcome:
    """Queue an alert for every address whose searches have new answers and that got nothing today.

    Safe to repeat and to run twice at once: an address that another round works on is left to it. While
    an earlier alert still waits to be sent, no second one is written.
    """
    outcome = Outcome(forgotten=forget_unconfirmed(now))
    told = set(_told_on(today).values_list("about", flat=True))
    waiting = Subscriber.objects.with_searches().order_by("pk")
    for subscriber_id in list(waiting.values_list("pk", flat=True)):
        if about_subscriber(subscriber_id) not in told:
            outcome.queued += _queue_alert(subscriber_id, now, today)
    return outcome


def queue_confirmation(search_id: int, *, now: datetime) -> None:
    """Ask an address whether it wants the alerts of a search, in the transaction that saves it.

    Anybody may type any address, so the message has no word of theirs: the page it links to shows the search.
    """
    search = SavedSearch.objects.select_related("subscriber").get(pk=search_id)
    subscriber = search.subscriber
    with override(subscriber.language):
        board = str(search.get_kind_display())
    queue_email(
        kind="search_confirmation",
        to=subscriber.email,
        values={
            "papan": board,
            "alamat": absolute(reverse("products:search_confirm", args=[confirmation_token(search)])),
        },
        language=subscriber.language,
        office=None,
        now=now,
        about=about_subscriber(subscriber.pk),
    )


def _told_on(day: date) -> QuerySet[Message]:
    """Return the alerts that keep another from being written on ``day``: written, sent or still waiting."""
    is_open = Q(state__in=[Message.State.QUEUED, Message.State.SENDING, Message.State.FAILED])
    of_the_day = Q(queued_at__date=day) | Q(sent_at__date=day)
    return Message.objects.filter(is_open | of_the_day, kind=ALERT)


@transaction.atomic
def _queue_alert(subscriber_id: int, now: datetime, today: date) -> bool:
    """Write the alert of one address and note what it tells; False when there is nothing to tell."""
    rows = Subscriber.objects.live().select_for_update(skip_locked=True)
    subscriber = rows.filter(pk=subscriber_id).first()
    about = about_subscriber(subscriber_id)
    if subscriber is None or _told_on(today).filter(about=about).exists():
        return False
    until, searches = now - SETTLING, subscriber.searches.confirmed()
    with override(subscriber.language):
        counted = [_part(search, until, today) for search in searches.order_by("pk")]
    total = sum(count for count, _text in counted)
    if not total:
        return False
    stop = absolute(reverse("products:subscription", args=[subscriber_token(subscriber)]))
    queue_email(
        kind=ALERT,
        to=subscriber.email,
        values={
            "jumlah": str(total),
            "daftar": "\n".join(text for count, text in counted if count),
            "alamat": stop,
        },
        language=subscriber.language,
        office=None,
        now=now,
        about=about,
        key=f"{ALERT}:{subscriber.pk}:{today:%Y%m%d}",
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    searches.filter(seen_until__lt=until).update(seen_until=until)
    return True


def _part(search: SavedSearch, until: datetime, today: date) -> tuple[int, str]:
    """Return how many new answers one search has, and the first of them as text."""
    rows = new_rows(search, until, today)
    count = rows.count()
    lines = [f"{search.get_kind_display()}: {in_words(search.kind, search.query, today)}", ""]
    for answer in answers(rows[:MOST_TOLD], today):
        lines += [f"- {answer.text}", f"  {answer.address}"]
    if count > MOST_TOLD:
        lines.append(_("… dan %(number)d lagi.") % {"number": count - MOST_TOLD})
    lines += ["", _("Semuanya: %(address)s") % {"address": absolute(page_of(search.kind, search.query))}, ""]
    return count, "\n".join(lines)
