"""Forms of a delegation: putting businesses in, taking one out."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.models import Delegation
from products.models import Business
from tradecontact.fields import PlainTextField


class ParticipantsForm(forms.Form):
    """Businesses to put into a delegation; one that belongs elsewhere refuses the whole list."""

    businesses = forms.ModelMultipleChoiceField(
        Business.objects.none(),
        label=_("Pelaku usaha"),
        error_messages={
            "required": _("Pilih paling sedikit satu pelaku usaha."),
            "invalid_choice": _("Ada pilihan yang bukan pelaku usaha daerah ini. Pilih lagi dari daftar."),
            "invalid_pk_value": _("Ada pilihan yang bukan pelaku usaha daerah ini. Pilih lagi dari daftar."),
        },
    )

    def __init__(self, data: Any = None, *, delegation: Delegation) -> None:
        super().__init__(data)
        own = Business.objects.filter(region=delegation.office.region_id)
        cast("forms.ModelMultipleChoiceField", self.fields["businesses"]).queryset = own


class RemovalForm(forms.Form):
    """Why a business leaves the delegation."""

    reason = PlainTextField(
        label=_("Alasan"),
        max_length=200,
        help_text=_("Tercatat dalam riwayat, mis. “Pemilik sakit, digantikan tahun depan”."),
        error_messages={
            "required": _("Tulis alasannya, supaya rekan Anda mengerti."),
            "max_length": _("Alasan terlalu panjang. Tulis paling banyak 200 huruf."),
        },
    )
