"""A run of the proposals while it is at work: its progress, giving it up, cancelling it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from accounts import history
from accounts.actors import Actor
from matchmaking.models import ProposalRun

LIVE = (ProposalRun.State.QUEUED, ProposalRun.State.RUNNING)
STUCK_AFTER = timedelta(minutes=3)
PROGRESS_STEPS = 10


class RunIsOver(Exception):
    """The run was cancelled or given up while it was computed."""


def is_stuck(run: ProposalRun, now: datetime) -> bool:
    """Return whether a run that should be at work has not finished for three minutes."""
    return run.state in LIVE and now - (run.started_at or run.requested_at) > STUCK_AFTER


def give_up(run_id: int) -> None:
    """Close a run that is at work as failed; any other stays as it is."""
    ProposalRun.objects.filter(pk=run_id, state__in=LIVE).update(
        state=ProposalRun.State.FAILED, finished_at=Now()
    )


@transaction.atomic
def cancel_run(*, actor: Actor, run: ProposalRun) -> ProposalRun:
    """Stop a run that waits or is at work, and return it; the list of before stays.

    The job notices at its next step and writes nothing. A run that is over already stays as it is, so
    two officers may press at once.
    """
    locked = ProposalRun.objects.select_for_update(of=("self",)).select_related("trade_contact")
    run = locked.get(pk=run.pk)
    if run.state not in LIVE:
        return run
    ProposalRun.objects.filter(pk=run.pk).update(
        state=ProposalRun.State.CANCELLED, cancelled_by=actor.user_id, finished_at=Now()
    )
    history.record(actor=actor, subject=run.trade_contact, action="run_cancelled", after={"run": run.pk})
    run.refresh_from_db()
    return run


def progress_of(run: ProposalRun) -> Callable[[int, int], None]:
    """Return what the engine calls as it goes; it writes a count about ten times a run.

    It raises ``RunIsOver`` once the run is no longer at work.
    """

    written = 0

    def write(done: int, total: int) -> None:
        nonlocal written
        if done < total and done - written < total / PROGRESS_STEPS:
            return
        written = done
        at_work = ProposalRun.objects.filter(pk=run.pk, state=ProposalRun.State.RUNNING)
        if not at_work.update(done_count=done, total_count=total):
            raise RunIsOver

    return write
