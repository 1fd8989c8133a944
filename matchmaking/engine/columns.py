"""Offers and wishes as columns of numbers, so that thousands of them can be put to each other at once.

A row of a column stands for one offer or wish, in the order of the lists it is made from. ``nan`` means
"not known". ``cases.Case`` holds the same numbers for a single offer and wish.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matchmaking.engine import parts
from matchmaking.engine.cases import CaseBook
from matchmaking.engine.gates import HELD, delivers, lies_in
from matchmaking.engine.text import asks_for_consignment
from matchmaking.engine.values import Firm, Offer, Wish

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
CONSIGNMENT = {None: parts.UNKNOWN, True: 1.0, False: 0.0}


class Numbering:
    """Gives every distinct value a whole number from 0 on, in the order of their first appearance."""

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}

    def __call__(self, value: object) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


class Codes:
    """The numbers that stand for firms, sectors, sets of families, units and kinds of certificates."""

    def __init__(self, firms: Sequence[Firm]) -> None:
        self.firms = {firm.id: place for place, firm in enumerate(firms)}
        regions = Numbering()
        self.region_of = np.asarray([regions(firm.region) for firm in firms], dtype=np.int64)
        self.regions = list(regions.numbers)
        self.sectors = Numbering()
        self.families = Numbering()
        self.units = Numbering()
        self.units(None)
        self.kinds = Numbering()

    @property
    def no_family(self) -> int:
        """The number of the empty set of families."""
        return self.families(frozenset())


def _numbers(values: Sequence[float | None]) -> Numbers:
    return np.asarray([np.nan if value is None else value for value in values], dtype=np.float64)


class OfferColumns:
    """The offers of a contact."""

    def __init__(self, offers: Sequence[Offer], codes: Codes) -> None:
        self.firm = np.asarray([codes.firms[offer.firm] for offer in offers], dtype=np.int64)
        self.region = codes.region_of[self.firm]
        self.sector = np.asarray([codes.sectors(offer.sector) for offer in offers], dtype=np.int64)
        self.families = np.asarray([codes.families(offer.families) for offer in offers], dtype=np.int64)
        self.unit = np.asarray([codes.units(offer.unit) for offer in offers], dtype=np.int64)
        self.capacity = _numbers([offer.capacity for offer in offers])
        self.min_order = _numbers([offer.min_order for offer in offers])
        self.lead_days = _numbers([offer.lead_days for offer in offers])
        self.consignment = _numbers([CONSIGNMENT[offer.consignment] for offer in offers])
        self._set_deliveries(offers, codes)
        self._set_prices(offers)
        self._set_certificates(offers, codes)

    def _set_deliveries(self, offers: Sequence[Offer], codes: Codes) -> None:
        """Number the sets of areas sellers deliver to, and keep which of them (rows) reach which regions."""
        areas, examples = Numbering(), list[Offer]()
        self.delivery = np.asarray([areas(offer.delivers_to) for offer in offers], dtype=np.int64)
        for offer in offers:
            if areas(offer.delivers_to) == len(examples):
                examples.append(offer)
        reached = [[delivers(offer, region) for region in codes.regions] for offer in examples]  # type: ignore[arg-type]
        self.reaches = np.asarray(reached, dtype=np.bool_).reshape(len(reached), len(codes.regions))

    def _set_prices(self, offers: Sequence[Offer]) -> None:
        """Keep the tiers side by side: from which quantity (infinite where there is none), and the price."""
        deepest = max((len(offer.tiers) for offer in offers), default=0) or 1
        self.tier_from = np.full((len(offers), deepest), np.inf)
        self.tier_price = np.full((len(offers), deepest), np.nan)
        for row, offer in enumerate(offers):
            for step, tier in enumerate(sorted(offer.tiers, key=lambda tier: tier.min_quantity)):
                self.tier_from[row, step] = tier.min_quantity
                self.tier_price[row, step] = tier.price

    def _set_certificates(self, offers: Sequence[Offer], codes: Codes) -> None:
        """Keep what each kind of certificate is worth (``parts.PROOF_WORTH``), and whether it is held."""
        best = [
            (row, codes.kinds(kind), parts.best_proof(kind, offer.certificates))
            for row, offer in enumerate(offers)
            for kind in sorted({certificate.kind for certificate in offer.certificates})
        ]
        self.worth = np.zeros((len(offers), len(codes.kinds.numbers)))
        self.held = np.zeros(self.worth.shape, dtype=np.bool_)
        for row, kind, proof in best:
            self.worth[row, kind] = parts.PROOF_WORTH.get(proof, 0.0)
            self.held[row, kind] = proof in HELD

    def price_at(self, rows: Places, quantity: Numbers) -> Numbers:
        """Return the price of one unit at a quantity, as ``cases.price_at`` does for one offer."""
        reached = (self.tier_from[rows] <= quantity[:, None]).sum(axis=1)
        return self.tier_price[rows, np.maximum(reached - 1, 0)]


class WishColumns:
    """The wishes of a contact, stated ones and implied ones."""

    def __init__(self, wishes: Sequence[Wish], codes: Codes, book: CaseBook) -> None:
        self._wishes, self._codes, self._book = wishes, codes, book
        self.firm = np.asarray([codes.firms[wish.firm] for wish in wishes], dtype=np.int64)
        self.region = codes.region_of[self.firm]
        self.sector = np.asarray([codes.sectors(wish.sector) for wish in wishes], dtype=np.int64)
        self.families = np.asarray([codes.families(wish.families) for wish in wishes], dtype=np.int64)
        self.is_implied = np.asarray([wish.implied is not None for wish in wishes], dtype=np.bool_)
        self.implied_fit = _numbers(
            [
                parts.implied_fit(wish.implied.role, wish.implied.weight) if wish.implied else None
                for wish in wishes
            ]
        )
        self.is_monthly = np.asarray([wish.monthly for wish in wishes], dtype=np.bool_)
        self.days_left = _numbers([book.days_left(wish) for wish in wishes])
        self.is_open = np.asarray(
            [wish.until is None or wish.until >= book.contact.day for wish in wishes], dtype=np.bool_
        )
        self.asks_consignment = np.asarray(
            [asks_for_consignment(wish.text) for wish in wishes], dtype=np.bool_
        )
        self._set_areas(wishes, codes)
        certificates = Numbering()
        self.certificates = np.asarray(
            [certificates(tuple(codes.kinds(kind) for kind in wish.certificates)) for wish in wishes],
            dtype=np.int64,
        )
        self.sets_of_certificates: list[tuple[int, ...]] = list(certificates.numbers)  # type: ignore[arg-type]

    def _set_areas(self, wishes: Sequence[Wish], codes: Codes) -> None:
        """Number the areas that wishes ask for, and keep which of them (rows) accept which regions."""
        areas = Numbering()
        self.area = np.asarray([areas(wish.area) for wish in wishes], dtype=np.int64)
        accepts = [[lies_in(region, area) for region in codes.regions] for area in areas.numbers]  # type: ignore[arg-type]
        self.accepts = np.asarray(accepts, dtype=np.bool_).reshape(len(accepts), len(codes.regions))

    @cached_property
    def amounts(self) -> tuple[Numbers, Numbers]:
        """The quantity and the price ceiling of each wish (rows) in each unit of the offers (columns)."""
        units = list(self._codes.units.numbers)
        quantity = np.full((len(self._wishes), len(units)), np.nan)
        ceiling = quantity.copy()
        for row, wish in enumerate(self._wishes):
            if wish.quantity is None and wish.ceiling is None:
                continue
            for column, unit in enumerate(units):
                factor = self._book.units.factor(wish.unit, unit)  # type: ignore[arg-type]
                if factor is not None and wish.quantity is not None:
                    quantity[row, column] = float(wish.quantity * factor)
                if factor is not None and wish.ceiling is not None:
                    ceiling[row, column] = float(wish.ceiling / factor)
        return quantity, ceiling
