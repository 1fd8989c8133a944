"""Whether a business wants messages: it may say no at any time, and its office then calls instead."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from products.models import Business


class MessagesRefused(ValidationError):
    """The business has asked not to be written to."""


def check_may_be_written_to(business: Business) -> None:
    """Raise ``MessagesRefused`` when the business has asked for no messages."""
    if business.refused_messages_at is not None:
        text = _("%(name)s tidak mau dikirimi pesan. Telepon, atau berikan lembar QR.")
        raise MessagesRefused(text % {"name": business.name})


@transaction.atomic
def set_messages_refused(*, actor: Actor, business: Business, refuses: bool, now: datetime) -> None:
    """Keep that a business wants no more messages, or wants them again; the same wish changes nothing.

    Raises:
        PermissionDenied: the actor neither is the business nor works for its region.
    """
    locked = (
        Business.objects.editable_by(actor).select_for_update(of=("self",)).filter(pk=business.pk).first()
    )
    if locked is None:
        raise PermissionDenied(_("Hanya pelaku usaha itu sendiri atau dinas wilayahnya yang mengaturnya."))
    if (locked.refused_messages_at is not None) != refuses:
        locked.refused_messages_at = now if refuses else None
        locked.save(update_fields=["refused_messages_at"])
        history.record(
            actor=actor,
            subject=locked,
            action="messages_refused" if refuses else "messages_wanted",
            business_id=locked.pk,
        )
    business.refused_messages_at = locked.refused_messages_at
