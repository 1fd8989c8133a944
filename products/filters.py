"""The filters of the catalogue, read from the query string. Unknown values fall back, with a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.models import Category, CategoryComplement, Certificate, PriceTier, Product
from products.models.catalogue import ProductQuerySet
from products.models.reference import ComplementQuerySet
from products.search import Search, search_for
from products.shelves import Shelf, arrange_shelves
from regions.models import Region
from tradecontact.fields import QuantityField, RupiahField
from tradecontact.templatetags.tradecontact_tags import angka, rupiah

RELEVANCE, NEWEST, CHEAPEST = "relevan", "terbaru", "harga"
ORDERS = [
    (RELEVANCE, gettext_lazy("Paling sesuai")),
    (NEWEST, gettext_lazy("Terbaru")),
    (CHEAPEST, gettext_lazy("Harga terendah")),
]
UNKNOWN_CHOICE = {"invalid_choice": gettext_lazy("Pilihan “%(value)s” tidak dikenal.")}


@dataclass(frozen=True)
class Chip:
    """A filter in use, in words, and the query string without it."""

    label: str
    without: str


class RupiahFilter(django_filters.Filter):
    field_class = RupiahField


class QuantityFilter(django_filters.Filter):
    field_class = QuantityField


class CatalogueFilter(django_filters.FilterSet):
    """What a buyer may ask of the catalogue.

    Costs three queries for its choices and counts, and those of ``search_for`` when words are given.
    """

    q = django_filters.CharFilter(
        label=gettext_lazy("Cari produk"),
        method="find_words",
        max_length=100,
        error_messages={"max_length": gettext_lazy("Paling banyak %(limit_value)d huruf.")},
    )
    kategori = django_filters.ChoiceFilter(
        label=gettext_lazy("Kategori"), method="in_category", error_messages=UNKNOWN_CHOICE
    )
    wilayah = django_filters.ChoiceFilter(
        label=gettext_lazy("Wilayah"),
        method="from_place",
        empty_label=gettext_lazy("Semua wilayah"),
        error_messages=UNKNOWN_CHOICE,
    )
    harga = RupiahFilter(
        label=gettext_lazy("Harga paling tinggi (Rp)"),
        method="within_price",
        min_value=1,
        error_messages={
            "invalid": gettext_lazy("Tulis harga dalam rupiah, mis. 25.000."),
            "min_value": gettext_lazy("Tulis harga mulai dari Rp1."),
        },
    )
    minimal = QuantityFilter(label=gettext_lazy("Jumlah yang ingin dipesan"), method="within_order")
    sertifikat = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Sertifikat"),
        method="with_certificates",
        choices=Certificate.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=UNKNOWN_CHOICE,
    )
    titip = django_filters.ChoiceFilter(
        label=gettext_lazy("Menerima titip jual"),
        method="on_consignment",
        choices=[("ya", gettext_lazy("Ya"))],
        error_messages=UNKNOWN_CHOICE,
    )
    urut = django_filters.ChoiceFilter(
        label=gettext_lazy("Urutkan"), choices=ORDERS, empty_label=None, error_messages=UNKNOWN_CHOICE
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, today: date) -> None:
        super().__init__(data, queryset=Product.objects.listed())
        self.today = today
        self.categories = list(Category.objects.order_by("position", "pk"))
        self.search: Search | None = None
        self.filters["kategori"].extra["choices"] = [(c.code, str(c)) for c in self.categories]
        self.filters["wilayah"].extra["choices"] = _places_with_products()

    def filter_queryset(self, queryset: ProductQuerySet) -> ProductQuerySet:
        """Apply every filter, the category last, so that the other shelves can be counted."""
        category = self.form.cleaned_data.get("kategori", "")
        for name in ["q", "wilayah", "harga", "minimal", "sertifikat", "titip"]:
            queryset = self.filters[name].filter(queryset, self.form.cleaned_data.get(name))
        self.on_all_shelves = queryset
        return self.filters["kategori"].filter(queryset, category)

    def products(self) -> ProductQuerySet:
        """Return the products in the order asked for, with what their cards show."""
        orders: dict[str, list[Any]] = {
            RELEVANCE: ["-relevance", "-pk"],
            NEWEST: ["-created_at", "-pk"],
            CHEAPEST: [F("lowest_price").asc(nulls_last=True), "-pk"],
        }
        return self.qs.with_cards().order_by(*orders[self.order])

    @property
    def orders(self) -> list[tuple[str, Any, bool]]:
        """The orders to offer as (value, label, is chosen); the default one has no value.

        So a search that follows is ordered by relevance, unless another order was really asked for.
        """
        orders = [(value, label) for value, label in ORDERS if self.search or value != RELEVANCE]
        return [
            ("" if value == self.default_order else value, label, value == self.order)
            for value, label in orders
        ]

    @property
    def default_order(self) -> str:
        return NEWEST if self.search is None else RELEVANCE

    @property
    def is_catalogue_empty(self) -> bool:
        """True when nothing at all is listed. Costs a query; ask only when nothing was found."""
        return not Product.objects.listed().exists()

    @property
    def order(self) -> str:
        """The order in use: the one asked for, else relevance for a search and the newest without one."""
        asked = self.form.cleaned_data.get("urut") or self.default_order
        return self.default_order if asked == RELEVANCE else asked

    @cached_property
    def shelves(self) -> list[Shelf]:
        """Sectors and families with their counts under all the other filters."""
        counts = self.on_all_shelves.count_by_category()
        return arrange_shelves(self.categories, counts, chosen=self.form.cleaned_data.get("kategori", ""))

    def notices(self) -> Iterator[str]:
        """Say which values were not understood, so that nobody wonders why a filter does nothing."""
        for name, errors in self.form.errors.items():
            label = self.form.fields[name].label
            yield _("%(label)s: %(problem)s Saringan ini tidak dipakai.") % {
                "label": label,
                "problem": " ".join(str(error) for error in errors),
            }

    def chips(self) -> list[Chip]:
        """Return the filters in use, in words; the search words and the order are not among them."""
        names = ["kategori", "wilayah", "harga", "minimal", "titip"]
        values = {name: self.form.cleaned_data.get(name) for name in names}
        chips = [
            Chip(self._words(name, value), self._without(name)) for name, value in values.items() if value
        ]
        kinds = self.form.cleaned_data.get("sertifikat", [])
        return chips + [
            Chip(str(Certificate.Kind(kind).label), self._without("sertifikat", kind)) for kind in kinds
        ]

    def query(self) -> str:
        """Return the query string without empty values, to be shared."""
        query = QueryDict(mutable=True)
        for name, values in self.data.lists():
            query.setlist(name, [value for value in values if value])
        return f"?{query.urlencode()}" if query.urlencode() else ""

    def find_words(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        self.search = search_for(value, Product.objects.listed(), self.categories)
        return self.search.apply(queryset) if self.search else queryset

    def in_category(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        return queryset.filter(Q(category__code=value) | Q(category__parent__code=value))

    def from_place(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        """A code with a dot is a kabupaten or kota, one without is a province."""
        field = "business__region__code" if "." in value else "business__region__province__code"
        return queryset.filter(**{field: value})

    def within_price(self, queryset: ProductQuerySet, name: str, value: int) -> ProductQuerySet:
        affordable = PriceTier.objects.filter(product=OuterRef("pk"), price_rupiah__lte=value)
        return queryset.filter(Exists(affordable))

    def within_order(self, queryset: ProductQuerySet, name: str, value: int) -> ProductQuerySet:
        return queryset.filter(min_order__lte=value)

    def with_certificates(self, queryset: ProductQuerySet, name: str, value: list[str]) -> ProductQuerySet:
        """Keep products with every kind chosen, be it their own or their business's."""
        held = Certificate.objects.held_on(self.today).filter(business=OuterRef("business"))
        for kind in value:
            of_product = Q(product=None) | Q(product=OuterRef("pk"))
            queryset = queryset.filter(Exists(held.filter(of_product, kind=kind)))
        return queryset

    def on_consignment(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        return queryset.filter(accepts_consignment=True)

    def _words(self, name: str, value: Any) -> str:
        """Say a filter in use in a few words."""
        if name == "harga":
            return _("paling tinggi %(price)s") % {"price": rupiah(value)}
        if name == "minimal":
            return _("pesan %(quantity)s") % {"quantity": angka(value)}
        if name == "titip":
            return _("menerima titip jual")
        return dict(_flat(self.form.fields[name].choices))[value]

    def _without(self, name: str, value: str | None = None) -> str:
        """Return the query string without a filter, or without one of its values."""
        query = self.data.copy()
        query.pop("page", None)
        kept = [other for other in query.pop(name, []) if value is not None and other != value]
        if kept:
            query.setlist(name, kept)
        return f"?{query.urlencode()}"


def _places_with_products() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return provinces with their kabupaten and kota that have products; each begins with all of it."""
    regions = (
        Region.objects.filter(businesses__products__status=Product.Status.LISTED)
        .select_related("province")
        .order_by("province__name", "province", "name")
        .distinct()
    )
    return [
        (
            province.name,
            [
                (province.code, _("Seluruh %(province)s") % {"province": province.name}),
                *((region.code, region.name) for region in group),
            ],
        )
        for province, group in groupby(regions, key=lambda region: region.province)
    ]


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield str(value), str(label)


class ComplementFilter(django_filters.FilterSet):
    """What an officer may ask of the table of who buys from whom; an unknown value filters nothing.

    Costs one query for its choices.
    """

    REMOVED = "dihapus"

    q = django_filters.CharFilter(
        label=gettext_lazy("Cari kebutuhan"), method="with_words", max_length=80, strip=True
    )
    kategori = django_filters.ChoiceFilter(
        label=gettext_lazy("Kategori"),
        method="of_category",
        empty_label=gettext_lazy("Semua kategori"),
    )
    peran = django_filters.ChoiceFilter(
        label=gettext_lazy("Peran"),
        field_name="role",
        choices=CategoryComplement.Role.choices,
        empty_label=gettext_lazy("Semua peran"),
    )
    keadaan = django_filters.ChoiceFilter(
        label=gettext_lazy("Keadaan"),
        method="in_state",
        choices=[(REMOVED, gettext_lazy("dihapus"))],
        empty_label=gettext_lazy("dipakai"),
    )

    def __init__(self, data: QueryDict, *, queryset: ComplementQuerySet) -> None:
        super().__init__(data, queryset=queryset)
        self._categories = {row.code: row for row in Category.objects.order_by("position", "pk")}
        self.filters["kategori"].extra["choices"] = _by_sector(self._categories.values())

    def filter_queryset(self, queryset: ComplementQuerySet) -> ComplementQuerySet:
        if not self.form.cleaned_data.get("keadaan"):
            queryset = queryset.in_use()
        return super().filter_queryset(queryset)

    @property
    def qs(self) -> ComplementQuerySet:
        """The rows; values that nobody knows are left out of the question."""
        self.form.is_valid()
        return self.filter_queryset(self.queryset.all())

    def with_words(self, rows: ComplementQuerySet, name: str, value: str) -> ComplementQuerySet:
        return rows.filter(Q(need_id__icontains=value) | Q(need_en__icontains=value))

    def of_category(self, rows: ComplementQuerySet, name: str, value: str) -> ComplementQuerySet:
        return rows.of_category(self._categories[value])

    def in_state(self, rows: ComplementQuerySet, name: str, value: str) -> ComplementQuerySet:
        return rows.exclude(removed_at=None)


def _by_sector(categories: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every sector with its families as a group of choices, the whole sector first."""
    rows = list(categories)
    return [
        (
            str(sector),
            [(sector.code, _("Semua: %(sector)s") % {"sector": sector})]
            + [(family.code, str(family)) for family in rows if family.parent_id == sector.pk],
        )
        for sector in rows
        if sector.parent_id is None
    ]
