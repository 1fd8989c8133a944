"""Pages of quotes, behind both doors: asking for them, and their columns side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from matchmaking import path, path_pages, quotes
from matchmaking.forms.quotes import QuoteForm, QuoteRequestForm
from matchmaking.models import Quote, QuoteRequest, Step
from matchmaking.views.doors import Door, only_post


def quote_request_new(door: Door) -> HttpResponse:
    """Ask the partners of one's own side in this contact what something costs."""
    buyer = path.own_side(door.actor, door.pair)
    if buyer is None:
        raise PermissionDenied(_("Penawaran diminta oleh pembeli sendiri atau dinas wilayahnya."))
    data = door.request.POST if door.request.method == "POST" else None
    form = QuoteRequestForm(data, needs=path_pages.open_needs(buyer))
    if form.is_valid():
        try:
            row = quotes.open_request(
                actor=door.actor,
                trade_contact=door.pair.trade_contact,
                buyer=buyer,
                now=timezone.now(),
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(door.request, _("Penawaran diminta. Mitra menjawab lewat halaman pasangannya."))
            return door.go("quote_request", row.pk)
    context = {"form": form, "buyer": buyer}
    return door.page("quote_request_new", context, status=422 if form.is_bound else 200)


def quote_request(door: Door, request_id: int) -> HttpResponse:
    """Show the quotes side by side; the seller of this pair gives or corrects its own on POST."""
    asked = path_pages.get_request(door.actor, door.pair, request_id)
    seller = door.pair.partner_of(asked.buyer_id)
    own = asked.quotes.filter(pair=door.pair).first()
    can_quote = (
        quotes.can_ask_for(door.actor, seller)
        and asked.is_open_on(timezone.localdate())
        and door.pair.step not in {Step.PROPOSED, Step.CLOSED}
    )
    data = door.request.POST if door.request.method == "POST" else None
    form = QuoteForm(data, units=path_pages.units(), initial=_as_entered(own, asked))
    if form.is_valid() and _gave_quote(door, asked, form):
        return door.go("quote_request", asked.pk)
    context = {
        "asked": asked,
        "is_open": asked.is_open_on(timezone.localdate()),
        "columns": quotes.columns_of(door.actor, asked),
        "own": own,
        "seller": seller,
        "can_quote": can_quote,
        "can_close": quotes.can_ask_for(door.actor, asked.buyer) and asked.closed_at is None,
        "close_url": door.url("quote_request_close", asked.pk),
        "form": form,
    }
    return door.page("quote_request", context, status=422 if form.is_bound else 200)


@only_post
def quote_request_close(door: Door, request_id: int) -> HttpResponse:
    """Take no more quotes; pressing twice is safe."""
    asked = path_pages.get_request(door.actor, door.pair, request_id)
    quotes.close_request(actor=door.actor, request=asked, now=timezone.now())
    messages.success(door.request, _("Permintaan penawaran ditutup."))
    return door.go("quote_request", asked.pk)


def _gave_quote(door: Door, asked: QuoteRequest, form: QuoteForm) -> bool:
    """Write the quote of a valid form down; what is wrong goes into the form."""
    try:
        quotes.give_quote(
            actor=door.actor,
            request=asked,
            pair=door.pair,
            terms=form.terms_entered(),
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(door.request, _("Penawaran tercatat."))
    return True


def _as_entered(own: Quote | None, asked: QuoteRequest) -> dict[str, object]:
    """Return what the form starts with: the own quote, else the amount that is looked for."""
    if own is not None:
        names = ("price_rupiah", "quantity", "lead_time_days", "valid_until", "terms")
        return {**{name: getattr(own, name) for name in names}, "unit": own.unit_id}
    if asked.need is not None:
        return {"quantity": asked.need.quantity, "unit": asked.need.unit_id}
    return {}
