"""The parts of each side's benefit: small functions from numbers to a fit of 0.0 (bad) to 1.0 (ideal).

``UNKNOWN`` (0.5) stands for what nobody has said yet: it neither helps nor harms.
"""

import math
import operator
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import reduce

from matchmaking.engine.kinship import Kinship
from matchmaking.engine.values import Certificate, Proof, Role

UNKNOWN = 0.5
USUAL_LEAD_DAYS = 14
EARTH_RADIUS_KM = 6371.0
ROLE_FITS = {
    Role.CORE: 1.0,
    Role.PACKAGING: 0.85,
    Role.AUXILIARY: 0.7,
    Role.SERVICE: 0.55,
    Role.EQUIPMENT: 0.55,
}
PROOF_ORDER = (Proof.EXPIRED, Proof.IN_PROCESS, Proof.CLAIMED, Proof.CHECKED)
PROOF_WORTH: Mapping[Proof | None, float] = {Proof.CHECKED: 1.0, Proof.CLAIMED: 0.8}
DISTANCE_FITS = ((100.0, 1.0), (300.0, 0.9), (700.0, 0.75), (1500.0, 0.5))
FAR_FIT = 0.3


def six_places(value: float) -> float:
    """Return a fit or score to six places, the same here and where whole columns are rounded.

    >>> six_places(2 / 3)
    0.666667
    """
    return round(value * 1e6) / 1e6


def plain_sum(values: Iterable[float]) -> float:
    """Return the sum, one addition after the other: ``sum`` is more exact from Python 3.12 on, NumPy is not.

    >>> plain_sum([0.1] * 10)
    0.9999999999999999
    """
    return reduce(operator.add, values, 0.0)


def category_fit(kinship: Kinship) -> float:
    """Return the fit of an offer's category to a stated wish, 0.0 to 1.0.

    >>> category_fit(Kinship.SAME_FAMILY), category_fit(Kinship.OTHER_FAMILY)
    (1.0, 0.3)
    """
    return kinship.value


def implied_fit(role: Role, weight: float) -> float:
    """Return the fit of an implied wish: what the good is to its maker, times the table's weight.

    ``weight`` is 0 to 1. Core counts more than packaging, auxiliary goods and services.

    >>> implied_fit(Role.CORE, 0.9), implied_fit(Role.PACKAGING, 0.8)
    (0.9, 0.68)
    """
    return six_places(ROLE_FITS[role] * weight)


def text_fit(likeness: float) -> float:
    """Return the fit of two texts from their likeness (cosine, 0 to 1): half alike is already ideal.

    >>> text_fit(0.2), text_fit(0.7)
    (0.4, 1.0)
    """
    return min(1.0, 2 * likeness)


def buyer_price_fit(price: float | None, ceiling: float | None) -> float:
    """Return how good a price is for the buyer: 0.5 at the ceiling, 1.0 at half of it or less.

    Both are rupiah for the same unit. A lower price never lowers the fit.

    >>> buyer_price_fit(29_900, 33_000), buyer_price_fit(33_000, 33_000), buyer_price_fit(None, 33_000)
    (0.593939, 0.5, 0.5)
    """
    if price is None or ceiling is None:
        return UNKNOWN
    return six_places(min(1.0, max(0.0, 0.5 + (ceiling - price) / ceiling)))


def seller_price_fit(price: float | None, ceiling: float | None) -> float:
    """Return how safely the seller gets its price: 0.5 at the ceiling, 1.0 from 1.5 times the price.

    Both are rupiah for the same unit. A higher ceiling never lowers the fit.

    >>> seller_price_fit(29_900, 33_000), seller_price_fit(20_000, 30_000)
    (0.603679, 1.0)
    """
    if price is None or ceiling is None:
        return UNKNOWN
    return six_places(min(1.0, max(0.0, 0.5 + (ceiling - price) / price)))


def best_proof(kind: str, held: Sequence[Certificate]) -> Proof | None:
    """Return the furthest proof of one kind of certificate, of the product or of its business.

    >>> best_proof("halal", [Certificate("halal", Proof.EXPIRED), Certificate("halal", Proof.CLAIMED)]).value
    'claimed'
    """
    proofs = [certificate.proof for certificate in held if certificate.kind == kind]
    return max(proofs, key=PROOF_ORDER.index, default=None)


def certificate_fit(required: Sequence[str], held: Sequence[Certificate]) -> float:
    """Return the fit of certificates: 1.0 when none is required or all are checked by an officer.

    One that is only claimed counts 0.8, a missing one 0.0; the mean over the required ones.

    >>> held = [Certificate("pirt", Proof.CHECKED), Certificate("halal", Proof.CLAIMED)]
    >>> certificate_fit(["pirt", "halal"], held)
    0.9
    """
    if not required:
        return 1.0
    worths = [PROOF_WORTH.get(best_proof(kind, held), 0.0) for kind in required]
    return six_places(plain_sum(worths) / len(worths))


def working_days(start: date, end: date) -> int:
    """Return the number of weekdays after ``start`` up to and including ``end``; 0 when end is not later.

    Holidays are not known here and count as working days.

    >>> working_days(date(2026, 3, 20), date(2026, 3, 27))
    5
    """
    weeks, rest = divmod(max(0, (end - start).days), 7)
    extra = sum((start + timedelta(days=step)).weekday() < 5 for step in range(1, rest + 1))
    return weeks * 5 + extra


def lead_time_fit(lead_days: int | None, days_left: int | None) -> float:
    """Return the fit of a lead time: 1.0 in time, else the share of it that is there.

    Both are working days. Without a date (``days_left`` is ``None``) 14 days are taken as usual.

    >>> lead_time_fit(10, 20), lead_time_fit(40, 20), lead_time_fit(28, None), lead_time_fit(None, 20)
    (1.0, 0.5, 0.5, 0.5)
    """
    if lead_days is None:
        return UNKNOWN
    available = USUAL_LEAD_DAYS if days_left is None else days_left
    return 1.0 if lead_days <= available else six_places(available / lead_days)


def volume_fit(quantity: float | None, capacity: float | None) -> float:
    """Return how well a quantity fits a monthly capacity: 0.5 when it takes all, 1.0 up to half of it.

    Both count the same unit; an order for once is held against one month. More capacity never
    lowers the fit.

    >>> volume_fit(3_000, 40_000), volume_fit(800, 1_000), volume_fit(5_000, 800)
    (1.0, 0.625, 0.08)
    """
    if quantity is None or capacity is None:
        return UNKNOWN
    return six_places(min(1.0, capacity / (2 * quantity)))


def terms_fit(
    quantity: float | None, min_order: float | None, *, consignment_asked: bool, consignment: bool | None
) -> float:
    """Return how the order suits the seller's terms.

    Half is the order's size: 0.5 at the minimum order, 1.0 from four times on. Half is consignment:
    1.0 when it is not asked or is accepted, 0.5 when nobody has said, 0.0 when it is refused.

    >>> terms_fit(80, 20, consignment_asked=False, consignment=None)
    1.0
    >>> terms_fit(20, 20, consignment_asked=True, consignment=None)
    0.5
    """
    if quantity is None or min_order is None:
        size = UNKNOWN
    else:
        size = min(1.0, 0.5 + (quantity / min_order - 1) / 6) if quantity >= min_order else 0.0
    agreed = {True: 1.0, False: 0.0, None: UNKNOWN}[consignment] if consignment_asked else 1.0
    return six_places((size + agreed) / 2)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two points (latitude, longitude in degrees) in kilometres.

    >>> round(distance_km((-7.10, 107.61), (-7.57, 110.82)))
    358
    """
    (lat1, lng1), (lat2, lng2) = one, other
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = (
        math.sin((phi2 - phi1) / 2) ** 2
        + math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lng2 - lng1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))


def distance_fit(kilometres: float | None) -> float:
    """Return the fit of a distance by its class: 1.0 within 100 km down to 0.3 beyond 1,500 km.

    >>> distance_fit(358), distance_fit(2_000), distance_fit(None)
    (0.75, 0.3, 0.5)
    """
    if kilometres is None:
        return UNKNOWN
    return next((fit for limit, fit in DISTANCE_FITS if kilometres <= limit), FAR_FIT)


def weighted_mean(fits: Sequence[tuple[float, float]]) -> float:
    """Return the mean of (weight, fit) pairs, 0.0 to 1.0; 0.0 when no weight is set.

    >>> weighted_mean([(0.3, 1.0), (0.1, 0.2)])
    0.8
    """
    total = plain_sum(weight for weight, _ in fits)
    return six_places(plain_sum(weight * fit for weight, fit in fits) / total) if total else 0.0


def mutual_score(one: float, other: float) -> float:
    """Return how well two businesses suit each other: the harmonic mean of their benefits, 0 to 1.

    A pair that only one side wants scores low.

    >>> mutual_score(1.0, 0.1), mutual_score(0.0, 0.0)
    (0.181818, 0.0)
    """
    return six_places(2 * one * other / (one + other)) if one + other else 0.0


def with_more_trades(best: float, trades: int, bonus: float) -> float:
    """Return a side's benefit from its best trade and the number of trades, still at most 1.0.

    Three further trades give the whole ``bonus``: a share (0 to 1) of what is missing to 1.0.

    >>> with_more_trades(0.6, 1, 0.1), with_more_trades(0.6, 4, 0.1), with_more_trades(0.6, 9, 0.1)
    (0.6, 0.64, 0.64)
    """
    further = min(3, max(0, trades - 1))
    return six_places(best + (1 - best) * bonus * further / 3)
