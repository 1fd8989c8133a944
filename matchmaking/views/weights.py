"""The page of a contact's weights: what each counts, what a change would do, and applying it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matchmaking import access, previews
from matchmaking.forms.weights import WeightsForm, usual_values
from matchmaking.models import ProposalRun, TradeContact
from matchmaking.tasks import queue_proposals
from matchmaking.weights import LEAST_PAIRS, apply_weights
from products.views.saving import Attempt, try_to_save
from tradecontact.web import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def contact_weights(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the weights; with values in the address what they would change; on POST apply them."""
    contact = access.get_trade_contact(request.actor, slug)
    form = WeightsForm(_entered(request, contact), row=contact)
    runs: list[ProposalRun] = []

    def apply(version: int) -> None:
        run = apply_weights(
            actor=request.actor,
            trade_contact=contact,
            version=version,
            weights=form.weights(),
            least_pairs=form.cleaned_data[LEAST_PAIRS],
            now=timezone.now(),
            start=queue_proposals(request.actor),
        )
        runs.append(run)

    attempt = _looked_at(form) if request.method != "POST" else try_to_save(form, contact, apply)
    if attempt.is_saved:
        _tell_applied(request, runs[0])
        return redirect("matchmaking:proposals", slug=slug)
    context = {
        "trade_contact": contact,
        "form": form,
        "attempt": attempt,
        "changes": _changes(contact, form),
    }
    return render(request, "matchmaking/contact_weights.html", context, status=attempt.status)


def _entered(request: PortalRequest, contact: TradeContact) -> Any:
    """Return the values to look at or to apply; none when the page is only opened."""
    if request.method == "POST":
        return request.POST
    if "biasa" in request.GET:
        query = request.GET.copy()
        query.update(
            {**WeightsForm(row=contact).shown(usual_values(contact)), "version": str(contact.version)}
        )
        return query
    return request.GET if "version" in request.GET else None


def _looked_at(form: WeightsForm) -> Attempt:
    is_wrong = form.is_bound and not form.is_valid()
    return Attempt(is_saved=False, status=422 if is_wrong else 200)


def _changes(contact: TradeContact, form: WeightsForm) -> previews.ChangeReport | None:
    """Return what the entered values would change; nothing while they are wrong or none are entered."""
    if not hasattr(form, "cleaned_data") or not form.has_all_values():
        return None
    changes = previews.preview(
        trade_contact=contact,
        today=timezone.localdate(),
        weights=form.weights(),
        least_pairs=form.cleaned_data[LEAST_PAIRS],
    )
    return previews.report_of(changes)


def _tell_applied(request: PortalRequest, run: ProposalRun) -> None:
    """Say which values the list will be made with: a run reads them when it starts."""
    if run.state == ProposalRun.State.QUEUED:
        messages.success(request, _("Bobot disimpan. Daftar dihitung ulang dengan bobot ini."))
    else:
        text = _(
            "Bobot disimpan. Perhitungan yang sedang berjalan memakai nilai saat perhitungan itu dimulai; "
            "tekan “Usulkan lagi” sesudahnya."
        )
        messages.warning(request, text)
