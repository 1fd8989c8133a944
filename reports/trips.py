"""Participations as trips, and who was not chosen with the reason: an office's own delegations only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from accounts.actors import Actor
from matchmaking.models import Application, Participation
from products.models import Business
from reports.access import year_of
from reports.asking import Asked, ask
from reports.equity import NotChosen, Trip, TripQuestion, not_chosen_of
from reports.scope import UNKNOWN, Scope, district_of

_KEYS_OF_BUSINESS = ("business__region__code", "business__district", "business__line__code")
STATED = {"yes": True, "no": False, "": None}
_FIELDS = (
    "pk",
    "business",
    "delegation__trade_contact__slug",
    "year",
    "delegation__office",
    *_KEYS_OF_BUSINESS,
    "business__women_led",
)


@dataclass(frozen=True)
class TripLineOfList:
    """A trip with its business and contact, for their names."""

    trip: Trip
    participation: Participation


def trips(actor: Actor, question: TripQuestion) -> list[Trip]:
    """Return the trips of the own office (of all, for an admin) with whether each was a first one.

    A first trip is the earliest of its business by the contact's first day. Costs one query.
    """
    rows = _own(actor, Participation.objects.all(), "delegation__").annotate(
        year=year_of("delegation__trade_contact__")
    )
    ordered = rows.order_by(F("delegation__trade_contact__starts_on").asc(nulls_last=True), "pk")
    seen: set[int] = set()
    found = []
    for one in ordered.values(*_FIELDS):
        found.append(_trip(one, is_first=one["business"] not in seen))
        seen.add(one["business"])
    scope = TripQuestion(contact=question.contact, year=question.year)
    return [trip for trip in found if scope.holds(trip)]


def lines_of(trips: Sequence[Trip]) -> list[TripLineOfList]:
    """Return trips with their rows, in their order. Costs one query."""
    rows = Participation.objects.select_related("business__region", "delegation__trade_contact")
    found = rows.in_bulk([trip.number for trip in trips])
    return [TripLineOfList(trip, found[trip.number]) for trip in trips if trip.number in found]


def names_of_businesses(trips: Sequence[Trip]) -> dict[str, str]:
    """Return the names of the businesses of trips by their key. Costs one query."""
    names = Business.objects.filter(pk__in={trip.business for trip in trips}).values_list("pk", "name")
    return {str(pk): name for pk, name in names}


def ask_trips(actor: Actor, data: Mapping[str, Any]) -> Asked[TripQuestion, Trip]:
    """Read a question about trips; what only somebody not chosen has can be asked for, too."""
    return ask(actor, data, TripQuestion, trips, beside=not_chosen_rows)


def not_chosen(actor: Actor, question: Scope) -> list[Application]:
    """Return the applications of a question that stand refused or on the reserve, the latest first.

    Costs two queries.
    """
    numbers = [row.number for row in not_chosen_of(not_chosen_rows(actor, question), question)]
    rows = Application.objects.select_related("business__region", "curation__delegation__trade_contact")
    found = rows.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def not_chosen_rows(actor: Actor, scope: Scope) -> list[NotChosen]:
    """Return the applications of a question's contact and year, the latest first. One query."""
    states = [Application.State.REFUSED, Application.State.RESERVE]
    rows = _own(actor, Application.objects.filter(state__in=states), "curation__delegation__")
    delegation = "curation__delegation__"
    rows = rows.annotate(year=year_of(f"{delegation}trade_contact__"))
    if scope.contact:
        rows = rows.filter(**{f"{delegation}trade_contact__slug": scope.contact})
    if scope.year:
        rows = rows.filter(year=scope.year)
    ordered = rows.order_by("-curation__decided_at", "decision", "pk")
    return [
        NotChosen(number, contact, year, str(office), district_of(region, district), line or UNKNOWN, UNKNOWN)
        for number, contact, year, office, region, district, line in ordered.values_list(
            "pk", f"{delegation}trade_contact__slug", "year", f"{delegation}office", *_KEYS_OF_BUSINESS
        )
    ]


def _own(actor: Actor, rows: QuerySet[Any], delegation: str) -> QuerySet[Any]:
    if actor.is_admin:
        return rows
    return rows.filter(**{f"{delegation}office": actor.office_id}) if actor.office_id else rows.none()


def _trip(one: dict[str, Any], *, is_first: bool) -> Trip:
    return Trip(
        number=one["pk"],
        business=str(one["business"]),
        contact=one["delegation__trade_contact__slug"],
        year=one["year"],
        office=str(one["delegation__office"]),
        district=district_of(one["business__region__code"], one["business__district"]),
        commodity=one["business__line__code"] or UNKNOWN,
        direction=UNKNOWN,
        is_first=is_first,
        is_women_led=STATED[one["business__women_led"]],
    )
