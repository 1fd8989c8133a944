"""Commitments: recording a rung of a deal, what each side says to it, and withdrawing what is wrong."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking import ask_links, path, proven_steps
from matchmaking.access import can_answer_for
from matchmaking.mails import tell_about_answer, tell_about_commitment
from matchmaking.models import Commitment, Confirmation, Pair, Step
from products.documents import CleanDocument
from products.models import Business, Category, EvidenceFile, Unit

Level, Kind, Answer, Band = Commitment.Level, Commitment.Kind, Confirmation.Answer, Confirmation.Band
RUNGS = list(Level)


class CommitmentRefused(ValidationError):
    """This actor, this pair or this moment does not allow what was asked; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What was agreed. Amounts are whole rupiah; ``agreed_on`` is the date on the document.

    ``settlement_days`` belongs to goods handed over on consignment, ``unsold_rupiah`` to their settlement.
    """

    level: Commitment.Level
    kind: Commitment.Kind
    goods: str
    amount_rupiah: int
    agreed_on: date
    category: Category | None = None
    quantity: int | None = None
    unit: Unit | None = None
    due_on: date | None = None
    settlement_days: int | None = None
    unsold_rupiah: int | None = None
    document: str = ""
    grew_from: Commitment | None = None


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a side says to a commitment. ``amount_rupiah`` goes with another amount, a note with a dispute."""

    answer: Confirmation.Answer
    amount_rupiah: int | None = None
    note: str = ""
    without_office: str = ""


@transaction.atomic
def record_commitment(
    *,
    actor: Actor,
    pair: Pair,
    seller: Business,
    terms: Terms,
    file: CleanDocument | None,
    today: date,
    now: datetime,
) -> Commitment:
    """Add one rung of a deal under a lock of the pair, and ask the other side to confirm it.

    The same terms recorded again for the same side are the same press and return the earlier row. With a
    document's number or a file it takes the step of the path that it proves, where the table allows that.

    Raises:
        CommitmentRefused: the actor may not, or the other side has recorded this already.
        ValidationError: a rule of ``Commitment`` is broken; the message stands beside the field.
    """
    locked = path.lock_pair(pair)
    _check_may_record(actor, locked, seller)
    _check_terms(terms, file, today)
    if terms.grew_from is not None:
        _check_growth(locked, seller, terms, terms.grew_from)
    recorded_for = _recorded_for(actor, locked, seller)
    earlier = _recorded_already(locked, seller, terms, recorded_for)
    if earlier is not None:
        return earlier
    commitment = _new_commitment(actor, locked, seller, terms, recorded_for, now)
    commitment.evidence = path.keep(actor, locked, EvidenceFile.Purpose.DEAL, file, now)
    commitment.full_clean(exclude=["pair", "seller", "buyer", "recorded_by", "recorded_for"])
    commitment.save()
    _tell(actor, commitment, "commitment_recorded", commitment.recorded_for_id)
    proven_steps.take(actor, locked, commitment, now)
    path.carry(pair, locked)
    _ask_other_side(actor, commitment, now)
    return commitment


@transaction.atomic
def confirm(
    *, actor: Actor, commitment: Commitment, business: Business, word: Word, now: datetime
) -> Confirmation:
    """Add what ``business`` says to a commitment; the last word of a side counts.

    The word that counts now, said again, adds nothing. Another amount that is the same one is agreement.

    Raises:
        CommitmentRefused: it was withdrawn, or the actor is not this side, or recorded it by its own link.
        ValidationError: the amount or the note is missing.
    """
    locked = _lock(commitment)
    _check_may_confirm(actor, locked, business)
    _check_word(word)
    if word.amount_rupiah == locked.amount_rupiah:
        word = Word(answer=Answer.AGREE, note=word.note, without_office=word.without_office)
    said = Confirmation(
        commitment=locked,
        business=business,
        answer=word.answer,
        amount_rupiah=word.amount_rupiah,
        note=word.note,
        without_office=word.without_office,
        via=actor.via,
        at=now,
    )
    latest = locked.confirmations.filter(business=business).order_by("-pk").first()
    if latest is not None and _words(latest) == _words(said):
        return latest
    said.full_clean(exclude=["commitment", "business"])
    said.save()
    _tell(actor, locked, "commitment_answered", business.pk, answer=said.answer, says=said.amount_rupiah)
    if said.answer != Answer.AGREE:
        tell_about_answer(locked, said, now=now)
    return said


@transaction.atomic
def withdraw(*, actor: Actor, commitment: Commitment, reason: str, now: datetime) -> Commitment:
    """Take a commitment back, with a reason; it stays readable and counts nowhere. Twice is the same press.

    A pair that stands on a step which nothing else proves goes back to the one before, with the reason.

    Raises:
        CommitmentRefused: the actor may not, or another rung grew from it.
        ValidationError: there is no reason.
    """
    locked = _lock(commitment)
    if not can_withdraw(actor, locked):
        raise CommitmentRefused(_("Catatan ini ditarik oleh yang mencatatnya atau dinasnya."))
    if locked.is_withdrawn:
        return locked
    grown = locked.grown.live().order_by("pk").first()
    if grown is not None:
        raise CommitmentRefused(
            _("“%(level)s” tumbuh dari catatan ini. Tarik dahulu yang itu.")
            % {"level": grown.get_level_display()}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis mengapa catatan ini ditarik.")})
    locked.withdrawn_at, locked.withdrawn_reason = now, reason.strip()
    locked.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _tell(actor, locked, "commitment_withdrawn", locked.recorded_for_id, note=locked.withdrawn_reason)
    proven_steps.give_back(actor, locked.pair, reason=locked.withdrawn_reason, now=now)
    path.carry(commitment.pair, locked.pair)
    return locked


def sellers_for(actor: Actor, pair: Pair) -> list[Business]:
    """Return for which sellers the actor may record: either side by its link, the own one for an office."""
    if pair.hidden_at is not None or (actor.business_id is not None and pair.step == Step.PROPOSED):
        return []
    sides = [pair.business_a, pair.business_b]
    if actor.is_admin:
        return sides
    if actor.business_id is not None:
        return sides if pair.has_side(actor.business_id) else []
    return [side for side in sides if side.region_id == actor.region_id]


def can_withdraw(actor: Actor, commitment: Commitment) -> bool:
    """The side that recorded it takes it back, and its office; ``pair`` must carry its businesses."""
    if actor.business_id is not None:
        return commitment.recorded_for_id == actor.business_id and commitment.via == actor.via
    return actor.is_admin or can_answer_for(actor, commitment.pair, commitment.recorded_for_id)


def can_confirm(actor: Actor, commitment: Commitment) -> bool:
    """A side confirms by a link of its own, unless it recorded the row by one itself. No office does."""
    own = actor.business_id
    if own is None or not commitment.has_side(own) or commitment.is_withdrawn:
        return False
    return not (commitment.recorded_for_id == own and commitment.via == actor.via)


def _check_may_record(actor: Actor, pair: Pair, seller: Business) -> None:
    """Raise ``CommitmentRefused`` with the reason."""
    if not Pair.objects.visible_to(actor).filter(pk=pair.pk).exists():
        raise CommitmentRefused(_("Komitmen dicatat oleh kedua usaha sendiri atau dinas penjual."))
    if pair.hidden_at is not None:
        raise CommitmentRefused(_("Pasangan ini disembunyikan. Tampilkan lagi, lalu catat komitmennya."))
    if actor.business_id is not None and pair.step == Step.PROPOSED:
        raise CommitmentRefused(_("Komitmen dapat dicatat setelah kedua usaha menjawab Mau."))
    if not pair.has_side(seller.pk):
        raise CommitmentRefused({"seller": _("Pilih salah satu dari kedua usaha.")})
    if seller.pk not in {side.pk for side in sellers_for(actor, pair)}:
        raise CommitmentRefused(
            {"seller": _("Dinas penjual yang mencatat, supaya satu kesepakatan tidak terhitung dua kali.")}
        )


def _check_terms(terms: Terms, file: CleanDocument | None, today: date) -> None:
    """Raise ``ValidationError`` beside the field that does not fit the others."""
    if terms.agreed_on > today:
        raise ValidationError({"agreed_on": _("Tanggal ini belum tiba. Pilih hari ini atau sebelumnya.")})
    if terms.due_on is not None and terms.due_on < terms.agreed_on:
        raise ValidationError({"due_on": _("Jatuh tempo tidak boleh sebelum tanggal kesepakatan.")})
    if (terms.quantity is None) != (terms.unit is None):
        lacking = "quantity" if terms.quantity is None else "unit"
        raise ValidationError({lacking: _("Isi jumlah dan satuannya bersama-sama, atau kosongkan keduanya.")})
    if terms.level == Level.REALISED and file is None:
        raise ValidationError({"file": _("Realisasi memerlukan bukti, mis. foto kuitansi.")})


def _check_growth(pair: Pair, seller: Business, terms: Terms, below: Commitment) -> None:
    """Raise ``ValidationError`` when a row cannot have grown from the one below it."""
    if not pair.commitments.live().filter(pk=below.pk, seller=seller).exists():
        raise ValidationError({"grew_from": _("Pilih catatan pasangan ini dengan penjual yang sama.")})
    if RUNGS.index(Level(below.level)) >= RUNGS.index(terms.level):
        raise ValidationError({"grew_from": _("Pilih catatan dengan tingkat yang lebih rendah.")})
    if below.kind != terms.kind:
        raise ValidationError({"grew_from": _("Titip jual tidak tumbuh dari jual putus, dan sebaliknya.")})
    if terms.kind == Kind.CONSIGNMENT:
        _check_settlement(terms, below)


def _check_settlement(terms: Terms, below: Commitment) -> None:
    """Raise ``ValidationError`` when more was sold, together with what is left, than was handed over."""
    sold = sum(row.amount_rupiah for row in below.grown.live() if not _is_same_terms(row, terms))
    if sold + terms.amount_rupiah + (terms.unsold_rupiah or 0) > below.amount_rupiah:
        raise ValidationError(
            {"unsold_rupiah": _("Yang laku dan yang tersisa bersama-sama melebihi nilai titipan.")}
        )


def _recorded_for(actor: Actor, pair: Pair, seller: Business) -> Business:
    """Return on whose behalf the actor records: a link's own side, else the seller."""
    if actor.business_id is None:
        return seller
    return pair.business_a if actor.business_id == pair.business_a_id else pair.business_b


def _recorded_already(
    pair: Pair, seller: Business, terms: Terms, recorded_for: Business
) -> Commitment | None:
    """Return the row that says the same for the same side.

    Raises:
        CommitmentRefused: the other side recorded it; then it is to be confirmed, not recorded again.
    """
    rows = pair.commitments.live().select_related("recorded_for", "seller", "buyer")
    same = [row for row in rows.filter(seller=seller).order_by("pk") if _is_same_terms(row, terms)]
    for row in same:
        if row.recorded_for_id != recorded_for.pk:
            raise CommitmentRefused(
                _("Ini sudah dicatat untuk %(name)s. Konfirmasi saja catatan itu.")
                % {"name": row.recorded_for.name}
            )
    pressed = [row for row in same if row.goods == terms.goods and row.grew_from == terms.grew_from]
    for row in pressed:
        if row.document != terms.document and not (row.document and terms.document):
            raise CommitmentRefused(
                _("Ini sudah dicatat dengan bukti yang lain. Tarik catatan itu dahulu, lalu catat lagi.")
            )
    return next((row for row in pressed if row.document == terms.document), None)


def _is_same_terms(row: Commitment, terms: Terms) -> bool:
    said = (terms.level, terms.kind, terms.amount_rupiah, terms.agreed_on)
    return (row.level, row.kind, row.amount_rupiah, row.agreed_on) == said


def _new_commitment(
    actor: Actor, pair: Pair, seller: Business, terms: Terms, recorded_for: Business, now: datetime
) -> Commitment:
    due_on = terms.due_on
    if terms.settlement_days is not None:
        due_on = terms.agreed_on + timedelta(days=terms.settlement_days)
    return Commitment(
        pair=pair,
        seller=seller,
        buyer=pair.partner_of(seller.pk),
        **vars(terms) | {"due_on": due_on},
        recorded_by_id=actor.user_id,
        recorded_for=recorded_for,
        via=actor.via,
        recorded_at=now,
    )


def _ask_other_side(actor: Actor, commitment: Commitment, now: datetime) -> None:
    """Send the side that did not record it a link that asks for its word."""
    asked = commitment.other_side_of(commitment.recorded_for_id)
    _link, token = ask_links.issue(actor=actor, commitment=commitment, business=asked, now=now)
    tell_about_commitment(commitment, asked, ask_links.url_of(token), now=now)


def _check_may_confirm(actor: Actor, commitment: Commitment, business: Business) -> None:
    """Raise ``CommitmentRefused`` with the reason."""
    if commitment.is_withdrawn:
        raise CommitmentRefused(_("Catatan ini sudah ditarik, jadi tidak perlu dijawab lagi."))
    if actor.business_id != business.pk or not commitment.has_side(business.pk):
        raise CommitmentRefused(_("Hanya kedua usaha sendiri yang mengonfirmasi, lewat tautannya."))
    if not can_confirm(actor, commitment):
        raise CommitmentRefused(_("Anda sendiri yang mencatat ini. Bila salah, tarik lalu catat lagi."))


def _check_word(word: Word) -> None:
    """Raise ``ValidationError`` beside the field that the answer lacks or contradicts."""
    if word.answer == Answer.OTHER_AMOUNT and not word.amount_rupiah:
        raise ValidationError({"amount_rupiah": _("Isi nilai yang benar menurut Anda.")})
    if word.answer != Answer.OTHER_AMOUNT and word.amount_rupiah is not None:
        raise ValidationError(
            {"answer": _("Anda menulis nilai lain. Pilih “Setuju, nilainya lain”, atau hapus nilainya.")}
        )
    if word.answer == Answer.DISPUTE and not word.note:
        raise ValidationError({"note": _("Tulis apa yang tidak benar.")})


def _words(said: Confirmation) -> tuple[str, int | None, str, str]:
    return (str(said.answer), said.amount_rupiah, said.note, said.without_office)


def _lock(commitment: Commitment) -> Commitment:
    """Return the row as it is now, its pair locked until the transaction ends."""
    pair = path.lock_pair(commitment.pair)
    row = Commitment.objects.with_parts().get(pk=commitment.pk)
    row.pair = pair
    return row


def _tell(
    actor: Actor, commitment: Commitment, action: str, business_id: int, *, note: str = "", **more: object
) -> None:
    """Write a line into the history of the pair, which the row belongs to."""
    after = {
        "level": commitment.level,
        "kind": commitment.kind,
        "rupiah": commitment.amount_rupiah,
        "goods": commitment.goods,
        **more,
    }
    history.record(
        actor=actor,
        subject=commitment.pair,
        action=action,
        after=after,
        note=note,
        business_id=business_id,
    )
