"""The form behind *Mau / Tidak / Jam lain*."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.models import Answer, InterestReason
from tradecontact.fields import PlainTextField

CHOOSE = _("Pilih Mau, Jam lain, atau Tidak.")


class AnswerForm(forms.Form):
    """One side's answer to a pair, with a note that only the offices read."""

    answer = forms.TypedChoiceField(
        label=_("Jawaban"),
        choices=Answer.choices,
        coerce=Answer,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    reason = forms.ChoiceField(
        label=_("Alasan Tidak atau Jam lain"),
        choices=[("", _("tidak disebutkan")), *InterestReason.choices],
        required=False,
        error_messages={"invalid_choice": _("Pilih salah satu alasan dalam daftar.")},
    )
    note = PlainTextField(
        label=_("Catatan"),
        max_length=300,
        required=False,
        help_text=_("Mis. jam yang cocok, atau mengapa belum berminat. Hanya dibaca oleh dinas."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.")
        },
    )

    def clean(self) -> dict[str, Any]:
        """Drop the reason of a *Mau*, which needs none."""
        entered = super().clean() or self.cleaned_data
        if entered.get("answer") == Answer.YES:
            entered["reason"] = ""
        return entered
