"""Forms of quotes: asking for them, and giving one."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matchmaking.quotes import Terms
from products.forms.profiles import text_options
from products.models import Need, Unit
from tradecontact.fields import DayField, PlainTextField, QuantityField, RupiahField


class QuoteRequestForm(forms.Form):
    """What the buyer asks its partners, and when the asking ends."""

    need = forms.ChoiceField(
        label=_("Untuk kebutuhan"),
        required=False,
        error_messages={"invalid_choice": _("Pilih kebutuhan dari daftar.")},
    )
    what = PlainTextField(
        label=_("Apa yang diminta harganya?"),
        required=False,
        help_text=_("Mis. 1.000 kotak kue 20×20 cm, sablon satu warna. Kosong: seperti kebutuhannya."),
        max_length=200,
        error_messages={
            "max_length": _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.")
        },
    )
    closes_on = DayField(label=_("Ditutup tanggal"), required=False)
    closes_at_count = QuantityField(
        label=_("Atau setelah berapa penawaran"),
        required=False,
        max_value=99,
        help_text=_("Isi salah satu atau keduanya: yang lebih dahulu tercapai menutup permintaan."),
    )

    def __init__(self, *args: Any, needs: Iterable[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        self._needs = {str(need.pk): need for need in needs}
        texts = [(key, need.text[:90]) for key, need in self._needs.items()]
        cast("forms.ChoiceField", self.fields["need"]).choices = [("", _("bukan dari daftar")), *texts]

    def clean(self) -> dict[str, Any]:
        """Take the words of the need when there are none, and say beside the field what is missing."""
        entered = super().clean() or self.cleaned_data
        need = self._needs.get(entered.get("need", ""))
        if not entered.get("what") and need is not None:
            entered["what"] = need.text[:200]
        if not entered.get("what") and "what" not in self.errors:
            self.add_error("what", _("Tulis apa yang diminta harganya, atau pilih kebutuhannya."))
        ends = entered.get("closes_on") or entered.get("closes_at_count")
        if not ends and not {"closes_on", "closes_at_count"} & self.errors.keys():
            self.add_error("closes_on", _("Isi tanggal tutup, atau setelah berapa penawaran."))
        return {**entered, "need": need}


class QuoteForm(forms.Form):
    """What a seller asks for one unit, and on which terms."""

    price_rupiah = RupiahField(
        label=_("Harga per satuan (Rp)"),
        min_value=1,
        help_text=_("Rupiah penuh, bukan ribuan."),
        error_messages={
            "required": _("Tulis harga per satuan."),
            "min_value": _("Nilai harus lebih dari Rp0."),
        },
    )
    quantity = QuantityField(label=_("Untuk jumlah"), error_messages={"required": _("Tulis jumlahnya.")})
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Satuan"),
        empty_label=None,
        error_messages={
            "required": _("Pilih satuannya."),
            "invalid_choice": _("Pilih satuan dari daftar."),
        },
    )
    lead_time_days = QuantityField(label=_("Siap dalam berapa hari kerja"), required=False, max_value=999)
    valid_until = DayField(label=_("Harga berlaku sampai"), required=False)
    terms = PlainTextField(
        label=_("Syarat"),
        help_text=_("Mis. uang muka 30%, ongkos kirim ditanggung pembeli."),
        **text_options(300),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField", self.fields["unit"]).queryset = units

    def terms_entered(self) -> Terms:
        return Terms(**self.cleaned_data)
