"""Why a business has few proposals: nothing fits it and why, or its partners' lists are full."""

from collections import Counter
from collections.abc import Iterator

from matchmaking.engine.facts import Code, Fact
from matchmaking.engine.proposing import Proposals
from matchmaking.engine.values import Contact, PairKey, pair_key

MOST_MATCHES = 2_000  # businesses put side by side to learn which gates failed
GATES_NAMED = 3


class Shortfalls:
    """The reasons, business by business, for one list of a contact."""

    def __init__(self, contact: Contact, listed: Proposals) -> None:
        self._contact = contact
        self._listed = listed
        self._counts = listed.choice.counts()
        self._options: dict[int, list[PairKey]] = {firm.id: [] for firm in contact.firms}
        for key in listed.possible:
            for firm in key:
                self._options[firm].append(key)
        self._matches_left = MOST_MATCHES

    def possible_for(self, firm: int) -> int:
        """Return how many possible pairs a business has."""
        return len(self._options[firm])

    def why_few(self, firm: int) -> tuple[Fact, ...]:
        """Return why a business has fewer proposals than wished for.

        Without a possible pair: the gates that failed most, as long as that is quick to find out. Else:
        how many pairs are possible, with how many partners whose lists are full, and how many are weak.
        """
        if not self._options[firm]:
            return (Fact(Code.NO_POSSIBLE_PAIR), *self._failed_gates(firm))
        return (Fact(Code.FEW_POSSIBLE, {"count": self.possible_for(firm)}), *self._not_chosen(firm))

    def _not_chosen(self, firm: int) -> Iterator[Fact]:
        left = [key for key in self._options[firm] if key not in self._listed.choice.chosen]
        weak = [key for key in left if self._listed.possible[key] < self._contact.rules.least_score]
        full = [key for key in left if key not in weak and self._is_full(sum(key) - firm)]
        if full:
            yield Fact(Code.PARTNERS_FULL, {"count": len(full)})
        if weak:
            yield Fact(Code.PARTNERS_WEAK, {"count": len(weak)})

    def _is_full(self, firm: int) -> bool:
        return self._counts[firm] >= self._listed.choice.quota

    def _failed_gates(self, firm: int) -> Iterator[Fact]:
        """Count the gates that keep a business from those of other regions, the most frequent first."""
        own = next(one for one in self._contact.firms if one.id == firm)
        others = [one for one in self._contact.firms if one.region != own.region]
        if len(others) > self._matches_left:
            return
        self._matches_left -= len(others)
        failed: Counter[str] = Counter()
        for other in others:
            near = self._listed.basis.matcher.match_of(pair_key(firm, other.id)).near
            failed.update(fact.code.value for miss in near for fact in miss.failures)
        for gate, count in sorted(failed.items(), key=lambda item: (-item[1], item[0]))[:GATES_NAMED]:
            yield Fact(Code.GATE_FAILED, {"gate": gate, "count": count})
        if not failed:
            yield Fact(Code.NOTHING_SOUGHT)
