"""The filters of the catalogue, read from the query string. Unknown values fall back, with a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.catalogue_version import catalogue_version, categories_as_of
from products.facets import BANDS, certificates_on
from products.filters.choices import (
    UNKNOWN_CHOICE,
    Place,
    PlaceFilter,
    QuantityFilter,
    RupiahFilter,
    band_filter,
    band_words,
    yes_filter,
)
from products.models import Certificate, Product
from products.models.catalogue import ProductQuerySet
from products.paging import CHEAPEST, NEWEST, RELEVANCE
from products.search import Search, search_for
from tradecontact.templatetags.tradecontact_tags import PAGE_PARAMETERS, angka, rupiah

ORDERS = [
    (RELEVANCE, gettext_lazy("Paling sesuai")),
    (NEWEST, gettext_lazy("Terbaru")),
    (CHEAPEST, gettext_lazy("Harga terendah")),
]
MOST_RANKED = 600
"""How many products a search ranks, more than the numbered pages show, so that a word of a tenth of a million costs no more than a rare one."""

SINGLE = ["kategori", "wilayah", "harga", "minimal", "diperiksa", "sendiri", "titip"]
SEVERAL = ["kisaran", "pesanan", "kapasitas", "waktu", "sertifikat"]


@dataclass(frozen=True)
class Chip:
    """A filter in use, in words, and the query string without it."""

    name: str
    label: str
    without: str


class CatalogueFilter(django_filters.FilterSet):
    """What a buyer may ask of the catalogue.

    Costs a query for the catalogue's version, one for the categories when that is new, one for a place, and
    those of ``search_for`` when words are given.
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
    wilayah = PlaceFilter(label=gettext_lazy("Wilayah"), method="from_place")
    harga = RupiahFilter(
        label=gettext_lazy("Harga paling tinggi (Rp)"),
        method="within_price",
        min_value=1,
        error_messages={
            "invalid": gettext_lazy("Tulis harga dalam rupiah, mis. 25.000."),
            "min_value": gettext_lazy("Tulis harga mulai dari Rp1."),
        },
    )
    kisaran = band_filter("kisaran", gettext_lazy("Kisaran harga"))
    minimal = QuantityFilter(label=gettext_lazy("Jumlah yang ingin dipesan"), method="within_order")
    pesanan = band_filter("pesanan", gettext_lazy("Pesanan minimum"))
    kapasitas = band_filter("kapasitas", gettext_lazy("Kapasitas per bulan"))
    waktu = band_filter("waktu", gettext_lazy("Waktu pengerjaan (hari kerja)"))
    sertifikat = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Sertifikat"),
        method="with_certificates",
        choices=Certificate.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=UNKNOWN_CHOICE,
    )
    diperiksa = yes_filter(gettext_lazy("Sertifikat diperiksa petugas"), "with_checked")
    sendiri = yes_filter(gettext_lazy("Diproduksi sendiri"), "made_by_seller")
    titip = yes_filter(gettext_lazy("Menerima titip jual"), "on_consignment")
    urut = django_filters.ChoiceFilter(
        label=gettext_lazy("Urutkan"), choices=ORDERS, empty_label=None, error_messages=UNKNOWN_CHOICE
    )

    class Meta:
        model = Product
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, today: date) -> None:
        super().__init__(data, queryset=Product.objects.listed())
        self.today = today
        self.version = catalogue_version()
        self.categories = categories_as_of(self.version)
        self.search: Search | None = None
        self.filters["kategori"].extra["choices"] = [(c.code, str(c)) for c in self.categories]

    @cached_property
    def values(self) -> dict[str, Any]:
        """What was asked for and understood, by filter; the search is read here, once."""
        self.form.is_valid()
        values = dict(self.form.cleaned_data)
        if values.get("q"):
            self.search = search_for(values["q"], Product.objects.listed(), self.categories)
        return values

    def matching(self, *, without: str = "") -> ProductQuerySet:
        """Return the products under every filter, or under every other one for the counts of a facet."""
        queryset = Product.objects.listed()
        for name in ["q", *SINGLE, *SEVERAL]:
            value = self.values.get(name)
            if value and name != without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def in_order(self) -> ProductQuerySet:
        """Return the products to be shown; for relevance at most ``MOST_RANKED``, ranked."""
        if self.search and self.order == RELEVANCE:
            return self.search.apply(self.matching(without="q"), most=MOST_RANKED)
        return self.matching()

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
        return RELEVANCE if self.values.get("q") and self.search else NEWEST

    @property
    def is_catalogue_empty(self) -> bool:
        """True when nothing at all is listed. Costs a query; ask only when nothing was found."""
        return not Product.objects.listed().exists()

    @property
    def order(self) -> str:
        """The order in use: the one asked for, else relevance for a search and the newest without one."""
        asked = self.values.get("urut") or self.default_order
        return self.default_order if asked == RELEVANCE else asked

    def notices(self) -> Iterator[str]:
        """Say which values were not understood, so that nobody wonders why a filter does nothing."""
        for name, errors in self.form.errors.items():
            label = self.form.fields[name].label
            yield _("%(label)s: %(problem)s Saringan ini tidak dipakai.") % {
                "label": label,
                "problem": " ".join(str(error) for error in errors),
            }

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in use, in words; the search words and the order are not among them."""
        single = [
            Chip(name, self._words(name, self.values[name]), self._without(name))
            for name in SINGLE
            if self.values.get(name)
        ]
        return single + [
            Chip(name, self._words(name, value), self._without(name, value))
            for name in SEVERAL
            for value in self.values.get(name) or []
        ]

    def query(self) -> str:
        """Return the query string without empty values, to be shared."""
        query = QueryDict(mutable=True)
        for name, values in self.data.lists():
            query.setlist(name, [value for value in values if value])
        return f"?{query.urlencode()}" if query.urlencode() else ""

    def query_of_panel(self) -> str:
        """Return the query string without the page: what the filter panel shows depends on no more."""
        query = self.data.copy()
        for parameter in PAGE_PARAMETERS:
            query.pop(parameter, None)
        return query.urlencode()

    def find_words(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        return queryset.filter(self.search.condition) if self.search else queryset

    def in_category(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        """Keep a family, or a sector with its families."""
        chosen = next(category for category in self.categories if category.code == value)
        ids = [c.pk for c in self.categories if chosen.pk in (c.pk, c.parent_id)]
        return queryset.filter(category_id__in=ids)

    def from_place(self, queryset: ProductQuerySet, name: str, value: Place) -> ProductQuerySet:
        if value.region_id:
            return queryset.filter(region_id=value.region_id)
        return queryset.filter(province_id=value.province_id)

    def within_price(self, queryset: ProductQuerySet, name: str, value: int) -> ProductQuerySet:
        return queryset.filter(lowest_price__lte=value)

    def within_order(self, queryset: ProductQuerySet, name: str, value: int) -> ProductQuerySet:
        return queryset.filter(min_order__lte=value)

    def within_bands(self, queryset: ProductQuerySet, name: str, value: list[str]) -> ProductQuerySet:
        return queryset.filter(BANDS[name].within(value))

    def with_certificates(self, queryset: ProductQuerySet, name: str, value: list[str]) -> ProductQuerySet:
        """Keep products with every kind chosen, be it their own or their business's."""
        only_checked = bool(self.values.get("diperiksa"))
        stored = "certificates_checked" if only_checked else "certificates_held"
        return queryset.alias(shown=certificates_on(self.today, only_checked=only_checked)).filter(
            Q(**{f"{stored}__contains": value}), Q(shown__contains=value)
        )

    def with_checked(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        """Keep products with a certificate that an officer has checked."""
        return (
            queryset.alias(seen=certificates_on(self.today, only_checked=True))
            .exclude(certificates_checked=[])
            .filter(seen__len__gt=0)
        )

    def made_by_seller(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        """Keep products of businesses that an officer has seen making their goods."""
        return queryset.filter(makes_itself=True)

    def on_consignment(self, queryset: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        return queryset.filter(accepts_consignment=True)

    def _words(self, name: str, value: Any) -> str:
        """Say a filter in use in a few words."""
        if name in BANDS:
            return f"{self.form.fields[name].label}: {band_words(name, value)}"
        if isinstance(value, Place):
            return value.name if value.region_id else _("Seluruh %(province)s") % {"province": value.name}
        texts = {
            "harga": lambda: _("paling tinggi %(price)s") % {"price": rupiah(value)},
            "minimal": lambda: _("pesan %(quantity)s") % {"quantity": angka(value)},
            "titip": lambda: _("menerima titip jual"),
            "sendiri": lambda: _("diproduksi sendiri"),
            "diperiksa": lambda: _("sertifikat diperiksa petugas"),
            "sertifikat": lambda: str(Certificate.Kind(value).label),
        }
        return texts[name]() if name in texts else dict(self.filters[name].extra["choices"])[value]

    def _without(self, name: str, value: str | None = None) -> str:
        """Return the query string without a filter, or without one of its values."""
        query = self.data.copy()
        for parameter in PAGE_PARAMETERS:
            query.pop(parameter, None)
        kept = [other for other in query.pop(name, []) if value is not None and other != value]
        if kept:
            query.setlist(name, kept)
        return f"?{query.urlencode()}"
