"""Messages about saved searches: the one that asks to confirm, and at most one alert a day per address.

An alert is written down with its Message-ID before it is sent. A sender that dies between sending and
writing that it has sent leaves the alert open; the next one sends it again as the same message.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from products.models import SavedSearch, SearchAlert, Subscriber
from products.saved_searches import confirmation_token, forget_unconfirmed, subscriber_token
from products.search_questions import absolute, answers, in_words, new_rows, page_of

MOST_TOLD = 10  # of one search; the rest is a link away
SETTLING = timedelta(minutes=10)
"""Rows younger than this wait for the next alert: an import may write them before it commits."""


@dataclass
class Outcome:
    """What one round did: addresses written to, addresses that refused, searches given up unconfirmed."""

    sent: int = 0
    failed: int = 0
    forgotten: int = 0


def send_alerts(*, now: datetime, today: date) -> Outcome:
    """Write to every address whose searches have new answers and that got nothing today.

    Safe to repeat and to run twice at once: an address that another sender works on is left to it. A
    message that the mail server refuses is counted and tried again in the next round.
    """
    outcome = Outcome(forgotten=forget_unconfirmed(now))
    waiting = Subscriber.objects.with_searches().without_alert_on(today).order_by("pk")
    for subscriber_id in list(waiting.values_list("pk", flat=True)):
        if not _prepare(subscriber_id, now - SETTLING, today):
            continue
        try:
            outcome.sent += _send(subscriber_id, now, today)
        except (SMTPException, OSError):
            outcome.failed += 1
    return outcome


def send_confirmation(search_id: int) -> bool:
    """Ask an address whether it wants the alerts of a search; False when that is settled already."""
    search = SavedSearch.objects.select_related("subscriber").filter(pk=search_id).first()
    if search is None or search.confirmed_at is not None:
        return False
    address = absolute(reverse("products:search_confirm", args=[confirmation_token(search)]))
    with override(search.subscriber.language):
        question = in_words(search.kind, search.query, search.created_at.date())
        subject = _("[Tradecontact] Konfirmasi kabar pencarian")
        body = _(
            "Seseorang, mungkin Anda, meminta kabar lewat e-mail untuk pencarian ini:\n%(question)s\n\n"
            "Buka untuk mengonfirmasi:\n%(address)s\n\n"
            "Bila bukan Anda, abaikan pesan ini. Alamat ini dihapus sesudah 7 hari.\n"
        ) % {"question": question, "address": address}
        EmailMessage(subject, body, to=[search.subscriber.email]).send()
    return True


@transaction.atomic
def _prepare(subscriber_id: int, until: datetime, today: date) -> bool:
    """Write today's alert down when there is one to send; one left open by an earlier round comes first."""
    subscriber = _locked(subscriber_id)
    if subscriber is None or subscriber.alerts.filter(day=today, sent_at__isnull=False).exists():
        return False
    left_open = subscriber.alerts.filter(sent_at=None).order_by("pk").first()
    if left_open is not None:
        left_open.day = today
        left_open.save(update_fields=["day"])
        return True
    if not any(new_rows(search, until, today).exists() for search in subscriber.searches.confirmed()):
        return False
    message_id = f"<kabar-{uuid4()}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"
    SearchAlert.objects.create(subscriber=subscriber, day=today, message_id=message_id, until=until)
    return True


@transaction.atomic
def _send(subscriber_id: int, now: datetime, today: date) -> bool:
    """Send the alert that is written down, and note that it went; the address is locked meanwhile."""
    subscriber = _locked(subscriber_id)
    alert = SearchAlert.objects.filter(subscriber=subscriber_id, day=today, sent_at=None).first()
    if subscriber is None or alert is None:
        return False
    with override(subscriber.language):
        message = _message(subscriber, alert, today)
        if message is None:  # everything was withdrawn meanwhile
            alert.delete()
            return False
        message.send()
    alert.sent_at = now
    alert.save(update_fields=["sent_at"])
    told = subscriber.searches.confirmed().filter(seen_until__lt=alert.until)
    told.update(seen_until=alert.until)
    return True


def _locked(subscriber_id: int) -> Subscriber | None:
    """Return the address, or None when it has unsubscribed or another sender works on it."""
    rows = Subscriber.objects.live().select_for_update(skip_locked=True)
    return rows.filter(pk=subscriber_id).first()


def _message(subscriber: Subscriber, alert: SearchAlert, today: date) -> EmailMessage | None:
    """Return the alert as a message in the reader's language, None when there is nothing to tell."""
    counted = [_part(search, alert.until, today) for search in subscriber.searches.confirmed().order_by("pk")]
    total = sum(count for count, _text in counted)
    if not total:
        return None
    stop = absolute(reverse("products:subscription", args=[subscriber_token(subscriber)]))
    subject = ngettext(
        "[Tradecontact] %(count)d yang baru untuk pencarian Anda",
        "[Tradecontact] %(count)d yang baru untuk pencarian Anda",
        total,
    ) % {"count": total}
    foot = _("Atur atau hentikan kabar ini:\n%(address)s\n") % {"address": stop}
    return EmailMessage(
        subject,
        "\n".join([*(text for count, text in counted if count), foot]),
        to=[subscriber.email],
        headers={
            "Message-ID": alert.message_id,
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


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
