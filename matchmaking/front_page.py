"""What the front page and the public pages of trade contacts show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from matchmaking.models import TradeContact
from products.models import Business, Category, Need, Product
from products.models.catalogue import NeedQuerySet, ProductQuerySet
from products.shelves import Shelf, arrange_shelves
from regions.models import Region

PRODUCTS_SHOWN = 8
NEWEST_LOOKED_AT = 200


@dataclass(frozen=True)
class Facts:
    """How much the portal holds today."""

    businesses: int
    products: int
    open_needs: int
    regions: int

    @property
    def is_empty(self) -> bool:
        return not (self.businesses or self.products or self.open_needs)


def facts(today: date) -> Facts:
    """Count what the public can see. Costs four queries."""
    return Facts(
        businesses=Business.objects.in_public().count(),
        products=Product.objects.listed().count(),
        open_needs=Need.objects.open_on(today).count(),
        regions=Region.objects.filter(businesses__in=Business.objects.in_public()).distinct().count(),
    )


def sectors() -> list[Shelf]:
    """Return the sectors that hold products, with counts. Costs two queries."""
    return arrange_shelves(
        Category.objects.order_by("position", "pk").defer("synonyms_id", "synonyms_en"),
        Product.objects.listed().count_by_category(),
    )


def varied_products() -> list[Product]:
    """Return new products, as different from each other as the newest ones allow. Costs two queries.

    An import lists a whole delegation at once; taking the newest would show one business's goods.
    """
    newest = (
        Product.objects.listed()
        .order_by("-created_at", "-pk")
        .values_list("pk", "category__parent_id", "business_id")[:NEWEST_LOOKED_AT]
    )
    chosen = choose_varied(newest, PRODUCTS_SHOWN)
    by_id = {product.pk: product for product in Product.objects.filter(pk__in=chosen).with_cards()}
    return [by_id[product_id] for product_id in chosen]


def choose_varied(rows: Iterable[tuple[int, int | None, int]], limit: int) -> list[int]:
    """Return up to ``limit`` ids from rows of (id, sector, business), in their order.

    Each round takes at most one row of a sector and one of a business, so that the first round alone
    shows as many sectors as there are.
    """
    waiting = list(rows)
    chosen: list[int] = []
    while waiting and len(chosen) < limit:
        sectors_shown: set[int | None] = set()
        businesses_shown: set[int] = set()
        left = []
        for row in waiting:
            product_id, sector, business = row
            if sector in sectors_shown or business in businesses_shown:
                left.append(row)
                continue
            chosen.append(product_id)
            sectors_shown.add(sector)
            businesses_shown.add(business)
        waiting = left
    return chosen[:limit]


def products_of(trade_contact: TradeContact) -> ProductQuerySet:
    """Return what the businesses of all delegations list, newest first, with cards."""
    products = Product.objects.listed().filter(business__in=_participants(trade_contact))
    return products.with_cards().order_by("-created_at", "-pk")


def needs_of(trade_contact: TradeContact, today: date) -> NeedQuerySet:
    """Return what the businesses of all delegations look for today."""
    needs = Need.objects.open_on(today).filter(business__in=_participants(trade_contact))
    return needs.with_facts().select_related("business__region").order_by("-created_at", "-pk")


def _participants(trade_contact: TradeContact) -> QuerySet[Business]:
    return Business.objects.filter(participations__delegation__trade_contact=trade_contact)
