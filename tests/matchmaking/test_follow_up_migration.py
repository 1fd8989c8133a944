"""Pairs that agreed before there were follow-up questions get those whose day is still to come."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from matchmaking.models import FollowUp, Pair
from tests.factories import FollowUpFactory, PairFactory, PairStepFactory
from tests.scenes import CLOSED

pytestmark = pytest.mark.django_db


def plan_missing() -> None:
    import_module("matchmaking.migrations.0030_follow_ups_of_earlier_pairs").plan_missing(apps, None)


def earlier_pair(ends_on: date | None, **values: object) -> Pair:
    """Return a pair that stands at *order*, of a contact with this last day, and met 20 days ago."""
    at = timezone.now() - timedelta(days=20)
    stands = {"step": "order", "step_at": at, "answer_a": "yes", "answer_b": "yes", **values}
    pair = PairFactory(trade_contact__starts_on=ends_on, trade_contact__ends_on=ends_on, **stands)
    PairStepFactory(pair=pair, at=at)
    return pair


@pytest.mark.parametrize("has_day", [True, False])
def test_both_sides_of_an_earlier_pair_are_asked_what_is_still_to_come(*, has_day: bool) -> None:
    met_on = timezone.localdate() - timedelta(days=20)
    pair = earlier_pair(met_on if has_day else None)

    for _again in range(2):
        plan_missing()

    rows = FollowUp.objects.order_by("days", "asked")
    assert list(rows.values_list("pair", "asked", "days", "due_on")) == [
        (pair.pk, side, days, met_on + timedelta(days=days))
        for days in (30, 90, 180)
        for side in sorted([pair.business_a_id, pair.business_b_id])
    ]


def test_pairs_that_never_agreed_or_have_their_questions_get_none() -> None:
    PairFactory(**CLOSED)
    earlier_pair(None, step="proposed", answer_b="")
    planned = FollowUpFactory(pair=earlier_pair(None))

    plan_missing()

    assert list(FollowUp.objects.all()) == [planned]
