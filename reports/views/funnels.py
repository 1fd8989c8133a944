"""The funnel, and the pairs behind each of its numbers."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports import pair_list
from reports.asking import ask
from reports.funnel import PairQuestion, funnel_of
from reports.funnel_paper import funnel_seal
from reports.pair_rows import WAITING_DAYS, pair_rows
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 50
LINES_PER_PAGE = 20


@require_safe
def funnel(request: PortalRequest) -> HttpResponse:
    """Show how many pairs came how far, in all and by contact, direction, office, commodity or district."""
    asked = ask(request.actor, request.GET, PairQuestion, pair_rows(timezone.now()))
    counted = funnel_of(asked.rows, asked.question, asked.form.by)
    context = {
        "asked": asked,
        "funnel": counted,
        "page": Paginator(counted.lines, LINES_PER_PAGE).get_page(request.GET.get("page")),
        "waiting_days": WAITING_DAYS,
        "seal": funnel_seal(counted),
        "today": timezone.localdate(),
    }
    return render(request, "reports/funnel.html", context)


@require_safe
def funnel_rows(request: PortalRequest) -> HttpResponse:
    """Show the pairs that one number of the funnel is made of."""
    asked = ask(request.actor, request.GET, PairQuestion, pair_rows(timezone.now()))
    opened = [pair for pair in asked.rows if asked.question.holds(pair)]
    page = Paginator(opened, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "lines": pair_list.lines_of(request.actor, list(page)),
        "today": timezone.localdate(),
    }
    return render(request, "reports/funnel_rows.html", context)
