"""Users and consent."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from accounts.actors import Actor, Via
from accounts.models import Consent, SendingCount, User
from regions.models import OfficeMember


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"petugas{n}@contoh.test")
    name = factory.Sequence(lambda n: f"Petugas {n}")


class ConsentFactory(DjangoModelFactory[Consent]):
    class Meta:
        model = Consent

    purpose = Consent.Purpose.CONTACT
    wording_version = "1"
    via = Via.PUBLIC_FORM


class SendingCountFactory(DjangoModelFactory[SendingCount]):
    class Meta:
        model = SendingCount

    network = "0" * 32
    kind = "sent"
    starts_at = datetime(2018, 3, 1, tzinfo=UTC)
    count = 1


def actor_of(member: OfficeMember) -> Actor:
    """Return the actor of an ``OfficeMember``, as the middleware makes it."""
    return Actor(
        via=Via.ACCOUNT,
        user_id=member.user_id,
        office_id=member.office_id,
        region_id=member.office.region_id,
        is_admin=member.user.is_superuser,
    )
