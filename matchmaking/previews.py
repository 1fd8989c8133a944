"""What a change would do to the list of proposals, told before anybody applies it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matchmaking.engine import propose
from matchmaking.engine.changes import Change, Changes, compare, listing_of
from matchmaking.engine.values import Contact, Weights, pair_key
from matchmaking.models import Pair, TradeContact
from matchmaking.pairing_inputs import contact_values
from matchmaking.reasons import Sentence, sentences
from matchmaking.recent_lists import list_of
from products.models import Business

MOST_LINES = 100  # of one kind of change on a page; the others are counted


@dataclass(frozen=True)
class ChangeLine:
    """A pair that came, went or moved, with the reasons in the reader's language."""

    a: str
    b: str
    old_rank: int | None
    new_rank: int | None
    why: list[Sentence]


@dataclass(frozen=True)
class ChangeGroup:
    """The first lines of one kind of change, out of ``count``; ``more`` are not shown."""

    lines: list[ChangeLine]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True)
class ChangeReport:
    """All changes as a page shows them; ``unmoved`` pairs keep their place."""

    came: ChangeGroup
    went: ChangeGroup
    moved: ChangeGroup
    unmoved: int
    is_empty: bool


def preview(
    *,
    trade_contact: TradeContact,
    today: date,
    weights: Weights | None = None,
    least_pairs: int | None = None,
    vetoed: Pair | None = None,
    joining: Collection[Business] = (),
) -> Changes:
    """Return what these changes would do to the list as it would be computed now. Writes nothing.

    ``weights`` and ``least_pairs`` replace those of the contact, ``vetoed`` is a pair to be hidden,
    ``joining`` are businesses to be put into a delegation. Costs two computations of the list, of which
    the second is short where only decisions or limits change.
    """
    now = contact_values(trade_contact, today)
    then = contact_values(trade_contact, today, joining=joining) if joining else now
    if weights is not None:
        then = replace(then, weights=weights)
    if least_pairs is not None:
        then = replace(then, rules=replace(then.rules, least_pairs=least_pairs))
    if vetoed is not None:
        then = _without(then, vetoed)
    listed = list_of(trade_contact.pk, now)
    return compare(listing_of(now, listed), listing_of(then, propose(then, previous=listed)))


def report_of(changes: Changes) -> ChangeReport:
    """Return changes in the reader's language."""
    return ChangeReport(
        came=_group(changes.came, "good"),
        went=_group(changes.went, "open"),
        moved=_group(changes.moved, "info"),
        unmoved=changes.unmoved,
        is_empty=changes.is_empty,
    )


def _group(changes: Sequence[Change], kind: str) -> ChangeGroup:
    lines = [
        ChangeLine(one.a, one.b, one.old_rank, one.new_rank, sentences(kind, one.why))
        for one in changes[:MOST_LINES]
    ]
    return ChangeGroup(lines, len(changes))


def _without(contact: Contact, pair: Pair) -> Contact:
    """Return the contact with a pair vetoed that staff are about to hide; its reason is not written yet."""
    key = pair_key(pair.business_a_id, pair.business_b_id)
    vetoed = {**contact.decisions.vetoed, key: pair.staff_reason}
    return replace(contact, decisions=replace(contact.decisions, vetoed=vetoed))
