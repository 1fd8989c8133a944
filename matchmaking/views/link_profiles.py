"""Pages behind a personal link that correct the own profile, products and needs."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.views.holder import Holder, link_page
from products import access, needs, profiles, showcase
from products.forms.profiles import BusinessForm, NeedEditForm, NeedForm
from products.models import Need
from products.need_expiry import can_be_prolonged
from products.needs import NeedFacts
from products.views.saving import try_to_save
from tradecontact.web import PortalRequest


@link_page
@require_safe
def link_products(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Show what the business offers and looks for, with a way to correct each part."""
    today = timezone.localdate()
    own = holder.business.products.with_facts().with_revisions()
    wanted = list(holder.business.needs.with_facts().order_by("-created_at", "-pk"))
    context = {
        "holder": holder,
        "products": showcase.with_place_names(own.order_by("name", "pk")),
        "open_needs": [need for need in wanted if need.is_open_on(today)],
        "today": today,
        "prolongable": {need.pk for need in wanted if can_be_prolonged(need, today)},
        "closed_needs": [need for need in wanted if not need.is_open_on(today)],
    }
    return render(request, "matchmaking/link_products.html", context)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_need_new(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Add something the business looks for; sending the form twice adds it once."""
    form = NeedForm(_posted(request), today=timezone.localdate())
    if form.is_valid():
        needs.record_need(
            actor=holder.actor,
            business=holder.business,
            source=Need.Source.LINK,
            facts=NeedFacts(**form.cleaned_data),
        )
        messages.success(request, _("Kebutuhan ditambahkan."))
        return _to_products(holder, "kebutuhan")
    context = {"holder": holder, "form": form}
    return render(request, "matchmaking/link_need.html", context, status=422 if form.is_bound else 200)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_need_edit(request: PortalRequest, holder: Holder, need_id: int) -> HttpResponse:
    """Correct a need."""
    need = access.get_own_need(holder.actor, need_id)
    form = NeedEditForm(_posted(request), row=need, today=timezone.localdate())
    attempt = try_to_save(
        form,
        need,
        lambda version: profiles.update_need(
            actor=holder.actor, need=need, version=version, changes=form.changes()
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Perubahan kebutuhan disimpan."))
        return _to_products(holder, "kebutuhan")
    context = {"holder": holder, "need": need, "form": form, "attempt": attempt}
    return render(request, "matchmaking/link_need.html", context, status=attempt.status)


@link_page
@require_POST
def link_need_withdraw(request: PortalRequest, holder: Holder, need_id: int) -> HttpResponse:
    """Stop looking for something; ``link_need_reopen`` takes that back."""
    need = access.get_own_need(holder.actor, need_id)
    profiles.withdraw_need(actor=holder.actor, need=need, now=timezone.now())
    messages.success(request, _("Kebutuhan ditarik. Anda dapat membukanya lagi di bawah."))
    return _to_products(holder, "kebutuhan")


@link_page
@require_POST
def link_need_reopen(request: PortalRequest, holder: Holder, need_id: int) -> HttpResponse:
    """Look for something again."""
    need = access.get_own_need(holder.actor, need_id)
    profiles.reopen_need(actor=holder.actor, need=need)
    messages.success(request, _("Kebutuhan dibuka lagi."))
    return _to_products(holder, "kebutuhan")


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_profile(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Correct what the business says about itself, in public and to agreed partners."""
    form = BusinessForm(_posted(request), row=holder.business)
    attempt = try_to_save(
        form,
        holder.business,
        lambda version: profiles.update_business(
            actor=holder.actor, business=holder.business, version=version, changes=form.changes()
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Profil usaha disimpan."))
        return redirect("matchmaking:link_profile", token=holder.token)
    context = {"holder": holder, "form": form, "attempt": attempt}
    return render(request, "matchmaking/link_profile.html", context, status=attempt.status)


def _posted(request: PortalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _to_products(holder: Holder, anchor: str) -> HttpResponse:
    """Go back to the own products and needs, to the part that was worked on."""
    return redirect(f"{reverse('matchmaking:link_products', args=[holder.token])}#{anchor}")
