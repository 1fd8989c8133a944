"""Every case of a contact that passes the gates, found without looking at every pair.

Wishes are put to the offers of their families, and to those whose text is alike; nothing else can be
about the same thing (``kinship.is_about``). What is found here is what ``Matcher.match`` finds pair by pair.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from matchmaking.engine import rows as fits
from matchmaking.engine.cases import Case
from matchmaking.engine.columns import Codes, Flags, Numbers, OfferColumns, Places, WishColumns
from matchmaking.engine.groups import Shortage
from matchmaking.engine.kinship import ALIKE, VERY_ALIKE, Kinship
from matchmaking.engine.matches import Matcher
from matchmaking.engine.rows import Rows, joined, six_places
from matchmaking.engine.text import SCALE
from matchmaking.engine.values import PairKey, pair_key

ROWS_AT_ONCE = 500_000
WISHES_AT_ONCE = 1_000
THREADS = 2
CAPACITY = fits.GATES.index(fits.capacity_gate)
MILLIONTHS = 1_000_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """Passing cases as columns: who sells and who buys (places of firms), both benefits in millionths.

    ``is_new`` marks the first case for each thing that a buyer wishes and a seller has.
    """

    seller: Places
    buyer: Places
    sold: Places
    bought: Places
    is_new: Flags

    def __len__(self) -> int:
        return len(self.seller)


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
        self._noted: dict[str, list[Places]] = {"short": [], "enough": [], "perhaps": []}

    @cached_property
    def _kilometres(self) -> Numbers:
        """The distances between the regions of the contact."""
        book, firms = self.matcher.book, {firm.region: firm for firm in self.contact.firms}
        of_region = [firms[str(region)] for region in self.codes.regions]
        table = [[book.kilometres(one, other) for other in of_region] for one in of_region]
        return np.asarray(table, dtype=np.float64)  # None becomes nan

    @cached_property
    def _shared(self) -> Places:
        """A number for the families that two sets share, by the numbers of the sets; 0 where none."""
        sets = list(self.codes.families.numbers)
        numbers: dict[object, int] = {frozenset(): 0}
        table = [[numbers.setdefault(one & other, len(numbers)) for other in sets] for one in sets]  # type: ignore[operator]
        return np.asarray(table, dtype=np.int64).reshape(len(sets), len(sets))

    def found(self, on_progress: Progress | None = None) -> list[Found]:
        """Return the cases that pass every gate, in parts."""
        parts, done, total = list[Found](), 0, len(self.list_of_wishes)
        for wishes, offers in self._blocks():
            implied = self.wishes.is_implied[wishes[0]]
            parts += self._implied(wishes, offers) if implied else self._stated(wishes, offers)
            done += len(wishes)
            if on_progress:
                on_progress(done, total)
        parts.append(self._passing(joined(list(self.alike()), self.offers, self.wishes)))
        return parts

    def _blocks(self) -> Iterator[tuple[Places, Places]]:
        """Yield the wishes for one set of families with the offers of those families."""
        kinds = np.stack([self.wishes.is_implied, self.wishes.sector, self.wishes.families])
        distinct, group = np.unique(kinds, axis=1, return_inverse=True)
        in_order = np.argsort(group.ravel(), kind="stable")
        ends = np.cumsum(np.bincount(group.ravel(), minlength=distinct.shape[1]))
        for (implied, sector, families), wishes in zip(
            distinct.T.tolist(), np.split(in_order, ends), strict=False
        ):
            yield wishes, np.flatnonzero(self._answers(sector, families, implied=bool(implied)))

    def _stated(self, wishes: Places, offers: Places) -> Iterator[Found]:
        step = max(1, ROWS_AT_ONCE // max(1, len(offers)))
        for start in range(0, len(wishes), step):
            yield self._passing(self._same_family(wishes[start : start + step], offers))

    def _implied(self, wishes: Places, offers: Places) -> Iterator[Found]:
        """Yield the cases of implied wishes. Alike ones of one region are worth the same: one is weighed."""
        region = self.codes.region_of[self.wishes.firm[wishes]]
        kinds = np.stack([self.wishes.implied_fit[wishes], region.astype(np.float64)])
        _, first, group = np.unique(kinds, axis=1, return_index=True, return_inverse=True)
        for number, example in enumerate(first):
            alike = wishes[group.ravel() == number]
            one = self._passing(self._same_family(wishes[example : example + 1], offers))
            yield Found(
                seller=np.tile(one.seller, len(alike)),
                buyer=np.repeat(self.wishes.firm[alike].astype(np.int32), len(one)),
                sold=np.tile(one.sold, len(alike)),
                bought=np.tile(one.bought, len(alike)),
                is_new=np.tile(one.is_new, len(alike)),
            )

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
            texts = self.wish_texts[wishes] @ self.offer_texts[offers].T
            likeness = likeness_of(texts.toarray().ravel())
        kinship = np.full(len(wish), Kinship.SAME_FAMILY.value)
        return self._between_regions(offer, wish, likeness, kinship)

    def alike(self) -> Iterator[Rows]:
        """Yield stated wishes with offers of other families whose texts are alike."""
        stated = ~self.wishes.is_implied
        without_family = self.wishes.families == self.codes.no_family
        for sector in np.unique(self.wishes.sector[stated]):
            of_sector = stated & (self.wishes.sector == sector)
            offers = self.offers.sector == sector
            yield self._wide(of_sector & without_family, offers)
            yield self._wide(
                of_sector & ~without_family, offers & (self.offers.families == self.codes.no_family)
            )
        for region in range(len(self.codes.regions)):
            wishes = np.flatnonzero(stated & (self.codes.region_of[self.wishes.firm] == region))
            offers = np.flatnonzero(self.codes.region_of[self.offers.firm] != region)
            for start in range(0, len(wishes), WISHES_AT_ONCE):
                yield self._across(wishes[start : start + WISHES_AT_ONCE], offers)

    def _wide(self, wishes: Flags, offers: Flags) -> Rows:
        """Put wishes to offers of their sector, where one of the two names no family."""
        wish_places, offer_places = np.flatnonzero(wishes), np.flatnonzero(offers)
        products = self.wish_texts[wish_places] @ self.offer_texts[offer_places].T
        found = products.tocoo()
        likeness = likeness_of(found.data)
        alike = likeness >= ALIKE
        kinship = np.full(int(alike.sum()), Kinship.SAME_SECTOR_WIDE.value)
        wish, offer = wish_places[found.row[alike]], offer_places[found.col[alike]]
        return self._between_regions(offer, wish, likeness[alike], kinship)

    def _across(self, wishes: Places, offers: Places) -> Rows:
        """Put wishes to offers of other families or sectors whose texts are very alike."""
        found = sp_matmul_topn(
            self.wish_texts[wishes],
            self.offer_texts[offers].T.tocsr(),
            top_n=max(1, len(offers)),
            threshold=VERY_ALIKE * SCALE**2 - SCALE,
            density=0.01,
            n_threads=THREADS,
        ).tocoo()
        wish, offer, likeness = wishes[found.row], offers[found.col], likeness_of(found.data)
        same_sector = self.offers.sector[offer] == self.wishes.sector[wish]
        one, other = self.offers.families[offer], self.wishes.families[wish]
        nearer = (
            (one == self.codes.no_family) | (other == self.codes.no_family) | (self._shared[one, other] > 0)
        )
        about = (likeness >= VERY_ALIKE) & ~(same_sector & nearer)
        kinship = np.where(same_sector, Kinship.OTHER_FAMILY.value, Kinship.OTHER_SECTOR.value)
        return self._between_regions(offer[about], wish[about], likeness[about], kinship[about])

    @cached_property
    def offer_texts(self) -> csr_matrix:
        book = self.matcher.book
        return book.texts.matrix([book.offer_text(offer) for offer in self.list_of_offers])

    @cached_property
    def wish_texts(self) -> csr_matrix:
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
        passing: Flags = np.logical_not(failed.any(axis=0))
        if len(rows) and not self.wishes.is_implied[rows.wish[0]]:
            self._note(rows, failed)
        rows = rows.only(passing)
        seller = self.offers.firm[rows.offer]
        shared = self._shared[self.offers.families[rows.offer], self.wishes.families[rows.wish]]
        weights = self.contact.weights
        return Found(
            seller=seller.astype(np.int32),
            buyer=self.wishes.firm[rows.wish].astype(np.int32),
            sold=_millionths(fits.seller_benefit(rows, weights)),
            bought=_millionths(fits.buyer_benefit(rows, weights)),
            is_new=_is_first(rows.wish, seller, shared),
        )

    def _note(self, rows: Rows, failed: Flags) -> None:
        """Keep the cases that tell whether a wish needs a group."""
        short = failed[CAPACITY] & (failed.sum(axis=0) == 1)
        passing = ~failed.any(axis=0) & self.wishes.is_monthly[rows.wish] & ~np.isnan(rows.quantity)
        enough = passing & (rows.quantity <= rows.capacity)
        for name, which in (("short", short), ("enough", enough), ("perhaps", passing & ~enough)):
            self._noted[name].append(np.stack([rows.wish[which], rows.offer[which]]))

    def shortages(self, can_meet: Callable[[PairKey], bool]) -> list[Shortage]:
        """Return the wishes that nobody is known to answer alone. Known once ``found`` has run."""
        short = self._noted_cases("short", can_meet)
        enough = self._noted_cases("enough", can_meet, among=short)
        perhaps = self._noted_cases("perhaps", can_meet, among=short)
        return [
            Shortage(
                wish=self.list_of_wishes[wish],
                cases=tuple(self._case(wish, offer) for offer in offers),
                perhaps=wish in perhaps,
            )
            for wish, offers in short.items()
            if wish not in enough
        ]

    def _noted_cases(
        self, name: str, can_meet: Callable[[PairKey], bool], among: Collection[int] | None = None
    ) -> dict[int, list[int]]:
        """Return the offers of noted cases whose businesses can meet, by their wishes, in order."""
        rows = np.concatenate([np.zeros((2, 0), dtype=np.int64), *self._noted[name]], axis=1)
        if among is not None:
            rows = rows[:, np.isin(rows[0], list(among))]
        found: dict[int, list[int]] = {}
        for wish, offer in sorted(zip(*rows.tolist(), strict=True)):
            if can_meet(pair_key(self.list_of_offers[offer].firm, self.list_of_wishes[wish].firm)):
                found.setdefault(wish, []).append(offer)
        return found

    def _case(self, wish: int, offer: int) -> Case:
        case = self.matcher.book.case(self.list_of_offers[offer], self.list_of_wishes[wish])
        if case is None:
            raise LookupError("a noted case is about the right thing")
        return case


def likeness_of(products: Numbers) -> Numbers:
    """Return the likeness of two texts from the product of their vectors, as ``Texts.likeness`` does."""
    return np.minimum(1.0, six_places(products / SCALE**2))


def _millionths(values: Numbers) -> Places:
    return np.rint(values * MILLIONTHS).astype(np.int32)


def _is_first(wish: Places, seller: Places, shared: Places) -> Flags:
    """Mark the first row for each wish, seller and shared families."""
    first = np.zeros(len(wish), dtype=np.bool_)
    width, depth = int(seller.max(initial=0)) + 1, int(shared.max(initial=0)) + 1
    first[np.unique((wish * width + seller) * depth + shared, return_index=True)[1]] = True
    return first
