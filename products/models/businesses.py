"""Businesses, their certificates and the personal links that act for one of them."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.actors import Actor
from products.models.reference import Category
from regions.models import Office, Region


class BusinessQuerySet(models.QuerySet["Business"]):
    """Who may see and change which business."""

    def editable_by(self, actor: Actor) -> BusinessQuerySet:
        """Businesses whose private fields the actor may read and change."""
        if actor.is_admin:
            return self
        if actor.business_id is not None:
            return self.filter(pk=actor.business_id)
        if actor.region_id is not None:
            return self.filter(region_id=actor.region_id)
        return self.none()

    def in_public(self) -> BusinessQuerySet:
        """Businesses with a public page: those that have something listed."""
        has_need = Q(needs__isnull=False, needs__withdrawn_at=None)
        return self.filter(Q(products__status="listed") | has_need).distinct()


class Business(models.Model):
    """A firm that sells, buys, or both. Owner's name, phone and e-mail are private."""

    class Size(models.TextChoices):
        MICRO = "micro", _("mikro")
        SMALL = "small", _("kecil")
        MEDIUM = "medium", _("menengah")

    class WomenLed(models.TextChoices):
        YES = "yes", _("ya")
        NO = "no", _("tidak")

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="businesses", verbose_name=_("wilayah")
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="businesses", verbose_name=_("dinas")
    )
    name = models.CharField(_("nama usaha"), max_length=120)
    line = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="businesses",
        verbose_name=_("jenis usaha"),
    )
    line_text = models.CharField(_("jenis usaha seperti ditulis"), max_length=80, blank=True)
    district = models.CharField(_("kecamatan"), max_length=60, blank=True)
    story = models.TextField(_("cerita usaha"), max_length=1000, blank=True)
    size_band = models.CharField(_("skala usaha"), max_length=6, choices=Size, blank=True)
    women_led = models.CharField(_("dipimpin perempuan"), max_length=3, choices=WomenLed, blank=True)
    nib = models.CharField(_("NIB"), max_length=30, blank=True)
    founded_on = models.DateField(_("tanggal berdiri"), null=True, blank=True)
    founded_year_only = models.BooleanField(_("hanya tahunnya diketahui"), default=False)
    owner_name = models.CharField(_("nama pemilik"), max_length=80, blank=True)
    phone = PhoneNumberField(_("nomor HP/WA"), blank=True)
    email = models.EmailField(_("alamat e-mail"), blank=True)
    language = models.CharField(_("bahasa surat"), max_length=2, choices=settings.LANGUAGES, default="id")
    refused_messages_at = models.DateTimeField(
        _("tidak mau dikirimi pesan sejak"), null=True, blank=True, editable=False
    )
    makes_itself = models.BooleanField(_("diproduksi sendiri"), default=False, editable=False)
    version = models.PositiveIntegerField(_("versi"), default=1)
    created_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("pelaku usaha")
        verbose_name_plural = _("pelaku usaha")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="business_name_not_empty"),
            models.CheckConstraint(
                condition=Q(size_band__in=["", "micro", "small", "medium"]), name="business_size_band_known"
            ),
            models.CheckConstraint(
                condition=Q(women_led__in=["", "yes", "no"]), name="business_women_led_known"
            ),
            models.CheckConstraint(condition=Q(language__in=["id", "en"]), name="business_language_known"),
        ]
        indexes = [
            models.Index(fields=["office", "nib"], name="business_office_nib"),
            models.Index(fields=["office", "phone"], name="business_office_phone"),
        ]

    def __str__(self) -> str:
        return self.name


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates a business can show."""

    def held_on(self, day: date) -> CertificateQuerySet:
        """Those claimed or checked, not in process, and not past their date (``is_held_on`` for many)."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day)).filter(
            state__in=[Certificate.State.UNCHECKED, Certificate.State.CHECKED]
        )


class Certificate(models.Model):
    """A certificate of a business, or of one of its products. A wrong format warns, it never blocks."""

    class Kind(models.TextChoices):
        PIRT = "pirt", "P-IRT"
        BPOM = "bpom", "BPOM"
        HALAL = "halal", "Halal"
        SNI = "sni", "SNI"
        BRAND = "brand", _("Merek")
        OTHER = "other", _("Lainnya")

    class State(models.TextChoices):
        IN_PROCESS = "in_process", _("sedang diurus")
        UNCHECKED = "unchecked", _("belum diperiksa")
        CHECKED = "checked", _("diperiksa petugas")
        EXPIRED = "expired", _("kedaluwarsa")

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="certificates", verbose_name=_("pelaku usaha")
    )
    product = models.ForeignKey(
        "products.Product",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("produk"),
    )
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind)
    number = models.CharField(_("nomor seperti ditulis"), max_length=60, blank=True)
    number_normalised = models.CharField(_("nomor"), max_length=60, blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.UNCHECKED)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    evidence = models.ForeignKey(
        "products.EvidenceFile",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("berkas sertifikat"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diperiksa oleh"),
    )
    checked_at = models.DateTimeField(_("diperiksa"), null=True, blank=True)
    check_note = models.CharField(_("cara memeriksa"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("versi"), default=1)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("sertifikat")
        verbose_name_plural = _("sertifikat")
        constraints = [
            models.UniqueConstraint(
                fields=["business", "product", "kind"], nulls_distinct=False, name="certificate_kind_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["pirt", "bpom", "halal", "sni", "brand", "other"]),
                name="certificate_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["in_process", "unchecked", "checked", "expired"]),
                name="certificate_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="checked", checked_at__isnull=False)
                | (~Q(state="checked") & Q(checked_at=None, checked_by=None, check_note="")),
                name="certificate_checked_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(evidence__isnull=False) | ~Q(check_note=""),
                name="certificate_checked_has_evidence",
                violation_error_message=_(
                    "Unggah berkasnya, atau tulis bagaimana Anda memeriksanya, mis. dilihat aslinya."
                ),
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="certificate_valid_until")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number_normalised} (#{self.pk})"

    def state_on(self, day: date) -> Certificate.State:
        """Return the state as it is on ``day``: past its date a certificate is expired."""
        if self.valid_until is not None and self.valid_until < day:
            return self.State.EXPIRED
        return self.State(self.state)

    def is_held_on(self, day: date) -> bool:
        """True when the certificate is claimed or checked, not in process, and not past its date."""
        if self.state in {self.State.IN_PROCESS, self.State.EXPIRED}:
            return False
        return self.valid_until is None or self.valid_until >= day


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    """Links that still open."""

    def live(self, now: datetime) -> PersonalLinkQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=now)


class PersonalLink(models.Model):
    """A link that lets its holder act for one business. Only a hash of its token is stored."""

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="links", verbose_name=_("pelaku usaha")
    )
    token_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tautan pribadi")
        verbose_name_plural = _("tautan pribadi")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="personal_link_token_unique"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="personal_link_expires_after_creation",
            ),
        ]

    def __str__(self) -> str:
        return f"tautan #{self.pk} · {self.business}"


class LinkUse(models.Model):
    """What the holder of a personal link did with it, and when; never from where."""

    class What(models.TextChoices):
        OPENED = "opened", _("dibuka")
        ANSWERED = "answered", _("menjawab")
        CHANGED = "changed", _("mengisi atau mengubah")

    link = models.ForeignKey(
        PersonalLink, on_delete=models.CASCADE, related_name="uses", verbose_name=_("tautan pribadi")
    )
    what = models.CharField(_("dipakai untuk"), max_length=8, choices=What)
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = _("pemakaian tautan")
        verbose_name_plural = _("pemakaian tautan")
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["opened", "answered", "changed"]), name="link_use_known"
            )
        ]
        indexes = [models.Index(fields=["link", "what", "at"], name="link_use_latest")]

    def __str__(self) -> str:
        return f"tautan #{self.link_id} {self.what}"
