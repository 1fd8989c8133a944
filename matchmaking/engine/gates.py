"""The hard gates. Each returns ``None`` when the case passes, else the fact that says why not.

A gate fails only on what is known: an unknown price, capacity or minimum order passes and is listed
as missing instead. Certificates are the exception: one that nobody has claimed is not there.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from matchmaking.engine.cases import Case
from matchmaking.engine.facts import Code, Fact
from matchmaking.engine.parts import best_proof
from matchmaking.engine.values import ANYWHERE, Certificate, Offer, Proof

HELD = (Proof.CLAIMED, Proof.CHECKED)
MISSING = "missing"


def number(value: Fraction | int) -> int | float:
    """Return a number as it is stored and shown: whole where it is whole, else with two places.

    >>> number(Fraction(24)), number(Fraction(100, 3))
    (24, 33.33)
    """
    return int(value) if value == int(value) else round(float(value), 2)


def open_gate(case: Case) -> Fact | None:
    """Fail a wish that is past its last day: open until 1 March fails on 22 March."""
    until = case.wish.until
    if until is None or until >= case.day:
        return None
    return Fact(Code.WISH_CLOSED, {"need": case.wish.text, "until": until.isoformat()})


def lies_in(region: str, area: str | None) -> bool:
    """Return whether a regency or city lies in an area, by their codes; every one lies in ``None``.

    >>> lies_in("33.72", "33"), lies_in("33.72", "33.72"), lies_in("33.72", "33.7"), lies_in("32.04", "33")
    (True, True, False, False)
    """
    return area is None or region == area or region.startswith(f"{area}.")


def area_gate(case: Case) -> Fact | None:
    """Fail a seller from outside the area the wish asks for: Kabupaten Bandung for "Jawa Tengah".

    A wish that names no area is open to sellers from anywhere.
    """
    if lies_in(case.seller.region, case.wish.area):
        return None
    return Fact(
        Code.OUTSIDE_AREA,
        {
            "product": case.offer.name,
            "seller": case.seller.name,
            "need": case.wish.text,
            "area": case.wish.area_name or case.wish.area,
            "region": case.seller.region_name,
        },
    )


def delivers(offer: Offer, region: str) -> bool:
    """Return whether a seller delivers an offer to a regency or city, as far as that is known.

    >>> from matchmaking.engine.values import Offer
    >>> tea = Offer(1, 1, "Teh", "kuliner", delivers_to=frozenset({"32", "33.72"}))
    >>> delivers(tea, "32.04"), delivers(tea, "33.72"), delivers(tea, "33.71")
    (True, True, False)
    """
    areas = offer.delivers_to
    return areas is None or any(area == ANYWHERE or lies_in(region, area) for area in areas)


def delivery_gate(case: Case) -> Fact | None:
    """Fail a seller who does not deliver to the buyer's regency or city: only Jawa Barat against Surakarta.

    A seller who has not said where the goods are delivered passes; the pair lists that as not known.
    """
    if delivers(case.offer, case.buyer.region):
        return None
    return Fact(
        Code.NOT_DELIVERED,
        {
            "product": case.offer.name,
            "seller": case.seller.name,
            "need": case.wish.text,
            "region": case.buyer.region_name,
        },
    )


def missing_certificates(required: Sequence[str], held: Sequence[Certificate]) -> dict[str, str]:
    """Return the required kinds that are not held, each with what is wrong: missing, in process, expired.

    >>> held = [Certificate("halal", Proof.IN_PROCESS), Certificate("sni", Proof.CLAIMED)]
    >>> missing_certificates(["pirt", "halal", "sni"], held)
    {'pirt': 'missing', 'halal': 'in_process'}
    """
    proofs = {kind: best_proof(kind, held) for kind in required}
    return {kind: str(proof or MISSING) for kind, proof in proofs.items() if proof not in HELD}


def certificate_gate(case: Case) -> Fact | None:
    """Fail an offer without a certificate the wish requires. In process or expired is not held.

    A wish that requires P-IRT is not answered by a product whose P-IRT is "Proses".
    """
    missing = missing_certificates(case.wish.certificates, case.offer.certificates)
    if not missing:
        return None
    kinds = [[kind, str(state)] for kind, state in sorted(missing.items())]
    return Fact(
        Code.CERTIFICATES_NOT_HELD,
        {"product": case.offer.name, "seller": case.seller.name, "need": case.wish.text, "kinds": kinds},
    )


def capacity_gate(case: Case) -> Fact | None:
    """Fail a monthly wish above what the seller can make in a month: 5,000 against 800 lacks 4,200.

    Both count the offer's unit. A wish for once may be made over several months.
    """
    capacity = case.offer.capacity
    if capacity is None or case.quantity is None or not case.wish.monthly or case.quantity <= capacity:
        return None
    return Fact(
        Code.OVER_CAPACITY,
        {
            "product": case.offer.name,
            "need": case.wish.text,
            "quantity": number(case.quantity),
            "capacity": capacity,
            "gap": number(case.quantity - capacity),
            "unit": case.unit_label,
        },
    )


def price_gate(case: Case) -> Fact | None:
    """Fail a price above the wish's ceiling at the wished quantity: Rp35.000 against Rp33.000.

    Both are rupiah for one unit of the offer.
    """
    if case.price is None or case.ceiling is None or case.price <= case.ceiling:
        return None
    return Fact(
        Code.OVER_CEILING,
        {
            "product": case.offer.name,
            "need": case.wish.text,
            "price": case.price,
            "ceiling": number(case.ceiling),
            "excess": number(case.price - case.ceiling),
            "unit": case.unit_label,
        },
    )


def min_order_gate(case: Case) -> Fact | None:
    """Fail a wish smaller than the seller's minimum order: 50 metres against at least 500."""
    least = case.offer.min_order
    if least is None or case.quantity is None or case.quantity >= least:
        return None
    return Fact(
        Code.BELOW_MIN_ORDER,
        {
            "product": case.offer.name,
            "need": case.wish.text,
            "quantity": number(case.quantity),
            "min_order": least,
            "unit": case.unit_label,
        },
    )


GATES: tuple[Callable[[Case], Fact | None], ...] = (
    open_gate,
    area_gate,
    delivery_gate,
    certificate_gate,
    capacity_gate,
    price_gate,
    min_order_gate,
)


def failures(case: Case) -> tuple[Fact, ...]:
    """Return why a case about the right thing still cannot be a trade; empty when it can."""
    return tuple(fact for gate in GATES if (fact := gate(case)) is not None)
