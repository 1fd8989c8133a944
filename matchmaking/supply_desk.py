"""What the offices and a supplier read of offers to supply."""

from datetime import date

from django.db.models import QuerySet

from accounts.actors import Actor
from matchmaking.models import SupplyOffer, TradeContact
from matchmaking.models.supply import SupplyOfferQuerySet
from matchmaking.supply import contacts_of_both_offices
from products.models import Business, Need, Product


def offers_for(actor: Actor) -> SupplyOfferQuerySet:
    """Return the offers that touch businesses of the actor's region, those that wait first."""
    return SupplyOffer.objects.visible_to(actor).with_sides().waiting_first()


def contacts_for(actor: Actor, offer: SupplyOffer, today: date) -> QuerySet[TradeContact]:
    """Return the contacts in which the actor can make a pair of an offer, the soonest first.

    None for two businesses of one region: a pair brings two regions together.
    """
    buyer, supplier = offer.need.business, offer.business
    if buyer.region_id == supplier.region_id:
        return TradeContact.objects.none()
    own = TradeContact.objects.visible_to(actor).values("pk")
    return contacts_of_both_offices(buyer, supplier, today).filter(pk__in=own)


def offer_of(business: Business, need: Need) -> SupplyOffer | None:
    """Return what a business has offered for a need, if anything."""
    return SupplyOffer.objects.with_sides().filter(business=business, need=need).first()


def own_suppliers(actor: Actor, need: Need) -> QuerySet[Business]:
    """Return the businesses on whose behalf the actor may offer, by name; never the buyer itself."""
    own = Business.objects.editable_by(actor).exclude(pk=need.business_id)
    return own.order_by("name", "pk")


def products_for(business: Business, need: Need) -> QuerySet[Product]:
    """Return the listed products of a supplier, those of the need's family and sector first."""
    products = business.products.listed().select_related("category", "unit")
    return products.similar_in_kind(need.category)
