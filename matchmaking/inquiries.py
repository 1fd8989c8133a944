"""Inquiries: interest sent by a stranger, and the pair that the seller's office makes of it."""

import secrets
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts import history
from accounts.actors import Actor, Via
from accounts.models import Consent
from matchmaking import buyers
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Inquiry, Pair, TradeContact
from matchmaking.pairing import add_pair
from matchmaking.taking_along import take_along
from products.models import Business, Product
from regions.models import Region

RECEIPT_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is mistaken for another on the phone
RECEIPT_LENGTH = 8
# Rows that were fetched a moment ago, and numbers whose uniqueness the database alone can promise.
UNCHECKED = [
    "business", "product", "region", "unit", "consent", "pair", "handled_by", "form_token", "receipt_number",
]  # fmt: skip


CONSENT_VERSION = "minat-3"  # of the sentence below; a new sentence gets a new version
CONSENT_SENTENCE = gettext_lazy(
    "Saya setuju data ini diteruskan kepada pelaku usaha dan dinas koperasinya untuk menghubungi saya "
    "tentang minat ini, dan saya dicatat oleh dinas daerah saya sebagai calon pembeli bila minat ini "
    "menjadi pasangan usaha."
)


def send_inquiry(
    *,
    actor: Actor,
    product: Product,
    form_token: uuid.UUID,
    sender_name: str,
    company: str,
    region: Region,
    phone: str,
    email: str,
    quantity: int | None,
    message: str,
    tell: Callable[[int], object],
) -> tuple[Inquiry, bool]:
    """Write down a stranger's interest; return it, and whether it is new.

    The same ``form_token`` is the same press of the button: the first inquiry is returned, however many
    presses arrive at once. The sender's agreement to ``CONSENT_SENTENCE`` is stored with it. ``tell`` is
    called with the id of a new inquiry in the same transaction.

    Raises:
        ValidationError: a rule of ``Inquiry`` is broken.
    """
    inquiry = Inquiry(
        receipt_number=receipt_number("M"),
        form_token=form_token,
        business_id=product.business_id,
        product=product,
        sender_name=sender_name,
        company=company,
        region=region,
        phone=phone,
        email=email,
        quantity=quantity,
        unit=product.unit if quantity else None,
        message=message,
    )
    try:
        _store(actor, inquiry, tell)
    except IntegrityError:
        return Inquiry.objects.get(form_token=form_token), False
    return inquiry, True


@transaction.atomic
def turn_into_pair(
    *, actor: Actor, inquiry: Inquiry, trade_contact: TradeContact, buyer: Business | None, today: date
) -> Pair:
    """Make a pair of the seller and the sender, in one trade contact, and return it.

    ``buyer`` is a business that stands for the sender; ``None`` registers the sender as a new one with
    the office of the sender's region. Both are put into their delegations when they are not there yet.
    Only a sender who is registered here has said *Mau* with the inquiry: anybody can type the number of an
    existing business, so that one answers for itself. An inquiry that is a pair already keeps it.

    Raises:
        PermissionDenied: the actor does not work for the seller's office in this contact.
        ValidationError: seller and buyer are of one region, an office does not take part in the contact,
            the buyer is known under another name, was taken out by another office, or officers have
            hidden the pair.
    """
    locked = _for_update(actor, inquiry)
    if locked.pair is not None:
        return locked.pair
    if not TradeContact.objects.visible_to(actor).filter(pk=trade_contact.pk).exists():
        raise PermissionDenied(_("Dinas Anda tidak ikut dalam kontak dagang ini."))
    is_new = buyer is None
    if buyer is None:
        buyer = buyers.register_sender(actor=actor, inquiry=locked, trade_contact=trade_contact)
    elif not buyers.possible_buyers(locked, trade_contact).filter(pk=buyer.pk).exists():
        raise ValidationError({"buyer": _("Pilih usaha dari delegasi daerah lain dalam kontak dagang ini.")})
    take_along(actor, trade_contact, [locked.business, buyer])
    pair = add_pair(
        actor=actor,
        trade_contact=trade_contact,
        one=locked.business,
        other=buyer,
        reason=_reason(locked),
        today=today,
        origin=Pair.Origin.INQUIRY,
    )
    if is_new:
        sender = Actor(via=Via.PUBLIC_FORM, business_id=buyer.pk)
        record_answer(actor=sender, pair=pair, business=buyer, answer=Answer.YES)
    _handle(actor, locked, "turned_into_pair", pair=pair, closed_reason="")
    return pair


@transaction.atomic
def close_inquiry(*, actor: Actor, inquiry: Inquiry, reason: str) -> Inquiry:
    """Take an inquiry off the waiting list without a pair; it can still be made one later.

    Raises:
        PermissionDenied: the actor does not work for the seller's office.
        ValidationError: it is a pair already, or the reason is empty or too long.
    """
    locked = _for_update(actor, inquiry)
    if locked.pair is not None:
        raise ValidationError(_("Pernyataan minat ini sudah menjadi pasangan usaha."))
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya, mis. sudah dihubungi langsung.")})
    if locked.closed_reason != reason:
        _handle(actor, locked, "closed", note=reason, closed_reason=reason)
    return locked


def _for_update(actor: Actor, inquiry: Inquiry) -> Inquiry:
    """Return the inquiry, locked, once it is certain that the actor's office answers for the seller."""
    visible = Inquiry.objects.visible_to(actor)
    locked = visible.select_for_update(of=("self",)).filter(pk=inquiry.pk).first()
    if locked is None or not actor.is_staff:
        raise PermissionDenied(_("Pernyataan minat ditangani oleh dinas wilayah penjual."))
    return locked


def _reason(inquiry: Inquiry) -> str:
    """Say in the office's language why this pair stands on the list; it is stored, like a title."""
    with override("id"):
        words = _("Pembeli menyampaikan minat lewat formulir (%(receipt)s): %(product)s.") % {
            "receipt": inquiry.receipt_number,
            "product": inquiry.product or inquiry.business,
        }
    return words[: Pair._meta.get_field("staff_reason").max_length]


def _handle(actor: Actor, inquiry: Inquiry, action: str, *, note: str = "", **values: Any) -> None:
    """Write what an officer did with a locked inquiry, and its line of history."""
    for name, value in {**values, "handled_by_id": actor.user_id}.items():
        setattr(inquiry, name, value)
    inquiry.full_clean(exclude=UNCHECKED, validate_unique=False, validate_constraints=False)
    inquiry.save(update_fields=[*values, "handled_by"])
    after = {"pair": inquiry.pair_id} if inquiry.pair_id else None
    history.record(actor=actor, subject=inquiry, action=action, note=note, after=after)


@transaction.atomic
def _store(actor: Actor, inquiry: Inquiry, tell: Callable[[int], object]) -> None:
    inquiry.full_clean(exclude=UNCHECKED)
    inquiry.consent = Consent.objects.create(
        purpose=Consent.Purpose.CONTACT,
        wording_version=CONSENT_VERSION,
        via=actor.via,
        recorded_by_id=actor.user_id,
    )
    inquiry.save()
    history.record(actor=actor, subject=inquiry, action="received", after={"product": inquiry.product_id})
    tell(inquiry.pk)


def receipt_number(kind: str) -> str:
    """Return a number that is easy to read out and cannot be guessed from another, such as ``M-7KQ2XBRA``."""
    return f"{kind}-" + "".join(secrets.choice(RECEIPT_SIGNS) for _position in range(RECEIPT_LENGTH))
