"""What has been said about certificates that run out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models.businesses import Certificate


class CertificateReminder(models.Model):
    """One mail about one date of one certificate. It is written before it is sent, with its Message-ID.

    So a mail whose sending was interrupted goes out again as the same message, and mail programs show
    it once. A renewed certificate has another date, and is reminded of anew.
    """

    certificate = models.ForeignKey(
        Certificate, on_delete=models.CASCADE, related_name="reminders", verbose_name=_("sertifikat")
    )
    valid_until = models.DateField(_("berlaku sampai"))
    days_before = models.PositiveSmallIntegerField(_("hari sebelumnya"))
    message_id = models.CharField(max_length=120, editable=False)
    written_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("dikirim"), null=True, blank=True)

    class Meta:
        verbose_name = _("pengingat sertifikat")
        verbose_name_plural = _("pengingat sertifikat")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "valid_until", "days_before"], name="certificate_reminder_once"
            ),
            models.UniqueConstraint(fields=["message_id"], name="certificate_reminder_message_id_unique"),
            models.CheckConstraint(
                condition=Q(days_before__in=[60, 14, 0]), name="certificate_reminder_horizon_known"
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(sent_at=None), name="certificate_reminder_unsent")]

    def __str__(self) -> str:
        return f"D-{self.days_before} {self.valid_until} (#{self.pk})"
