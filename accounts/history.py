"""Writing and reading history. Call ``record`` inside the transaction of the change it describes."""

from typing import Any

from django.db.models import Model, QuerySet

from accounts.actors import Actor
from accounts.models import HistoryEntry


def record(
    *,
    actor: Actor,
    subject: Model,
    action: str,
    before: Any = None,
    after: Any = None,
    note: str = "",
    business_id: int | None = None,
) -> HistoryEntry:
    """Add one line about ``subject``.

    ``action`` is a short code such as ``locked``; ``before`` and ``after`` are JSON values without
    personal data. ``business_id`` names the business acted for; without it the actor's own is taken.
    """
    return HistoryEntry.objects.create(
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        action=action,
        before=before,
        after=after,
        note=note,
        via=actor.via,
        user_id=actor.user_id,
        office_id=actor.office_id,
        business_id=business_id if business_id is not None else actor.business_id,
    )


def entries_of(subject: Model) -> QuerySet[HistoryEntry]:
    """Return the history of one row, newest first, with the users who acted."""
    return (
        HistoryEntry.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("user")
        .order_by("-at", "-pk")
    )
