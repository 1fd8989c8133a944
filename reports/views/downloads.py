"""Reports to take along, as .xlsx or PDF; refused with the reason when numbers and rows differ."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.downloads import send_file
from matchmaking.access import get_trade_contact
from reports import trips
from reports.access import regions_of
from reports.asking import ask
from reports.balance_paper import balance_paper
from reports.commitment_rows import commitment_rows
from reports.council import answer_council, council_paper
from reports.equity_paper import equity_paper
from reports.forms import RegionsForm
from reports.funnel import PairQuestion
from reports.funnel_paper import funnel_paper
from reports.ledger import Question
from reports.ledger_paper import ledger_paper
from reports.pair_rows import pair_rows
from reports.papers import Paper, TotalsDiffer, as_pdf, as_workbook
from tradecontact.web import PortalRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def ledger_export(request: PortalRequest, extension: str) -> HttpResponse:
    """Send the ledger with its rows."""

    def make(actor: Actor, today: date) -> Paper:
        return ledger_paper(actor, ask(actor, request.GET, Question, commitment_rows(today)), today)

    return _send(request, extension, reverse("reports:ledger"), make)


@get_or_post
def funnel_export(request: PortalRequest, extension: str) -> HttpResponse:
    """Send the funnel with its pairs."""

    def make(actor: Actor, today: date) -> Paper:
        return funnel_paper(actor, ask(actor, request.GET, PairQuestion, pair_rows(timezone.now())), today)

    return _send(request, extension, reverse("reports:funnel"), make)


@get_or_post
def balance_export(request: PortalRequest, extension: str) -> HttpResponse:
    """Send the balance of two regions with its rows."""

    def make(actor: Actor, today: date) -> Paper:
        asked = ask(actor, request.GET, Question, commitment_rows(today))
        return balance_paper(actor, asked, RegionsForm(request.GET, regions_of(actor)), today)

    return _send(request, extension, reverse("reports:balance"), make)


@get_or_post
def equity_export(request: PortalRequest, extension: str) -> HttpResponse:
    """Send who travelled, with every trip, and who was not chosen."""

    def make(actor: Actor, today: date) -> Paper:
        return equity_paper(actor, trips.ask_trips(actor, request.GET), today)

    return _send(request, extension, reverse("reports:equity"), make)


@get_or_post
def council_export(request: PortalRequest, slug: str, extension: str) -> HttpResponse:
    """Send the answers to the council about one contact, with their rows."""
    contact = get_trade_contact(request.actor, slug)

    def make(actor: Actor, today: date) -> Paper:
        return council_paper(actor, answer_council(actor, contact.slug, timezone.now(), today), today)

    return _send(request, extension, reverse("reports:council", args=[contact.slug]), make)


def _send(
    request: PortalRequest, extension: str, back: str, make: Callable[[Actor, date], Paper]
) -> HttpResponse:
    """Send a paper whose numbers are those of the page it was asked from (``seen``), else say why not."""
    if extension not in {"xlsx", "pdf"}:
        raise Http404

    def file() -> tuple[bytes, int]:
        paper = make(request.actor, timezone.localdate())
        if paper.seal != request.POST.get("seen", ""):
            raise TotalsDiffer([_("Angka di halaman bukan lagi jumlah baris yang ada sekarang.")])
        return as_workbook(paper) if extension == "xlsx" else as_pdf(paper, timezone.now())

    try:
        return send_file(request, name=_name(back), back=back, make=file, kind=extension, is_private=True)
    except TotalsDiffer as difference:
        query = request.GET.urlencode()
        context = {"reasons": difference.reasons, "back": f"{back}?{query}" if query else back}
        return render(request, "reports/export_refused.html", context, status=409)


def _name(back: str) -> str:
    """Return what a file is called after its page: ``/laporan/buku/`` gives ``laporan-buku``."""
    return back.strip("/").replace("/", "-")
