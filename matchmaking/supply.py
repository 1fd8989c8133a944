"""Saya bisa memasok: a business answers a need of the public board, and the answer becomes a pair.

The pair stands in a trade contact in which both businesses take part; else in an open programme of both
offices, which takes the two along (decision 0008). When there is none the answer waits, and the offices
see it.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import history
from accounts.actors import Actor, Via
from matchmaking.answer_lock import RefusedAsLocked
from matchmaking.delegations import InCuration
from matchmaking.interest import AnswersLocked, record_answer
from matchmaking.models import Answer, Pair, SupplyOffer, TradeContact
from matchmaking.pairing import PairIsClosed, PairIsHidden, add_pair
from matchmaking.taking_along import OfficeIsAbsent, TakenOut, take_along
from products.models import Business, Need, Product
from tradecontact.contact_details import hide_contacts

WAITS = {
    PairIsHidden: SupplyOffer.Wait.HIDDEN,
    PairIsClosed: SupplyOffer.Wait.CLOSED,
    AnswersLocked: SupplyOffer.Wait.LOCKED,
    TakenOut: SupplyOffer.Wait.TAKEN_OUT,
    InCuration: SupplyOffer.Wait.TAKEN_OUT,  # the pages say the same of both, see ``waits_because_words``
    OfficeIsAbsent: SupplyOffer.Wait.NO_CONTACT,
}


@transaction.atomic
def offer_supply(
    *,
    actor: Actor,
    need: Need,
    business: Business,
    products: Iterable[Product] = (),
    note: str = "",
    today: date,
    tell: Callable[[int], object],
) -> SupplyOffer:
    """Record that ``business`` can supply ``need``, and return the offer with its pair where one is made.

    The supplier's *Mau* is recorded with it. Offering the same twice is one offer, one pair, one answer.
    ``tell`` is called with the id of a new offer in the same transaction.

    Raises:
        PermissionDenied: the actor may not speak for ``business``.
        ValidationError: the need has ended or is the business's own, or a product is another's or
            is not listed, or the note is wrong.
    """
    wanted = list(products)
    _check_may_offer(actor, need, business, wanted, today)
    offer, is_new = SupplyOffer.objects.get_or_create(
        need=need,
        business=business,
        defaults={"via": actor.via, "recorded_by_id": actor.user_id},
    )
    offer = _for_update(offer)
    _write_what_is_offered(actor, offer, wanted, note, is_new=is_new)
    if offer.pair is None and not offer.closed_reason:
        _find_a_contact(actor, offer, today)
    elif offer.pair is not None:
        _say_yes(actor, offer)
    if is_new:
        tell(offer.pk)
    return offer


@transaction.atomic
def turn_offer_into_pair(
    *, actor: Actor, offer: SupplyOffer, trade_contact: TradeContact, today: date
) -> SupplyOffer:
    """Make a pair of a waiting offer in one trade contact of the actor's office, and return the offer.

    Raises:
        PermissionDenied: the offer is not of the actor's region, or its office is not in the contact.
        ValidationError: the offer is closed, both are of one region, an office does not take part, a
            business was taken out or not chosen by another office, officers have hidden or closed the pair,
            or the answers of the contact are locked.
    """
    locked = _visible_for_update(actor, offer)
    if locked.pair is not None:
        return locked
    if locked.closed_reason:
        raise ValidationError(_("Tawaran ini sudah ditutup."))
    if not TradeContact.objects.visible_to(actor).filter(pk=trade_contact.pk).exists():
        raise PermissionDenied(_("Dinas Anda tidak ikut dalam kontak dagang ini."))
    _pair_in(actor, locked, trade_contact, today)
    try:
        _say_yes(actor, locked)
    except AnswersLocked as refusal:
        raise RefusedAsLocked from refusal
    return locked


@transaction.atomic
def close_offer(*, actor: Actor, offer: SupplyOffer, reason: str) -> SupplyOffer:
    """Take an offer off the waiting list without a pair, with the reason that its business reads.

    Raises:
        PermissionDenied: the offer is not of the actor's region.
        ValidationError: it is a pair already, or the reason is empty or too long.
    """
    locked = _visible_for_update(actor, offer)
    if locked.pair is not None:
        raise ValidationError(_("Tawaran ini sudah menjadi pasangan usaha."))
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya, mis. sudah dihubungkan langsung.")})
    if locked.closed_reason != reason:
        SupplyOffer._meta.get_field("closed_reason").clean(reason, locked)
        locked.closed_reason = reason
        locked.save(update_fields=["closed_reason"])
        history.record(actor=actor, subject=locked, action="closed", note=reason)
    return locked


def contacts_of_both(one: Business, other: Business, today: date) -> QuerySet[TradeContact]:
    """Return contacts that are not over in which both businesses take part, the soonest first."""
    with_one = TradeContact.objects.current_on(today).of_business(one.pk)
    return with_one.filter(pk__in=TradeContact.objects.of_business(other.pk)).distinct().in_order()


def contacts_of_both_offices(one: Business, other: Business, today: date) -> QuerySet[TradeContact]:
    """Return contacts that are not over in which the offices of both take part, the soonest first."""
    with_one = TradeContact.objects.current_on(today).filter(delegations__office=one.office_id)
    with_other = TradeContact.objects.filter(delegations__office=other.office_id)
    return with_one.filter(pk__in=with_other).distinct().in_order()


def _find_a_contact(actor: Actor, offer: SupplyOffer, today: date) -> None:
    """Make the pair in the first contact that takes it, or write down why there is none."""
    buyer, supplier = offer.need.business, offer.business
    if buyer.region_id == supplier.region_id:
        _wait(offer, SupplyOffer.Wait.SAME_REGION)
        return
    programmes = contacts_of_both_offices(buyer, supplier, today).filter(starts_on=None)
    why = SupplyOffer.Wait.NO_CONTACT
    for contact in [*contacts_of_both(buyer, supplier, today), *programmes]:
        try:
            with transaction.atomic():
                _pair_in(actor, offer, contact, today)
                _say_yes(actor, offer)
        except tuple(WAITS) as refusal:
            offer.pair = None
            why = WAITS[type(refusal)]
        else:
            return
    _wait(offer, why)


def _pair_in(actor: Actor, offer: SupplyOffer, trade_contact: TradeContact, today: date) -> None:
    """Make the pair in one contact, taking along whoever is not in a delegation yet."""
    buyer, supplier = offer.need.business, offer.business
    take_along(actor, trade_contact, [buyer, supplier])
    pair = add_pair(
        actor=actor,
        trade_contact=trade_contact,
        one=supplier,
        other=buyer,
        reason=_reason(offer.need),
        today=today,
        origin=Pair.Origin.SUPPLY,
    )
    offer.pair, offer.waits_because = pair, ""
    offer.save(update_fields=["pair", "waits_because"])
    history.record(actor=actor, subject=offer, action="turned_into_pair", after={"pair": pair.pk})


def _say_yes(actor: Actor, offer: SupplyOffer) -> None:
    """Record the supplier's *Mau* as it was given: by its link, or by its officer on its behalf."""
    speaker = Actor(
        via=Via(offer.via),
        user_id=offer.recorded_by_id,
        office_id=actor.office_id if actor.user_id == offer.recorded_by_id else None,
        business_id=offer.business_id,
    )
    if offer.pair is not None and offer.pair.hidden_at is None:
        record_answer(
            actor=speaker, pair=offer.pair, business=offer.business, answer=Answer.YES, note=offer.note
        )


def _write_what_is_offered(
    actor: Actor, offer: SupplyOffer, products: list[Product], note: str, *, is_new: bool
) -> None:
    """Write products and note where they differ, and the line of history."""
    before = set(offer.products.values_list("pk", flat=True))
    after = {product.pk for product in products}
    if not is_new and (before, offer.note) == (after, note):
        return
    offer.note, offer.via, offer.recorded_by_id = note, actor.via, actor.user_id
    offer.clean_fields(exclude={"need", "business", "pair", "recorded_by"})
    offer.save(update_fields=["note", "via", "recorded_by"])
    offer.products.set(products)
    history.record(
        actor=actor,
        subject=offer,
        action="offered",
        after={"need": offer.need_id, "products": sorted(after)},
        business_id=offer.business_id,
    )


def _check_may_offer(
    actor: Actor, need: Need, business: Business, products: list[Product], today: date
) -> None:
    if not Business.objects.editable_by(actor).filter(pk=business.pk).exists():
        raise PermissionDenied(_("Tawaran disampaikan oleh usahanya sendiri atau dinas wilayahnya."))
    if need.business_id == business.pk:
        raise ValidationError(_("Ini kebutuhan usaha itu sendiri."))
    if not need.is_open_on(today):
        raise ValidationError(_("Kebutuhan ini sudah berakhir, jadi tidak perlu dijawab lagi."))
    if any(product.business_id != business.pk for product in products):
        raise ValidationError({"products": _("Pilih produk usaha itu sendiri.")})
    listed = Product.objects.listed().filter(pk__in=[product.pk for product in products])
    if products and listed.count() < len(products):
        raise ValidationError({"products": _("Pilih produk yang tampil di katalog, atau kosongkan.")})


def _wait(offer: SupplyOffer, why: str) -> None:
    offer.waits_because = why
    offer.save(update_fields=["waits_because"])


def _for_update(offer: SupplyOffer) -> SupplyOffer:
    rows = SupplyOffer.objects.select_for_update(of=("self",)).select_related(
        "business__office", "need__business__office", "pair"
    )
    return rows.get(pk=offer.pk)


def _visible_for_update(actor: Actor, offer: SupplyOffer) -> SupplyOffer:
    """Return the offer, locked, once it is certain that an office of one of its sides acts."""
    visible = SupplyOffer.objects.visible_to(actor).filter(pk=offer.pk)
    if not actor.is_staff or not visible.exists():
        raise PermissionDenied(_("Tawaran ditangani oleh dinas pembeli atau dinas pemasok."))
    return _for_update(offer)


def _reason(need: Need) -> str:
    """Say in the office's language why this pair stands on the list; it is stored, like a title."""
    with override("id"):
        words = _("Pemasok menjawab kebutuhan di papan: %(need)s") % {"need": hide_contacts(need.text, "…")}
    return words[: Pair._meta.get_field("staff_reason").max_length]
