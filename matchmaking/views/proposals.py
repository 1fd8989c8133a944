"""Pages of the proposals: pressing the button, its progress, the list, why not, and officers' decisions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from matchmaking import access, pairing, previews, proposal_list
from matchmaking.filters import PairFilter
from matchmaking.forms.proposals import PairAddForm, PairHideForm, TwoBusinessesForm
from matchmaking.models import Pair, TradeContact
from matchmaking.reasons import sentences
from matchmaking.tasks import queue_proposals
from tradecontact.web import PortalRequest

PAIRS_PER_PAGE = 20


@require_safe
def proposals(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the pairs of a contact, best first, and the progress of a run at work."""
    contact = access.get_trade_contact(request.actor, slug)
    filters = PairFilter(
        request.GET,
        proposal_list.pairs_of(contact),
        businesses=proposal_list.participants(contact),
        categories=proposal_list.categories_offered(contact),
        regions=proposal_list.regions_of(contact),
    )
    page = Paginator(filters.qs, PAIRS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "trade_contact": contact,
        "status": proposal_list.status_of(contact, timezone.now()),
        "filters": filters,
        "is_filtered": any(filters.form.cleaned_data.values()),
        "page": page,
        "cards": [proposal_list.card_of(pair) for pair in page],
        "next_url": request.get_full_path(),
    }
    return render(request, "matchmaking/proposals.html", context)


@require_POST
def proposals_request(request: PortalRequest, slug: str) -> HttpResponse:
    """Start computing the proposals; pressing again while that runs joins the same run."""
    contact = access.get_trade_contact(request.actor, slug)
    pairing.request_proposals(
        actor=request.actor, trade_contact=contact, now=timezone.now(), start=queue_proposals(request.actor)
    )
    return redirect("matchmaking:proposals", slug=slug)


@require_safe
def proposals_progress(request: PortalRequest, slug: str) -> HttpResponse:
    """Send how far the run is; once it is over the page loads anew with its list."""
    contact = access.get_trade_contact(request.actor, slug)
    status = proposal_list.status_of(contact, timezone.now())
    if request.htmx and status.is_live:
        context = {"trade_contact": contact, "status": status}
        return render(request, "matchmaking/proposals.html#progress", context)
    if request.htmx:
        return HttpResponseClientRefresh()
    return redirect("matchmaking:proposals", slug=slug)


@require_safe
def proposal_why_not(request: PortalRequest, slug: str) -> HttpResponse:
    """Say why two businesses of the contact are not on the list, and who is nearest instead."""
    contact = access.get_trade_contact(request.actor, slug)
    businesses = proposal_list.participants(contact)
    form = TwoBusinessesForm(request.GET if "one" in request.GET else None, businesses=businesses)
    context: dict[str, Any] = {"trade_contact": contact, "form": form}
    if form.is_valid():
        one, other = form.cleaned_data["one"], form.cleaned_data["other"]
        answer = pairing.explain_absence(
            trade_contact=contact, one=one, other=other, today=timezone.localdate()
        )
        context |= {
            "one": one,
            "other": other,
            "pair": proposal_list.pair_between(contact, one, other),
            "answer": answer,
            "blocking": sentences("open", answer.blocking),
            "alternatives": sentences("good", answer.alternatives),
        }
    return render(request, "matchmaking/proposal_why_not.html", context)


@require_http_methods(["GET", "POST"])
def pair_add(request: PortalRequest, slug: str) -> HttpResponse:
    """Put two businesses on the list by hand, with the reason."""
    contact = access.get_trade_contact(request.actor, slug)
    form = PairAddForm(
        request.POST if request.method == "POST" else None,
        businesses=proposal_list.participants(contact),
        initial={"one": request.GET.get("one"), "other": request.GET.get("other")},
    )
    if form.is_valid():
        try:
            pair = pairing.add_pair(
                actor=request.actor, trade_contact=contact, today=timezone.localdate(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Pasangan ada dalam daftar."))
            return redirect("matchmaking:pair_detail", slug=slug, pair_id=pair.pk)
    context = {"trade_contact": contact, "form": form}
    return render(request, "matchmaking/pair_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def pair_hide(request: PortalRequest, slug: str, pair_id: int) -> HttpResponse:
    """Take a pair off the list, with the reason."""
    contact = access.get_trade_contact(request.actor, slug)
    pair = access.get_pair(request.actor, contact, pair_id)
    form = PairHideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            pairing.hide_pair(actor=request.actor, pair=pair, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Pasangan disembunyikan dan tidak diusulkan lagi."))
            return redirect(_next(request, contact))
    context = {
        "trade_contact": contact,
        "pair": pair,
        "form": form,
        "next": _next(request, contact),
        "changes": _without(contact, pair),
    }
    return render(request, "matchmaking/pair_hide.html", context, status=422 if form.is_bound else 200)


def _without(contact: TradeContact, pair: Pair) -> previews.ChangeReport | None:
    """Return what the list would be without a pair; nothing for one that stands on no list."""
    if pair.rank is None:
        return None
    changes = previews.preview(trade_contact=contact, today=timezone.localdate(), vetoed=pair)
    return previews.report_of(changes)


@require_POST
def pair_lock(request: PortalRequest, slug: str, pair_id: int) -> HttpResponse:
    """Keep a pair on the list whatever the next run says."""
    contact = access.get_trade_contact(request.actor, slug)
    pair = access.get_pair(request.actor, contact, pair_id)
    try:
        pair.locked_at = pairing.lock_pair(actor=request.actor, pair=pair).locked_at
    except ValidationError as error:
        messages.error(request, error.message)
    return _card_or_back(request, contact, pair)


@require_POST
def pair_unlock(request: PortalRequest, slug: str, pair_id: int) -> HttpResponse:
    """Leave a pair to the next runs again."""
    contact = access.get_trade_contact(request.actor, slug)
    pair = access.get_pair(request.actor, contact, pair_id)
    pair.locked_at = pairing.unlock_pair(actor=request.actor, pair=pair).locked_at
    return _card_or_back(request, contact, pair)


@require_POST
def pair_unhide(request: PortalRequest, slug: str, pair_id: int) -> HttpResponse:
    """Let a hidden pair be proposed again."""
    contact = access.get_trade_contact(request.actor, slug)
    pair = access.get_pair(request.actor, contact, pair_id)
    pairing.unhide_pair(actor=request.actor, pair=pair)
    messages.success(
        request, _("Pasangan tidak lagi disembunyikan. Perhitungan berikutnya mengusulkannya bila cocok.")
    )
    return redirect(_next(request, contact))


def _card_or_back(request: PortalRequest, contact: TradeContact, pair: Pair) -> HttpResponse:
    """Answer htmx with the card alone, anybody else with the page they came from."""
    if not request.htmx:
        return redirect(_next(request, contact))
    context = {
        "trade_contact": contact,
        "card": proposal_list.card_of(pair),
        "with_messages": True,
        "next_url": request.htmx.current_url_abs_path or "",
    }
    return render(request, "matchmaking/_proposal_card.html", context)


def _next(request: PortalRequest, contact: TradeContact) -> str:
    """Return the page of this portal to go back to; the list when none is named."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else reverse("matchmaking:proposals", args=[contact.slug])
