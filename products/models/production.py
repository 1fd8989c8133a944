"""The office's proof that a business makes its goods itself ("Diproduksi sendiri")."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models.businesses import Business
from products.models.evidence import EvidenceFile


class ProductionProof(models.Model):
    """A visit on which somebody of the office saw the goods being made. Revoked, it stays as history."""

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="production_proofs", verbose_name=_("pelaku usaha")
    )
    visited_on = models.DateField(_("tanggal kunjungan"))
    evidence = models.ForeignKey(
        EvidenceFile, on_delete=models.RESTRICT, related_name="proofs", verbose_name=_("foto pembuatan")
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diperiksa oleh"),
    )
    recorded_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)
    revoked_reason = models.CharField(_("alasan dicabut"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bukti diproduksi sendiri")
        verbose_name_plural = _("bukti diproduksi sendiri")
        constraints = [
            models.UniqueConstraint(
                fields=["business"], condition=Q(revoked_at=None), name="production_proof_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="production_proof_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on} (#{self.pk})"
