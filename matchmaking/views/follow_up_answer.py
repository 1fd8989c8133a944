"""A follow-up question, answered with one tap: behind its own link and behind a business's personal link."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking import ask_links, commitments, followups
from matchmaking.follow_up_pages import STOPS, get_question, orders_after
from matchmaking.forms.follow_ups import OrderForm, ReplyForm
from matchmaking.models import AskLink, FollowUp
from matchmaking.views.doors import Door
from tradecontact.web import PortalRequest


@dataclass(frozen=True)
class Reading:
    """What came with a request to a question: its form, and the question once the answer is recorded."""

    form: ReplyForm
    asks_side: bool = False
    answered: FollowUp | None = None

    @property
    def status(self) -> int:
        return 422 if self.form.is_bound else 200

    def context(self, question: FollowUp) -> dict[str, Any]:
        """Return what the buttons of the form need."""
        return {
            "question": question,
            "partner": question.partner,
            "form": self.form,
            "stops": STOPS,
            "asks_side": self.asks_side,
            "sides": [question.pair.business_a, question.pair.business_b],
        }


def read_reply(request: PortalRequest, actor: Actor, question: FollowUp) -> Reading:
    """Record the answer that was pressed, where one was; what is missing goes into the form."""
    form = ReplyForm(request.POST if request.method == "POST" else None, pair=question.pair)
    if not form.is_valid():
        return Reading(form)
    try:
        answered = followups.record_reply(
            actor=actor,
            follow_up=question,
            reply=form.reply(),
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except followups.SideMissing as missing:
        form.add_error("lacking", missing.messages[0])
        return Reading(form, asks_side=True)
    except ValidationError as error:
        form.add_error(None, error)
        return Reading(form)
    return Reading(form, answered=answered)


def answer_page(request: PortalRequest, link: AskLink, question: FollowUp, token: str) -> HttpResponse:
    """Ask how it goes on; the first answer counts. After *ada pesanan* take the order itself."""
    if question.answered_at is not None:
        return _answered_page(request, link, question, token)
    read = read_reply(request, ask_links.actor_of(link), question)
    if read.answered is not None:
        return redirect("matchmaking:ask", token=token)
    context = read.context(question) | {"token": token}
    return render(request, "matchmaking/follow_up_answer.html", context, status=read.status)


def follow_up(door: Door, follow_up_id: int) -> HttpResponse:
    """Ask a business behind its personal link; *ada pesanan* leads on to recording the order."""
    if door.holder is None:
        raise Http404
    question = get_question(door.pair, door.holder.business, follow_up_id, timezone.localdate())
    if question.answered_at is not None:
        return door.page("link_follow_up", {"question": question, "partner": question.partner})
    read = read_reply(door.request, door.actor, question)
    if read.answered is None:
        return door.page("link_follow_up", read.context(question), status=read.status)
    messages.success(door.request, _("Terima kasih, jawaban Anda tercatat."))
    if read.answered.answer == FollowUp.Answer.ORDERED:
        messages.info(door.request, _("Supaya pesanan ini terhitung, catat di sini."))
        return door.go("commitment_new")
    return redirect("matchmaking:link_inbox", token=door.holder.token)


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
