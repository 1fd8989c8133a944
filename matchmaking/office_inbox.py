"""What needs an office now: each line leads to the page where an officer does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking.follow_up_pages import LATE_AFTER, with_state
from matchmaking.follow_up_pages import waiting as follow_ups_waiting
from matchmaking.inbox import Inbox, Kind, Shown, Source, last_act
from matchmaking.models import (
    Commitment,
    Confirmation,
    Curation,
    FollowUp,
    Inquiry,
    Invitation,
    Participation,
    SupplyOffer,
    Task,
    TradeContact,
)
from matchmaking.recipients import CALL_AFTER, waiting_since
from outbox.models import Message
from outbox.templates import TEMPLATES
from products.certificate_lines import own_certificates
from products.listing_queue import waiting_revisions
from products.models import Business, Certificate, Photo, Product, ProductRevision

TASK_DAYS = 14  # days before its due date from which a task is in the inbox
CONFIRM_AFTER = timedelta(days=7)
"""So long a side may leave a commitment unconfirmed before its office is asked to remind it."""


@dataclass(frozen=True)
class Reader:
    """Whose inbox it is, and when it is read."""

    actor: Actor
    now: datetime
    today: date

    def own(self, path: str) -> Q:
        """Return the condition that the region at ``path`` is the actor's; an admin has every one."""
        return Q() if self.actor.is_admin else Q(**{path: self.actor.region_id or 0})


def office_inbox(actor: Actor, *, now: datetime, today: date) -> Inbox:
    """Return the inbox of the actor's office, an admin's of all; no query is made yet."""
    reader = Reader(actor, now, today)
    parts: tuple[Callable[[Reader], Source], ...] = (
        _calls,
        _inquiries,
        _offers,
        _disputes,
        _unconfirmed,
        _follow_ups,
        _products,
        _revisions,
        _photos,
        _certificates,
        _tasks,
        _messages,
        _curations,
    )
    return Inbox(tuple(part(reader) for part in parts), today)


def _calls(reader: Reader) -> Source:
    """Return own businesses with proposals that they left unanswered for 48 hours, one line a contact.

    The hours count from the first invitation or the oldest such proposal, whichever came later.
    """
    contacts = TradeContact.objects.visible_to(reader.actor).current_on(reader.today)
    contact, business = OuterRef("delegation__trade_contact"), OuterRef("business")
    invited = Invitation.objects.filter(trade_contact=contact, link__business=business)
    invited = invited.annotate(known_at=Coalesce("sent_at", "message__sent_at", "prepared_at"))
    rows = Participation.objects.filter(
        reader.own("business__region"), delegation__trade_contact__in=contacts
    ).annotate(
        box_pair_at=waiting_since(contact, business),
        box_asked_at=Greatest(Subquery(invited.order_by("known_at").values("known_at")[:1]), "box_pair_at"),
    )

    def show(row: Participation) -> Shown:
        title, slug = row.delegation.trade_contact.title, row.delegation.trade_contact.slug
        text = _("Telepon %(name)s: usulan mitra belum dijawab") % {"name": row.business.name}
        return Shown(text, title, reverse("matchmaking:call_sheet", args=[slug, row.business_id]))

    late = rows.filter(box_pair_at__isnull=False, box_asked_at__lte=reader.now - CALL_AFTER)
    return Source(
        kind=Kind.CALL,
        rows=late.select_related("business", "delegation__trade_contact"),
        since=F("box_asked_at") + CALL_AFTER,
        due=F("delegation__trade_contact__starts_on"),
        show=show,
    )


def _inquiries(reader: Reader) -> Source:
    """Return inquiries that are neither a pair nor closed."""

    def show(row: Inquiry) -> Shown:
        values = {"number": row.receipt_number, "name": row.business.name}
        text = _("Jadikan pasangan atau tutup: pernyataan minat %(number)s kepada %(name)s") % values
        about = ", ".join(part for part in (row.sender_name, row.company) if part)
        return Shown(text, about, reverse("matchmaking:inquiry_detail", args=[row.receipt_number]))

    rows = Inquiry.objects.visible_to(reader.actor).waiting().select_related("business")
    return Source(kind=Kind.INQUIRY, rows=rows, since=F("created_at"), show=show)


def _offers(reader: Reader) -> Source:
    """Return offers to supply that are neither a pair nor closed."""

    def show(row: SupplyOffer) -> Shown:
        values = {"supplier": row.business.name, "buyer": row.need.business.name}
        text = _("Tindak lanjuti tawaran memasok: %(supplier)s untuk %(buyer)s") % values
        return Shown(text, row.need.text, reverse("matchmaking:supply_offer_detail", args=[row.pk]))

    rows = SupplyOffer.objects.visible_to(reader.actor).waiting().with_sides()
    return Source(kind=Kind.OFFER, rows=rows, since=F("created_at"), show=show)


def _disputes(reader: Reader) -> Source:
    """Return commitments of own businesses whose last word from a side is that they are not true."""
    newer = Confirmation.objects.filter(
        commitment=OuterRef("commitment"), business=OuterRef("business"), pk__gt=OuterRef("pk")
    )
    disputes = Confirmation.objects.filter(commitment=OuterRef("pk"), answer=Confirmation.Answer.DISPUTE)
    last = disputes.filter(~Exists(newer)).order_by("at").values("at")[:1]
    sides = reader.own("seller__region") | reader.own("buyer__region")
    rows = _commitments(reader).filter(sides).annotate(box_disputed_at=Subquery(last))
    return Source(
        kind=Kind.COMMITMENT,
        rows=rows.filter(box_disputed_at__isnull=False),
        since=F("box_disputed_at"),
        show=lambda row: _show_commitment(row, _("Periksa catatan yang dibantah")),
    )


def _unconfirmed(reader: Reader) -> Source:
    """Return commitments that the own side has said nothing to for ``CONFIRM_AFTER``."""
    of_seller = reader.own("seller__region") & ~Q(recorded_for=F("seller"))
    of_buyer = reader.own("buyer__region") & ~Q(recorded_for=F("buyer"))
    said = Confirmation.objects.filter(commitment=OuterRef("pk")).exclude(business=OuterRef("recorded_for"))
    rows = _commitments(reader).filter(of_seller | of_buyer, ~Exists(said))
    return Source(
        kind=Kind.COMMITMENT,
        rows=rows.filter(recorded_at__lte=reader.now - CONFIRM_AFTER),
        since=F("recorded_at") + CONFIRM_AFTER,
        show=lambda row: _show_commitment(row, _("Ingatkan mengonfirmasi")),
    )


def _commitments(reader: Reader) -> Any:
    rows = Commitment.objects.live().visible_to(reader.actor)
    return rows.select_related("seller", "buyer", "pair__trade_contact")


def _show_commitment(row: Commitment, act: str) -> Shown:
    sides = f"{row.seller.name} – {row.buyer.name}"
    page = reverse("matchmaking:pair_money", args=[row.pair.trade_contact.slug, row.pair_id])
    return Shown(f"{act} {row.get_level_display()}: {sides}", row.goods, page)


def _follow_ups(reader: Reader) -> Source:
    """Return questions about a pair that the office must ask itself, or that stay without an answer.

    One that nobody has put on its way is here from its day on, one that was asked when its message was given
    up, or once it is late.
    """

    def show(row: FollowUp) -> Shown:
        values = {"name": row.asked.name, "partner": row.pair.partner_of(row.asked_id).name}
        text = _("Tanyakan kelanjutannya kepada %(name)s: pasangan dengan %(partner)s") % values
        page = reverse("matchmaking:follow_up", args=[row.pk])
        return Shown(text, row.pair.trade_contact.title, page)

    visible = FollowUp.objects.visible_to(reader.actor).with_parts()
    rows = follow_ups_waiting(with_state(visible, reader.today))
    was_given_up = Coalesce("message__claimed_at", "message__queued_at")
    return Source(
        kind=Kind.FOLLOW_UP,
        rows=rows,
        since=Case(
            When(sent_at=None, then=Cast("due_on", DateTimeField())),
            When(message__state=Message.State.GIVEN_UP, then=was_given_up),
            default=Cast(F("due_on") + LATE_AFTER, DateTimeField()),
        ),
        due=F("due_on") + LATE_AFTER,
        show=show,
    )


def _products(reader: Reader) -> Source:
    """Return products that wait to be listed."""

    def show(row: Product) -> Shown:
        text = _("Periksa produk %(product)s dari %(name)s") % {
            "product": row.name,
            "name": row.business.name,
        }
        return Shown(text, "", reverse("products:product_review", args=[row.business_id, row.pk]))

    rows = _own_products(reader).filter(status=Product.Status.SUBMITTED)
    return Source(kind=Kind.PRODUCT, rows=rows, since=Coalesce("submitted_at", "created_at"), show=show)


def _own_products(reader: Reader) -> QuerySet[Product]:
    own = Business.objects.editable_by(reader.actor)
    return Product.objects.filter(business__in=own).select_related("business")


def _revisions(reader: Reader) -> Source:
    """Return changes of listed products that the office wants to see first."""

    def show(row: ProductRevision) -> Shown:
        values = {"product": row.product.name, "name": row.product.business.name}
        text = _("Periksa perubahan %(product)s dari %(name)s") % values
        return Shown(text, "", reverse("products:revision_review", args=[row.pk]))

    rows = waiting_revisions(reader.actor)
    return Source(kind=Kind.PRODUCT, rows=rows, since=F("proposed_at"), show=show)


def _photos(reader: Reader) -> Source:
    """Return listed products with photos that the office has not seen, one line a product."""
    photos = Photo.objects.filter(product=OuterRef("pk"), is_waiting=True).order_by("created_at")
    rows = _own_products(reader).exclude(status=Product.Status.SUBMITTED)

    def show(row: Product) -> Shown:
        values = {"product": row.name, "name": row.business.name}
        text = _("Periksa foto baru %(product)s dari %(name)s") % values
        return Shown(text, "", reverse("products:product_photos", args=[row.business_id, row.pk]))

    rows = rows.annotate(box_photo_at=Subquery(photos.values("created_at")[:1]))
    waiting = rows.filter(box_photo_at__isnull=False)
    return Source(kind=Kind.PRODUCT, rows=waiting, since=F("box_photo_at"), show=show)


def _certificates(reader: Reader) -> Source:
    """Return certificates with a number that nobody has checked, and that have not run out."""
    holds = Q(valid_until=None) | Q(valid_until__gte=reader.today)
    rows = own_certificates(reader.actor).filter(holds, state=Certificate.State.UNCHECKED).exclude(number="")

    def show(row: Certificate) -> Shown:
        values = {"kind": row.get_kind_display(), "name": row.business.name}
        text = _("Periksa sertifikat %(kind)s dari %(name)s") % values
        return Shown(text, row.number, reverse("products:certificate_check", args=[row.business_id, row.pk]))

    since = Coalesce(last_act("products.certificate", "added", "changed"), "business__created_at")
    return Source(kind=Kind.CERTIFICATE, rows=rows, since=since, show=show)


def _tasks(reader: Reader) -> Source:
    """Return tasks whose day has come or comes within ``TASK_DAYS``."""
    rows = Task.objects.visible_to(reader.actor).undone().select_related("business", "owner")

    def show(row: Task) -> Shown:
        owner = row.owner.name if row.owner else ""
        text = f"{row.title}: {row.business.name}"
        return Shown(text, owner, reverse("matchmaking:office_task", args=[row.pk]))

    return Source(
        kind=Kind.TASK,
        rows=rows.filter(due_on__lte=reader.today + timedelta(days=TASK_DAYS)),
        since=Greatest(
            Cast(F("due_on") - timedelta(days=TASK_DAYS), DateTimeField()), "created_at", "moved_at"
        ),
        due=F("due_on"),
        show=show,
    )


def _messages(reader: Reader) -> Source:
    """Return messages that the portal gave up sending."""

    def show(row: Message) -> Shown:
        title = TEMPLATES[row.kind].title if row.kind in TEMPLATES else row.kind
        text = _("Kirim ulang pesan yang gagal: %(title)s") % {"title": title}
        return Shown(text, row.to, reverse("outbox:message_detail", args=[row.pk]))

    rows = Message.objects.visible_to(reader.actor).unsettled()
    return Source(kind=Kind.MESSAGE, rows=rows, since=Coalesce("claimed_at", "queued_at"), show=show)


def _curations(reader: Reader) -> Source:
    """Return own curations whose applications are all in and that nobody has decided."""
    is_over = Q(state=Curation.State.SCORING) | Q(state=Curation.State.OPEN, closes_on__lt=reader.today)
    own = Q() if reader.actor.is_admin else Q(delegation__office=reader.actor.office_id)

    def show(row: Curation) -> Shown:
        contact = row.delegation.trade_contact
        text = _("Putuskan kurasi: %(contact)s") % {"contact": contact.title}
        page = reverse("matchmaking:curation", args=[contact.slug, row.delegation_id])
        return Shown(text, row.get_state_display(), page)

    closed_at = Cast(F("closes_on") + timedelta(days=1), DateTimeField())
    return Source(
        kind=Kind.CURATION,
        rows=Curation.objects.filter(is_over, own).select_related("delegation__trade_contact"),
        since=Case(When(closes_on__lt=reader.today, then=closed_at), default=F("opened_at")),
        due=F("delegation__trade_contact__starts_on"),
        show=show,
    )
