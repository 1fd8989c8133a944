"""Broken rules of follow-ups and return visits, for ``test_constraints``."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import F

from matchmaking.models import AskLink, FollowUp, Pair, TradeContact
from tests.factories import AskLinkFactory, FollowUpFactory, MessageFactory, PairFactory, TradeContactFactory

NOON = datetime(2018, 4, 2, 5, tzinfo=UTC)
ANSWERED: dict[str, Any] = {"answer": "still", "answered_at": NOON, "via": "link"}


def asked_twice() -> None:
    pair = PairFactory()
    FollowUpFactory(pair=pair)
    FollowUpFactory(pair=pair)


def link_with_two_questions() -> None:
    AskLink.objects.filter(pk=AskLinkFactory().pk).update(follow_up=FollowUpFactory())


def link_of_the_wrong_kind() -> None:
    AskLink.objects.filter(pk=AskLinkFactory().pk).update(purpose="follow_up")


def returned_twice() -> None:
    first = TradeContactFactory()
    TradeContactFactory(return_of=first)
    TradeContactFactory(return_of=first)


def returns_itself() -> None:
    TradeContact.objects.filter(pk=TradeContactFactory().pk).update(return_of=F("pk"))


def continued_twice() -> None:
    first = PairFactory()
    PairFactory(continues=first)
    PairFactory(continues=first)


def continues_itself() -> None:
    Pair.objects.filter(pk=PairFactory().pk).update(continues=F("pk"))


FOLLOW_UP_REFUSALS: list[tuple[str, Callable[[], object]]] = [
    ("follow_up_once", asked_twice),
    ("follow_up_days_known", lambda: FollowUpFactory(days=14)),
    ("follow_up_message_is_sent", lambda: FollowUpFactory(message=MessageFactory())),
    ("follow_up_answer_known", lambda: FollowUpFactory(**ANSWERED | {"answer": "mungkin"})),
    ("follow_up_answer_known", lambda: FollowUpFactory(**ANSWERED | {"answered_at": None})),
    ("follow_up_answer_known", lambda: FollowUpFactory(**ANSWERED | {"via": "telepati"})),
    ("follow_up_answer_known", lambda: FollowUpFactory(note="Tanpa jawaban")),
    ("follow_up_reason_when_stopped", lambda: FollowUpFactory(**ANSWERED | {"answer": "stopped"})),
    ("follow_up_reason_when_stopped", lambda: FollowUpFactory(**ANSWERED | {"reason": "price"})),
    (
        "follow_up_reason_when_stopped",
        lambda: FollowUp.objects.filter(pk=FollowUpFactory().pk).update(
            **ANSWERED | {"answer": "stopped", "reason": "malas"}
        ),
    ),
    ("ask_link_asks_one_thing", link_with_two_questions),
    ("ask_link_asks_one_thing", link_of_the_wrong_kind),
    ("trade_contact_one_return_visit", returned_twice),
    ("trade_contact_returns_another", returns_itself),
    ("pair_continued_once", continued_twice),
    ("pair_continues_another", continues_itself),
]
