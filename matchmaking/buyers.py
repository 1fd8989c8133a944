"""Who an inquiry's sender may be among the businesses of a trade contact, and registering a new one."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import history
from accounts.actors import Actor
from matchmaking.answer_lock import RefusedAsLocked
from matchmaking.models import Inquiry, TradeContact
from products.models import Business
from products.models.businesses import BusinessQuerySet
from products.taxonomy import fold
from regions.models import Office, Region

SUGGESTIONS = 5
ALIKE = 0.75
"""Least likeness of two folded names: "Toko Batik Laweyan" and "Batik Laweyan" have 0.84."""


@dataclass(frozen=True)
class Suggestion:
    """A business that may be the sender, and what speaks for it."""

    business: Business
    why: str | Promise


@dataclass(frozen=True)
class Choice:
    """From whom an officer may choose the buyer; ``why_not_new`` says why the sender cannot be a new one."""

    possible: BusinessQuerySet
    suggestions: list[Suggestion]
    new_name: str
    new_region: Region
    why_not_new: str


def choice_for(inquiry: Inquiry, trade_contact: TradeContact) -> Choice:
    """Return who may be the buyer of an inquiry in one contact."""
    possible = possible_buyers(inquiry, trade_contact)
    try:
        _check_may_be_listed(inquiry)
        office_of_sender(inquiry, trade_contact)
        _check_takes_answers(trade_contact)
        why_not_new = ""
    except ValidationError as error:
        why_not_new = error.messages[0]
    name = inquiry.company or inquiry.sender_name
    return Choice(possible, suggest_buyers(inquiry, possible), name, inquiry.region, why_not_new)


def possible_buyers(inquiry: Inquiry, trade_contact: TradeContact) -> BusinessQuerySet:
    """Return the businesses that may stand for the sender: those of the other delegations of a contact.

    A business of the sender's region with the sender's own number or address counts too, since its
    office will find it in the delegation.
    """
    participants = Q(participations__delegation__trade_contact=trade_contact)
    sender = Q(region=inquiry.region_id) & _same_contact(inquiry)
    others = Business.objects.exclude(region=inquiry.business.region_id).select_related("region")
    return others.filter(participants | sender).distinct().order_by("name", "pk")


def suggest_buyers(inquiry: Inquiry, possible: BusinessQuerySet) -> list[Suggestion]:
    """Return the likeliest senders among ``possible``, those with the sender's number first."""
    ranked = sorted(_likely(inquiry, possible), key=lambda item: (-item[0], item[1].business.pk))
    return [suggestion for _score, suggestion in ranked[:SUGGESTIONS]]


def register_sender(*, actor: Actor, inquiry: Inquiry, trade_contact: TradeContact) -> Business:
    """Write the sender down as a new business of the sender's region and return it.

    Raises:
        ValidationError: the sender did not agree to it, that region has no office in this contact, it is
            the seller's own region, its list already has the sender's number or address, or the answers of
            the contact are locked, so that the sender's *Mau* cannot be kept.
    """
    _check_may_be_listed(inquiry)
    office = office_of_sender(inquiry, trade_contact)
    _check_takes_answers(trade_contact)
    Office.objects.select_for_update().get(pk=office.pk)  # one writer per office's list
    known = Business.objects.filter(_same_contact(inquiry), office=office).order_by("pk").first()
    if known is not None:
        raise ValidationError(
            _("Nomor atau alamat pengirim sudah tercatat untuk %(name)s. Pilih usaha itu.")
            % {"name": known.name}
        )
    business = Business(
        office=office,
        region_id=office.region_id,
        name=inquiry.company or inquiry.sender_name,
        owner_name=inquiry.sender_name,
        phone=inquiry.phone,
        email=inquiry.email,
    )
    business.full_clean(exclude=["office", "region", "line"])
    business.save()
    history.record(actor=actor, subject=business, action="registered", business_id=business.pk)
    return business


def office_of_sender(inquiry: Inquiry, trade_contact: TradeContact) -> Office:
    """Return the office that takes in the sender.

    Raises:
        ValidationError: the sender is of the seller's region, or no office of the sender's takes part.
    """
    if inquiry.region_id == inquiry.business.region_id:
        raise ValidationError(
            _(
                "Pengirim berada di %(region)s, wilayah penjual sendiri. Pasangan usaha mempertemukan dua "
                "daerah: hubungi pengirim langsung, lalu tutup pernyataan minat ini."
            )
            % {"region": inquiry.region.name}
        )
    office = Office.objects.filter(region=inquiry.region_id, delegations__trade_contact=trade_contact).first()
    if office is None:
        raise ValidationError(
            _(
                "Belum ada dinas dari %(region)s dalam kontak dagang ini. Undang dinas itu sebagai tamu, "
                "atau pilih usaha lain yang mewakili pengirim."
            )
            % {"region": inquiry.region.name}
        )
    return office


def _check_may_be_listed(inquiry: Inquiry) -> None:
    if inquiry.listing_consent_id is None:
        raise ValidationError(
            _(
                "Pengirim tidak memberi izin dicatat sebagai usaha baru. Hubungi pengirim, lalu pilih usaha "
                "yang mewakilinya atau tutup pernyataan minat ini."
            )
        )


def _check_takes_answers(trade_contact: TradeContact) -> None:
    if TradeContact.objects.filter(pk=trade_contact.pk, answers_locked_at__isnull=False).exists():
        raise RefusedAsLocked


def _same_contact(inquiry: Inquiry) -> Q:
    phone = Q(phone=inquiry.phone) if inquiry.phone else Q(pk__in=[])
    email = Q(email__iexact=inquiry.email) if inquiry.email else Q(pk__in=[])
    return phone | email


def _likely(inquiry: Inquiry, possible: BusinessQuerySet) -> Iterator[tuple[float, Suggestion]]:
    sender = fold(inquiry.company or inquiry.sender_name)
    for business in possible:
        likeness = SequenceMatcher(None, sender, fold(business.name)).ratio()
        if inquiry.phone and business.phone == inquiry.phone:
            yield 3.0, Suggestion(business, gettext_lazy("nomor teleponnya sama"))
        elif inquiry.email and business.email.lower() == inquiry.email.lower():
            yield 2.0, Suggestion(business, gettext_lazy("alamat e-mailnya sama"))
        elif likeness >= ALIKE:
            yield likeness, Suggestion(business, gettext_lazy("namanya mirip"))
