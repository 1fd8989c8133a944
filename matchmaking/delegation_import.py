"""Importing a list as the delegation of an office: its businesses come along, and leave with an undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.delegations import add_participants, not_chosen_by, removed_from
from matchmaking.models import Delegation, Pair, Participation, TradeContact
from products import importing
from products.import_undo import Footprint, Use
from products.models import Business, ImportBatch, Need, Product
from regions.models import Office

UNDONE = "participant_import_undone"


@dataclass
class DelegationPreview:
    """The preview of a list with what it means for the delegation."""

    preview: importing.Preview
    joining: int
    staying_out: list[str]
    not_chosen: list[str]


def preview_list(*, batch: ImportBatch, delegation: Delegation, today: date) -> DelegationPreview:
    """Return what importing a waiting list into the delegation would do. Writes nothing.

    Raises:
        WrongState: the list is no longer waiting.
    """
    shown = importing.preview(batch=batch, today=today)
    out = {business.pk: business.name for business, _entry in removed_from(delegation)}
    present = set(delegation.participations.values_list("business_id", flat=True))
    waiting = {
        business.pk: business.name for business in not_chosen_by(delegation) if business.pk not in present
    }
    known = [plan.row.pk if plan.row else None for plan in shown.plan.businesses]
    joining = sum(pk is None or pk not in present | out.keys() | waiting.keys() for pk in known)
    return DelegationPreview(
        preview=shown,
        joining=joining,
        staying_out=[out[pk] for pk in known if pk in out and pk not in waiting],
        not_chosen=[waiting[pk] for pk in known if pk in waiting],
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
    stays out, and so does one that has applied and is not chosen; the result names those. Pressing
    again changes nothing.

    Raises:
        PermissionDenied: the actor, or the list, belongs to another office.
        ValidationError: as ``importing.apply``.
    """
    if batch.office_id != delegation.office_id:
        raise PermissionDenied(_("Daftar ini milik dinas lain."))

    not_chosen: list[str] = []

    def join(imported: ImportBatch, businesses: list[Business]) -> list[Participation]:
        out = {business.pk for business, _entry in removed_from(delegation)}
        present = set(delegation.participations.values_list("business_id", flat=True))
        waiting = {business.pk for business in not_chosen_by(delegation)} - present
        not_chosen.extend(business.name for business in businesses if business.pk in waiting)
        coming = [business for business in businesses if business.pk not in out | waiting]
        return add_participants(actor=actor, delegation=delegation, businesses=coming, import_batch=imported)

    done = importing.apply(actor=actor, batch=batch, now=now, today=today, decisions=decisions, join=join)
    if not_chosen:
        done.counts = {**done.counts, "not_chosen": not_chosen}
        done.save(update_fields=["counts"])
    return done


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
    undone = importing.undo(actor=actor, batch=batch, now=now, find_more=_uses_in_pairs)
    for participation in leaving:
        history.record(
            actor=actor,
            subject=participation.delegation,
            action=UNDONE,
            before={"business": participation.business.name},
            business_id=participation.business_id,
        )
    return undone


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
