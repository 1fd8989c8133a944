"""What officers read of a curation: applicants, progress, the ranking beside the equity record."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from matchmaking.curation_decision import ranking_of
from matchmaking.curation_words import change_in_words
from matchmaking.equity import Facts, facts_of
from matchmaking.models import (
    Addendum,
    Application,
    ApplicationLink,
    Curation,
    CurationScore,
    Participation,
    Reviewer,
)
from matchmaking.ranking import Cut, Place, cut, mean_of_sheet
from products.models import Business
from products.models.businesses import BusinessQuerySet
from products.models.catalogue import ProductQuerySet


@dataclass(frozen=True)
class Sheet:
    """One reviewer's scores of one application in the order of the criteria."""

    reviewer: Reviewer
    scores: list[int | None]
    mean: Fraction | None
    conflict: str = ""


@dataclass(frozen=True)
class RankedRow:
    """A line of the ranking. ``side`` is ``inside``, ``tied`` or ``outside`` of the quota's line."""

    application: Application
    place: Place
    side: str
    facts: Facts
    sheets: list[Sheet]

    @property
    def mean(self) -> float | None:
        """The mean to be shown, rounded by the page; the order itself is exact."""
        return None if self.place.mean is None else float(self.place.mean)


@dataclass(frozen=True)
class District:
    """How many businesses of a district applied, and how many are chosen or stand inside the line."""

    name: str
    applied: int
    going: int


def applicants_of(curation: Curation) -> QuerySet[Application]:
    """Return all applications with business, line and the known business, in the order of applying."""
    rows = curation.applications.select_related("business__line", "known_business")
    return rows.annotate(product_count=Count("business__products")).in_order()


def candidates_for(curation: Curation) -> BusinessQuerySet:
    """Return businesses of the region that may apply and do not go yet, by name."""
    region = curation.delegation.office.region_id
    own = Business.objects.filter(region=region).select_related("line")
    applied = Application.objects.in_the_way().filter(curation=curation, business=OuterRef("pk"))
    going = Participation.objects.filter(delegation=curation.delegation_id, business=OuterRef("pk"))
    return own.exclude(Exists(applied)).exclude(Exists(going)).order_by("name", "pk")


def newcomers_for(curation: Curation) -> BusinessQuerySet:
    """Return businesses of the region that have never applied and do not go, by name."""
    return candidates_for(curation).exclude(applications__curation=curation)


def links_of(curation: Curation, now: datetime) -> QuerySet[ApplicationLink]:
    """Return the public links that open now, newest first."""
    return ApplicationLink.objects.live(now).filter(curation=curation).order_by("-created_at", "-pk")


def reviewers_with_progress(curation: Curation) -> list[Any]:
    """Return the reviewers with ``done_count`` and ``conflict_count``: how much is scored, never how."""
    number = curation.criteria.count()
    rows = list(curation.reviewers.select_related("user").order_by("pk"))
    whole: dict[int, int] = defaultdict(int)
    sheets = CurationScore.objects.filter(reviewer__in=rows).values("reviewer_id", "application_id")
    for sheet in sheets.annotate(scored=Count("pk")).filter(scored=number).order_by():
        whole[sheet["reviewer_id"]] += 1
    conflicts = dict(
        curation.reviewers.annotate(number=Count("conflicts")).values_list("pk", "number").order_by()
    )
    return [
        {"reviewer": row, "done_count": whole[row.pk], "conflict_count": conflicts[row.pk]} for row in rows
    ]


def own_sheets(reviewer: Reviewer) -> list[dict[str, Any]]:
    """Return every standing application with how far this reviewer's own sheet is."""
    number = reviewer.curation.criteria.count()
    scored = reviewer.scores.values_list("application_id").annotate(number=Count("pk")).order_by()
    done = dict(scored)
    rows = reviewer.curation.applications.standing().with_business().in_order()
    conflicts = dict(reviewer.conflicts.values_list("application_id", "reason"))
    return [
        {
            "application": row,
            "done": done.get(row.pk, 0),
            "is_whole": done.get(row.pk, 0) == number,
            "conflict": conflicts.get(row.pk, ""),
        }
        for row in rows
    ]


def products_of(application: Application) -> ProductQuerySet:
    """Return everything the business offers, listed or not: an applicant's product waits for its listing."""
    return application.business.products.with_facts().order_by("pk")


def addenda_of(curation: Curation) -> list[tuple[Addendum, list[str]]]:
    """Return every addendum with its changes in words, in order."""
    rows = curation.addenda.select_related("made_by").order_by("number")
    return [(row, [change_in_words(change) for change in row.changes]) for row in rows]


def ranked_rows(curation: Curation) -> list[RankedRow]:
    """Return the ranking with sheets and equity, best first. Costs nine queries, whatever the number.

    After the decision names, districts and who went before are those of the decision.
    """
    places = ranking_of(curation)
    line = cut(places, curation.quota)
    sheets = _sheets(curation)
    applications = curation.applications.with_business().in_bulk([place.candidate for place in places])
    facts = facts_of(curation, applications.values())
    return [
        RankedRow(
            application=applications[place.candidate],
            place=place,
            side=_side(line, place.candidate),
            facts=facts[place.candidate],
            sheets=sheets[place.candidate],
        )
        for place in places
    ]


def districts_of(rows: list[RankedRow]) -> list[District]:
    """Return per district who applied and who goes (or would, before the decision), by name."""
    applied: dict[str, int] = defaultdict(int)
    going: dict[str, int] = defaultdict(int)
    for row in rows:
        name = row.facts.district
        applied[name] += 1
        is_going = row.application.state == "chosen" if row.application.decision else row.side == "inside"
        going[name] += is_going
    return [District(name, applied[name], going[name]) for name in sorted(applied)]


def _side(line: Cut, candidate: int) -> str:
    if candidate in line.inside:
        return "inside"
    return "tied" if candidate in line.tied else "outside"


def _sheets(curation: Curation) -> dict[int, list[Sheet]]:
    """Return every reviewer's sheet of every application. Four queries."""
    criteria = list(curation.criteria.order_by("position").values_list("pk", "weight"))
    reviewers = list(curation.reviewers.select_related("user").order_by("pk"))
    scores: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    found = CurationScore.objects.filter(application__curation=curation)
    values = found.values_list("application_id", "reviewer_id", "criterion_id", "score")
    for application_id, reviewer_id, criterion_id, score in values:
        scores[application_id, reviewer_id][criterion_id] = score
    rows = curation.reviewers.exclude(conflicts=None)
    conflicts = {
        (application_id, reviewer_id): reason
        for reviewer_id, application_id, reason in rows.values_list(
            "pk", "conflicts__application_id", "conflicts__reason"
        )
    }
    result: dict[int, list[Sheet]] = defaultdict(list)
    for key in curation.applications.values_list("pk", flat=True):
        for reviewer in reviewers:
            conflict = conflicts.get((key, reviewer.pk), "")
            given = {} if conflict else scores[key, reviewer.pk]
            mean = mean_of_sheet(given, dict(criteria)) if criteria else None
            result[key].append(Sheet(reviewer, [given.get(pk) for pk, _weight in criteria], mean, conflict))
    return result
