"""Inquiries: interest sent by a stranger, and the pair that the seller's office makes of it."""

import secrets
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts import history
from accounts.actors import Actor, Via
from accounts.models import Consent
from accounts.sending_limits import SENT, count_sending
from matchmaking import buyers
from matchmaking.inquiry_subjects import Subject
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Inquiry, Pair, TradeContact
from matchmaking.pairing import add_pair
from matchmaking.taking_along import take_along
from products.models import Business
from regions.models import Region

RECEIPT_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is mistaken for another on the phone
RECEIPT_LENGTH = 8
# Rows that were fetched a moment ago, and numbers whose uniqueness the database alone can promise.
UNCHECKED = [
    "business", "product", "need", "region", "unit", "consent", "listing_consent", "pair", "registered",
    "handled_by", "form_token", "receipt_number",
]  # fmt: skip

# A new sentence gets a new version.
CONSENT_VERSION = "minat-4"
CONSENT_SENTENCE = gettext_lazy(
    "Saya setuju data ini diteruskan kepada pelaku usaha dan dinas koperasinya untuk menghubungi saya "
    "tentang minat ini."
)
LISTING_VERSION = "calon-1"
LISTING_SENTENCE = gettext_lazy(
    "Boleh juga: dinas daerah saya mencatat saya sebagai calon mitra bila minat ini menjadi pasangan usaha."
)


class Sender(TypedDict):
    """What a stranger typed. ``may_be_listed`` is the agreement to ``LISTING_SENTENCE``."""

    sender_name: str
    company: str
    region: Region
    phone: str
    email: str
    quantity: int | None
    message: str
    may_be_listed: bool


def send_inquiry(
    *,
    actor: Actor,
    subject: Subject,
    form_token: uuid.UUID,
    sender: Sender,
    network: str,
    now: datetime,
    tell: Callable[[int], object],
) -> tuple[Inquiry, bool]:
    """Write down a stranger's interest; return it, and whether it is new.

    The same ``form_token`` is the same press of the button: the first inquiry is returned, however many
    presses arrive at once, and none but the first counts for the ``network`` it came from. Each consent
    is stored for itself. ``tell`` is called with the id of a new inquiry in the same transaction.

    Raises:
        TooManySendings: the network has sent as much as it may.
        ValidationError: a rule of ``Inquiry`` is broken.
    """
    known = Inquiry.objects.filter(form_token=form_token).first()
    if known is not None:
        return known, False
    typed = {name: value for name, value in sender.items() if name != "may_be_listed"}
    inquiry = Inquiry(
        receipt_number=receipt_number("M"),
        form_token=form_token,
        business_id=subject.business.pk,
        product=subject.product,
        need=subject.need,
        about=subject.about,
        unit=subject.unit if sender["quantity"] else None,
        created_at=now,
        **typed,
    )
    try:
        with transaction.atomic():
            count_sending(network=network, limit=SENT, now=now)
            _store(actor, inquiry, may_be_listed=sender["may_be_listed"])
            tell(inquiry.pk)
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
        ValidationError: the sender has withdrawn it, or does not want to be listed; seller and buyer are of
            one region; an office does not take part in the contact; the buyer is known under another name or
            was taken out by another office; officers have hidden or closed the pair; the sender is new and
            the answers of the contact are locked.
    """
    locked = _for_update(actor, inquiry)
    if locked.pair is not None:
        return locked.pair
    _refuse_withdrawn(locked)
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
    registered = buyer if is_new else None
    _handle(actor, locked, "turned_into_pair", pair=pair, closed_reason="", registered=registered)
    return pair


@transaction.atomic
def close_inquiry(*, actor: Actor, inquiry: Inquiry, reason: str) -> Inquiry:
    """Take an inquiry off the waiting list without a pair; it can still be made one later.

    Raises:
        PermissionDenied: the actor does not work for the seller's office.
        ValidationError: it is a pair already or withdrawn, or the reason is empty or too long.
    """
    locked = _for_update(actor, inquiry)
    if locked.pair is not None:
        raise ValidationError(_("Pernyataan minat ini sudah menjadi pasangan usaha."))
    _refuse_withdrawn(locked)
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya, mis. sudah dihubungi langsung.")})
    if locked.closed_reason != reason:
        _handle(actor, locked, "closed", closed_reason=reason)
    return locked


def _for_update(actor: Actor, inquiry: Inquiry) -> Inquiry:
    """Return the inquiry, locked, once it is certain that the actor's office answers for the seller."""
    visible = Inquiry.objects.visible_to(actor)
    locked = visible.select_for_update(of=("self",)).filter(pk=inquiry.pk).first()
    if locked is None or not actor.is_staff:
        raise PermissionDenied(_("Pernyataan minat ditangani oleh dinas wilayah penjual."))
    return locked


def _refuse_withdrawn(inquiry: Inquiry) -> None:
    if inquiry.withdrawn_at is not None:
        raise ValidationError(_("Pernyataan minat ini sudah ditarik oleh pengirimnya."))


def _reason(inquiry: Inquiry) -> str:
    """Say in the office's language why this pair stands on the list; it is stored, like a title."""
    with override("id"):
        if inquiry.about == Inquiry.About.NEED:
            words = _("Pemasok menawarkan diri lewat formulir (%(receipt)s): %(subject)s.")
        else:
            words = _("Pembeli menyampaikan minat lewat formulir (%(receipt)s): %(subject)s.")
        name = inquiry.subject_name
        words %= {"receipt": inquiry.receipt_number, "subject": name}
    return words[: Pair._meta.get_field("staff_reason").max_length]


def _handle(actor: Actor, inquiry: Inquiry, action: str, **values: Any) -> None:
    """Write what an officer did with a locked inquiry, and its line of history.

    The reason of a closed one stays out of history, which nobody can erase: it may name the sender.
    """
    for name, value in {**values, "handled_by_id": actor.user_id}.items():
        setattr(inquiry, name, value)
    inquiry.full_clean(exclude=UNCHECKED, validate_unique=False, validate_constraints=False)
    inquiry.save(update_fields=[*values, "handled_by"])
    after = {"pair": inquiry.pair_id} if inquiry.pair_id else None
    history.record(actor=actor, subject=inquiry, action=action, after=after)


def _store(actor: Actor, inquiry: Inquiry, *, may_be_listed: bool) -> None:
    inquiry.full_clean(exclude=UNCHECKED)
    inquiry.consent = _consent(actor, Consent.Purpose.CONTACT, CONSENT_VERSION)
    if may_be_listed:
        inquiry.listing_consent = _consent(actor, Consent.Purpose.LISTING, LISTING_VERSION)
    inquiry.save()
    about = {inquiry.about: inquiry.product_id or inquiry.need_id or inquiry.business_id}
    history.record(actor=actor, subject=inquiry, action="received", after=about)


def _consent(actor: Actor, purpose: Consent.Purpose, version: str) -> Consent:
    return Consent.objects.create(
        purpose=purpose, wording_version=version, via=actor.via, recorded_by_id=actor.user_id
    )


def receipt_number(kind: str) -> str:
    """Return a number that is easy to read out and cannot be guessed from another, such as ``M-7KQ2XBRA``."""
    return f"{kind}-" + "".join(secrets.choice(RECEIPT_SIGNS) for _position in range(RECEIPT_LENGTH))
