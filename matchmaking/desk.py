"""What waits for an officer today: trade contacts with their next step, inquiries, unfinished imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from accounts.actors import Actor
from matchmaking.models import Inquiry, SupplyOffer, TradeContact
from matchmaking.progress import Progress, progress_of
from outbox.access import count_given_up
from products.certificate_lines import count_expiring
from products.listing_queue import count_waiting
from products.models import ImportBatch

MOST_CONTACTS, MOST_INQUIRIES = 30, 5


@dataclass(frozen=True)
class Work:
    """A trade contact and how far it is."""

    contact: TradeContact
    progress: Progress


@dataclass(frozen=True)
class Desk:
    """Everything on the desk. ``inquiries`` are the oldest that wait, ``inquiry_count`` counts them all.

    ``offer_count`` counts the offers to supply that are no pair yet, ``unsent_count`` the messages given up.
    """

    current: list[Work]
    past: list[TradeContact]
    inquiries: list[Inquiry]
    inquiry_count: int
    previews: list[ImportBatch]
    queue_count: int
    offer_count: int
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


def desk_of(actor: Actor, today: date) -> Desk:
    """Return the desk of an officer; an admin sees the contacts of every office. Costs twelve queries."""
    contacts = TradeContact.objects.visible_to(actor)
    ordered = contacts.order_by(F("starts_on").desc(nulls_first=True), "-pk")
    current = list(ordered.current_on(today)[:MOST_CONTACTS])
    progress = progress_of(current, actor, today)
    waiting = Inquiry.objects.visible_to(actor).waiting().order_by("created_at", "pk")
    previews = ImportBatch.objects.filter(office=actor.office_id, state=ImportBatch.State.PREVIEW)
    return Desk(
        current=[Work(contact, progress[contact.pk]) for contact in current],
        past=list(ordered.filter(ends_on__lt=today)[:MOST_CONTACTS]),
        inquiries=list(waiting.select_related("business", "product")[:MOST_INQUIRIES]),
        inquiry_count=waiting.count(),
        offer_count=SupplyOffer.objects.visible_to(actor).waiting().count(),
        previews=list(previews.defer("content").order_by("-created_at", "-pk")),
        queue_count=count_waiting(actor),
        expiring_count=count_expiring(actor, today),
        unsent_count=count_given_up(actor),
    )
