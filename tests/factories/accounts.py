"""Users and consent."""

import factory
from factory.django import DjangoModelFactory

from accounts.actors import Actor, Via
from accounts.models import Consent, User
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


def actor_of(member: OfficeMember) -> Actor:
    """Return the actor of an ``OfficeMember``, as the middleware makes it."""
    return Actor(
        via=Via.ACCOUNT,
        user_id=member.user_id,
        office_id=member.office_id,
        region_id=member.office.region_id,
        is_admin=member.user.is_superuser,
    )
