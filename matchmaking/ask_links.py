"""Ask-links: an address that asks one business one question, without an account, and opens nothing else.

A token is drawn from the portal's secret and the row of its link, so that the same link can be sent again;
only its hash is stored, and a copy of the database opens none.
"""

import base64
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor, Via
from matchmaking.access import can_answer_for
from matchmaking.models import AskLink, Commitment, FollowUp, Pair
from products.links import hash_of
from products.models import Business
from regions.models import Office

LIFE = timedelta(days=30)


class AskUnusable(ValidationError):
    """A link that does not open. ``code`` says why; ``office`` can send a new one, where known."""

    def __init__(self, message: str, *, code: str, office: Office | None = None) -> None:
        super().__init__(message, code=code)
        self.office = office


@transaction.atomic
def issue(*, actor: Actor, commitment: Commitment, business: Business, now: datetime) -> tuple[AskLink, str]:
    """Return the link that asks ``business`` about a commitment, and its token; the live one if there is one.

    Whoever gets the token can answer for the business: send it to the business and show it to nobody else.
    """
    Pair.objects.select_for_update().get(pk=commitment.pair_id)  # two presses at once are one link
    rows = AskLink.objects.live(now).filter(commitment=commitment, business=business)
    return _live_one(rows) or _new_one(
        actor, AskLink(purpose=AskLink.Purpose.CONFIRM, commitment=commitment, business=business), now
    )


def issue_follow_up(*, actor: Actor, follow_up: FollowUp, now: datetime) -> tuple[AskLink, str]:
    """Return the link that asks a follow-up question, whose row the caller has locked; see ``issue``."""
    rows = AskLink.objects.live(now).filter(follow_up=follow_up)
    return _live_one(rows) or _new_one(
        actor,
        AskLink(purpose=AskLink.Purpose.FOLLOW_UP, follow_up=follow_up, business_id=follow_up.asked_id),
        now,
    )


@transaction.atomic
def hand_out(*, actor: Actor, commitment: Commitment, business: Business, now: datetime) -> str:
    """Return the address for an officer of the business's region to pass on, and write that down.

    Raises:
        PermissionDenied: the actor works for the office of another region.
        ValidationError: the commitment was withdrawn.
    """
    _check_office(actor, commitment, business)
    if commitment.is_withdrawn:
        raise ValidationError(_("Catatan ini sudah ditarik, jadi tidak perlu dijawab lagi."))
    link, token = issue(actor=actor, commitment=commitment, business=business, now=now)
    history.record(
        actor=actor,
        subject=commitment.pair,
        action="ask_link_handed_out",
        after={"link": link.pk},
        business_id=business.pk,
    )
    return url_of(token)


@transaction.atomic
def revoke(*, actor: Actor, commitment: Commitment, business: Business, now: datetime) -> int:
    """Close the links that ask ``business`` about a commitment, and return how many were open.

    The next one handed out has another address. Where none is open, as at the second press, nothing happens.

    Raises:
        PermissionDenied: the actor works for the office of another region.
    """
    _check_office(actor, commitment, business)
    count = AskLink.objects.live(now).filter(commitment=commitment, business=business).update(revoked_at=now)
    if count:
        history.record(
            actor=actor,
            subject=commitment.pair,
            action="ask_link_revoked",
            after={"links": count},
            business_id=business.pk,
        )
    return count


def asked_about(commitments: Iterable[Commitment], business: Business, now: datetime) -> set[int]:
    """Return the ids of those commitments about which an open link asks ``business``. Costs one query."""
    rows = AskLink.objects.live(now).filter(commitment__in=commitments, business=business)
    return {commitment_id for commitment_id in rows.values_list("commitment_id", flat=True) if commitment_id}


def link_of_token(token: str, now: datetime) -> AskLink:
    """Return the link with what it asks about.

    Raises:
        AskUnusable: the token is ``unknown``, or its link ``expired`` or ``revoked``.
    """
    rows = AskLink.objects.select_related("business__office", "commitment__seller", "commitment__buyer")
    rows = rows.select_related("commitment__unit", "commitment__recorded_for", "commitment__evidence")
    rows = rows.select_related("commitment__pair__trade_contact", "commitment__recorded_by")
    rows = rows.select_related("follow_up__asked__office", "follow_up__pair__trade_contact")
    rows = rows.select_related("follow_up__pair__business_a__region", "follow_up__pair__business_b__region")
    link = rows.filter(token_hash=hash_of(token)).first()
    if link is None:
        text = _("Tautan ini tidak dikenal. Mungkin alamatnya terpotong ketika disalin.")
        raise AskUnusable(text, code="unknown")
    office = link.business.office
    if link.revoked_at is not None:
        raise AskUnusable(_("Tautan ini sudah dicabut oleh dinas."), code="revoked", office=office)
    if link.expires_at <= now:
        raise AskUnusable(_("Masa berlaku tautan ini sudah lewat."), code="expired", office=office)
    return link


def actor_of(link: AskLink) -> Actor:
    """Return who answers: the business that the link asks."""
    return Actor(via=Via.LINK, business_id=link.business_id)


def url_of(token: str) -> str:
    """Return the whole address to send to the business."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("matchmaking:ask", args=[token])


def _check_office(actor: Actor, commitment: Commitment, business: Business) -> None:
    """Raise ``PermissionDenied`` unless the actor works for the office of the business's region."""
    if not (actor.is_staff and (actor.is_admin or can_answer_for(actor, commitment.pair, business.pk))):
        raise PermissionDenied(_("Hanya dinas wilayah pelaku usaha ini yang mengirim tautannya."))


def _live_one(rows: QuerySet[AskLink]) -> tuple[AskLink, str] | None:
    for link in rows.order_by("-pk"):
        if hash_of(_token_of(link)) == link.token_hash:  # not so after the portal's secret has changed
            return link, _token_of(link)
    return None


def _new_one(actor: Actor, link: AskLink, now: datetime) -> tuple[AskLink, str]:
    link.created_at, link.expires_at, link.created_by_id = now, now + LIFE, actor.user_id
    link.token_hash = hash_of(_token_of(link))
    link.save()
    return link, _token_of(link)


def _token_of(link: AskLink) -> str:
    """Return the token of a link: 43 characters that only the portal's secret can draw."""
    about = f"{link.purpose}:{link.commitment_id or link.follow_up_id}:{link.business_id}"
    asks = f"{about}:{link.created_at.timestamp():.6f}"
    drawn = salted_hmac("matchmaking.ask_links", asks, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(drawn).decode().rstrip("=")
