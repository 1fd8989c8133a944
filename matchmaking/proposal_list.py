"""The list of proposals as officers read it: its pairs, the run behind it, and what a card tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matchmaking.engine.values import pair_key
from matchmaking.models import Pair, ProposalRun, TradeContact
from matchmaking.models.pairs import PairQuerySet
from matchmaking.progress import STATE_KINDS
from matchmaking.reasons import Sentence, label, sentence
from matchmaking.runs import LIVE, is_stuck
from products.models import Business, Category
from regions.models import Region


@dataclass(frozen=True)
class TradeLine:
    """One trade of a pair in the reader's language. ``need`` is in the buyer's words, or implied."""

    seller_id: int
    seller: str
    buyer: str
    product: str
    need: str
    is_implied: bool


@dataclass(frozen=True)
class Card:
    """A pair with its sides in the order of the best trade: the seller stands first."""

    pair: Pair
    answer_kind: str
    first: Business
    second: Business
    first_fit: float | None
    second_fit: float | None
    is_both_ways: bool
    trades: list[TradeLine]
    reasons: list[Sentence]
    unmet: list[Sentence]


@dataclass(frozen=True)
class GroupMember:
    """One business of a group: how much of the need it takes on, and how much it can make a month.

    ``part`` is its share of the whole need, 0.0 to 1.0.
    """

    business: str
    product: str
    share: int
    capacity: int
    part: float


@dataclass(frozen=True)
class GroupCard:
    """A need above any one capacity, with the businesses that answer it together; ``gap`` is missing.

    Without members and without a gap the capacity suffices, but quotas or minimum orders allow no group.
    """

    buyer_id: int
    buyer: str
    need: str
    quantity: int
    unit: str
    gap: int
    members: list[GroupMember]

    @property
    def is_answered(self) -> bool:
        return bool(self.members) and self.gap <= 0


@dataclass(frozen=True)
class RunStatus:
    """Where the latest press of *Usulkan pasangan* stands; every flag is false before the first one."""

    run: ProposalRun | None
    is_live: bool = False
    is_stopped: bool = False
    is_cancelled: bool = False
    is_done: bool = False


def pairs_of(trade_contact: TradeContact) -> PairQuerySet:
    """Return all pairs of a contact with both businesses, best first; filters choose from them."""
    return Pair.objects.filter(trade_contact=trade_contact).with_businesses().in_order()


def status_of(trade_contact: TradeContact, now: datetime) -> RunStatus:
    """Return the state of the latest run; one that is stuck counts as stopped."""
    run = trade_contact.runs.select_related("cancelled_by").order_by("-pk").first()
    if run is None:
        return RunStatus(None)
    is_live = run.state in LIVE and not is_stuck(run, now)
    is_done = run.state == ProposalRun.State.DONE
    is_cancelled = run.state == ProposalRun.State.CANCELLED
    return RunStatus(
        run,
        is_live=is_live,
        is_stopped=not (is_live or is_done or is_cancelled),
        is_cancelled=is_cancelled,
        is_done=is_done,
    )


def groups_of(trade_contact: TradeContact, latest: ProposalRun | None) -> list[GroupCard]:
    """Return the needs that the list in force answers by groups, those that are not answered last.

    Costs a query only when the latest run did not finish.
    """
    run = latest
    if run is not None and run.state != ProposalRun.State.DONE:
        run = trade_contact.runs.filter(state=ProposalRun.State.DONE).order_by("-pk").first()
    groups = [_group_card(group) for group in run.counts.get("groups", [])] if run else []
    return sorted(groups, key=lambda group: not group.is_answered)


def participants(trade_contact: TradeContact) -> list[Business]:
    """Return the businesses of all delegations with their regions, by region and name."""
    rows = Business.objects.filter(participations__delegation__trade_contact=trade_contact).distinct()
    return list(rows.select_related("region").order_by("region__name", "name", "pk"))


def categories_offered(trade_contact: TradeContact) -> list[Category]:
    """Return the families and sectors that the delegations offer, each sector before its families."""
    offered = Category.objects.filter(
        products__business__participations__delegation__trade_contact=trade_contact
    )
    rows = Category.objects.filter(pk__in=offered) | Category.objects.filter(families__in=offered)
    found = list(rows.distinct().select_related("parent"))
    return sorted(found, key=lambda row: ((row.parent or row).position, row.parent is not None, row.position))


def pair_between(trade_contact: TradeContact, one: Business, other: Business) -> Pair | None:
    """Return the stored pair of two businesses, hidden ones too."""
    key = pair_key(one.pk, other.pk)
    return Pair.objects.filter(
        trade_contact=trade_contact, business_a_id=key[0], business_b_id=key[1]
    ).first()


def regions_of(trade_contact: TradeContact) -> list[Region]:
    """Return the regions that take part, by name."""
    return list(Region.objects.filter(offices__delegations__trade_contact=trade_contact).order_by("name"))


def card_of(pair: Pair) -> Card:
    """Return a pair as its card shows it. Costs no query when the pair carries its businesses."""
    trades = [_trade_line(trade) for trade in pair.trades]
    first, second = pair.business_a, pair.business_b
    fits = pair.score_parts.get("a"), pair.score_parts.get("b")
    if trades and trades[0].seller_id == second.pk:
        first, second, fits = second, first, fits[::-1]
    return Card(
        pair=pair,
        answer_kind=STATE_KINDS[pair.answer_state][0],
        first=first,
        second=second,
        first_fit=fits[0],
        second_fit=fits[1],
        is_both_ways=len({trade.seller_id for trade in trades}) > 1,
        trades=trades,
        reasons=[Sentence("good", sentence(fact)) for fact in pair.reasons],
        unmet=[Sentence("open", sentence(fact)) for fact in pair.unmet],
    )


def _trade_line(trade: dict[str, Any]) -> TradeLine:
    return TradeLine(
        seller_id=trade["seller_id"],
        seller=trade["seller"],
        buyer=trade["buyer"],
        product=trade["product"],
        need=label(trade["implied_need"]) if trade["implied"] else trade["need"],
        is_implied=trade["implied"],
    )


def _group_card(group: dict[str, Any]) -> GroupCard:
    return GroupCard(
        buyer_id=group["buyer_id"],
        buyer=group["buyer"],
        need=group["need"],
        quantity=group["quantity"],
        unit=label(group["unit"]),
        gap=group["gap"],
        members=[
            GroupMember(
                business=member["business"],
                product=member["product"],
                share=member["share"],
                capacity=member["capacity"],
                part=member["share"] / group["quantity"],
            )
            for member in group["members"]
        ],
    )
