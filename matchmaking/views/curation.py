"""Pages by which an office sets up the curation of its delegation: frame, criteria, reviewers, applicants."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from matchmaking import access, applications, curation_pages
from matchmaking import curation as domain
from matchmaking.forms.curation import ApplicantsForm, CriteriaForm, FrameForm, ReviewersForm
from matchmaking.models import Curation, Delegation
from matchmaking.sharing import application_message, as_qr, whatsapp_to_anybody
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 100
USUAL_DAYS = 21


@require_http_methods(["GET", "HEAD", "POST"])
def curation(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Show the curation of a delegation with its next step; POST opens it or changes its frame."""
    contact = access.get_trade_contact(request.actor, slug)
    delegation = access.get_delegation_to_change(request.actor, contact, delegation_id)
    found = access.find_curation(delegation)
    initial = _initial(delegation, found)
    form = FrameForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _saved(request, delegation, found, form):
        return redirect("matchmaking:curation", slug=slug, delegation_id=delegation.pk)
    status = 422 if form.is_bound else 200
    context = {"trade_contact": contact, "delegation": delegation, "curation": found, "form": form}
    if found is None:
        return render(request, "matchmaking/curation_new.html", context, status=status)
    return render(request, "matchmaking/curation.html", context | _overview(request, found), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def curation_criteria(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Set the criteria with their weights."""
    contact, found = _get(request, slug, delegation_id)
    criteria = list(found.criteria.order_by("position"))
    form = CriteriaForm(request.POST if request.method == "POST" else None, criteria=criteria)
    if form.is_valid():
        try:
            domain.set_criteria(actor=request.actor, curation=found, criteria=form.criteria())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kriteria disimpan."))
            return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)
    context = {"trade_contact": contact, "curation": found, "delegation": found.delegation, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/curation_criteria.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def curation_reviewers(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Name the officers who score."""
    contact, found = _get(request, slug, delegation_id)
    named = list(found.reviewers.order_by("pk").values_list("user_id", flat=True))
    data = request.POST if request.method == "POST" else None
    form = ReviewersForm(data, delegation=found.delegation, named=named)
    if form.is_valid():
        try:
            domain.name_reviewers(actor=request.actor, curation=found, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Penilai disimpan."))
            return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)
    context = {"trade_contact": contact, "curation": found, "delegation": found.delegation, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/curation_reviewers.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def applicants_add(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Add businesses of the region that applied on paper or by phone."""
    contact, found = _get(request, slug, delegation_id)
    candidates = curation_pages.candidates_for(found)
    form = ApplicantsForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if form.is_valid():
        try:
            added = applications.add_applicants(
                actor=request.actor, curation=found, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = ngettext("%(number)d usaha didaftarkan.", "%(number)d usaha didaftarkan.", len(added))
            messages.success(request, text % {"number": len(added)})
            return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)
    search = request.GET.get("q", "")[:100]
    page = Paginator(candidates.filter(name__icontains=search), ROWS_PER_PAGE)
    context = {
        "trade_contact": contact,
        "curation": found,
        "delegation": found.delegation,
        "form": form,
        "search": search,
        "page": page.get_page(request.GET.get("page")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/applicants_add.html", context, status=status)


@require_POST
def scoring_start(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """End the applications; from now on the reviewers score."""
    return _act(request, slug, delegation_id, domain.start_scoring, _("Penilaian dimulai."))


@require_POST
def applications_reopen(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Take applications again while nobody has scored."""
    return _act(request, slug, delegation_id, domain.reopen_applications, _("Pendaftaran dibuka lagi."))


@require_POST
def application_join(
    request: PortalRequest, slug: str, delegation_id: int, application_id: int
) -> HttpResponse:
    """Join a public application with the business that the office knows already."""
    _contact, found = _get(request, slug, delegation_id)
    application = access.get_application(found, application_id)
    try:
        applications.join_known(actor=request.actor, application=application, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Pendaftaran digabungkan dengan usaha yang sudah tercatat."))
    return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)


@require_POST
def application_link_issue(request: PortalRequest, slug: str, delegation_id: int) -> HttpResponse:
    """Make a public link and show it once: the address, a message for WhatsApp, a QR code to print."""
    contact, found = _get(request, slug, delegation_id)
    try:
        link, token = applications.issue_application_link(
            actor=request.actor, curation=found, now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)
    message, address = application_message(found, token)
    context = {
        "trade_contact": contact,
        "curation": found,
        "delegation": found.delegation,
        "link": link,
        "message": message,
        "address": address,
        "whatsapp": whatsapp_to_anybody(message),
        "qr": as_qr(address),
    }
    response = render(request, "matchmaking/application_link.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def application_link_revoke(
    request: PortalRequest, slug: str, delegation_id: int, link_id: int
) -> HttpResponse:
    """Close a public link for good."""
    _contact, found = _get(request, slug, delegation_id)
    link = access.get_application_link(found, link_id)
    applications.revoke_application_link(actor=request.actor, link=link, now=timezone.now())
    messages.success(request, _("Tautan pendaftaran dicabut."))
    return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)


def _get(request: PortalRequest, slug: str, delegation_id: int) -> tuple[Any, Curation]:
    contact = access.get_trade_contact(request.actor, slug)
    return contact, access.get_curation(request.actor, contact, delegation_id)


def _act(
    request: PortalRequest, slug: str, delegation_id: int, act: Callable[..., Curation], done: str
) -> HttpResponse:
    """Do one step of the curation and come back to its page, which says what is missing otherwise."""
    _contact, found = _get(request, slug, delegation_id)
    try:
        act(actor=request.actor, curation=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("matchmaking:curation", slug=slug, delegation_id=delegation_id)


def _saved(request: PortalRequest, delegation: Delegation, found: Curation | None, form: FrameForm) -> bool:
    try:
        if found is None:
            domain.open_curation(actor=request.actor, delegation=delegation, **form.cleaned_data)
        else:
            domain.change_curation(actor=request.actor, curation=found, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Kuota dan waktu pendaftaran disimpan."))
    return True


def _initial(delegation: Delegation, found: Curation | None) -> dict[str, Any]:
    if found is not None:
        return {"quota": found.quota, "opens_on": found.opens_on, "closes_on": found.closes_on}
    today = timezone.localdate()
    free = delegation.trade_contact.businesses_per_delegation - delegation.participations.count()
    return {"quota": max(1, free), "opens_on": today, "closes_on": today + timedelta(days=USUAL_DAYS)}


def _overview(request: PortalRequest, found: Curation) -> dict[str, Any]:
    """Return what the page of a curation shows beside its frame."""
    rows = list(curation_pages.applicants_of(found))
    return {
        "criteria": list(found.criteria.order_by("position")),
        "reviewers": curation_pages.reviewers_with_progress(found),
        "applications": rows,
        "links": list(curation_pages.links_of(found, timezone.now())),
        "own_reviewer": domain.find_reviewer(request.actor, found),
        "can_see_ranking": domain.can_see_ranking(found),
        "without_reviewer": domain.without_reviewer(found) if found.state == "scoring" else [],
        "addenda": curation_pages.addenda_of(found),
    }
