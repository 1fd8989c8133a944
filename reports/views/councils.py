"""The first page of the reports, and the council's question about one contact."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matchmaking.access import get_trade_contact
from reports.asking import ask
from reports.commitment_rows import commitment_rows
from reports.council import answer_council
from reports.ledger import Question, statement_of
from reports.overview import lines_of
from reports.pair_rows import WAITING_DAYS
from reports.scope import Dimension
from tradecontact.web import PortalRequest

CONTACTS_PER_PAGE = 10  # each line is nine numbers with their links


@require_safe
def overview(request: PortalRequest) -> HttpResponse:
    """Show the contacts of the office, of one year or of all, with how far each came and what it brought."""
    today = timezone.localdate()
    asked = ask(request.actor, request.GET, Question, commitment_rows(today))
    statement = statement_of(asked.rows, asked.question, Dimension.CONTACT)
    lines = lines_of(request.actor, statement, asked.question.year)
    page = Paginator(lines, CONTACTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "statement": statement,
        "page": page,
        "lines": list(page),
        "today": today,
    }
    return render(request, "reports/overview.html", context)


@require_safe
def council(request: PortalRequest, slug: str) -> HttpResponse:
    """Answer the council about one contact: how much became money, who travelled, what is stuck."""
    contact = get_trade_contact(request.actor, slug)
    today = timezone.localdate()
    answer = answer_council(request.actor, contact.slug, timezone.now(), today)
    context = {
        "contact": contact,
        "answer": answer,
        "asked": answer.money,
        "waiting_days": WAITING_DAYS,
        "today": today,
    }
    return render(request, "reports/council.html", context)
