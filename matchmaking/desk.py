"""What waits for an officer today: the inbox, trade contacts with their next step, unfinished imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from accounts.actors import Actor
from matchmaking.inbox import InboxItem
from matchmaking.models import TradeContact
from matchmaking.office_inbox import office_inbox
from matchmaking.progress import Progress, progress_of
from outbox.access import count_given_up
from products.certificate_lines import count_expiring
from products.models import ImportBatch

MOST_CONTACTS, MOST_ITEMS = 30, 5


@dataclass(frozen=True)
class Work:
    """A trade contact and how far it is."""

    contact: TradeContact
    progress: Progress


@dataclass(frozen=True)
class Desk:
    """Everything on the desk. ``oldest`` are the first of the inbox, ``inbox_count`` counts it all.

    ``unsent_count`` counts the messages given up.
    """

    current: list[Work]
    past: list[TradeContact]
    oldest: list[InboxItem]
    inbox_count: int
    previews: list[ImportBatch]
    expiring_count: int
    unsent_count: int

    @property
    def is_new(self) -> bool:
        """True on the first day: no contact was ever opened."""
        return not (self.current or self.past)

    @property
    def waiting_for_us(self) -> int:
        """Pairs whose answer a business of the own region still owes."""
        return sum(work.progress.waiting_for_us for work in self.current)


def desk_of(actor: Actor, now: datetime, today: date) -> Desk:
    """Return the desk of an officer; an admin sees the contacts of every office.

    Costs ten queries, and one for each table that one of the shown items comes from.
    """
    contacts = TradeContact.objects.visible_to(actor)
    ordered = contacts.order_by(F("starts_on").desc(nulls_first=True), "-pk")
    current = list(ordered.current_on(today)[:MOST_CONTACTS])
    progress = progress_of(current, actor, today)
    inbox = office_inbox(actor, now=now, today=today)
    previews = ImportBatch.objects.filter(office=actor.office_id, state=ImportBatch.State.PREVIEW)
    return Desk(
        current=[Work(contact, progress[contact.pk]) for contact in current],
        past=list(ordered.filter(ends_on__lt=today)[:MOST_CONTACTS]),
        oldest=inbox.oldest(MOST_ITEMS),
        inbox_count=inbox.count(),
        previews=list(previews.defer("content").order_by("-created_at", "-pk")),
        expiring_count=count_expiring(actor, today),
        unsent_count=count_given_up(actor),
    )
