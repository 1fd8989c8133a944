"""Pages of the runs: the list of them, one with all its figures, and cancelling one at work."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking import access, run_pages
from matchmaking import runs as run_work
from matchmaking.models import ProposalRun
from tradecontact.web import PortalRequest

RUNS_PER_PAGE = 50


@require_safe
def runs(request: PortalRequest, slug: str) -> HttpResponse:
    """Show every time the proposals were computed, the latest first."""
    contact = access.get_trade_contact(request.actor, slug)
    page = Paginator(run_pages.runs_of(contact), RUNS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"trade_contact": contact, "page": page, "lines": run_pages.lines_of(page)}
    return render(request, "matchmaking/runs.html", context)


@require_safe
def run_detail(request: PortalRequest, slug: str, run_id: int) -> HttpResponse:
    """Show what one list was made of, how good and fair it is, and what changed."""
    contact = access.get_trade_contact(request.actor, slug)
    run = access.get_run(contact, run_id)
    context = {"trade_contact": contact, "run": run, "report": run_pages.page_of(run)}
    return render(request, "matchmaking/run_detail.html", context)


@require_POST
def run_cancel(request: PortalRequest, slug: str, run_id: int) -> HttpResponse:
    """Stop a run that waits or is at work; the list of before stays."""
    contact = access.get_trade_contact(request.actor, slug)
    run = run_work.cancel_run(actor=request.actor, run=access.get_run(contact, run_id))
    if run.state == ProposalRun.State.CANCELLED:
        messages.success(request, _("Perhitungan dibatalkan. Daftar sebelumnya tetap berlaku."))
    else:
        messages.info(request, _("Perhitungan ini sudah selesai, jadi tidak dapat dibatalkan lagi."))
    return redirect("matchmaking:proposals", slug=slug)
