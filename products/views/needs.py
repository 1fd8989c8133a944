"""The public needs board, one need of it, and prolonging a need on behalf of a business."""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from products import access
from products.need_expiry import prolong_need
from products.need_filter import NeedBoardFilter
from products.public_needs import ShownNeed
from tradecontact.templatetags.tradecontact_tags import tanggal
from tradecontact.web import PortalRequest

NEEDS_PER_PAGE = 24


@login_not_required
@require_safe
def need_board(request: PortalRequest) -> HttpResponse:
    """Show what businesses look for, a page at a time; never how to reach their owners."""
    today = timezone.localdate()
    filters = NeedBoardFilter(request.GET, today=today)
    page = Paginator(filters.needs(), NEEDS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "shown": [ShownNeed(need, today) for need in page],
        "notices": list(filters.notices()),
        "save_url": f"{reverse('products:search_save', args=['kebutuhan'])}?{request.GET.urlencode()}",
    }
    return render(request, "products/need_board.html", context)


@login_not_required
@require_safe
def need_detail(request: PortalRequest, need_id: int) -> HttpResponse:
    """Show one open need; of one that has ended, only that it has."""
    today = timezone.localdate()
    need = access.get_public_need(need_id)
    if not need.is_open_on(today):
        return render(request, "products/need_closed.html", status=410)
    shown = ShownNeed(need, today)
    address = request.build_absolute_uri(reverse("products:need_detail", args=[need.pk]))
    text = _("%(business)s mencari: %(need)s %(address)s") % {
        "business": need.business.name,
        "need": shown.text,
        "address": address,
    }
    context = {
        "need": need,
        "shown": shown,
        "address": address,
        "share_url": f"https://wa.me/?text={quote(text)}",
        "is_own": need.business.region_id == request.actor.region_id,
    }
    return render(request, "products/need_detail.html", context)


@require_POST
def need_prolong(request: PortalRequest, business_id: int, need_id: int) -> HttpResponse:
    """Let a need that ends soon look for a month more, on behalf of its business."""
    need = access.get_need_of(request.actor, business_id, need_id)
    try:
        prolonged = prolong_need(actor=request.actor, need=need, today=timezone.localdate())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        sentence = _("Kebutuhan berlaku sampai %(day)s.") % {"day": tanggal(prolonged.open_until)}
        messages.success(request, sentence)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = f"{reverse('products:business_manage', args=[business_id])}#needs"
    return redirect(back)
