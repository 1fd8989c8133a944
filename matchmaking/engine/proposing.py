"""The list of proposals of a trade contact: matches, choice, ranks and explanations together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from matchmaking.engine.choice import Choice, Chosen, choose_from
from matchmaking.engine.explaining import reasons_for, unmet_in
from matchmaking.engine.facts import Fact
from matchmaking.engine.fingerprint import fingerprint
from matchmaking.engine.groups import Group, groups_for
from matchmaking.engine.matches import Match, Matcher, Shares
from matchmaking.engine.optimum import Graph
from matchmaking.engine.pair_scores import PairScores, pair_scores
from matchmaking.engine.scan import Scan
from matchmaking.engine.values import Contact, Decisions, Firm, Kept, PairKey, Rules, pair_key

MOST_IN_FULL = 4_000  # businesses; above that, the choice is made among each one's best partners
BEST_OF_EACH = 40


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
    """The whole list, with the score of every possible pair it was chosen from, and the groups.

    ``basis`` lets ``propose`` make the next list of the same rows in a fraction of the time.
    """

    fingerprint: str
    proposals: tuple[Proposal, ...]
    possible: dict[PairKey, float]
    choice: Choice
    groups: tuple[Group, ...]
    basis: "Basis" = field(repr=False, compare=False)


class Basis:
    """What does not depend on staff's decisions and the rules: every pair's score, and its explanation."""

    def __init__(self, contact: Contact, on_progress: Callable[[int, int], None] | None = None) -> None:
        self._rows = _without_decisions(contact)
        self.matcher = Matcher(contact)
        self.scan = Scan(self.matcher)
        ids = [firm.id for firm in contact.firms]
        best = None if len(ids) <= MOST_IN_FULL else BEST_OF_EACH
        parts = self.scan.found(on_progress)
        self.scores = pair_scores(parts, ids, contact.weights.more_trades, best=best)
        self._explained: dict[object, Introduction] = {}

    def is_of(self, contact: Contact) -> bool:
        """Return whether a contact has the same rows and weights."""
        return self._rows == _without_decisions(contact)

    def introduction(self, key: PairKey, matcher: Matcher, shares: Shares) -> Introduction:
        """Return a pair explained; ``shares`` are those of this pair."""
        kept = matcher.contact.decisions.kept.get(key)
        known = (key, kept, tuple(shares.items()))
        if known not in self._explained:
            match = matcher.match_of(key)
            reasons = reasons_for(match, matcher, kept=kept)
            self._explained[known] = Introduction(match, reasons, unmet_in(match))
        return self._explained[known]


def _without_decisions(contact: Contact) -> Contact:
    return replace(contact, decisions=Decisions(), rules=Rules())


def propose(
    contact: Contact,
    on_progress: Callable[[int, int], None] | None = None,
    *,
    previous: Proposals | None = None,
) -> Proposals:
    """Return the proposals of a contact, best first. The order of the contact's rows does not count.

    ``on_progress`` is told how many wishes have been looked at, and how many there are. With a ``previous``
    list of the same rows and weights only what decisions and rules change is done again; it ends the same.
    """
    contact = in_order(contact)
    is_same = previous is not None and previous.basis.is_of(contact)
    return _listed(contact, previous.basis if previous and is_same else Basis(contact, on_progress))


def _listed(contact: Contact, basis: Basis) -> Proposals:
    """Choose from what is possible, and explain what is chosen."""
    can_meet = partial(_can_meet, contact, basis.matcher.book.firms)
    kept = [key for key in contact.decisions.kept if can_meet(key)]
    groups = groups_for(
        basis.scan.shortages(can_meet),
        kept=kept,
        quota=contact.rules.quota,
        weights=contact.weights,
    )
    shares = _shares(groups)
    matcher = basis.matcher.answering(contact, {at: n for own in shares.values() for at, n in own.items()})
    together = {key: basis.introduction(key, matcher, own).match.score for key, own in shares.items()}
    graph = _graph(basis.scores.without(contact.decisions.vetoed), together)
    choice = choose_from(graph, kept, contact.rules, together)
    chosen = [basis.introduction(key, matcher, shares.get(key, {})) for key in choice.chosen]
    return Proposals(
        fingerprint=fingerprint(contact),
        proposals=tuple(_ranked(chosen, choice)),
        possible=dict(zip(graph, graph.scores.tolist(), strict=True)),
        choice=choice,
        groups=tuple(groups),
        basis=basis,
    )


def _can_meet(contact: Contact, firms: Mapping[int, Firm], key: PairKey) -> bool:
    """Return whether two businesses of the contact are of different regions, without a veto."""
    a, b = firms.get(key[0]), firms.get(key[1])
    return bool(a and b and a.region != b.region and key not in contact.decisions.vetoed)


def _shares(groups: Iterable[Group]) -> dict[PairKey, Shares]:
    """Return what the members of groups supply, by the pairs of the groups, in order."""
    shares: dict[PairKey, Shares] = {}
    for group in groups:
        for key, member in zip(group.keys, group.members, strict=True):
            shares.setdefault(key, {})[member.offer.id, group.wish.id] = member.share
    return dict(sorted(shares.items()))


def _graph(scores: PairScores, together: Mapping[PairKey, float]) -> Graph:
    """Return the possible pairs in order, with the scores that pairs of groups have through their shares."""
    graph = Graph(np.stack([scores.a, scores.b], axis=1), scores.score)
    if not together:
        return graph
    others = graph.only(~graph.has_in(together))
    keys = np.concatenate([others.keys, np.asarray(list(together), dtype=np.int64)])
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    return Graph(keys[order], np.concatenate([others.scores, list(together.values())])[order])


def _ranked(chosen: Iterable[Introduction], choice: Choice) -> Iterator[Proposal]:
    """Yield the chosen pairs best first, each with its rank."""
    in_rank = sorted(chosen, key=lambda one: (-one.match.score, one.match.key))
    for rank, one in enumerate(in_rank, start=1):
        yield Proposal(one.match, one.reasons, one.unmet, rank, choice.chosen[one.match.key])


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
