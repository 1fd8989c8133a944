"""The map of Indonesia: how many products come from each province, under the filters of the catalogue."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from products.facets import count_facets
from products.filters.catalogue import CatalogueFilter
from products.province_map import provinces_on_map, shade_words
from regions import shapes
from tradecontact.web import PortalRequest


@login_not_required
@require_safe
def province_map(request: PortalRequest) -> HttpResponse:
    """Draw the provinces, each a link to the catalogue; the filter of a place is not applied here."""
    filters = CatalogueFilter(request.GET, today=timezone.localdate())
    counts = count_facets(
        filters.matching(without="wilayah"), ["provinsi"], today=filters.today, version=filters.version
    )
    context = {
        "filters": filters,
        "back": filters.query(),
        "notices": list(filters.notices()),
        "provinces": provinces_on_map(counts.by_facet["provinsi"]),
        "total": counts.total,
        "is_estimate": counts.is_estimate,
        "shades": list(enumerate(shade_words())),
        "width": shapes.WIDTH,
        "height": shapes.height(),
    }
    return render(request, "products/province_map.html", context)
