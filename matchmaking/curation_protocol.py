"""The Berita Acara of a decided curation: its rows as plain words and figures, and the PDF made of them."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matchmaking.curation_decision import ranking_of
from matchmaking.models import Application, Criterion, Curation, CurationScore, Reviewer
from matchmaking.ranking import Place, mean_of_sheet
from tradecontact.pdf import render_pdf
from tradecontact.templatetags.tradecontact_tags import tanggal

TEMPLATE = "curation_minutes.typ"
NOTHING = "–"


def protocol_pdf(curation: Curation) -> bytes:
    """Return the Berita Acara in the reader's language.

    Raises:
        ValueError: the curation is not decided.
    """
    if curation.decided_at is None:
        raise ValueError("only a decided curation has a Berita Acara")
    return render_pdf(TEMPLATE, protocol_of(curation), created_at=curation.decided_at)


def protocol_of(curation: Curation) -> dict[str, Any]:
    """Return everything the Berita Acara says, as text; means have two decimals. Costs nine queries."""
    contact, office = curation.delegation.trade_contact, curation.delegation.office
    criteria = list(curation.criteria.order_by("position"))
    reviewers = list(curation.reviewers.select_related("user").order_by("pk"))
    applications = {row.pk: row for row in curation.applications.with_business()}
    places = ranking_of(curation)
    decided_on = tanggal(curation.decided_at)
    return {
        "language": (get_language() or "id")[:2],
        "title": _("Berita Acara Kurasi Delegasi"),
        "subtitle": contact.title,
        "office": office.name,
        "region": office.region.name,
        "foot": f"{office.name} · {contact.title}",
        "labels": _labels(),
        "opening": _(
            "Pada %(day)s %(office)s memutuskan pelaku usaha mana yang ikut delegasi "
            "ke kontak dagang “%(contact)s”."
        )
        % {"day": decided_on, "office": office.name, "contact": contact.title},
        "facts": _facts(curation, applications.values()),
        "criteria": [
            {"number": f"K{row.position}", "name": row.name, "weight": str(row.weight)} for row in criteria
        ],
        "reviewers": _reviewers(reviewers, applications),
        "rows": [_row(place, applications[place.candidate], places) for place in places],
        "sheets": _sheets(places, applications, reviewers, criteria),
        "addenda": _addenda(curation),
        "signatures": [{"role": _("Penilai"), "name": row.user.name} for row in reviewers]
        + [{"role": _("Kepala dinas"), "name": ""}],
        "signed": f"{office.region.name}, {decided_on}",
    }


def _labels() -> dict[str, str]:
    return {
        "page": _("Halaman"),
        "of": _("dari"),
        "number": _("No."),
        "criteria": _("Kriteria dan bobot"),
        "criterion": _("Kriteria"),
        "weight": _("Bobot"),
        "reviewers": _("Penilai dan benturan kepentingan"),
        "reviewer": _("Penilai"),
        "conflicts": _("Tidak menilai, dengan alasan"),
        "decisions": _("Peringkat dan keputusan"),
        "place": _("Urutan"),
        "business": _("Pelaku usaha"),
        "district": _("Kecamatan"),
        "score": _("Nilai"),
        "decision": _("Keputusan"),
        "reason": _("Alasan"),
        "ties": _(
            "Nilai adalah rata-rata berbobot (1 sampai 5) dari penilai tanpa benturan kepentingan. "
            "“=” berarti nilainya sama dengan usaha lain pada urutan itu."
        ),
        "addenda": _("Adendum"),
        "date": _("Tanggal"),
        "change": _("Perubahan"),
        "sheets": _("Lampiran: nilai setiap penilai"),
        "sheets-note": _("Setiap penilai menilai tanpa melihat nilai penilai lain."),
    }


def _facts(curation: Curation, applications: Any) -> list[dict[str, str]]:
    decisions = [row.decision for row in applications]
    facts = [
        (_("Pendaftar"), str(len(decisions))),
        (_("Kuota"), str(curation.quota)),
        (_("Terpilih"), str(decisions.count(Application.Decision.CHOSEN))),
        (_("Cadangan"), str(decisions.count(Application.Decision.RESERVE))),
        (_("Alasan urutan di garis kuota"), curation.line_reason),
    ]
    return [{"name": name, "value": value} for name, value in facts if value]


def _reviewers(reviewers: Sequence[Reviewer], applications: dict[int, Application]) -> list[dict[str, Any]]:
    """Name the reviewers with the businesses they left out. Costs a query a reviewer."""
    return [
        {
            "number": str(number),
            "name": reviewer.user.name,
            "conflicts": [
                f"{applications[row.application_id].business.name}: {row.reason}"
                for row in reviewer.conflicts.order_by("declared_at", "pk")
            ]
            or [NOTHING],
        }
        for number, reviewer in enumerate(reviewers, start=1)
    ]


def _row(place: Place, application: Application, places: Sequence[Place]) -> dict[str, str]:
    is_tied = place.place is not None and [other.place for other in places].count(place.place) > 1
    decision = application.get_decision_display()
    if application.reserve_number is not None:
        decision = f"{decision} {application.reserve_number}"
    return {
        "place": NOTHING if place.place is None else f"{place.place}{' =' if is_tied else ''}",
        "business": application.business.name,
        "district": application.business.district or NOTHING,
        "score": _figure(place.mean),
"""The Berita Acara of a curation: everything that was scored and decided, as values for its sheet of paper.

It is an Indonesian document whatever the officer reads.
"""


from django.utils.translation import override

from matchmaking.curation_pages import RankedRow, addenda_of, ranked_rows
from matchmaking.models import Addendum, Application, Curation
from tradecontact.templatetags.tradecontact_tags import desimal, tanggal

TEMPLATE = "curation.typ"


    """Return the values of ``templates/pdf/curation.typ``. Costs about fifteen queries."""
    with override("id"):
        delegation = curation.delegation
        rows = ranked_rows(curation)
        reviewers = [row.user.name for row in curation.reviewers.select_related("user").order_by("pk")]
        withdrawn = curation.applications.filter(decision="").with_business().in_order()
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
                [sheet.reviewer.user.name, row.application.business.name, sheet.conflict]
                for row in rows
                for sheet in row.sheets
                if sheet.conflict
            ],
            "withdrawn": [row.business.name for row in withdrawn],
            "addenda": [_addendum(row, changes) for row, changes in addenda_of(curation)],


def _row(row: RankedRow) -> dict[str, Any]:
    application = row.application
    decision = str(Application.Decision(application.decision).label)
    if application.reserve_number:
        "place": str(row.place.place or "–"),
        "name": application.business.name,
        "district": application.business.district or "–",
        "mean": "–" if row.mean is None else desimal(row.mean, 2),
        "sheets": [
            _("benturan") if sheet.conflict else " · ".join(str(score or "–") for score in sheet.scores)
            for sheet in row.sheets
        "before": row.equity.times,
        "kind": application.decision,
        "decision": decision,
        "reason": application.reason,
    }


def _sheets(
    places: Sequence[Place],
    applications: dict[int, Application],
    reviewers: Sequence[Reviewer],
    criteria: Sequence[Criterion],
) -> list[dict[str, Any]]:
    """Return one line for each business and reviewer: the scores in the order of the criteria."""
    weights = {row.pk: row.weight for row in criteria}
    scores: dict[tuple[int, int], dict[int, int]] = {}
    rows = CurationScore.objects.filter(application__in=applications)
    for reviewer_id, application_id, criterion_id, score in rows.values_list(
        "reviewer_id", "application_id", "criterion_id", "score"
    ):
        scores.setdefault((reviewer_id, application_id), {})[criterion_id] = score
    lines = []
    for place in places:
        for reviewer in reviewers:
            sheet = scores.get((reviewer.pk, place.candidate), {})
            lines.append(
                {
                    "business": applications[place.candidate].business.name,
                    "reviewer": reviewer.user.name,
                    "scores": [str(sheet.get(row.pk, NOTHING)) for row in criteria],
                    "mean": _figure(mean_of_sheet(sheet, weights)),
                }
            )
    return lines


def _addenda(curation: Curation) -> list[dict[str, Any]]:
    words = dict(Application.State.choices)
    return [
        {
            "number": str(row.number),
            "date": tanggal(row.made_at),
            "change": [
                f"{change['business']}: {words[change['from']]} → {words[change['to']]}"
                for change in row.changes
            ],
            "reason": row.reason,
        }
        for row in curation.addenda.order_by("number")
    ]


def _figure(mean: Any) -> str:
    """Return a mean with two decimals as the reader writes them, rounded half up."""
    return NOTHING if mean is None else number_format(round(float(mean) + 1e-9, 2), 2)
def _addendum(row: Addendum, changes: list[str]) -> dict[str, Any]:
    return {
        "number": row.number,
        "day": tanggal(row.made_at),
        "by": row.made_by.name if row.made_by else _("pelaku usaha yang bersangkutan"),
        "reason": row.reason,
        "changes": changes,
    }
