"""Trade contacts, the delegations offices bring to them, and the businesses in a delegation."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from products.models import Business, Category, ImportBatch
from regions.models import Office


class TradeContactQuerySet(models.QuerySet["TradeContact"]):
    """Who may see which trade contact from the inside."""

    def visible_to(self, actor: Actor) -> TradeContactQuerySet:
        """Contacts the actor's office brings a delegation to; all for an admin, none for others."""
        if actor.is_admin:
            return self
        if actor.office_id is None:
            return self.none()
        return self.filter(delegations__office_id=actor.office_id)

    def current_on(self, day: date) -> TradeContactQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def of_business(self, business_id: int) -> TradeContactQuerySet:
        """Contacts in one of whose delegations the business is."""
        return self.filter(delegations__participations__business_id=business_id)

    def of_holder(self, actor: Actor) -> TradeContactQuerySet:
        """Contacts of the link holder's business, or the one that the link was made for."""
        contacts = self.of_business(actor.business_id or 0)
        return contacts if actor.trade_contact_id is None else contacts.filter(pk=actor.trade_contact_id)

    def in_order(self) -> TradeContactQuerySet:
        """Soonest first; programmes without a date come last."""
        return self.order_by(F("starts_on").asc(nulls_last=True), "pk")


class TradeContact(models.Model):
    """An organised contact between regions: a visit with dates, or an open programme without."""

    slug = models.SlugField(_("alamat halaman"), max_length=80)
    title = models.CharField(_("judul"), max_length=140)
    starts_on = models.DateField(_("tanggal mulai"), null=True, blank=True)
    ends_on = models.DateField(_("tanggal selesai"), null=True, blank=True)
    place = models.CharField(_("tempat"), max_length=160, blank=True)
    summary = models.TextField(_("keterangan"), max_length=1000, blank=True)
    commodities = models.ManyToManyField(
        Category, blank=True, related_name="trade_contacts", verbose_name=_("komoditas")
    )
    businesses_per_delegation = models.PositiveSmallIntegerField(
        _("kuota pelaku usaha per delegasi"), default=30
    )
    pairs_per_business = models.PositiveSmallIntegerField(
        _("usulan paling banyak per pelaku usaha"), default=8
    )
    least_pairs_per_business = models.PositiveSmallIntegerField(
        _("usulan paling sedikit yang diinginkan per pelaku usaha"), default=3
    )
    weights = models.JSONField(_("bobot"), default=dict, blank=True)
    answers_locked_at = models.DateTimeField(_("jawaban dikunci"), null=True, blank=True, editable=False)
    return_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="return_visits",
        verbose_name=_("kunjungan balasan dari"),
    )
    version = models.PositiveIntegerField(_("versi"), default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("dibuka"), default=timezone.now, editable=False)

    objects = TradeContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontak dagang")
        verbose_name_plural = _("kontak dagang")
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="trade_contact_slug_unique"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="trade_contact_ends_after_start",
                violation_error_message=_("Tanggal selesai tidak boleh sebelum tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(pairs_per_business__gt=0),
                name="trade_contact_pairs_positive",
                violation_error_message=_("Usulan per pelaku usaha paling sedikit 1."),
            ),
            models.CheckConstraint(
                condition=Q(
                    least_pairs_per_business__gte=0, least_pairs_per_business__lte=F("pairs_per_business")
                ),
                name="trade_contact_least_pairs_in_range",
                violation_error_message=_(
                    "Usulan paling sedikit tidak boleh melebihi usulan paling banyak per pelaku usaha."
                ),
            ),
            models.CheckConstraint(
                condition=Q(businesses_per_delegation__gt=0),
                name="trade_contact_quota_positive",
                violation_error_message=_("Kuota paling sedikit 1 pelaku usaha."),
            ),
            models.UniqueConstraint(fields=["return_of"], name="trade_contact_one_return_visit"),
            models.CheckConstraint(
                condition=Q(return_of=None) | ~Q(return_of=F("pk")), name="trade_contact_returns_another"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations with what they bring."""

    def with_counts(self) -> DelegationQuerySet:
        """Add ``business_count``, ``product_count`` (listed) and ``need_count``, in one query."""
        products = Q(participations__business__products__status="listed")
        needs = Q(participations__business__needs__withdrawn_at=None)
        return self.select_related("office__region").annotate(
            business_count=models.Count("participations", distinct=True),
            product_count=models.Count("participations__business__products", filter=products, distinct=True),
            need_count=models.Count("participations__business__needs", filter=needs, distinct=True),
        )


class Delegation(models.Model):
    """The businesses one office brings to a trade contact. The host brings one too."""

    business_count: int  # only from ``with_counts``

    class Role(models.TextChoices):
        HOST = "host", _("tuan rumah")
        GUEST = "guest", _("tamu")

    trade_contact = models.ForeignKey(
        TradeContact, on_delete=models.CASCADE, related_name="delegations", verbose_name=_("kontak dagang")
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("dinas")
    )
    role = models.CharField(_("peran"), max_length=5, choices=Role)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegasi")
        verbose_name_plural = _("delegasi")
        constraints = [
            models.UniqueConstraint(
                fields=["trade_contact", "office"],
                name="delegation_office_unique",
                violation_error_message=_("Dinas ini sudah membawa delegasi ke kontak dagang ini."),
            ),
            models.UniqueConstraint(
                fields=["trade_contact"], condition=Q(role="host"), name="delegation_one_host"
            ),
            models.CheckConstraint(condition=Q(role__in=["host", "guest"]), name="delegation_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.office} → {self.trade_contact}"


class Participation(models.Model):
    """One business in one delegation."""

    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="participations", verbose_name=_("delegasi")
    )
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="participations", verbose_name=_("pelaku usaha")
    )
    import_batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="participations"
    )
    created_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("keikutsertaan")
        verbose_name_plural = _("keikutsertaan")
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "business"],
                name="participation_business_unique",
                violation_error_message=_("Pelaku usaha ini sudah ada dalam delegasi."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.business} dalam {self.delegation}"
