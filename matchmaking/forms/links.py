"""The form behind *Mau / Tidak / Jam lain*."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.models import Answer
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
