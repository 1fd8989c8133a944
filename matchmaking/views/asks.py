"""Pages behind an ask-link: one question to one business, without an account; nothing else opens.

The address is the key, as with a personal link, so these pages need no token against forgery either; see
``views/holder.py``. GET writes nothing: WhatsApp opens an address to show a preview of it.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from matchmaking import ask_links, commitments
from matchmaking.forms.money import ConfirmForm
from matchmaking.models import AskLink
from matchmaking.views import follow_up_answer
from matchmaking.views.holder import PRIVATE_HEADERS
from tradecontact.web import PortalRequest

AskView = Callable[[PortalRequest, AskLink, str], HttpResponse]


def ask_page(view: AskView) -> Callable[..., HttpResponse]:
    """Make ``view(request, link, token)`` a page whose address carries the token of an ask-link."""

    @wraps(view)
    def page(request: PortalRequest, token: str) -> HttpResponse:
        try:
            response = view(request, ask_links.link_of_token(token, timezone.now()), token)
        except ask_links.AskUnusable as refusal:
            response = _closed(request, token, refusal)
        for name, value in PRIVATE_HEADERS.items():
            response.headers[name] = value
        return response

    return csrf_exempt(login_not_required(page))


@ask_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PortalRequest, link: AskLink, token: str) -> HttpResponse:
    """Ask the one question of the link; answering twice is safe."""
    if link.follow_up is not None:
        return follow_up_answer.answer_page(request, link, link.follow_up, token)
    return _confirm_page(request, link, token)


def _confirm_page(request: PortalRequest, link: AskLink, token: str) -> HttpResponse:
    """Ask whether a commitment is right; another answer may follow later."""
    row = link.commitment
    if row is None or row.is_withdrawn:
        reason = _("Catatan ini sudah ditarik, jadi tidak perlu dijawab lagi.")
        return _dead_end(request, token, reason, link, status=410)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            commitments.confirm(
                actor=ask_links.actor_of(link),
                commitment=row,
                business=link.business,
                word=form.word(),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Terima kasih. Jawaban Anda tercatat."))
            return redirect("matchmaking:ask", token=token)
    latest = row.confirmations.filter(business=link.business).order_by("-pk").first()
    context = {"token": token, "link": link, "row": row, "own": link.business, "form": form, "latest": latest}
    return render(request, "matchmaking/ask.html", context, status=422 if form.is_bound else 200)


@csrf_exempt
@login_not_required
def ask_language(request: PortalRequest, token: str) -> HttpResponse:
    """Show the question in the other language; works for a closed link too."""
    response = set_language(request)
    for name, value in PRIVATE_HEADERS.items():
        response.headers[name] = value
    return response


def _closed(request: PortalRequest, token: str, refusal: ask_links.AskUnusable) -> HttpResponse:
    """Say why the link does not open and who sends a new one: 404 when unknown, else 410."""
    status = 404 if refusal.code == "unknown" else 410
    context = {"token": token, "reason": refusal.message, "office": refusal.office}
    return render(request, "matchmaking/ask_closed.html", context, status=status)


def _dead_end(request: PortalRequest, token: str, reason: str, link: AskLink, *, status: int) -> HttpResponse:
    context = {"token": token, "reason": reason, "office": link.business.office}
    return render(request, "matchmaking/ask_closed.html", context, status=status)
