"""Private files that prove something about a business; only the business and its office read them."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, Via
from accounts.models import VIA_CHOICES
from products.models.businesses import Business

MOST_BYTES = 8 * 1024 * 1024


def private_storage() -> Storage:
    """Return where private files lie; no address of the portal leads straight into it."""
    return storages["private"]


class EvidenceQuerySet(models.QuerySet["EvidenceFile"]):
    """Who may read which file, and which ones prove nothing any more."""

    def readable_by(self, actor: Actor) -> EvidenceQuerySet:
        """Files of businesses whose private fields the actor may read, and of no other."""
        return self.filter(business__in=Business.objects.editable_by(actor))

    def unused(self) -> EvidenceQuerySet:
        """Files that nothing points to: no certificate, no proof of a visit, and no row of a higher room."""
        pointing = {relation.name: None for relation in EvidenceFile._meta.related_objects}
        return self.filter(**pointing)


class EvidenceFile(models.Model):
    """A file that proves something, kept as it was cleaned when it came: a photo or a PDF.

    The token in its address is a second lock, not the only one: ``readable_by`` is asked as well. What it
    proves restricts its deletion; with its business both go, and ``evidence.sweep`` deletes the file itself.
    """

    class Purpose(models.TextChoices):
        CERTIFICATE = "certificate", _("sertifikat")
        OWN_PRODUCTION = "own_production", _("diproduksi sendiri")
        DEAL = "deal", _("bukti kesepakatan")
        SAMPLE = "sample", _("contoh produk")

    class Type(models.TextChoices):
        PHOTO = "image/webp", _("foto")
        PDF = "application/pdf", "PDF"

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="evidence_files", verbose_name=_("pelaku usaha")
    )
    purpose = models.CharField(_("untuk"), max_length=14, choices=Purpose)
    file = models.FileField(_("berkas"), storage=private_storage, max_length=120, editable=False)
    shown_name = models.CharField(_("nama berkas"), max_length=100)
    content_type = models.CharField(_("jenis berkas"), max_length=15, choices=Type)
    size = models.PositiveIntegerField(_("ukuran (byte)"))
    sha256 = models.CharField(max_length=64, editable=False)
    token = models.CharField(max_length=43, editable=False)
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diunggah oleh"),
    )
    uploaded_at = models.DateTimeField(_("diunggah"), default=timezone.now, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas bukti")
        verbose_name_plural = _("berkas bukti")
        constraints = [
            models.UniqueConstraint(fields=["token"], name="evidence_token_unique"),
            models.UniqueConstraint(fields=["business", "purpose", "sha256"], name="evidence_same_file_once"),
            models.CheckConstraint(
                condition=Q(purpose__in=["certificate", "own_production", "deal", "sample"]),
                name="evidence_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=["image/webp", "application/pdf"]), name="evidence_type_known"
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MOST_BYTES), name="evidence_size_in_range"
            ),
            models.CheckConstraint(
                condition=Q(via__in=[via.value for via in Via]), name="evidence_via_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} (#{self.pk})"
