"""Reference data: units of trade, the taxonomy, and who buys what from whom."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A unit of trade. ``factor`` base units make one of it: 1 lusin is 12 buah, 1 ons 0.1 kilogram."""

    code = models.CharField(_("kode"), max_length=20)
    label_id = models.CharField(_("label"), max_length=20)
    label_en = models.CharField(_("label (Inggris)"), max_length=30)
    base = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("satuan dasar"),
    )
    factor = models.DecimalField(_("faktor"), max_digits=14, decimal_places=8, default=1)
    dimension = models.CharField(_("besaran"), max_length=10)
    synonyms = ArrayField(
        models.CharField(max_length=20), verbose_name=_("sebutan lain"), default=list, blank=True
    )
    note = models.CharField(_("catatan"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("satuan")
        verbose_name_plural = _("satuan")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="unit_code_unique"),
            models.CheckConstraint(condition=Q(factor__gt=0), name="unit_factor_positive"),
        ]

    def __str__(self) -> str:
        return self.label_en if get_language() == "en" else self.label_id


class CategoryQuerySet(models.QuerySet["Category"]):
    """The taxonomy's two levels."""

    def sectors(self) -> CategoryQuerySet:
        return self.filter(parent=None)

    def families(self) -> CategoryQuerySet:
        return self.exclude(parent=None)


class Category(models.Model):
    """A sector (no parent) or a family of products inside it. Codes of KBLI are those of 2025."""

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="families",
        verbose_name=_("sektor"),
    )
    code = models.SlugField(_("kode"), max_length=60, unique=False)
    name_id = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80)
    synonyms_id = ArrayField(
        models.CharField(max_length=60), verbose_name=_("sebutan lain"), default=list, blank=True
    )
    synonyms_en = ArrayField(
        models.CharField(max_length=60), verbose_name=_("sebutan lain (Inggris)"), default=list, blank=True
    )
    kbli2025 = ArrayField(
        models.CharField(max_length=5), verbose_name=_("KBLI 2025"), default=list, blank=True
    )
    certificates_usual = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("sertifikat yang biasanya diperlukan"),
        default=list,
        blank=True,
    )
    picture = models.CharField(_("gambar"), max_length=20, default="unknown")
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("kategori")
        verbose_name_plural = _("kategori")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="category_code_unique"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="category_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_id


class ComplementQuerySet(models.QuerySet["CategoryComplement"]):
    """Who buys from whom."""

    def in_use(self) -> ComplementQuerySet:
        """Rows that nobody has removed; only these make implied needs."""
        return self.filter(removed_at=None)

    def with_categories(self) -> ComplementQuerySet:
        return self.select_related("buyer", "supplier")

    def of_category(self, category: Category) -> ComplementQuerySet:
        """Rows in which a family, or a family of a sector, buys or supplies."""
        return self.filter(
            Q(buyer=category)
            | Q(supplier=category)
            | Q(buyer__parent=category)
            | Q(supplier__parent=category)
        )

    def in_order(self) -> ComplementQuerySet:
        """By buyer in the taxonomy's order, those for every maker last; the heaviest first."""
        return self.order_by(F("buyer__position").asc(nulls_last=True), "-weight", "supplier__position", "pk")


class CategoryComplement(models.Model):
    """Makers of ``buyer`` usually buy from ``supplier``; no buyer means every maker does.

    A row that officers removed stays with ``removed_at``, so that loading the reference data does not
    bring it back.
    """

    class Role(models.TextChoices):
        CORE = "core", _("bahan utama")
        PACKAGING = "packaging", _("kemasan")
        AUXILIARY = "auxiliary", _("bahan pembantu")
        SERVICE = "service", _("jasa")
        EQUIPMENT = "equipment", _("alat")

    buyer = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="complements_bought",
        verbose_name=_("pembeli"),
    )
    supplier = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="complements_sold", verbose_name=_("pemasok")
    )
    need_id = models.CharField(_("kebutuhan"), max_length=80)
    need_en = models.CharField(_("kebutuhan (Inggris)"), max_length=80)
    role = models.CharField(_("peran"), max_length=10, choices=Role)
    weight = models.FloatField(_("bobot"), help_text=_("0 sampai 1"))
    version = models.PositiveIntegerField(_("versi"), default=1)
    removed_at = models.DateTimeField(_("dihapus"), null=True, blank=True)

    objects = ComplementQuerySet.as_manager()

    class Meta:
        verbose_name = _("kebutuhan turunan")
        verbose_name_plural = _("kebutuhan turunan")
        constraints = [
            models.UniqueConstraint(
                fields=["buyer", "supplier"], nulls_distinct=False, name="complement_pair_unique"
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1),
                name="complement_weight_in_range",
                violation_error_message=_("Isi bobot lebih dari 0 dan paling besar 1."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["core", "packaging", "auxiliary", "service", "equipment"]),
                name="complement_role_known",
            ),
            models.CheckConstraint(
                condition=~Q(buyer=F("supplier")),
                name="complement_two_categories",
                violation_error_message=_("Pembeli dan pemasok harus berbeda."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer or '*'} ← {self.supplier} ({self.weight})"

    @property
    def need(self) -> str:
        """The need in the reader's language."""
        return self.need_en if get_language() == "en" else self.need_id
