"""The office's pages of its businesses: the list, one business, correcting it, its personal links."""

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from products import access, drafting, links, production, profiles, showcase, timeline
from products.forms.card import ProductForm
from products.forms.drafting import NewProductForm
from products.forms.profiles import NeedEditForm, OfficeBusinessForm
from products.identifiers import nib_doubt
from products.invitation import invitation
from products.need_expiry import can_be_prolonged
from products.own_businesses import BusinessFilter, links_of, own_businesses
from products.views.saving import try_to_save
from tradecontact.web import PortalRequest

ROWS_PER_PAGE = 100


@require_safe
def businesses(request: PortalRequest) -> HttpResponse:
    """Show every business of the own region, with what only its office may read."""
    access.require_staff(request.actor)
    filters = BusinessFilter(request.GET, queryset=own_businesses(request.actor, timezone.now()))
    context = {
        "filters": filters,
        "page": Paginator(filters.qs, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "shows_region": request.actor.is_admin,
    }
    return render(request, "products/businesses.html", context)


@require_safe
def business_manage(request: PortalRequest, business_id: int) -> HttpResponse:
    """Show all that the office knows of a business, and its personal links."""
    business = access.get_own_business(request.actor, business_id)
    now = timezone.now()
    today = timezone.localdate(now)
    wanted = business.needs.with_facts().order_by("-created_at", "-pk")
    context = {
        "business": business,
        "certificates": showcase.shown_certificates(access.certificates_of(business), today),
        "nib_doubt": nib_doubt(business.nib),
        "proof": production.proofs_of(business).filter(revoked_at=None).first(),
        "products": showcase.with_place_names(business.products.with_facts().order_by("name", "pk")),
        "needs": [(need, need.is_open_on(today), can_be_prolonged(need, today)) for need in wanted],
        "today": today,
        "participations": business.participations.select_related("delegation__trade_contact").order_by("-pk"),
        "links": links_of(business, now),
        "history": timeline.of_business(business),
    }
    return render(request, "products/business_manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def business_edit(request: PortalRequest, business_id: int) -> HttpResponse:
    """Correct the profile of a business."""
    business = access.get_own_business(request.actor, business_id)
    form = OfficeBusinessForm(_posted(request), row=business)
    attempt = try_to_save(
        form,
        business,
        lambda version: profiles.update_business(
            actor=request.actor, business=business, version=version, changes=form.changes()
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Data usaha disimpan."))
        if doubt := nib_doubt(form.cleaned_data["nib"]):
            messages.warning(request, doubt)
        return redirect("products:business_manage", business_id=business.pk)
    context = {"business": business, "form": form, "attempt": attempt}
    return render(request, "products/business_edit.html", context, status=attempt.status)


@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: PortalRequest, business_id: int) -> HttpResponse:
    """Begin a product on behalf of a business; sending the form twice begins one."""
    access.require_staff(request.actor)
    business = access.get_own_business(request.actor, business_id)
    form = NewProductForm(_posted(request))
    if form.is_valid():
        try:
            product, _is_new = drafting.begin_product(
                actor=request.actor, business=business, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Draf dibuat. Lengkapi, lalu tampilkan di katalog."))
            return redirect("products:product_edit", business_id=business.pk, product_id=product.pk)
    context = {"business": business, "form": form}
    return render(request, "products/product_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: PortalRequest, business_id: int, product_id: int) -> HttpResponse:
    """Correct a product on behalf of its business."""
    product = access.get_product_of(request.actor, business_id, product_id)
    form = ProductForm(_posted(request), row=product)
    attempt = try_to_save(
        form,
        product,
        lambda version: profiles.update_product(
            actor=request.actor, product=product, version=version, changes=form.changes()
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Perubahan produk disimpan."))
        return redirect("products:business_manage", business_id=business_id)
    context = {
        "business": product.business,
        "product": product,
        "usual": showcase.usual_certificates(product, timezone.localdate()),
        "form": form,
        "attempt": attempt,
    }
    return render(request, "products/product_edit.html", context, status=attempt.status)


@require_http_methods(["GET", "HEAD", "POST"])
def need_edit(request: PortalRequest, business_id: int, need_id: int) -> HttpResponse:
    """Correct a need on behalf of its business."""
    need = access.get_need_of(request.actor, business_id, need_id)
    form = NeedEditForm(_posted(request), row=need, today=timezone.localdate())
    attempt = try_to_save(
        form,
        need,
        lambda version: profiles.update_need(
            actor=request.actor, need=need, version=version, changes=form.changes()
        ),
    )
    if attempt.is_saved:
        messages.success(request, _("Perubahan kebutuhan disimpan."))
        return redirect("products:business_manage", business_id=business_id)
    context = {"business": need.business, "need": need, "form": form, "attempt": attempt}
    return render(request, "products/need_edit.html", context, status=attempt.status)


@require_POST
def need_withdraw(request: PortalRequest, business_id: int, need_id: int) -> HttpResponse:
    """Stop looking for something on behalf of a business; ``need_reopen`` takes that back."""
    need = access.get_need_of(request.actor, business_id, need_id)
    profiles.withdraw_need(actor=request.actor, need=need, now=timezone.now())
    messages.success(request, _("Kebutuhan ditarik. Anda dapat membukanya lagi di halaman ini."))
    return redirect("products:business_manage", business_id=business_id)


@require_POST
def need_reopen(request: PortalRequest, business_id: int, need_id: int) -> HttpResponse:
    """Look for something again on behalf of a business."""
    need = access.get_need_of(request.actor, business_id, need_id)
    profiles.reopen_need(actor=request.actor, need=need)
    messages.success(request, _("Kebutuhan dibuka lagi."))
    return redirect("products:business_manage", business_id=business_id)


@require_http_methods(["GET", "HEAD", "POST"])
def link_issue(request: PortalRequest, business_id: int) -> HttpResponse:
    """Make a personal link and show it, once: opened instead of posted to, it leads to the business."""
    business = access.get_own_business(request.actor, business_id)
    if request.method != "POST":
        return redirect("products:business_manage", business_id=business.pk)
    link, token = links.issue_link(actor=request.actor, business=business, now=timezone.now())
    address = links.url_of(token)
    message = invitation(business, address, link.expires_at)
    number = str(business.phone).lstrip("+") if business.phone else ""
    context = {
        "business": business,
        "link": link,
        "address": address,
        "message": message,
        "whatsapp": f"https://wa.me/{number}?text={quote(message)}",
        "back_url": _next(request) or reverse("products:business_manage", args=[business.pk]),
    }
    response = render(request, "products/link_issue.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def link_revoke(request: PortalRequest, link_id: int) -> HttpResponse:
    """Close a personal link for good; pressing twice is safe."""
    link = access.get_own_link(request.actor, link_id)
    links.revoke_link(actor=request.actor, link=link, now=timezone.now())
    messages.success(request, _("Tautan dicabut. Yang membukanya sekarang diminta menghubungi dinas."))
    return redirect("products:business_manage", business_id=link.business_id)


def _posted(request: PortalRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _next(request: PortalRequest) -> str:
    """Return the page of this portal to go back to, or nothing."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith("/") else ""
