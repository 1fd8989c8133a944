"""Offers to supply: an officer's on behalf of a business, and what the offices do with those that wait."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from matchmaking import access, mails, supply, supply_desk
from matchmaking.forms.supply import OfferCloseForm, OfferContactForm, SupplierForm, SupplyForm
from matchmaking.models import SupplyOffer
from products.access import get_public_need, require_staff
from products.models import Business, Need
from products.public_needs import ShownNeed
from tradecontact.web import PortalRequest

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def supply_new(request: PortalRequest, need_id: int) -> HttpResponse:
    """Answer a need on behalf of a business of the own region: choose it, then say with what."""
    require_staff(request.actor)
    need, today = get_public_need(need_id), timezone.localdate()
    if not need.is_open_on(today):
        return render(request, "products/need_closed.html", status=410)
    suppliers = supply_desk.own_suppliers(request.actor, need)
    chooser = SupplierForm(request.GET if "usaha" in request.GET else None, businesses=suppliers)
    context = {"need": need, "shown": ShownNeed(need, today), "chooser": chooser}
    if not chooser.is_valid():
        return render(request, "matchmaking/supply_new.html", context, status=422 if chooser.errors else 200)
    business = chooser.cleaned_data["usaha"]
    data = request.POST if request.method == "POST" else None
    form = SupplyForm(data, products=supply_desk.products_for(business, need))
    offer = offered(request.actor, need, business, form)
    if offer is not None:
        messages.success(request, _("Tawaran dicatat. Dinas pembeli melihatnya."))
        return redirect("matchmaking:supply_offer_detail", offer_id=offer.pk)
    context |= {"business": business, "form": form}
    return render(request, "matchmaking/supply_new.html", context, status=422 if form.is_bound else 200)


def offered(actor: Actor, need: Need, business: Business, form: SupplyForm) -> SupplyOffer | None:
    """Record what a valid form offers; what is wrong goes into the form, and None comes back."""
    if not form.is_valid():
        return None
    try:
        return supply.offer_supply(
            actor=actor,
            need=need,
            business=business,
            today=timezone.localdate(),
            tell=partial(mails.tell_about_supply, now=timezone.now()),
            **form.cleaned_data,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None


@require_safe
def supply_offers(request: PortalRequest) -> HttpResponse:
    """List the offers that touch businesses of the own region, those that wait first."""
    require_staff(request.actor)
    offers = supply_desk.offers_for(request.actor)
    page = Paginator(offers, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "region_id": request.actor.region_id}
    return render(request, "matchmaking/supply_offers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supply_offer_detail(request: PortalRequest, offer_id: int) -> HttpResponse:
    """Show an offer with both sides, and make it a pair in a trade contact on POST."""
    offer = access.get_supply_offer(request.actor, offer_id)
    form = _contact_form(request, offer)
    if form.is_valid():
        try:
            supply.turn_offer_into_pair(
                actor=request.actor,
                offer=offer,
                trade_contact=form.cleaned_data["kontak"],
                today=timezone.localdate(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Pasangan usaha dibuat. Pembeli menjawab lewat tautan pribadinya."))
            return redirect("matchmaking:supply_offer_detail", offer_id=offer.pk)
    return _detail(request, offer, form, OfferCloseForm(), status=422 if form.is_bound else 200)


@require_POST
def supply_offer_close(request: PortalRequest, offer_id: int) -> HttpResponse:
    """Take an offer off the waiting list, with a reason that its supplier reads."""
    offer = access.get_supply_offer(request.actor, offer_id)
    close_form = OfferCloseForm(request.POST)
    if close_form.is_valid():
        try:
            supply.close_offer(actor=request.actor, offer=offer, **close_form.cleaned_data)
        except ValidationError as error:
            close_form.add_error(None, error)
        else:
            messages.success(request, _("Tawaran ditutup. Pemasok membaca alasannya."))
            return redirect("matchmaking:supply_offers")
    contacts = supply_desk.contacts_for(request.actor, offer, timezone.localdate())
    return _detail(request, offer, OfferContactForm(contacts=contacts), close_form, status=422)


def _contact_form(request: PortalRequest, offer: SupplyOffer) -> OfferContactForm:
    contacts = supply_desk.contacts_for(request.actor, offer, timezone.localdate())
    return OfferContactForm(request.POST if request.method == "POST" else None, contacts=contacts)


def _detail(
    request: PortalRequest,
    offer: SupplyOffer,
    form: OfferContactForm,
    close_form: OfferCloseForm,
    *,
    status: int,
) -> HttpResponse:
    context = {
        "offer": offer,
        "shown": ShownNeed(offer.need, timezone.localdate()),
        "products": offer.products.order_by("name", "pk"),
        "form": form,
        "close_form": close_form,
        "has_contacts": form.has_contacts,
        "region_id": request.actor.region_id,
        "is_same_region": offer.business.region_id == offer.need.business.region_id,
        "can_open_pair": offer.pair is not None
        and access.takes_part(request.actor, offer.pair.trade_contact),
    }
    return render(request, "matchmaking/supply_offer_detail.html", context, status=status)
