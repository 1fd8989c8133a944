"""Private files that prove something: keeping them, and who may read them."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from products.documents import SUFFIXES, CleanDocument
from products.models import Business, EvidenceFile
from products.models.evidence import private_storage
from products.profiles import require_editor

TOKEN_BYTES = 32  # 256 bits, 43 characters
UNUSED_AGE = timedelta(days=1)  # a younger file may belong to something that is being written


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


def sweep(*, now: datetime) -> tuple[int, int]:
    """Forget files whose certificate or proof is gone, then delete stored files that no row knows.

    Returns how many of each. Both are at least a day old, so that nothing that is being written goes. A file
    is deleted only after its row is gone for good; a run that breaks off leaves the rest to the next one.
    Costs a listing of the private storage, and two queries for each business that has such files.
    """
    old = EvidenceFile.objects.unused().filter(uploaded_at__lt=now - UNUSED_AGE)
    owners = list(old.order_by("business_id").values_list("business_id", flat=True).distinct())
    forgotten = sum(_forget_unused(business_id, now) for business_id in owners)
    return forgotten, _delete_unknown_files(now)


@transaction.atomic
def _forget_unused(business_id: int, now: datetime) -> int:
    """Delete the rows; the business is locked, as in ``keep_file``, which may be about to use one again."""
    if not Business.objects.select_for_update(of=("self",)).filter(pk=business_id).exists():
        return 0
    old = EvidenceFile.objects.unused().filter(business_id=business_id, uploaded_at__lt=now - UNUSED_AGE)
    return EvidenceFile.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]


def _delete_unknown_files(now: datetime) -> int:
    storage = private_storage()
    known = set(EvidenceFile.objects.values_list("file", flat=True))
    unknown = [name for name in _stored_names() if name not in known]
    old = [name for name in unknown if storage.get_modified_time(name) < now - UNUSED_AGE]
    for name in old:
        storage.delete(name)
    return len(old)


def _stored_names() -> Iterator[str]:
    """Yield the name of every stored file; each purpose has its folder."""
    for purpose in EvidenceFile.Purpose.values:
        try:
            _folders, files = private_storage().listdir(purpose)
        except FileNotFoundError:  # nothing was ever kept for it
            continue
        for file in files:
            yield f"{purpose}/{file}"
