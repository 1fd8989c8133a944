"""A form that corrects a row, and shows both texts when somebody else has saved in between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from phonenumber_field.phonenumber import PhoneNumber

from products.forms.fields import PhoneField
from tradecontact.fields import RupiahField
from tradecontact.templatetags.tradecontact_tags import tanggal


@dataclass(frozen=True)
class Difference:
    """What stands in one field now, and what was typed into it; an empty text means nothing."""

    label: str
    stored: str
    typed: str


class VersionedForm(forms.Form):
    """A form of one row that starts with the row's values and remembers their version."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Any, **options: Any) -> None:
        super().__init__(data, initial=self.values_of(row), **options)

    def values_of(self, row: Any) -> dict[str, Any]:
        """Return what the fields show first."""
        return {name: getattr(row, name) for name in self.base_fields}

    def entered(self) -> dict[str, Any]:
        """Return what was entered, by the names of the row's fields."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def differences(self, row: Any) -> list[Difference]:
        """Return every field that was typed otherwise than ``row`` now has it."""
        found = []
        for name, value in self.entered().items():
            stored, typed = self.text_of(name, self.stored(row, name)), self.text_of(name, value)
            if stored != typed:
                found.append(Difference(self.label_of(name), stored, typed))
        return found

    def take_version(self, version: int) -> None:
        """Let the next press of the button overwrite ``version``, which the reader has now seen."""
        data = cast("QueryDict", self.data).copy()
        data["version"] = str(version)
        self.data = data

    def label_of(self, name: str) -> str:
        return str(self.fields[name].label)

    def stored(self, row: Any, name: str) -> Any:
        """Return what stands in the row, in the form of ``entered``."""
        return getattr(row, name)

    def text_of(self, name: str, value: Any) -> str:
        """Return a value as its reader knows it."""
        field = self.fields[name]
        if isinstance(value, list | tuple):
            return ", ".join(self.text_of(name, item) for item in value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            labels = dict(cast("Iterable[tuple[str, Any]]", field.choices))
            return str(labels.get("" if value is None else str(value), ""))
        if isinstance(field, RupiahField):
            value = field.prepare_value(value)
        if isinstance(field, PhoneField):
            value = field.prepare_value(value and PhoneNumber.from_string(str(value)))
        if isinstance(value, date):
            return tanggal(value)
        return "" if value is None else str(value)
