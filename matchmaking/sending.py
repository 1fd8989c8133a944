"""Preparing invitations and writing down that they were sent.

An invitation is a personal link of one business for one trade contact. The same press of a button makes
the same link: its token is drawn from the portal's secret and the random number of the form, so neither a
copy of the database nor the form alone gives it away.
"""

import base64
import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import history
from accounts.actors import Actor
from matchmaking.models import Invitation, Participation, TradeContact
from outbox.queueing import queue_email
from outbox.templates import written
from products.links import TOKEN_BYTES, hash_of, issue_link, url_of
from products.models import Business, PersonalLink
from products.reachability import check_may_be_written_to
from tradecontact.templatetags.tradecontact_tags import tanggal

Channel = Invitation.Channel
KIND = "invitation"


@dataclass(frozen=True)
class Prepared:
    """An invitation with the address that only its maker sees."""

    invitation: Invitation
    business: Business
    address: str

    def values(self) -> dict[str, str]:
        """Return what fills the message of the kind ``invitation``, in the language that is active."""
        return {
            "usaha": self.business.name,
            "dinas": self.business.office.name,
            "kontak": self.invitation.trade_contact.title,
            "sampai": tanggal(self.invitation.link.expires_at),
            "alamat": self.address,
        }


def own_participants(actor: Actor, trade_contact: TradeContact) -> QuerySet[Participation]:
    """Return the businesses of a contact that this actor invites: those of the own region."""
    rows = Participation.objects.filter(delegation__trade_contact=trade_contact)
    if not actor.is_admin:
        rows = rows.filter(business__region_id=actor.region_id or 0)
    return rows.select_related("business__office").order_by("business__name", "pk")


def chosen(actor: Actor, trade_contact: TradeContact, business_ids: Collection[int]) -> list[Business]:
    """Return the businesses of a bulk action, by name.

    Raises:
        PermissionDenied: one of them is not the actor's to invite; then nothing may be done for any.
        ValidationError: none is chosen.
    """
    if not business_ids:
        raise ValidationError(_("Pilih dahulu siapa yang diundang."))
    own = {row.business_id: row.business for row in own_participants(actor, trade_contact)}
    if set(business_ids) - own.keys():
        raise PermissionDenied(_("Hanya dinas wilayah pelaku usaha itu yang mengundangnya."))
    return [business for pk, business in own.items() if pk in set(business_ids)]


@transaction.atomic
def prepare(
    *,
    actor: Actor,
    trade_contact: TradeContact,
    business: Business,
    channel: Channel,
    form_token: UUID,
    now: datetime,
) -> Prepared:
    """Return an invitation of ``business``; the same form token, business and channel give the same one.

    ``business`` comes with its office.

    Raises:
        MessagesRefused: the business wants no messages, and the channel is not paper.
        PermissionDenied: the actor works for the office of another region.
    """
    Business.objects.select_for_update(of=("self",)).get(pk=business.pk)  # the same press twice is one
    if channel != Channel.PAPER:
        check_may_be_written_to(business)
    token = _token_of(form_token, trade_contact, business, channel)
    found = Invitation.objects.select_related("link", "trade_contact").filter(link__token_hash=hash_of(token))
    invitation = found.first()
    if invitation is None:
        link, _token = issue_link(actor=actor, business=business, now=now, token=token)
        invitation = _bind(actor, trade_contact, link, channel, now)
    return Prepared(invitation, business, url_of(token))


def whatsapp_address(prepared: Prepared) -> str:
    """Return a ``wa.me`` address that opens the chat with the ready message.

    Raises:
        ValidationError: the business has no number.
    """
    business = prepared.business
    if not business.phone:
        raise ValidationError(_("Nomor WhatsApp %(name)s belum ada.") % {"name": business.name})
    _subject, text = _message(prepared)
    return f"https://wa.me/{str(business.phone).lstrip('+')}?text={quote(text.strip())}"


@transaction.atomic
def send_emails(
    *, actor: Actor, trade_contact: TradeContact, businesses: list[Business], form_token: UUID, now: datetime
) -> tuple[int, list[Business]]:
    """Queue an e-mail for each business that can get one; return how many, and the businesses left out.

    Left out are those without an address and those that want no messages.
    """
    writable = [row for row in businesses if row.email and row.refused_messages_at is None]
    for business in writable:
        prepared = prepare(
            actor=actor,
            trade_contact=trade_contact,
            business=business,
            channel=Channel.EMAIL,
            form_token=form_token,
            now=now,
        )
        _queue(prepared, now)
    return len(writable), [row for row in businesses if row not in writable]


@transaction.atomic
def mark_sent(*, actor: Actor, trade_contact: TradeContact, businesses: list[Business], now: datetime) -> int:
    """Write down that the prepared WhatsApp texts and sheets of ``businesses`` went out; return how many.

    One that is marked already stays as it is.
    """
    rows = Invitation.objects.filter(trade_contact=trade_contact, link__business__in=businesses, sent_at=None)
    waiting = rows.exclude(channel=Channel.EMAIL).select_for_update(of=("self",)).order_by("pk")
    latest = {row.link.business_id: row for row in waiting.select_related("link")}
    for business_id, row in latest.items():
        row.sent_at, row.sent_by_id = now, actor.user_id
        row.save(update_fields=["sent_at", "sent_by"])
        _tell(actor, row, "invitation_sent", business_id)
    return len(latest)


def _bind(
    actor: Actor, trade_contact: TradeContact, link: PersonalLink, channel: Channel, now: datetime
) -> Invitation:
    invitation = Invitation.objects.create(
        trade_contact=trade_contact, link=link, channel=channel, prepared_at=now, prepared_by_id=actor.user_id
    )
    _tell(actor, invitation, "invitation_prepared", link.business_id)
    return invitation


def _tell(actor: Actor, invitation: Invitation, action: str, business_id: int) -> None:
    history.record(
        actor=actor,
        subject=invitation.link.business,
        action=action,
        after={"channel": invitation.channel, "contact": invitation.trade_contact_id},
        business_id=business_id,
    )


def _queue(prepared: Prepared, now: datetime) -> None:
    """Queue the e-mail of an invitation, once."""
    invitation, business = prepared.invitation, prepared.business
    if invitation.message_id is not None:
        return
    with override(business.language):
        values = prepared.values()
    invitation.message = queue_email(
        kind=KIND,
        to=business.email,
        values=values,
        language=business.language,
        office=business.office,
        now=now,
        about=f"business:{business.pk}",
        key=f"{KIND}:{invitation.pk}",
    )
    invitation.save(update_fields=["message"])


def _message(prepared: Prepared) -> tuple[str, str]:
    language = prepared.business.language
    with override(language):
        values = prepared.values()
    return written(kind=KIND, language=language, office=prepared.business.office, values=values)


def _token_of(form_token: UUID, trade_contact: TradeContact, business: Business, channel: Channel) -> str:
    """Return 192 bits that nobody can compute without the secret key."""
    drawn_from = f"invitation:{form_token}:{trade_contact.pk}:{business.pk}:{channel}"
    digest = hmac.new(settings.SECRET_KEY.encode(), drawn_from.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()
