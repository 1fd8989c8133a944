"""Certificates of a business: written down, corrected, removed, and looked at by an officer.

A check belongs to the number and the date that the officer saw: when one of them changes, it is taken
back. Like price tiers, certificates are part of their business or product, whose version counts their
edits too. What was removed stays in history.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from products import evidence
from products.documents import CleanDocument
from products.identifiers import normalised_number
from products.models import Business, Certificate, EvidenceFile, Product
from products.profiles import StaleVersion, require_editor

State = Certificate.State
COLUMNS = (
    "number", "number_normalised", "state", "valid_until", "evidence", "checked_by", "checked_at",
    "check_note", "version",
)  # fmt: skip


class CertificateExists(ValidationError):
    """The business or product has a certificate of this kind, with another number or date."""


class NothingToCheck(ValidationError):
    """A certificate that is still in process cannot be checked."""


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What is written about a certificate; ``number`` as typed, perhaps empty."""

    number: str
    is_in_process: bool
    valid_until: date | None


@transaction.atomic
def add_certificate(
    *,
    actor: Actor,
    business: Business,
    product: Product | None,
    kind: str,
    facts: CertificateFacts,
    document: CleanDocument | None,
    now: datetime,
) -> Certificate:
    """Write down a certificate of ``business``, or of one of its products; the same twice is one.

    Raises:
        PermissionDenied: the actor may not change this business, or the product is another's.
        CertificateExists: one of this kind is there already and says something else.
        ValidationError: a rule of ``Certificate`` is broken.
    """
    _lock_owner(actor, business, product)
    known = Certificate.objects.filter(business=business, product=product, kind=kind).first()
    if known is not None:
        if _facts(known) == facts:
            return known
        raise CertificateExists({"kind": _("Sertifikat jenis ini sudah dicatat. Ubah yang ada.")})
    row = Certificate(business=business, product=product, kind=kind)
    _fill(row, facts)
    row.evidence = _kept(actor, business, document, now)
    row.clean_fields(exclude=["business", "product", "evidence"])
    row.validate_constraints(exclude={"business", "product"})
    row.save()
    _count_edit(actor, row)
    history.record(actor=actor, subject=row, action="added", after=_told(row), business_id=business.pk)
    return row


@transaction.atomic
def change_certificate(
    *,
    actor: Actor,
    certificate: Certificate,
    version: int,
    facts: CertificateFacts,
    document: CleanDocument | None,
    now: datetime,
) -> Certificate:
    """Correct a certificate and return it; another number, date or state takes its check back.

    Raises:
        PermissionDenied: the actor may not change its business.
        StaleVersion: somebody else has saved since ``version``.
        ValidationError: a rule of ``Certificate`` is broken.
    """
    row = _locked(actor, certificate)
    before, told = _facts(row), _told(row)
    file = _kept(actor, row.business, document, now) or row.evidence
    if before == facts and file == row.evidence:
        return row
    if row.version != version:
        raise StaleVersion
    if before != facts:
        _fill(row, facts)
    row.evidence = file
    _write(actor, row)
    history.record(
        actor=actor, subject=row, action="changed", before=told, after=_told(row), business_id=row.business_id
    )
    return row


@transaction.atomic
def remove_certificate(*, actor: Actor, business: Business, certificate_id: int) -> None:
    """Remove a certificate of ``business``; one that is gone already stays gone.

    Raises:
        PermissionDenied: the actor may not change this business.
    """
    require_editor(actor, business)
    rows = Certificate.objects.select_for_update(of=("self",)).filter(business=business, pk=certificate_id)
    for row in rows:
        history.record(actor=actor, subject=row, action="removed", before=_told(row), business_id=business.pk)
        _count_edit(actor, row)
        row.delete()


@transaction.atomic
def check_certificate(
    *,
    actor: Actor,
    certificate: Certificate,
    version: int,
    note: str,
    document: CleanDocument | None,
    now: datetime,
) -> Certificate:
    """Write down that an officer has seen this certificate: with its file, or with how it was seen.

    A certificate that is checked already keeps its check.

    Raises:
        PermissionDenied: the actor is no officer of its region.
        StaleVersion: number or date were changed since ``version``.
        NothingToCheck: it is still in process, or has no number.
        ValidationError: there is neither a file nor a note.
    """
    row = _locked_by_office(actor, certificate)
    if row.state == State.CHECKED:
        return row
    if row.version != version:
        raise StaleVersion
    if row.state == State.IN_PROCESS or not row.number:
        raise NothingToCheck(_("Isi nomornya dahulu. Yang belum bernomor belum dapat diperiksa."))
    row.evidence = _kept(actor, row.business, document, now) or row.evidence
    row.state, row.check_note = State.CHECKED, note
    row.checked_by_id, row.checked_at = actor.user_id, now
    _write(actor, row)
    history.record(actor=actor, subject=row, action="checked", note=note, business_id=row.business_id)
    return row


@transaction.atomic
def take_check_back(*, actor: Actor, certificate: Certificate, reason: str) -> Certificate:
    """Say that a check no longer holds, and why; an unchecked certificate stays as it is.

    Raises:
        PermissionDenied: the actor is no officer of its region.
        ValidationError: there is no reason.
    """
    row = _locked_by_office(actor, certificate)
    if row.state != State.CHECKED:
        return row
    if not reason:
        raise ValidationError({"reason": _("Tulis mengapa pemeriksaan ini tidak berlaku lagi.")})
    _fill(row, _facts(row))
    _write(actor, row)
    history.record(actor=actor, subject=row, action="unchecked", note=reason, business_id=row.business_id)
    return row


def _fill(row: Certificate, facts: CertificateFacts) -> None:
    """Write facts down; nobody has checked them yet."""
    row.number = facts.number
    row.number_normalised = normalised_number(facts.number)
    row.valid_until = facts.valid_until
    row.state = State.IN_PROCESS if facts.is_in_process else State.UNCHECKED
    row.checked_by, row.checked_at, row.check_note = None, None, ""


def _facts(row: Certificate) -> CertificateFacts:
    return CertificateFacts(
        number=row.number, is_in_process=row.state == State.IN_PROCESS, valid_until=row.valid_until
    )


def _told(row: Certificate) -> dict[str, str]:
    """Return a certificate as history keeps it; its number is public."""
    until = row.valid_until.isoformat() if row.valid_until else ""
    return {"kind": row.kind, "number": row.number, "state": row.state, "valid_until": until}


def _kept(
    actor: Actor, business: Business, document: CleanDocument | None, now: datetime
) -> EvidenceFile | None:
    if document is None:
        return None
    purpose = EvidenceFile.Purpose.CERTIFICATE
    return evidence.keep_file(actor=actor, business=business, purpose=purpose, document=document, now=now)


def _write(actor: Actor, row: Certificate) -> None:
    row.version += 1
    row.clean_fields(exclude=["business", "product", "evidence", "checked_by"])
    row.validate_constraints()
    row.save(update_fields=COLUMNS)
    _count_edit(actor, row)


def _count_edit(actor: Actor, row: Certificate) -> None:
    """Raise the version of the owner, so that no import that is taken back sweeps the edit away.

    The product's history says which version that was, so that a page open meanwhile may still save.
    """
    if row.product_id is not None:
        product = Product.objects.select_for_update(of=("self",)).get(pk=row.product_id)
        product.version += 1
        product.save(update_fields=["version"])
        after = {"version": product.version, "fields": []}
        history.record(
            actor=actor,
            subject=product,
            action="certificates_changed",
            after=after,
            business_id=row.business_id,
        )
    else:
        Business.objects.filter(pk=row.business_id).update(version=F("version") + 1)


def _lock_owner(actor: Actor, business: Business, product: Product | None) -> None:
    require_editor(actor, business)
    if product is not None and product.business_id != business.pk:
        raise PermissionDenied(_("Produk ini bukan milik usaha itu."))
    Business.objects.select_for_update(of=("self",)).get(pk=business.pk)


def _locked(actor: Actor, certificate: Certificate) -> Certificate:
    """Return the certificate, locked after its business, once it is certain that the actor may change it."""
    Business.objects.select_for_update(of=("self",)).get(pk=certificate.business_id)
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("business", "evidence")
    row = rows.get(pk=certificate.pk)
    require_editor(actor, row.business)
    return row


def _locked_by_office(actor: Actor, certificate: Certificate) -> Certificate:
    if not actor.is_staff:
        raise PermissionDenied(_("Hanya petugas dinas yang memeriksa sertifikat."))
    return _locked(actor, certificate)
