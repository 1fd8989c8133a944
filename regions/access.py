"""Which offices an actor may act for."""

from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from regions.models import Office


def get_own_office(actor: Actor) -> Office:
    """Return the office the actor works for; anybody else gets a 404."""
    return get_object_or_404(Office.objects.select_related("region"), pk=actor.office_id)


def find_own_office(actor: Actor) -> Office | None:
    """Return the office the actor works for, or None for a user without one."""
    if actor.office_id is None:
        return None
    return Office.objects.select_related("region").get(pk=actor.office_id)
