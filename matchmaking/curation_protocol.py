"""The Berita Acara of a curation: everything that was scored and decided, as values for its sheet of paper.

It is an Indonesian document whatever the officer reads.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from matchmaking.curation_pages import RankedRow, addenda_of, ranked_rows
from matchmaking.equity import facts_of
from matchmaking.models import Addendum, Application, Curation
from tradecontact.templatetags.tradecontact_tags import desimal, tanggal

TEMPLATE = "curation.typ"


def protocol_of(curation: Curation) -> dict[str, Any]:
    """Return the values of ``templates/pdf/curation.typ``. Costs about fifteen queries."""
    with override("id"):
        delegation = curation.delegation
        rows = ranked_rows(curation)
        reviewers = [row.user.name for row in curation.reviewers.select_related("user").order_by("pk")]
        joined = curation.applications.duplicates().values("pk")
        others = curation.applications.filter(decision="", decided_facts__isnull=False)
        others = others.exclude(pk__in=joined)
        withdrawn = facts_of(curation, others.with_business().in_order())
        return {
            "office": delegation.office.name,
            "address": delegation.office.address,
            "contact": delegation.trade_contact.title,
            "opened": tanggal(curation.opens_on),
            "closed": tanggal(curation.closes_on),
            "decided": tanggal(curation.decided_at),
            "decider": curation.decided_by.name if curation.decided_by else "",
            "quota": curation.quota,
            "line_reason": curation.line_reason,
            "criteria": [[row.name, row.weight] for row in curation.criteria.order_by("position")],
            "reviewers": reviewers,
            "rows": [_row(row) for row in rows],
            "conflicts": [
                [sheet.reviewer.user.name, row.facts.name, sheet.conflict]
                for row in rows
                for sheet in row.sheets
                if sheet.conflict
            ],
            "withdrawn": [facts.name for facts in withdrawn.values()],
            "addenda": [_addendum(row, changes) for row, changes in addenda_of(curation)],
        }


def _row(row: RankedRow) -> dict[str, Any]:
    application = row.application
    decision = str(Application.Decision(application.decision).label)
    if application.reserve_number:
        decision = f"{decision} {application.reserve_number}"
    return {
        "place": str(row.place.place or "–"),
        "name": row.facts.name,
        "district": row.facts.district or "–",
        "mean": "–" if row.mean is None else desimal(row.mean, 2),
        "sheets": [
            _("benturan") if sheet.conflict else " · ".join(str(score or "–") for score in sheet.scores)
            for sheet in row.sheets
        ],
        "before": row.facts.equity.times,
        "kind": application.decision,
        "decision": decision,
        "reason": application.reason,
    }


def _addendum(row: Addendum, changes: list[str]) -> dict[str, Any]:
    return {
        "number": row.number,
        "day": tanggal(row.made_at),
        "by": row.made_by.name if row.made_by else _("pelaku usaha yang bersangkutan"),
        "reason": row.reason,
        "changes": changes,
    }
