"""The invitation desk of a trade contact: who is invited, through what, how far it is, and whom to call."""

from uuid import uuid4

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from matchmaking import access, recipients, sending
from matchmaking.delegations import participants_in
from matchmaking.filters import RecipientFilter
from matchmaking.forms.invitations import Act, FormTokenForm, SendForm
from matchmaking.forms.pairs import OnBehalfForm
from matchmaking.invitation_sheet import TEMPLATE, sheet_of
from matchmaking.invitations import offers_in
from matchmaking.models import Invitation, TradeContact
from products.models import Business
from products.reachability import set_messages_refused
from tradecontact.pdf import compile_pdf
from tradecontact.web import PortalRequest

PER_PAGE = 100
# The form of WhatsApp is answered by a redirect, which browsers follow to these addresses only.
WHATSAPP = [SELF, "https://wa.me", "https://api.whatsapp.com"]


@csp_update({"form-action": WHATSAPP})  # type: ignore[arg-type]
@require_safe
def invitation_desk(request: PortalRequest, slug: str) -> HttpResponse:
    """Show every business to invite with how far its invitation is, and what can be done for many."""
    return _desk(request, access.get_trade_contact(request.actor, slug), None)


@csp_update({"form-action": WHATSAPP})  # type: ignore[arg-type]
@require_POST
def invitations_send(request: PortalRequest, slug: str) -> HttpResponse:
    """Send e-mails, print QR sheets, or mark as sent; pressing twice is safe."""
    contact = access.get_trade_contact(request.actor, slug)
    form = SendForm(request.POST)
    if not form.is_valid():
        return _desk(request, contact, form)
    entered, now = form.cleaned_data, timezone.now()
    businesses = sending.chosen(request.actor, contact, entered["usaha"])
    if entered["act"] == Act.PAPER:
        return _sheet(request, contact, businesses, form)
    if entered["act"] == Act.SENT:
        number = sending.mark_sent(actor=request.actor, trade_contact=contact, businesses=businesses, now=now)
        messages.success(request, _n_marked(number))
    else:
        number, left_out = sending.send_emails(
            actor=request.actor,
            trade_contact=contact,
            businesses=businesses,
            form_token=entered["form_token"],
            now=now,
        )
        _say_emails(request, number, left_out)
    return redirect("matchmaking:invitation_desk", slug=slug)


@require_POST
def invitation_whatsapp(request: PortalRequest, slug: str, business_id: int) -> HttpResponse:
    """Prepare the WhatsApp text of one business and go to it; what wa.me does then nobody tells us."""
    contact, business = _get(request, slug, business_id)
    form = FormTokenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Muat ulang halaman ini, lalu coba lagi."))
        return redirect("matchmaking:invitation_desk", slug=slug)
    try:
        prepared = sending.prepare(
            actor=request.actor,
            trade_contact=contact,
            business=business,
            channel=Invitation.Channel.WHATSAPP,
            form_token=form.cleaned_data["form_token"],
            now=timezone.now(),
        )
        address = sending.whatsapp_address(prepared)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("matchmaking:invitation_desk", slug=slug)
    response = HttpResponseRedirect(address)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def call_sheet(request: PortalRequest, slug: str, business_id: int) -> HttpResponse:
    """Show what to say on the telephone, and take the answers on behalf of the business."""
    contact, business = _get(request, slug, business_id)
    offers = offers_in(request.actor, contact, business)
    context = {
        "trade_contact": contact,
        "business": business,
        "waiting": [
            (offer, OnBehalfForm(auto_id=f"id_{offer.pair.pk}_%s")) for offer in offers if offer.is_waiting
        ],
        "answered": [offer for offer in offers if not offer.is_waiting],
        "officer": request.user,
    }
    return render(request, "matchmaking/call_sheet.html", context)


@require_POST
def messages_refuse(request: PortalRequest, slug: str, business_id: int) -> HttpResponse:
    """Keep that a business wants no messages, or wants them again."""
    _contact, business = _get(request, slug, business_id)
    refuses = request.POST.get("tolak") == "ya"
    set_messages_refused(actor=request.actor, business=business, refuses=refuses, now=timezone.now())
    text = _("%(name)s tidak dikirimi pesan lagi.") if refuses else _("%(name)s boleh dikirimi pesan lagi.")
    messages.success(request, text % {"name": business.name})
    return redirect("matchmaking:call_sheet", slug=slug, business_id=business_id)


def _get(request: PortalRequest, slug: str, business_id: int) -> tuple[TradeContact, Business]:
    """Return the contact and a business that the actor invites to it."""
    contact = access.get_trade_contact(request.actor, slug)
    for row in sending.own_participants(request.actor, contact):
        if row.business_id == business_id:
            return contact, row.business
    raise Http404


def _desk(request: PortalRequest, contact: TradeContact, form: SendForm | None) -> HttpResponse:
    now = timezone.now()
    own = sending.own_participants(request.actor, contact).values("pk")
    rows = recipients.with_reach(participants_in(contact, now).filter(pk__in=own), contact, now)
    counts = recipients.counts_of(rows)
    filters = RecipientFilter(request.GET, recipients.longest_waiting_first(rows))
    context = {
        "trade_contact": contact,
        "counts": counts,
        "total": sum(count.number for count in counts),
        "filters": filters,
        "page": Paginator(filters.qs, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": recipients.KINDS,
        "form": form,
        "form_token": uuid4(),
        "acts": Act.CHOICES,
    }
    return render(request, "matchmaking/invitation_desk.html", context, status=422 if form else 200)


def _sheet(
    request: PortalRequest, contact: TradeContact, businesses: list[Business], form: SendForm
) -> HttpResponse:
    now = timezone.now()
    prepared = [
        sending.prepare(
            actor=request.actor,
            trade_contact=contact,
            business=business,
            channel=Invitation.Channel.PAPER,
            form_token=form.cleaned_data["form_token"],
            now=now,
        )
        for business in businesses
    ]
    response = HttpResponse(
        compile_pdf(TEMPLATE, sheet_of(contact, prepared), now), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="undangan-{contact.slug}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _n_marked(number: int) -> str:
    text = ngettext(
        "%(number)d undangan dicatat sudah dikirim.", "%(number)d undangan dicatat sudah dikirim.", number
    )
    return text % {"number": number}


def _say_emails(request: PortalRequest, number: int, left_out: list[Business]) -> None:
    if number:
        text = ngettext("%(number)d e-mail disiapkan.", "%(number)d e-mail disiapkan.", number)
        messages.success(request, text % {"number": number})
    if left_out:
        text = _("Tidak dikirimi e-mail, karena alamatnya belum ada atau tidak mau: %(names)s.")
        messages.warning(request, text % {"names": ", ".join(business.name for business in left_out)})
