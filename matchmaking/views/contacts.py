"""Pages of a trade contact for its officers: opening it, its overview, correcting it, one more guest."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from matchmaking import access, contacts, progress, return_visit, timeline
from matchmaking.delegations import delegations_of
from matchmaking.forms.contacts import ContactEditForm, ContactOpenForm, GuestForm
from matchmaking.models import Delegation
from products.views.saving import try_to_save
from tradecontact.web import PortalRequest


@require_http_methods(["GET", "POST"])
def contact_new(request: PortalRequest) -> HttpResponse:
    """Open a trade contact with another office; sending the form again leads to the same contact."""
    own_office = access.get_opening_office(request.actor)
    data = request.POST if request.method == "POST" else None
    form = ContactOpenForm(data, own_office=own_office, initial={"role": Delegation.Role.GUEST})
    if form.is_valid():
        try:
            contact, is_new = contacts.open_trade_contact(
                actor=request.actor, facts=form.facts(), **form.offices()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if is_new:
                messages.success(request, _("Kontak dagang dibuka. Kedua dinas sekarang melihatnya."))
            else:
                messages.info(request, _("Kontak dagang ini sudah ada, jadi tidak dibuka dua kali."))
            return redirect("matchmaking:contact_overview", slug=contact.slug)
    context = {"form": form, "own_office": own_office}
    return render(request, "matchmaking/contact_new.html", context, status=422 if form.is_bound else 200)


@require_GET
def contact_overview(request: PortalRequest, slug: str) -> HttpResponse:
    """Show where a trade contact stands, and the one thing to do next."""
    contact = access.get_trade_contact(request.actor, slug)
    today = timezone.localdate()
    delegations = delegations_of(contact, request.actor)
    context = {
        "trade_contact": contact,
        "commodities": contact.commodities.order_by("position", "pk"),
        "delegations": delegations,
        "progress": progress.progress_of([contact], request.actor, today)[contact.pk],
        "history": timeline.of_contact(contact, delegations, request.actor),
        "return_visit": return_visit.return_visit_of(contact),
    }
    return render(request, "matchmaking/contact_overview.html", context)


@require_http_methods(["GET", "POST"])
def contact_edit(request: PortalRequest, slug: str) -> HttpResponse:
    """Correct the facts of a trade contact; a colleague's newer save is shown beside one's own."""
    contact = access.get_trade_contact(request.actor, slug)
    form = ContactEditForm(request.POST if request.method == "POST" else None, row=contact)
    attempt = try_to_save(
        form,
        contact,
        lambda version: contacts.update_trade_contact(
            actor=request.actor, trade_contact=contact, version=version, facts=form.facts()
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Kontak dagang diperbarui."))
        return redirect("matchmaking:contact_overview", slug=contact.slug)
    context = {"trade_contact": contact, "form": form, "attempt": attempt}
    return render(request, "matchmaking/contact_edit.html", context, status=attempt.status)


@require_http_methods(["GET", "POST"])
def guest_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Invite one more office to a trade contact."""
    contact = access.get_trade_contact(request.actor, slug)
    form = GuestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            contacts.add_guest(actor=request.actor, trade_contact=contact, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Dinas tamu ditambahkan, dengan delegasi yang masih kosong."))
            return redirect("matchmaking:contact_overview", slug=contact.slug)
    context = {"trade_contact": contact, "form": form}
    return render(request, "matchmaking/guest_new.html", context, status=422 if form.is_bound else 200)
