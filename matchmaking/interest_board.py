"""Who answered what, when and through what, and who is still to be asked, in one trade contact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import Case, Max, QuerySet, When

from accounts.actors import Actor
from matchmaking.access import has_own_side
from matchmaking.models import AnswerState, Interest, Pair, TradeContact
from matchmaking.models.pairs import PairQuerySet
from matchmaking.progress import STATE_KINDS, Segment, segments_of
from products.models import Business

# To a business, so Indonesian whatever the officer reads.
REMINDER = (
    "Selamat pagi, {business}. Ada {pairs} calon mitra dari {contact} yang menunggu jawaban Anda. "
    "Buka tautan pribadi yang kami kirim, atau balas pesan ini dengan Mau, Tidak, atau Jam lain. "
    "Terima kasih."
)


@dataclass(frozen=True)
class Side:
    """One side of a pair with the answer that counts now; ``None`` while it has not answered."""

    business: Business
    interest: Interest | None
    is_own: bool


@dataclass(frozen=True)
class BoardRow:
    """A pair with the reader's own side first; notes are for readers with a side of their own."""

    pair: Pair
    first: Side
    second: Side
    has_own_side: bool

    @property
    def state(self) -> AnswerState:
        return self.pair.answer_state

    @property
    def kind(self) -> str:
        """The colour of the state's tag."""
        return STATE_KINDS[self.state][0]


@dataclass(frozen=True)
class Call:
    """A business that has pairs to answer, with its number and a ready message for the own office only."""

    participation: Any  # a Participation with its counts
    is_own: bool
    whatsapp: str

    @property
    def business(self) -> Business:
        return self.participation.business


def pairs_on_board(trade_contact: TradeContact) -> PairQuerySet:
    """Return the pairs on the list with ``answered_at``, the time of their last answer."""
    pairs = Pair.objects.shown().filter(trade_contact=trade_contact).with_businesses()
    return pairs.annotate(answered_at=Max("interests__at"))


def counts_of(trade_contact: TradeContact) -> list[Segment]:
    """Return how many pairs on the list are in each state: the same for every office. Costs one query."""
    return segments_of(Pair.objects.shown().filter(trade_contact=trade_contact).count_by_state())


def rows_of(pairs: Iterable[Pair], actor: Actor) -> list[BoardRow]:
    """Return the pairs with both sides' answers. Costs one query."""
    pairs = list(pairs)
    answers = answers_of(pairs)
    return [BoardRow(pair, *sides_of(pair, actor, answers), has_own_side(actor, pair)) for pair in pairs]


def answers_of(pairs: Iterable[Pair]) -> dict[tuple[int, int], Interest]:
    """Return the answer that counts, by pair and business, with the officer who recorded it."""
    latest = Interest.objects.filter(pair__in=pairs).latest_per_side().select_related("recorded_by")
    return {(interest.pair_id, interest.business_id): interest for interest in latest}


def sides_of(pair: Pair, actor: Actor, answers: Mapping[tuple[int, int], Interest]) -> tuple[Side, Side]:
    """Return both sides, the one of the actor's region first."""
    first, second = (
        Side(business, answers.get((pair.pk, business.pk)), business.region_id == actor.region_id)
        for business in (pair.business_a, pair.business_b)
    )
    return (second, first) if second.is_own else (first, second)


def in_order_of_calls(participants: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Return businesses in the order in which this officer calls: the own ones, the overdue, the most pairs.

    They carry how far their invitations are (``recipients.with_reach``).
    """
    is_own = Case(When(business__region=actor.region_id, then=0), default=1)
    return participants.select_related("business__region").order_by(
        is_own, "-is_overdue", "-waiting_count", "business__name", "pk"
    )


def calls_of(participants: Iterable[Any], trade_contact: TradeContact, actor: Actor) -> list[Call]:
    """Return whom to call; ``participants`` carry their counts (``delegations.participants_in``)."""
    calls = []
    for participation in participants:
        is_own = participation.business.region_id == actor.region_id
        wants = is_own and participation.business.refused_messages_at is None
        message = _reminder(participation, trade_contact) if wants else ""
        calls.append(Call(participation, is_own, message))
    return calls


def _reminder(participation: Any, trade_contact: TradeContact) -> str:
    """Return a ``wa.me`` address with a ready message, or nothing without a number."""
    business = participation.business
    if not business.phone:
        return ""
    text = REMINDER.format(
        business=business.name, pairs=participation.waiting_count, contact=trade_contact.title
    )
    return f"https://wa.me/{str(business.phone).lstrip('+')}?text={quote(text)}"
