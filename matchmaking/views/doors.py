"""The two doors to a pair's path: an officer's account and a personal link, with the same pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from matchmaking import access
from matchmaking.models import Pair
from matchmaking.views.holder import Holder, dead_end, link_page
from tradecontact.web import PortalRequest


@dataclass(frozen=True)
class Door:
    """Who came in to one pair, and where the pages behind that door are."""

    request: PortalRequest
    actor: Actor
    pair: Pair
    holder: Holder | None = None

    @property
    def base(self) -> str:
        return "matchmaking/link_base.html" if self.holder else "office_base.html"

    @property
    def has_own_side(self) -> bool:
        return access.has_own_side(self.actor, self.pair)

    @property
    def home(self) -> str:
        return self.url("pair_path")

    @property
    def pair_url(self) -> str:
        """The page that the path hangs on."""
        if self.holder:
            return reverse("matchmaking:link_pair", args=[self.holder.token, self.pair.pk])
        return reverse("matchmaking:pair_detail", args=[self.pair.trade_contact.slug, self.pair.pk])

    def url(self, name: str, *parts: object) -> str:
        """Return the address of a page of this pair behind this door."""
        if self.holder:
            return reverse(f"matchmaking:link_{name}", args=[self.holder.token, self.pair.pk, *parts])
        return reverse(f"matchmaking:{name}", args=[self.pair.trade_contact.slug, self.pair.pk, *parts])

    def page(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Return a page that looks as pages behind this door do."""
        shared: dict[str, Any] = {"door": self, "pair": self.pair}
        shared |= {"holder": self.holder} if self.holder else {"trade_contact": self.pair.trade_contact}
        return render(self.request, f"matchmaking/{template}.html", shared | context, status=status)

    def go(self, name: str, *parts: object) -> HttpResponse:
        return redirect(self.url(name, *parts))


DoorView = Callable[..., HttpResponse]
METHODS = require_http_methods(["GET", "HEAD", "POST"])


def in_office(view: DoorView) -> DoorView:
    """Make ``view(door, …)`` a page of the officers of a contact."""

    @wraps(view)
    def page(request: PortalRequest, slug: str, pair_id: int, **parts: int | str) -> HttpResponse:
        contact = access.get_trade_contact(request.actor, slug)
        pair = access.get_pair(request.actor, contact, pair_id)
        return view(Door(request, request.actor, pair), **parts)

    return METHODS(page)


def by_link(view: DoorView) -> DoorView:
    """Make ``view(door, …)`` a page behind a personal link; its name says so."""

    @wraps(view)
    def page(request: PortalRequest, holder: Holder, pair_id: int, **parts: int | str) -> HttpResponse:
        pair = access.get_offer(holder.actor, pair_id)
        if pair.hidden_at is not None:
            reason = _("Usulan ini sudah ditarik oleh dinas, jadi tidak perlu dijawab lagi.")
            return dead_end(request, holder, reason, status=410)
        try:
            return view(Door(request, holder.actor, pair, holder), **parts)
        except PermissionDenied as refusal:
            return dead_end(request, holder, str(refusal), status=403)

    page.__name__ = f"link_{view.__name__}"
    return link_page(METHODS(page))


def only_post(view: DoorView) -> DoorView:
    """Lead whoever opens an address that only takes POST, as after changing the language, to the path."""

    @wraps(view)
    def page(door: Door, **parts: int | str) -> HttpResponse:
        return view(door, **parts) if door.request.method == "POST" else redirect(door.home)

    return page
