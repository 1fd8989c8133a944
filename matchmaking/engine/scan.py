"""Every possible pair of a contact with its score, found without looking at every pair.

Wishes are put to the offers of their families, and to those whose text is alike; nothing else can be
about the same thing (``kinship.is_about``). What is found here is what ``Matcher.match`` finds pair by pair.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from matchmaking.engine import rows as fits
from matchmaking.engine.cases import Case
from matchmaking.engine.columns import Codes, Flags, Numbers, OfferColumns, Places, WishColumns
from matchmaking.engine.kinship import ALIKE, VERY_ALIKE, Kinship
from matchmaking.engine.matches import Matcher
from matchmaking.engine.rows import Rows, six_places
from matchmaking.engine.text import SCALE
from matchmaking.engine.values import PairKey, Wish, pair_key

ROWS_AT_ONCE = 500_000
WISHES_AT_ONCE = 1_000
THREADS = 2
CAPACITY = fits.GATES.index(fits.capacity_gate)
SHARED_SETS = 1 << 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """Passing cases as columns: who sells, who buys, both benefits, and a number for what is traded."""

    seller: Places
    buyer: Places
    seller_benefit: Numbers
    buyer_benefit: Numbers
    subject: Places
    short: "Short"


@dataclass(frozen=True)
class Short:
    """Cases that fail for capacity alone, and the wishes that one business answers, as places.

    ``answered`` wishes have an offer whose capacity is known to suffice, ``perhaps`` one that passes at all.
    """

    offer: Places
    wish: Places
    answered: Places
    perhaps: Places


@dataclass(frozen=True)
class PairScores:
    """Possible pairs as columns, in the order of their ids; benefits and scores are 0 to 1."""

    a: Places
    b: Places
    benefit_a: Numbers
    benefit_b: Numbers
    score: Numbers

    def __len__(self) -> int:
        return len(self.a)

    def by_key(self) -> dict[PairKey, float]:
        """Return the score of each pair by its businesses' ids."""
        keys = zip(self.a.tolist(), self.b.tolist(), strict=True)
        return dict(zip(keys, self.score.tolist(), strict=True))

    def without(self, keys: Mapping[PairKey, object]) -> "PairScores":
        """Return the pairs that are not among the keys."""
        if not keys:
            return self
        rows = zip(self.a.tolist(), self.b.tolist(), strict=True)
        return self.only(np.asarray([pair not in keys for pair in rows], dtype=np.bool_))

    def only(self, which: Flags) -> "PairScores":
        return PairScores(
            self.a[which], self.b[which], self.benefit_a[which], self.benefit_b[which], self.score[which]
        )


class Scan:
    """The offers and wishes of a contact as columns, ready to be put to each other."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.contact = matcher.contact
        self.list_of_offers = list(self.contact.offers)
        self.list_of_wishes = [wish for firm in self.contact.firms for wish in matcher.wishes_of[firm.id]]
        codes = self.codes = Codes(self.contact.firms)
        for wish in self.list_of_wishes:
            for kind in wish.certificates:
                codes.kinds(kind)
        for offer in self.list_of_offers:
            for certificate in offer.certificates:
                codes.kinds(certificate.kind)
        self.offers = OfferColumns(self.list_of_offers, codes)
        self.wishes = WishColumns(self.list_of_wishes, codes, matcher.book)

    @cached_property
    def _kilometres(self) -> Numbers:
        """The distances between the regions of the contact."""
        book, firms = self.matcher.book, {firm.region: firm for firm in self.contact.firms}
        of_region = [firms[region] for region in self.codes.regions]
        table = [[book.kilometres(one, other) for other in of_region] for one in of_region]
        return np.asarray(table, dtype=np.float64)  # None becomes nan

    @cached_property
    def _shared(self) -> Places:
        """A number for the families that two sets share, by the numbers of the sets; 0 where none."""
        sets = list(self.codes.families.numbers)
        numbers: dict[object, int] = {frozenset(): 0}
        table = [[numbers.setdefault(one & other, len(numbers)) for other in sets] for one in sets]  # type: ignore[operator]
        return np.asarray(table, dtype=np.int64).reshape(len(sets), len(sets))

    def found(self, on_progress: Progress | None = None) -> Iterator[Found]:
        """Yield the cases that pass every gate, part by part."""
        total = len(self.list_of_wishes)
        done = 0
        for part, wishes in self.candidates():
            done += wishes
            if on_progress:
                on_progress(min(done, total), total)
            yield self._passing(part)

    def candidates(self) -> Iterator[tuple[Rows, int]]:
        """Yield every case about the right thing, with how many wishes each part has dealt with."""
        for wishes, offers in self._blocks():
            yield self._same_family(wishes, offers), len(wishes)
        stated = np.flatnonzero(~self.wishes.is_implied)
        for start in range(0, len(stated), WISHES_AT_ONCE):
            yield self._alike(stated[start : start + WISHES_AT_ONCE]), 0

    def _blocks(self) -> Iterator[tuple[Places, Places]]:
        """Yield the wishes for one set of families with the offers of those families, a part at a time."""
        kinds = np.stack([self.wishes.is_implied, self.wishes.sector, self.wishes.families])
        distinct, group = np.unique(kinds, axis=1, return_inverse=True)
        for number in range(distinct.shape[1]):
            implied, sector, families = distinct[:, number]
            offers = np.flatnonzero(self._answers(sector, families, implied=bool(implied)))
            wishes = np.flatnonzero(group.ravel() == number)
            step = max(1, ROWS_AT_ONCE // max(1, len(offers)))
            for start in range(0, len(wishes), step):
                yield wishes[start : start + step], offers

    def _answers(self, sector: int, families: int, *, implied: bool) -> Flags:
        """Return which offers are of a family that such a wish names (``Kinship.SAME_FAMILY``)."""
        same_sector = self.offers.sector == sector
        if implied and families == self.codes.no_family:
            return same_sector
        return same_sector & (self._shared[self.offers.families, families] > 0)

    def _same_family(self, wishes: Places, offers: Places) -> Rows:
        wish, offer = np.repeat(wishes, len(offers)), np.tile(offers, len(wishes))
        likeness = np.zeros(len(wish))
        if len(wish) and not self.wishes.is_implied[wishes[0]]:
            texts = self._wish_texts[wishes] @ self._offer_texts[offers].T
            likeness = likeness_of(texts.toarray().ravel())
        kinship = np.full(len(wish), Kinship.SAME_FAMILY.value)
        return self._between_regions(offer, wish, likeness, kinship)

    def _alike(self, wishes: Places) -> Rows:
        """Put stated wishes to offers of other families whose texts are alike."""
        least = min(ALIKE, VERY_ALIKE) * SCALE**2 - SCALE
        found = sp_matmul_topn(
            self._wish_texts[wishes],
            self._offer_columns,
            top_n=max(1, len(self.list_of_offers)),
            threshold=least,
            density=0.05,
            n_threads=THREADS,
        ).tocoo()
        wish, offer = wishes[found.row], found.col.astype(np.int64)
        likeness = likeness_of(found.data)
        same_sector = self.offers.sector[offer] == self.wishes.sector[wish]
        one, other = self.offers.families[offer], self.wishes.families[wish]
        none = self.codes.no_family
        wide = same_sector & ((one == none) | (other == none))
        kinship = np.where(
            wide,
            Kinship.SAME_SECTOR_WIDE.value,
            np.where(same_sector, Kinship.OTHER_FAMILY.value, Kinship.OTHER_SECTOR.value),
        )
        about = likeness >= np.where(wide, ALIKE, VERY_ALIKE)
        about &= ~(same_sector & (self._shared[one, other] > 0))
        return self._between_regions(offer[about], wish[about], likeness[about], kinship[about])

    @cached_property
    def _offer_texts(self) -> csr_matrix:
        book = self.matcher.book
        return book.texts.matrix([book.offer_text(offer) for offer in self.list_of_offers])

    @cached_property
    def _offer_columns(self) -> csr_matrix:
        return self._offer_texts.T.tocsr()

    @cached_property
    def _wish_texts(self) -> csr_matrix:
        book = self.matcher.book
        return book.texts.matrix(
            ["" if wish.implied else book.wish_text(wish) for wish in self.list_of_wishes]
        )

    def _between_regions(self, offer: Places, wish: Places, likeness: Numbers, kinship: Numbers) -> Rows:
        seller = self.codes.region_of[self.offers.firm[offer]]
        buyer = self.codes.region_of[self.wishes.firm[wish]]
        apart = seller != buyer
        kilometres = self._kilometres[seller[apart], buyer[apart]]
        return Rows(
            self.offers, self.wishes, offer[apart], wish[apart], likeness[apart], kinship[apart], kilometres
        )

    def _passing(self, rows: Rows) -> Found:
        failed = fits.failed_gates(rows)
        short = failed[CAPACITY] & (failed.sum(axis=0) == 1)
        passing = ~failed.any(axis=0)
        enough = passing & (rows.quantity <= rows.capacity)
        wish = rows.wish
        shortage = Short(rows.offer[short], wish[short], np.unique(wish[enough]), np.unique(wish[passing]))
        rows = rows.only(passing)
        weights = self.contact.weights
        shared = self._shared[self.offers.families[rows.offer], self.wishes.families[rows.wish]]
        return Found(
            seller=self.offers.firm[rows.offer],
            buyer=self.wishes.firm[rows.wish],
            seller_benefit=fits.seller_benefit(rows, weights),
            buyer_benefit=fits.buyer_benefit(rows, weights),
            subject=rows.wish * SHARED_SETS + shared,
            short=shortage,
        )

    def shortages(self, parts: Sequence[Found]) -> dict[Wish, list[Case]]:
        """Return what fails for capacity alone of every wish that nobody is known to answer alone."""
        answered = {place for part in parts for place in part.short.answered.tolist()}
        short = sorted(
            (wish, offer)
            for part in parts
            for wish, offer in zip(part.short.wish.tolist(), part.short.offer.tolist(), strict=True)
            if wish not in answered
        )
        cases: dict[Wish, list[Case]] = {}
        for wish, offer in short:
            case = self.matcher.book.case(self.list_of_offers[offer], self.list_of_wishes[wish])
            if case is not None and self.matcher.can_meet(pair_key(case.seller.id, case.buyer.id)):
                cases.setdefault(case.wish, []).append(case)
        return cases

    def perhaps_answered(self, parts: Sequence[Found]) -> set[Wish]:
        """Return the wishes that one business may answer alone, as far as capacities are known."""
        places = {place for part in parts for place in part.short.perhaps.tolist()}
        return {self.list_of_wishes[place] for place in places}

    def pairs(self, parts: Sequence[Found]) -> PairScores:
        """Return every possible pair with its score, vetoed ones too."""
        ids = np.asarray([firm.id for firm in self.contact.firms], dtype=np.int64)
        return _pairs_of(parts, ids, self.contact.weights.more_trades)


def likeness_of(products: Numbers) -> Numbers:
    """Return the likeness of two texts from the product of their vectors, as ``Texts.likeness`` does."""
    return np.minimum(1.0, six_places(products / SCALE**2))


def _pairs_of(parts: Sequence[Found], ids: Places, bonus: float) -> PairScores:
    """Put the cases of each pair together: each side's best benefit, and a little for further trades."""
    columns = [
        np.concatenate([getattr(part, name) for part in parts] or [np.zeros(0, dtype=np.int64)])
        for name in ("seller", "buyer", "seller_benefit", "buyer_benefit", "subject")
    ]
    seller, buyer, sold, bought, subject = columns
    low, high = np.minimum(seller, buyer), np.maximum(seller, buyer)
    key = low * len(ids) + high
    sells_low = seller == low
    order = np.lexsort((subject, seller, key))
    key, seller, subject = key[order], seller[order], subject[order]
    starts = _starts(key)
    trades = _starts(key, seller, subject)
    number = np.add.reduceat(np.isin(np.arange(len(key)), trades), starts) if len(key) else starts
    benefit_a = _best(np.where(sells_low, sold, bought)[order], starts)
    benefit_b = _best(np.where(sells_low, bought, sold)[order], starts)
    further = np.minimum(3, np.maximum(0, number - 1))
    benefit_a = six_places(benefit_a + (1 - benefit_a) * bonus * further / 3)
    benefit_b = six_places(benefit_b + (1 - benefit_b) * bonus * further / 3)
    total = benefit_a + benefit_b
    score = np.where(total > 0, six_places(2 * benefit_a * benefit_b / np.where(total > 0, total, 1.0)), 0.0)
    a, b = np.divmod(key[starts], max(1, len(ids)))
    return PairScores(ids[a], ids[b], benefit_a, benefit_b, score)


def _starts(*sorted_columns: Places) -> Places:
    """Return where a new value begins in columns that are sorted together."""
    if not len(sorted_columns[0]):
        return np.zeros(0, dtype=np.int64)
    changes = np.logical_or.reduce([np.diff(column) != 0 for column in sorted_columns])
    return np.concatenate([[0], np.flatnonzero(changes) + 1])


def _best(values: Numbers, starts: Places) -> Numbers:
    return np.maximum.reduceat(values, starts) if len(starts) else np.zeros(0)
