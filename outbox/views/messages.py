"""Pages of what the portal sends: the list, one message, sending once more, putting aside."""

from django.contrib import messages as notes
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from outbox import access, resending, whatsapp
from outbox.explaining import acts_on, lines_of, why_not_again, why_not_settled
from outbox.filters import MessageFilter
from tradecontact.web import PortalRequest

PER_PAGE = 50


@require_safe
def messages(request: PortalRequest) -> HttpResponse:
    """List the messages of the own office, the newest first, each with where it stands."""
    filters = MessageFilter(request.GET, queryset=access.messages_for(request.actor))
    page = Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "lines": lines_of(page),
        "counts": access.count_in_need(request.actor),
    }
    return render(request, "outbox/messages.html", context)


@require_safe
def message_detail(request: PortalRequest, message_id: int) -> HttpResponse:
    """Show one message, why it stands where it stands, and what can be done."""
    message = access.get_message(request.actor, message_id)
    (line,) = lines_of([message])
    context = {
        "message": message,
        "line": line,
        "why_not_again": why_not_again(message),
        "can_settle": message.settled_at is None and not why_not_settled(message),
        "whatsapp_url": whatsapp.wa_me(message) if line.is_by_hand else "",
        "history": acts_on(message),
    }
    return render(request, "outbox/message_detail.html", context)


@require_POST
def message_resend(request: PortalRequest, message_id: int) -> HttpResponse:
    """Send a message once more."""
    message = access.get_message(request.actor, message_id)
    try:
        resending.resend(actor=request.actor, message=message, now=timezone.now())
    except ValidationError as error:
        notes.error(request, " ".join(error.messages))
    else:
        notes.success(request, _("Pesan menunggu giliran untuk dikirim ulang."))
    return redirect("outbox:message_detail", message_id=message.pk)


@require_POST
def messages_resend(request: PortalRequest) -> HttpResponse:
    """Send everything that was given up once more."""
    access.messages_for(request.actor)
    count = resending.resend_given_up(actor=request.actor, now=timezone.now())
    if count:
        text = ngettext("%(count)d pesan dikirim ulang.", "%(count)d pesan dikirim ulang.", count)
        notes.success(request, text % {"count": count})
    else:
        notes.info(request, _("Tidak ada pesan yang dapat dikirim ulang."))
    return redirect("outbox:messages")


@require_POST
def message_settle(request: PortalRequest, message_id: int) -> HttpResponse:
    """Put a message that was given up aside."""
    message = access.get_message(request.actor, message_id)
    try:
        resending.settle(actor=request.actor, message=message, now=timezone.now())
    except ValidationError as error:
        notes.error(request, " ".join(error.messages))
    else:
        notes.success(request, _("Pesan dianggap selesai."))
    return redirect("outbox:message_detail", message_id=message.pk)


@require_POST
def message_sent_by_hand(request: PortalRequest, message_id: int) -> HttpResponse:
    """Write down that the officer has sent a WhatsApp message."""
    message = access.get_message(request.actor, message_id)
    try:
        resending.note_sent_by_hand(actor=request.actor, message=message, now=timezone.now())
    except ValidationError as error:
        notes.error(request, " ".join(error.messages))
    else:
        notes.success(request, _("Dicatat sudah dikirim."))
    return redirect("outbox:message_detail", message_id=message.pk)
