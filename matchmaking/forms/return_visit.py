"""The form of a return visit: who receives it, when and where."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matchmaking.models import Delegation
from products.forms.profiles import text_options
from tradecontact.fields import DayField, PlainTextField

PICK = _("Pilih salah satu dinas tamu sebagai tuan rumah.")


class ReturnVisitForm(forms.Form):
    """With one guest there is nothing to choose: it receives the visit."""

    host = forms.TypedChoiceField(
        label=_("Tuan rumah kunjungan balasan"),
        widget=forms.RadioSelect,
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    starts_on = DayField(
        label=_("Tanggal mulai"), required=False, help_text=_("Kosongkan untuk program tanpa tanggal.")
    )
    ends_on = DayField(
        label=_("Tanggal selesai"), required=False, help_text=_("Kosongkan bila hanya satu hari.")
    )
    place = PlainTextField(label=_("Tempat"), **text_options(160))

    def __init__(self, *args: Any, hosts: list[Delegation], **options: Any) -> None:
        super().__init__(*args, **options)
        by_pk = {str(row.pk): row for row in hosts}
        field = cast("forms.TypedChoiceField", self.fields["host"])
        field.choices = [(key, row.office.region.name) for key, row in by_pk.items()]
        field.coerce = by_pk.__getitem__
        if len(hosts) == 1:
            self.initial["host"] = str(hosts[0].pk)

    def clean(self) -> dict[str, Any]:
        """A visit without a last day lasts one day."""
        entered = super().clean() or self.cleaned_data
        starts, ends = entered.get("starts_on"), entered.get("ends_on")
        if ends and not starts and "starts_on" not in self.errors:
            self.add_error("starts_on", gettext("Isi tanggal mulai juga."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("Tanggal selesai tidak boleh sebelum tanggal mulai."))
        entered["ends_on"] = ends or starts
        return entered
