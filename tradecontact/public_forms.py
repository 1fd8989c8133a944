"""What every form that anybody may send has in common: two presses are one, and bots are held back."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tradecontact import form_tokens


class PublicForm(forms.Form):
    """A signed token, a least age, and a field that people do not see: no captcha.

    Whoever is held back by mistake presses once more. A valid form has the token's UUID as
    ``form_token``: the same UUID is the same press. Templates draw both fields with
    ``components/_bot_trap.html``.
    """

    website = forms.CharField(label=_("Situs web"), required=False)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    seen_names: ClassVar[tuple[str, ...]] = ()
    default_error_messages: ClassVar[dict[str, Any]] = {
        "expired": _(
            "Formulir ini sudah lama terbuka. Isian Anda masih ada: periksa, lalu tekan Kirim lagi."
        ),
        "perhaps_bot": _("Belum terkirim. Isian Anda masih ada: periksa sebentar, lalu tekan Kirim lagi."),
    }

    def __init__(
        self,
        data: Any = None,
        *,
        subject: str,
        now: datetime,
        youngest: timedelta = form_tokens.YOUNGEST,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """``subject`` names what the form is about, ``youngest`` is the least age of a form that is sent."""
        token = form_tokens.new_token(subject, now)
        super().__init__(data, initial={**(initial or {}), "form_token": token})
        self.subject, self.now, self.youngest = subject, now, youngest
        self.is_caught = False

    def seen_fields(self) -> list[forms.BoundField]:
        """Return the fields for people; the trap for bots is laid out of sight."""
        return [self[name] for name in self.seen_names]

    def clean(self) -> dict[str, Any]:
        """Hold back bots in a way that costs a person one more press."""
        entered = super().clean() or {}
        token = form_tokens.read_token(entered.get("form_token", ""), self.subject, self.now)
        if token is None:
            self._catch("expired", form_token=form_tokens.new_token(self.subject, self.now))
        elif token.age < self.youngest or entered.get("website"):
            self._catch("perhaps_bot", website="")
        else:
            entered["form_token"] = token.value
        return entered

    def _catch(self, code: str, **shown: str) -> None:
        """Refuse the form, and show other values in it when it comes back."""
        self.is_caught = True
        data = cast("QueryDict", self.data).copy()
        for name, value in shown.items():
            data[name] = value
        self.data = data
        self.add_error(None, self.default_error_messages[code])
