"""How an application came to stand where it stands, in words for its own business."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from matchmaking.models import Addendum, Application


@dataclass(frozen=True)
class Result:
    """What changed after the decision; both are empty while the decision stands."""

    sentence: str = ""
    reason: str = ""


def result_of(application: Application) -> Result:
    """Return what changed an application after its decision, without anything about another business.

    The reason is told when the office gave it for this business. Costs a query when something changed
    and ``curation__addenda`` was not prefetched.
    """
    if application.decision in ("", application.state):
        return Result()
    addendum = _last_change(application)
    if addendum is not None and _is_anothers(addendum, application):
        return Result(_("Anda naik dari cadangan."))
    reason = addendum.reason if addendum is not None and addendum.made_by_id is not None else ""
    if application.state == Application.State.WITHDRAWN:
        return Result(_("Anda mengundurkan diri."), reason)
    return Result(_("Dinas mengubah hasil ini dengan adendum."), reason)


def _last_change(application: Application) -> Addendum | None:
    addenda = sorted(application.curation.addenda.all(), key=lambda addendum: -addendum.number)
    return next((row for row in addenda if application.pk in _changed_by(row)), None)


def _is_anothers(addendum: Addendum, application: Application) -> bool:
    """An addendum is about the business of its first line; the others follow from that."""
    return _changed_by(addendum)[0] != application.pk


def _changed_by(addendum: Addendum) -> list[int]:
    return [change["application"] for change in addendum.changes]
