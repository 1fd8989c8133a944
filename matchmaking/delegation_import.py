"""Importing a list as the delegation of an office: its businesses come along, and leave with an undo.

Where the delegation has a curation nobody comes around it: while it is open the businesses of a list
apply, later they are only written down, and after the decision an addendum brings them in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.applications import add_imported
from matchmaking.delegations import add_participants, not_chosen_by, removed_from
from matchmaking.models import Application, Curation, Delegation, Pair, TradeContact
from products import importing
from products.import_photos import store_photos
from products.import_undo import Footprint, Use
from products.models import Business, ImportBatch, Need, Product
from regions.models import Office

MOST_AT_ONCE = 3_000  # rows of businesses, products and needs: about five seconds
STUCK_AFTER = timedelta(minutes=15)
Enqueue = Callable[[int], object]
UNDONE, APPLICATION_UNDONE = "participant_import_undone", "application_import_undone"


class Way(StrEnum):
    """What an imported list means for one business."""

    PRESENT = "present"
    JOINS = "joins"
    APPLIES = "applies"
    STAYS_OUT = "stays_out"  # officers took it out
    NOT_CHOSEN = "not_chosen"  # it has applied, and is not chosen
    ONLY_WRITTEN = "only_written"  # the curation takes no more applications, or is decided


@dataclass
class DelegationPreview:
    """A list with what it means for the delegation; ``curation_state`` is empty without a curation."""

    preview: importing.Preview
    joining: int
    applying: int
    only_written: int
    staying_out: list[str]
    not_chosen: list[str]
    curation_state: str


@dataclass(frozen=True)
class Door:
    """The delegation as a list finds it: who is in, who stays out, and how its curation stands."""

    present: frozenset[int]
    out: frozenset[int]
    waiting: frozenset[int]
    curation: Curation | None

    @classmethod
    def of(cls, delegation: Delegation) -> Door:
        """Read who stands where. Costs five queries."""
        present = frozenset(delegation.participations.values_list("business_id", flat=True))
        return cls(
            present=present,
            out=frozenset(business.pk for business, _entry in removed_from(delegation)),
            waiting=frozenset(business.pk for business in not_chosen_by(delegation)) - present,
            curation=Curation.objects.filter(delegation=delegation).first(),
        )

    @property
    def state(self) -> str:
        return self.curation.state if self.curation else ""

    def way_of(self, business_id: int | None) -> Way:
        """Return what happens with a business of the list; None is one that is not known yet."""
        if business_id in self.present:
            return Way.PRESENT
        if business_id in self.waiting:
            return Way.NOT_CHOSEN
        if business_id in self.out:
            return Way.STAYS_OUT
        if self.curation is None:
            return Way.JOINS
        return Way.APPLIES if self.state == Curation.State.OPEN else Way.ONLY_WRITTEN


def preview_list(*, batch: ImportBatch, delegation: Delegation, today: date) -> DelegationPreview:
    """Return what importing a waiting list into the delegation would do. Writes nothing.

    Raises:
        WrongState: the list is no longer waiting.
    """
    shown = importing.preview(batch=batch, today=today)
    door = Door.of(delegation)
    rows = [
        (plan.row.pk if plan.row else None, plan.row.name if plan.row else "")
        for plan in shown.plan.businesses
    ]
    ways = [(door.way_of(pk), name) for pk, name in rows]
    counts = Counter(way for way, _name in ways)
    return DelegationPreview(
        preview=shown,
        joining=counts[Way.JOINS],
        applying=counts[Way.APPLIES],
        only_written=counts[Way.ONLY_WRITTEN],
        staying_out=[name for way, name in ways if way == Way.STAYS_OUT],
        not_chosen=[name for way, name in ways if way == Way.NOT_CHOSEN],
        curation_state=door.state,
    )


@transaction.atomic
def import_list(
    *,
    actor: Actor,
    batch: ImportBatch,
    delegation: Delegation,
    now: datetime,
    today: date,
    decisions: Mapping[int, str] | None = None,
) -> ImportBatch:
    """Import a waiting list and put its businesses into the delegation, all or nothing.

    ``decisions`` about duplicates are kept first. A business that officers took out of the delegation
    stays out, and so does one that has applied and is not chosen; the result names those. While the
    delegation's curation is open the others apply, afterwards they are only written down. Pressing again
    changes nothing.

    Raises:
        PermissionDenied: the actor, or the list, belongs to another office.
        ValidationError: as ``importing.apply``.
    """
    if batch.office_id != delegation.office_id:
        raise PermissionDenied(_("Daftar ini milik dinas lain."))

    told: dict[str, Any] = {}

    def join(imported: ImportBatch, businesses: list[Business]) -> list[Model]:
        TradeContact.objects.select_for_update().get(pk=delegation.trade_contact_id)
        Curation.objects.select_for_update().filter(delegation=delegation).first()
        door = Door.of(delegation)
        by_way: dict[Way, list[Business]] = defaultdict(list)
        for business in businesses:
            by_way[door.way_of(business.pk)].append(business)
        joined = add_participants(
            actor=actor, delegation=delegation, businesses=by_way[Way.JOINS], import_batch=imported
        )
        applied = _let_apply(actor, door, by_way[Way.APPLIES], now)
        told.update(_told(by_way, joined=len(joined)))
        return [*joined, *applied]

    done = importing.apply(actor=actor, batch=batch, now=now, today=today, decisions=decisions, join=join)
    if told:
        done.counts = {**done.counts, **told}
        done.save(update_fields=["counts"])
    return done


def is_long(shown: DelegationPreview) -> bool:
    """Return whether importing would take longer than a page should."""
    plan = shown.preview.plan
    return sum(1 + len(row.products) + len(row.needs) for row in plan.businesses) > MOST_AT_ONCE


def is_stuck(batch: ImportBatch, now: datetime) -> bool:
    """Return whether the work on a queued list has died: it went in ``STUCK_AFTER`` ago and still waits."""
    return batch.queued_at is not None and batch.queued_at <= now - STUCK_AFTER


@transaction.atomic
def queue_list(
    *, actor: Actor, batch: ImportBatch, decisions: Mapping[int, str], now: datetime, enqueue: Enqueue
) -> ImportBatch:
    """Let a long list be imported in the background; ``enqueue`` gets its id after commit.

    Pressing again while it waits changes nothing; after ``STUCK_AFTER`` it is put in again.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the list is no longer waiting.
    """
    locked = importing.decide_duplicates(actor=actor, batch=batch, choices=decisions)
    if locked.queued_at is None or is_stuck(locked, now):
        locked.queued_at, locked.queue_error = now, ""
        locked.save(update_fields=["queued_at", "queue_error"])
        transaction.on_commit(partial(enqueue, locked.pk), robust=True)
    return locked


def import_queued(*, actor: Actor, batch: ImportBatch, delegation: Delegation, now: datetime) -> ImportBatch:
    """Import a list from the queue; what refuses it is kept for its officer to read.

    Running twice imports once.
    """
    content = bytes(batch.content or b"")  # the import forgets it
    today = timezone.localdate(now)
    try:
        done = import_list(actor=actor, batch=batch, delegation=delegation, now=now, today=today)
    except ValidationError as error:
        batch.queued_at, batch.queue_error = None, " ".join(error.messages)
        batch.save(update_fields=["queued_at", "queue_error"])
        return batch
    return store_photos(actor=actor, batch=done, content=content, now=now, today=today) if content else done


def _let_apply(actor: Actor, door: Door, businesses: list[Business], now: datetime) -> list[Application]:
    if door.curation is None or not businesses:
        return []
    return add_imported(actor=actor, curation=door.curation, businesses=businesses, now=now)


def _told(by_way: Mapping[Way, list[Business]], *, joined: int) -> dict[str, Any]:
    """Return what the result says about the delegation besides the counts of every import."""
    numbers = {
        "applied": len(by_way.get(Way.APPLIES, [])),
        "only_written": len(by_way.get(Way.ONLY_WRITTEN, [])),
        "not_chosen": [business.name for business in by_way.get(Way.NOT_CHOSEN, [])],
    }
    return {"joined": joined} | {name: value for name, value in numbers.items() if value}


@transaction.atomic
def import_file(
    *,
    actor: Actor,
    office: Office,
    delegation: Delegation | None,
    file_name: str,
    content: bytes,
    now: datetime,
    today: date,
    duplicates: str,
    columns: Mapping[str, str],
) -> ImportBatch:
    """Import a file in one act, as scripts do; every duplicate gets the same decision.

    ``columns`` explain titles that are not recognised. Without a delegation the businesses are only
    written down. When anything is refused, nothing is kept, not even the file.

    Raises:
        PermissionDenied: the actor, or the delegation, belongs to another office.
        ValidationError: as ``importing.upload`` and ``importing.apply``.
    """
    batch = importing.upload(actor=actor, office=office, file_name=file_name, content=content, today=today)
    batch = importing.answer_columns(actor=actor, batch=batch, choices=columns, today=today)
    twins = importing.preview(batch=batch, today=today).reading.duplicates
    decisions = dict.fromkeys((found.row for found in twins), duplicates)
    if delegation is None:
        return importing.apply(actor=actor, batch=batch, now=now, today=today, decisions=decisions)
    return import_list(
        actor=actor, batch=batch, delegation=delegation, now=now, today=today, decisions=decisions
    )


@transaction.atomic
def undo_import(*, actor: Actor, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Take an import back, out of the delegation too, as long as nothing else has touched its rows.

    Raises:
        PermissionDenied: the actor works for another office.
        ValidationError: as ``importing.undo``; names the pairs, links or edits that keep it.
    """
    leaving = list(batch.participations.select_related("delegation", "business").order_by("pk"))
    applied = list(_applications_of(batch))
    undone = importing.undo(actor=actor, batch=batch, now=now, find_more=_more_uses)
    for application in applied:
        history.record(
            actor=actor,
            subject=application.curation,
            action=APPLICATION_UNDONE,
            before={"business": application.business.name},
            business_id=application.business_id,
        )
    for participation in leaving:
        history.record(
            actor=actor,
            subject=participation.delegation,
            action=UNDONE,
            before={"business": participation.business.name},
            business_id=participation.business_id,
        )
    return undone


def _applications_of(batch: ImportBatch) -> QuerySet[Application]:
    """Return the applications that an import made."""
    made = batch.rows.filter(kind=Application._meta.label_lower).values("row_id")
    return Application.objects.filter(pk__in=made).select_related("curation", "business").order_by("pk")


def _more_uses(footprint: Footprint) -> Iterable[Use]:
    """Return what only trade contacts know of: pairs, and curations past their applications."""
    yield from _uses_in_pairs(footprint)
    past = _applications_of(footprint.batch).exclude(curation__state=Curation.State.OPEN)
    for application in past:
        yield Use(application.business.name, _("sudah masuk penilaian kurasi"))


def _uses_in_pairs(footprint: Footprint) -> Iterable[Use]:
    """Return products and needs of the import that stand in pairs of businesses known before.

    Locks the contacts first, so that no proposals are made meanwhile.
    """
    contacts = TradeContact.objects.filter(delegations__office=footprint.batch.office_id)
    list(TradeContact.objects.select_for_update().filter(pk__in=contacts).order_by("pk"))
    products, needs = footprint.created(Product), footprint.created(Need)
    offers = Product.objects.filter(pk__in=products).exclude(business__in=footprint.created(Business))
    wishes = Need.objects.filter(pk__in=needs).exclude(business__in=footprint.created(Business))
    for key, rows in (("product_id", offers), ("need_id", wishes)):
        for row in rows:
            traded = Pair.objects.of_business(row.business_id).filter(trades__contains=[{key: row.pk}])
            if traded.exists():
                yield Use(str(row), _("dipakai dalam pasangan usaha"))
