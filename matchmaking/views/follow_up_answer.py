"""The page behind a follow-up link: one question, answered with one tap, and the order where there is one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from matchmaking import ask_links, commitments, followups
from matchmaking.follow_up_pages import STOPS, orders_after
from matchmaking.forms.follow_ups import OrderForm, ReplyForm
from matchmaking.models import AskLink, FollowUp
from tradecontact.web import PortalRequest


def answer_page(request: PortalRequest, link: AskLink, question: FollowUp, token: str) -> HttpResponse:
    """Ask how it goes on; the first answer counts. After *ada pesanan* take the order itself."""
    if question.answered_at is not None:
        return _answered_page(request, link, question, token)
    form = ReplyForm(request.POST if request.method == "POST" else None, pair=question.pair)
    asks_side = False
    if form.is_valid():
        try:
            followups.record_reply(
                actor=ask_links.actor_of(link),
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
            return redirect("matchmaking:ask", token=token)
    context = {"token": token, "question": question, "partner": question.partner, "form": form}
    context |= {"stops": STOPS, "asks_side": asks_side}
    context |= {"sides": [question.pair.business_a, question.pair.business_b]}
    status = 422 if form.is_bound else 200
    return render(request, "matchmaking/follow_up_answer.html", context, status=status)


def _answered_page(request: PortalRequest, link: AskLink, question: FollowUp, token: str) -> HttpResponse:
    """Say what was answered; a late second tap changes nothing. An order is recorded here."""
    form = None
    is_order = request.method == "POST" and "goods" in request.POST
    if request.method == "POST" and not is_order:
        return redirect("matchmaking:ask", token=token)
    if question.answer == FollowUp.Answer.ORDERED:
        actor = ask_links.actor_of(link)
        sellers = commitments.sellers_for(actor, question.pair)
        form = OrderForm(request.POST if is_order else None, sellers=sellers)
        if form.is_valid():
            try:
                commitments.record_commitment(
                    actor=actor,
                    pair=question.pair,
                    seller=form.seller_chosen(),
                    terms=form.terms(),
                    file=None,
                    today=timezone.localdate(),
                    now=timezone.now(),
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Pesanan dicatat. Pihak lain diminta mengonfirmasinya."))
                return redirect("matchmaking:ask", token=token)
    context = {"token": token, "question": question, "partner": question.partner, "form": form}
    context["orders"] = orders_after(question)
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "matchmaking/follow_up_answered.html", context, status=status)
