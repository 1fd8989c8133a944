"""The path of a pair: which step may follow which, who takes it, and what must prove it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking import follow_up_plan
from matchmaking.access import can_answer_for
from matchmaking.models import Pair, PairStep, Reason, Step
from matchmaking.models.steps import MONEY_STEPS
from products import evidence as evidence_files
from products.documents import CleanDocument
from products.models import Business, EvidenceFile


class Who(StrEnum):
    """Who may take a step."""

    ANSWERS = "answers"  # nobody by hand: it follows from the two answers
    OFFICER = "officer"
    ANYBODY = "anybody"  # an officer of the contact, or either business by its link


@dataclass(frozen=True)
class Rule:
    """One allowed step. One that claims money (``MONEY_STEPS``) needs a document's number or a file."""

    start: Step
    to: Step
    who: Who


P, A, M, S, Q = Step.PROPOSED, Step.AGREED, Step.MET, Step.SAMPLE, Step.QUOTE
L, O, D, R = Step.LOI, Step.ORDER, Step.DELIVERED, Step.REPEAT  # noqa: E741 - one letter a column
TABLE = {
    (start, to): Rule(start, to, who)
    for to, who, starts in [
        (A, Who.ANSWERS, [P]),
        (P, Who.ANSWERS, [A]),  # an answer was taken back before they met
        (M, Who.OFFICER, [P]),  # they met at a table, unasked
        (M, Who.ANYBODY, [A]),
        (S, Who.ANYBODY, [A, M]),
        (Q, Who.ANYBODY, [A, M, S]),
        (L, Who.ANYBODY, [A, M, S, Q]),
        (O, Who.ANYBODY, [A, M, S, Q, L]),
        (D, Who.ANYBODY, [A, M, S, Q, L, O]),  # with proof, whether or not an order was written
        (R, Who.ANYBODY, [D, R]),  # each further order is one more
        (Step.CLOSED, Who.OFFICER, [P]),
        (Step.CLOSED, Who.ANYBODY, [A, M, S, Q, L, O, D, R]),
    ]
    for start in starts
}
"""Every allowed step. Steps may be left out forwards where a row says so; none leads back by hand."""
ORDER = list(Step)


class StepNotAllowed(ValidationError):
    """The table has no such step for this pair or this actor; the message says what comes first."""


@transaction.atomic
def take_step(
    *,
    actor: Actor,
    pair: Pair,
    to: Step,
    now: datetime,
    note: str = "",
    evidence: EvidenceFile | None = None,
    document: str = "",
    reason: Reason | None = None,
) -> PairStep:
    """Take one step under a lock of the pair and return it; ``pair`` carries it afterwards.

    ``document`` is the number of a letter, an order or a receipt. ``reason`` is why a pair is closed. The
    step that the pair stands on is the same press of a button and returns the earlier row; only a further
    repeat order, told by another document or file, is a new one.

    Raises:
        StepNotAllowed: the table, the actor or the pair does not allow it.
        ValidationError: evidence or the reason is missing, or a text is too long.
    """
    locked = lock_pair(pair)
    check_actor(actor, locked)
    step = advance(actor, locked, to, now, note=note, evidence=evidence, document=document, reason=reason)
    carry(pair, locked)
    return step


def advance(
    actor: Actor,
    pair: Pair,
    to: Step,
    now: datetime,
    *,
    note: str = "",
    evidence: EvidenceFile | None = None,
    document: str = "",
    reason: Reason | None = None,
) -> PairStep:
    """Do what ``take_step`` says to a pair that is locked, by an actor that ``check_actor`` let in."""
    latest = pair.steps.order_by("-pk").first()
    step = _new_step(actor, pair, to, now, note=note, evidence=evidence, document=document, reason=reason)
    if latest is not None and _is_same_press(latest, step):
        return latest
    check_rule(actor, pair, to)
    _check_words(step)
    write_step(actor, pair, step)
    return step


@transaction.atomic
def report_step(
    *,
    actor: Actor,
    pair: Pair,
    to: Step,
    document: str,
    file: CleanDocument | None,
    note: str,
    now: datetime,
) -> PairStep:
    """Take a step as a person reports it, with a file that proves it; see ``take_step``."""
    locked = lock_pair(pair)
    check_actor(actor, locked)
    kept = keep(actor, locked, EvidenceFile.Purpose.DEAL, file, now)
    step = advance(actor, locked, to, now, note=note, evidence=kept, document=document)
    carry(pair, locked)
    return step


@transaction.atomic
def reopen_pair(*, actor: Actor, pair: Pair, note: str, now: datetime) -> Pair:
    """Take a closed pair back to where it stood, with a note that says why; an open one stays as it is.

    Raises:
        StepNotAllowed: the actor may not.
        ValidationError: there is no note.
    """
    locked = lock_pair(pair)
    check_actor(actor, locked)
    if not actor.is_staff:
        raise StepNotAllowed(_("Pasangan yang ditutup dibuka lagi oleh dinas. Hubungi dinas Anda."))
    if locked.step == Step.CLOSED:
        if not note.strip():
            raise ValidationError({"note": _("Tulis mengapa pasangan ini dibuka lagi.")})
        write_step(actor, locked, _reopening(actor, locked, note, now))
        _agree_again(actor, locked, now)
    carry(pair, locked)
    return locked


def follow_answers(*, actor: Actor, pair: Pair, business: Business, now: datetime) -> None:
    """Take or give back the step *agreed* as the answers of a locked pair say; later steps stay."""
    goal = Step.AGREED if pair.is_mutual else Step.PROPOSED
    if (Step(pair.step), goal) not in TABLE or TABLE[Step(pair.step), goal].who != Who.ANSWERS:
        return
    step = _new_step(actor, pair, goal, now)
    step.business = business
    write_step(actor, pair, step)


def _agree_again(actor: Actor, pair: Pair, now: datetime) -> None:
    """Let a locked pair that was opened again follow what both sides last answered."""
    goal = Step.AGREED if pair.is_mutual else Step.PROPOSED
    if {pair.step, goal} == {Step.PROPOSED, Step.AGREED}:
        write_step(actor, pair, _new_step(actor, pair, goal, now))


def go_back(
    actor: Actor, pair: Pair, to: Step, now: datetime, *, note: str, proof: PairStep | None
) -> PairStep:
    """Write the step of a locked pair back to where it stood, with the proof that stood there, and return it.

    For what was taken back by those who reported it; nobody goes back by hand. ``proof`` is the earlier step.
    """
    document, evidence = (proof.document, proof.evidence) if proof else ("", None)
    step = _new_step(actor, pair, to, now, note=note, document=document, evidence=evidence)
    write_step(actor, pair, step)
    return step


def next_steps(actor: Actor, pair: Pair) -> list[Rule]:
    """Return the steps this actor may take now, closing last; those of the answers are not among them."""
    if pair.hidden_at is not None:
        return []
    rules = [rule for (start, _to), rule in TABLE.items() if start == pair.step]
    return [rule for rule in rules if rule.who == Who.ANYBODY or (rule.who == Who.OFFICER and actor.is_staff)]


def lock_pair(pair: Pair) -> Pair:
    """Return the pair with its businesses, its row locked until the transaction ends."""
    return Pair.objects.select_for_update(of=("self",)).with_businesses().get(pk=pair.pk)


def is_allowed(actor: Actor, pair: Pair, to: Step) -> bool:
    return any(rule.to == to for rule in next_steps(actor, pair))


def check_rule(actor: Actor, pair: Pair, to: Step) -> None:
    """Raise ``StepNotAllowed`` with the reason when the table has no such step for this actor."""
    rule = TABLE.get((Step(pair.step), to))
    if rule is None:
        raise StepNotAllowed(_why_not(pair, to))
    if rule.who == Who.ANSWERS:
        raise StepNotAllowed(_("“Sama-sama mau” tercatat sendiri begitu kedua usaha menjawab Mau."))
    if rule.who == Who.OFFICER and not actor.is_staff:
        raise StepNotAllowed(_("Sebelum kedua usaha menjawab Mau, langkah ini dicatat oleh petugas dinas."))


def write_step(actor: Actor, pair: Pair, step: PairStep) -> None:
    """Write a step of a locked pair, repeat it on the pair, plan what follows, and tell history."""
    step.full_clean(exclude=["pair", "business", "recorded_by", "evidence"])
    step.save()
    before = {"step": pair.step}
    pair.step, pair.step_at, pair.closed_reason = step.to_step, step.at, step.reason
    pair.save(update_fields=["step", "step_at", "closed_reason"])
    follow_up_plan.plan(pair, to=Step(step.to_step), at=step.at)
    after = {"step": step.to_step, "document": step.document, "reason": step.reason}
    history.record(
        actor=actor,
        subject=pair,
        action="stepped",
        before=before,
        after={name: value for name, value in after.items() if value},
        note=step.note,
        business_id=step.business_id,
    )


def carry(pair: Pair, locked: Pair) -> None:
    """Let the caller's row say what the locked one says."""
    pair.step, pair.step_at, pair.closed_reason = locked.step, locked.step_at, locked.closed_reason


def own_side(actor: Actor, pair: Pair) -> Business | None:
    """Return the side that the actor speaks for; an admin without an office speaks for the first."""
    if actor.is_admin and not actor.is_officer:
        return pair.business_a
    sides = (pair.business_a, pair.business_b)
    return next((side for side in sides if can_answer_for(actor, pair, side.pk)), None)


def keep(
    actor: Actor, pair: Pair, purpose: EvidenceFile.Purpose, file: CleanDocument | None, now: datetime
) -> EvidenceFile | None:
    """Keep a file with the actor's own side of the pair; both sides and their offices read it there.

    Raises:
        ValidationError: neither side is the actor's own.
    """
    if file is None:
        return None
    own = own_side(actor, pair)
    if own is None:
        raise ValidationError(_("Berkas dilampirkan oleh kedua usaha atau dinas wilayahnya."))
    return evidence_files.keep_file(actor=actor, business=own, purpose=purpose, document=file, now=now)


def check_actor(actor: Actor, pair: Pair) -> None:
    """Raise ``StepNotAllowed`` when the actor has nothing to do with the pair, or the pair is hidden."""
    if not Pair.objects.visible_to(actor).filter(pk=pair.pk).exists():
        if pair.hidden_at is not None and pair.has_side(actor.business_id or 0):
            raise StepNotAllowed(_("Pasangan ini sudah ditarik oleh dinas. Hubungi dinas Anda."))
        raise StepNotAllowed(_("Langkah dicatat oleh kedua usaha sendiri atau dinas kontak dagang ini."))
    if pair.hidden_at is not None:
        raise StepNotAllowed(_("Pasangan ini disembunyikan. Tampilkan lagi, lalu catat langkahnya."))


def _why_not(pair: Pair, to: Step) -> str:
    """Say why the table has no such step: closed, back, or something must come first."""
    stands = Step(pair.step)
    if stands == Step.CLOSED:
        return _("Pasangan ini sudah ditutup: %(reason)s. Buka lagi dahulu, lalu catat langkahnya.") % {
            "reason": pair.get_closed_reason_display()
        }
    values = {"stands": str(stands.label), "to": str(to.label)}
    if ORDER.index(to) <= ORDER.index(stands):
        return _("Pasangan ini sudah sampai “%(stands)s”, jadi tidak kembali ke “%(to)s”.") % values
    starts = [start for start, goal in TABLE if goal == to]
    values["first"] = _(" atau ").join(f"“{start.label}”" for start in starts)
    return _("Pasangan ini baru sampai “%(stands)s”. Sebelum “%(to)s”, catat dahulu %(first)s.") % values


def _check_words(step: PairStep) -> None:
    """Raise ``ValidationError`` beside the field that is missing."""
    if step.to_step in MONEY_STEPS and not step.document and step.evidence is None:
        raise ValidationError({"document": _("Isi nomor dokumennya atau lampirkan fotonya.")})
    if step.to_step == Step.CLOSED and not step.reason:
        raise ValidationError({"reason": _("Pilih mengapa pasangan ini ditutup.")})
    if step.reason == Reason.OTHER and not step.note.strip():
        raise ValidationError({"note": _("Tulis alasannya.")})


def _reopening(actor: Actor, pair: Pair, note: str, now: datetime) -> PairStep:
    """Return the step back to where the pair stood, with the proof that stood there."""
    closing = pair.steps.filter(to_step=Step.CLOSED).order_by("-pk")[0]
    stood = pair.steps.filter(to_step=closing.from_step).order_by("-pk").first()
    document, evidence = (stood.document, stood.evidence) if stood else ("", None)
    back = Step(closing.from_step)
    return _new_step(actor, pair, back, now, note=note, document=document, evidence=evidence)


def _is_same_press(latest: PairStep, step: PairStep) -> bool:
    """Return whether the step was taken already; a repeat order differs by its document or file."""
    if latest.to_step != step.to_step:
        return False
    same_proof = (latest.document, latest.evidence_id) == (step.document, step.evidence_id)
    return step.to_step != Step.REPEAT or same_proof


def _new_step(
    actor: Actor,
    pair: Pair,
    to: Step,
    now: datetime,
    *,
    note: str = "",
    evidence: EvidenceFile | None = None,
    document: str = "",
    reason: Reason | None = None,
) -> PairStep:
    return PairStep(
        pair=pair,
        from_step=pair.step,
        to_step=to,
        reason=reason or "",
        document=document,
        evidence=evidence,
        note=note,
        business_id=actor.business_id,
        via=actor.via,
        recorded_by_id=actor.user_id,
        at=now,
    )
