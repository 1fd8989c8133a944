"""Pages for everybody: the front page, trade contacts, and the public page of one."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matchmaking import access, front_page
from tradecontact.web import PortalRequest

CONTACTS_ON_HOME = 3
PER_PAGE = 12


@login_not_required
@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """Say what the portal is, how much it holds, and where to begin."""
    today = timezone.localdate()
    context = {
        "facts": front_page.facts(today),
        "products": front_page.varied_products(),
        "sectors": front_page.sectors(),
        "contacts": access.coming_contacts(today)[:CONTACTS_ON_HOME],
    }
    return render(request, "matchmaking/home.html", context)


@login_not_required
@require_safe
def contacts(request: PortalRequest) -> HttpResponse:
    """List trade contacts: those to come, then those that have been."""
    today = timezone.localdate()
    past = Paginator(access.past_contacts(today), PER_PAGE)
    context = {"coming": access.coming_contacts(today), "page": past.get_page(request.GET.get("page"))}
    return render(request, "matchmaking/contacts.html", context)


@login_not_required
@require_safe
def contact_public(request: PortalRequest, slug: str) -> HttpResponse:
    """Show who meets whom, where and when, what they offer and what they look for."""
    contact = access.get_public_contact(slug)
    products = Paginator(front_page.products_of(contact), PER_PAGE)
    needs = Paginator(front_page.needs_of(contact, timezone.localdate()), PER_PAGE)
    context = {
        "contact": contact,
        "delegations": contact.delegations.all(),
        "page": products.get_page(request.GET.get("page")),
        "needs": needs.get_page(request.GET.get("kebutuhan")),
        "is_inside": access.takes_part(request.actor, contact),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "matchmaking/contact_public.html", context)
