"""What the engine is told about a trade contact, as frozen values.

Money is whole rupiah for one unit, quantities and capacities count the unit named beside them,
lead times are working days. ``None`` always means "not known"; the engine never guesses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

PairKey = tuple[int, int]
ANYWHERE = "*"


def pair_key(one: int, other: int) -> PairKey:
    """Return the ids of two businesses in the one order a pair is stored in, smaller first."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Label:
    """A word of the reference data in Indonesian and in English."""

    id: str
    en: str

    def as_param(self) -> dict[str, str]:
        """Return the label as the parameter of a fact, so that a reader gets it in their language."""
        return {"id": self.id, "en": self.en}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of trade: ``factor`` of the unit ``root`` make one of it (lusin: 12 of buah)."""

    code: str
    root: str
    factor: Fraction
    label: Label


@dataclass(frozen=True, slots=True)
class Category:
    """A sector (no parent) or a product family in it; ``words`` are other names that people use for it."""

    code: str
    parent: str | None
    label: Label
    words: tuple[str, ...] = ()


class Role(StrEnum):
    """What a supplier's good is to the maker that buys it."""

    CORE = "core"
    PACKAGING = "packaging"
    AUXILIARY = "auxiliary"
    SERVICE = "service"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class Complement:
    """Makers of ``buyer`` (``None``: every maker) usually buy ``supplier``; ``weight`` is 0 to 1."""

    buyer: str | None
    supplier: str
    need: Label
    role: Role
    weight: float


class Proof(StrEnum):
    """How far a certificate is: only claimed and checked ones count as held."""

    IN_PROCESS = "in_process"
    CLAIMED = "claimed"
    CHECKED = "checked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that covers an offer, of the product itself or of its business."""

    kind: str
    proof: Proof


@dataclass(frozen=True, slots=True)
class Tier:
    """The price of one unit in whole rupiah from ``min_quantity`` units on."""

    min_quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Firm:
    """A business in the trade contact. ``latitude`` and ``longitude`` are its region's centroid.

    ``office`` is the id of the office that vouches for it.
    """

    id: int
    name: str
    region: str
    region_name: str
    latitude: float | None = None
    longitude: float | None = None
    line: str | None = None
    office: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that a business sells: of these ``families``, or only known to be of ``sector``.

    ``delivers_to`` holds the codes of the provinces ("33") and of the regencies and cities ("33.72") that
    the seller delivers to, ``ANYWHERE`` among them when there is no limit; ``None``: not known.
    """

    id: int
    firm: int
    name: str
    sector: str
    families: frozenset[str] = frozenset()
    description: str = ""
    unit: str | None = None
    tiers: tuple[Tier, ...] = ()
    min_order: int | None = None
    capacity: int | None = None
    lead_days: int | None = None
    certificates: tuple[Certificate, ...] = ()
    consignment: bool | None = None
    delivers_to: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Implication:
    """Why a wish is only implied: its firm makes ``maker``, whose makers usually buy ``supplier``."""

    maker: str | None
    supplier: str
    need: Label
    role: Role
    weight: float


@dataclass(frozen=True, slots=True)
class Wish:
    """Something a business looks for: stated by it (``id``), or implied by what it makes.

    Any of ``families`` answers it; without them only ``sector`` is known. ``quantity`` counts
    ``unit`` each month when ``monthly``, else once. ``ceiling`` is the highest price for one unit.
    ``until`` is the last day on which the wish is open. ``area`` is the code of the province ("33") or of
    the regency or city ("33.72") that suppliers must be of, ``area_name`` its name; ``None``: anywhere.
    """

    firm: int
    text: str
    sector: str
    families: frozenset[str] = frozenset()
    id: int | None = None
    quantity: int | None = None
    unit: str | None = None
    monthly: bool = True
    ceiling: int | None = None
    certificates: tuple[str, ...] = ()
    wanted_from: date | None = None
    until: date | None = None
    area: str | None = None
    area_name: str | None = None
    implied: Implication | None = None


class Kept(StrEnum):
    """Why staff keep a pair: locked, added by an officer, or made of an inquiry or an offer."""

    LOCKED = "locked"
    OFFICER = "officer"
    INQUIRY = "inquiry"
    SUPPLY = "supply"


@dataclass(frozen=True, slots=True)
class Decisions:
    """What staff decided: kept pairs are always on the list, vetoed ones (with the reason) never."""

    kept: Mapping[PairKey, Kept] = field(default_factory=dict)
    vetoed: Mapping[PairKey, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts. Parts of one side are weighed against each other.

    ``implied`` multiplies the benefit of a trade whose wish is only implied. ``more_trades`` is the
    share of what is missing to 1.0 that three further trades of a pair add to a side's benefit.
    """

    buyer_category: float = 0.30
    buyer_text: float = 0.20
    buyer_price: float = 0.25
    buyer_certificate: float = 0.10
    buyer_lead_time: float = 0.15
    seller_volume: float = 0.35
    seller_price: float = 0.25
    seller_distance: float = 0.15
    seller_terms: float = 0.25
    implied: float = 0.60
    more_trades: float = 0.10


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of the choice.

    ``quota`` is the highest number of proposals of one business, ``least_pairs`` the number wished for
    everybody. Pairs that score below ``least_score`` (0 to 1) are proposed only to keep a business from
    being left at zero.
    """

    quota: int = 6
    least_pairs: int = 3
    least_score: float = 0.30


@dataclass(frozen=True, slots=True)
class Contact:
    """All that one list of proposals is made of. ``day`` is when the businesses meet."""

    day: date
    firms: tuple[Firm, ...]
    offers: tuple[Offer, ...]
    wishes: tuple[Wish, ...]
    categories: tuple[Category, ...]
    complements: tuple[Complement, ...] = ()
    units: tuple[Unit, ...] = ()
    decisions: Decisions = Decisions()
    weights: Weights = Weights()
    rules: Rules = Rules()
