"""Personal links: a secret address that lets its holder act for one business, without an account.

The token is shown once, when the link is issued; only its SHA-256 is stored, so a stolen copy of
the database opens no link. Several links of one business may live side by side, one per person.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from products.models import Business, LinkUse, PersonalLink
from regions.models import Office

TOKEN_BYTES = 24  # 192 bits, 32 characters
ONE_VISIT = timedelta(hours=1)


class LinkUnusable(ValidationError):
    """A link that does not open. ``code`` says why; ``office`` can issue a new one, where known."""

    def __init__(self, message: str, *, code: str, office: Office | None = None) -> None:
        super().__init__(message, code=code)
        self.office = office


@transaction.atomic
def issue_link(
    *, actor: Actor, business: Business, now: datetime, token: str | None = None
) -> tuple[PersonalLink, str]:
    """Return a new link of ``business`` and its token, which nobody can read again later.

    It lives ``PERSONAL_LINK_DAYS`` from ``now``. ``token`` is given where the same press of a button has
    to make the same link; nobody outside can guess it either.

    Raises:
        PermissionDenied: the actor works for the office of another region.
    """
    _check_may_manage(actor, business)
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    link = PersonalLink.objects.create(
        business=business,
        token_hash=hash_of(token),
        created_at=now,
        created_by_id=actor.user_id,
        expires_at=now + timedelta(days=settings.PERSONAL_LINK_DAYS),
    )
    history.record(
        actor=actor,
        subject=business,
        action="link_issued",
        after={"link": link.pk, "expires_at": link.expires_at.isoformat()},
        business_id=business.pk,
    )
    return link, token


@transaction.atomic
def revoke_link(*, actor: Actor, link: PersonalLink, now: datetime) -> PersonalLink:
    """Close a link for good and return it. A link that is already revoked stays as it is.

    Raises:
        PermissionDenied: the actor works for the office of another region.
    """
    locked = PersonalLink.objects.select_for_update(of=("self",)).select_related("business").get(pk=link.pk)
    _check_may_manage(actor, locked.business)
    if locked.revoked_at is None:
        locked.revoked_at = now
        locked.save(update_fields=["revoked_at"])
        history.record(
            actor=actor,
            subject=locked.business,
            action="link_revoked",
            after={"link": locked.pk},
            business_id=locked.business_id,
        )
    return locked


def link_of_token(token: str, now: datetime) -> PersonalLink:
    """Return the link that ``token`` opens, with its business, region and office.

    Raises:
        LinkUnusable: the token is ``unknown``, or its link ``expired`` or ``revoked``.
    """
    links = PersonalLink.objects.select_related("business__office", "business__region__province")
    try:
        link = links.get(token_hash=hash_of(token))
    except PersonalLink.DoesNotExist:
        raise LinkUnusable(
            _("Tautan ini tidak dikenal. Mungkin alamatnya terpotong ketika disalin."), code="unknown"
        ) from None
    office = link.business.office
    if link.revoked_at is not None:
        raise LinkUnusable(_("Tautan ini sudah dicabut oleh dinas."), code="revoked", office=office)
    if link.expires_at <= now:
        raise LinkUnusable(_("Masa berlaku tautan ini sudah lewat."), code="expired", office=office)
    return link


def record_use(*, link: PersonalLink, what: LinkUse.What, now: datetime) -> None:
    """Write down what a link was used for; opening it again within an hour is the same visit."""
    is_known = what == LinkUse.What.OPENED and link.uses.filter(what=what, at__gt=now - ONE_VISIT).exists()
    if not is_known:
        LinkUse.objects.create(link=link, what=what, at=now)


def remember_language(token: str, language: str, now: datetime) -> None:
    """Write mails to a business in the language that the holder of its link chose; others change nothing."""
    if language in dict(settings.LANGUAGES):
        live = PersonalLink.objects.live(now).filter(token_hash=hash_of(token))
        Business.objects.filter(pk__in=live.values("business_id")).update(language=language)


def url_of(token: str) -> str:
    """Return the whole address to send to the business."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("matchmaking:link_home", args=[token])


def hash_of(token: str) -> str:
    """Return what is stored in place of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _check_may_manage(actor: Actor, business: Business) -> None:
    if not (actor.is_admin or (actor.is_officer and actor.region_id == business.region_id)):
        raise PermissionDenied(_("Hanya dinas wilayah pelaku usaha ini yang mengatur tautannya."))
