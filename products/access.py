"""Which catalogue rows an actor may reach; everything else is a 404, never a hint."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from products.models import (
    Business,
    CategoryComplement,
    Certificate,
    Need,
    PersonalLink,
    Photo,
    PriceTier,
    Product,
    ProductRevision,
    SearchSynonym,
)
from products.models.catalogue import NeedQuerySet, ProductQuerySet
from products.models.reference import ComplementQuerySet
from products.models.search import SynonymQuerySet
from products.taxonomy import fold


def get_public_business(business_id: int) -> Business:
    """Return a business that has a public page."""
    businesses = Business.objects.in_public().select_related("region__province", "line")
    return get_object_or_404(businesses, pk=business_id)


def get_public_product(product_id: int) -> Product:
    """Return a listed product with what its page shows; certificates of its business count for it too."""
    return get_object_or_404(_for_page(Product.objects.listed()), pk=product_id)


def _for_page(products: ProductQuerySet) -> ProductQuerySet:
    of_business = Certificate.objects.filter(product=None).order_by("kind")
    rows = products.with_cards().select_related("business__region__province", "category__parent", "pack_unit")
    return rows.prefetch_related(None).prefetch_related(  # all photos are shown, not the cover alone
        Prefetch("price_tiers", PriceTier.objects.order_by("min_quantity")),
        Prefetch("certificates", Certificate.objects.order_by("kind")),
        Prefetch("business__certificates", of_business),
    )


def shown_photos(product: Product) -> QuerySet[Photo]:
    """Return the photos of a product that the public may see, in order."""
    return product.photos.shown().in_order()


def get_photo(actor: Actor, token: str) -> tuple[Photo, bool]:
    """Return a photo and whether everybody may see it; others only the business itself and its office.

    Who asks is looked up for hidden photos only.
    """
    photo = get_object_or_404(Photo.objects.select_related("product"), token=token)
    is_public = photo.product.status == Product.Status.LISTED and not photo.is_waiting
    if (
        not is_public
        and not Business.objects.editable_by(actor).filter(pk=photo.product.business_id).exists()
    ):
        raise Http404
    return photo, is_public


def similar_products(product: Product) -> ProductQuerySet:
    """Return listed products of the same sector, nearest first, with their cards."""
    return Product.objects.listed().with_cards().similar_to(product)


def products_of(business: Business) -> ProductQuerySet:
    """Return what a business lists in the catalogue, newest first, with cards."""
    return business.products.listed().with_cards().order_by("-created_at", "-pk")


def open_needs_of(business: Business, today: date) -> NeedQuerySet:
    """Return what a business looks for today."""
    return business.needs.open_on(today).with_facts().order_by("-created_at", "-pk")


def certificates_of(business: Business) -> QuerySet[Certificate]:
    """Return the certificates of a business itself; those of its products stand on their pages."""
    return business.certificates.filter(product=None).order_by("kind")


def get_own_business(actor: Actor, business_id: int) -> Business:
    """Return a business whose private fields the actor may read and change."""
    businesses = Business.objects.editable_by(actor).select_related("region", "office", "line")
    return get_object_or_404(businesses, pk=business_id)


def get_own_product(actor: Actor, product_id: int) -> Product:
    """Return a product of a business the actor may change."""
    products = Product.objects.filter(business__in=Business.objects.editable_by(actor))
    return get_object_or_404(products.select_related("business", "category", "unit"), pk=product_id)


def get_own_products(actor: Actor, ids: Collection[int]) -> list[Product]:
    """Return these products, all of businesses the actor may change; one that is not makes it a 404."""
    products = list(Product.objects.filter(pk__in=ids, business__in=Business.objects.editable_by(actor)))
    if len(products) != len(set(ids)):
        raise Http404
    return products


def get_product_for_review(actor: Actor, business_id: int, product_id: int) -> Product:
    """Return a product of this business, listed or not, with all that its public page would show."""
    require_staff(actor)
    own = Product.objects.filter(business__in=Business.objects.editable_by(actor), business_id=business_id)
    return get_object_or_404(_for_page(own), pk=product_id)


def get_own_revision(actor: Actor, revision_id: int) -> ProductRevision:
    """Return a change that waits, or waited, for the actor's office."""
    require_staff(actor)
    revisions = ProductRevision.objects.filter(product__business__in=Business.objects.editable_by(actor))
    rows = revisions.select_related("product__business", "product__category", "product__unit")
    return get_object_or_404(rows.prefetch_related("product__price_tiers"), pk=revision_id)


def get_own_need(actor: Actor, need_id: int) -> Need:
    """Return a need of a business the actor may change."""
    needs = Need.objects.filter(business__in=Business.objects.editable_by(actor))
    return get_object_or_404(needs.with_facts().select_related("business"), pk=need_id)


def get_public_need(need_id: int) -> Need:
    """Return a need with what its page shows. It may have ended; ask ``is_open_on`` before showing it."""
    needs = Need.objects.with_facts().select_related("category__parent", "business__region__province")
    return get_object_or_404(needs, pk=need_id)


def require_staff(actor: Actor) -> None:
    """Answer 404 to anybody but officers and platform admins."""
    if not actor.is_staff:
        raise Http404


def get_product_of(actor: Actor, business_id: int, product_id: int) -> Product:
    """Return a product of this business with its prices, for somebody who may change it."""
    products = Product.objects.filter(business__in=Business.objects.editable_by(actor))
    rows = products.with_facts().select_related("business")
    return get_object_or_404(rows, business_id=business_id, pk=product_id)


def get_need_of(actor: Actor, business_id: int, need_id: int) -> Need:
    """Return a need of this business, for somebody who may change it."""
    needs = Need.objects.filter(business__in=Business.objects.editable_by(actor))
    rows = needs.with_facts().select_related("business")
    return get_object_or_404(rows, business_id=business_id, pk=need_id)


def all_complements() -> ComplementQuerySet:
    """Return the table of who buys from whom, removed rows too, in its order."""
    return CategoryComplement.objects.with_categories().in_order()


def get_complement(actor: Actor, complement_id: int) -> CategoryComplement:
    """Return a row of who buys from whom; officers of every office share the table."""
    require_staff(actor)
    return get_object_or_404(CategoryComplement.objects.with_categories(), pk=complement_id)


def synonyms_with(words: str, *, is_removed: bool) -> SynonymQuerySet:
    """Return groups of equal words that hold ``words`` somewhere, by their first word."""
    rows = SearchSynonym.objects.filter(removed_at__isnull=not is_removed).order_by("words", "pk")
    return rows.filter(words__icontains=fold(words)) if words else rows


def get_synonyms(actor: Actor, synonyms_id: int) -> SearchSynonym:
    """Return a group of equal words; officers of every office share them."""
    require_staff(actor)
    return get_object_or_404(SearchSynonym.objects.all(), pk=synonyms_id)


def get_own_link(actor: Actor, link_id: int) -> PersonalLink:
    """Return a personal link of a business that the actor's office keeps."""
    links = PersonalLink.objects.filter(business__in=Business.objects.editable_by(actor))
    return get_object_or_404(links.select_related("business"), pk=link_id)
