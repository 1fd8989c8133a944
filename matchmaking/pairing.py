"""Pairing: proposing pairs of a trade contact, and what officers decide about them."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from time import perf_counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking import run_report
from matchmaking.engine import Proposal, Proposals, WhyNot, introduce, why_not
from matchmaking.engine.values import Contact, Kept, PairKey, pair_key
from matchmaking.models import Pair, Participation, ProposalRun, Step, TradeContact
from matchmaking.pair_rows import FROM_THE_LIST, counts_of, explanation_of, places_shown, row_of
from matchmaking.pairing_inputs import contact_values, weights_of
from matchmaking.recent_lists import list_of
from matchmaking.runs import LIVE, RunIsOver, give_up, is_stuck, progress_of
from products.models import Business


class NotTwoRegions(ValidationError):
    """The two businesses are of the same region, or are one business."""


class PairIsHidden(ValidationError):
    """The pair is hidden; it must be shown again first."""


class PairIsClosed(ValidationError):
    """The pair is closed; it must be reopened first."""


class PairIsLocked(ValidationError):
    """The pair is locked; it must be unlocked first."""


@transaction.atomic
def request_proposals(
    *, actor: Actor, trade_contact: TradeContact, now: datetime, start: Callable[[int], object]
) -> ProposalRun:
    """Return the run at work for the contact, or open one and call ``start`` with its id after commit.

    Two officers pressing at once get the same run. A run that is stuck is given up first. A run that
    is returned as queued starts after the caller's transaction, and sees what that has written.
    """
    contact = TradeContact.objects.select_for_update().get(pk=trade_contact.pk)
    live = contact.runs.select_for_update().filter(state__in=LIVE).order_by("pk").first()
    if live is not None:
        if not is_stuck(live, now):
            return live
        give_up(live.pk)
    run = ProposalRun.objects.create(
        trade_contact=contact,
        requested_by_id=actor.user_id,
        weights=asdict(weights_of(contact)),
        requested_at=now,
    )
    transaction.on_commit(lambda: start(run.pk))
    return run


def propose_now(*, actor: Actor, trade_contact: TradeContact, now: datetime) -> ProposalRun:
    """Compute the proposals of a contact at once, without the queue, and return the run.

    Joins a run that is at work: whoever stores its list first has done it for both.
    """
    run = request_proposals(actor=actor, trade_contact=trade_contact, now=now, start=_leave_to_caller)
    return run_proposals(actor=actor, run_id=run.pk, today=timezone.localdate(now))


def _leave_to_caller(run_id: int) -> None:
    """Queue nothing: the caller computes the run itself."""


def run_proposals(*, actor: Actor, run_id: int, today: date) -> ProposalRun:
    """Compute the proposals of a run, store its pairs, and return it.

    Safe to repeat: a run that is over stays as it is, and one that was interrupted starts again. An
    error leaves the run as failed, a run that was cancelled meanwhile stops; both keep the list of before.
    """
    run = _started(run_id)
    if run.state != ProposalRun.State.RUNNING:
        return run
    try:
        begun = perf_counter()
        contact = contact_values(run.trade_contact, today)
        loaded = perf_counter()
        listed = list_of(run.trade_contact_id, contact, progress_of(run))
        computed = perf_counter()
        seconds = {"load": round(loaded - begun, 3), "engine": round(computed - loaded, 3)}
        return store_proposals(actor=actor, run=run, contact=contact, listed=listed, seconds=seconds)
    except RunIsOver:
        run.refresh_from_db()
        return run
    except Exception:
        give_up(run_id)
        raise


def _started(run_id: int) -> ProposalRun:
    """Mark a queued run as running and return it."""
    ProposalRun.objects.filter(pk=run_id, state__in=LIVE).update(
        state=ProposalRun.State.RUNNING, started_at=Now(), done_count=0
    )
    return ProposalRun.objects.select_related("trade_contact").get(pk=run_id)


@transaction.atomic
def store_proposals(
    *, actor: Actor, run: ProposalRun, contact: Contact, listed: Proposals, seconds: dict[str, float]
) -> ProposalRun:
    """Write the list as pairs and close the run; a run given up meanwhile changes nothing.

    Pairs that are no longer proposed lose their rank and keep everything else. Businesses that left
    the delegations while the list was computed, and pairs hidden meanwhile, are left out.
    """
    begun = perf_counter()
    TradeContact.objects.select_for_update().get(pk=run.trade_contact_id)  # contact, then run, then pairs
    run = ProposalRun.objects.select_for_update(of=("self",)).select_related("trade_contact").get(pk=run.pk)
    if run.state != ProposalRun.State.RUNNING:
        return run
    rows = Pair.objects.filter(trade_contact=run.trade_contact).select_for_update().order_by("pk")
    before = {(pair.business_a_id, pair.business_b_id): pair for pair in rows}
    present = _present(run.trade_contact)
    proposals = [proposal for proposal in listed.proposals if _still_wanted(proposal, before, present)]
    came, went = _write_pairs(actor, run, proposals, before)
    hidden = {key: pair.staff_reason for key, pair in before.items() if pair.hidden_at}
    counts = counts_of(contact, listed, proposals, came, went)
    report = run_report.report_of(contact, listed, proposals, hidden)
    seconds = {**seconds, "save": round(perf_counter() - begun, 3)}
    _close(actor, run, contact, listed, {**counts, "seconds": seconds, **report})
    return run


def _present(trade_contact: TradeContact) -> set[int]:
    """Return the ids of the businesses that are in a delegation of the contact now."""
    rows = Participation.objects.filter(delegation__trade_contact=trade_contact)
    return set(rows.values_list("business_id", flat=True))


def _close(
    actor: Actor, run: ProposalRun, contact: Contact, listed: Proposals, counts: dict[str, Any]
) -> None:
    """Mark a run as done with what it keeps of its list, and tell the contact's history."""
    ProposalRun.objects.filter(pk=run.pk).update(
        state=ProposalRun.State.DONE,
        finished_at=Now(),
        fingerprint=listed.fingerprint,
        weights=asdict(contact.weights),
        done_count=F("total_count"),
        counts=counts,
    )
    told = {name: counts[name] for name in ("pairs", "came", "went")}
    history.record(
        actor=actor, subject=run.trade_contact, action="pairs_proposed", after={"run": run.pk, **told}
    )
    run.refresh_from_db()


def _still_wanted(proposal: Proposal, before: dict[PairKey, Pair], present: set[int]) -> bool:
    stored = before.get(proposal.match.key)
    return present.issuperset(proposal.match.key) and not (stored and stored.hidden_at)


def _write_pairs(
    actor: Actor, run: ProposalRun, proposals: list[Proposal], before: dict[PairKey, Pair]
) -> tuple[int, int]:
    """Write the pairs of the list, take the others off it, and tell history who came and who went."""
    ranked = {key for key, pair in before.items() if pair.rank is not None}
    known = ranked | {key for key, pair in before.items() if pair.origin != Pair.Origin.PROPOSED}
    places = {} if run.trade_contact.starts_on else places_shown(proposals)
    rows = [row_of(run, proposal, rank, places) for rank, proposal in enumerate(proposals, start=1)]
    written = Pair.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["trade_contact", "business_a", "business_b"],
        update_fields=FROM_THE_LIST,
    )
    listed = {proposal.match.key for proposal in proposals}
    gone = [pair for key, pair in before.items() if key in ranked - listed and pair.locked_at is None]
    Pair.objects.filter(pk__in=[pair.pk for pair in gone]).update(rank=None, place_a=None, place_b=None)
    for pair in written:
        if (pair.business_a_id, pair.business_b_id) not in known:
            history.record(actor=actor, subject=pair, action="proposed", after={"rank": pair.rank})
    for pair in gone:
        history.record(actor=actor, subject=pair, action="left_list", before={"rank": pair.rank})
    return len(listed - known), len(gone)


def explain_absence(*, trade_contact: TradeContact, one: Business, other: Business, today: date) -> WhyNot:
    """Return why two businesses of the contact are not proposed to each other, by its data of now.

    Computes the whole list unless this process has just done so: about as long as a run without storing it.
    """
    contact = contact_values(trade_contact, today)
    return why_not(contact, list_of(trade_contact.pk, contact), one.pk, other.pk)


@transaction.atomic
def lock_pair(*, actor: Actor, pair: Pair) -> Pair:
    """Keep a pair on the list whatever the next runs say. A locked pair stays as it is.

    Raises:
        PairIsHidden: the pair is hidden.
    """
    locked = _for_update(pair)
    if locked.hidden_at:
        raise PairIsHidden(_("Pasangan ini disembunyikan. Tampilkan lagi sebelum menguncinya."))
    if locked.locked_at is None:
        _decide(actor, locked, "locked", locked_at=Now())
    return locked


@transaction.atomic
def unlock_pair(*, actor: Actor, pair: Pair) -> Pair:
    """Leave a pair to the next runs again. A pair that is not locked stays as it is."""
    locked = _for_update(pair)
    if locked.locked_at is not None:
        _decide(actor, locked, "unlocked", locked_at=None)
    return locked


@transaction.atomic
def hide_pair(*, actor: Actor, pair: Pair, reason: str) -> Pair:
    """Take a pair off the list for good, with a reason; hidden with the same reason, it stays as it is.

    Raises:
        PairIsLocked: the pair is locked.
        ValidationError: the reason is empty or too long, or there are commitments.
    """
    hidden = _for_update(pair)
    if hidden.locked_at:
        raise PairIsLocked(_("Pasangan ini dikunci. Buka kuncinya sebelum menyembunyikannya."))
    if hidden.commitments.live().exists():
        raise ValidationError(
            _("Pasangan ini sudah punya komitmen, jadi tidak disembunyikan. Tutup dengan alasannya.")
        )
    if hidden.hidden_at is None or hidden.staff_reason != reason:
        _check_reason(hidden, reason)
        _decide(actor, hidden, "hidden", note=reason, hidden_at=Now(), staff_reason=reason)
    return hidden


@transaction.atomic
def unhide_pair(*, actor: Actor, pair: Pair) -> Pair:
    """Let a hidden pair be proposed again. A pair that is not hidden stays as it is."""
    shown = _for_update(pair)
    if shown.hidden_at is not None:
        _decide(actor, shown, "unhidden", hidden_at=None, staff_reason="")
    return shown


@transaction.atomic
def add_pair(
    *,
    actor: Actor,
    trade_contact: TradeContact,
    one: Business,
    other: Business,
    reason: str,
    today: date,
    origin: Pair.Origin = Pair.Origin.OFFICER,
) -> Pair:
    """Put two businesses on the list by hand and return their pair; on the list already, it stays as it is.

    The pair is explained at once, and the next run gives it a rank.

    Raises:
        NotTwoRegions: both are of one region.
        PairIsHidden: officers have hidden this pair; its reason is named.
        PairIsClosed: this pair is closed.
        ValidationError: one of them is in no delegation of the contact, or the reason is empty.
    """
    contact = TradeContact.objects.select_for_update().get(pk=trade_contact.pk)
    _check_can_meet(contact, one, other)
    pair = _pair_of(contact, pair_key(one.pk, other.pk))
    if pair.hidden_at:
        raise PairIsHidden(_("Pasangan ini disembunyikan: %(reason)s") % {"reason": pair.staff_reason})
    if pair.step == Step.CLOSED:
        raise PairIsClosed(_("Pasangan kedua usaha ini sudah ditutup. Buka lagi dahulu di halamannya."))
    if Pair.objects.shown().filter(pk=pair.pk).exists():
        return pair
    _check_reason(pair, reason)
    pair.origin, pair.staff_reason = origin, reason
    _explain(pair, contact_values(contact, today), Kept(origin))
    pair.save()
    history.record(actor=actor, subject=pair, action="added", note=reason, after={"origin": origin})
    return pair


def _pair_of(contact: TradeContact, key: PairKey) -> Pair:
    """Return the row of two businesses, locked, or a new one that is not saved yet."""
    sides: dict[str, Any] = {"trade_contact": contact, "business_a_id": key[0], "business_b_id": key[1]}
    return Pair.objects.filter(**sides).select_for_update().first() or Pair(**sides)


def _explain(pair: Pair, contact: Contact, kept: Kept) -> None:
    """Fill in the scores and reasons of a pair that staff keep, as the engine sees it now."""
    introduction = introduce(contact, pair.business_a_id, pair.business_b_id, kept=kept)
    for name, value in explanation_of(introduction).items():
        setattr(pair, name, value)


def _for_update(pair: Pair) -> Pair:
    return Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)


def _decide(actor: Actor, pair: Pair, action: str, *, note: str = "", **values: Any) -> None:
    """Write one decision about a locked row, and its line of history."""
    Pair.objects.filter(pk=pair.pk).update(**values)
    pair.refresh_from_db()
    history.record(actor=actor, subject=pair, action=action, note=note)


def _check_reason(pair: Pair, reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya, supaya dinas lain mengerti.")})
    Pair._meta.get_field("staff_reason").clean(reason, pair)


def _check_can_meet(contact: TradeContact, one: Business, other: Business) -> None:
    """Raise with the sentence that says why two businesses cannot be a pair of this contact."""
    if one.pk == other.pk:
        raise NotTwoRegions(_("Pilih dua pelaku usaha yang berbeda."))
    if one.region_id == other.region_id:
        raise NotTwoRegions(
            _("%(one)s dan %(other)s berasal dari daerah yang sama. Pilih pelaku usaha dari dua daerah.")
            % {"one": one.name, "other": other.name}
        )
    participants = Business.objects.filter(participations__delegation__trade_contact=contact)
    absent = [b.name for b in (one, other) if not participants.filter(pk=b.pk).exists()]
    if absent:
        raise ValidationError(
            _("%(names)s belum masuk delegasi kontak dagang ini.") % {"names": ", ".join(absent)}
        )
