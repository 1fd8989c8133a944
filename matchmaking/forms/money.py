"""Forms of commitments: a sale, goods on consignment, their settlement, an answer, a withdrawal."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.commitments import Terms, Word
from matchmaking.models import Commitment, Confirmation
from products.documents import CleanDocument
from products.forms.evidence import EvidenceField
from products.forms.fields import FamilyChoice, UnitChoice
from products.forms.profiles import text_options
from products.models import Business
from tradecontact.fields import DayField, PlainTextField, QuantityField, RupiahField
from tradecontact.templatetags.tradecontact_tags import rupiah, tanggal

READ_BY = _("Dibaca kedua usaha dan dinasnya. Paling besar 8 MB.")
PICK_LEVEL = _("Pilih tingkatnya: potensi, LoI, pesanan, atau realisasi.")
PICK_SELLER = _("Pilih siapa yang menjual.")
PICK_ANSWER = _("Pilih setuju, nilainya lain, atau tidak benar.")
PICK_BELOW = _("Pilih catatan dari daftar.")
PICK_BAND = _("Pilih salah satu dari daftar.")
WRITE_DAYS = _("Tulis angka dari 1 sampai 365.")
MORE_THAN_NOTHING = _("Nilai harus lebih dari Rp0.")


def _amount(label: Any, help_text: Any, missing: Any, **options: Any) -> RupiahField:
    messages = {"required": missing, "min_value": MORE_THAN_NOTHING}
    return RupiahField(
        label=label, help_text=help_text, **{"min_value": 1, "error_messages": messages, **options}
    )


def _document(help_text: Any) -> PlainTextField:
    return PlainTextField(label=_("Nomor dokumen"), help_text=help_text, **text_options(80))


def _day(label: Any) -> DayField:
    return DayField(label=label, error_messages={"required": _("Pilih tanggalnya.")})


class DealForm(forms.Form):
    """What goods go from whom to whom."""

    seller = forms.ChoiceField(
        label=_("Siapa yang menjual?"),
        widget=forms.RadioSelect,
        error_messages={"required": PICK_SELLER, "invalid_choice": PICK_SELLER},
    )
    goods = PlainTextField(
        label=_("Barang apa?"),
        help_text=_("Mis. sepatu kulit pria."),
        **text_options(160, _("Tulis barang apa yang disepakati.")),
    )
    category = FamilyChoice(
        label=_("Kategori"),
        required=False,
        empty_label=_("belum diketahui"),
        help_text=_("Supaya terhitung pada komoditasnya."),
    )
    quantity = QuantityField(label=_("Jumlah"), required=False)
    unit = UnitChoice(label=_("Satuan"), required=False)

    def __init__(self, *args: Any, sellers: Sequence[Business], **options: Any) -> None:
        super().__init__(*args, **options)
        self._sellers = {str(side.pk): side for side in sellers}
        names = [(key, side.name) for key, side in self._sellers.items()]
        field = cast("forms.ChoiceField", self.fields["seller"])
        field.choices = names
        if len(names) == 1:
            field.initial = names[0][0]

    def seller_chosen(self) -> Business:
        return self._sellers[self.cleaned_data["seller"]]

    def deal(self) -> dict[str, Any]:
        """Return the part of the terms that every kind of deal has."""
        names = ("goods", "category", "quantity", "unit", "amount_rupiah", "agreed_on", "document")
        return {name: self.cleaned_data[name] for name in names}

    def file_sent(self) -> CleanDocument | None:
        return self.cleaned_data["file"]


class CommitmentForm(DealForm):
    """A rung of a sale."""

    level = forms.ChoiceField(
        label=_("Sudah sampai tingkat apa?"),
        choices=Commitment.Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": PICK_LEVEL, "invalid_choice": PICK_LEVEL},
    )
    amount_rupiah = _amount(
        _("Nilai (Rp)"), _("Rupiah penuh, bukan ribuan. Mis. 30.000.000 atau 30 jt."), _("Isi nilainya.")
    )
    agreed_on = _day(_("Tanggal pada dokumen atau kesepakatan"))
    due_on = DayField(
        label=_("Jatuh tempo"),
        required=False,
        help_text=_("Kapan dikirim, dibayar, atau diputuskan."),
    )
    document = _document(_("Nomor surat, pesanan, atau kuitansi, bila ada."))
    file = EvidenceField(
        label=_("Foto atau PDF buktinya"),
        required=False,
        help_text=_(
            "Wajib untuk realisasi, mis. kuitansi. Dibaca kedua usaha dan dinasnya, paling besar 8 MB."
        ),
    )
    grew_from = forms.ChoiceField(
        label=_("Tumbuh dari catatan"),
        required=False,
        help_text=_("Mis. pesanan ini tumbuh dari LoI yang mana."),
        error_messages={"invalid_choice": PICK_BELOW},
    )

    field_order = ("level", "seller")

    def __init__(self, *args: Any, below: Iterable[Commitment], **options: Any) -> None:
        super().__init__(*args, **options)
        self._below = {str(row.pk): row for row in below}
        rows = [(key, _name_of(row)) for key, row in self._below.items()]
        cast("forms.ChoiceField", self.fields["grew_from"]).choices = [("", _("tidak ada")), *rows]

    def terms(self) -> Terms:
        return Terms(
            level=Commitment.Level(self.cleaned_data["level"]),
            kind=Commitment.Kind.SALE,
            due_on=self.cleaned_data["due_on"],
            grew_from=self._below.get(self.cleaned_data["grew_from"]),
            **self.deal(),
        )


class ConsignmentForm(DealForm):
    """Goods handed over to be sold, and when they are settled."""

    amount_rupiah = _amount(
        _("Nilai barang titipan (Rp)"),
        _("Yang diterima penjual bila semuanya laku. Rupiah penuh."),
        _("Isi nilai barang yang dititipkan."),
    )
    settlement_days = QuantityField(
        label=_("Dibayar dalam berapa hari?"),
        help_text=_("Dihitung dari tanggal titip. Mis. 30."),
        max_value=365,
        error_messages={
            "required": _("Isi dalam berapa hari titipan ini dibayar."),
            "min_value": WRITE_DAYS,
            "max_value": WRITE_DAYS,
        },
    )
    agreed_on = _day(_("Tanggal titip"))
    document = _document(_("Nomor tanda terima, bila ada."))
    file = EvidenceField(label=_("Foto tanda terimanya"), required=False, help_text=READ_BY)

    def terms(self) -> Terms:
        return Terms(
            level=Commitment.Level.ORDER,
            kind=Commitment.Kind.CONSIGNMENT,
            settlement_days=self.cleaned_data["settlement_days"],
            **self.deal(),
        )


class SettlementForm(forms.Form):
    """What of a consignment was sold and paid, and what was left over."""

    amount_rupiah = _amount(
        _("Laku dan sudah dibayar (Rp)"),
        _("Yang benar-benar diterima penjual."),
        _("Isi berapa yang laku dan dibayar."),
        error_messages={
            "required": _("Isi berapa yang laku dan dibayar."),
            "min_value": _("Tidak ada yang laku? Tarik titipannya dengan alasan itu."),
        },
    )
    unsold_rupiah = _amount(
        _("Tidak laku (Rp)"),
        _("Nilai barang yang tersisa atau dikembalikan. Tulis 0 bila habis terjual. Tidak ikut dihitung."),
        _("Isi nilai barang yang tidak laku; tulis 0 bila habis terjual."),
        min_value=0,
    )
    agreed_on = _day(_("Tanggal dibayar"))
    document = _document(_("Nomor kuitansi atau bukti transfer, bila ada."))
    file = EvidenceField(
        label=_("Foto atau PDF buktinya"),
        help_text=READ_BY,
        error_messages={"required": _("Realisasi memerlukan bukti, mis. foto kuitansi.")},
    )

    def terms(self, consignment: Commitment) -> Terms:
        entered = self.cleaned_data
        return Terms(
            level=Commitment.Level.REALISED,
            kind=Commitment.Kind.CONSIGNMENT,
            goods=consignment.goods,
            category=consignment.category,
            grew_from=consignment,
            **{name: value for name, value in entered.items() if name != "file"},
        )


class ConfirmForm(forms.Form):
    """One side's word on a commitment, in 20 seconds."""

    answer = forms.ChoiceField(
        label=_("Benarkah ini?"),
        choices=Confirmation.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": PICK_ANSWER, "invalid_choice": PICK_ANSWER},
    )
    amount_rupiah = _amount(_("Nilai yang benar (Rp)"), _("Hanya bila nilainya lain."), "", required=False)
    note = PlainTextField(
        label=_("Catatan"),
        help_text=_("Perlu bila tidak benar. Dibaca kedua usaha dan dinasnya."),
        **text_options(300),
    )
    without_office = forms.ChoiceField(
        label=_("Tanpa bantuan dinas, berapa dari ini yang akan tetap terjadi?"),
        choices=[("", _("tidak dijawab")), *Confirmation.Band.choices],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": PICK_BAND},
    )

    def word(self) -> Word:
        answer = Confirmation.Answer(self.cleaned_data["answer"])
        return Word(**self.cleaned_data | {"answer": answer})


class WithdrawForm(forms.Form):
    """Why a row was wrong."""

    reason = PlainTextField(
        label=_("Mengapa ditarik?"),
        help_text=_("Mis. salah ketik nilainya. Dibaca kedua usaha dan dinasnya."),
        **text_options(200, _("Tulis mengapa catatan ini ditarik.")),
    )


def _name_of(row: Commitment) -> str:
    return f"{row.get_level_display()} {rupiah(row.amount_rupiah)}, {row.goods}, {tanggal(row.agreed_on)}"
