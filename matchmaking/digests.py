"""The daily e-mail about an inbox: at most one a day, only when something new waits, off in one click.

Its key names reader and day, so rounds may repeat or run at the same time: the outbox keeps one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core import signing
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import history
from accounts.actors import Actor, Via
from accounts.models import User
from matchmaking.business_inbox import business_inbox
from matchmaking.inbox import Inbox, InboxItem
from matchmaking.models import DigestSetting
from matchmaking.office_inbox import office_inbox
from outbox.models import Message
from outbox.queueing import queue_email
from products.models import Business, PersonalLink
from regions.models import Office, OfficeMember
from tradecontact.templatetags.tradecontact_tags import tanggal

MOST_TOLD = 10  # the rest is in the inbox
MOST_READ = 100  # of one inbox, newest first: more than that is "and more"
SETTLING = timedelta(minutes=10)
"""What came in the last minutes is told the next time: it may be written before it commits."""
KINDS = ("digest_office", "digest_business")
SALT = "digest"


@dataclass
class Outcome:
    """What one round did: e-mails queued, and readers for whom there was nothing new."""

    queued: int = 0
    nothing_new: int = 0


@dataclass(frozen=True)
class Reader:
    """Somebody who may get the e-mail, with the inbox that it tells about."""

    who: str
    kind: str
    email: str
    language: str
    office: Office
    inbox: Inbox
    values: Mapping[str, str]


def queue_digests(*, now: datetime, today: date) -> Outcome:
    """Queue today's e-mail for every officer and business with something new in the inbox.

    Costs four queries, and for each reader not told today those of ``Inbox.newest``.
    """
    outcome = Outcome()
    told = dict(_told())
    for reader in [*_officers(now, today), *_businesses(now, today)]:
        last = told.get(reader.who)
        if last is not None and timezone.localdate(last) >= today:
            continue
        new = _new_items(reader, last, now)
        if new:
            _queue(reader, new, now, today)
            outcome.queued += 1
        else:
            outcome.nothing_new += 1
    return outcome


def setting_of(*, user_id: int | None = None, business_id: int | None = None) -> DigestSetting:
    """Return what a reader chose, or an unsaved row that says what holds without a choice."""
    reader = {"user_id": user_id} if user_id is not None else {"business_id": business_id}
    return DigestSetting.objects.filter(**reader).first() or DigestSetting(**reader)


@transaction.atomic
def set_digest(
    *, actor: Actor, setting: DigestSetting, is_wanted: bool, now: datetime, language: str = ""
) -> DigestSetting:
    """Keep whether a reader wants the e-mail, and an officer in which language; the same wish is one.

    ``setting`` comes from ``setting_of`` or ``get_reader``, so it is the actor's own.
    """
    reader: dict[str, Any] = {"user_id": setting.user_id, "business_id": setting.business_id}
    DigestSetting.objects.get_or_create(**reader)
    locked = DigestSetting.objects.select_for_update().get(**reader)
    was_wanted = locked.off_at is None
    locked.language = language or locked.language
    locked.off_at = None if is_wanted else locked.off_at or now
    locked.save(update_fields=["language", "off_at"])
    if was_wanted != is_wanted:
        history.record(
            actor=actor,
            subject=locked,
            action="digest_wanted" if is_wanted else "digest_refused",
            business_id=setting.business_id,
        )
    return locked


def stop_address(who: str) -> str:
    """Return the address of the page that ends the e-mails of a reader (``user:5``, ``business:12``)."""
    token = signing.Signer(salt=SALT).sign(who)
    return settings.PUBLIC_URL + reverse("matchmaking:digest_stop", args=[token])


def get_reader(token: str) -> DigestSetting:
    """Return the choice of whom an e-mail's link names, 404 when it is forged or the reader is gone."""
    try:
        name, _colon, row_id = signing.Signer(salt=SALT).unsign(token).partition(":")
    except signing.BadSignature as forged:
        raise Http404 from forged
    rows = User.objects.filter(pk=row_id) if name == "user" else Business.objects.filter(pk=row_id)
    if not rows.exists():
        raise Http404
    return setting_of(user_id=int(row_id)) if name == "user" else setting_of(business_id=int(row_id))


def _told() -> QuerySet[Message, tuple[str, datetime]]:
    """Return when each reader was last told."""
    rows = Message.objects.filter(kind__in=KINDS).order_by().values("about")
    return rows.annotate(last=Max("queued_at")).values_list("about", "last")


def _officers(now: datetime, today: date) -> Iterator[Reader]:
    off = DigestSetting.objects.filter(user=OuterRef("user"), off_at__isnull=False)
    members = OfficeMember.objects.filter(~Exists(off), user__is_active=True).exclude(user__email="")
    for member in members.select_related("user__digest_setting", "office").order_by("pk"):
        actor = Actor(
            via=Via.COMMAND,
            user_id=member.user_id,
            office_id=member.office_id,
            region_id=member.office.region_id,
        )
        chosen = getattr(member.user, "digest_setting", None)
        yield Reader(
            who=f"user:{member.user_id}",
            kind="digest_office",
            email=member.user.email,
            language=(chosen.language if chosen else "") or "id",
            office=member.office,
            inbox=office_inbox(actor, now=now, today=today),
            values={
                "dinas": member.office.name,
                "alamat": settings.PUBLIC_URL + reverse("matchmaking:inbox"),
            },
        )


def _businesses(now: datetime, today: date) -> Iterator[Reader]:
    """Yield businesses that have an address and a personal link, and want messages.

    Without a link to all trade contacts a business is told of the pairs that its bound links open.
    """
    off = DigestSetting.objects.filter(business=OuterRef("pk"), off_at__isnull=False)
    links = PersonalLink.objects.live(now).filter(business=OuterRef("pk"))
    rows = Business.objects.filter(~Exists(off), Exists(links), refused_messages_at=None).exclude(email="")
    rows = rows.annotate(link_contacts=ArraySubquery(links.values("invitation__trade_contact")))
    for business in rows.select_related("office").order_by("pk"):
        actor = Actor(via=Via.COMMAND, business_id=business.pk)
        bound_to = None if None in business.link_contacts else business.link_contacts
        yield Reader(
            who=f"business:{business.pk}",
            kind="digest_business",
            email=business.email,
            language=business.language,
            office=business.office,
            inbox=business_inbox(actor, business, token="", today=today, contacts=bound_to),
            values={"usaha": business.name, "dinas": business.office.name},
        )


def _new_items(reader: Reader, last: datetime | None, now: datetime) -> list[InboxItem]:
    """Return what came into the inbox since the reader was last told, in the reader's language."""
    until = now - SETTLING
    with override(reader.language):
        items = reader.inbox.newest(MOST_READ)
    since = None if last is None else last - SETTLING
    return [item for item in items if item.since <= until and (since is None or item.since > since)]


@transaction.atomic
def _queue(reader: Reader, new: list[InboxItem], now: datetime, today: date) -> None:
    """Write the e-mail of one reader."""
    with override(reader.language):
        lines = [_line(item) for item in new[:MOST_TOLD]]
        if len(new) > MOST_TOLD:
            lines.append(_("… dan %(number)d lagi.") % {"number": len(new) - MOST_TOLD})
    stop = stop_address(reader.who)
    queue_email(
        kind=reader.kind,
        to=reader.email,
        values={**reader.values, "jumlah": str(len(new)), "daftar": "\n".join(lines), "berhenti": stop},
        language=reader.language,
        office=reader.office,
        now=now,
        about=reader.who,
        key=f"digest:{reader.who}:{today:%Y%m%d}",
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _line(item: InboxItem) -> str:
    if item.due is None:
        return f"- {item.what}"
    return _("- %(what)s (tenggat %(day)s)") % {"what": item.what, "day": tanggal(item.due)}
