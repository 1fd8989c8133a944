"""Pages of the delegations of a trade contact: who comes, putting businesses in, taking one out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from matchmaking import access, previews
from matchmaking.delegations import (
    add_participants,
    candidates_for,
    delegations_of,
    participants_of,
    remove_participant,
    removed_from,
)
from matchmaking.filters import ParticipantFilter
from matchmaking.forms.delegations import ParticipantsForm, RemovalForm
from matchmaking.models import Delegation, TradeContact
from matchmaking.office_tasks import with_readiness
from products.access import get_own_business
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 100


@require_safe
def delegations(request: PortalRequest, slug: str) -> HttpResponse:
    """Show one delegation: the own one with private columns and acts, another one as everybody knows it."""
    contact = access.get_trade_contact(request.actor, slug)
    tabs = delegations_of(contact, request.actor)
    chosen = next((tab for tab in tabs if str(tab.office_id) == request.GET.get("dinas")), tabs[0])
    can_change = access.can_change_delegation(request.actor, chosen)
    rows = with_readiness(participants_of(chosen, timezone.now()), contact)
    filters = ParticipantFilter(request.GET, queryset=rows)
    context = {
        "trade_contact": contact,
        "delegation": chosen,
        "delegation_tabs": [_tab(request, tab, chosen) for tab in tabs],
        "can_change": can_change,
        "is_own": chosen.office_id == request.actor.office_id,
        "filters": filters,
        "page": Paginator(filters.qs, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "removed": removed_from(chosen) if can_change else [],
        "surplus": max(0, chosen.business_count - contact.businesses_per_delegation),
    }
    return render(request, "matchmaking/delegations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_add(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Choose businesses of the region and put them into the delegation."""
    contact = access.get_trade_contact(request.actor, slug)
    delegation = access.get_delegation_to_change(request.actor, contact, delegation_id)
    asked = request.GET if "businesses" in request.GET else None
    form = ParticipantsForm(request.POST if request.method == "POST" else asked, delegation=delegation)
    if form.is_valid() and request.method == "POST":
        if "lihat" in request.POST:
            return redirect(_preview_address(request, form))
        try:
            added = add_participants(actor=request.actor, delegation=delegation, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("businesses", error)
        else:
            _tell_added(request, len(added))
            return redirect(_address(delegation))
    chosen = {business.pk for business in form.cleaned_data["businesses"]} if form.is_valid() else set()
    search = request.GET.get("q", "")[:100]
    candidates = candidates_for(delegation).filter(name__icontains=search)
    page = Paginator(candidates, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "trade_contact": contact,
        "delegation": delegation,
        "form": form,
        "search": search,
        "page": page,
        "chosen": chosen,
        "chosen_elsewhere": chosen - {business.pk for business in page},
        "changes": _with(contact, form) if chosen else None,
    }
    status = 422 if form.errors else 200
    return render(request, "matchmaking/participant_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_remove(
    request: PortalRequest, slug: str, delegation_id: int, business_id: int
) -> HttpResponse:
    """Take a business out of the delegation, with a reason; the list offers to put it back."""
    contact = access.get_trade_contact(request.actor, slug)
    delegation = access.get_delegation_to_change(request.actor, contact, delegation_id)
    business = get_own_business(request.actor, business_id)
    participation = delegation.participations.filter(business=business).first()
    if participation is None:
        messages.info(request, _("%(name)s tidak ada dalam delegasi ini.") % {"name": business.name})
        return redirect(_address(delegation))
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove_participant(actor=request.actor, participation=participation, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = _("%(name)s keluar dari delegasi. Anda dapat mengembalikannya di bawah daftar.")
            messages.success(request, text % {"name": business.name})
            return redirect(_address(delegation))
    context = {"trade_contact": contact, "delegation": delegation, "business": business, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/participant_remove.html", context, status=status)


def _preview_address(request: PortalRequest, form: ParticipantsForm) -> str:
    """Return the address that shows what the chosen businesses would change."""
    query = request.GET.copy()
    query.setlist("businesses", [str(business.pk) for business in form.cleaned_data["businesses"]])
    return f"{request.path}?{query.urlencode()}#perubahan"


def _with(contact: TradeContact, form: ParticipantsForm) -> previews.ChangeReport:
    """Return what the list would be with the chosen businesses."""
    changes = previews.preview(
        trade_contact=contact, today=timezone.localdate(), joining=form.cleaned_data["businesses"]
    )
    return previews.report_of(changes)


def _address(delegation: Delegation) -> str:
    page = reverse("matchmaking:delegations", args=[delegation.trade_contact.slug])
    return f"{page}?dinas={delegation.office_id}"


def _tab(request: PortalRequest, delegation: Delegation, chosen: Delegation) -> dict[str, object]:
    return {
        "url": f"?dinas={delegation.office_id}",
        "label": delegation.office.region.name,
        "count": delegation.business_count,
        "current": delegation == chosen,
    }


def _tell_added(request: PortalRequest, number: int) -> None:
    if not number:
        messages.info(request, _("Semua yang dipilih sudah ada dalam delegasi."))
        return
    text = ngettext(
        "%(number)d pelaku usaha masuk delegasi.", "%(number)d pelaku usaha masuk delegasi.", number
    )
    messages.success(request, text % {"number": number})
