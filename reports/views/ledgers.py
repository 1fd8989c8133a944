"""The ledger, and the commitments behind each of its numbers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.asking import ask
from reports.commitment_rows import commitment_rows, lines_of
from reports.ledger import Question, Standing, select, statement_of, sums_of
from reports.ledger_paper import ledger_seal
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 50
LINES_PER_PAGE = 20
MOST_LISTED = 100


@require_safe
def ledger(request: PortalRequest) -> HttpResponse:
    """Show potential, LoI, order and realised side by side, in all and line by line, and what is left out."""
    today = timezone.localdate()
    asked = ask(request.actor, request.GET, Question, commitment_rows(today))
    statement = statement_of(asked.rows, asked.question, asked.form.by)
    left_out = [
        row for row in asked.rows if row.standing is not Standing.COUNTED and statement.question.holds(row)
    ]
    context = {
        "asked": asked,
        "statement": statement,
        "page": Paginator(statement.lines, LINES_PER_PAGE).get_page(request.GET.get("page")),
        "left_out": lines_of(request.actor, left_out[:MOST_LISTED]),
        "left_out_count": len(left_out),
        "seal": ledger_seal(statement),
        "today": today,
    }
    return render(request, "reports/ledger.html", context)


@require_safe
def ledger_rows(request: PortalRequest) -> HttpResponse:
    """Show the commitments that one number is made of, with their total for each rung and standing."""
    today = timezone.localdate()
    asked = ask(request.actor, request.GET, Question, commitment_rows(today))
    opened = select(asked.rows, asked.question)
    page = Paginator(opened, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "asked": asked,
        "sums": sums_of(opened),
        "page": page,
        "lines": lines_of(request.actor, list(page)),
        "today": today,
    }
    return render(request, "reports/ledger_rows.html", context)
