"""Who travelled, who went for the first time, who was not chosen and why."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports import trips
from reports.equity import equity_of
from reports.equity_paper import equity_seal
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 50


@require_safe
def equity(request: PortalRequest) -> HttpResponse:
    """Show who travelled how often and from where, and the applications that were not chosen."""
    asked = trips.ask_trips(request.actor, request.GET)
    counted = equity_of(asked.rows, asked.question, asked.form.by)
    page = Paginator(counted.travellers, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "equity": counted,
        "seal": equity_seal(counted),
        "page": page,
        "businesses": trips.names_of_businesses(asked.rows),
        "not_chosen": trips.not_chosen(request.actor, asked.question),
        "today": timezone.localdate(),
    }
    return render(request, "reports/equity.html", context)


@require_safe
def equity_rows(request: PortalRequest) -> HttpResponse:
    """Show the trips that one number is made of."""
    asked = trips.ask_trips(request.actor, request.GET)
    opened = [trip for trip in asked.rows if asked.question.holds(trip)]
    page = Paginator(opened, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "lines": trips.lines_of(list(page)),
        "today": timezone.localdate(),
    }
    return render(request, "reports/equity_rows.html", context)
