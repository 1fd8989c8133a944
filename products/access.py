"""Which catalogue rows an actor may reach; everything else is a 404, never a hint."""

from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from products.models import Business, Need, Product


def get_public_business(business_id: int) -> Business:
    """Return a business that has a public page."""
    businesses = Business.objects.in_public().select_related("region__province", "line")
    return get_object_or_404(businesses, pk=business_id)


def get_public_product(product_id: int) -> Product:
    """Return a listed product with what its page shows."""
    products = Product.objects.listed().with_cards().prefetch_related("price_tiers", "certificates")
    return get_object_or_404(products, pk=product_id)


def get_own_business(actor: Actor, business_id: int) -> Business:
    """Return a business whose private fields the actor may read and change."""
    businesses = Business.objects.editable_by(actor).select_related("region", "office", "line")
    return get_object_or_404(businesses, pk=business_id)


def get_own_product(actor: Actor, product_id: int) -> Product:
    """Return a product of a business the actor may change."""
    products = Product.objects.filter(business__in=Business.objects.editable_by(actor))
    return get_object_or_404(products.select_related("business", "category", "unit"), pk=product_id)


def get_own_need(actor: Actor, need_id: int) -> Need:
    """Return a need of a business the actor may change."""
    needs = Need.objects.filter(business__in=Business.objects.editable_by(actor))
    return get_object_or_404(needs.select_related("business", "category", "unit"), pk=need_id)
