"""The ranking with the equity record beside it, the decision, and what changes it afterwards."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matchmaking import access, admission, curation, curation_decision, curation_pages, mails
from matchmaking.curation_protocol import TEMPLATE, protocol_of
from matchmaking.forms.curation import AdmissionForm, AmendForm, DecisionForm, ReasonForm
from matchmaking.models import Curation, TradeContact
from tradecontact.pdf import compile_pdf
from tradecontact.web import PortalRequest

USUAL_RESERVES = 4


@require_safe
def curation_ranking(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Show the ranking with ties, every sheet, and who went before; closed until all have scored."""
    contact, found = _get(request, slug, delegation_id)
    if not curation.can_see_ranking(found):
        return _not_yet(request, found)
    rows = curation_pages.ranked_rows(found)
    context = _frame(contact, found) | {
        "rows": rows,
        "criteria": list(found.criteria.order_by("position")),
        "reviewers": list(found.reviewers.select_related("user").order_by("pk")),
        "districts": curation_pages.districts_of(rows),
        "first_timers": sum(row.facts.equity.times == 0 for row in rows),
        "tied_count": sum(row.side == "tied" for row in rows),
    }
    return render(request, "matchmaking/curation_ranking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def curation_decide(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Decide about everybody at once, with a reason each; this freezes the curation."""
    contact, found = _get(request, slug, delegation_id)
    if found.is_decided or not curation.can_see_ranking(found):
        return _not_yet(request, found)
    rows = curation_pages.ranked_rows(found)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, rows=rows, reserves=USUAL_RESERVES
    )
    if form.is_valid() and _decided(request, found, form):
        messages.success(request, _("Kurasi diputuskan. Yang terpilih sudah masuk delegasi."))
        return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)
    context = _frame(contact, found) | {"form": form, "rows": rows}
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/curation_decide.html", context, status=status)


@require_safe
def curation_protocol(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Give the Berita Acara of a decided curation as a PDF."""
    _contact, found = _get(request, slug, delegation_id)
    if not found.is_decided:
        return _not_yet(request, found)
    pages = compile_pdf(TEMPLATE, protocol_of(found), found.decided_at or timezone.now())
    response = HttpResponse(pages, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="berita-acara-{slug}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(
    request: PortalRequest, slug: str, delegation_id: int, application_id: int
) -> HttpResponse:
    """Write down that a business takes its application back; the first of the reserve moves up."""
    contact, found = _get(request, slug, delegation_id)
    application = access.get_application(found, application_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            heir = curation_decision.withdraw(
                actor=request.actor,
                application=application,
                now=timezone.now(),
                tell=partial(mails.tell_applicants, now=timezone.now()),
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = _("Pengunduran diri dicatat.")
            if heir is not None:
                text += " " + _("%(name)s naik dari daftar cadangan.") % {"name": heir.business.name}
            messages.success(request, text)
            return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)
    context = _frame(contact, found) | {"application": application, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/application_withdraw.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def application_amend(
    request: PortalRequest, slug: str, delegation_id: int, application_id: int
) -> HttpResponse:
    """Change the outcome for one business by an addendum with a reason."""
    contact, found = _get(request, slug, delegation_id)
    application = access.get_application(found, application_id)
    if not found.is_decided:
        return _not_yet(request, found)
    form = AmendForm(request.POST if request.method == "POST" else None, application=application)
    if form.is_valid():
        try:
            curation_decision.amend(
                actor=request.actor,
                application=application,
                now=timezone.now(),
                tell=partial(mails.tell_applicants, now=timezone.now()),
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Perubahan dicatat sebagai adendum."))
            return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)
    context = _frame(contact, found) | {"application": application, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/application_amend.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def applicant_admit(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Put a business that has not applied into the decided delegation, by an addendum with a reason."""
    contact, found = _get(request, slug, delegation_id)
    if not found.is_decided:
        return _not_yet(request, found)
    newcomers = curation_pages.newcomers_for(found)
    form = AdmissionForm(request.POST if request.method == "POST" else None, candidates=newcomers)
    if form.is_valid():
        try:
            admission.admit(
                actor=request.actor,
                curation=found,
                now=timezone.now(),
                tell=partial(mails.tell_applicants, now=timezone.now()),
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Perubahan dicatat sebagai adendum."))
            return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)
    status = 422 if form.is_bound else 200
    context = _frame(contact, found) | {"form": form}
    return render(request, "matchmaking/applicant_admit.html", context, status=status)


def _get(request: PortalRequest, slug: str, delegation_id: int) -> tuple[TradeContact, Curation]:
    contact = access.get_trade_contact(request.actor, slug)
    return contact, access.get_curation(request.actor, contact, delegation_id)


def _frame(contact: TradeContact, found: Curation) -> dict[str, Any]:
    return {"trade_contact": contact, "curation": found, "delegation": found.delegation}


def _not_yet(request: PortalRequest, found: Curation) -> HttpResponse:
    """Lead back to the curation's own page and say why the page asked for is closed."""
    if found.is_decided:
        text = _("Kurasi sudah diputuskan. Perubahan dicatat sebagai adendum.")
    elif found.state == Curation.State.SCORING:
        text = _("Peringkat terbuka setelah semua penilai selesai.")
    else:
        text = _("Penilaian belum dimulai.")
    messages.info(request, text)
    contact = found.delegation.trade_contact
    return redirect("matchmaking:curation", slug=contact.slug, delegation_id=found.delegation_id)


def _decided(request: PortalRequest, found: Curation, form: DecisionForm) -> bool:
    try:
        curation_decision.decide(
            actor=request.actor,
            curation=found,
            verdicts=form.verdicts(),
            line_reason=form.cleaned_data["line_reason"],
            now=timezone.now(),
            tell=partial(mails.tell_applicants, now=timezone.now()),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
