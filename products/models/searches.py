"""Saved searches: whose address asked to be told, what of, and what has been told so far."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent
from products.models.businesses import Business


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Addresses that may be written to."""

    def live(self) -> SubscriberQuerySet:
        """Those that have not unsubscribed."""
        return self.filter(ended_at=None)

    def with_searches(self) -> SubscriberQuerySet:
        """Those that confirmed at least one search."""
        return self.live().filter(searches__confirmed_at__isnull=False).distinct()


class Subscriber(models.Model):
    """An e-mail address that asked for alerts. Unsubscribing erases the address and leaves the row."""

    email = models.EmailField(_("alamat e-mail"), blank=True)
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES, default="id")
    created_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("berhenti"), null=True, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("pelanggan kabar")
        verbose_name_plural = _("pelanggan kabar")
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="subscriber_email_unique"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="subscriber_email_lower_case"),
            models.CheckConstraint(
                condition=Q(ended_at=None) & ~Q(email="") | Q(ended_at__isnull=False, email=""),
                name="subscriber_has_email_until_it_ends",
            ),
            models.CheckConstraint(condition=Q(language__in=["id", "en"]), name="subscriber_language_known"),
        ]

    def __str__(self) -> str:
        return f"pelanggan #{self.pk}"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Searches by state."""

    def confirmed(self) -> SavedSearchQuerySet:
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed_since(self, moment: datetime) -> SavedSearchQuerySet:
        """Searches that were saved before ``moment`` and that nobody has confirmed."""
        return self.filter(confirmed_at=None, created_at__lt=moment)


class SavedSearch(models.Model):
    """A question to the needs board or the catalogue, as its query string.

    New answers are told from ``seen_until`` on; it is empty until the address has confirmed.
    """

    class Kind(models.TextChoices):
        NEEDS = "needs", _("papan kebutuhan")
        PRODUCTS = "products", _("katalog produk")

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="searches", verbose_name=_("pelanggan kabar")
    )
    kind = models.CharField(_("yang dicari"), max_length=8, choices=Kind)
    query = models.CharField(_("saringan"), max_length=1000, blank=True)
    form_token = models.UUIDField(editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey(
        Business,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_searches",
        verbose_name=_("pelaku usaha"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="saved_searches",
        verbose_name=_("petugas"),
    )
    created_at = models.DateTimeField(_("disimpan"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("dikonfirmasi"), null=True, blank=True)
    seen_until = models.DateTimeField(_("dikabarkan sampai"), null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("pencarian tersimpan")
        verbose_name_plural = _("pencarian tersimpan")
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "kind", "query"], name="saved_search_query_unique"),
            # Of one address: whoever goes back and mends a typing mistake sends the same form for another.
            models.UniqueConstraint(fields=["subscriber", "form_token"], name="saved_search_press_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=["needs", "products"]), name="saved_search_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, seen_until=None)
                | Q(confirmed_at__isnull=False, seen_until__isnull=False),
                name="saved_search_seen_from_confirmation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.query} (#{self.pk})"
