"""Pages of the needs in a trade contact: all of them, and one heard on the phone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matchmaking import access
from matchmaking.filters import NeedFilter
from matchmaking.forms.needs import PhoneNeedForm
from matchmaking.models import Delegation
from matchmaking.need_board import rows_of
from matchmaking.phone_needs import record_phone_need
from products.access import get_own_need
from products.needs import read_needs
from tradecontact.web import PortalRequest, render_page_or_partial

ROWS_PER_PAGE = 100
BY_PHONE = "matchmaking/need_by_phone.html"


@require_safe
def contact_needs(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what the businesses of all delegations look for."""
    contact = access.get_trade_contact(request.actor, slug)
    today = timezone.localdate()
    filters = NeedFilter(request.GET, trade_contact=contact, today=today)
    page = Paginator(filters.qs, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "trade_contact": contact,
        "filters": filters,
        "page": page,
        "rows": rows_of(page, contact, today),
        "today": today,
        "region_id": request.actor.region_id,
        "can_record": request.actor.is_officer,
    }
    return render(request, "matchmaking/contact_needs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def need_by_phone(request: PortalRequest, slug: str) -> HttpResponse:
    """Record a need while talking: one line fills the fields, the officer checks them and saves."""
    contact = access.get_trade_contact(request.actor, slug)
    delegation = access.get_own_delegation(request.actor, contact)
    if request.method != "POST":
        return _phone_page(request, delegation, _blank_form(request, delegation))
    form = PhoneNeedForm(request.POST, delegation=delegation, today=timezone.localdate())
    if request.htmx or not form.was_read():  # htmx only ever asks for a reading
        values, is_news = form.with_reading(*read_needs(form.lines(), timezone.localdate()))
        if request.htmx or is_news:
            draft = PhoneNeedForm(delegation=delegation, today=timezone.localdate(), initial=values)
            return _phone_page(request, delegation, draft, was_read=True)
    if form.is_valid():
        try:
            need, is_new = record_phone_need(
                actor=request.actor,
                delegation=delegation,
                caller=form.caller(),
                facts=form.facts(),
                has_consent=form.cleaned_data["has_consent"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if not is_new:
                messages.info(request, _("Kebutuhan ini sudah tercatat, jadi tidak dicatat dua kali."))
            return redirect(f"{reverse('matchmaking:need_by_phone', args=[slug])}?tercatat={need.pk}")
    return _phone_page(request, delegation, form, status=422)


def _blank_form(request: PortalRequest, delegation: Delegation) -> PhoneNeedForm:
    """Return an empty form; "one more" starts with the same business."""
    form = PhoneNeedForm(delegation=delegation, today=timezone.localdate())
    form.initial["business"] = request.GET.get("usaha", "")
    return form


def _phone_page(
    request: PortalRequest,
    delegation: Delegation,
    form: PhoneNeedForm,
    *,
    was_read: bool = False,
    status: int = 200,
) -> HttpResponse:
    saved = request.GET.get("tercatat", "")
    context = {
        "trade_contact": delegation.trade_contact,
        "delegation": delegation,
        "form": form,
        "was_read": was_read,
        "saved": get_own_need(request.actor, int(saved)) if saved.isdecimal() and len(saved) < 19 else None,
    }
    return render_page_or_partial(request, BY_PHONE, "rincian", context, status=status)
