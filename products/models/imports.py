"""An Excel import: the file with its decisions, and every row it wrote, so that one undo takes it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions.models import Office


class ImportBatch(models.Model):
    """One uploaded list of one office, from preview to import to undo.

    The file itself is kept only until it is imported or given up, since it holds private numbers.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("menunggu diperiksa")
        IMPORTED = "imported", _("diimpor")
        UNDONE = "undone", _("ditarik kembali")
        GIVEN_UP = "given_up", _("dibatalkan")

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="import_batches", verbose_name=_("dinas")
    )
    file_name = models.CharField(_("nama berkas"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, blank=True)
    column_choices = models.JSONField(_("kolom yang ditanyakan"), default=dict, blank=True)
    duplicate_choices = models.JSONField(_("keputusan ganda"), default=dict, blank=True)
    overwriting = models.JSONField(_("baris yang menimpa portal"), default=list, blank=True)
    counts = models.JSONField(_("hasil hitungan"), default=dict, blank=True)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.PREVIEW)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("diunggah"), default=timezone.now)
    imported_at = models.DateTimeField(_("diimpor"), null=True, blank=True)
    undone_at = models.DateTimeField(_("ditarik kembali"), null=True, blank=True)
    queued_at = models.DateTimeField(_("masuk antrean"), null=True, blank=True)
    queue_error = models.TextField(_("alasan antrean gagal"), blank=True)

    class Meta:
        verbose_name = _("impor")
        verbose_name_plural = _("impor")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["preview", "imported", "undone", "given_up"]),
                name="import_batch_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="preview", content__isnull=False) | (~Q(state="preview") & Q(content=None)),
                name="import_batch_keeps_file_only_in_preview",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} (#{self.pk})"


class ImportedRow(models.Model):
    """One row an import created (no ``before``) or changed (``before`` holds the old values)."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(help_text=_("versi baris sesudah impor"))

    class Meta:
        verbose_name = _("baris impor")
        verbose_name_plural = _("baris impor")
        constraints = [
            models.UniqueConstraint(fields=["batch", "kind", "row_id"], name="imported_row_unique")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id} (#{self.pk})"
