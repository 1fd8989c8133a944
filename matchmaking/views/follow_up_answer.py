"""The page behind a follow-up link: one question, answered with one tap, without an account.

The address is the key, as with personal links, so the page needs no CSRF token.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from matchmaking import follow_up_links, followups
from matchmaking.follow_up_pages import STOPS
from matchmaking.forms.follow_ups import ReplyForm
from matchmaking.models import AskLink
from products.links import LinkUnusable
from tradecontact.web import PortalRequest

PRIVATE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # so that the button of the other language works
    "X-Robots-Tag": "noindex, nofollow",
}


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_answer(request: PortalRequest, token: str) -> HttpResponse:
    """Ask one side of a pair how it goes on; pressing twice answers once."""
    try:
        link = follow_up_links.link_of_token(token, timezone.now())
    except LinkUnusable as refusal:
        status = 404 if refusal.code == "unknown" else 410
        context = {"reason": refusal.message, "office": refusal.office}
        return _private(render(request, "matchmaking/follow_up_closed.html", context, status=status))
    return _private(_answer_page(request, token, link))


def _answer_page(request: PortalRequest, token: str, link: AskLink) -> HttpResponse:
    question = link.follow_up
    form = ReplyForm(request.POST if request.method == "POST" else None, pair=question.pair)
    asks_side = False
    if form.is_valid():
        try:
            followups.record_reply(
                actor=follow_up_links.actor_of(link),
                follow_up=question,
                reply=form.reply(),
                now=timezone.now(),
                today=timezone.localdate(),
            )
        except followups.SideMissing as missing:
            asks_side = True
            form.add_error("lacking", missing.messages[0])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("matchmaking:follow_up_answer", token=token)
    context = {
        "question": question,
        "partner": question.partner,
        "form": form,
        "stops": STOPS,
        "asks_side": asks_side,
        "sides": [question.pair.business_a, question.pair.business_b],
    }
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/follow_up_answer.html", context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the page out of caches and search engines, and its address out of other sites' logs."""
    for name, value in PRIVATE_HEADERS.items():
        response.headers[name] = value
    return response
