"""Fields that take a file as proof: what comes out is clean, whatever went in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.documents import CleanDocument, read_document, read_photo


class EvidenceField(forms.FileField):
    """A photo or a PDF; with ``is_photo`` a photo only. Its value is a ``CleanDocument`` or None."""

    default_error_messages = {
        "required": _("Pilih berkasnya."),
        "invalid": _("Berkasnya tidak ikut terkirim. Pilih sekali lagi."),
        "missing": _("Berkasnya tidak ikut terkirim. Pilih sekali lagi."),
        "empty": _("Berkas ini kosong. Pilih sekali lagi."),
    }

    def __init__(self, *, is_photo: bool = False, **options: Any) -> None:
        self._read = read_photo if is_photo else read_document
        types = ".jpg,.jpeg,.png,.webp" if is_photo else ".jpg,.jpeg,.png,.webp,.pdf"
        super().__init__(**{"widget": forms.FileInput(attrs={"accept": types}), **options})

    def clean(self, data: Any, initial: Any = None) -> CleanDocument | None:
        sent = super().clean(data, initial)
        return self._read(sent, name=sent.name) if sent else None
