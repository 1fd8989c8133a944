"""Building the demonstration: all of it, into a database that holds nothing else, or nothing."""

from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet

from accounts.models import User
from matchmaking.demo.aftermath import tell_return_visit
from matchmaking.demo.answers import answer_proposals
from matchmaking.demo.catalogue import fill_catalogue
from matchmaking.demo.letters import receive_letters
from matchmaking.demo.making import prove_own_making
from matchmaking.demo.offers import answer_needs
from matchmaking.demo.offices import BANDUNG, OFFICES, SIGN_INS, SURAKARTA, open_offices
from matchmaking.demo.photos import draw_photos
from matchmaking.demo.selection import curate_coming_visit
from matchmaking.demo.visits import (
    day_of_coming_visit,
    decide_about_pairs,
    plan_coming_visit,
    propose_pairs,
    tell_first_visit,
)
from matchmaking.models import Application, Commitment, Inquiry, Pair, SupplyOffer, TradeContact
from products.models import (
    Business,
    Category,
    CategoryComplement,
    Need,
    Photo,
    Product,
    ProductionProof,
    SearchSynonym,
    SearchWord,
    Unit,
)
from regions.models import Office, Province, Region

APPS = ("accounts", "regions", "outbox", "products", "matchmaking")
REFERENCE_DATA: tuple[type[Model], ...] = (
    *(Province, Region, Unit, Category, CategoryComplement),
    *(SearchSynonym, SearchWord),
)
NAMED_AT_MOST = 4


class DemonstrationRefused(Exception):
    """The demonstration cannot be built here; the message says why, in one sentence."""


def build_demonstration(*, today: date, now: datetime) -> dict[str, Any]:
    """Build the demonstration as of ``today`` and return how many rows of each kind it has.

    Raises:
        DemonstrationRefused: the database holds other rows, or no reference data.
    """
    if settings.IS_HTTPS:
        raise DemonstrationRefused(
            "A public portal gets no demonstration: its passwords are known to everybody."
        )
    with transaction.atomic():
        _check_is_empty()
        _check_reference_data()
        visit_on = day_of_coming_visit(today)
        desks = open_offices()
        businesses = fill_catalogue(desks, today=today, visit_on=visit_on)
        draw_photos(now=now)
        prove_own_making(desks, businesses, today=today, now=now)
        first = tell_first_visit(desks, businesses)
        tell_return_visit(first, desks, businesses, today)
        contact = plan_coming_visit(desks, businesses, visit_on)
        curate_coming_visit(contact, desks, now)
        propose_pairs(contact, desks[BANDUNG].officer, today=today, now=now)
        decide_about_pairs(contact, desks, businesses, today)
        receive_letters(contact, desks, today)
        propose_pairs(contact, desks[SURAKARTA].officer, today=today, now=now)
        answer_proposals(contact, desks, now)
        answer_needs(businesses, today)
        return _counts(contact)


def stands_here() -> bool:
    """Return whether this database holds the demonstration, as it was built or with later changes."""
    return User.objects.filter(email__in=[sign_in.email for sign_in in SIGN_INS]).count() == len(SIGN_INS)


def _check_is_empty() -> None:
    if stands_here():
        raise DemonstrationRefused("The demonstration stands here already; nothing was changed.")
    found = rows_of_its_own()
    if found:
        named = ", ".join(f"{number} × {name}" for name, number in list(found.items())[:NAMED_AT_MOST])
        raise DemonstrationRefused(
            f"This database holds rows of its own ({named}); the demonstration is built in an empty one only."
        )


def rows_of_its_own() -> dict[str, int]:
    """Return how many rows there are of each kind, reference data left out."""
    models = [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if model not in REFERENCE_DATA
    ]
    counted = {model.__name__: QuerySet(model).count() for model in models}
    return {name: number for name, number in counted.items() if number}


def _check_reference_data() -> None:
    if Region.objects.filter(code__in=OFFICES).count() < len(OFFICES) or not Category.objects.exists():
        raise DemonstrationRefused(
            "Regions and categories are missing; run manage.py load_reference_data first."
        )


def _counts(contact: TradeContact) -> dict[str, Any]:
    pairs = Pair.objects.filter(trade_contact=contact)
    return {
        "offices": Office.objects.count(),
        "users": User.objects.count(),
        "businesses": Business.objects.count(),
        "products": Product.objects.count(),
        "photos": Photo.objects.count(),
        "needs": Need.objects.count(),
        "trade_contacts": TradeContact.objects.count(),
        "applications": Application.objects.count(),
        "pairs": pairs.shown().count(),
        "hidden_pairs": pairs.exclude(hidden_at=None).count(),
        "commitments": Commitment.objects.count(),
        "answers": {str(state): number for state, number in pairs.shown().count_by_state().items()},
        "inquiries": Inquiry.objects.count(),
        "supply_offers": SupplyOffer.objects.count(),
        "seen_making": ProductionProof.objects.count(),
    }
