"""What the pairing engine is told: the rows of a trade contact turned into its values."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction

from django.db.models import Prefetch, Q

from matchmaking.engine import values
from matchmaking.models import Pair, Participation, TradeContact
from products.models import Business, Category, CategoryComplement, Certificate, Need, Product, Unit
from products.taxonomy import LINES_OF_BUSINESS, Family, classify
from tradecontact.contact_details import hide_contacts

# The other side reads these texts before both said yes. No word stands in: it would make texts alike.
INSTEAD_OF_CONTACT = "…"
PARTS_OF_A_NEED = re.compile(r"\s(?:dan|atau|serta|and|or)\s|[,;/&+()]", re.IGNORECASE)
PROOFS = {
    Certificate.State.IN_PROCESS: values.Proof.IN_PROCESS,
    Certificate.State.UNCHECKED: values.Proof.CLAIMED,
    Certificate.State.CHECKED: values.Proof.CHECKED,
    Certificate.State.EXPIRED: values.Proof.EXPIRED,
}


def contact_values(
    trade_contact: TradeContact, today: date, *, joining: Collection[Business] = ()
) -> values.Contact:
    """Return everything that the proposals of a trade contact are made of. Costs ten queries.

    The businesses meet when the contact starts; in an open programme, or once it has started, today.
    Those of ``joining`` are taken in as if they were in a delegation already.
    """
    day = max(trade_contact.starts_on or today, today)
    categories = {category.pk: category for category in Category.objects.order_by("code")}
    naming = FamilyNaming(categories.values())
    businesses = list(_businesses_in(trade_contact, joining))
    return values.Contact(
        day=day,
        firms=tuple(_firm(business) for business in businesses),
        offers=tuple(
            _offer(product, business, naming, day)
            for business in businesses
            for product in business.products.all()
        ),
        wishes=tuple(_wish(need, naming) for business in businesses for need in business.needs.all()),
        categories=tuple(_category(category, categories) for category in categories.values()),
        complements=tuple(
            _complement(row, categories) for row in CategoryComplement.objects.in_use().order_by("pk")
        ),
        units=tuple(_unit(unit) for unit in Unit.objects.select_related("base").order_by("code")),
        decisions=_decisions(trade_contact),
        weights=weights_of(trade_contact),
        rules=rules_of(trade_contact),
    )


def weights_of(trade_contact: TradeContact) -> values.Weights:
    """Return the weights of a contact: the usual ones, with what its offices changed."""
    return values.Weights(**trade_contact.weights)


def rules_of(trade_contact: TradeContact) -> values.Rules:
    """Return the limits of the choice that a contact's offices set."""
    return values.Rules(
        quota=trade_contact.pairs_per_business, least_pairs=trade_contact.least_pairs_per_business
    )


def _businesses_in(trade_contact: TradeContact, joining: Collection[Business]) -> Iterable[Business]:
    products = (
        Product.objects.listed()
        .select_related("category", "unit")
        .prefetch_related("price_tiers", "certificates")
        .order_by("pk")
    )
    needs = Need.objects.filter(withdrawn_at=None).with_facts().order_by("pk")
    of_business = Certificate.objects.filter(product=None).order_by("pk")
    present = Participation.objects.filter(delegation__trade_contact=trade_contact).values("business_id")
    return (
        Business.objects.filter(Q(pk__in=present) | Q(pk__in=[business.pk for business in joining]))
        .select_related("region", "line")
        .prefetch_related(
            Prefetch("products", products),
            Prefetch("needs", needs),
            Prefetch("certificates", of_business),
        )
        .order_by("pk")
    )


class FamilyNaming:
    """Which product families an offer or a need is about, found by the words of the taxonomy.

    A category that is a family is believed. A need may name several things ("wayang golek dan lampu
    bambu"), so each part of its text is looked at as well, within the same sector.
    """

    def __init__(self, categories: Iterable[Category]) -> None:
        rows = list(categories)
        codes = {category.pk: category.code for category in rows}
        self._sectors = {category.pk: codes[category.parent_id or category.pk] for category in rows}
        self._families = [
            Family(
                code=category.code,
                parent=codes.get(category.parent_id) if category.parent_id else None,
                name_id=category.name_id,
                name_en=category.name_en,
                synonyms_id=tuple(category.synonyms_id),
                synonyms_en=tuple(category.synonyms_en),
            )
            for category in rows
            if self._sectors[category.pk] != LINES_OF_BUSINESS
        ]
        self._known: dict[tuple[str, str], str | None] = {}

    def sector(self, category: Category) -> str:
        return self._sectors[category.pk]

    def of_offer(self, product: Product) -> frozenset[str]:
        """Return the family of a product; none when neither its category nor its name tells."""
        if product.category.parent_id:
            return frozenset({product.category.code})
        named = self._named(product.name, self.sector(product.category))
        return frozenset({named}) if named else frozenset()

    def of_need(self, need: Need) -> frozenset[str]:
        """Return the families a need is about; none when only its sector is known."""
        sector = self.sector(need.category)
        own = {need.category.code} if need.category.parent_id else set()
        named = {self._named(part, sector) for part in PARTS_OF_A_NEED.split(need.text)}
        return frozenset(own | {family for family in named if family})

    def _named(self, text: str, sector: str) -> str | None:
        """Return the family of ``sector`` that a text names in whole words."""
        if (text, sector) not in self._known:
            match = classify(text, self._families, within=sector)
            self._known[text, sector] = match.family.code if match and match.score == 1.0 else None
        return self._known[text, sector]


def _firm(business: Business) -> values.Firm:
    region = business.region
    return values.Firm(
        id=business.pk,
        name=business.name,
        region=region.code,
        region_name=region.name,
        latitude=region.latitude,
        longitude=region.longitude,
        line=business.line.code if business.line else None,
        office=business.office_id,
    )


def _offer(product: Product, business: Business, naming: FamilyNaming, day: date) -> values.Offer:
    certificates = [*product.certificates.all(), *business.certificates.all()]
    return values.Offer(
        id=product.pk,
        firm=business.pk,
        name=hide_contacts(product.name, INSTEAD_OF_CONTACT),
        sector=naming.sector(product.category),
        families=naming.of_offer(product),
        description=product.description,
        unit=product.unit.code if product.unit else None,
        tiers=tuple(values.Tier(tier.min_quantity, tier.price_rupiah) for tier in product.price_tiers.all()),
        min_order=product.min_order,
        capacity=product.capacity_per_month,
        lead_days=product.lead_time_days,
        certificates=tuple(_certificate(certificate, day) for certificate in certificates),
        consignment=product.accepts_consignment,
        delivers_to=_delivers_to(product, business),
    )


def _delivers_to(product: Product, business: Business) -> frozenset[str] | None:
    """Return the codes of where a product is delivered; ``None`` when nobody has said it."""
    region = business.region
    areas = {
        Product.Delivery.EVERYWHERE: [values.ANYWHERE],
        Product.Delivery.OWN_PROVINCE: [region.code.split(".")[0]],
        Product.Delivery.OWN_REGION: [region.code],
        Product.Delivery.LISTED: product.delivery_places,
    }
    return frozenset(areas[Product.Delivery(product.delivery_area)]) if product.delivery_area else None


def _certificate(certificate: Certificate, day: date) -> values.Certificate:
    proof = PROOFS[Certificate.State(certificate.state)]
    if certificate.valid_until is not None and certificate.valid_until < day:
        proof = values.Proof.EXPIRED
    return values.Certificate(certificate.kind, proof)


def _wish(need: Need, naming: FamilyNaming) -> values.Wish:
    return values.Wish(
        firm=need.business_id,
        text=hide_contacts(need.text, INSTEAD_OF_CONTACT),
        sector=naming.sector(need.category),
        families=naming.of_need(need),
        id=need.pk,
        quantity=need.quantity,
        unit=need.unit.code if need.unit else None,
        monthly=need.frequency == Need.Frequency.MONTHLY,
        ceiling=need.price_ceiling_rupiah,
        certificates=tuple(sorted(need.certificates_required)),
        wanted_from=need.wanted_from,
        until=need.open_until,
        area=need.area.code if need.area else None,
        area_name=need.area.name if need.area else None,
    )


def _category(category: Category, categories: dict[int, Category]) -> values.Category:
    parent = categories[category.parent_id].code if category.parent_id else None
    return values.Category(
        category.code,
        parent,
        values.Label(category.name_id, category.name_en),
        words=(*category.synonyms_id, *category.synonyms_en),
    )


def _complement(row: CategoryComplement, categories: dict[int, Category]) -> values.Complement:
    return values.Complement(
        buyer=categories[row.buyer_id].code if row.buyer_id else None,
        supplier=categories[row.supplier_id].code,
        need=values.Label(row.need_id, row.need_en),
        role=values.Role(row.role),
        weight=row.weight,
    )


def _unit(unit: Unit) -> values.Unit:
    root = unit.base or unit
    return values.Unit(
        unit.code, root.code, Fraction(unit.factor), values.Label(unit.label_id, unit.label_en)
    )


def _decisions(trade_contact: TradeContact) -> values.Decisions:
    """Return what officers decided about pairs: locked or added ones are kept, hidden ones are out."""
    kept: dict[values.PairKey, values.Kept] = {}
    vetoed: dict[values.PairKey, str] = {}
    undecided = {"hidden_at": None, "locked_at": None, "origin": Pair.Origin.PROPOSED}
    for pair in Pair.objects.filter(trade_contact=trade_contact).exclude(**undecided).order_by("pk"):
        key = (pair.business_a_id, pair.business_b_id)
        if pair.hidden_at:
            vetoed[key] = pair.staff_reason
        elif pair.locked_at:
            kept[key] = values.Kept.LOCKED
        else:
            kept[key] = values.Kept(pair.origin)
    return values.Decisions(kept, vetoed)
