"""The desk: where an officer lands after signing in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matchmaking.desk import desk_of
from regions.access import find_own_office
from tradecontact.web import PortalRequest


@require_safe
def desk(request: PortalRequest) -> HttpResponse:
    """Show what needs this officer now; an admin sees all contacts, a user of no office how to get one."""
    now = timezone.now()
    today = timezone.localdate(now)
    context = {
        "office": find_own_office(request.actor),
        "desk": desk_of(request.actor, now, today) if request.actor.is_staff else None,
    }
    return render(request, "matchmaking/desk.html", context)
