"""Page or fragment, and the request that views receive."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from accounts.actors import Actor


class PortalRequest(HttpRequest):
    """A request after our middleware: who acts is in ``actor``, htmx's headers in ``htmx``."""

    actor: "Actor"
    htmx: "HtmxDetails"


def render_page_or_partial(
    request: PortalRequest, template: str, partial: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render ``template``, or only its ``partial`` when htmx asks, and keep caches from mixing the two."""
    name = f"{template}#{partial}" if request.htmx and not request.htmx.history_restore_request else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
