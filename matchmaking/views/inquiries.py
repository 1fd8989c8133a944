"""What the seller's office does with the interest that strangers sent."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking import access, buyers
from matchmaking import inquiries as domain
from matchmaking.filters import InquiryFilter
from matchmaking.forms.inquiries import BuyerForm, CloseForm
from matchmaking.models import Inquiry
from tradecontact.web import PortalRequest

PER_PAGE = 50


@require_safe
def inquiries(request: PortalRequest) -> HttpResponse:
    """List the inquiries about businesses of the office's region, those that wait first."""
    filters = InquiryFilter(request.GET, queryset=access.inquiries_for(request.actor))
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "matchmaking/inquiries.html", {"filters": filters, "page": page})


@require_http_methods(["GET", "POST"])
def inquiry_detail(request: PortalRequest, receipt_number: str) -> HttpResponse:
    """Show an inquiry with its sender, and turn it into a pair on POST."""
    inquiry = access.get_inquiry(request.actor, receipt_number)
    page = _pairing_page(request, inquiry, CloseForm())
    form, contact = page["form"], page["contact"]
    if form is None or not form.is_valid():
        return _detail(request, page, status=422 if form and form.is_bound else 200)
    try:
        pair = domain.turn_into_pair(
            actor=request.actor,
            inquiry=inquiry,
            trade_contact=contact,
            buyer=form.business(),
            today=timezone.localdate(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _detail(request, page, status=422)
    messages.success(request, _("Pasangan usaha dibuat. Penjual dapat menjawab lewat tautan pribadinya."))
    return redirect("matchmaking:pair_detail", slug=pair.trade_contact.slug, pair_id=pair.pk)


@require_POST
def inquiry_close(request: PortalRequest, receipt_number: str) -> HttpResponse:
    """Take an inquiry off the waiting list, with the reason why it becomes no pair."""
    inquiry = access.get_inquiry(request.actor, receipt_number)
    close_form = CloseForm(request.POST)
    if close_form.is_valid():
        try:
            domain.close_inquiry(actor=request.actor, inquiry=inquiry, **close_form.cleaned_data)
        except ValidationError as error:
            close_form.add_error(None, error)
        else:
            messages.success(request, _("Pernyataan minat ditutup. Anda tetap dapat menjadikannya pasangan."))
            return redirect("matchmaking:inquiries")
    return _detail(request, _pairing_page(request, inquiry, close_form), status=422)


def _pairing_page(request: PortalRequest, inquiry: Inquiry, close_form: CloseForm) -> dict[str, Any]:
    """Return what the page of an inquiry needs; ``form`` is None when no pair can be made of it."""
    contacts = list(access.contacts_for(request.actor, inquiry))
    is_pairing = request.method == "POST" and not close_form.is_bound
    asked = (request.POST if is_pairing else request.GET).get("kontak", "")
    contact = next((contact for contact in contacts if contact.slug == asked), None)
    if contact is None and is_pairing:
        raise Http404
    contact = contact or next(iter(contacts), None)
    page = {
        "inquiry": inquiry,
        "contacts": contacts,
        "contact": contact,
        "close_form": close_form,
        "form": None,
    }
    if contact is not None and inquiry.pair is None:
        choice = buyers.choice_for(inquiry, contact)
        page |= {"form": BuyerForm(request.POST if is_pairing else None, choice=choice), "choice": choice}
    return page


def _detail(request: PortalRequest, page: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, "matchmaking/inquiry_detail.html", page, status=status)
