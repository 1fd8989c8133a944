"""Interest sent through a public form by somebody without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.actors import Actor
from accounts.models import Consent
from matchmaking.models.pairs import Pair
from products.models import Business, Need, Product, Unit
from regions.models import Region
from tradecontact.contact_details import hide_contacts

LONGEST_NEED = 80

WAITS = Q(pair=None, closed_reason="", withdrawn_at=None)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Inquiries for the office and for the seller."""

    def visible_to(self, actor: Actor) -> InquiryQuerySet:
        if actor.is_admin:
            return self
        if actor.business_id is not None:
            return self.filter(business_id=actor.business_id)
        if actor.region_id is not None:
            return self.filter(business__region_id=actor.region_id)
        return self.none()

    def waiting(self) -> InquiryQuerySet:
        """Inquiries neither made a pair, nor closed with a reason, nor withdrawn by their senders."""
        return self.filter(WAITS)

    def waiting_first(self) -> InquiryQuerySet:
        """Those that wait, the oldest first, then the handled ones, the newest first."""
        return self.order_by(
            models.Case(models.When(WAITS, then=0), default=1),
            models.Case(models.When(WAITS, then="created_at")),
            "-created_at",
            "-pk",
        )


class Inquiry(models.Model):
    """A stranger's message about a product, a business, or a need that it can supply.

    The token of the form makes sending it twice one inquiry. Once it is withdrawn nothing in it says who
    sent it; what it was about, from which region and when stays, so that it is still counted.
    """

    class About(models.TextChoices):
        PRODUCT = "product", _("produk")
        BUSINESS = "business", _("usaha")
        NEED = "need", _("kebutuhan")

    receipt_number = models.CharField(_("nomor tanda terima"), max_length=12)
    form_token = models.UUIDField(editable=False)
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="inquiries", verbose_name=_("pelaku usaha")
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("produk"),
    )
    need = models.ForeignKey(
        Need,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("kebutuhan"),
    )
    about = models.CharField(
        _("tentang"), max_length=8, choices=About, default=About.PRODUCT, db_default="product"
    )
    sender_name = models.CharField(_("nama Anda"), max_length=80, blank=True)
    company = models.CharField(_("usaha atau lembaga"), max_length=120, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("kabupaten atau kota")
    )
    phone = PhoneNumberField(_("nomor HP/WA"), blank=True)
    email = models.EmailField(_("alamat e-mail"), blank=True)
    quantity = models.PositiveIntegerField(_("jumlah"), null=True, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("satuan")
    )
    message = models.TextField(_("pesan"), max_length=1000, blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    listing_consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered = models.ForeignKey(
        Business,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("usaha yang dicatat dari pengirim"),
    )
    pair = models.ForeignKey(
        Pair,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("pasangan"),
    )
    closed_reason = models.CharField(_("alasan ditutup"), max_length=200, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("diterima"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("pernyataan minat")
        verbose_name_plural = _("pernyataan minat")
        constraints = [
            models.UniqueConstraint(fields=["receipt_number"], name="inquiry_receipt_unique"),
            models.UniqueConstraint(fields=["form_token"], name="inquiry_form_token_unique"),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email="") | Q(withdrawn_at__isnull=False),
                name="inquiry_has_contact",
                violation_error_message=_("Isi nomor HP/WA atau alamat e-mail, supaya Anda dapat dihubungi."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="inquiry_quantity_positive",
                violation_error_message=_("Jumlah harus lebih dari 0."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | ~Q(sender_name=""),
                name="inquiry_has_sender",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None)
                | Q(sender_name="", company="", phone="", email="", message="", closed_reason=""),
                name="inquiry_withdrawn_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(about="product", need=None)
                | Q(about="business", product=None, need=None)
                | Q(about="need", product=None),
                name="inquiry_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def is_waiting(self) -> bool:
        return self.pair_id is None and not self.closed_reason and self.withdrawn_at is None

    @property
    def subject_name(self) -> str:
        """Return what it is about as the public reads it, in the current language; needs both rows loaded."""
        if self.product is not None:
            return self.product.name
        if self.need is not None:
            return Truncator(hide_contacts(self.need.text, "…")).chars(LONGEST_NEED)
        if self.about == self.About.BUSINESS:
            return gettext("produk atau kerja sama")
        if self.about == self.About.NEED:
            return gettext("kebutuhan yang sudah dihapus")
        return gettext("produk yang sudah dihapus")
