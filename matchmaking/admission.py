"""A business that comes to a delegation after its curation was decided: only by an addendum."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.curation import DECIDED, lock
from matchmaking.curation_decision import APPLIED, CHOSEN, Tell, add_addendum, enter, require_reason
from matchmaking.inquiries import receipt_number
from matchmaking.models import Addendum, Application, Curation, TradeContact
from products.models import Business


@transaction.atomic
def admit(
    *, actor: Actor, curation: Curation, business: Business, reason: str, now: datetime, tell: Tell
) -> Addendum:
    """Put a business that has not applied into a decided delegation, and return the addendum that says so.

    It stands outside of the ranking, which stays as it was decided. ``tell`` is called with its id.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the curation is not decided.
        ValidationError: no reason, the quota is full, or the business has applied, goes already or is of
            another region.
    """
    TradeContact.objects.select_for_update().get(pk=curation.delegation.trade_contact_id)
    locked = lock(actor, curation, DECIDED)
    require_reason(reason)
    _check(locked, business)
    row = Application.objects.create(
        curation=locked,
        business=business,
        source=Application.Source.OFFICER,
        state=CHOSEN,
        applied_at=now,
        receipt_number=receipt_number("K"),
    )
    history.record(actor=actor, subject=row, action="applied", business_id=business.pk)
    enter(actor, row)
    change = {
        "application": row.pk,
        "business": business.name,
        "number": None,
        "from": APPLIED.value,
        "to": CHOSEN.value,
    }
    addendum = add_addendum(actor, locked, reason, [change], now)
    history.record(actor=actor, subject=row, action="chosen", note=reason, business_id=business.pk)
    tell([row.pk])
    return addendum


def _check(curation: Curation, business: Business) -> None:
    """Raise ``ValidationError`` with what stands in the way of a business."""
    name = {"name": business.name}
    if business.region_id != curation.delegation.office.region_id:
        raise ValidationError({"business": _("%(name)s bukan pelaku usaha daerah ini.") % name})
    if curation.delegation.participations.filter(business=business).exists():
        raise ValidationError({"business": _("%(name)s sudah termasuk delegasi ini.") % name})
    if curation.applications.filter(business=business).exists():
        text = _("%(name)s sudah mendaftar. Ubah hasilnya dengan adendum pada barisnya.")
        raise ValidationError({"business": text % name})
    if curation.applications.filter(state=CHOSEN).count() >= curation.quota:
        raise ValidationError(_("Kuota sudah penuh. Catat pengunduran diri lebih dahulu."))
