"""The curation of a delegation up to the last score: setting up, naming reviewers, scoring blind.

Locks are taken in one order: trade contact, curation, application. Nobody reads another reviewer's
scores through these functions, and history says that a sheet was filled in, never with what.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import history
from accounts.actors import Actor
from accounts.models import User
from matchmaking.models import (
    Application,
    ConflictOfInterest,
    Criterion,
    Curation,
    CurationScore,
    Delegation,
    Reviewer,
)

OPEN, SCORING, DECIDED = Curation.State
LEAST_REVIEWERS = 2
Sheet = Mapping[int, tuple[int, str]]  # criterion's id: score from 1 to 5, and a note


class WrongState(ValidationError):
    """The curation is at a step where this act is not done."""


@transaction.atomic
def open_curation(
    *, actor: Actor, delegation: Delegation, quota: int, opens_on: date, closes_on: date
) -> tuple[Curation, bool]:
    """Open the curation of a delegation; return it, and whether it is new. A delegation has one.

    Raises:
        PermissionDenied: the actor works for another office.
        ValidationError: a rule of ``Curation`` is broken.
    """
    _require_own(actor, delegation)
    Delegation.objects.select_for_update().get(pk=delegation.pk)
    existing = Curation.objects.filter(delegation=delegation).first()
    if existing is not None:
        return existing, False
    curation = Curation(
        delegation=delegation, quota=quota, opens_on=opens_on, closes_on=closes_on, opened_by_id=actor.user_id
    )
    curation.full_clean(exclude=["delegation", "opened_by"])
    curation.save()
    history.record(actor=actor, subject=curation, action="opened", after=_frame(curation))
    return curation, True


@transaction.atomic
def change_curation(
    *, actor: Actor, curation: Curation, quota: int, opens_on: date, closes_on: date
) -> Curation:
    """Change the quota and the days of applying, until the decision. The same values change nothing.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the curation is decided.
        ValidationError: a rule of ``Curation`` is broken.
    """
    locked = lock(actor, curation, OPEN, SCORING)
    before = _frame(locked)
    locked.quota, locked.opens_on, locked.closes_on = quota, opens_on, closes_on
    locked.full_clean(exclude=["delegation", "opened_by"])
    if _frame(locked) != before:
        locked.save(update_fields=["quota", "opens_on", "closes_on"])
        history.record(actor=actor, subject=locked, action="changed", before=before, after=_frame(locked))
    return locked


@transaction.atomic
def set_criteria(*, actor: Actor, curation: Curation, criteria: Sequence[tuple[str, int]]) -> list[Criterion]:
    """Set the criteria with their weights, in order, and return them. They are fixed by the first score.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: somebody has scored already, or the curation is decided.
        ValidationError: there is no criterion, or a rule of ``Criterion`` is broken.
    """
    locked = lock(actor, curation, OPEN, SCORING)
    before = [[row.name, row.weight] for row in locked.criteria.order_by("position")]
    after = [[name, weight] for name, weight in criteria]
    if not after:
        raise ValidationError(_("Tulis paling sedikit satu kriteria."))
    if before != after:
        _require_unscored(locked)
        locked.criteria.all().delete()
        for position, (name, weight) in enumerate(criteria, start=1):
            row = Criterion(curation=locked, name=name, weight=weight, position=position)
            row.full_clean(exclude=["curation"])
            row.save()
        history.record(actor=actor, subject=locked, action="criteria_set", before=before, after=after)
    return list(locked.criteria.order_by("position"))


@transaction.atomic
def name_reviewers(*, actor: Actor, curation: Curation, users: Iterable[User]) -> list[Reviewer]:
    """Name the officers who score, two or more, and return them. Whoever has scored stays named,
    even when no longer an officer here; nobody waits for such a one.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the ranking can be seen already, so that a new one would not score blind.
        ValidationError: too few, one of another office, or one is left out who has scored or declared
            a conflict.
    """
    locked = lock(actor, curation, OPEN, SCORING)
    wanted = {user.pk for user in users}
    members = locked.delegation.office.members.filter(user__is_active=True)
    if len(wanted) < LEAST_REVIEWERS:
        raise ValidationError({"users": _("Pilih paling sedikit dua penilai.")})
    present = {reviewer.user_id: reviewer for reviewer in locked.reviewers.select_related("user")}
    if wanted - present.keys() - set(members.values_list("user_id", flat=True)):
        raise ValidationError({"users": _("Penilai harus petugas dinas ini.")})
    if wanted - present.keys() and locked.state == SCORING and can_see_ranking(locked):
        raise WrongState(_("Peringkat sudah terlihat, jadi penilai baru tidak lagi menilai sendiri."))
    for user_id in present.keys() - wanted:
        _check_unused(present[user_id])
        present[user_id].delete()
    Reviewer.objects.bulk_create(
        Reviewer(curation=locked, user_id=user_id) for user_id in sorted(wanted - present.keys())
    )
    if wanted != present.keys():
        before, after = sorted(present), sorted(wanted)
        history.record(actor=actor, subject=locked, action="reviewers_named", before=before, after=after)
    return list(locked.reviewers.select_related("user").order_by("pk"))


@transaction.atomic
def start_scoring(*, actor: Actor, curation: Curation) -> Curation:
    """End the applications and let the reviewers score. Starting twice is starting once.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: the curation is decided.
        ValidationError: criteria, two reviewers or applications are missing.
    """
    locked = lock(actor, curation, OPEN, SCORING)
    if locked.state == SCORING:
        return locked
    missing = [
        (locked.criteria.exists(), _("Tulis kriterianya lebih dahulu.")),
        (locked.reviewers.active().count() >= LEAST_REVIEWERS, _("Pilih paling sedikit dua penilai.")),
        (locked.applications.standing().exists(), _("Belum ada yang mendaftar.")),
    ]
    errors = [text for is_there, text in missing if not is_there]
    if errors:
        raise ValidationError(errors)
    return _set_state(actor, locked, SCORING, "scoring_started")


@transaction.atomic
def reopen_applications(*, actor: Actor, curation: Curation) -> Curation:
    """Take applications again, as long as nobody has scored.

    Raises:
        PermissionDenied: the actor works for another office.
        WrongState: somebody has scored, or the curation is decided.
    """
    locked = lock(actor, curation, OPEN, SCORING)
    if locked.state == OPEN:
        return locked
    _require_unscored(locked)
    locked.reviewers.update(finished_at=None)
    return _set_state(actor, locked, OPEN, "reopened")


@transaction.atomic
def declare_conflict(*, actor: Actor, application: Application, reason: str) -> ConflictOfInterest:
    """Take the actor's own scores of one application out of the count, and return the declaration.

    It cannot be taken back. When nobody is left to score the application, the decision waits until
    another reviewer is named.

    Raises:
        PermissionDenied: the actor is no reviewer here.
        WrongState: the curation is not being scored, or the actor has finished.
        ValidationError: the reason is empty or too long.
    """
    reviewer = _lock_for_scoring(actor, application.curation)
    existing = reviewer.conflicts.filter(application=application).first()
    if existing is not None:
        return existing
    _require_unfinished(reviewer)
    conflict = ConflictOfInterest(reviewer=reviewer, application=application, reason=reason)
    conflict.full_clean(exclude=["reviewer", "application"], validate_constraints=False)
    conflict.save()
    history.record(
        actor=actor,
        subject=application,
        action="conflict_declared",
        note=reason,
        business_id=application.business_id,
    )
    return conflict


@transaction.atomic
def save_scores(*, actor: Actor, application: Application, sheet: Sheet, now: datetime) -> int:
    """Write the actor's own scores of one application and return how many criteria are scored now.

    A criterion that ``sheet`` does not name keeps its score. Saving the same again changes nothing.
    Costs a query per changed score.

    Raises:
        PermissionDenied: the actor is no reviewer here, or has declared a conflict of interest.
        WrongState: the curation is not being scored, or the actor has finished.
        ValidationError: a score is no whole number from 1 to 5, or a criterion is not of this curation.
    """
    reviewer = _lock_for_scoring(actor, application.curation)
    _require_unfinished(reviewer)
    if reviewer.conflicts.filter(application=application).exists():
        raise PermissionDenied(_("Anda menyatakan benturan kepentingan untuk usaha ini."))
    if application.state == Application.State.WITHDRAWN:
        raise WrongState(_("Usaha ini sudah mengundurkan diri."))
    criteria = set(reviewer.curation.criteria.values_list("pk", flat=True))
    present = {row.criterion_id: row for row in reviewer.scores.filter(application=application)}
    changed = [key for key in sheet if key not in present or _as_pair(present[key]) != sheet[key]]
    for key in changed:
        if key not in criteria:
            raise ValidationError(_("Kriteria ini tidak ada dalam kurasi ini."))
        row = present.get(key) or CurationScore(reviewer=reviewer, application=application, criterion_id=key)
        row.score, row.note, row.scored_at = *sheet[key], now
        row.full_clean(exclude=["reviewer", "application", "criterion"], validate_unique=False)
        row.save()
    if changed:
        history.record(actor=actor, subject=application, action="scored", business_id=application.business_id)
    return len(present.keys() | sheet.keys())


@transaction.atomic
def finish_scoring(*, actor: Actor, curation: Curation, now: datetime) -> Reviewer:
    """Say that the actor's own sheets are complete; with the last reviewer's word the ranking opens.

    Raises:
        PermissionDenied: the actor is no reviewer here.
        WrongState: the curation is not being scored.
        ValidationError: a score is missing.
    """
    reviewer = _lock_for_scoring(actor, curation)
    if reviewer.finished_at is not None:
        return reviewer
    missing = len(unscored_by(reviewer))
    if missing:
        text = ngettext(
            "Masih %(number)d usaha belum lengkap.", "Masih %(number)d usaha belum lengkap.", missing
        )
        raise ValidationError(text % {"number": missing})
    reviewer.finished_at = now
    reviewer.save(update_fields=["finished_at"])
    history.record(actor=actor, subject=reviewer.curation, action="reviewer_finished")
    return reviewer


def unscored_by(reviewer: Reviewer) -> list[Application]:
    """Return the applications that the reviewer must still score. Costs four queries."""
    number = reviewer.curation.criteria.count()
    counts: dict[int, int] = {}
    for application_id in reviewer.scores.values_list("application_id", flat=True):
        counts[application_id] = counts.get(application_id, 0) + 1
    conflicts = set(reviewer.conflicts.values_list("application_id", flat=True))
    standing = reviewer.curation.applications.standing().with_business().in_order()
    return [row for row in standing if row.pk not in conflicts and counts.get(row.pk, 0) < number]


def find_reviewer(actor: Actor, curation: Curation) -> Reviewer | None:
    """Return the actor as a reviewer of this curation, if named and still of the office."""
    if actor.office_id != curation.delegation.office_id or actor.user_id is None:
        return None
    return curation.reviewers.filter(user_id=actor.user_id).first()


def can_see_ranking(curation: Curation) -> bool:
    """Return whether scores may be compared: all has been scored, or it is decided. Costs three queries.

    Reviewers who have left the office are not waited for.
    """
    if curation.is_decided:
        return True
    is_waiting = curation.reviewers.active().filter(finished_at=None).exists()
    return curation.state == SCORING and not is_waiting and not without_reviewer(curation)


def without_reviewer(curation: Curation) -> list[Application]:
    """Return the applications that no reviewer without a conflict is left for. Costs two queries.

    A whole sheet of one who has left the office is enough.
    """
    own = ConflictOfInterest.objects.filter(application=OuterRef(OuterRef("pk")))
    can_score = curation.reviewers.active().exclude(Exists(own.filter(reviewer=OuterRef("pk"))))
    scores = CurationScore.objects.filter(application=OuterRef("pk")).order_by()
    counted = scores.exclude(Exists(own.filter(reviewer=OuterRef("reviewer"))))
    sheets = counted.values("reviewer").annotate(number=Count("pk"))
    whole = sheets.filter(number=curation.criteria.count())
    left = curation.applications.standing().exclude(Exists(can_score)).exclude(Exists(whole))
    return list(left.with_business().in_order())


def lock(actor: Actor, curation: Curation, *states: str) -> Curation:
    """Return the curation locked, once it is certain that the actor may act on it at this step."""
    rows = Curation.objects.select_for_update(of=("self",))
    locked = rows.select_related("delegation__office__region", "delegation__trade_contact").get(
        pk=curation.pk
    )
    _require_own(actor, locked.delegation)
    _require_state(locked, *states)
    return locked


def _lock_for_scoring(actor: Actor, curation: Curation) -> Reviewer:
    """Return the actor's own row of reviewer with its curation locked. An admin scores nothing."""
    rows = Curation.objects.select_for_update(of=("self",)).select_related("delegation")
    locked = rows.get(pk=curation.pk)
    reviewer = find_reviewer(actor, locked)
    if reviewer is None:
        raise PermissionDenied(_("Hanya penilai yang ditunjuk yang dapat menilai."))
    _require_state(locked, SCORING)
    reviewer.curation = locked
    return reviewer


def _require_own(actor: Actor, delegation: Delegation) -> None:
    if not (actor.is_admin or (actor.is_staff and actor.office_id == delegation.office_id)):
        raise PermissionDenied(_("Hanya dinas yang membawa delegasi ini yang mengatur kurasinya."))


def _require_state(curation: Curation, *states: str) -> None:
    if curation.state not in states:
        raise WrongState(
            _("Kurasi ini %(state)s, jadi tindakan ini tidak berlaku. Muat ulang halaman.")
            % {"state": curation.get_state_display()}
        )


def _require_unscored(curation: Curation) -> None:
    if CurationScore.objects.filter(application__curation=curation).exists():
        raise WrongState(_("Penilaian sudah dimulai, jadi hal ini tidak dapat diubah lagi."))


def _require_unfinished(reviewer: Reviewer) -> None:
    if reviewer.finished_at is not None:
        raise WrongState(_("Anda sudah menyatakan selesai menilai."))


def _check_unused(reviewer: Reviewer) -> None:
    if reviewer.scores.exists() or reviewer.conflicts.exists():
        text = _("%(name)s sudah menilai atau menyatakan benturan kepentingan, jadi tetap penilai.")
        raise ValidationError({"users": text % {"name": reviewer.user.name}})


def _set_state(actor: Actor, curation: Curation, state: str, action: str) -> Curation:
    curation.state = state
    curation.save(update_fields=["state"])
    history.record(actor=actor, subject=curation, action=action)
    return curation


def _frame(curation: Curation) -> dict[str, object]:
    days = {name: getattr(curation, name).isoformat() for name in ("opens_on", "closes_on")}
    return {"quota": curation.quota, **days}


def _as_pair(row: CurationScore) -> tuple[int, str]:
    return row.score, row.note
