"""Saving a search, confirming it, and the page by which an address ends its alerts."""

from datetime import datetime, timedelta
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_sending import answer_sending
from accounts.sending_limits import youngest_for
from products import saved_searches as domain
from products.forms.saved_searches import SaveSearchForm
from products.models import SavedSearch
from products.search_alerts import queue_confirmation
from products.search_questions import BOARDS, canonical_query, in_words, page_of
from tradecontact.form_tokens import YOUNGEST
from tradecontact.networks import network_code
from tradecontact.web import PortalRequest


@login_not_required
@cache_control(private=True)  # going back finds the same form, so pressing again is the same press
@require_http_methods(["GET", "HEAD", "POST"])
def search_save(request: PortalRequest, board: str) -> HttpResponse:
    """Save the question of a board's query string for an address."""
    if board not in BOARDS:
        raise Http404
    now = timezone.now()
    if request.method != "POST":
        return _page(request, board, _form(request, None, now))
    network = network_code(request, now)
    form = _form(request, request.POST, now, youngest_for(network, now))
    return answer_sending(
        form,
        network=network,
        send=lambda: _sent(request, board, form, network),
        show=lambda status: _page(request, board, form, status),
    )


@login_not_required
@require_safe
def search_saved(request: PortalRequest) -> HttpResponse:
    """Say that an e-mail is on its way; the same words whatever the portal knows of the address."""
    return render(request, "products/search_saved.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search_confirm(request: PortalRequest, token: str) -> HttpResponse:
    """Confirm a search by the link in the e-mail; opening it alone does nothing, since programs do that."""
    search = domain.get_search_to_confirm(token)
    if request.method == "POST":
        domain.confirm_search(actor=request.actor, search=search, now=timezone.now())
        messages.success(request, _("Alamat dikonfirmasi. Kabar dikirim paling banyak sekali sehari."))
        return redirect("products:subscription", token=domain.subscriber_token(search.subscriber))
    question = in_words(search.kind, search.query, timezone.localdate())
    context = {"search": search, "question": question, "token": token}
    return render(request, "products/search_confirm.html", context)


@csrf_exempt  # mail programs post here for their reader; the address itself is the key
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: PortalRequest, token: str) -> HttpResponse:
    """Show what an address is told about; on POST forget one search, or the address with all of them."""
    subscriber = domain.get_subscriber(token)
    if request.method == "POST":
        asked, now = request.POST.get("pencarian", ""), timezone.now()
        if asked.isdecimal() and len(asked) < 19:
            subscriber = domain.drop_search(
                actor=request.actor, subscriber=subscriber, search_id=int(asked), now=now
            )
        else:
            subscriber = domain.unsubscribe(actor=request.actor, subscriber=subscriber, now=now)
    today = timezone.localdate()
    rows = [
        (search, in_words(search.kind, search.query, today), page_of(search.kind, search.query))
        for search in subscriber.searches.confirmed().order_by("pk")
    ]
    context = {"subscriber": subscriber, "rows": rows, "token": token}
    return render(request, "products/subscription.html", context)


def _form(
    request: PortalRequest, data: QueryDict | None, now: datetime, youngest: timedelta = YOUNGEST
) -> SaveSearchForm:
    """Return the form; an officer's own address stands in it and cannot be changed."""
    own = _own_address(request) if request.actor.is_staff else ""
    return SaveSearchForm(data, now=now, youngest=youngest, email=own, is_account=request.actor.is_staff)


def _sent(request: PortalRequest, board: str, form: SaveSearchForm, network: str) -> HttpResponse:
    """Save the search of a valid form and show the page that follows."""
    search = domain.save_search(
        actor=request.actor,
        kind=BOARDS[board],
        query=_query(request, board, form.now),
        language=get_language() or "id",
        network=network,
        now=form.now,
        ask=partial(queue_confirmation, now=form.now),
        **form.entered(),
    )
    return _saved(request, search)


def _page(request: PortalRequest, board: str, form: SaveSearchForm, status: int = 200) -> HttpResponse:
    kind, query = BOARDS[board], _query(request, board, form.now)
    context = {
        "form": form,
        "board": board,
        "question": in_words(kind, query, timezone.localdate(form.now)),
        "back_url": page_of(kind, query),
        "own": _own_subscription(request),
    }
    return render(request, "products/search_save.html", context, status=status)


def _query(request: PortalRequest, board: str, now: datetime) -> str:
    """Return the question in the address of the form."""
    return canonical_query(BOARDS[board], request.GET, timezone.localdate(now))


def _saved(request: PortalRequest, search: SavedSearch | None) -> HttpResponse:
    if request.actor.is_staff and search is not None:
        messages.success(request, _("Pencarian disimpan. Kabar dikirim paling banyak sekali sehari."))
        return redirect("products:subscription", token=domain.subscriber_token(search.subscriber))
    return redirect("products:search_saved")


def _own_subscription(request: PortalRequest) -> str:
    """Return the key of the page of an officer's own searches, "" when there are none."""
    subscriber = domain.subscriber_of(_own_address(request)) if request.actor.is_staff else None
    return domain.subscriber_token(subscriber) if subscriber else ""


def _own_address(request: PortalRequest) -> str:
    return str(getattr(request.user, "email", ""))
