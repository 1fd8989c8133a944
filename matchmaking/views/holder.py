"""What every page behind a personal link shares: who holds the link, and headers that keep it private.

The address is the key. Nothing that a browser sends by itself, no cookie and no session, lets anybody
act here, so a foreign site has nothing to borrow and these pages need no CSRF token. They could not use
one: under ``Referrer-Policy: no-referrer`` browsers send ``Origin: null``, which Django's check refuses.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from accounts.actors import Actor, Via
from matchmaking.access import bound_contact_id
from products.links import LinkUnusable, link_of_token, record_use, remember_language
from products.models import Business, LinkUse, PersonalLink
from tradecontact.web import PortalRequest

PRIVATE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
LinkView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Holder:
    """Whoever opened a personal link: its token, and the business that the token acts for.

    ``trade_contact_id`` is the one contact whose pairs the link opens; None for a link made for all.
    """

    token: str
    link: PersonalLink
    trade_contact_id: int | None

    def opens(self, trade_contact_id: int) -> bool:
        """Return whether the link opens the pairs of this contact."""
        return self.trade_contact_id in {None, trade_contact_id}

    @property
    def business(self) -> Business:
        return self.link.business

    @property
    def actor(self) -> Actor:
        return Actor(via=Via.LINK, business_id=self.link.business_id, trade_contact_id=self.trade_contact_id)


def get_holder(token: str) -> Holder:
    """Return who holds ``token``.

    Raises:
        LinkUnusable: the token is unknown, or its link expired or revoked.
    """
    link = link_of_token(token, timezone.now())
    return Holder(token, link, bound_contact_id(link))


def link_page(view: LinkView, *, posts_are: LinkUse.What = LinkUse.What.CHANGED) -> LinkView:
    """Make ``view(request, holder, …)`` a page whose address carries the token of its holder.

    What is posted and taken goes into the link's log. Reading is not logged: WhatsApp reads an address to
    show a preview of it, so only ``link_opened``, which a browser's script posts to, tells that it was seen.
    """

    @wraps(view)
    def page(request: PortalRequest, token: str, **parts: int | str) -> HttpResponse:
        try:
            holder = get_holder(token)
        except LinkUnusable as refusal:
            return _private(_closed(request, token, refusal))
        try:
            response = view(request, holder, **parts)
        except Http404:
            reason = _("Halaman ini tidak ada, atau bukan milik usaha Anda.")
            response = dead_end(request, holder, reason, status=404)
        if request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST:
            record_use(link=holder.link, what=posts_are, now=timezone.now())
        return _private(response)

    return csrf_exempt(login_not_required(page))


def dead_end(request: PortalRequest, holder: Holder, reason: str, *, status: int) -> HttpResponse:
    """Say why there is nothing to do on this page, and lead back to the first one."""
    context = {"holder": holder, "reason": reason}
    return render(request, "matchmaking/link_dead_end.html", context, status=status)


@csrf_exempt
@login_not_required
def link_language(request: PortalRequest, token: str) -> HttpResponse:
    """Show the page it was pressed on in the other language, and mail in it from now on.

    Works for a closed link too, which remembers nothing.
    """
    remember_language(token, request.POST.get("language", ""), timezone.now())
    return _private(set_language(request))


def _closed(request: PortalRequest, token: str, refusal: LinkUnusable) -> HttpResponse:
    """Say why the link does not open and who makes a new one: 404 when unknown, else 410."""
    context = {"token": token, "reason": refusal.message, "office": refusal.office}
    status = 404 if refusal.code == "unknown" else 410
    return render(request, "matchmaking/link_closed.html", context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the page out of caches and search engines, and its address out of other sites' logs."""
    for name, value in PRIVATE_HEADERS.items():
        response.headers.setdefault(name, value)  # a file keeps its stricter ones
    return response
