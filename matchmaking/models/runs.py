"""The runs that propose pairs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matchmaking.models.contacts import TradeContact


class ProposalRun(models.Model):
    """One press of *Usulkan pasangan*: its inputs' fingerprint, weights, progress and result."""

    class State(models.TextChoices):
        QUEUED = "queued", _("menunggu giliran")
        RUNNING = "running", _("sedang dihitung")
        DONE = "done", _("selesai")
        FAILED = "failed", _("terhenti")
        CANCELLED = "cancelled", _("dibatalkan")

    trade_contact = models.ForeignKey(
        TradeContact, on_delete=models.CASCADE, related_name="runs", verbose_name=_("kontak dagang")
    )
    state = models.CharField(_("keadaan"), max_length=9, choices=State, default=State.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    weights = models.JSONField(_("bobot"), default=dict)
    fingerprint = models.CharField(_("sidik masukan"), max_length=64, blank=True)
    done_count = models.PositiveIntegerField(_("sudah dihitung"), default=0)
    total_count = models.PositiveIntegerField(_("jumlah semua"), default=0)
    counts = models.JSONField(_("hasil hitungan"), default=dict, blank=True)
    requested_at = models.DateTimeField(_("diminta"), default=timezone.now)
    started_at = models.DateTimeField(_("mulai"), null=True, blank=True)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)

    class Meta:
        verbose_name = _("perhitungan usulan")
        verbose_name_plural = _("perhitungan usulan")
        constraints = [
            models.UniqueConstraint(
                fields=["trade_contact"],
                condition=Q(state__in=["queued", "running"]),
                name="proposal_run_one_live",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]),
                name="proposal_run_state_known",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by=None) | Q(state="cancelled"),
                name="proposal_run_canceller_only_when_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"perhitungan #{self.pk} · {self.trade_contact}"
