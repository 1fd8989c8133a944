"""An office's own wording as it is typed."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from outbox.office_wording import Wording


class WordingForm(forms.Form):
    """Subject and body, with the version that the editing started from."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    subject = forms.CharField(
        label=_("Judul"),
        max_length=200,
        help_text=_("Tanpa isian alamat: judul dapat terbaca orang lain."),
        error_messages={"required": _("Tulis judulnya.")},
    )
    body = forms.CharField(
        label=_("Isi"),
        max_length=5000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Tulis isinya.")},
    )

    def __init__(self, data: Any = None, *, wording: Wording) -> None:
        start = {"version": wording.version, "subject": wording.subject, "body": wording.body}
        super().__init__(data, initial=start)

    def take_version(self, version: int) -> None:
        """Let the next press of the button overwrite ``version``, which the reader has now seen."""
        data = cast("QueryDict", self.data).copy()
        data["version"] = str(version)
        self.data = data

    def clean_body(self) -> str:
        """Lines end as Python writes them, whatever the browser sent."""
        return self.cleaned_data["body"].replace("\r\n", "\n").strip() + "\n"
