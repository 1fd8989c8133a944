"""The office's proof that a business makes its goods itself: from a visit, revoked with a reason."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from products import evidence
from products.documents import CleanDocument
from products.models import Business, EvidenceFile, ProductionProof
from products.profiles import require_editor


class ProofInForce(ValidationError):
    """The business has a proof from another visit, which still holds."""


@transaction.atomic
def prove_production(
    *, actor: Actor, business: Business, visited_on: date, photo: CleanDocument, note: str, now: datetime
) -> ProductionProof:
    """Record what an officer saw on a visit, with a photo of the making; the same twice is one proof.

    Raises:
        PermissionDenied: the actor is no officer of the business's region.
        ProofInForce: a proof from another visit still holds.
        ValidationError: a rule of ``ProductionProof`` is broken.
    """
    locked = _locked(actor, business)
    purpose = EvidenceFile.Purpose.OWN_PRODUCTION
    file = evidence.keep_file(actor=actor, business=locked, purpose=purpose, document=photo, now=now)
    known = locked.production_proofs.filter(revoked_at=None).first()
    if known is not None:
        if (known.visited_on, known.evidence_id) == (visited_on, file.pk):
            return known
        raise ProofInForce(_("Bukti dari kunjungan lain masih berlaku. Cabut dahulu, lalu catat yang baru."))
    proof = ProductionProof(
        business=locked,
        visited_on=visited_on,
        evidence=file,
        note=note,
        checked_by_id=actor.user_id,
        recorded_at=now,
    )
    proof.clean_fields(exclude=["business", "evidence", "checked_by"])
    proof.save()
    _mark(locked, makes_itself=True)
    history.record(
        actor=actor,
        subject=locked,
        action="production_proved",
        after={"visited_on": visited_on.isoformat(), "proof": proof.pk},
        note=note,
        business_id=locked.pk,
    )
    return proof


@transaction.atomic
def revoke_proof(*, actor: Actor, business: Business, reason: str, now: datetime) -> None:
    """Say that the proof in force no longer holds, and why; without one nothing happens.

    Raises:
        PermissionDenied: the actor is no officer of the business's region.
        ValidationError: there is no reason, or it is too long.
    """
    locked = _locked(actor, business)
    proof = locked.production_proofs.filter(revoked_at=None).first()
    if proof is None:
        return
    if not reason:
        raise ValidationError({"reason": _("Tulis mengapa bukti ini tidak berlaku lagi.")})
    proof.revoked_at, proof.revoked_reason = now, reason
    proof.clean_fields(exclude=["business", "evidence", "checked_by"])
    proof.save(update_fields=["revoked_at", "revoked_reason"])
    _mark(locked, makes_itself=False)
    history.record(
        actor=actor,
        subject=locked,
        action="production_revoked",
        before={"visited_on": proof.visited_on.isoformat(), "proof": proof.pk},
        note=reason,
        business_id=locked.pk,
    )


def proofs_of(business: Business) -> QuerySet[ProductionProof]:
    """Return the proofs of a business, the newest first, with their photos and officers."""
    rows = business.production_proofs.select_related("evidence", "checked_by")
    return rows.order_by("-visited_on", "-pk")


def _mark(business: Business, *, makes_itself: bool) -> None:
    """Keep the column that badges and filters read; its version stays, since no form edits it."""
    business.makes_itself = makes_itself
    business.save(update_fields=["makes_itself"])


def _locked(actor: Actor, business: Business) -> Business:
    if not actor.is_staff:
        raise PermissionDenied(_("Hanya petugas dinas yang mencatat hasil kunjungan."))
    require_editor(actor, business)
    return Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
