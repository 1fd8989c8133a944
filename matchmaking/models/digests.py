"""Who wants the daily e-mail about the own inbox, and in which language."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from products.models import Business


class DigestSetting(models.Model):
    """What one officer or one business chose; whoever has no row gets the e-mail.

    ``language`` is an officer's; a business has its own, so it stays empty there.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="digest_setting",
        verbose_name=_("petugas"),
    )
    business = models.OneToOneField(
        Business,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="digest_setting",
        verbose_name=_("pelaku usaha"),
    )
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES, blank=True)
    off_at = models.DateTimeField(_("dimatikan"), null=True, blank=True)

    class Meta:
        verbose_name = _("pilihan ringkasan")
        verbose_name_plural = _("pilihan ringkasan")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, business=None) | Q(user=None, business__isnull=False),
                name="digest_setting_of_one_reader",
            ),
            models.CheckConstraint(
                condition=Q(language__in=["", "id", "en"]), name="digest_setting_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"ringkasan #{self.pk}"
