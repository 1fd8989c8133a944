"""What businesses offer (products with price tiers) and look for (needs)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent
from products.models.businesses import Business, Certificate
from products.models.card_rules import CARD_RULES
from products.models.catalogue_indexes import CATALOGUE_INDEXES
from products.models.reference import Category, Unit
from products.models.search import DocumentField
from regions.models import Province, Region


class ProductQuerySet(models.QuerySet["Product"]):
    """Products for buyers."""

    def listed(self) -> ProductQuerySet:
        return self.filter(status=Product.Status.LISTED)

    def with_facts(self) -> ProductQuerySet:
        """Everything a product's own page tells: category, unit, and its prices by quantity."""
        tiers = models.Prefetch("price_tiers", PriceTier.objects.order_by("min_quantity"))
        return self.select_related("category", "unit", "pack_unit").prefetch_related(tiers)

    def with_revisions(self) -> ProductQuerySet:
        """Add state and reason of the newest change proposed to the office, None without one."""
        revisions = apps.get_model("products", "ProductRevision").objects
        newest = revisions.filter(product=models.OuterRef("pk")).order_by("-proposed_at", "-pk")
        return self.annotate(
            revision_state=models.Subquery(newest.values("state")[:1]),
            revision_reason=models.Subquery(newest.values("reason")[:1]),
        )

    def with_cards(self) -> ProductQuerySet:
        """What a card shows, in two queries: business, region, category, unit, and its first photo as the
        only one of ``covers``.
        """
        from products.models.photos import Photo  # its rows point to products

        cover = models.Prefetch("photos", Photo.objects.covers(), to_attr="covers")
        return self.select_related("business__region", "category", "unit").prefetch_related(cover)

    def similar_to(self, product: Product) -> ProductQuerySet:
        """Other products of the same sector: first of the same family, then of other businesses."""
        sector_id = product.category.parent_id or product.category_id
        return (
            self.exclude(pk=product.pk)
            .filter(Q(category__parent_id=sector_id) | Q(category_id=sector_id))
            .order_by(
                models.Case(models.When(category_id=product.category_id, then=0), default=1),
                models.Case(models.When(business_id=product.business_id, then=1), default=0),
                "-created_at",
                "-pk",
            )
        )

    def similar_in_kind(self, category: Category) -> ProductQuerySet:
        """In the order of likeness to a category: its own family, its sector, the rest by name."""
        sector_id = category.parent_id or category.pk
        return self.order_by(
            models.Case(
                models.When(category_id=category.pk, then=0),
                models.When(Q(category__parent_id=sector_id) | Q(category_id=sector_id), then=1),
                default=2,
            ),
            "name",
            "pk",
        )

    def count_by_category(self) -> dict[int, int]:
        """Return how many products each category has, by the category's id."""
        rows = self.order_by().values("category_id").annotate(products=models.Count("pk"))
        return {row["category_id"]: row["products"] for row in rows}


class Product(models.Model):
    """Something a business offers. An empty number means "belum tersedia", never zero.

    The last fields are *facts*: what the catalogue sorts, filters and counts by, gathered from the prices,
    the business and its certificates. Triggers of the database fill them on every change
    (migration ``catalogue_triggers``), whatever Python writes there.
    """

    proposed_tiers: Mapping[int, int] | None = None  # only from ``revisions.as_proposed``
    place_names: Sequence[str] = ()  # only from ``showcase.with_place_names``

    class Status(models.TextChoices):
        DRAFT = "draft", _("draf")
        SUBMITTED = "submitted", _("menunggu dinas")
        LISTED = "listed", _("tampil di katalog")
        SENT_BACK = "sent_back", _("dikembalikan")
        SUSPENDED = "suspended", _("ditangguhkan")

    class Sample(models.TextChoices):
        FREE = "free", _("gratis")
        PAID = "paid", _("berbayar")
        ASK = "ask", _("tanyakan dulu")
        NONE = "none", _("tidak ada contoh")

    class Delivery(models.TextChoices):
        EVERYWHERE = "everywhere", _("seluruh Indonesia")
        OWN_PROVINCE = "province", _("provinsi sendiri")
        OWN_REGION = "region", _("kabupaten atau kota sendiri")
        LISTED = "listed", _("wilayah tertentu")

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="products", verbose_name=_("pelaku usaha")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="products", verbose_name=_("kategori")
    )
    name = models.CharField(_("nama produk"), max_length=120)
    description = models.TextField(_("keterangan"), max_length=2000, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("satuan")
    )
    pack_content = models.PositiveIntegerField(_("isi satu satuan"), null=True, blank=True)
    pack_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("satuan isi")
    )
    min_order = models.PositiveIntegerField(_("pesanan minimum"), null=True, blank=True)
    capacity_per_month = models.PositiveIntegerField(_("kapasitas per bulan"), null=True, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(
        _("waktu pengerjaan (hari kerja)"), null=True, blank=True
    )
    shelf_life_days = models.PositiveIntegerField(_("tahan disimpan (hari)"), null=True, blank=True)
    sample_terms = models.CharField(_("contoh produk"), max_length=4, choices=Sample, blank=True)
    sample_price_rupiah = models.PositiveBigIntegerField(_("harga contoh (Rp)"), null=True, blank=True)
    private_label = models.BooleanField(_("bisa memakai merek pembeli"), null=True, blank=True)
    accepts_consignment = models.BooleanField(_("menerima titip jual"), null=True, blank=True)
    consignment_days = models.PositiveSmallIntegerField(
        _("penyelesaian titip jual (hari)"), null=True, blank=True
    )
    delivery_area = models.CharField(_("dikirim ke"), max_length=10, choices=Delivery, blank=True)
    delivery_places = ArrayField(
        models.CharField(max_length=5),
        verbose_name=_("wilayah pengiriman"),
        help_text=_("kode provinsi (33) atau kabupaten dan kota (33.72)"),
        default=list,
        blank=True,
    )
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.LISTED)
    status_reason = models.TextField(_("alasan"), max_length=300, blank=True)
    submitted_at = models.DateTimeField(_("dikirim ke dinas"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("versi"), default=1)
    created_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)
    document = DocumentField()

    lowest_price = models.PositiveBigIntegerField(null=True, editable=False)
    highest_price = models.PositiveBigIntegerField(null=True, editable=False)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    certificates_held = ArrayField(models.CharField(max_length=8), default=list, editable=False)
    certificates_checked = ArrayField(models.CharField(max_length=8), default=list, editable=False)
    certificates_until = models.DateField(null=True, editable=False)
    makes_itself = models.BooleanField(default=False, editable=False)
    sample = models.PositiveSmallIntegerField(null=True, editable=False)

    marked_name: SafeString | str = ""  # both of ``search_marks``, on a page of search results
    marked_piece: SafeString | str = ""

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("produk")
        verbose_name_plural = _("produk")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="product_name_not_empty"),
            models.CheckConstraint(
                condition=Q(min_order__gt=0),
                name="product_min_order_positive",
                violation_error_message=_("Pesanan minimum harus lebih dari 0."),
            ),
            models.CheckConstraint(
                condition=Q(capacity_per_month__gt=0),
                name="product_capacity_positive",
                violation_error_message=_("Kapasitas per bulan harus lebih dari 0."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "listed", "sent_back", "suspended"]),
                name="product_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent_back", "suspended"]) | ~Q(status_reason=""),
                name="product_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="submitted") | Q(submitted_at__isnull=False),
                name="product_submitted_has_time",
            ),
            *CARD_RULES,
        ]
        indexes = [
            GinIndex(fields=["document"], name="product_document", gin_pending_list_limit=512),
            *CATALOGUE_INDEXES,
        ]

    def __str__(self) -> str:
        return self.name


class PriceTier(models.Model):
    """The price in whole rupiah for one unit from ``min_quantity`` units on."""

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="price_tiers", verbose_name=_("produk")
    )
    min_quantity = models.PositiveIntegerField(_("mulai jumlah"), default=1)
    price_rupiah = models.PositiveBigIntegerField(_("harga (Rp)"))

    class Meta:
        verbose_name = _("harga")
        verbose_name_plural = _("harga")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "min_quantity"],
                name="price_tier_quantity_unique",
                violation_error_message=_("Jumlah ini sudah mempunyai harga."),
            ),
            models.CheckConstraint(
                condition=Q(price_rupiah__gt=0),
                name="price_tier_price_positive",
                violation_error_message=_("Harga harus lebih dari Rp0."),
            ),
            models.CheckConstraint(
                condition=Q(min_quantity__gt=0),
                name="price_tier_quantity_positive",
                violation_error_message=_("Jumlah harus lebih dari 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"≥{self.min_quantity}: Rp{self.price_rupiah} (#{self.pk})"


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs that still look for a supplier."""

    def open_on(self, day: date) -> NeedQuerySet:
        """Needs that are neither withdrawn nor past their last day."""
        return self.filter(Q(open_until=None) | Q(open_until__gte=day), withdrawn_at=None)

    def ending_by(self, day: date, last_day: date) -> NeedQuerySet:
        """Needs that are open on ``day`` and have ``last_day`` or an earlier one as their last."""
        return self.open_on(day).filter(open_until__lte=last_day)

    def count_by(self, column: str) -> dict[int, int]:
        """Return how many needs have each value of a column, such as ``category_id``. Costs one query."""
        rows = self.order_by().values(column).annotate(needs=models.Count("pk"))
        return {row[column]: row["needs"] for row in rows}

    def with_facts(self) -> NeedQuerySet:
        """Everything a need's line tells: category, unit, and the area that suppliers must be from."""
        return self.select_related("category", "unit", "area_province", "area_region")


class Need(models.Model):
    """Something a business looks for. It leaves matching after ``open_until``, or when it is withdrawn."""

    class Source(models.TextChoices):
        EXCEL = "excel", _("daftar Excel")
        PHONE = "phone", _("telepon")
        FORM = "form", _("formulir")
        LINK = "link", _("tautan pribadi")

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("per bulan")
        ONCE = "once", _("sekali")

    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="needs", verbose_name=_("pelaku usaha")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="needs", verbose_name=_("kategori")
    )
    text = models.CharField(_("kebutuhan"), max_length=300)
    quantity = models.PositiveIntegerField(_("jumlah"), null=True, blank=True)
    frequency = models.CharField(
        _("seberapa sering"), max_length=8, choices=Frequency, default=Frequency.MONTHLY
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("satuan")
    )
    price_ceiling_rupiah = models.PositiveBigIntegerField(_("harga tertinggi (Rp)"), null=True, blank=True)
    certificates_required = ArrayField(
        models.CharField(max_length=8, choices=Certificate.Kind),
        verbose_name=_("sertifikat wajib"),
        default=list,
        blank=True,
    )
    area_province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pemasok dari provinsi"),
    )
    area_region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pemasok dari kabupaten atau kota"),
    )
    wanted_from = models.DateField(_("dibutuhkan mulai"), null=True, blank=True)
    open_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True, editable=False)
    source = models.CharField(_("sumber"), max_length=5, choices=Source)
    consent = models.ForeignKey(
        Consent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("persetujuan"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dicatat oleh"),
    )
    version = models.PositiveIntegerField(_("versi"), default=1)
    created_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("kebutuhan")
        verbose_name_plural = _("kebutuhan")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="need_text_not_empty"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="need_quantity_positive",
                violation_error_message=_("Jumlah harus lebih dari 0."),
            ),
            models.CheckConstraint(
                condition=Q(price_ceiling_rupiah__gt=0),
                name="need_price_ceiling_positive",
                violation_error_message=_("Harga tertinggi harus lebih dari Rp0."),
            ),
            models.CheckConstraint(
                condition=Q(open_until__gte=models.F("wanted_from")),
                name="need_open_until_after_start",
                violation_error_message=_("Tanggal berlaku harus sesudah tanggal mulai dibutuhkan."),
            ),
            models.CheckConstraint(
                condition=Q(area_province=None) | Q(area_region=None),
                name="need_area_is_one_place",
                violation_error_message=_("Pilih satu wilayah: provinsi, atau kabupaten atau kota."),
            ),
            models.CheckConstraint(
                condition=Q(source__in=["excel", "phone", "form", "link"]), name="need_source_known"
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=["monthly", "once"]), name="need_frequency_known"
            ),
            models.CheckConstraint(
                condition=~Q(source="phone") | Q(consent__isnull=False), name="need_by_phone_has_consent"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def area(self) -> Province | Region | None:
        """Where suppliers must be from, ``None`` for anywhere; reads the joined rows (``with_facts``)."""
        return self.area_region or self.area_province

    def is_open_on(self, day: date) -> bool:
        """True while the need looks for a supplier (``open_on`` for many)."""
        return self.withdrawn_at is None and (self.open_until is None or self.open_until >= day)
