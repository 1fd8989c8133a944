"""Which trade contacts, delegations and pairs an actor may reach, and what the actor may do there."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from matchmaking.models import (
    Application,
    ApplicationLink,
    Curation,
    Delegation,
    Inquiry,
    Invitation,
    Pair,
    ProposalRun,
    SupplyOffer,
    TradeContact,
)
from matchmaking.models.inquiries import InquiryQuerySet
from products.models import Business, Category, ImportBatch, PersonalLink
from regions.access import get_own_office
from regions.models import Office


def get_trade_contact(actor: Actor, slug: str) -> TradeContact:
    """Return a trade contact seen from the inside: the actor's office takes part in it."""
    return get_object_or_404(TradeContact.objects.visible_to(actor), slug=slug)


def get_public_contact(slug: str) -> TradeContact:
    """Return a trade contact as everybody may see it, with its delegations and their counts."""
    return get_object_or_404(_with_delegations(TradeContact.objects.all()), slug=slug)


def coming_contacts(today: date) -> QuerySet[TradeContact]:
    """Return contacts that are not over, the nearest first; open programmes come last."""
    nearest = F("starts_on").asc(nulls_last=True)
    return _with_delegations(TradeContact.objects.current_on(today)).order_by(nearest, "pk")


def past_contacts(today: date) -> QuerySet[TradeContact]:
    """Return contacts that are over, the latest first."""
    return _with_delegations(TradeContact.objects.filter(ends_on__lt=today)).order_by("-ends_on", "-pk")


def takes_part(actor: Actor, trade_contact: TradeContact) -> bool:
    """Return whether the actor may enter the office pages of a contact."""
    return actor.is_staff and TradeContact.objects.visible_to(actor).filter(pk=trade_contact.pk).exists()


def _with_delegations(contacts: QuerySet[TradeContact]) -> QuerySet[TradeContact]:
    """The host first, then the guests; and the commodities in the order of the taxonomy."""
    return contacts.prefetch_related(
        Prefetch("delegations", Delegation.objects.with_counts().order_by("-role", "pk")),
        Prefetch("commodities", Category.objects.order_by("position", "pk")),
    )


def get_own_delegation(actor: Actor, trade_contact: TradeContact) -> Delegation:
    """Return the delegation that the actor's office brings to this contact."""
    delegations = trade_contact.delegations.select_related("office__region", "trade_contact")
    return get_object_or_404(delegations, office_id=actor.office_id)


def get_opening_office(actor: Actor) -> Office | None:
    """Return the office that opens a contact; None for an admin, who names it in the form."""
    return None if actor.is_admin and not actor.is_officer else get_own_office(actor)


def get_delegation_to_change(actor: Actor, trade_contact: TradeContact, delegation_id: int) -> Delegation:
    """Return the actor's own delegation of this contact; an admin may change every one."""
    delegations = trade_contact.delegations.select_related("office__region", "trade_contact")
    own = delegations if actor.is_admin else delegations.filter(office=actor.office_id)
    return get_object_or_404(own, pk=delegation_id)


def get_delegation_of(trade_contact: TradeContact, delegation_id: int) -> Delegation:
    """Return a delegation of a contact that the actor has already been let into."""
    delegations = trade_contact.delegations.select_related("office__region", "trade_contact")
    return get_object_or_404(delegations, pk=delegation_id)


def get_import(delegation: Delegation, batch_id: int) -> ImportBatch:
    """Return an import of the office that brings the delegation."""
    return get_object_or_404(imports_of(delegation), pk=batch_id)


def imports_of(delegation: Delegation) -> QuerySet[ImportBatch]:
    """Return the office's imports, the latest first; their files are only fetched when asked for."""
    imports = ImportBatch.objects.filter(office=delegation.office_id).defer("content")
    return imports.select_related("office__region", "created_by").order_by("-created_at", "-pk")


def can_change_delegation(actor: Actor, delegation: Delegation) -> bool:
    """The office that brings a delegation changes it and reads its private columns."""
    return actor.is_admin or actor.office_id == delegation.office_id


def get_pair(actor: Actor, trade_contact: TradeContact, pair_id: int) -> Pair:
    """Return a pair of this contact that the actor may see."""
    pairs = Pair.objects.visible_to(actor).filter(trade_contact=trade_contact).with_businesses()
    return get_object_or_404(pairs, pk=pair_id)


def get_run(trade_contact: TradeContact, run_id: int) -> ProposalRun:
    """Return a run of a contact that the actor has already been let into."""
    runs = trade_contact.runs.select_related("trade_contact", "requested_by", "cancelled_by")
    return get_object_or_404(runs, pk=run_id)


def get_inquiry(actor: Actor, receipt_number: str) -> Inquiry:
    """Return an inquiry about a business of the actor's region."""
    inquiries = Inquiry.objects.visible_to(actor).select_related(
        "business__region", "product", "need", "unit", "region__province", "pair__trade_contact", "handled_by"
    )
    return get_object_or_404(inquiries, receipt_number=receipt_number)


def get_supply_offer(actor: Actor, offer_id: int) -> SupplyOffer:
    """Return an offer to supply that touches a business of the actor's region."""
    offers = SupplyOffer.objects.visible_to(actor).with_sides()
    rows = offers.select_related("business__office", "need__business__office", "recorded_by")
    return get_object_or_404(rows, pk=offer_id)


def get_receipt(form_token: UUID) -> Inquiry:
    """Return an inquiry to whoever holds the token of its form, which nobody can guess."""
    inquiries = Inquiry.objects.select_related("business__office", "business__region", "product", "need")
    return get_object_or_404(inquiries, form_token=form_token)


def inquiries_for(actor: Actor) -> InquiryQuerySet:
    """Return the inquiries an officer answers for, those that wait first."""
    inquiries = Inquiry.objects.visible_to(actor).waiting_first()
    return inquiries.select_related("business", "product", "need", "region", "pair__trade_contact")


def contacts_for(actor: Actor, inquiry: Inquiry) -> QuerySet[TradeContact]:
    """Return the contacts in which a pair can be made of an inquiry, the likeliest first.

    The seller's office takes part in all of them; those with the sender's region come first, then the latest.
    """
    with_sender = Delegation.objects.filter(
        trade_contact=OuterRef("pk"), office__region=inquiry.region_id
    ).exclude(office__region=inquiry.business.region_id)
    return (
        TradeContact.objects.visible_to(actor)
        .filter(pk__in=Delegation.objects.filter(office=inquiry.business.office_id).values("trade_contact"))
        .annotate(has_sender=Exists(with_sender))
        .order_by("-has_sender", F("starts_on").desc(nulls_first=True), "-pk")
    )


def can_see_contacts(actor: Actor, pair: Pair, business_id: int) -> bool:
    """Return whether the actor may read phone, e-mail and owner of one side of ``pair``.

    One's own side always; the other side's only after both said yes. ``pair`` must carry its
    businesses (``with_businesses``).
    """
    if actor.is_admin or _is_own_side(actor, pair, business_id):
        return True
    return pair.is_mutual and has_own_side(actor, pair)


def has_own_side(actor: Actor, pair: Pair) -> bool:
    """Return whether one side of ``pair`` is the actor's own; a third office of the contact has none."""
    sides = (pair.business_a_id, pair.business_b_id)
    return actor.is_admin or any(_is_own_side(actor, pair, business_id) for business_id in sides)


def _is_own_side(actor: Actor, pair: Pair, business_id: int) -> bool:
    if actor.business_id is not None:
        return actor.business_id == business_id
    business = pair.business_a if business_id == pair.business_a_id else pair.business_b
    return actor.region_id is not None and actor.region_id == business.region_id


def can_answer_for(actor: Actor, pair: Pair, business_id: int) -> bool:
    """A link holder answers for its own business, an officer for those of the own region."""
    return pair.has_side(business_id) and _is_own_side(actor, pair, business_id)


def get_offer(actor: Actor, pair_id: int) -> Pair:
    """Return a pair that the holder's link opens; hidden ones too, to say that they were withdrawn."""
    pairs = Pair.objects.of_holder(actor).with_businesses()
    return get_object_or_404(pairs, pk=pair_id)


def bound_contact_id(link: PersonalLink) -> int | None:
    """Return the trade contact that a personal link was made for; None for a link to all of them."""
    return Invitation.objects.filter(link=link).values_list("trade_contact_id", flat=True).first()


def find_curation(delegation: Delegation) -> Curation | None:
    """Return the curation of a delegation, which comes with it, if one was opened."""
    curation = Curation.objects.filter(delegation=delegation).select_related("decided_by").first()
    if curation is not None:
        curation.delegation = delegation
    return curation


def get_curation(actor: Actor, trade_contact: TradeContact, delegation_id: int) -> Curation:
    """Return the curation of a delegation that the actor may change."""
    curation = find_curation(get_delegation_to_change(actor, trade_contact, delegation_id))
    if curation is None:
        raise Http404
    return curation


def get_application(curation: Curation, application_id: int) -> Application:
    """Return an application of a curation that the actor has already been let into."""
    rows = curation.applications.select_related("business__line", "known_business")
    application = get_object_or_404(rows, pk=application_id)
    application.curation = curation
    return application


def get_application_link(curation: Curation, link_id: int) -> ApplicationLink:
    """Return a public link of a curation that the actor has already been let into."""
    return get_object_or_404(curation.links.select_related("curation"), pk=link_id)


def get_application_receipt(form_token: UUID) -> Application:
    """Return a public application to whoever holds the token of its form, which nobody can guess."""
    rows = Application.objects.select_related("curation__delegation__office", "business")
    rows = rows.select_related("curation__delegation__trade_contact")
    return get_object_or_404(rows, form_token=form_token)


def applications_by(actor: Actor) -> QuerySet[Application]:
    """Return the applications of the link holder's own business, latest first."""
    rows = Application.objects.filter(business=actor.business_id or 0)
    rows = rows.select_related("curation__delegation__trade_contact", "curation__delegation__office")
    return rows.prefetch_related("curation__addenda").order_by("-applied_at", "-pk")


def open_curations_for(business: Business, today: date) -> QuerySet[Curation]:
    """Return the curations that a business may apply to today, and is neither in nor an applicant of."""
    rows = Curation.objects.filter(
        state=Curation.State.OPEN,
        opens_on__lte=today,
        closes_on__gte=today,
        delegation__office=business.office_id,
    )
    applied = Application.objects.in_the_way().filter(business=business)
    rows = rows.exclude(pk__in=applied.values("curation"))
    rows = rows.exclude(delegation__participations__business=business)
    return rows.select_related("delegation__trade_contact", "delegation__office").order_by("closes_on", "pk")


def get_curation_to_apply(business: Business, curation_id: int) -> Curation:
    """Return a curation of the business's own office, whether it takes applications or not."""
    rows = Curation.objects.filter(delegation__office=business.office_id)
    return get_object_or_404(rows, pk=curation_id)


def get_own_application(actor: Actor, application_id: int) -> Application:
    """Return an application of the link holder's own business."""
    return get_object_or_404(applications_by(actor), pk=application_id)
