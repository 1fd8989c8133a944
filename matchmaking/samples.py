"""Samples of a pair: asked for, sent, received, judged with a photo; and the next one after a change."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking import path
from matchmaking.models import Pair, Reason, Sample, Step
from matchmaking.models.steps import ACTIONABLE
from matchmaking.office_tasks import open_task
from products.documents import CleanDocument
from products.models import Business, EvidenceFile

OPEN_FROM = set(Step) - {Step.PROPOSED, Step.CLOSED}


class SampleRefused(ValidationError):
    """This side, or this moment, does not allow what was asked; the message says why."""


@dataclass(frozen=True)
class Judgement:
    """What the receiver says of a sample. ``lacking`` is needed unless it is good."""

    verdict: Sample.Verdict
    lacking: Reason | None
    note: str


@transaction.atomic
def agree_sample(
    *, actor: Actor, pair: Pair, sender: Business, what: str, payer: Sample.Payer, now: datetime
) -> Sample:
    """Write down that ``sender`` will send a sample, and take that step when the pair has not come further.

    While a sample of this sender is not judged yet, the same words are the same press and return it.

    Raises:
        StepNotAllowed: the actor may not, or the pair is closed or not agreed.
        SampleRefused: another sample of this sender is still on its way.
        ValidationError: a rule of ``Sample`` is broken.
    """
    locked = _lock(actor, pair)
    if not locked.has_side(sender.pk):
        raise SampleRefused({"sender": _("Pilih salah satu dari kedua usaha.")})
    on_its_way = locked.samples.filter(sender=sender, judged_on=None).first()
    if on_its_way is not None:
        if (on_its_way.what, on_its_way.payer) == (what, payer):
            return on_its_way
        raise SampleRefused(
            _("Contoh “%(what)s” belum dinilai. Nilai dahulu, lalu catat contoh berikutnya.")
            % {"what": on_its_way.what}
        )
    number = locked.samples.count() + 1  # never deleted, and the pair is locked
    sample = Sample(pair=locked, number=number, sender=sender, what=what, payer=payer, created_at=now)
    sample.full_clean(exclude=["pair", "sender"])
    sample.save()
    _tell(actor, sample, "sample_agreed", {"number": number, "what": what})
    if path.is_allowed(actor, locked, Step.SAMPLE):
        path.advance(actor, locked, Step.SAMPLE, now)
        path.carry(pair, locked)
    return sample


@transaction.atomic
def report_sent(*, actor: Actor, sample: Sample, day: date) -> Sample:
    """Write down on which day a sample was sent; the first report counts.

    Raises:
        SampleRefused: the actor is the other side.
    """
    locked = _lock_sample(actor, sample)
    _check_side(actor, locked.sender, _("Pengiriman contoh dicatat oleh pengirimnya."))
    if locked.sent_on is None:
        locked.sent_on = day
        _save(locked)
        _tell(actor, locked, "sample_sent", {"number": locked.number, "day": day.isoformat()})
    return locked


@transaction.atomic
def report_received(*, actor: Actor, sample: Sample, day: date) -> Sample:
    """Write down on which day a sample arrived; one that nobody reported as sent was sent by then.

    Raises:
        SampleRefused: the actor is the other side.
        ValidationError: the day lies before that of sending.
    """
    locked = _lock_sample(actor, sample)
    _check_side(actor, locked.receiver, _("Penerimaan contoh dicatat oleh penerimanya."))
    if locked.received_on is None:
        locked.sent_on = locked.sent_on or day
        locked.received_on = day
        _save(locked)
        _tell(actor, locked, "sample_received", {"number": locked.number, "day": day.isoformat()})
    return locked


@transaction.atomic
def judge_sample(
    *,
    actor: Actor,
    sample: Sample,
    judgement: Judgement,
    photo: CleanDocument | None,
    today: date,
    now: datetime,
) -> Sample:
    """Write down what the receiver says of a sample; what an office can help with becomes its task.

    The first judgement counts. A sample that nobody reported as received has arrived by today.

    Raises:
        SampleRefused: the actor is the sender.
        ValidationError: it is not said what is lacking.
    """
    locked = _lock_sample(actor, sample)
    _check_side(actor, locked.receiver, _("Contoh dinilai oleh penerimanya."))
    if locked.judged_on is not None:
        return locked
    is_good = judgement.verdict == Sample.Verdict.GOOD
    if not is_good and judgement.lacking is None:
        raise ValidationError({"lacking": _("Pilih apa yang kurang dari contoh ini.")})
    locked.sent_on = locked.sent_on or today
    locked.received_on = locked.received_on or today
    locked.judged_on, locked.verdict = today, judgement.verdict
    locked.lacking = "" if is_good or judgement.lacking is None else judgement.lacking
    locked.verdict_note = judgement.note
    locked.photo = path.keep(actor, locked.pair, EvidenceFile.Purpose.SAMPLE, photo, now)
    after = {"number": locked.number, "verdict": locked.verdict, "lacking": locked.lacking}
    _save(locked)
    _tell(actor, locked, "sample_judged", after, note=judgement.note)
    if locked.lacking in ACTIONABLE:
        reason = Reason(locked.lacking)
        open_task(actor=actor, pair=locked.pair, business=locked.sender, reason=reason, today=today)
    return locked


def _lock(actor: Actor, pair: Pair) -> Pair:
    """Return the pair, locked, once it is certain that samples may be written down for it."""
    locked = path.lock_pair(pair)
    path.check_actor(actor, locked)
    if locked.step not in OPEN_FROM:
        path.check_rule(actor, locked, Step.SAMPLE)  # says why
    return locked


def _lock_sample(actor: Actor, sample: Sample) -> Sample:
    pair = _lock(actor, sample.pair)
    locked = pair.samples.select_related("sender").get(pk=sample.pk)
    locked.pair = pair
    return locked


def _check_side(actor: Actor, business: Business, refusal: str) -> None:
    if actor.business_id is not None and actor.business_id != business.pk:
        raise SampleRefused(refusal)


def _save(sample: Sample) -> None:
    sample.full_clean(exclude=["pair", "sender", "photo"])
    sample.save()


def _tell(actor: Actor, sample: Sample, action: str, after: dict[str, object], note: str = "") -> None:
    by_sender = action in {"sample_agreed", "sample_sent"}
    business_id = sample.sender_id if by_sender else sample.receiver.pk
    history.record(
        actor=actor, subject=sample.pair, action=action, after=after, note=note, business_id=business_id
    )
