"""The form of a follow-up question: one button, with a reason where it has stopped, and a note."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.commitments import Terms
from matchmaking.followups import Answer, Reply
from matchmaking.forms.money import DealForm
from matchmaking.models import Commitment, Pair, Reason
from products.forms.profiles import text_options
from tradecontact.fields import DayField, PlainTextField, RupiahField

PICK = _("Pilih masih jalan, ada pesanan, atau alasan berhenti.")


class ReplyForm(forms.Form):
    """``jawaban`` is the button: ``still``, ``ordered``, or ``stopped:`` with the code of a reason."""

    jawaban = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[
            (Answer.STILL.value, Answer.STILL.label),
            (Answer.ORDERED.value, Answer.ORDERED.label),
            *((f"stopped:{reason.value}", reason.label) for reason in Reason),
        ],
        error_messages={"required": PICK, "invalid_choice": PICK},
    )
    lacking = forms.ChoiceField(
        label=_("Usaha yang perlu dibantu"),
        required=False,
        error_messages={"invalid_choice": _("Pilih salah satu dari kedua usaha.")},
    )
    note = PlainTextField(
        label=_("Catatan, tidak wajib"),
        help_text=_("Dibaca kedua usaha dan dinasnya."),
        widget=forms.Textarea(attrs={"rows": 2}),
        **text_options(300),
    )

    def __init__(self, *args: Any, pair: Pair, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sides = {str(side.pk): side for side in (pair.business_a, pair.business_b)}
        names = [(key, side.name) for key, side in self._sides.items()]
        cast("forms.ChoiceField", self.fields["lacking"]).choices = names

    def reply(self) -> Reply:
        """Return what was answered."""
        answer, _colon, reason = self.cleaned_data["jawaban"].partition(":")
        return Reply(
            answer=Answer(answer),
            reason=Reason(reason) if reason else None,
            note=self.cleaned_data["note"],
            lacking=self._sides.get(self.cleaned_data["lacking"]),
        )


class OrderForm(DealForm):
    """The order that a side tells of: what, from whom, how much; proof can follow."""

    amount_rupiah = RupiahField(
        label=_("Nilai (Rp)"),
        help_text=_("Rupiah penuh, bukan ribuan. Mis. 30.000.000 atau 30 jt."),
        min_value=1,
        error_messages={"required": _("Isi nilainya."), "min_value": _("Nilai harus lebih dari Rp0.")},
    )
    agreed_on = DayField(
        label=_("Tanggal pada dokumen atau kesepakatan"),
        error_messages={"required": _("Pilih tanggalnya.")},
    )
    document = PlainTextField(
        label=_("Nomor dokumen"),
        help_text=_("Nomor surat, pesanan, atau kuitansi, bila ada."),
        **text_options(80),
    )

    def terms(self) -> Terms:
        """Return what was entered as an order of a sale."""
        return Terms(level=Commitment.Level.ORDER, kind=Commitment.Kind.SALE, **self.deal())
