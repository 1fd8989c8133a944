"""Filters whose values are typed numbers, places or ranges; none asks the database for its choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.facets import BANDS
from regions.models import Province, Region
from tradecontact.fields import QuantityField, RupiahField
from tradecontact.templatetags.tradecontact_tags import angka, rupiah

UNKNOWN_CHOICE = {"invalid_choice": gettext_lazy("Pilihan “%(value)s” tidak dikenal.")}
LONGEST_CODE = 5


@dataclass(frozen=True)
class Place:
    """A province, or one kabupaten or kota of it."""

    code: str
    name: str
    province_id: int
    region_id: int | None = None


class PlaceField(forms.CharField):
    """The Kemendagri code of a province (``32``), kabupaten or kota (``32.04``). One query when filled."""

    default_error_messages: ClassVar[dict[str, Any]] = {**UNKNOWN_CHOICE}

    def clean(self, value: Any) -> Place | None:
        text = str(value or "").strip()
        if not text:
            return None
        place = _place(text) if len(text) <= LONGEST_CODE and text.isprintable() else None
        if place is None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": text}
            )
        return place


class PlaceFilter(django_filters.Filter):
    field_class = PlaceField


class RupiahFilter(django_filters.Filter):
    field_class = RupiahField


class QuantityFilter(django_filters.Filter):
    field_class = QuantityField


def band_filter(name: str, label: Any) -> django_filters.MultipleChoiceFilter:
    """Return a filter of the ranges of ``BANDS[name]``; several may be ticked."""
    return django_filters.MultipleChoiceFilter(
        label=label,
        method="within_bands",
        choices=[(code, code) for code in BANDS[name].codes],
        error_messages=UNKNOWN_CHOICE,
    )


def yes_filter(label: Any, method: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, method=method, choices=[("ya", gettext_lazy("Ya"))], error_messages=UNKNOWN_CHOICE
    )


def band_words(name: str, code: str) -> str:
    """Say a range in words, such as "mulai 201"; a range of one number is that number."""
    start, end = code.split("-")
    say = rupiah if name == "kisaran" else angka
    if start == "0" and name == "kisaran":
        return _("di bawah %(price)s") % {"price": rupiah(int(end) + 1)}
    start = "1" if start == "0" else start
    if not end:
        return _("mulai %(number)s") % {"number": say(int(start))}
    return say(int(start)) if start == end else f"{say(int(start))}–{angka(int(end))}"


def _place(code: str) -> Place | None:
    if "." not in code:
        province = Province.objects.filter(code=code).order_by("pk").first()
        return Place(code, province.name, province.pk) if province else None
    region = Region.objects.filter(code=code).order_by("pk").first()
    return Place(code, region.name, region.province_id, region.pk) if region else None
