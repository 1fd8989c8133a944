"""Interest without an account: the public form, its receipt, and taking it back."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_sending import answer_sending
from accounts.sending_limits import youngest_for
from matchmaking import access, mails
from matchmaking.forms.inquiries import InquiryForm
from matchmaking.inquiries import send_inquiry
from matchmaking.inquiry_subjects import Subject, business_subject, need_subject, product_subject
from matchmaking.inquiry_withdrawal import withdraw_inquiry
from products.access import get_public_need
from regions.places import suggest_regions
from tradecontact.networks import network_code
from tradecontact.web import PortalRequest

LONGEST_PLACE = 80


@login_not_required
@cache_control(private=True)  # going back finds the same form, so pressing again is the same press
@require_http_methods(["GET", "HEAD", "POST"])
def inquiry_new(request: PortalRequest, product_id: int) -> HttpResponse:
    """Send interest in a product without an account; pressing several times sends it once."""
    return _form_page(request, product_subject(product_id))


@login_not_required
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def inquiry_to_business(request: PortalRequest, business_id: int) -> HttpResponse:
    """Send interest in a business as a whole."""
    return _form_page(request, business_subject(business_id))


@login_not_required
@cache_control(private=True)
@require_http_methods(["GET", "HEAD", "POST"])
def inquiry_to_need(request: PortalRequest, need_id: int) -> HttpResponse:
    """Say that one can supply what a business looks for."""
    today = timezone.localdate()
    if not get_public_need(need_id).is_open_on(today):
        return render(request, "products/need_closed.html", status=410)
    return _form_page(request, need_subject(need_id, today))


@login_not_required
@require_safe
def region_options(request: PortalRequest) -> HttpResponse:
    """Give the input for a kabupaten or kota its list of names, as far as it has been typed."""
    regions = suggest_regions(request.GET.get("region", "")[:LONGEST_PLACE])
    return render(request, "matchmaking/_region_options.html", {"regions": regions})


@login_not_required
@never_cache
@require_safe
def inquiry_receipt(request: PortalRequest, form_token: UUID) -> HttpResponse:
    """Confirm an inquiry by its receipt number; nothing the sender typed is shown again."""
    inquiry = access.get_receipt(form_token)
    return render(request, "matchmaking/inquiry_receipt.html", {"inquiry": inquiry})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inquiry_withdraw(request: PortalRequest, form_token: UUID) -> HttpResponse:
    """Ask whether an inquiry is to be withdrawn, and erase on POST who sent it."""
    inquiry, now = access.get_receipt(form_token), timezone.now()
    if request.method == "POST":
        tell = partial(mails.tell_about_withdrawal, now=now)
        withdraw_inquiry(actor=request.actor, inquiry=inquiry, now=now, tell=tell)
        return redirect("matchmaking:inquiry_receipt", form_token=form_token)
    return render(request, "matchmaking/inquiry_withdraw.html", {"inquiry": inquiry})


def _form_page(request: PortalRequest, subject: Subject) -> HttpResponse:
    now = timezone.now()
    if request.method != "POST":
        return _form(request, subject, InquiryForm(subject=subject, now=now))
    network = network_code(request, now)
    form = InquiryForm(request.POST, subject=subject, now=now, youngest=youngest_for(network, now))
    return answer_sending(
        form,
        network=network,
        send=lambda: _sent(request, subject, form, network),
        show=lambda status: _form(request, subject, form, status),
    )


def _sent(request: PortalRequest, subject: Subject, form: InquiryForm, network: str) -> HttpResponse:
    """Write a valid form down and show its receipt."""
    inquiry, is_new = send_inquiry(
        actor=request.actor,
        subject=subject,
        form_token=form.cleaned_data["form_token"],
        sender=form.sender(),
        network=network,
        now=form.now,
        tell=partial(mails.tell_about_inquiry, now=form.now, language=get_language() or "id"),
    )
    if not is_new:
        messages.info(request, _("Formulir ini sudah kami terima, jadi tidak dicatat dua kali."))
    return redirect("matchmaking:inquiry_receipt", form_token=inquiry.form_token)


def _form(request: PortalRequest, subject: Subject, form: InquiryForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "subject": subject}
    return render(request, "matchmaking/inquiry_new.html", context, status=status)
