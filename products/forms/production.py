"""The form of a visit on which an officer saw the goods being made."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from products.forms.evidence import EvidenceField
from products.forms.profiles import text_options
from tradecontact.fields import DayField


class ProductionForm(forms.Form):
    """A visit: when, a photo of the making, and what was seen."""

    visited_on = DayField(
        label=_("Tanggal kunjungan"), error_messages={"required": _("Pilih tanggal kunjungan.")}
    )
    photo = EvidenceField(
        label=_("Foto pembuatannya"),
        is_photo=True,
        help_text=_("Foto ini bukti, dan hanya dilihat dinas dan usaha itu sendiri. Paling besar 8 MB."),
    )
    note = forms.CharField(
        label=_("Catatan"),
        help_text=_("Mis. apa yang dibuat sendiri, dan berapa orang yang mengerjakannya."),
        **text_options(300),
    )

    def __init__(self, data: Any = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self._today = today

    def clean_visited_on(self) -> date:
        """A visit that has not been made proves nothing."""
        day: date = self.cleaned_data["visited_on"]
        if day > self._today:
            raise forms.ValidationError(
                gettext("Tanggal kunjungan belum tiba. Pilih hari ini atau sebelumnya.")
            )
        return day
