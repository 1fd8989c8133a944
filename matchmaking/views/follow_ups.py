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
from matchmaking.views.follow_up_answer import read_reply
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
    question = calendar.get_follow_up(request.actor, follow_up_id, timezone.localdate())
    read = read_reply(request, request.actor, question)
    if read.answered is not None:
        said = {"name": question.asked.name, "answer": read.answered.get_answer_display()}
        messages.success(request, _("Jawaban %(name)s tercatat: %(answer)s.") % said)
        return redirect("matchmaking:follow_up", follow_up_id=follow_up_id)
    context = read.context(question) | {
        "kinds": calendar.KINDS,
        "state": calendar.standing_of(question),
        "can_see_pair": access.takes_part(request.actor, question.pair.trade_contact),
        "officer": request.user,
    }
    return render(request, "matchmaking/follow_up.html", context, status=read.status)


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
