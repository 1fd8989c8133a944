"""Reminding businesses of certificates that run out: 60 days before, 14 days before, and on the last day.

A reminder is written first and sent second, each in a transaction of its own, so that a sweep may run any
number of times and be killed at any moment: what was sent is never sent again, what was not is sent by the
next sweep. Only a kill between handing a mail over and remembering it sends it twice, as the same message.
"""

import logging
from datetime import date, datetime, timedelta
from enum import StrEnum
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from products.certificate_lines import expiry_warning
from products.models import Certificate, CertificateReminder
from tradecontact.templatetags.tradecontact_tags import tanggal

HORIZONS = (60, 14, 0)  # days before the last day
MOST_DAYS_LATE = 14  # after its last day a certificate is no news any more
logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of one reminder; all but SENT and OVERTAKEN wait for the next sweep."""

    SENT = "sent"
    OVERTAKEN = "overtaken"
    NO_ADDRESS = "no_address"
    FAILED = "failed"
    BUSY = "busy"


def horizon_of(days_left: int) -> int | None:
    """Return which reminder a certificate is due for with so many days left, None for none.

    >>> [horizon_of(days) for days in (61, 60, 15, 14, 1, 0, -14, -15)]
    [None, 60, 60, 14, 14, 0, 0, None]
    """
    if days_left < -MOST_DAYS_LATE:
        return None
    return min((horizon for horizon in HORIZONS if days_left <= horizon), default=None)


def remind(now: datetime) -> dict[Outcome, int]:
    """Write every reminder that is due, send those that wait, and return what became of them.

    Costs two queries, and three for each reminder that waits.
    """
    today = timezone.localdate(now)
    _write_due(today, now)
    counts = dict.fromkeys(Outcome, 0)
    waiting = CertificateReminder.objects.filter(sent_at=None).order_by("pk")
    for pk in list(waiting.values_list("pk", flat=True)):
        counts[_settle(pk, today, now)] += 1
    return counts


def _write_due(today: date, now: datetime) -> None:
    """Write the reminder that each certificate is due for today; one that is there stays as it is."""
    span = (today - timedelta(days=MOST_DAYS_LATE), today + timedelta(days=max(HORIZONS)))
    rows = Certificate.objects.exclude(state=Certificate.State.IN_PROCESS).filter(valid_until__range=span)
    due = [
        _reminder(pk, until, horizon, now)
        for pk, until in rows.order_by("pk").values_list("pk", "valid_until")
        if until is not None and (horizon := horizon_of((until - today).days)) is not None
    ]
    CertificateReminder.objects.bulk_create(due, 500, ignore_conflicts=True)


def _reminder(certificate_id: int, until: date, horizon: int, now: datetime) -> CertificateReminder:
    """Return an unsaved reminder; its Message-ID follows from what it says, so it is the same next time."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return CertificateReminder(
        certificate_id=certificate_id,
        valid_until=until,
        days_before=horizon,
        message_id=f"<sertifikat-{certificate_id}-{until:%Y%m%d}-{horizon}@{host}>",
        written_at=now,
    )


@transaction.atomic
def _settle(pk: int, today: date, now: datetime) -> Outcome:
    """Send one reminder and remember that; another sweep that is sending it keeps it."""
    rows = CertificateReminder.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("certificate__business__office", "certificate__product").filter(
        pk=pk, sent_at=None
    )
    reminder = row.first()
    if reminder is None:
        return Outcome.BUSY
    certificate = reminder.certificate
    days_left = (reminder.valid_until - today).days
    if certificate.valid_until != reminder.valid_until or horizon_of(days_left) != reminder.days_before:
        reminder.delete()
        return Outcome.OVERTAKEN
    if not certificate.business.email:
        return Outcome.NO_ADDRESS
    try:
        _mail(reminder, today).send()
    except (OSError, SMTPException):
        logger.exception("Reminder %d could not be sent; the next sweep tries again.", reminder.pk)
        return Outcome.FAILED
    reminder.sent_at = now
    reminder.save(update_fields=["sent_at"])
    return Outcome.SENT


def _mail(reminder: CertificateReminder, today: date) -> EmailMessage:
    """Return the message, in the language of the business; it carries public names only."""
    certificate = reminder.certificate
    business = certificate.business
    with override(business.language):
        named = {
            "kind": certificate.get_kind_display(),
            "number": certificate.number or _("(nomor belum ditulis)"),
            "owner": certificate.product.name if certificate.product else business.name,
            "day": tanggal(reminder.valid_until),
            "warning": expiry_warning(certificate, today),
            "office": business.office.name,
        }
        subject = _("[Tradecontact] Sertifikat %(kind)s berlaku sampai %(day)s") % named
        body = (
            _(
                "Sertifikat %(kind)s %(number)s untuk %(owner)s berlaku sampai %(day)s.\n%(warning)s\n\n"
                "Sesudah tanggal itu sertifikat ini tampil sebagai kedaluwarsa, dan tidak dihitung lagi "
                "ketika mitra dicarikan. Sesudah diperpanjang, tulis nomor dan tanggal yang baru lewat "
                "tautan pribadi Anda. Tautannya tidak ada lagi? Mintalah yang baru kepada %(office)s.\n"
            )
            % named
        )
    return EmailMessage(subject, body, to=[business.email], headers={"Message-ID": reminder.message_id})
