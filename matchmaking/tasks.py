"""Work for the queue: each task makes one domain call."""

from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from accounts.actors import Actor, Via
from matchmaking import delegation_import, pairing
from matchmaking.models import Delegation
from products.models import ImportBatch


@task()
def make_proposals(run_id: int, via: str, user_id: int | None, office_id: int | None) -> str:
    """Compute the proposals of one run on behalf of the officer who asked for them."""
    actor = Actor(via=Via(via), user_id=user_id, office_id=office_id)
    return pairing.run_proposals(actor=actor, run_id=run_id, today=timezone.localdate()).state


def queue_proposals(actor: Actor) -> Callable[[int], object]:
    """Return what puts a run into the queue on behalf of ``actor``."""
    return lambda run_id: make_proposals.enqueue(run_id, actor.via, actor.user_id, actor.office_id)


@task()
def import_long_list(batch_id: int, delegation_id: int, via: str, user_id: int | None, is_admin: bool) -> str:  # noqa: FBT001 - a task's arguments are plain
    """Import a long list into a delegation on behalf of the officer who asked for it."""
    delegation = Delegation.objects.select_related("office").get(pk=delegation_id)
    office = delegation.office
    actor = Actor(
        via=Via(via), user_id=user_id, office_id=office.pk, region_id=office.region_id, is_admin=is_admin
    )
    batch = ImportBatch.objects.select_related("office").get(pk=batch_id)
    done = delegation_import.import_queued(
        actor=actor, batch=batch, delegation=delegation, now=timezone.now()
    )
    return done.state


def queue_import(actor: Actor, delegation: Delegation) -> Callable[[int], object]:
    """Return what puts a list into the queue on behalf of ``actor``."""
    return lambda batch_id: import_long_list.enqueue(
        batch_id, delegation.pk, actor.via, actor.user_id, actor.is_admin
    )
