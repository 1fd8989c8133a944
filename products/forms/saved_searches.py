"""The form that saves a search: whose address, and the agreement to be written to."""

from datetime import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from products.saved_searches import CONSENT_SENTENCE
from tradecontact import form_tokens

SUBJECT = "saved-search"


class SaveSearchForm(forms.Form):
    """An address and a consent; a trap and an age hold back bots, and cost a person one more press."""

    email = forms.EmailField(
        label=_("Alamat e-mail"),
        max_length=254,
        help_text=_("Kami mengirim tautan ke alamat ini. Kabar baru dikirim setelah Anda membukanya."),
        error_messages={
            "required": _("Tulis alamat e-mail Anda."),
            "invalid": _("Tulis alamat e-mail lengkap, mis. nama@contoh.id."),
            "max_length": _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    has_consent = forms.BooleanField(
        label=CONSENT_SENTENCE,
        error_messages={"required": _("Beri tanda persetujuan, supaya kami boleh mengirim kabar.")},
    )
    website = forms.CharField(label=_("Situs web"), required=False)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    default_error_messages: ClassVar[dict[str, Any]] = {
        "expired": _(
            "Formulir ini sudah lama terbuka. Isian Anda masih ada: periksa, lalu tekan Simpan lagi."
        ),
        "perhaps_bot": _("Belum tersimpan. Isian Anda masih ada: periksa sebentar, lalu tekan Simpan lagi."),
    }

    def __init__(self, data: Any = None, *, now: datetime, email: str = "", is_account: bool = False) -> None:
        """``is_account`` says that ``email`` is the reader's own account, which needs no confirmation."""
        token = form_tokens.new_token(SUBJECT, now)
        super().__init__(data, initial={"form_token": token, "email": email})
        self.now = now
        if is_account:
            field = self.fields["email"]
            field.disabled, field.help_text = True, _("Alamat akun Anda.")

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        token = form_tokens.read_token(entered.get("form_token", ""), SUBJECT, self.now)
        if token is None:
            self._type("form_token", form_tokens.new_token(SUBJECT, self.now))
            self.add_error(None, self.default_error_messages["expired"])
        elif token.is_too_young or entered.get("website"):
            self._type("website", "")
            self.add_error(None, self.default_error_messages["perhaps_bot"])
        else:
            entered["form_token"] = token.value
        return entered

    def entered(self) -> dict[str, Any]:
        """Return what ``save_search`` needs of a valid form."""
        return {name: self.cleaned_data[name] for name in ("email", "form_token")}

    def _type(self, name: str, value: str) -> None:
        """Show another value in a field when the form comes back."""
        data = cast("QueryDict", self.data).copy()
        data[name] = value
        self.data = data
