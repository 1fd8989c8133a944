"""What is shown in the catalogue: a business submits, its office lists, sends back, or suspends.

``STEPS`` is the whole table of allowed steps. What a business sends in must be complete (``drafting``); an
office may list less, as its lists from Excel do, and answers for it. A bulk act with one product that may
not move, or that is not the actor's, moves none. A product that already is where the act leads stays as
it is, so that pressing twice is safe.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from products.models import Business, Product
from regions.models import Office

DRAFT, SUBMITTED, LISTED, SENT_BACK, SUSPENDED = Product.Status


class Act(StrEnum):
    """What can be done with a product's place in the catalogue; the values are history's codes."""

    SUBMIT = "submitted"
    LIST = "listed"
    SEND_BACK = "sent_back"
    SUSPEND = "suspended"


@dataclass(frozen=True)
class Step:
    """Where an act leads from which states, whose it is, and whether it must be explained."""

    origins: frozenset[Product.Status]
    target: Product.Status
    is_for_office: bool = False
    needs_reason: bool = False


STEPS = {
    Act.SUBMIT: Step(frozenset({DRAFT, SENT_BACK}), SUBMITTED),
    Act.LIST: Step(frozenset({DRAFT, SUBMITTED, SENT_BACK, SUSPENDED}), LISTED, is_for_office=True),
    Act.SEND_BACK: Step(frozenset({SUBMITTED}), SENT_BACK, is_for_office=True, needs_reason=True),
    Act.SUSPEND: Step(frozenset({LISTED}), SUSPENDED, is_for_office=True, needs_reason=True),
}


class StepNotAllowed(ValidationError):
    """A product is in a state from which the act does not lead anywhere."""


class ReasonMissing(ValidationError):
    """Something is refused without saying why."""

    def __init__(self) -> None:
        super().__init__({"reason": _("Tulis alasannya, supaya pelaku usaha tahu apa yang harus diubah.")})


@transaction.atomic
def move(
    *, actor: Actor, products: Iterable[Product], act: Act, now: datetime, reason: str = ""
) -> list[Product]:
    """Do one act with some products and return those that moved. Costs three queries and two a product.

    Raises:
        PermissionDenied: a product is not the actor's, or the act is only the office's.
        StepNotAllowed: a product is in a state that the act does not start from.
        ValidationError: the act needs a reason, or the reason is too long.
    """
    step = STEPS[act]
    rows = _locked(actor, products, step)
    waiting = [row for row in rows if row.status != step.target]
    for row in waiting:
        _check(row, step)
    if step.needs_reason and waiting and not reason:
        raise ReasonMissing
    for row in waiting:
        _set(actor, row, act, now, reason)
    return waiting


@transaction.atomic
def set_sees_changes_first(*, actor: Actor, office: Office, is_wanted: bool) -> Office:
    """Let the office see changes of listed products before the public does, or no longer.

    Changes that already wait go on waiting until somebody decides.

    Raises:
        PermissionDenied: the actor works for another office.
    """
    if not (actor.is_admin or (actor.is_staff and actor.office_id == office.pk)):
        raise PermissionDenied(_("Hanya dinas itu sendiri yang mengatur hal ini."))
    locked = Office.objects.select_for_update().get(pk=office.pk)
    if locked.sees_changes_first != is_wanted:
        locked.sees_changes_first = is_wanted
        locked.save(update_fields=["sees_changes_first"])
        history.record(actor=actor, subject=locked, action="sees_changes_first", after=is_wanted)
    return locked


def acts_for(status: str) -> list[Act]:
    """Return what an office may do with a product of this status."""
    return [act for act, step in STEPS.items() if step.is_for_office and status in step.origins]


def _locked(actor: Actor, products: Iterable[Product], step: Step) -> list[Product]:
    """Return the products, locked in one order, once it is certain that all are the actor's."""
    wanted = {product.pk for product in products}
    rows = list(
        Product.objects.filter(pk__in=wanted, business__in=Business.objects.editable_by(actor))
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if len(rows) != len(wanted) or (step.is_for_office and not actor.is_staff):
        raise PermissionDenied(_("Hanya dinas wilayahnya yang memutuskan apa yang tampil di katalog."))
    return rows


def _check(row: Product, step: Step) -> None:
    if row.status not in step.origins:
        raise StepNotAllowed(
            _("“%(product)s” kini “%(status)s”, jadi tindakan ini tidak berlaku. Muat ulang halaman.")
            % {"product": row.name, "status": row.get_status_display()}
        )


def _set(actor: Actor, row: Product, act: Act, now: datetime, reason: str) -> None:
    row.status = STEPS[act].target
    row.status_reason = reason if STEPS[act].needs_reason else ""
    row.submitted_at = now if act == Act.SUBMIT else row.submitted_at
    row.clean_fields(exclude={field.name for field in row._meta.fields} - {"status_reason"})
    row.save(update_fields=["status", "status_reason", "submitted_at"])
    history.record(actor=actor, subject=row, action=act, note=row.status_reason, business_id=row.business_id)
