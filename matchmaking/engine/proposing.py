"""The list of proposals of a trade contact: matches, choice, ranks and explanations together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matchmaking.engine.choice import Choice, Chosen, choose, count_pairs
from matchmaking.engine.explaining import reasons_for, unmet_in
from matchmaking.engine.facts import Fact
from matchmaking.engine.fingerprint import fingerprint
from matchmaking.engine.groups import Group, groups_for
from matchmaking.engine.matches import Match, Matcher
from matchmaking.engine.scan import Found, Scan
from matchmaking.engine.values import Contact, Kept, PairKey, pair_key


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two businesses side by side, explained: why they should meet, and what is open or not met."""

    match: Match
    reasons: tuple[Fact, ...]
    unmet: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Proposal(Introduction):
    """One pair on the list. ``rank`` starts at 1 and follows the score, then the ids."""

    rank: int
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class Proposals:
    """The whole list, with the score of every possible pair it was chosen from, and the groups."""

    fingerprint: str
    proposals: tuple[Proposal, ...]
    possible: dict[PairKey, float]
    choice: Choice
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Possible:
    """A pair that can be chosen."""

    key: PairKey
    score: float


def propose(contact: Contact, on_progress: Callable[[int, int], None] | None = None) -> Proposals:
    """Return the proposals of a contact, best first. The order of the contact's rows does not count.

    ``on_progress`` is told how many wishes have been looked at, and how many there are.
    """
    contact = in_order(contact)
    matcher = Matcher(contact)
    scan = Scan(matcher)
    parts = list(scan.found(on_progress))
    possible = scan.pairs(parts).without(contact.decisions.vetoed).by_key()
    kept = [key for key in contact.decisions.kept if matcher.can_meet(key)]
    groups = _groups(scan, parts, kept)
    grouped = matcher.share_out(groups)
    possible |= {key: matcher.match_of(key).score for key in grouped}
    choice = choose([Possible(*row) for row in possible.items()], kept, contact.rules, grouped)
    matches = [matcher.match_of(key) for key in choice.chosen]
    return Proposals(
        fingerprint=fingerprint(contact),
        proposals=tuple(_explained(matches, choice, matcher)),
        possible=possible,
        choice=choice,
        groups=tuple(groups),
    )


def _groups(scan: Scan, parts: Sequence[Found], kept: Sequence[PairKey]) -> list[Group]:
    """Return the groups, and the gaps of wishes that nobody may answer."""
    contact = scan.contact
    groups = groups_for(
        scan.shortages(parts), taken=count_pairs(kept), quota=contact.rules.quota, weights=contact.weights
    )
    perhaps = scan.perhaps_answered(parts)
    return [group for group in groups if group.members or group.wish not in perhaps]


def _explained(matches: list[Match], choice: Choice, matcher: Matcher) -> Iterator[Proposal]:
    """Yield the chosen pairs best first, each with its rank, its reasons and what is open or not met."""
    kept = matcher.contact.decisions.kept
    ranked = sorted(matches, key=lambda match: (-match.score, match.key))
    for rank, match in enumerate(ranked, start=1):
        yield Proposal(
            rank=rank,
            match=match,
            chosen=choice.chosen[match.key],
            reasons=reasons_for(match, matcher, kept=kept.get(match.key)),
            unmet=unmet_in(match),
        )


def introduce(contact: Contact, one: int, other: int, *, kept: Kept) -> Introduction:
    """Return two businesses explained, for a pair that staff put on the list by hand.

    Raises:
        KeyError: one of the ids is not a business of the contact.
    """
    matcher = Matcher(in_order(contact))
    a, b = (matcher.book.firms[firm] for firm in pair_key(one, other))
    match = matcher.match(a, b)
    return Introduction(match, reasons_for(match, matcher, kept=kept), unmet_in(match))


def in_order(contact: Contact) -> Contact:
    """Return the contact with its rows in one order, whatever order they came in."""

    def by(rows: tuple[Any, ...], *names: str) -> tuple[Any, ...]:
        return tuple(sorted(rows, key=lambda row: tuple(str(getattr(row, name)) for name in names)))

    return replace(
        contact,
        firms=tuple(sorted(contact.firms, key=lambda firm: firm.id)),
        offers=tuple(sorted(contact.offers, key=lambda offer: offer.id)),
        wishes=tuple(sorted(contact.wishes, key=lambda wish: wish.id or 0)),
        categories=by(contact.categories, "code"),
        complements=by(contact.complements, "supplier", "buyer"),
        units=by(contact.units, "code"),
    )
