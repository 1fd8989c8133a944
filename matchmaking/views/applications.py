"""Applying for a delegation: the public form with its receipt, and the same through a personal link."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_sending import answer_sending
from accounts.sending_limits import youngest_for
from matchmaking import access, applications, curation_decision, mails
from matchmaking.application_results import result_of
from matchmaking.forms.applications import ApplicationForm
from matchmaking.forms.curation import ReasonForm
from matchmaking.models import Curation
from matchmaking.views.holder import Holder, link_page
from products.links import LinkUnusable
from tradecontact.networks import network_code
from tradecontact.web import PortalRequest


@login_not_required
@cache_control(private=True)  # going back finds the same form, so pressing again is the same press
@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: PortalRequest, token: str) -> HttpResponse:
    """Apply as a new business, without an account; pressing several times applies once."""
    now = timezone.now()
    try:
        curation = applications.curation_of_token(token, now)
    except LinkUnusable as refusal:
        status = {"unknown": 404, "early": 403}.get(refusal.code or "", 410)
        closed = {"reason": refusal.message, "office": refusal.office}
        return render(request, "matchmaking/application_closed.html", closed, status=status)
    context = {"curation": curation, "token": token}
    if request.method != "POST":
        return _form(request, ApplicationForm(curation=curation, now=now), context)
    network = network_code(request, now)
    form = ApplicationForm(request.POST, curation=curation, now=now, youngest=youngest_for(network, now))
    return answer_sending(
        form,
        network=network,
        send=lambda: _applied(request, form, curation, network),
        show=lambda status: _form(request, form, context, status),
    )


@login_not_required
@never_cache
@require_safe
def application_receipt(request: PortalRequest, form_token: UUID) -> HttpResponse:
    """Confirm an application and later tell its own result; of an application that was joined, nothing."""
    application = access.get_application_receipt(form_token)
    context = {"application": application, "result": result_of(application)}
    response = render(request, "matchmaking/application_receipt.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@link_page
@require_safe
def link_applications(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Show where the own applications stand, and the delegations that take applications now."""
    context = {
        "holder": holder,
        "applications": [(row, result_of(row)) for row in access.applications_by(holder.actor)],
        "consent": applications.CONSENT_SENTENCE,
        "curations": access.open_curations_for(holder.business, timezone.localdate()),
    }
    return render(request, "matchmaking/link_applications.html", context)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_apply(request: PortalRequest, holder: Holder, curation_id: int) -> HttpResponse:
    """Apply with one tap; tapping twice applies once."""
    if request.method == "POST":
        found = access.get_curation_to_apply(holder.business, curation_id)
        try:
            _application, is_new = applications.apply_known(
                actor=holder.actor, curation=found, business=holder.business, now=timezone.now()
            )
        except PermissionDenied as refusal:
            raise Http404 from refusal
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            if is_new:
                messages.success(request, _("Terima kasih. Pendaftaran Anda tercatat."))
            else:
                messages.info(request, _("Pendaftaran ini sudah kami terima, jadi tidak dicatat dua kali."))
    return redirect("matchmaking:link_applications", token=holder.token)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_withdraw(request: PortalRequest, holder: Holder, application_id: int) -> HttpResponse:
    """Take the own application back, with a reason."""
    application = access.get_own_application(holder.actor, application_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            curation_decision.withdraw(
                actor=holder.actor,
                application=application,
                now=timezone.now(),
                tell=partial(mails.tell_applicants, now=timezone.now()),
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Pengunduran diri Anda tercatat."))
            return redirect("matchmaking:link_applications", token=holder.token)
    context = {"holder": holder, "application": application, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/link_withdraw.html", context, status=status)


def _applied(request: PortalRequest, form: ApplicationForm, curation: Curation, network: str) -> HttpResponse:
    """Write a valid application down and show its receipt."""
    application, is_new = applications.apply_new(
        actor=request.actor,
        curation=curation,
        form_token=form.cleaned_data["form_token"],
        applicant=form.applicant(),
        network=network,
        now=form.now,
    )
    if not is_new:
        messages.info(request, _("Pendaftaran ini sudah kami terima, jadi tidak dicatat dua kali."))
    return redirect("matchmaking:application_receipt", form_token=application.form_token)


def _form(
    request: PortalRequest, form: ApplicationForm, context: dict[str, object], status: int = 200
) -> HttpResponse:
    page = {**context, "form": form}
    return render(request, "matchmaking/application_new.html", page, status=status)
