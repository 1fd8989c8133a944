"""Reminding businesses of certificates that run out: 60 days before, 14 days before, and on the last day.

A reminder is a message of the outbox whose key names certificate, date and horizon, so a sweep may run
any number of times: each reminder is written once. A renewed certificate has another date, and is reminded
of anew.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from outbox.models import Message
from outbox.queueing import queue_email
from products.certificate_lines import expiry_warning
from products.models import Certificate
from tradecontact.templatetags.tradecontact_tags import tanggal

HORIZONS = (60, 14, 0)  # days before the last day
MOST_DAYS_LATE = 14  # after its last day a certificate is no news any more


def horizon_of(days_left: int) -> int | None:
    """Return which reminder a certificate is due for with so many days left, None for none.

    >>> [horizon_of(days) for days in (61, 60, 15, 14, 1, 0, -14, -15)]
    [None, 60, 60, 14, 14, 0, 0, None]
    """
    if days_left < -MOST_DAYS_LATE:
        return None
    return min((horizon for horizon in HORIZONS if days_left <= horizon), default=None)


def remind(now: datetime) -> dict[str, int]:
    """Queue every reminder that is due and return how many; ``no_address`` counts those that cannot be.

    One without an address is looked at again by every sweep until its time is over. Costs two queries,
    and a few for each new reminder.
    """
    today = timezone.localdate(now)
    due = dict(_due(today))
    known = set(Message.objects.filter(key__in=due).values_list("key", flat=True))
    counts = {"queued": 0, "no_address": 0}
    for key in [key for key in due if key not in known]:
        if not due[key].business.email:
            counts["no_address"] += 1
            continue
        _queue(key, due[key], today, now)
        counts["queued"] += 1
    return counts


def reminder_key(certificate_id: int, valid_until: date, horizon: int) -> str:
    """Return what makes a reminder the same one at every sweep."""
    return f"certificate:{certificate_id}:{valid_until:%Y%m%d}:{horizon}"


def _due(today: date) -> Iterator[tuple[str, Certificate]]:
    """Yield the key of the reminder that each certificate is due for today, with the certificate."""
    span = (today - timedelta(days=MOST_DAYS_LATE), today + timedelta(days=max(HORIZONS)))
    rows = Certificate.objects.exclude(state=Certificate.State.IN_PROCESS).filter(valid_until__range=span)
    for row in rows.select_related("business__office", "product").order_by("pk"):
        if row.valid_until and (horizon := horizon_of((row.valid_until - today).days)) is not None:
            yield reminder_key(row.pk, row.valid_until, horizon), row


@transaction.atomic
def _queue(key: str, certificate: Certificate, today: date, now: datetime) -> None:
    """Write one reminder, in the language of the business; it carries public names only."""
    business = certificate.business
    with override(business.language):
        values = {
            "jenis": certificate.get_kind_display(),
            "nomor": certificate.number or _("(nomor belum ditulis)"),
            "pemilik": certificate.product.name if certificate.product else business.name,
            "hari": tanggal(certificate.valid_until),
            "peringatan": expiry_warning(certificate, today),
            "dinas": business.office.name,
        }
    queue_email(
        kind="certificate_ends",
        to=business.email,
        values=values,
        language=business.language,
        office=business.office,
        now=now,
        about=f"business:{business.pk}",
        key=key,
    )
