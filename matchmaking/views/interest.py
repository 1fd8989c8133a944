"""The interest board of a trade contact: counts per state, every answer, and whom to call."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matchmaking import access
from matchmaking import interest_board as board
from matchmaking.answer_lock import set_answers_locked
from matchmaking.delegations import participants_in
from matchmaking.filters import InterestFilter
from matchmaking.models import TradeContact
from matchmaking.recipients import with_reach
from tradecontact.web import PortalRequest

PAIRS_PER_PAGE, CALLS_PER_PAGE = 50, 100


@require_safe
def interest_board(request: PortalRequest, slug: str) -> HttpResponse:
    """Show who answered what, when and through what; or, on the second tab, who is still to be called."""
    contact = access.get_trade_contact(request.actor, slug)
    counts = board.counts_of(contact)
    now = timezone.now()
    waiting = participants_in(contact, now).filter(waiting_count__gt=0)
    shows_calls = request.GET.get("lihat") == "telepon"
    total = sum(segment.count for segment in counts)
    context = {
        "trade_contact": contact,
        "counts": counts,
        "total": total,
        "chosen_state": request.GET.get("jawaban", ""),
        "shows_calls": shows_calls,
        "board_tabs": [
            _tab("?", _("Semua jawaban"), total, current=not shows_calls),
            _tab("?lihat=telepon", _("Belum menjawab"), waiting.count(), current=shows_calls),
        ],
    }
    calls = with_reach(waiting, contact, now)
    context |= _calls(request, contact, calls) if shows_calls else _answers(request, contact)
    return render(request, "matchmaking/interest_board.html", context)


@require_POST
def answers_lock(request: PortalRequest, slug: str) -> HttpResponse:
    """Lock the answers, as the timetable is made of them, or open them again; pressing twice is safe."""
    contact = access.get_trade_contact(request.actor, slug)
    is_locked = request.POST.get("kunci") == "ya"
    set_answers_locked(actor=request.actor, trade_contact=contact, is_locked=is_locked, now=timezone.now())
    messages.success(request, _("Jawaban dikunci.") if is_locked else _("Jawaban dapat diubah lagi."))
    return redirect("matchmaking:interest_board", slug=slug)


def _tab(url: str, label: str, count: int, *, current: bool) -> dict[str, object]:
    return {"url": url, "label": label, "count": count, "current": current}


def _answers(request: PortalRequest, contact: TradeContact) -> dict[str, Any]:
    """Return the pairs that the filters choose, with both sides' answers."""
    pairs = board.pairs_on_board(contact)
    filters = InterestFilter(request.GET, pairs, region_id=request.actor.region_id)
    page = Paginator(filters.qs, PAIRS_PER_PAGE).get_page(request.GET.get("page"))
    return {"filters": filters, "page": page, "rows": board.rows_of(page, request.actor)}


def _calls(request: PortalRequest, contact: TradeContact, waiting: Any) -> dict[str, Any]:
    """Return the businesses to call: the own ones, the overdue first, then those with most to answer."""
    page = Paginator(board.in_order_of_calls(waiting, request.actor), CALLS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    return {"page": page, "calls": board.calls_of(page, contact, request.actor)}
