"""The office's calendar of follow-ups, one question with what to say, and asking it by WhatsApp."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking import access, followups
from matchmaking import follow_up_pages as calendar
from matchmaking.filters import FollowUpFilter
from matchmaking.forms.follow_ups import ReplyForm
from products.access import require_staff
from tradecontact.web import PortalRequest

PER_PAGE = 100
# The form of WhatsApp is answered by a redirect, which browsers follow to these addresses only.
WHATSAPP = [SELF, "https://wa.me", "https://api.whatsapp.com"]


@require_safe
def follow_ups(request: PortalRequest) -> HttpResponse:
    """Show the questions of one month by their days, and what is late or due from any month."""
    require_staff(request.actor)
    today = timezone.localdate()
    month = calendar.month_of(request.GET.get("bulan", ""), today)
    every = calendar.follow_ups_for(request.actor, today)
    of_month = calendar.in_month(every, month)
    waiting = request.GET.get("lihat") == "menunggu"
    rows = calendar.waiting(every) if waiting else of_month
    filters = FollowUpFilter(request.GET, rows)
    context = {
        "filters": filters,
        "page": Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page")),
        "counts": calendar.counts_of(rows),
        "waiting": waiting,
        "waiting_count": calendar.waiting(every).count(),
        "month": month,
        "previous": calendar.month_after(month, -1),
        "following": calendar.month_after(month, 1),
        "kinds": calendar.KINDS,
    }
    return render(request, "matchmaking/follow_ups.html", context)


@csp_update({"form-action": WHATSAPP})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: PortalRequest, follow_up_id: int) -> HttpResponse:
    """Show what to ask by phone, and take the answer on behalf of the business."""
    require_staff(request.actor)
    today = timezone.localdate()
    question = calendar.get_follow_up(request.actor, follow_up_id, today)
    form = ReplyForm(request.POST if request.method == "POST" else None, pair=question.pair)
    asks_side = False
    if form.is_valid():
        try:
            answered = followups.record_reply(
                actor=request.actor,
                follow_up=question,
                reply=form.reply(),
                now=timezone.now(),
                today=today,
            )
        except followups.SideMissing as missing:
            asks_side = True
            form.add_error("lacking", missing.messages[0])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = {"name": question.asked.name, "answer": answered.get_answer_display()}
            messages.success(request, _("Jawaban %(name)s tercatat: %(answer)s.") % said)
            return redirect("matchmaking:follow_up", follow_up_id=follow_up_id)
    context = {
        "question": question,
        "partner": question.partner,
        "kinds": calendar.KINDS,
        "state": calendar.standing_of(question),
        "form": form,
        "stops": calendar.STOPS,
        "asks_side": asks_side,
        "sides": [question.pair.business_a, question.pair.business_b],
        "can_see_pair": access.takes_part(request.actor, question.pair.trade_contact),
        "officer": request.user,
    }
    return render(request, "matchmaking/follow_up.html", context, status=422 if form.is_bound else 200)


@require_POST
def follow_up_whatsapp(request: PortalRequest, follow_up_id: int) -> HttpResponse:
    """Go to the ready WhatsApp text of one question; what wa.me does then nobody tells us."""
    require_staff(request.actor)
    question = calendar.get_follow_up(request.actor, follow_up_id, timezone.localdate())
    try:
        address = followups.open_whatsapp(actor=request.actor, follow_up=question, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("matchmaking:follow_up", follow_up_id=follow_up_id)
    response = HttpResponseRedirect(address)
    response["Referrer-Policy"] = "no-referrer"
    return response
