"""Locking the answers of a trade contact once its timetable is made of them, and opening them again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.access import takes_part
from matchmaking.models import TradeContact


class RefusedAsLocked(ValidationError):
    """New interest carries an answer, which a contact with locked answers does not take. For officers."""

    def __init__(self) -> None:
        super().__init__(
            _("Jawaban kontak dagang ini dikunci. Buka kuncinya dahulu, atau pilih kontak dagang lain.")
        )


@transaction.atomic
def set_answers_locked(
    *, actor: Actor, trade_contact: TradeContact, is_locked: bool, now: datetime
) -> TradeContact:
    """Lock or open the answers and return the contact; pressing twice changes nothing.

    Waits for answers on their way: it locks the contact, then all its pairs.

    Raises:
        PermissionDenied: the actor's office does not take part.
    """
    if not takes_part(actor, trade_contact):
        raise PermissionDenied(_("Hanya dinas yang ikut kontak dagang ini yang mengunci jawabannya."))
    locked = TradeContact.objects.select_for_update(no_key=True).get(pk=trade_contact.pk)
    if (locked.answers_locked_at is not None) != is_locked:
        list(locked.pairs.select_for_update().order_by("pk").values_list("pk"))
        locked.answers_locked_at = now if is_locked else None
        locked.save(update_fields=["answers_locked_at"])
        history.record(
            actor=actor, subject=locked, action="answers_locked" if is_locked else "answers_unlocked"
        )
    return locked
