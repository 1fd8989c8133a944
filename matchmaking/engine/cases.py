"""One offer put to one wish: the case that gates and parts look at, in the offer's unit."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from matchmaking.engine import parts
from matchmaking.engine.kinship import Kinship, is_about, kinship_of
from matchmaking.engine.text import Texts, without_purpose
from matchmaking.engine.units import Units
from matchmaking.engine.values import Contact, Firm, Offer, Wish
from matchmaking.engine.words import with_aside


@dataclass(frozen=True, slots=True)
class Case:
    """An offer and a wish of two businesses.

    ``quantity`` and ``ceiling`` are the wish's, in the offer's unit; ``None`` when not stated or
    when the units do not convert (``unit_factor`` is ``None``). ``price`` is the offer's at that
    quantity. ``days_left`` counts working days from the meeting to the day the wish starts. In a group
    ``quantity`` is the seller's ``share`` (in the wish's unit), not the whole wish.
    """

    seller: Firm
    buyer: Firm
    offer: Offer
    wish: Wish
    kinship: Kinship
    likeness: float
    unit_factor: Fraction | None
    quantity: Fraction | None
    ceiling: Fraction | None
    price: int | None
    kilometres: float | None
    day: date
    days_left: int | None
    unit_label: dict[str, str] | None
    wish_unit_label: dict[str, str] | None
    share: int | None = None

    @property
    def capacity(self) -> int | None:
        """How many whole units of the wish the seller can make in a month; ``None`` when not known."""
        if self.offer.capacity is None or self.unit_factor is None:
            return None
        return int(self.offer.capacity / self.unit_factor)

    def with_share(self, share: int) -> "Case":
        """Return the case in which the seller answers a share of the wish, in whole units of the wish."""
        quantity = share * (self.unit_factor or Fraction(1))
        return replace(self, quantity=quantity, price=price_at(self.offer, quantity), share=share)

    @property
    def spare_days(self) -> int | None:
        """Working days between delivery and the day the wish starts; negative when it comes late."""
        if self.days_left is None or self.offer.lead_days is None:
            return None
        return self.days_left - self.offer.lead_days


def price_at(offer: Offer, quantity: Fraction | None) -> int | None:
    """Return the price of one unit in rupiah at a quantity; of the smallest tier when it is unknown.

    A quantity below the first tier still gets its price: the minimum order is another gate.
    """
    tiers = sorted(offer.tiers, key=lambda tier: tier.min_quantity)
    if not tiers:
        return None
    reached = [tier for tier in tiers if quantity is not None and tier.min_quantity <= quantity]
    return (reached or tiers[:1])[-1].price


class CaseBook:
    """What the whole contact knows, ready to put any offer to any wish."""

    def __init__(self, contact: Contact) -> None:
        self.contact = contact
        self.categories = {category.code: category for category in contact.categories}
        self.units = Units(contact.units)
        self.firms = {firm.id: firm for firm in contact.firms}
        self._names: dict[frozenset[str], str] = {}
        self.texts = Texts(
            {self.offer_text(offer) for offer in contact.offers}
            | {self.wish_text(wish) for wish in contact.wishes}
        )
        self._kilometres: dict[tuple[str, str], float | None] = {}

    def offer_text(self, offer: Offer) -> str:
        """Return what an offer says about itself, and aside the other names of its families."""
        return with_aside(f"{offer.name} {offer.description}".strip(), self._names_of(offer.families))

    def wish_text(self, wish: Wish) -> str:
        """Return what a wish says it looks for, without what that is for.

        The names of its families stay out: on both sides they would count once more what
        ``category_fit`` counts. Beside the offer they let "konveksi seragam" meet a shirt.
        """
        return with_aside(without_purpose(wish.text), "")

    def _names_of(self, families: frozenset[str]) -> str:
        """Return the label and the other names of some families; looked up once for each set of them."""
        if families not in self._names:
            known = [self.categories[family] for family in sorted(families) if family in self.categories]
            names = [name for category in known for name in (category.label.id, *category.words)]
            self._names[families] = " ".join(names)
        return self._names[families]

    @cached_property
    def offers_of(self) -> dict[int, list[Offer]]:
        """The offers of each business."""
        offers: dict[int, list[Offer]] = {firm: [] for firm in self.firms}
        for offer in self.contact.offers:
            offers[offer.firm].append(offer)
        return offers

    @cached_property
    def _offers_by_kind(self) -> dict[tuple[int, str], list[Offer]]:
        """The offers of each business by family, and by sector."""
        offers: dict[tuple[int, str], list[Offer]] = {}
        for offer in self.contact.offers:
            for kind in (offer.sector, *offer.families):
                offers.setdefault((offer.firm, kind), []).append(offer)
        return offers

    def offers_for(self, seller: Firm, wish: Wish) -> list[Offer]:
        """Return the offers of a business that a wish may be about; for an implied one those of its kind."""
        if wish.implied is None:
            return self.offers_of[seller.id]
        return self._offers_by_kind.get((seller.id, wish.implied.supplier), [])

    def case(self, offer: Offer, wish: Wish) -> Case | None:
        """Put one offer to one wish; ``None`` when the offer is about something else."""
        kinship = kinship_of(offer, wish)
        likeness = self._likeness(offer, wish)
        if not is_about(kinship, likeness, implied=wish.implied is not None):
            return None
        return self._terms(offer, wish, kinship, likeness)

    def _likeness(self, offer: Offer, wish: Wish) -> float:
        if wish.implied:
            return 0.0
        return self.texts.likeness(self.offer_text(offer), self.wish_text(wish))

    def _terms(self, offer: Offer, wish: Wish, kinship: Kinship, likeness: float) -> Case:
        factor = self.units.factor(wish.unit, offer.unit)
        quantity = wish.quantity * factor if wish.quantity is not None and factor is not None else None
        ceiling = wish.ceiling / factor if wish.ceiling is not None and factor is not None else None
        seller, buyer = self.firms[offer.firm], self.firms[wish.firm]
        return Case(
            seller=seller,
            buyer=buyer,
            offer=offer,
            wish=wish,
            kinship=kinship,
            likeness=likeness,
            unit_factor=factor,
            quantity=quantity,
            ceiling=ceiling,
            price=price_at(offer, quantity),
            kilometres=self.kilometres(seller, buyer),
            day=self.contact.day,
            days_left=self.days_left(wish),
            unit_label=self.units.label(offer.unit),
            wish_unit_label=self.units.label(wish.unit),
        )

    def days_left(self, wish: Wish) -> int | None:
        """Return the working days until a wish starts; ``None`` when it gives no day or has started."""
        day = self.contact.day
        if wish.wanted_from is None or wish.wanted_from <= day:
            return None
        return parts.working_days(day, wish.wanted_from)

    def kilometres(self, one: Firm, other: Firm) -> float | None:
        """Return the distance between two businesses' regions; ``None`` when a centroid is missing."""
        key = (one.region, other.region)
        if key not in self._kilometres:
            self._kilometres[key] = _distance(one, other)
        return self._kilometres[key]


def _distance(one: Firm, other: Firm) -> float | None:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return parts.distance_km((one.latitude, one.longitude), (other.latitude, other.longitude))
