"""Fields that know the catalogue's reference data, and phone numbers as people type them."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber

from products.excel.identifiers import read_phone
from products.excel.problems import CellProblem
from products.models import Category, Unit
from products.taxonomy import LINES_OF_BUSINESS
from regions.models import Province, Region
from tradecontact.fields import PlainTextField


class BySector(ModelChoiceIterator):
    """Families in one group per sector, in the taxonomy's order. Costs one query."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        families = self.queryset.select_related("parent").order_by("parent__position", "position", "pk")
        for sector, members in groupby(families, key=lambda family: family.parent):
            yield str(sector), [self.choice(family) for family in members]


class FamilyChoice(forms.ModelChoiceField):
    """A family of goods."""

    iterator: type[ModelChoiceIterator] = BySector
    default_error_messages: ClassVar = {
        "required": _("Pilih kategori yang paling dekat."),
        "invalid_choice": _("Kategori ini tidak ada dalam daftar. Pilih yang lain."),
    }

    def __init__(self, **options: Any) -> None:
        goods = Category.objects.families().exclude(parent__code=LINES_OF_BUSINESS)
        super().__init__(**{"queryset": goods, "empty_label": _("Pilih kategori"), **options})


class LineChoice(FamilyChoice):
    """A line of business, such as a gift shop: what a firm is, not what it makes."""

    iterator = ModelChoiceIterator

    def __init__(self, **options: Any) -> None:
        lines = Category.objects.filter(parent__code=LINES_OF_BUSINESS).order_by("position", "pk")
        super().__init__(**{"queryset": lines, "empty_label": _("belum diketahui"), **options})


class UnitChoice(forms.ModelChoiceField):
    """A unit of trade."""

    default_error_messages: ClassVar = {
        "invalid_choice": _("Satuan ini tidak ada dalam daftar. Pilih yang lain.")
    }

    def __init__(self, **options: Any) -> None:
        units = Unit.objects.order_by("dimension", "pk")
        super().__init__(**{"queryset": units, "empty_label": _("Pilih satuan"), **options})


class AreaChoice(forms.ChoiceField):
    """A province, or one of a few regencies and cities, by its code (``33``, ``33.72``); empty: anywhere."""

    default_error_messages: ClassVar = {
        "invalid_choice": _("Wilayah ini tidak ada dalam daftar. Pilih yang lain.")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"choices": area_choices, "required": False, **options})

    def offer(self, regions: Iterable[Region]) -> None:
        """Offer these regencies and cities beside the provinces."""
        self.choices = partial(area_choices, tuple(regions))

    def prepare_value(self, value: Any) -> Any:
        """Show a province, a regency or a city by its code; a code that was typed stays as it is."""
        return value.code if isinstance(value, Province | Region) else value


def area_choices(regions: Iterable[Region] = ()) -> list[tuple[str, Any]]:
    """Return anywhere, then ``regions``, then every province by name. Costs one query."""
    provinces = Province.objects.order_by("name", "pk").values_list("code", "name")
    return [("", _("di mana saja")), *((region.code, region.name) for region in regions), *provinces]


class PhoneField(PlainTextField):
    """A phone number, typed the way people write it: ``0812-3456-7890`` or ``62812…``. Gives E.164."""

    widget = forms.TextInput
    default_error_messages: ClassVar = {
        "invalid": _("Nomor ini tidak lengkap atau salah. Tulis nomor HP/WA, mis. 0812 3456 7890.")
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return read_phone(text) or ""
        except CellProblem as problem:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from problem

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number the way it is dialled at home; what a person typed stays as typed."""
        return value.as_national if isinstance(value, PhoneNumber) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
