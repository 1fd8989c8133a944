"""The public form by which a new business applies for a delegation: twelve fields, one page of a phone."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.applications import CONSENT_SENTENCE, Applicant
from matchmaking.forms.inquiries import TOO_LONG
from matchmaking.models import Curation
from products.forms.fields import FamilyChoice, PhoneField, UnitChoice
from tradecontact.fields import PlainTextField, QuantityField, RupiahField
from tradecontact.form_tokens import YOUNGEST
from tradecontact.public_forms import PublicForm


def subject_of(curation: Curation) -> str:
    """Return what the hidden token of an application is about; a token of a product's form is none."""
    return f"curation {curation.pk}"


class ApplicationForm(PublicForm):
    """Who applies, how to reach them, and one product. Unknown numbers may stay empty."""

    name = PlainTextField(
        label=_("Nama usaha"),
        max_length=120,
        error_messages={"required": _("Tulis nama usaha Anda."), **TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    owner_name = PlainTextField(
        label=_("Nama pemilik"),
        max_length=80,
        error_messages={"required": _("Tulis nama pemilik."), **TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Nomor HP/WA"),
        help_text=_("Hasil kurasi dikabarkan lewat nomor ini."),
        error_messages={"required": _("Tulis nomor HP/WA, mis. 0812-3456-7890.")},
    )
    district = PlainTextField(
        label=_("Kecamatan"),
        max_length=60,
        error_messages={"required": _("Tulis kecamatan tempat usaha."), **TOO_LONG},
    )
    nib = PlainTextField(
        label=_("NIB"),
        max_length=30,
        required=False,
        help_text=_("13 angka. Belum punya? Kosongkan saja."),
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    product_name = PlainTextField(
        label=_("Produk utama"),
        max_length=120,
        error_messages={"required": _("Tulis nama satu produk utama."), **TOO_LONG},
    )
    category = FamilyChoice(label=_("Kategori produk"))
    description = PlainTextField(
        label=_("Keterangan produk"),
        max_length=2000,
        required=False,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    price_rupiah = RupiahField(
        label=_("Harga satuan (Rp)"),
        min_value=1,
        required=False,
        error_messages={"min_value": _("Harga harus lebih dari Rp0.")},
    )
    unit = UnitChoice(label=_("Satuan"), required=False)
    capacity_per_month = QuantityField(label=_("Kapasitas per bulan"), required=False)
    has_consent = forms.BooleanField(
        label=CONSENT_SENTENCE,
        error_messages={"required": _("Beri tanda persetujuan, supaya dinas boleh memakai data Anda.")},
    )

    seen_names: ClassVar[tuple[str, ...]] = (
        "name", "owner_name", "phone", "district", "nib", "product_name", "category", "description",
        "price_rupiah", "unit", "capacity_per_month", "has_consent",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, curation: Curation, now: datetime, youngest: timedelta = YOUNGEST
    ) -> None:
        super().__init__(data, subject=subject_of(curation), now=now, youngest=youngest)

    def applicant(self) -> Applicant:
        """Return what ``apply_new`` needs of a valid form."""
        names = [name for name in self.seen_names if name != "has_consent"]
        return cast("Applicant", {name: self.cleaned_data[name] for name in names})
