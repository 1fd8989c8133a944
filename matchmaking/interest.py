"""Interest: each side's answer to a pair, given by its own link or recorded by its office."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.access import can_answer_for
from matchmaking.models import Answer, Interest, Pair
from matchmaking.path import carry, follow_answers
from products.models import Business


class PairWithdrawn(ValidationError):
    """The offices have hidden the pair, so it waits for nobody's answer."""


@transaction.atomic
def record_answer(
    *, actor: Actor, pair: Pair, business: Business, answer: Answer, note: str = ""
) -> Interest:
    """Add the answer of ``business`` to ``pair`` and return it; ``pair`` carries it afterwards.

    When both say yes the pair takes the step *agreed*, and gives it back when one no longer does.

    A business may change its mind as often as it likes. The same answer with the same note as the
    one that counts now is the same press of a button: it adds nothing and returns the earlier row.

    Raises:
        PairWithdrawn: the pair is hidden.
        ValidationError: the actor may not answer for ``business``.
    """
    locked = Pair.objects.select_for_update(of=("self",)).with_businesses().get(pk=pair.pk)
    _check_answerable(actor, locked, business)
    latest = locked.interests.latest_of(business.pk)
    if latest is None or (latest.answer, latest.note) != (answer, note):
        latest = _add_answer(actor, locked, business, answer, note)
    pair.answer_a, pair.answer_b = locked.answer_a, locked.answer_b
    carry(pair, locked)
    return latest


def _check_answerable(actor: Actor, pair: Pair, business: Business) -> None:
    """Raise ``ValidationError`` with the reason why this answer cannot be recorded."""
    if not pair.has_side(business.pk):
        raise ValidationError(_("Pelaku usaha ini bukan bagian dari pasangan ini."))
    if not can_answer_for(actor, pair, business.pk):
        raise ValidationError(_("Hanya pelaku usaha itu sendiri atau dinas wilayahnya yang dapat menjawab."))
    if pair.hidden_at is not None:
        raise PairWithdrawn(
            _("Pasangan ini sudah ditarik oleh petugas, jadi tidak perlu dijawab lagi. Hubungi dinas Anda.")
        )


def _add_answer(actor: Actor, pair: Pair, business: Business, answer: Answer, note: str) -> Interest:
    """Write the row, repeat it on the locked pair, and tell history from what to what."""
    interest = Interest(
        pair=pair, business=business, answer=answer, note=note, via=actor.via, recorded_by_id=actor.user_id
    )
    interest.full_clean(exclude=["pair", "business", "recorded_by"])
    interest.save()
    before = pair.answer_of(business.pk)
    side = "answer_a" if business.pk == pair.business_a_id else "answer_b"
    setattr(pair, side, answer)
    pair.save(update_fields=[side])
    history.record(
        actor=actor,
        subject=pair,
        action="answered",
        before={"answer": before},
        after={"answer": answer},
        business_id=business.pk,
    )
    follow_answers(actor=actor, pair=pair, business=business, now=interest.at)
    return interest
