"""Links that ask one follow-up question: an address that opens nothing else, without an account.

The token is drawn from the portal's secret and the row of the link, so that the same link can be sent
again; only its hash is stored, and a copy of the database opens none.
"""

import base64
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.actors import Actor, Via
from matchmaking.models import AskLink, FollowUp
from products.links import LinkUnusable, hash_of

LIFE = timedelta(days=60)


def issue(*, actor: Actor, follow_up: FollowUp, now: datetime) -> tuple[AskLink, str]:
    """Return the link to a locked question, and its token; the live one if there is one.

    Whoever gets the token can answer for the business: send it to the business and show it to nobody else.
    """
    for link in AskLink.objects.live(now).filter(follow_up=follow_up).order_by("-pk"):
        if hash_of(_token_of(link)) == link.token_hash:  # not so after the portal's secret has changed
            return link, _token_of(link)
    link = AskLink(
        purpose=AskLink.Purpose.FOLLOW_UP,
        follow_up=follow_up,
        business_id=follow_up.asked_id,
        created_at=now,
        created_by_id=actor.user_id,
        expires_at=now + LIFE,
    )
    link.token_hash = hash_of(_token_of(link))
    link.save()
    return link, _token_of(link)


def link_of_token(token: str, now: datetime) -> AskLink:
    """Return the link with its question, its pair and both businesses.

    Raises:
        LinkUnusable: the token is ``unknown``, or its link ``expired`` or ``revoked``.
    """
    rows = AskLink.objects.select_related(
        "business__office",
        "follow_up__asked",
        "follow_up__pair__trade_contact",
        "follow_up__pair__business_a__region",
        "follow_up__pair__business_b__region",
    )
    link = rows.filter(token_hash=hash_of(token), purpose=AskLink.Purpose.FOLLOW_UP).first()
    if link is None:
        text = _("Tautan ini tidak dikenal. Mungkin alamatnya terpotong ketika disalin.")
        raise LinkUnusable(text, code="unknown")
    if link.revoked_at is not None:
        raise LinkUnusable(
            _("Tautan ini sudah dicabut oleh dinas."), code="revoked", office=link.business.office
        )
    if link.expires_at <= now:
        text = _("Masa berlaku tautan ini sudah lewat.")
        raise LinkUnusable(text, code="expired", office=link.business.office)
    return link


def actor_of(link: AskLink) -> Actor:
    """Return who answers: the business that the link asks."""
    return Actor(via=Via.LINK, business_id=link.business_id)


def url_of(token: str) -> str:
    """Return the whole address to send to the business."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("matchmaking:follow_up_answer", args=[token])


def _token_of(link: AskLink) -> str:
    """Return the token of a link: 43 characters that only the portal's secret can draw."""
    asks = f"{link.follow_up_id}:{link.business_id}:{link.created_at.timestamp():.6f}"
    drawn = salted_hmac("matchmaking.follow_up_links", asks, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(drawn).decode().rstrip("=")
