"""Many cases at once: the gates and the parts of ``gates`` and ``parts`` over columns of numbers.

Every function here gives for each row exactly what its namesake gives for one case; a property test
holds them to that. ``nan`` stands for what is not known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchmaking.engine import parts
from matchmaking.engine.columns import Flags, Numbers, OfferColumns, Places, WishColumns
from matchmaking.engine.values import Weights


@dataclass(frozen=True)
class Rows:
    """Cases as columns: which offer, which wish, their likeness, category fit and distance."""

    offers: OfferColumns
    wishes: WishColumns
    offer: Places
    wish: Places
    likeness: Numbers
    kinship: Numbers
    kilometres: Numbers

    def __len__(self) -> int:
        return len(self.offer)

    def only(self, which: Flags) -> "Rows":
        """Return some of the rows."""
        return Rows(
            self.offers,
            self.wishes,
            self.offer[which],
            self.wish[which],
            self.likeness[which],
            self.kinship[which],
            self.kilometres[which],
        )

    @cached_property
    def quantity(self) -> Numbers:
        return self.wishes.amounts[0][self.wish, self.offers.unit[self.offer]]

    @cached_property
    def ceiling(self) -> Numbers:
        return self.wishes.amounts[1][self.wish, self.offers.unit[self.offer]]

    @cached_property
    def price(self) -> Numbers:
        return self.offers.price_at(self.offer, self.quantity)

    @cached_property
    def capacity(self) -> Numbers:
        return self.offers.capacity[self.offer]

    @cached_property
    def min_order(self) -> Numbers:
        return self.offers.min_order[self.offer]


def joined(parts: Sequence[Rows], offers: OfferColumns, wishes: WishColumns) -> Rows:
    """Return the rows of several parts as one."""

    def column(name: str, kind: type) -> NDArray[Any]:
        return np.concatenate([np.zeros(0, dtype=kind), *(getattr(part, name) for part in parts)])

    return Rows(
        offers,
        wishes,
        column("offer", np.int64),
        column("wish", np.int64),
        column("likeness", np.float64),
        column("kinship", np.float64),
        column("kilometres", np.float64),
    )


def six_places(values: Numbers) -> Numbers:
    rounded: Numbers = np.rint(values * 1e6) / 1e6
    return rounded


def _known(values: Numbers, *needed: Numbers) -> Numbers:
    """Return the values to six places, neutral where something they need is not known."""
    unknown = np.logical_or.reduce([np.isnan(one) for one in needed])
    return np.where(unknown, parts.UNKNOWN, six_places(np.clip(values, 0.0, 1.0)))


def open_gate(rows: Rows) -> Flags:
    return rows.wishes.is_open[rows.wish]


def area_gate(rows: Rows) -> Flags:
    accepted: Flags = rows.wishes.accepts[rows.wishes.area[rows.wish], rows.offers.region[rows.offer]]
    return accepted


def delivery_gate(rows: Rows) -> Flags:
    reached: Flags = rows.offers.reaches[rows.offers.delivery[rows.offer], rows.wishes.region[rows.wish]]
    return reached


def certificate_gate(rows: Rows) -> Flags:
    passed = np.ones(len(rows), dtype=np.bool_)
    for kinds, here in _by_kinds(rows):
        for kind in kinds:
            passed[here] &= rows.offers.held[rows.offer[here], kind]
    return passed


def capacity_gate(rows: Rows) -> Flags:
    return ~(rows.wishes.is_monthly[rows.wish] & (rows.quantity > rows.capacity))


def price_gate(rows: Rows) -> Flags:
    return ~(rows.price > rows.ceiling)


def min_order_gate(rows: Rows) -> Flags:
    return ~(rows.quantity < rows.min_order)


def _by_kinds(rows: Rows) -> Iterator[tuple[tuple[int, ...], Places]]:
    """Yield the sets of certificates that wishes require, each with the rows that require it."""
    required = rows.wishes.certificates[rows.wish]
    for number in np.unique(required):
        kinds = rows.wishes.sets_of_certificates[number]
        if kinds:
            yield kinds, np.flatnonzero(required == number)


def buyer_benefit(rows: Rows, weights: Weights) -> Numbers:
    """Return what each case is worth to the buyer, 0 to 1 (``trades.trade_of``)."""
    implied = rows.wishes.is_implied[rows.wish]
    category = np.where(implied, rows.wishes.implied_fit[rows.wish], rows.kinship)
    text = np.where(implied, parts.UNKNOWN, np.minimum(1.0, 2 * rows.likeness))
    fits = (
        (weights.buyer_category, category),
        (weights.buyer_text, text),
        (weights.buyer_price, buyer_price_fit(rows)),
        (weights.buyer_certificate, certificate_fit(rows)),
        (weights.buyer_lead_time, lead_time_fit(rows)),
    )
    return _benefit(fits, rows, weights)


def seller_benefit(rows: Rows, weights: Weights) -> Numbers:
    """Return what each case is worth to the seller, 0 to 1 (``trades.trade_of``)."""
    fits = (
        (weights.seller_volume, volume_fit(rows)),
        (weights.seller_price, seller_price_fit(rows)),
        (weights.seller_distance, distance_fit(rows)),
        (weights.seller_terms, terms_fit(rows)),
    )
    return _benefit(fits, rows, weights)


def _benefit(fits: tuple[tuple[float, Numbers], ...], rows: Rows, weights: Weights) -> Numbers:
    total = parts.plain_sum(weight for weight, _ in fits)
    if not total:
        return np.zeros(len(rows))
    mean = six_places(sum((weight * fit for weight, fit in fits), np.zeros(len(rows))) / total)
    share = np.where(rows.wishes.is_implied[rows.wish], weights.implied, 1.0)
    return six_places(share * mean)


def buyer_price_fit(rows: Rows) -> Numbers:
    return _known(0.5 + (rows.ceiling - rows.price) / rows.ceiling, rows.price, rows.ceiling)


def seller_price_fit(rows: Rows) -> Numbers:
    return _known(0.5 + (rows.ceiling - rows.price) / rows.price, rows.price, rows.ceiling)


def certificate_fit(rows: Rows) -> Numbers:
    fits = np.ones(len(rows))
    for kinds, here in _by_kinds(rows):
        worths = [rows.offers.worth[rows.offer[here], kind] for kind in kinds]
        fits[here] = six_places(sum(worths, np.zeros(len(here))) / len(kinds))
    return fits


def lead_time_fit(rows: Rows) -> Numbers:
    lead = rows.offers.lead_days[rows.offer]
    left = rows.wishes.days_left[rows.wish]
    available = np.where(np.isnan(left), parts.USUAL_LEAD_DAYS, left)
    return _known(np.where(lead <= available, 1.0, available / np.maximum(lead, 1)), lead)


def volume_fit(rows: Rows) -> Numbers:
    return _known(rows.capacity / (2 * rows.quantity), rows.capacity, rows.quantity)


def distance_fit(rows: Rows) -> Numbers:
    limits = np.asarray([limit for limit, _ in parts.DISTANCE_FITS])
    fits = np.asarray([fit for _, fit in parts.DISTANCE_FITS] + [parts.FAR_FIT])
    found = fits[np.searchsorted(limits, np.nan_to_num(rows.kilometres))]
    return np.where(np.isnan(rows.kilometres), parts.UNKNOWN, found)


def terms_fit(rows: Rows) -> Numbers:
    size = np.minimum(1.0, 0.5 + (rows.quantity / rows.min_order - 1) / 6)
    size = np.where(rows.quantity >= rows.min_order, size, 0.0)
    unknown = np.isnan(rows.quantity) | np.isnan(rows.min_order)
    size = np.where(unknown, parts.UNKNOWN, size)
    asked = rows.wishes.asks_consignment[rows.wish]
    agreed = np.where(asked, rows.offers.consignment[rows.offer], 1.0)
    return six_places((size + agreed) / 2)


GATES = (
    open_gate,
    area_gate,
    delivery_gate,
    certificate_gate,
    capacity_gate,
    price_gate,
    min_order_gate,
)


def failed_gates(rows: Rows) -> Flags:
    """Return for each row (second axis) which of ``GATES`` (first axis) it fails."""
    return np.stack([~gate(rows) for gate in GATES])
