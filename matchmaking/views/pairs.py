"""The page of one pair: both sides, why, every answer, and answering for a business of one's own region."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matchmaking import access, interest, interest_board, return_visit, timeline
from matchmaking.forms.pairs import OnBehalfForm
from matchmaking.models import Answer, Pair, Step
from matchmaking.proposal_list import card_of
from tradecontact.web import PortalRequest


@require_safe
def pair_detail(request: PortalRequest, slug: str, pair_id: int) -> HttpResponse:
    """Show everything about one pair."""
    contact = access.get_trade_contact(request.actor, slug)
    pair = access.get_pair(request.actor, contact, pair_id)
    return _pair_page(request, pair, OnBehalfForm(), status=200)


@require_http_methods(["GET", "HEAD", "POST"])
def pair_answer(request: PortalRequest, slug: str, pair_id: int, business_id: int) -> HttpResponse:
    """Record the answer of a business of one's own region; pressing twice records it once."""
    contact = access.get_trade_contact(request.actor, slug)
    pair = access.get_pair(request.actor, contact, pair_id)
    if not pair.has_side(business_id):
        raise Http404
    if request.method != "POST":
        return redirect("matchmaking:pair_detail", slug=slug, pair_id=pair.pk)
    if not access.can_answer_for(request.actor, pair, business_id):
        raise PermissionDenied(_("Jawaban dicatat oleh dinas wilayah pelaku usaha itu."))
    form = OnBehalfForm(request.POST)
    if form.is_valid():
        business = pair.business_a if business_id == pair.business_a_id else pair.business_b
        try:
            interest.record_answer(
                actor=request.actor, pair=pair, business=business, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            text = _("Jawaban %(name)s tercatat: %(answer)s.")
            messages.success(
                request, text % {"name": business.name, "answer": form.cleaned_data["answer"].label}
            )
            if request.POST.get("dari") == "telepon":
                return redirect("matchmaking:call_sheet", slug=slug, business_id=business_id)
            return redirect("matchmaking:pair_detail", slug=slug, pair_id=pair.pk)
    return _pair_page(request, pair, form, status=422)


def _pair_page(request: PortalRequest, pair: Pair, form: OnBehalfForm, *, status: int) -> HttpResponse:
    [row] = interest_board.rows_of([pair], request.actor)
    context = {
        "trade_contact": pair.trade_contact,
        "pair": pair,
        "card": card_of(pair),
        "state": row,
        "sides": [
            {
                "business": side.business,
                "interest": side.interest,
                "is_own": side.is_own,
                "can_answer": pair.hidden_at is None
                and pair.step != Step.CLOSED
                and access.can_answer_for(request.actor, pair, side.business.pk),
                "can_see_contacts": access.can_see_contacts(request.actor, pair, side.business.pk),
            }
            for side in (row.first, row.second)
        ],
        "has_own_side": row.has_own_side,
        "form": form,
        "answers": Answer,
        "earlier": return_visit.earlier_pair(pair),
        "later": return_visit.continuation_of(pair),
        "history": timeline.of_pair(pair, with_notes=row.has_own_side),
    }
    return render(request, "matchmaking/pair_detail.html", context, status=status)
