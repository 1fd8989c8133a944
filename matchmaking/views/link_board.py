"""The needs board behind a personal link: what others look for, answering it, saving a search, prolonging."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.public_sending import answer_sending
from accounts.sending_limits import youngest_for
from matchmaking import supply_desk
from matchmaking.forms.supply import SupplyForm
from matchmaking.models import SupplyOffer
from matchmaking.views.holder import Holder, dead_end, link_page
from matchmaking.views.supply import offered
from products import access, saved_searches
from products.forms.saved_searches import SaveSearchForm
from products.models import Need, SavedSearch
from products.need_expiry import prolong_need
from products.need_filter import NeedBoardFilter
from products.public_needs import ShownNeed
from products.search_alerts import queue_confirmation
from products.search_questions import BOARDS, canonical_query, in_words, page_of
from tradecontact.networks import network_code
from tradecontact.templatetags.tradecontact_tags import tanggal
from tradecontact.web import PortalRequest

NEEDS_PER_PAGE = 20


@link_page
@require_safe
def link_need_board(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Show what businesses look for, with the filters of the public board."""
    today = timezone.localdate()
    filters = NeedBoardFilter(request.GET, today=today)
    page = Paginator(filters.needs(), NEEDS_PER_PAGE).get_page(request.GET.get("page"))
    save_url = reverse("matchmaking:link_search_save", args=[holder.token])
    context = {
        "holder": holder,
        "filters": filters,
        "page": page,
        "shown": [ShownNeed(need, today) for need in page],
        "notices": list(filters.notices()),
        "save_url": f"{save_url}?{request.GET.urlencode()}",
    }
    return render(request, "matchmaking/link_need_board.html", context)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_board_need(request: PortalRequest, holder: Holder, need_id: int) -> HttpResponse:
    """Show one need of the board, and record on POST that the business can supply it."""
    need, today = access.get_public_need(need_id), timezone.localdate()
    if not need.is_open_on(today):
        reason = _("Kebutuhan ini sudah berakhir, jadi tidak perlu dijawab lagi.")
        return dead_end(request, holder, reason, status=410)
    data = request.POST if request.method == "POST" else None
    form = SupplyForm(data, products=supply_desk.products_for(holder.business, need))
    offer = offered(holder.actor, need, holder.business, form)
    if offer is not None:
        return _answered(request, holder, offer)
    context = {
        "holder": holder,
        "need": need,
        "shown": ShownNeed(need, today),
        "form": form,
        "offer": supply_desk.offer_of(holder.business, need),
        "is_own": need.business_id == holder.business.pk,
        "is_own_region": need.business.region_id == holder.business.region_id,
    }
    return render(request, "matchmaking/link_board_need.html", context, status=422 if form.is_bound else 200)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_search_save(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Save a question to the board for the business's address; the address confirms it by its own mail."""
    back = reverse("matchmaking:link_need_board", args=[holder.token])
    return _saving_page(request, holder, SavedSearch.Kind.NEEDS, back)


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def link_catalogue_save(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Save a question to the catalogue in the same way; the page asks for its words first."""
    back = reverse("matchmaking:link_catalogue_save", args=[holder.token])
    return _saving_page(request, holder, SavedSearch.Kind.PRODUCTS, back)


@link_page
@require_POST
def link_need_prolong(request: PortalRequest, holder: Holder, need_id: int) -> HttpResponse:
    """Let an own need that ends soon look for a month more."""
    need: Need = access.get_own_need(holder.actor, need_id)
    try:
        prolonged = prolong_need(actor=holder.actor, need=need, today=timezone.localdate())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        sentence = _("Kebutuhan berlaku sampai %(day)s.") % {"day": tanggal(prolonged.open_until)}
        messages.success(request, sentence)
    return redirect(f"{reverse('matchmaking:link_products', args=[holder.token])}#kebutuhan")


@dataclass(frozen=True)
class Question:
    """A question that a business saves, and the address of the page it came from without the question."""

    kind: SavedSearch.Kind
    query: str
    back: str

    @property
    def back_url(self) -> str:
        return f"{self.back}?{self.query}"


def _saving_page(request: PortalRequest, holder: Holder, kind: SavedSearch.Kind, back: str) -> HttpResponse:
    """Show a question with the form that saves it, and save it on POST."""
    now = timezone.now()
    question = Question(kind, canonical_query(kind, request.GET, timezone.localdate(now)), back)
    email = holder.business.email
    if request.method != "POST":
        return _saving_form(request, holder, question, SaveSearchForm(now=now, email=email))
    network = network_code(request, now)
    form = SaveSearchForm(request.POST, now=now, youngest=youngest_for(network, now), email=email)
    return answer_sending(
        form,
        network=network,
        send=lambda: _saved(request, holder, question, form, network),
        show=lambda status: _saving_form(request, holder, question, form, status),
    )


def _saving_form(
    request: PortalRequest, holder: Holder, question: Question, form: SaveSearchForm, status: int = 200
) -> HttpResponse:
    kind, query = question.kind, question.query
    context = {
        "holder": holder,
        "form": form,
        "question": in_words(kind, query, timezone.localdate(form.now)),
        "words": request.GET.get("q", "")[:100],
        "has_question": bool(query),
        "back_url": question.back_url if kind == SavedSearch.Kind.NEEDS else question.back,
        "answers_url": page_of(kind, query),
        "board": {boards_kind: name for name, boards_kind in BOARDS.items()}[kind],
    }
    return render(request, "matchmaking/link_search_save.html", context, status=status)


def _saved(
    request: PortalRequest, holder: Holder, question: Question, form: SaveSearchForm, network: str
) -> HttpResponse:
    """Save the search of a valid form."""
    saved_searches.save_search(
        actor=holder.actor,
        kind=question.kind,
        query=question.query,
        language=get_language() or "id",
        network=network,
        now=form.now,
        ask=partial(queue_confirmation, now=form.now),
        **form.entered(),
    )
    messages.success(request, _("Hampir selesai: buka e-mail Anda, lalu tekan Konfirmasi."))
    return redirect(question.back_url)


def _answered(request: PortalRequest, holder: Holder, offer: SupplyOffer) -> HttpResponse:
    """Lead to the pair that was made, or back to the need, which says why it waits."""
    if offer.pair is not None and holder.opens(offer.pair.trade_contact_id):
        messages.success(
            request, _("Terima kasih. Jawaban Anda tercatat: Mau. Pembeli dan dinas melihatnya.")
        )
        return redirect("matchmaking:link_pair", token=holder.token, pair_id=offer.pair.pk)
    messages.success(request, _("Terima kasih. Tawaran Anda tercatat, dan dinas melihatnya."))
    return redirect("matchmaking:link_board_need", token=holder.token, need_id=offer.need_id)
