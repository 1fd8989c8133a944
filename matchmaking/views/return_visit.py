"""Opening the return visit of a trade contact."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matchmaking import access, return_visit
from matchmaking.forms.return_visit import ReturnVisitForm
from tradecontact.web import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def return_visit_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Open the return visit with the open pairs; a contact that has one leads to it."""
    contact = access.get_trade_contact(request.actor, slug)
    existing = return_visit.return_visit_of(contact)
    if existing is not None:
        messages.info(request, _("Kunjungan balasannya sudah ada, jadi tidak dibuka dua kali."))
        return redirect("matchmaking:contact_overview", slug=existing.slug)
    hosts = return_visit.hosts_for(contact)
    form = ReturnVisitForm(request.POST if request.method == "POST" else None, hosts=hosts)
    if form.is_valid():
        try:
            visit, _is_new = return_visit.open_return_visit(
                actor=request.actor, trade_contact=contact, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kunjungan balasan dibuka. Pasangan yang masih jalan ikut dibawa."))
            return redirect("matchmaking:contact_overview", slug=visit.slug)
    context = {
        "trade_contact": contact,
        "form": form,
        "pair_count": return_visit.count_open_pairs(contact),
    }
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/return_visit_new.html", context, status=status)
