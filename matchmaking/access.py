"""Which trade contacts, delegations and pairs an actor may reach, and what the actor may do there."""

from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from matchmaking.models import Delegation, Inquiry, Pair, TradeContact


def get_trade_contact(actor: Actor, slug: str) -> TradeContact:
    """Return a trade contact seen from the inside: the actor's office takes part in it."""
    return get_object_or_404(TradeContact.objects.visible_to(actor), slug=slug)


def get_own_delegation(actor: Actor, trade_contact: TradeContact) -> Delegation:
    """Return the delegation that the actor's office brings to this contact."""
    delegations = trade_contact.delegations.select_related("office__region", "trade_contact")
    return get_object_or_404(delegations, office_id=actor.office_id)


def get_pair(actor: Actor, trade_contact: TradeContact, pair_id: int) -> Pair:
    """Return a pair of this contact that the actor may see."""
    pairs = Pair.objects.visible_to(actor).filter(trade_contact=trade_contact).with_businesses()
    return get_object_or_404(pairs, pk=pair_id)


def get_inquiry(actor: Actor, receipt_number: str) -> Inquiry:
    """Return an inquiry about a business of the actor's region."""
    inquiries = Inquiry.objects.visible_to(actor).select_related(
        "business__region", "product", "unit", "region"
    )
    return get_object_or_404(inquiries, receipt_number=receipt_number)


def can_see_contacts(actor: Actor, pair: Pair, business_id: int) -> bool:
    """Return whether the actor may read phone, e-mail and owner of one side of ``pair``.

    One's own side always; the other side's only after both said yes. ``pair`` must carry its
    businesses (``with_businesses``).
    """
    if pair.is_mutual or actor.is_admin:
        return True
    if actor.business_id is not None:
        return actor.business_id == business_id
    business = pair.business_a if business_id == pair.business_a_id else pair.business_b
    return actor.region_id == business.region_id


def can_answer_for(actor: Actor, pair: Pair, business_id: int) -> bool:
    """A link holder answers for its own business, an officer for those of the own region."""
    if not pair.has_side(business_id):
        return False
    if actor.business_id is not None:
        return actor.business_id == business_id
    business = pair.business_a if business_id == pair.business_a_id else pair.business_b
    return actor.region_id is not None and actor.region_id == business.region_id
