"""Puts the actor on the request: the office of the signed-in user is looked up once, when first asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts.actors import ANONYMOUS, Actor, Via
from regions.models import OfficeMember


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a signed-in user, or the anonymous one. Costs at most two queries."""
    user = request.user
    if not user.is_authenticated:
        return ANONYMOUS
    member = OfficeMember.objects.filter(user=user).select_related("office").order_by("pk").first()
    return Actor(
        via=Via.ACCOUNT,
        user_id=user.pk,
        office_id=member.office_id if member else None,
        region_id=member.office.region_id if member else None,
        is_admin=user.is_superuser,
    )


class ActorMiddleware:
    """Sets ``request.actor``; it stands after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)
