"""Who the middleware says is acting."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.actors import ANONYMOUS, Actor, Via
from accounts.models import User
from regions.middleware import actor_of
from tests.factories import OfficeMemberFactory, UserFactory

pytestmark = pytest.mark.django_db


def actor_for(user: User | AnonymousUser) -> Actor:
    request = RequestFactory().get("/")
    request.user = user
    return actor_of(request)


def test_nobody_signed_in_is_anonymous() -> None:
    assert actor_for(AnonymousUser()) == ANONYMOUS


def test_officer_acts_for_the_own_office_and_region() -> None:
    member = OfficeMemberFactory()

    assert actor_for(member.user) == Actor(
        via=Via.ACCOUNT,
        user_id=member.user_id,
        office_id=member.office_id,
        region_id=member.office.region_id,
    )


def test_user_without_office_may_do_nothing() -> None:
    actor = actor_for(UserFactory())

    assert (actor.is_officer, actor.is_staff) == (False, False)


def test_admin_is_staff_without_an_office() -> None:
    actor = actor_for(UserFactory(is_superuser=True))

    assert (actor.is_officer, actor.is_staff) == (False, True)
