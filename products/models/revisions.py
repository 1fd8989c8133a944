"""Changes of a listed product that wait for the office, where it wants to see them first."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models.catalogue import Product


class ProductRevision(models.Model):
    """What a business wants its listed product to say; ``changes`` maps fields to values as in history.

    ``photos`` says what should happen to its photos (``products.photo_changes``).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu dinas")
        ACCEPTED = "accepted", _("diterima")
        REFUSED = "refused", _("ditolak")

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("produk")
    )
    changes = models.JSONField(_("perubahan"))
    photos = models.JSONField(_("perubahan foto"), default=dict)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.WAITING)
    reason = models.TextField(_("alasan"), max_length=300, blank=True)
    proposed_at = models.DateTimeField(_("diusulkan"), default=timezone.now)
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("usulan perubahan produk")
        verbose_name_plural = _("usulan perubahan produk")
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=Q(state="waiting"), name="product_revision_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "refused"]), name="product_revision_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="product_revision_refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="product_revision_decided_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.get_state_display()} (#{self.pk})"
