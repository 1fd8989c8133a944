"""Work for the queue: each task makes one domain call."""

from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from accounts.actors import Actor, Via
from matchmaking import pairing


@task()
def make_proposals(run_id: int, via: str, user_id: int | None, office_id: int | None) -> str:
    """Compute the proposals of one run on behalf of the officer who asked for them."""
    actor = Actor(via=Via(via), user_id=user_id, office_id=office_id)
    return pairing.run_proposals(actor=actor, run_id=run_id, today=timezone.localdate()).state


def queue_proposals(actor: Actor) -> Callable[[int], object]:
    """Return what puts a run into the queue on behalf of ``actor``."""
    return lambda run_id: make_proposals.enqueue(run_id, actor.via, actor.user_id, actor.office_id)
