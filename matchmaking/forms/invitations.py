"""The form of the invitation desk: who is chosen, and what is done for all of them."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Act:
    """What is done for the chosen businesses."""

    EMAIL, PAPER, SENT = "email", "paper", "sent"
    CHOICES = [
        (EMAIL, _("Kirim e-mail")),
        (PAPER, _("Cetak lembar QR")),
        (SENT, _("Tandai sudah dikirim")),
    ]


class AnyIds(forms.TypedMultipleChoiceField):
    """Ids, whatever they are: ``sending.chosen`` looks whose they are."""

    def valid_value(self, value: object) -> bool:
        return True


class FormTokenForm(forms.Form):
    """The random number of one press, which makes pressing twice safe."""

    form_token = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Muat ulang halaman ini, lalu coba lagi."),
            "invalid": _("Muat ulang halaman ini, lalu coba lagi."),
        },
    )


class SendForm(FormTokenForm):
    """A bulk action of the invitation desk."""

    act = forms.ChoiceField(
        choices=Act.CHOICES,
        error_messages={
            "required": _("Pilih yang akan dilakukan."),
            "invalid_choice": _("Pilih yang akan dilakukan."),
        },
    )
    usaha = AnyIds(
        coerce=int,
        error_messages={
            "required": _("Pilih dahulu siapa yang diundang."),
            "invalid_choice": _("Pilih dahulu siapa yang diundang."),
        },
    )
