"""The public catalogue: its shelves and search, the page of a product, the page of a business."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from products import access, showcase
from products.filters import CatalogueFilter
from tradecontact.web import PortalRequest, render_page_or_partial

PRODUCTS_PER_PAGE = 24
SIMILAR_PRODUCTS = 4


@login_not_required
@require_safe
def catalogue(request: PortalRequest) -> HttpResponse:
    """Show the products that meet the filters of the query string, a page at a time."""
    filters = CatalogueFilter(request.GET, today=timezone.localdate())
    page = Paginator(filters.products(), PRODUCTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "notices": list(filters.notices())}
    response = render_page_or_partial(request, "products/catalogue.html", "hasil", context)
    response["HX-Push-Url"] = f"{request.path}{filters.query()}"
    return response


@login_not_required
@require_safe
def product_detail(request: PortalRequest, product_id: int) -> HttpResponse:
    """Show what a buyer needs to know about one product, without any private data of its business."""
    product = access.get_public_product(product_id)
    address = request.build_absolute_uri(reverse("products:product_detail", args=[product.pk]))
    text = _("%(product)s dari %(business)s: %(address)s") % {
        "product": product.name,
        "business": product.business.name,
        "address": address,
    }
    context = {
        "product": product,
        "photos": list(access.shown_photos(product)),
        "certificates": showcase.certificates_of_product(product, timezone.localdate()),
        "similar": access.similar_products(product)[:SIMILAR_PRODUCTS],
        "address": address,
        "share_url": f"https://wa.me/?text={quote(text)}",
    }
    return render(request, "products/product_detail.html", context)


@login_not_required
@require_safe
def business_detail(request: PortalRequest, business_id: int) -> HttpResponse:
    """Show what a business tells about itself, offers and looks for; never how to reach its owner."""
    business = access.get_public_business(business_id)
    today = timezone.localdate()
    products = Paginator(access.products_of(business), PRODUCTS_PER_PAGE)
    context = {
        "business": business,
        "certificates": showcase.shown_certificates(access.certificates_of(business), today),
        "page": products.get_page(request.GET.get("page")),
        "needs": access.open_needs_of(business, today),
    }
    return render(request, "products/business_detail.html", context)
