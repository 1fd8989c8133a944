"""Pairs of the funnel as lines of a table: who with whom, where, how far."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.actors import Actor
from matchmaking.models import Pair
from reports.funnel import PairRow


@dataclass(frozen=True)
class PairLine:
    """A row of the funnel with its pair, for its names and its page."""

    row: PairRow
    pair: Pair


@dataclass(frozen=True, slots=True)
class PairName:
    """A row of the funnel with what paper says of its pair; lighter than a ``PairLine`` by far."""

    row: PairRow
    one: str
    other: str
    contact: str
    closed_reason: str


def names_of(actor: Actor, rows: Sequence[PairRow]) -> list[PairName]:
    """Return rows with the names of their pairs, in their order. Costs one query."""
    pairs = Pair.objects.visible_to(actor).filter(pk__in=[row.number for row in rows])
    told = pairs.values_list(
        "pk", "business_a__name", "business_b__name", "trade_contact__title", "closed_reason"
    )
    found = {pk: names for pk, *names in told}
    return [PairName(row, *found[row.number]) for row in rows if row.number in found]


def lines_of(actor: Actor, rows: Sequence[PairRow]) -> list[PairLine]:
    """Return rows with their pairs, in their order. Costs one query."""
    pairs = Pair.objects.visible_to(actor).with_businesses()
    found = pairs.in_bulk([row.number for row in rows])
    return [PairLine(row, found[row.number]) for row in rows if row.number in found]
