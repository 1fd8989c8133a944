"""Forms of certificates: writing one down, correcting it, checking it, and taking the check back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.certificates import CertificateFacts
from products.documents import CleanDocument
from products.forms.evidence import EvidenceField
from products.forms.profiles import text_options
from products.forms.versioned import VersionedForm
from products.models import Certificate, Product
from tradecontact.fields import DayField

HELD, IN_PROCESS = "held", "in_process"


class CertificateFields(forms.Form):
    """What is written about a certificate of a kind that is known."""

    status = forms.ChoiceField(
        label=_("Sertifikatnya"),
        choices=[(HELD, _("sudah ada")), (IN_PROCESS, _("sedang diurus"))],
        initial=HELD,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih sudah ada atau sedang diurus."),
            "invalid_choice": _("Pilih sudah ada atau sedang diurus."),
        },
    )
    number = forms.CharField(
        label=_("Nomor"),
        help_text=_("Tulis seperti pada sertifikatnya."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **text_options(60),
    )
    valid_until = DayField(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Kosongkan bila tidak ada batasnya. Dua bulan sebelumnya kami mengingatkan."),
    )
    document = EvidenceField(
        label=_("Foto atau PDF sertifikatnya"),
        required=False,
        help_text=_("Hanya dilihat dinas dan usaha itu sendiri. Paling besar 8 MB."),
    )

    def clean_number(self) -> str:
        """Drop marks that nobody sees, such as those of direction."""
        return "".join(sign for sign in self.cleaned_data["number"] if sign.isprintable()).strip()

    def facts(self) -> CertificateFacts:
        entered = self.cleaned_data
        return CertificateFacts(
            number=entered["number"],
            is_in_process=entered["status"] == IN_PROCESS,
            valid_until=entered["valid_until"],
        )

    def document_sent(self) -> CleanDocument | None:
        return self.cleaned_data["document"]


class CertificateNewForm(CertificateFields):
    """A certificate that is written down for the first time."""

    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=[("", _("Pilih jenis")), *Certificate.Kind.choices],
        error_messages={
            "required": _("Pilih jenis sertifikat."),
            "invalid_choice": _("Pilih jenis sertifikat dari daftar."),
        },
    )
    product = forms.ChoiceField(
        label=_("Untuk produk"),
        required=False,
        error_messages={"invalid_choice": _("Pilih produk dari daftar.")},
    )

    field_order = ("kind", "product")

    def __init__(self, data: Any = None, *, products: Iterable[Product], **options: Any) -> None:
        super().__init__(data, **options)
        self._products = {str(product.pk): product for product in products}
        named = [(key, product.name) for key, product in self._products.items()]
        self.fields["product"].choices = [("", _("semua produk usaha ini")), *named]  # type: ignore[attr-defined]

    def product_chosen(self) -> Product | None:
        return self._products.get(self.cleaned_data["product"])


class CertificateEditForm(CertificateFields, VersionedForm):
    """A certificate that stands already; another kind is another certificate."""

    def values_of(self, row: Certificate) -> dict[str, Any]:
        return {
            "status": self.stored(row, "status"),
            "number": row.number,
            "valid_until": row.valid_until,
            "version": row.version,
        }

    def entered(self) -> dict[str, Any]:
        return {name: value for name, value in super().entered().items() if name != "document"}

    def stored(self, row: Certificate, name: str) -> Any:
        if name == "status":
            return IN_PROCESS if row.state == Certificate.State.IN_PROCESS else HELD
        return super().stored(row, name)


class CheckForm(forms.Form):
    """An officer has seen a certificate: the file, or how it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Bagaimana Anda memeriksanya"),
        help_text=_("Mis. dilihat aslinya di tempat usaha, atau dicari di situs penerbitnya."),
        **text_options(300),
    )
    document = EvidenceField(
        label=_("Foto atau PDF sertifikatnya"),
        required=False,
        help_text=_("Hanya dilihat dinas dan usaha itu sendiri. Paling besar 8 MB."),
    )


class ReasonForm(forms.Form):
    """Why something no longer holds."""

    reason = forms.CharField(
        label=_("Alasan"), **text_options(300, _("Tulis mengapa hal ini tidak berlaku lagi."))
    )
