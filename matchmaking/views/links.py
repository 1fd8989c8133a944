"""Pages behind a personal link: the offers, one offer with its answer, what buyers wrote."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking import access, interest, invitations
from matchmaking.business_inbox import business_inbox
from matchmaking.forms.links import AnswerForm
from matchmaking.inbox import Kind
from matchmaking.invitations import Offer
from matchmaking.models import Answer, Pair
from matchmaking.views.holder import Holder, dead_end, link_page
from products.models import LinkUse
from products.reachability import set_messages_refused
from tradecontact.web import PortalRequest

MOST_OTHERS = 3  # lines of the inbox above the offers


@link_page
@require_safe
def link_home(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Show what else waits for a business, then its contacts with their offers, reasons and answers."""
    today = timezone.localdate()
    found = invitations.invitations_of(holder.actor, holder.business, today)
    others = business_inbox(holder.actor, holder.business, token=holder.token, today=today).without(Kind.PAIR)
    context = {
        "holder": holder,
        "invitations": found,
        "waiting_count": sum(len(invitation.waiting) for invitation in found),
        "others": others.oldest(MOST_OTHERS),
        "other_count": others.count(),
        "answers": Answer,
    }
    return render(request, "matchmaking/link_home.html", context)


@link_page
@require_safe
def link_pair(request: PortalRequest, holder: Holder, pair_id: int) -> HttpResponse:
    """Show one offer: every reason, what is still open, and the partner's contact once both said yes."""
    pair = access.get_offer(holder.actor, pair_id)
    if pair.hidden_at is not None:
        return _withdrawn(request, holder, status=410)
    return _offer_page(request, holder, pair, AnswerForm(), status=200)


@partial(link_page, posts_are=LinkUse.What.ANSWERED)
@require_http_methods(["GET", "HEAD", "POST"])
def link_answer(request: PortalRequest, holder: Holder, pair_id: int) -> HttpResponse:
    """Record *Mau*, *Tidak* or *Jam lain*; pressing twice, or another one later, is safe.

    Opened instead of posted to, as after changing the language of an error, it leads to the offer.
    """
    pair = access.get_offer(holder.actor, pair_id)
    if request.method != "POST":
        return redirect("matchmaking:link_pair", token=holder.token, pair_id=pair.pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _offer_page(request, holder, pair, form, status=422)
    try:
        interest.record_answer(
            actor=holder.actor, pair=pair, business=holder.business, now=timezone.now(), **form.cleaned_data
        )
    except interest.PairWithdrawn:
        return _withdrawn(request, holder, status=409)
    except interest.AnswersLocked as refusal:
        form.add_error(None, refusal)
        return _offer_page(request, holder, pair, form, status=409)
    sentence = _("Terima kasih. Jawaban Anda tercatat: %(answer)s.")
    messages.success(request, sentence % {"answer": form.cleaned_data["answer"].label})
    return redirect("matchmaking:link_pair", token=holder.token, pair_id=pair.pk)


@partial(link_page, posts_are=LinkUse.What.OPENED)
@require_POST
def link_opened(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Take a browser's word that somebody looks at the page; ``link_page`` writes it down."""
    return HttpResponse(status=204)


@link_page
@require_POST
def link_messages(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Keep that this business wants no messages, or wants them again."""
    refuses = request.POST.get("tolak") == "ya"
    set_messages_refused(actor=holder.actor, business=holder.business, refuses=refuses, now=timezone.now())
    sentence = _("Anda tidak dikirimi undangan lagi.") if refuses else _("Anda dikirimi undangan lagi.")
    messages.success(request, sentence)
    return redirect("matchmaking:link_home", token=holder.token)


@link_page
@require_safe
def link_inquiries(request: PortalRequest, holder: Holder) -> HttpResponse:
    """Show what buyers wrote about the products of this business."""
    context = {"holder": holder, "inquiries": invitations.inquiries_to(holder.actor)}
    return render(request, "matchmaking/link_inquiries.html", context)


def _offer_page(
    request: PortalRequest, holder: Holder, pair: Pair, form: AnswerForm, *, status: int
) -> HttpResponse:
    offer = Offer(pair, holder.business)
    can_see_contacts = access.can_see_contacts(holder.actor, pair, offer.partner.pk)
    following = invitations.next_waiting(holder.actor, holder.business, timezone.localdate())
    context = {
        "holder": holder,
        "offer": offer,
        "latest": pair.interests.latest_of(holder.business.pk),
        "contact": offer.partner if can_see_contacts else None,
        "following": None if offer.is_waiting else following,
        "form": form,
        "answers": Answer,
    }
    return render(request, "matchmaking/link_pair.html", context, status=status)


def _withdrawn(request: PortalRequest, holder: Holder, *, status: int) -> HttpResponse:
    reason = _("Usulan ini sudah ditarik oleh dinas, jadi tidak perlu dijawab lagi.")
    return dead_end(request, holder, reason, status=status)
