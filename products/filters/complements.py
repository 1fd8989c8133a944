"""The filters of the table of who buys from whom."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.models import Category, CategoryComplement
from products.models.reference import ComplementQuerySet


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
