"""What an office can do about a reason: a task with an owner and a due date, and whether it is done."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts import history
from accounts.actors import Actor
from accounts.models import User
from matchmaking import path
from matchmaking.models import Pair, PairStep, Reason, Step, Task, TradeContact
from matchmaking.models.steps import ACTIONABLE
from products.models import Business
from regions.models import Office

DAYS_GIVEN = {
    Reason.HALAL: 90,
    Reason.PERMIT: 60,
    Reason.PACKAGING: 30,
    Reason.QUALITY: 30,
    Reason.CAPACITY: 60,
}
TITLES: dict[str, Promise] = {
    Reason.HALAL: gettext_lazy("Dampingi sertifikat halal"),
    Reason.PERMIT: gettext_lazy("Dampingi izin edar"),
    Reason.PACKAGING: gettext_lazy("Perbaiki kemasan"),
    Reason.QUALITY: gettext_lazy("Perbaiki mutu produk"),
    Reason.CAPACITY: gettext_lazy("Tambah kapasitas, atau cari usaha untuk dikerjakan bersama"),
}


@transaction.atomic
def close_pair(
    *,
    actor: Actor,
    pair: Pair,
    reason: Reason,
    lacking: Business | None,
    note: str,
    now: datetime,
    today: date,
) -> PairStep:
    """End a pair with a reason; one that an office can act on becomes a task of the office of ``lacking``.

    ``lacking`` is the side that the reason is about, needed for a reason that becomes a task.

    Raises:
        StepNotAllowed: the table or the actor does not allow it.
        ValidationError: the side or the note is missing.
    """
    locked = path.lock_pair(pair)
    path.check_actor(actor, locked)
    if reason in ACTIONABLE and (lacking is None or not locked.has_side(lacking.pk)):
        raise ValidationError({"lacking": _("Pilih usaha yang perlu dibantu.")})
    was_closed = locked.step == Step.CLOSED
    step = path.advance(actor, locked, Step.CLOSED, now, reason=reason, note=note)
    path.carry(pair, locked)
    if lacking is not None and reason in ACTIONABLE and not was_closed:
        open_task(actor=actor, pair=pair, business=lacking, reason=reason, today=today)
    return step


def open_task(*, actor: Actor, pair: Pair, business: Business, reason: Reason, today: date) -> Task:
    """Return the undone task about this reason, made when there is none; call it with the pair locked.

    It belongs to the business's office: to the officer who acts when of that office, else to its first one.
    """
    known = pair.tasks.undone().filter(business=business, reason=reason).first()
    if known is not None:
        return known
    with override("id"):  # stored, like a title
        title = str(TITLES[reason])
    task = Task(
        office_id=business.office_id,
        business=business,
        pair=pair,
        reason=reason,
        title=title,
        owner=_first_owner(actor, business.office_id),
        due_on=today + timedelta(days=DAYS_GIVEN[reason]),
    )
    task.save()
    history.record(
        actor=actor,
        subject=pair,
        action="task_opened",
        after={"reason": reason, "due_on": task.due_on.isoformat()},
        business_id=business.pk,
    )
    return task


@transaction.atomic
def change_task(
    *, actor: Actor, task: Task, owner: User, due_on: date, done_note: str, now: datetime
) -> Task:
    """Hand a task over, move its day, and with ``done_note`` say that it is done; twice is once.

    Raises:
        PermissionDenied: it is a task of another office.
        ValidationError: the owner is of another office, or the note is too long.
    """
    locked = Task.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=task.pk).first()
    if locked is None:
        raise PermissionDenied(_("Tugas ini milik dinas lain."))
    if not owners_of(locked.office_id).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": _("Pilih petugas dari dinas yang sama.")})
    before, note = _facts(locked), locked.done_note
    if due_on != locked.due_on:
        locked.moved_at = now
    locked.owner, locked.due_on, locked.done_note = owner, due_on, done_note.strip()
    locked.done_at = (locked.done_at or now) if locked.done_note else None
    locked.full_clean(exclude=["office", "business", "pair"])
    if (_facts(locked), locked.done_note) == (before, note):
        return locked
    locked.save()
    history.record(
        actor=actor,
        subject=locked.pair,
        action="task_done" if locked.done_at else "task_changed",
        before=before,
        after=_facts(locked),
        note=locked.done_note,
        business_id=locked.business_id,
    )
    return locked


def owners_of(office: Office | int) -> QuerySet[User]:
    """Return the people of an office who can own a task, longest there first."""
    people = get_user_model().objects.filter(is_active=True, office_memberships__office=office)
    return people.order_by("office_memberships__pk")


def tasks_for(actor: Actor) -> QuerySet[Task]:
    """Return the tasks an officer may see, undone ones first, the nearest day first."""
    rows = Task.objects.visible_to(actor).select_related(
        "business__region", "office", "owner", "pair__trade_contact", "pair__business_a", "pair__business_b"
    )
    return rows.order_by("done_at", "due_on", "pk")


def with_readiness(rows: QuerySet[Any], trade_contact: TradeContact) -> QuerySet[Any]:
    """Let each row's business carry ``earlier_tasks``: what it lacked in other contacts, siap or belum.

    The latest task about a reason counts: one that came back after it was done is not ready. Costs one query.
    """
    earlier = Task.objects.exclude(pair__trade_contact=trade_contact)
    latest = earlier.order_by("business", "reason", "-pk").distinct("business", "reason")
    return rows.prefetch_related(Prefetch("business__tasks", latest, to_attr="earlier_tasks"))


def _first_owner(actor: Actor, office_id: int) -> User | None:
    if actor.office_id == office_id and actor.user_id is not None:
        return get_user_model().objects.get(pk=actor.user_id)
    return owners_of(office_id).first()


def _facts(task: Task) -> dict[str, object]:
    return {"owner": task.owner_id, "due_on": task.due_on.isoformat(), "is_done": task.done_at is not None}
