"""A need heard on the phone: its business, its place in the delegation and the need itself, in one act."""

from dataclasses import dataclass

from django.db import transaction

from accounts.actors import Actor
from matchmaking.delegations import add_participants
from matchmaking.models import Delegation
from products.models import Business, Need
from products.needs import NeedFacts, record_need, register_business


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """A business that the office hears of for the first time."""

    name: str
    phone: str
    district: str


@transaction.atomic
def record_phone_need(
    *, actor: Actor, delegation: Delegation, caller: Business | Newcomer, facts: NeedFacts, has_consent: bool
) -> tuple[Need, bool]:
    """Record what ``caller`` looks for; return the need, and whether it is new.

    A newcomer is registered, and a business outside the delegation joins it. Sending the same twice
    records it once.

    Raises:
        PermissionDenied: the delegation or the business belongs to another office.
        ValidationError: no consent, a number or name of another business, or a broken rule of ``Need``.
    """
    if isinstance(caller, Newcomer):
        caller, _is_new = register_business(actor=actor, office=delegation.office, **caller.__dict__)
    add_participants(actor=actor, delegation=delegation, businesses=[caller])
    return record_need(
        actor=actor, business=caller, source=Need.Source.PHONE, facts=facts, has_consent=has_consent
    )
