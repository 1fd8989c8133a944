"""Builders of whole scenes: two offices in one trade contact, with their officers and businesses."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from accounts.actors import Actor
from matchmaking.models import Delegation, Pair, TradeContact
from products.models import Business
from regions.models import OfficeMember
from tests.factories import (
    BusinessFactory,
    DelegationFactory,
    OfficeMemberFactory,
    PairFactory,
    ParticipationFactory,
    actor_of,
)

NOON = datetime(2018, 3, 22, 5, tzinfo=UTC)
CLOSED: dict[str, Any] = {"step": "closed", "step_at": NOON, "closed_reason": "price"}
"""What a closed pair carries."""


@dataclass
class ContactScene:
    """A trade contact seen from both sides, and an officer of a third region who must see none of it."""

    trade_contact: TradeContact
    guest: OfficeMember
    host: OfficeMember
    stranger: OfficeMember
    guest_delegation: Delegation
    host_delegation: Delegation
    guest_business: Business
    host_business: Business

    @property
    def guest_actor(self) -> Actor:
        return actor_of(self.guest)

    @property
    def host_actor(self) -> Actor:
        return actor_of(self.host)

    @property
    def stranger_actor(self) -> Actor:
        return actor_of(self.stranger)

    def make_pair(self, **values: object) -> Pair:
        """Return a proposed pair of the two businesses, or of two new ones when that pair exists."""
        guest, host = self.guest_business, self.host_business
        if Pair.objects.filter(business_a=guest, business_b=host).exists():
            guest = ParticipationFactory(delegation=self.guest_delegation).business
            host = ParticipationFactory(delegation=self.host_delegation).business
        return PairFactory(trade_contact=self.trade_contact, business_a=guest, business_b=host, **values)


def make_contact(**values: object) -> ContactScene:
    """Return a trade contact with a guest and a host delegation of one business each."""
    guest, host = OfficeMemberFactory(), OfficeMemberFactory()
    guest_delegation = DelegationFactory(office=guest.office, role=Delegation.Role.GUEST, **values)
    contact = guest_delegation.trade_contact
    host_delegation = DelegationFactory(trade_contact=contact, office=host.office, role=Delegation.Role.HOST)
    guest_business = BusinessFactory(office=guest.office)
    host_business = BusinessFactory(office=host.office)
    ParticipationFactory(delegation=guest_delegation, business=guest_business)
    ParticipationFactory(delegation=host_delegation, business=host_business)
    return ContactScene(
        trade_contact=contact,
        guest=guest,
        host=host,
        stranger=OfficeMemberFactory(),
        guest_delegation=guest_delegation,
        host_delegation=host_delegation,
        guest_business=guest_business,
        host_business=host_business,
    )
