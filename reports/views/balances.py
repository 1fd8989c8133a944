"""The balance between two regions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.access import regions_of
from reports.asking import ask
from reports.balance import HALF_WIDTH, ROW_HEIGHT, balance_of, bars_of
from reports.balance_paper import balance_seal
from reports.commitment_rows import commitment_rows
from reports.forms import RegionsForm
from reports.ledger import Question
from tradecontact.web import PortalRequest


@require_safe
def balance(request: PortalRequest) -> HttpResponse:
    """Show what two regions sell to each other over all their contacts, as a picture and as tables."""
    today = timezone.localdate()
    asked = ask(request.actor, request.GET, Question, commitment_rows(today))
    regions = RegionsForm(request.GET, regions_of(request.actor))
    found = balance_of(asked.rows, asked.question, regions.first, regions.second, regions.rung)
    bars = bars_of(found.commodities)
    context = {
        "asked": asked,
        "regions": regions,
        "balance": found,
        "bars": bars,
        "height": len(bars) * ROW_HEIGHT,
        "half": HALF_WIDTH,
        "width": 2 * HALF_WIDTH,
        "seal": balance_seal(found),
        "today": today,
    }
    return render(request, "reports/balance.html", context)
