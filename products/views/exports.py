"""Downloads of the office's lists, with the filters of their pages, all pages."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.downloads import send_workbook
from products import access, importing, list_export, list_tables
from products import listing_queue as queue
from products.filters.complements import ComplementFilter
from products.own_businesses import BusinessFilter, own_businesses
from tradecontact.web import PortalRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def businesses_export(request: PortalRequest) -> HttpResponse:
    """Send the businesses of the own region with products and needs, ready to be imported again."""
    access.require_staff(request.actor)
    filters = BusinessFilter(request.GET, queryset=own_businesses(request.actor, timezone.now()))
    return send_workbook(
        request,
        name="pelaku-usaha",
        back=reverse("products:businesses"),
        sheets=list_export.list_sheets(filters.qs, importing.vocabulary()),
        is_private=True,
    )


@get_or_post
def complements_export(request: PortalRequest) -> HttpResponse:
    """Send the table of who buys from whom."""
    access.require_staff(request.actor)
    filters = ComplementFilter(request.GET, queryset=access.all_complements())
    return send_workbook(
        request,
        name="siapa-membeli-dari-siapa",
        back=reverse("products:complements"),
        sheets=[list_tables.complements_sheet(filters.qs)],
        is_private=False,
    )


@get_or_post
def queue_export(request: PortalRequest) -> HttpResponse:
    """Send the products of one state of the queue."""
    access.require_staff(request.actor)
    filters = queue.QueueFilter(request.GET, queryset=queue.own_products(request.actor))
    return send_workbook(
        request,
        name="antrean-produk",
        back=reverse("products:listing_queue"),
        sheets=[list_tables.queue_sheet(filters.qs)],
        is_private=True,
    )
