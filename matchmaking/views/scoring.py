"""Scoring: a reviewer's own list of sheets, one sheet, a conflict of interest, and being finished."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking import access, curation, curation_pages
from matchmaking.forms.curation import ConflictForm, SheetForm
from matchmaking.models import Application, Reviewer, TradeContact
from tradecontact.web import PortalRequest, render_page_or_partial


@require_safe
def score_sheets(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """List the applications with how far the reader's own sheets are; nobody else's are here."""
    contact, reviewer = _get(request, slug, delegation_id)
    sheets = curation_pages.own_sheets(reviewer)
    left = [sheet for sheet in sheets if not (sheet["is_whole"] or sheet["conflict"])]
    context = _frame(contact, reviewer) | {"sheets": sheets, "left_count": len(left)}
    return render(request, "matchmaking/score_sheets.html", context)


@require_POST
def scoring_finish(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Say that the own sheets are complete."""
    _contact, reviewer = _get(request, slug, delegation_id)
    try:
        curation.finish_scoring(actor=request.actor, curation=reviewer.curation, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("matchmaking:score_sheets", slug=slug, delegation_id=delegation_id)
    messages.success(request, _("Terima kasih. Peringkat terbuka setelah semua penilai selesai."))
    return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)


@require_http_methods(["GET", "HEAD", "POST"])
def score_sheet(request: PortalRequest, slug: str, delegation_id: int, application_id: int) -> HttpResponse:
    """Score one application. Each choice is saved at once where scripts run, else by the button."""
    contact, reviewer = _get(request, slug, delegation_id)
    application = access.get_application(reviewer.curation, application_id)
    form = _form(request, reviewer, application)
    is_saved = form.is_valid() and _saved(request, application, form)
    if is_saved and not request.htmx:
        return _next(request, reviewer, slug)
    context = _frame(contact, reviewer) | _sheet(reviewer, application)
    context |= {"form": form, "conflict_form": ConflictForm(), "is_saved": is_saved}
    status = 422 if form.is_bound and not is_saved else 200
    return render_page_or_partial(request, "matchmaking/score_sheet.html", "saved", context, status=status)


@require_POST
def conflict_declare(
    request: PortalRequest, slug: str, delegation_id: int, application_id: int
) -> HttpResponse:
    """Declare a conflict of interest: the own scores of this application no longer count."""
    contact, reviewer = _get(request, slug, delegation_id)
    application = access.get_application(reviewer.curation, application_id)
    form = ConflictForm(request.POST)
    if form.is_valid():
        try:
            curation.declare_conflict(actor=request.actor, application=application, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Benturan kepentingan dicatat. Usaha ini dinilai oleh yang lain."))
            return redirect("matchmaking:score_sheets", slug=slug, delegation_id=delegation_id)
    context = _frame(contact, reviewer) | _sheet(reviewer, application)
    criteria = list(reviewer.curation.criteria.order_by("position"))
    scores = list(reviewer.scores.filter(application=application))
    context |= {"form": SheetForm(criteria=criteria, scores=scores), "conflict_form": form}
    return render(request, "matchmaking/score_sheet.html", context, status=422)


def _get(request: PortalRequest, slug: str, delegation_id: int) -> tuple[TradeContact, Reviewer]:
    """Return the contact and the reader as a reviewer; an officer who was not named gets a 403."""
    contact = access.get_trade_contact(request.actor, slug)
    found = access.get_curation(request.actor, contact, delegation_id)
    reviewer = curation.find_reviewer(request.actor, found)
    if reviewer is None:
        raise PermissionDenied(_("Hanya penilai yang ditunjuk yang dapat menilai."))
    reviewer.curation = found
    return contact, reviewer


def _frame(contact: TradeContact, reviewer: Reviewer) -> dict[str, Any]:
    found = reviewer.curation
    return {
        "trade_contact": contact,
        "curation": found,
        "delegation": found.delegation,
        "reviewer": reviewer,
        "can_score": found.state == "scoring" and reviewer.finished_at is None,
    }


def _form(request: PortalRequest, reviewer: Reviewer, application: Application) -> SheetForm:
    criteria = list(reviewer.curation.criteria.order_by("position"))
    scores = list(reviewer.scores.filter(application=application))
    return SheetForm(request.POST if request.method == "POST" else None, criteria=criteria, scores=scores)


def _saved(request: PortalRequest, application: Application, form: SheetForm) -> bool:
    try:
        curation.save_scores(
            actor=request.actor, application=application, sheet=form.sheet(), now=timezone.now()
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _sheet(reviewer: Reviewer, application: Application) -> dict[str, Any]:
    conflict = reviewer.conflicts.filter(application=application).first()
    return {
        "application": application,
        "products": curation_pages.products_of(application),
        "conflict": conflict,
    }


def _next(request: PortalRequest, reviewer: Reviewer, slug: str) -> HttpResponse:
    """Lead to the next application that is not scored yet, else to the list."""
    waiting = curation.unscored_by(reviewer)
    delegation_id = reviewer.curation.delegation_id
    if not waiting:
        messages.success(request, _("Semua sudah Anda nilai. Periksa sekali lagi, lalu nyatakan selesai."))
        return redirect("matchmaking:score_sheets", slug=slug, delegation_id=delegation_id)
    return redirect(
        "matchmaking:score_sheet", slug=slug, delegation_id=delegation_id, application_id=waiting[0].pk
    )
