"""Which messages an actor may see: those of the own office, an admin all."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from outbox.models import Message, MessageQuerySet


def messages_for(actor: Actor) -> MessageQuerySet:
    """Return the messages an officer or admin may see, the newest first; anybody else gets a 404."""
    if not actor.is_staff:
        raise Http404
    rows = Message.objects.visible_to(actor).select_related("office")
    return rows.order_by("-queued_at", "-pk")


def get_message(actor: Actor, message_id: int) -> Message:
    """Return a message the actor may see; anything else is a 404."""
    return get_object_or_404(messages_for(actor), pk=message_id)


def count_in_need(actor: Actor) -> dict[str, int]:
    """Return how many of the messages an actor may see wait, fail, or were given up.

    Of those given up and not put aside, ``again`` can be sent once more and ``in_vain`` cannot.
    """
    in_need = [Message.State.QUEUED, Message.State.FAILED]
    rows = Message.objects.visible_to(actor)
    counts = {state.value: rows.filter(state=state).count() for state in in_need}
    again = rows.worth_another_try().count()
    return counts | {"again": again, "in_vain": count_given_up(actor) - again}


def count_given_up(actor: Actor) -> int:
    """Return how many messages an actor may see were given up and wait for a person."""
    return Message.objects.visible_to(actor).unsettled().count()
