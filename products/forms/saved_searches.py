"""The form that saves a search: whose address, and the agreement to be written to."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from products.saved_searches import CONSENT_SENTENCE
from tradecontact.form_tokens import YOUNGEST
from tradecontact.public_forms import PublicForm

SUBJECT = "saved-search"


class SaveSearchForm(PublicForm):
    """An address and a consent."""

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
    default_error_messages: ClassVar[dict[str, Any]] = {
        "expired": _(
            "Formulir ini sudah lama terbuka. Isian Anda masih ada: periksa, lalu tekan Simpan lagi."
        ),
        "perhaps_bot": _("Belum tersimpan. Isian Anda masih ada: periksa sebentar, lalu tekan Simpan lagi."),
    }

    def __init__(
        self,
        data: Any = None,
        *,
        now: datetime,
        youngest: timedelta = YOUNGEST,
        email: str = "",
        is_account: bool = False,
    ) -> None:
        """``is_account`` says that ``email`` is the reader's own account, which needs no confirmation."""
        super().__init__(data, subject=SUBJECT, now=now, youngest=youngest, initial={"email": email})
        if is_account:
            field = self.fields["email"]
            field.disabled, field.help_text = True, _("Alamat akun Anda.")

    def entered(self) -> dict[str, Any]:
        """Return what ``save_search`` needs of a valid form."""
        return {name: self.cleaned_data[name] for name in ("email", "form_token")}
