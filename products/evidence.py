"""Private files that prove something: keeping them, and who may read them."""

import hashlib
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from products.documents import SUFFIXES, CleanDocument
from products.models import Business, EvidenceFile
from products.profiles import require_editor

TOKEN_BYTES = 32  # 256 bits, 43 characters


@transaction.atomic
def keep_file(
    *,
    actor: Actor,
    business: Business,
    purpose: EvidenceFile.Purpose,
    document: CleanDocument,
    now: datetime,
) -> EvidenceFile:
    """Keep a file that proves something about ``business``; the same file again is the one kept already.

    The business row is locked, so that two presses of a button at once keep one file.

    Raises:
        PermissionDenied: the actor may not change this business.
    """
    require_editor(actor, business)
    Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    digest = hashlib.sha256(document.content).hexdigest()
    known = EvidenceFile.objects.filter(business=business, purpose=purpose, sha256=digest).first()
    if known is not None:
        return known
    row = EvidenceFile(
        business=business,
        purpose=purpose,
        shown_name=document.shown_name,
        content_type=document.content_type,
        size=len(document.content),
        sha256=digest,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        via=actor.via,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )
    stored_name = f"{purpose}/{secrets.token_hex(16)}{SUFFIXES[document.content_type]}"
    row.file.save(stored_name, ContentFile(document.content), save=False)
    row.full_clean(exclude=["business", "uploaded_by"])
    row.save()
    return row


def get_file(actor: Actor, token: str) -> EvidenceFile:
    """Return a file the actor may read; anything else is a 404, whoever knows the token."""
    return get_object_or_404(EvidenceFile.objects.readable_by(actor), token=token)
