"""Interest without an account: the public form, its receipt, and what the seller's office does with it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking import access, buyers, mails
from matchmaking import inquiries as domain
from matchmaking.filters import InquiryFilter
from matchmaking.forms.inquiries import BuyerForm, CloseForm, InquiryForm
from matchmaking.models import Inquiry
from products.access import get_public_product
from regions.places import suggest_regions
from tradecontact.web import PortalRequest

LONGEST_PLACE = 80
PER_PAGE = 50


@login_not_required
@cache_control(private=True)  # going back finds the same form, so pressing again is the same press
@require_http_methods(["GET", "POST"])
def inquiry_new(request: PortalRequest, product_id: int) -> HttpResponse:
    """Send interest in a product without an account; pressing several times sends it once."""
    product = get_public_product(product_id)
    data = request.POST if request.method == "POST" else None
    form = InquiryForm(data, product=product, now=timezone.now())
    if form.is_valid():
        inquiry, is_new = domain.send_inquiry(
            actor=request.actor,
            product=product,
            tell=partial(mails.tell_about_inquiry, now=timezone.now()),
            **form.entered(),
        )
        if not is_new:
            messages.info(request, _("Formulir ini sudah kami terima, jadi tidak dicatat dua kali."))
        return redirect("matchmaking:inquiry_receipt", form_token=inquiry.form_token)
    context = {"form": form, "product": product}
    return render(request, "matchmaking/inquiry_new.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_safe
def region_options(request: PortalRequest) -> HttpResponse:
    """Give the input for a kabupaten or kota its list of names, as far as it has been typed."""
    regions = suggest_regions(request.GET.get("region", "")[:LONGEST_PLACE])
    return render(request, "matchmaking/_region_options.html", {"regions": regions})


@login_not_required
@never_cache
@require_safe
def inquiry_receipt(request: PortalRequest, form_token: UUID) -> HttpResponse:
    """Confirm an inquiry by its receipt number; nothing the sender typed is shown again."""
    inquiry = access.get_receipt(form_token)
    return render(request, "matchmaking/inquiry_receipt.html", {"inquiry": inquiry})


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
