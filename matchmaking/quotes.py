"""Quotes of several sellers for one need, side by side; the request closes by count or date."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking import path
from matchmaking.models import Pair, Quote, QuoteRequest, Step, TradeContact
from products.models import Business, Need, Unit

COMPARED = ("price_rupiah", "quantity", "unit_id", "lead_time_days", "valid_until", "terms")


class RequestClosed(ValidationError):
    """No quote can be added or changed any more."""


@dataclass(frozen=True)
class Terms:
    """What a seller asks: whole rupiah for one unit, working days until it is ready."""

    price_rupiah: int
    quantity: int
    unit: Unit
    lead_time_days: int | None = None
    valid_until: date | None = None
    terms: str = ""


@transaction.atomic
def open_request(
    *,
    actor: Actor,
    trade_contact: TradeContact,
    buyer: Business,
    need: Need | None,
    what: str,
    closes_on: date | None,
    closes_at_count: int | None,
    now: datetime,
    today: date,
) -> QuoteRequest:
    """Ask the buyer's partners in a contact what something costs; the same words while open are one request.

    Raises:
        PermissionDenied: the actor is neither the buyer nor an officer of its region.
        ValidationError: there is no end, the day has passed, or a rule of ``QuoteRequest`` is broken.
    """
    if not can_ask_for(actor, buyer):
        raise PermissionDenied(_("Penawaran diminta oleh pembeli sendiri atau dinas wilayahnya."))
    Business.objects.select_for_update(of=("self",)).get(pk=buyer.pk)  # one writer per buyer
    if closes_on is not None and closes_on < today:
        raise ValidationError({"closes_on": _("Pilih tanggal tutup mulai hari ini.")})
    open_ones = QuoteRequest.objects.filter(trade_contact=trade_contact, buyer=buyer, closed_at=None)
    known = open_ones.filter(what=what).first()
    if known is not None:
        return known
    request = QuoteRequest(
        trade_contact=trade_contact,
        buyer=buyer,
        need=need,
        what=what,
        closes_on=closes_on,
        closes_at_count=closes_at_count,
        opened_by_id=actor.user_id,
        opened_at=now,
    )
    request.full_clean(exclude=["trade_contact", "buyer", "need", "opened_by"])
    request.save()
    _tell_pairs(actor, request, "quote_asked")
    return request


@transaction.atomic
def give_quote(
    *, actor: Actor, request: QuoteRequest, pair: Pair, terms: Terms, now: datetime, today: date
) -> Quote:
    """Write down what the seller of ``pair`` asks, or correct it while the request is open.

    The same terms again change nothing. The last one that was waited for closes the request.

    Raises:
        RequestClosed: the request took its last quote, was closed, or its day has passed.
        StepNotAllowed: the pair is closed, or both have not agreed.
        ValidationError: a rule of ``Quote`` is broken.
    """
    locked_pair = path.lock_pair(pair)  # the pair first, as everywhere
    path.check_actor(actor, locked_pair)
    locked = _lock(request)
    seller = _seller_of(actor, locked, locked_pair)
    quote = locked.quotes.filter(pair=locked_pair).first() or Quote(request=locked, pair=locked_pair)
    if quote.pk and _facts(quote) == _facts_of(terms):
        return quote
    if not locked.is_open_on(today):
        raise RequestClosed(_why_closed(locked))
    if locked_pair.step in {Step.PROPOSED, Step.CLOSED}:
        path.check_rule(actor, locked_pair, Step.QUOTE)  # says why
    is_new = quote.pk is None
    for name, value in vars(terms).items():
        setattr(quote, name, value)
    quote.seller, quote.via, quote.recorded_by_id, quote.at = seller, actor.via, actor.user_id, now
    quote.full_clean(exclude=["request", "pair", "seller", "unit", "recorded_by"])
    quote.save()
    _tell(actor, quote, "quote_given" if is_new else "quote_changed")
    if path.is_allowed(actor, locked_pair, Step.QUOTE):
        path.advance(actor, locked_pair, Step.QUOTE, now)
        path.carry(pair, locked_pair)
    _close_when_full(locked, now)
    return quote


@transaction.atomic
def close_request(*, actor: Actor, request: QuoteRequest, now: datetime) -> QuoteRequest:
    """Take no more quotes; a closed request stays as it is.

    Raises:
        PermissionDenied: the actor is neither the buyer nor an officer of its region.
    """
    locked = _lock(request)
    if not can_ask_for(actor, locked.buyer):
        raise PermissionDenied(_("Permintaan ditutup oleh pembeli sendiri atau dinas wilayahnya."))
    if locked.closed_at is None:
        locked.closed_at = now
        locked.save(update_fields=["closed_at"])
        _tell_pairs(actor, locked, "quote_request_closed")
    return locked


def can_ask_for(actor: Actor, buyer: Business) -> bool:
    """Return whether the actor asks for quotes in the name of this buyer."""
    if actor.business_id is not None:
        return actor.business_id == buyer.pk
    return actor.is_admin or (actor.region_id is not None and actor.region_id == buyer.region_id)


def requests_of(pair: Pair) -> QuerySet[QuoteRequest]:
    """Return the requests of either side in the contact of a pair, open ones first."""
    rows = QuoteRequest.objects.filter(
        trade_contact=pair.trade_contact_id, buyer__in=[pair.business_a_id, pair.business_b_id]
    )
    return rows.select_related("buyer", "need").order_by("closed_at", "-pk")


def columns_of(actor: Actor, request: QuoteRequest) -> list[Quote]:
    """Return the quotes that the actor may read side by side, the cheapest first. Costs one query."""
    rows = request.quotes.visible_to(actor).select_related("seller__region", "unit", "pair")
    return list(rows.order_by("price_rupiah", "pk"))


def _lock(request: QuoteRequest) -> QuoteRequest:
    rows = QuoteRequest.objects.select_for_update(of=("self",)).select_related("buyer", "trade_contact")
    return rows.get(pk=request.pk)


def _seller_of(actor: Actor, request: QuoteRequest, pair: Pair) -> Business:
    """Return the side that quotes: the partner of the buyer.

    Raises:
        PermissionDenied: the pair is not one of the buyer's, or the actor is the buyer.
    """
    if pair.trade_contact_id != request.trade_contact_id or not pair.has_side(request.buyer_id):
        raise PermissionDenied(_("Pasangan ini bukan milik pembeli yang meminta penawaran."))
    seller = pair.partner_of(request.buyer_id)
    if not can_ask_for(actor, seller):
        raise PermissionDenied(_("Penawaran diberikan oleh penjual sendiri atau dinas wilayahnya."))
    return seller


def _why_closed(request: QuoteRequest) -> str:
    if request.closed_at is None:
        return _("Permintaan ini ditutup menurut tanggalnya, jadi tidak menerima penawaran lagi.")
    if request.closes_at_count and request.quotes.count() >= request.closes_at_count:
        return _("Permintaan ini sudah menerima %(count)d penawaran, jadi ditutup.") % {
            "count": request.closes_at_count
        }
    return _("Permintaan ini sudah ditutup oleh pembeli.")


def _close_when_full(request: QuoteRequest, now: datetime) -> None:
    if request.closes_at_count and request.quotes.count() >= request.closes_at_count:
        request.closed_at = now
        request.save(update_fields=["closed_at"])


def _facts(quote: Quote) -> dict[str, object]:
    return {name: getattr(quote, name) for name in COMPARED}


def _facts_of(terms: Terms) -> dict[str, object]:
    return {**{name: getattr(terms, name, None) for name in COMPARED}, "unit_id": terms.unit.pk}


def _tell(actor: Actor, quote: Quote, action: str) -> None:
    """The price is told to nobody by history: each side's page shows the quotes it may read."""
    history.record(
        actor=actor,
        subject=quote.pair,
        action=action,
        after={"what": quote.request.what},
        business_id=quote.seller_id,
    )


def _tell_pairs(actor: Actor, request: QuoteRequest, action: str) -> None:
    """Tell each pair of the buyer in this contact that may quote. Costs a query for each."""
    pairs = Pair.objects.shown().of_business(request.buyer_id).filter(trade_contact=request.trade_contact_id)
    for pair in pairs.exclude(step__in=[Step.PROPOSED, Step.CLOSED]).order_by("pk"):
        history.record(
            actor=actor,
            subject=pair,
            action=action,
            after={"what": request.what},
            business_id=request.buyer_id,
        )
