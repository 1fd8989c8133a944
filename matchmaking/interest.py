"""Interest: each side's answer to a pair, given by its own link or recorded by its office."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.access import can_answer_for
from matchmaking.mails import tell_about_both_yes
from matchmaking.models import Answer, Interest, Pair, Step, TradeContact
from matchmaking.path import carry, follow_answers
from products.models import Business


class PairWithdrawn(ValidationError):
    """The offices have hidden the pair, so it waits for nobody's answer."""


class AnswersLocked(ValidationError):
    """The offices have locked the answers of the trade contact, as the timetable is made of them."""


@transaction.atomic
def record_answer(
    *,
    actor: Actor,
    pair: Pair,
    business: Business,
    answer: Answer,
    note: str = "",
    reason: str = "",
    now: datetime | None = None,
) -> Interest:
    """Add the answer of ``business`` to ``pair`` and return it; ``pair`` carries it afterwards.

    A business may change its mind as often as it likes until the answers are locked. The same answer with
    the same note and reason (an ``InterestReason``, or none) as the one that counts now is the same press of
    a button: it adds nothing and returns the earlier row. When both say yes the pair takes the step *agreed*
    (and gives it back when one no longer does), and both and their officers are told, once a pair.

    Raises:
        PairWithdrawn: the pair is hidden.
        AnswersLocked: the answers of the trade contact are locked, or the pair is closed.
        ValidationError: the actor may not answer for ``business``.
    """
    locked = Pair.objects.select_for_update(of=("self",)).with_businesses().get(pk=pair.pk)
    _check_answerable(actor, locked, business)
    latest = locked.interests.latest_of(business.pk)
    if latest is None or (latest.answer, latest.note, latest.reason) != (answer, note, reason):
        _check_not_locked(locked)
        was_mutual = locked.is_mutual
        interest = Interest(pair=locked, business=business, answer=answer, note=note, reason=reason)
        latest = _add_answer(actor, interest, now or timezone.now())
        if locked.is_mutual and not was_mutual:
            tell_about_both_yes(locked, now=latest.at)
    pair.answer_a, pair.answer_b = locked.answer_a, locked.answer_b
    carry(pair, locked)
    return latest


def _check_answerable(actor: Actor, pair: Pair, business: Business) -> None:
    """Raise ``ValidationError`` with the reason why this answer cannot be recorded."""
    if not pair.has_side(business.pk):
        raise ValidationError(_("Pelaku usaha ini bukan bagian dari pasangan ini."))
    if not can_answer_for(actor, pair, business.pk):
        raise ValidationError(_("Hanya pelaku usaha itu sendiri atau dinas wilayahnya yang dapat menjawab."))
    if pair.step == Step.CLOSED:
        raise AnswersLocked(_("Pasangan ini sudah ditutup, jadi tidak dijawab lagi. Hubungi dinas Anda."))
    if pair.hidden_at is not None:
        raise PairWithdrawn(
            _("Pasangan ini sudah ditarik oleh petugas, jadi tidak perlu dijawab lagi. Hubungi dinas Anda.")
        )


def _check_not_locked(pair: Pair) -> None:
    """Ask anew under the pair's lock, which ``answer_lock`` takes too."""
    if TradeContact.objects.filter(pk=pair.trade_contact_id, answers_locked_at__isnull=False).exists():
        raise AnswersLocked(
            _("Jawaban sudah dikunci karena jadwal disusun darinya. Untuk mengubahnya, hubungi dinas Anda.")
        )


def _add_answer(actor: Actor, interest: Interest, now: datetime) -> Interest:
    """Write the row, repeat it on the locked pair, and tell history from what to what."""
    pair, business_id = interest.pair, interest.business_id
    interest.via, interest.recorded_by_id, interest.at = actor.via, actor.user_id, now
    interest.full_clean(exclude=["pair", "business", "recorded_by"])
    interest.save()
    before = pair.answer_of(business_id)
    side = "answer_a" if business_id == pair.business_a_id else "answer_b"
    setattr(pair, side, interest.answer)
    pair.save(update_fields=[side])
    history.record(
        actor=actor,
        subject=pair,
        action="answered",
        before={"answer": before},
        after={"answer": interest.answer} | ({"reason": interest.reason} if interest.reason else {}),
        business_id=business_id,
    )
    follow_answers(actor=actor, pair=pair, business=interest.business, now=interest.at)
    return interest
