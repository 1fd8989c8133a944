"""Forms of the proposals: adding a pair, hiding one, asking why two businesses are not on the list."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.models import Business
from tradecontact.fields import PlainTextField

LONGEST_REASON = 200
REASON_ERRORS = {
    "required": _("Tulis alasannya, supaya dinas lain mengerti."),
    "max_length": _("Alasan terlalu panjang. Tulis paling banyak 200 huruf."),
}


class ParticipantField(forms.TypedChoiceField):
    """One business of the trade contact, chosen from a list grouped by region."""

    default_error_messages = {
        "required": _("Pilih pelaku usaha."),
        "invalid_choice": _("Pelaku usaha ini tidak ikut dalam kontak dagang. Pilih dari daftar."),
    }

    def __init__(self, *, label: Any, businesses: Sequence[Business]) -> None:
        self._by_pk = {business.pk: business for business in businesses}
        groups = groupby(businesses, key=lambda business: business.region.name)
        choices = [(region, [(one.pk, one.name) for one in rows]) for region, rows in groups]
        empty = ("", _("Pilih pelaku usaha"))
        super().__init__(label=label, choices=[empty, *choices], coerce=self._business)

    def _business(self, value: str) -> Business:
        return self._by_pk[int(value)]


class TwoBusinessesForm(forms.Form):
    """Any two businesses of the contact; ``businesses`` come with their regions, in their order."""

    def __init__(
        self, data: Any = None, *, businesses: Sequence[Business], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        sides = {
            "one": ParticipantField(label=_("Pelaku usaha"), businesses=businesses),
            "other": ParticipantField(label=_("Pelaku usaha dari daerah lain"), businesses=businesses),
        }
        self.fields = sides | self.fields

    def clean(self) -> dict[str, Any]:
        """Refuse the same business twice."""
        chosen = super().clean() or self.cleaned_data
        if "one" in chosen and chosen["one"] == chosen.get("other"):
            self.add_error("other", _("Pilih dua pelaku usaha yang berbeda."))
        return chosen


class PairAddForm(TwoBusinessesForm):
    reason = PlainTextField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        help_text=_("Dibaca kedua dinas, mis. “Sudah pernah berkirim contoh barang tahun lalu”."),
        error_messages=REASON_ERRORS,
    )


class PairHideForm(forms.Form):
    reason = PlainTextField(
        label=_("Alasan"),
        max_length=LONGEST_REASON,
        help_text=_("Dibaca kedua dinas, mis. “Keduanya sudah bekerja sama”."),
        error_messages=REASON_ERRORS,
    )
