"""Two businesses side by side: their trades in both directions and how well they suit each other."""

from copy import copy
from dataclasses import dataclass

from matchmaking.engine.cases import Case, CaseBook
from matchmaking.engine.facts import Fact
from matchmaking.engine.gates import failures
from matchmaking.engine.implied import implied_wishes
from matchmaking.engine.parts import mutual_score, with_more_trades
from matchmaking.engine.trades import Trade, trade_of
from matchmaking.engine.values import Contact, Firm, Offer, PairKey, Wish

Shares = dict[tuple[int, int | None], int]
"""What members of groups supply, in whole units of the wish, by the ids of the offer and the wish."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An offer about the right thing that still fails: the nearest one to a stated wish without a trade."""

    case: Case
    failures: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Two businesses with the best trade for each thing wished, best first, and the near misses.

    ``benefit_a`` and ``benefit_b`` are each side's benefit and ``score`` their harmonic mean, all
    0.0 to 1.0; without a trade they are 0.0.
    """

    a: Firm
    b: Firm
    trades: tuple[Trade, ...]
    near: tuple[NearMiss, ...]
    benefit_a: float
    benefit_b: float
    score: float

    @property
    def key(self) -> PairKey:
        return (self.a.id, self.b.id)


class Matcher:
    """Puts the businesses of one contact side by side."""

    def __init__(self, contact: Contact) -> None:
        self.contact = contact
        self.book = CaseBook(contact)
        self.wishes_of = self._wishes_of()
        self.shares: Shares = {}

    def answering(self, contact: Contact, shares: Shares) -> "Matcher":
        """Return a matcher of the same rows under other decisions, in which groups answer with shares."""
        other = copy(self)
        other.contact, other.shares = contact, shares
        return other

    def _wishes_of(self) -> dict[int, list[Wish]]:
        wishes: dict[int, list[Wish]] = {firm.id: [] for firm in self.contact.firms}
        for wish in (*self.contact.wishes, *implied_wishes(self.contact)):
            wishes[wish.firm].append(wish)
        return wishes

    def match_of(self, key: PairKey) -> Match:
        """Put two businesses side by side, named by their ids."""
        return self.match(self.book.firms[key[0]], self.book.firms[key[1]])

    def match(self, a: Firm, b: Firm) -> Match:
        """Put two businesses side by side, whatever their regions and staff's decisions."""
        trades: list[Trade] = []
        near: list[NearMiss] = []
        passing: dict[int, list[Trade]] = {a.id: [], b.id: []}
        for seller, buyer in ((a, b), (b, a)):
            for wish in self.wishes_of[buyer.id]:
                found, missed = self._answers(seller, wish)
                passing[seller.id] += found
                trades += _best_of_each_family(found)
                if missed and not found and not wish.implied:
                    near.append(min(missed, key=lambda miss: (len(miss.failures), miss.case.offer.id)))
        trades.sort(key=lambda trade: (-trade.score, trade.offer.id, trade.wish.id or 0, trade.wish.text))
        benefit_a = self._benefit(passing[a.id], passing[b.id], len(trades))
        benefit_b = self._benefit(passing[b.id], passing[a.id], len(trades))
        score = mutual_score(benefit_a, benefit_b)
        return Match(a, b, tuple(trades), tuple(near), benefit_a, benefit_b, score)

    def _answers(self, seller: Firm, wish: Wish) -> tuple[list[Trade], list[NearMiss]]:
        """Return the seller's trades for a wish, best first, and the offers that fail a gate."""
        trades: list[Trade] = []
        missed: list[NearMiss] = []
        for offer in self.book.offers_for(seller, wish):
            case = self._case(offer, wish)
            if case is None:
                continue
            failed = failures(case)
            if failed:
                missed.append(NearMiss(case, failed))
            else:
                trades.append(trade_of(case, self.contact.weights))
        trades.sort(key=lambda trade: (-trade.score, trade.offer.id))
        return trades, missed

    def _case(self, offer: Offer, wish: Wish) -> Case | None:
        case = self.book.case(offer, wish)
        share = None if wish.implied else self.shares.get((offer.id, wish.id))
        return case.with_share(share) if case and share else case

    def _benefit(self, sold: list[Trade], bought: list[Trade], wishes: int) -> float:
        """Return one side's benefit: its best trade, and a little more for further wishes answered."""
        values = [trade.seller for trade in sold] + [trade.buyer for trade in bought]
        return with_more_trades(max(values), wishes, self.contact.weights.more_trades) if values else 0.0


def _best_of_each_family(trades: list[Trade]) -> list[Trade]:
    """Return the first trade for each family that a wish names: one for wayang and one for lamps."""
    best: dict[frozenset[str], Trade] = {}
    for trade in trades:
        best.setdefault(trade.offer.families & trade.wish.families, trade)
    return list(best.values())
