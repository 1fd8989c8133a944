"""The end of a need: who is told that it comes, and prolonging by one press."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from products.models import Need
from products.models.catalogue import NeedQuerySet
from products.profiles import require_editor

ENDING_DAYS = 7
"""From so many days before its last one, a need is said to end soon and can be prolonged."""

PROLONGED_DAYS = 30


def ending_soon(needs: NeedQuerySet, today: date) -> NeedQuerySet:
    """Return those of ``needs`` that are open today and end within ``ENDING_DAYS``."""
    return needs.ending_by(today, today + timedelta(days=ENDING_DAYS))


def can_be_prolonged(need: Need, today: date) -> bool:
    """Return whether the need ends soon or has ended, and nobody has withdrawn it."""
    if need.withdrawn_at is not None or need.open_until is None:
        return False
    return need.open_until <= today + timedelta(days=ENDING_DAYS)


@transaction.atomic
def prolong_need(*, actor: Actor, need: Need, today: date) -> Need:
    """Let a need that ends soon, or has ended, look for ``PROLONGED_DAYS`` more; return it.

    The days count from its last day, or from today once that is over. A need that does not end soon
    stays as it is, so that pressing twice prolongs once.

    Raises:
        PermissionDenied: the actor may not change the need's business.
        ValidationError: the need is withdrawn.
    """
    locked = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    require_editor(actor, locked)
    if locked.withdrawn_at is not None:
        raise ValidationError(_("Kebutuhan ini sudah ditarik. Buka lagi sebelum memperpanjangnya."))
    if locked.open_until is None or not can_be_prolonged(locked, today):
        return locked
    before = locked.open_until
    locked.open_until = max(before, today) + timedelta(days=PROLONGED_DAYS)
    locked.version += 1
    locked.save(update_fields=["open_until", "version"])
    history.record(
        actor=actor,
        subject=locked,
        action="prolonged",
        before={"open_until": str(before)},
        after={"open_until": str(locked.open_until)},
        business_id=locked.business_id,
    )
    return locked
