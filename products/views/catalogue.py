"""The public catalogue: its shelves and search, the page of a product, the page of a business."""

from dataclasses import replace
from functools import partial
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from products import access, paging, showcase
from products.filters.catalogue import CatalogueFilter
from products.filters.panel import Panel
from products.search_marks import mark_matches
from tradecontact.web import PortalRequest, render_page_or_partial

LONGEST_NUMBER = 10
SIMILAR_PRODUCTS = 4


@login_not_required
@require_safe
def catalogue(request: PortalRequest) -> HttpResponse:
    """Show the products that meet the filters of the query string, a page at a time.

    A process remembers cards and panels as they were shown, as long as the catalogue's version is the same.
    """
    filters = CatalogueFilter(request.GET, today=timezone.localdate())
    panel = Panel(filters)
    page, notices = _page(request.GET, filters, panel.found.total)
    page = replace(page, prepare=partial(mark_matches, filters.search))
    context = {
        "filters": filters,
        "panel": panel,
        "page": page,
        "notices": [*filters.notices(), *notices],
        "as_of": f"{get_language()} {filters.today} {filters.version}",
    }
    response = render_page_or_partial(request, "products/catalogue.html", "hasil", context)
    response["HX-Push-Url"] = f"{request.path}{filters.query()}"
    return response


def _page(asked: QueryDict, filters: CatalogueFilter, total: int) -> tuple[paging.CataloguePage, list[str]]:
    """Return the page asked for, by key or by number, and a notice when its key cannot be read."""
    products, order = filters.in_order(), filters.order
    for name, by_key in (("sesudah", paging.page_after), ("sebelum", paging.page_before)):
        if asked.get(name):
            key = paging.read_key(str(asked[name]), order)
            if key:
                return by_key(products, order, key), []
            notice = _("Halaman yang diminta tidak dikenal. Ini halaman pertama.")
            return paging.numbered_page(products, order, 1, total), [notice]
    number = asked.get("page", "")
    page = int(number) if number.isdecimal() and len(number) < LONGEST_NUMBER else 1
    return paging.numbered_page(products, order, page, total), []


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
    today = timezone.localdate()
    context = {
        "product": showcase.with_place_names([product])[0],
        "photos": list(access.shown_photos(product)),
        "certificates": showcase.certificates_of_product(product, today),
        "usual": showcase.usual_certificates(product, today),
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
    products = Paginator(access.products_of(business), paging.PRODUCTS_PER_PAGE)
    context = {
        "business": business,
        "certificates": showcase.shown_certificates(access.certificates_of(business), today),
        "page": products.get_page(request.GET.get("page")),
        "needs": access.open_needs_of(business, today),
    }
    return render(request, "products/business_detail.html", context)
