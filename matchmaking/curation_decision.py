"""Deciding a curation, and the only ways to change it afterwards: each is an addendum with a reason.

The decision freezes: scores, decisions, reasons, reserve numbers and who went before stay as they were
decided, only ``Application.state`` moves on. Locks: trade contact, then curation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.curation import DECIDED, OPEN, SCORING, WrongState, can_see_ranking, lock
from matchmaking.delegations import ADDED, add_participants, remove_participant
from matchmaking.equity import keep_facts
from matchmaking.models import Addendum, Application, Curation, CurationScore, Participation, TradeContact
from matchmaking.ranking import Mark, Place, cut, rank

APPLIED, CHOSEN, RESERVE, REFUSED, WITHDRAWN = Application.State
AFTERWARDS = {CHOSEN, RESERVE, REFUSED}
Tell = Callable[[list[int]], object]


@dataclass(frozen=True)
class Verdict:
    """What is decided about one application, and why."""

    decision: str
    reason: str


def ranking_of(curation: Curation) -> list[Place]:
    """Return the ranking of the standing applications, earlier ones first among equals.

    Three queries. It is for callers who have asked ``can_see_ranking``.
    """
    decided = curation.applications.exclude(decision="") if curation.is_decided else None
    rows = curation.applications.standing() if decided is None else decided
    candidates = list(rows.in_order().values_list("pk", flat=True))
    scores = CurationScore.objects.filter(application__in=candidates)
    marks = scores.values_list("application_id", "reviewer_id", "criterion_id", "score")
    weights = dict(curation.criteria.values_list("pk", "weight"))
    conflicts = curation.reviewers.exclude(conflicts=None).values_list("pk", "conflicts__application_id")
    return rank(candidates, [Mark(*mark) for mark in marks], weights, list(conflicts))


@transaction.atomic
def decide(
    *,
    actor: Actor,
    curation: Curation,
    verdicts: Mapping[int, Verdict],
    line_reason: str,
    now: datetime,
    tell: Tell,
) -> Curation:
    """Decide every standing application at once, put the chosen into the delegation, and freeze it all.

    ``verdicts`` are by application. Reserves are numbered as they rank; among equals the earlier
    application comes first. ``line_reason`` is needed when equal ones stand on both sides of the line, or
    somebody is taken before a better one. ``tell`` is called with the
    applications' ids in the same transaction.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: not everything is scored, or it is decided already.
        ValidationError: a verdict or reason is missing, more are chosen than the quota, or the line
            needs a reason.
    """
    TradeContact.objects.select_for_update().get(pk=curation.delegation.trade_contact_id)
    locked = lock(actor, curation, SCORING)
    if not can_see_ranking(locked):
        raise WrongState(_("Belum semua penilai selesai menilai."))
    places = ranking_of(locked)
    rows = locked.applications.standing().with_business().in_bulk()
    _check_verdicts(locked, rows, verdicts)
    chosen = {key for key, verdict in verdicts.items() if verdict.decision == CHOSEN}
    if not line_reason.strip() and needs_line_reason(places, chosen, locked.quota):
        raise ValidationError({"line_reason": _("Jelaskan mengapa urutan ini yang dipilih di garis kuota.")})
    ordered = [rows[place.candidate] for place in places]
    keep_facts(locked)
    _write_verdicts(actor, ordered, verdicts)
    _freeze(actor, locked, line_reason.strip(), now, {"chosen": len(chosen), "applications": len(rows)})
    businesses = [row.business for row in ordered if row.pk in chosen]
    add_participants(actor=actor, delegation=locked.delegation, businesses=businesses)
    tell(list(rows))
    return locked


def needs_line_reason(places: Sequence[Place], chosen: set[int], quota: int) -> bool:
    """Return whether a choice must be explained: it divides equals, or passes over a better one."""
    line = cut(places, quota)
    means = {place.candidate: place.mean or 0 for place in places}
    left = [mean for candidate, mean in means.items() if candidate not in chosen]
    taken = [means[candidate] for candidate in chosen if candidate in means]
    divides = bool(line.tied) and 0 < len(chosen.intersection(line.tied)) < len(line.tied)
    return divides or bool(left and taken and min(taken) < max(left))


@transaction.atomic
def withdraw(
    *, actor: Actor, application: Application, reason: str, now: datetime, tell: Tell
) -> Application | None:
    """Take an application back; return the first of the reserve when it moves up for it.

    Before the decision that is all. Afterwards the one chosen leaves the delegation, the first of the
    reserve enters it, and both stand in one addendum. Withdrawing twice is withdrawing once.

    Raises:
        PermissionDenied: the actor is neither the office nor the business itself.
        ValidationError: no reason, or pairs of the business must be settled first.
    """
    office, locked = _for_change(actor, application, OPEN, SCORING, DECIDED)
    row = locked.applications.select_for_update().get(pk=application.pk)
    if row.state == WITHDRAWN:
        return None
    require_reason(reason)
    was = row.state
    changes = [_move(row, WITHDRAWN)]
    heir = None
    if was == CHOSEN:
        _leave(office, row, reason)
        heir = locked.applications.filter(state=RESERVE).order_by("reserve_number", "pk").first()
        if heir is not None:
            changes.append(_move(heir, CHOSEN))
            enter(office, heir)
    if locked.is_decided:
        add_addendum(actor, locked, reason, changes, now)
    told = [row.pk] + ([heir.pk] if heir else [])
    _tell_history(actor, row, reason)
    if heir is not None:
        _tell_history(actor, heir)  # why another leaves is not for this one
    tell(told)
    return heir


@transaction.atomic
def amend(
    *, actor: Actor, application: Application, state: str, reason: str, now: datetime, tell: Tell
) -> Addendum | None:
    """Change how an application stands after the decision, with an addendum; None when it stands so.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the curation is not decided.
        ValidationError: no reason, nothing was decided, the quota is full, or pairs of the business must
            be settled first.
    """
    if not actor.is_staff:
        raise PermissionDenied(_("Hanya dinas yang membuat adendum."))
    _office, locked = _for_change(actor, application, DECIDED)
    row = locked.applications.select_for_update().get(pk=application.pk)
    if state not in AFTERWARDS or (state == RESERVE and row.reserve_number is None):
        raise ValidationError({"state": _("Pilih keadaan baru dari daftar.")})
    if not row.decision:
        text = _("%(name)s tidak ikut diputuskan, jadi tidak ada yang diubah.")
        raise ValidationError({"state": text % {"name": row.business.name}})
    if row.state == state:
        return None
    require_reason(reason)
    if state == CHOSEN and locked.applications.filter(state=CHOSEN).count() >= locked.quota:
        raise ValidationError({"state": _("Kuota sudah penuh. Catat pengunduran diri lebih dahulu.")})
    change = _move(row, state)
    if state == CHOSEN:
        enter(actor, row)
    elif change["from"] == CHOSEN:
        _leave(actor, row, reason)
    addendum = add_addendum(actor, locked, reason, [change], now)
    _tell_history(actor, row, reason)
    tell([row.pk])
    return addendum


def _for_change(actor: Actor, application: Application, *states: str) -> tuple[Actor, Curation]:
    """Return who acts for the office and the locked curation; a business acts on its own application."""
    curation = Curation.objects.select_related("delegation__office").get(pk=application.curation_id)
    delegation = curation.delegation
    TradeContact.objects.select_for_update().get(pk=delegation.trade_contact_id)
    office = actor
    if actor.business_id is not None and actor.business_id == application.business_id:
        office = Actor(
            via=actor.via, office_id=delegation.office_id, region_id=delegation.office.region_id
        )  # the office's rules carry out what the business itself asks for
    return office, lock(office, curation, *states)


def _check_verdicts(
    curation: Curation, rows: Mapping[int, Application], verdicts: Mapping[int, Verdict]
) -> None:
    if rows.keys() != verdicts.keys():
        raise ValidationError(_("Setiap pendaftar memerlukan keputusan. Muat ulang halaman."))
    for key, verdict in verdicts.items():
        name = rows[key].business.name
        if verdict.decision not in Application.Decision.values:
            raise ValidationError({f"decision_{key}": _("Pilih keputusan untuk %(name)s.") % {"name": name}})
        if not verdict.reason.strip():
            raise ValidationError({f"reason_{key}": _("Tulis alasan untuk %(name)s.") % {"name": name}})
    chosen = sum(verdict.decision == CHOSEN for verdict in verdicts.values())
    if chosen > curation.quota:
        raise ValidationError(
            _("Terpilih %(chosen)d usaha, padahal kuotanya %(quota)d.")
            % {"chosen": chosen, "quota": curation.quota}
        )


def _freeze(actor: Actor, curation: Curation, reason: str, now: datetime, counts: dict[str, int]) -> None:
    curation.state, curation.decided_at, curation.decided_by_id = DECIDED, now, actor.user_id
    curation.line_reason = reason
    curation.clean_fields(exclude={field.name for field in curation._meta.fields} - {"line_reason"})
    curation.save(update_fields=["state", "decided_at", "decided_by", "line_reason"])
    history.record(actor=actor, subject=curation, action="decided", after=counts, note=reason)


def _write_verdicts(actor: Actor, ordered: Sequence[Application], verdicts: Mapping[int, Verdict]) -> None:
    number = 0
    for row in ordered:
        verdict = verdicts[row.pk]
        row.decision = row.state = verdict.decision
        row.reason = verdict.reason.strip()
        if verdict.decision == RESERVE:
            number += 1
            row.reserve_number = number
        row.clean_fields(exclude={field.name for field in row._meta.fields} - {"reason"})
        row.save(update_fields=["decision", "state", "reason", "reserve_number"])
        _tell_history(actor, row, row.reason)


def require_reason(reason: str) -> None:
    """Raise ``ValidationError`` when an addendum would not say why."""
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya, supaya tercatat dalam adendum.")})


def _move(row: Application, state: str) -> dict[str, Any]:
    """Let an application stand otherwise, and return that as a line of an addendum."""
    before, row.state = row.state, state
    row.save(update_fields=["state"])
    return {
        "application": row.pk,
        "business": row.business.name,
        "number": row.reserve_number,
        "from": before,
        "to": state,
    }


def enter(actor: Actor, row: Application) -> None:
    """Put the one who moves up into the delegation, whose trade contact is locked."""
    delegation = row.curation.delegation
    _row, is_new = Participation.objects.get_or_create(delegation=delegation, business_id=row.business_id)
    if is_new:
        history.record(actor=actor, subject=delegation, action=ADDED, business_id=row.business_id)


def _leave(actor: Actor, row: Application, reason: str) -> None:
    delegation = row.curation.delegation
    found = Participation.objects.filter(delegation=delegation, business=row.business_id)
    for participation in found.select_related("delegation", "business"):
        remove_participant(actor=actor, participation=participation, reason=reason)


def add_addendum(
    actor: Actor, curation: Curation, reason: str, changes: list[dict[str, Any]], now: datetime
) -> Addendum:
    """Write the next addendum of a locked curation with its line of history, and return it."""
    addendum = Addendum(
        curation=curation,
        number=curation.addenda.count() + 1,  # the curation is locked
        reason=reason.strip(),
        changes=changes,
        via=actor.via,
        made_by_id=actor.user_id,
        made_at=now,
    )
    addendum.full_clean(exclude=["curation", "made_by"])
    addendum.save()
    after = {"number": addendum.number, "changes": changes}
    history.record(actor=actor, subject=curation, action="amended", after=after, note=reason)
    return addendum


def _tell_history(actor: Actor, row: Application, note: str = "") -> None:
    history.record(actor=actor, subject=row, action=row.state, note=note, business_id=row.business_id)
