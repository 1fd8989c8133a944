"""The filters of the needs board, read from the query string. Unknown values fall back, with a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.models import Category, Certificate, Need
from products.models.catalogue import NeedQuerySet
from products.public_needs import open_needs, with_words
from products.shelves import Shelf, arrange_shelves
from regions.models import Province, Region

UNKNOWN_CHOICE = {"invalid_choice": gettext_lazy("Pilihan “%(value)s” tidak dikenal.")}
NEWEST, ENDING = "terbaru", "berakhir"
ORDERS: dict[str, list[Any]] = {
    NEWEST: ["-created_at", "-pk"],
    ENDING: [F("open_until").asc(nulls_last=True), "-pk"],
}


@dataclass(frozen=True)
class UsedFilter:
    """A filter in use, in words, and the query string without it."""

    label: str
    without: str


class NeedBoardFilter(django_filters.FilterSet):
    """What anybody may ask of the open needs. Costs four queries for its choices and counts."""

    q = django_filters.CharFilter(
        label=gettext_lazy("Cari kebutuhan"),
        method="find_words",
        max_length=100,
        error_messages={"max_length": gettext_lazy("Paling banyak %(limit_value)d huruf.")},
    )
    kategori = django_filters.ChoiceFilter(
        label=gettext_lazy("Kategori"), method="in_category", error_messages=UNKNOWN_CHOICE
    )
    wilayah = django_filters.ChoiceFilter(
        label=gettext_lazy("Wilayah pembeli"),
        method="wanted_in",
        empty_label=gettext_lazy("Semua wilayah"),
        error_messages=UNKNOWN_CHOICE,
    )
    pemasok = django_filters.ChoiceFilter(
        label=gettext_lazy("Terbuka bagi pemasok dari"),
        method="open_to",
        empty_label=gettext_lazy("di mana saja"),
        error_messages=UNKNOWN_CHOICE,
    )
    sertifikat = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Sertifikat yang diminta"),
        method="requiring",
        choices=Certificate.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=UNKNOWN_CHOICE,
    )
    berakhir = django_filters.ChoiceFilter(
        label=gettext_lazy("Berakhir"),
        method="ending_within",
        choices=[("7", gettext_lazy("dalam 7 hari")), ("30", gettext_lazy("dalam 30 hari"))],
        empty_label=gettext_lazy("Kapan saja"),
        error_messages=UNKNOWN_CHOICE,
    )
    urut = django_filters.ChoiceFilter(
        label=gettext_lazy("Urutkan"),
        choices=[(NEWEST, gettext_lazy("Terbaru")), (ENDING, gettext_lazy("Segera berakhir"))],
        empty_label=None,
        error_messages=UNKNOWN_CHOICE,
    )

    class Meta:
        model = Need
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, today: date) -> None:
        super().__init__(data, queryset=open_needs(today))
        self.today = today
        self.categories = list(Category.objects.order_by("position", "pk"))
        self.filters["kategori"].extra["choices"] = [(row.code, str(row)) for row in self.categories]
        self.filters["wilayah"].extra["choices"] = _places_of_buyers(today)
        provinces = Province.objects.order_by("name", "pk").values_list("code", "name")
        self.filters["pemasok"].extra["choices"] = list(provinces)

    def filter_queryset(self, queryset: NeedQuerySet) -> NeedQuerySet:
        """Apply every filter, the category last, so that the other categories can be counted."""
        for name in ["q", "wilayah", "pemasok", "sertifikat", "berakhir"]:
            queryset = self.filters[name].filter(queryset, self.form.cleaned_data.get(name))
        self.in_all_categories = queryset
        return self.filters["kategori"].filter(queryset, self.form.cleaned_data.get("kategori", ""))

    def needs(self) -> NeedQuerySet:
        """Return the needs in the order asked for, the newest first without one."""
        return self.qs.order_by(*ORDERS[self.order])

    @property
    def order(self) -> str:
        return self.form.cleaned_data.get("urut") or NEWEST

    @cached_property
    def shelves(self) -> list[Shelf]:
        """Sectors and families with how many needs each has under all the other filters."""
        counts = self.in_all_categories.count_by("category_id")
        chosen = self.form.cleaned_data.get("kategori", "")
        return arrange_shelves(self.categories, counts, chosen=chosen)

    @property
    def is_board_empty(self) -> bool:
        """True when nobody looks for anything. Costs a query; ask only when nothing was found."""
        return not open_needs(self.today).exists()

    def notices(self) -> Iterator[str]:
        """Say which values were not understood, so that nobody wonders why a filter does nothing."""
        for name, errors in self.form.errors.items():
            yield _("%(label)s: %(problem)s Saringan ini tidak dipakai.") % {
                "label": self.form.fields[name].label,
                "problem": " ".join(str(error) for error in errors),
            }

    def used(self) -> list[UsedFilter]:
        """Return the filters in use, in words; the search words and the order are not among them."""
        asked = self.form.cleaned_data
        labels = {name: field.label for name, field in self.form.fields.items()}
        found = [
            UsedFilter(f"{labels[name]}: {self._label(name, asked[name])}", self._without(name))
            for name in ["wilayah", "pemasok", "berakhir"]
            if asked.get(name)
        ]
        if asked.get("kategori"):
            found.insert(0, UsedFilter(self._label("kategori", asked["kategori"]), self._without("kategori")))
        return found + [
            UsedFilter(str(Certificate.Kind(kind).label), self._without("sertifikat", kind))
            for kind in asked.get("sertifikat", [])
        ]

    def find_words(self, needs: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        return with_words(needs, value, self.categories)

    def in_category(self, needs: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        return needs.filter(Q(category__code=value) | Q(category__parent__code=value))

    def wanted_in(self, needs: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        """A code with a dot is a kabupaten or kota, one without is a province."""
        field = "business__region__code" if "." in value else "business__region__province__code"
        return needs.filter(**{field: value})

    def open_to(self, needs: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        """Keep needs that suppliers of this province may answer, be it only those of one of its places."""
        anywhere = Q(area_province=None, area_region=None)
        here = Q(area_province__code=value) | Q(area_region__province__code=value)
        return needs.filter(anywhere | here)

    def requiring(self, needs: NeedQuerySet, name: str, value: list[str]) -> NeedQuerySet:
        return needs.filter(certificates_required__contains=value) if value else needs

    def ending_within(self, needs: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        return needs.filter(open_until__lte=self.today + timedelta(days=int(value)))

    def _label(self, name: str, value: str) -> str:
        for code, label in self.form.fields[name].choices:
            options = dict(label) if isinstance(label, list | tuple) else {code: label}
            if value in options:
                return str(options[value])
        return value

    def _without(self, name: str, value: str | None = None) -> str:
        """Return the query string without a filter, or without one of its values."""
        query = self.data.copy()
        query.pop("page", None)
        kept = [other for other in query.pop(name, []) if value is not None and other != value]
        if kept:
            query.setlist(name, kept)
        return f"?{query.urlencode()}"


def _places_of_buyers(today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return provinces with their kabupaten and kota that look for something, with how much. Two queries."""
    counts = Need.objects.open_on(today).count_by("business__region_id")
    regions = Region.objects.filter(pk__in=counts).select_related("province")
    in_order = regions.order_by("province__name", "province", "name", "pk")
    return [
        (province.name, _places_of(province, [(region, counts[region.pk]) for region in group]))
        for province, group in groupby(in_order, key=lambda region: region.province)
    ]


def _places_of(province: Province, regions: list[tuple[Region, int]]) -> list[tuple[str, str]]:
    whole = _("Seluruh %(province)s") % {"province": province.name}
    total = sum(count for _region, count in regions)
    return [
        (province.code, f"{whole} ({total})"),
        *((region.code, f"{region.name} ({count})") for region, count in regions),
    ]
