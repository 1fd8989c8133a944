"""Downloads of the lists of a trade contact and of inquiries, with the filters of their pages, all pages."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.downloads import send_workbook
from matchmaking import access, exports, proposal_list, run_pages
from matchmaking import interest_board as board
from matchmaking.delegations import delegations_of, participants_in, participants_of
from matchmaking.filters import InquiryFilter, InterestFilter, NeedFilter, PairFilter, ParticipantFilter
from matchmaking.need_board import rows_of
from matchmaking.recipients import with_reach
from tradecontact.web import PortalRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def delegation_export(request: PortalRequest, slug: str) -> HttpResponse:
    """Send one delegation: the own one with its private columns."""
    contact = access.get_trade_contact(request.actor, slug)
    tabs = delegations_of(contact, request.actor)
    chosen = next((tab for tab in tabs if str(tab.office_id) == request.GET.get("dinas")), tabs[0])
    is_own = access.can_change_delegation(request.actor, chosen)
    filters = ParticipantFilter(request.GET, queryset=participants_of(chosen, timezone.now()))
    return send_workbook(
        request,
        name="delegasi",
        back=reverse("matchmaking:delegations", args=[slug]),
        sheets=[exports.participants_sheet(filters.qs, is_own=is_own)],
        is_private=is_own,
    )


@get_or_post
def needs_export(request: PortalRequest, slug: str) -> HttpResponse:
    """Send what the businesses of all delegations look for."""
    contact = access.get_trade_contact(request.actor, slug)
    today = timezone.localdate()
    filters = NeedFilter(request.GET, trade_contact=contact, today=today)
    return send_workbook(
        request,
        name="kebutuhan",
        back=reverse("matchmaking:contact_needs", args=[slug]),
        sheets=[exports.needs_sheet(rows_of(filters.qs, contact, today))],
        is_private=False,
    )


@get_or_post
def proposals_export(request: PortalRequest, slug: str) -> HttpResponse:
    """Send the pairs of a contact with their reasons, best first."""
    contact = access.get_trade_contact(request.actor, slug)
    filters = PairFilter(
        request.GET,
        proposal_list.pairs_of(contact),
        businesses=proposal_list.participants(contact),
        categories=proposal_list.categories_offered(contact),
        regions=proposal_list.regions_of(contact),
    )
    return send_workbook(
        request,
        name="pasangan",
        back=reverse("matchmaking:proposals", args=[slug]),
        sheets=[exports.proposals_sheet(filters.qs, request.actor)],
        is_private=True,
    )


@get_or_post
def interest_export(request: PortalRequest, slug: str) -> HttpResponse:
    """Send who answered what, when and through what; or, on the second tab, who is still to be called."""
    contact = access.get_trade_contact(request.actor, slug)
    if request.GET.get("lihat") == "telepon":
        now = timezone.now()
        waiting = with_reach(participants_in(contact, now).filter(waiting_count__gt=0), contact, now)
        rows = board.in_order_of_calls(waiting, request.actor)
        sheet = exports.calls_sheet(board.calls_of(rows, contact, request.actor))
    else:
        pairs = InterestFilter(
            request.GET, board.pairs_on_board(contact), region_id=request.actor.region_id
        ).qs
        sheet = exports.interest_sheet(board.rows_of(pairs, request.actor))
    return send_workbook(
        request,
        name="minat",
        back=reverse("matchmaking:interest_board", args=[slug]),
        sheets=[sheet],
        is_private=True,
    )


@get_or_post
def inquiries_export(request: PortalRequest) -> HttpResponse:
    """Send the inquiries about businesses of the own region, with their senders."""
    rows = access.inquiries_for(request.actor).select_related("unit")
    filters = InquiryFilter(request.GET, queryset=rows)
    return send_workbook(
        request,
        name="pernyataan-minat",
        back=reverse("matchmaking:inquiries"),
        sheets=[exports.inquiries_sheet(filters.qs)],
        is_private=True,
    )


@get_or_post
def runs_export(request: PortalRequest, slug: str) -> HttpResponse:
    """Send every time the proposals were computed, the latest first."""
    contact = access.get_trade_contact(request.actor, slug)
    lines = run_pages.lines_of(run_pages.runs_of(contact))
    return send_workbook(
        request,
        name="perhitungan",
        back=reverse("matchmaking:runs", args=[slug]),
        sheets=[exports.runs_sheet(lines)],
        is_private=False,
    )
