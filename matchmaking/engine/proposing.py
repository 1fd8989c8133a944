"""The list of proposals of a trade contact: matches, choice, ranks and explanations together."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from matchmaking.engine.choice import Choice, Chosen, choose
from matchmaking.engine.explaining import reasons_for, unmet_in
from matchmaking.engine.facts import Fact
from matchmaking.engine.fingerprint import fingerprint
from matchmaking.engine.matches import Match, Matcher
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
    """The whole list, with the score of every possible pair it was chosen from and what it was made of."""

    fingerprint: str
    proposals: tuple[Proposal, ...]
    possible: dict[PairKey, float]
    choice: Choice

    @property
    def unserved(self) -> set[int]:
        """The businesses that have a possible pair and are not on the list; the floor keeps it empty."""
        servable = {firm for pair in self.possible for firm in pair}
        return servable - set(self.choice.counts())


def propose(contact: Contact, on_progress: Callable[[int, int], None] | None = None) -> Proposals:
    """Return the proposals of a contact, best first. The order of the contact's rows does not count."""
    contact = in_order(contact)
    matcher = Matcher(contact)
    kept = contact.decisions.kept
    matches = {match.key: match for match in matcher.matches(on_progress)}
    possible = {key: match for key, match in matches.items() if match.trades}
    choice = choose(list(possible.values()), kept.keys() & matches.keys(), contact.rules)
    ranked = sorted((matches[key] for key in choice.chosen), key=lambda match: (-match.score, match.key))
    return Proposals(
        fingerprint=fingerprint(contact),
        proposals=tuple(
            Proposal(
                rank=rank,
                match=match,
                chosen=choice.chosen[match.key],
                reasons=reasons_for(match, matcher, kept=kept.get(match.key)),
                unmet=unmet_in(match),
            )
            for rank, match in enumerate(ranked, start=1)
        ),
        possible={key: match.score for key, match in possible.items()},
        choice=choice,
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
