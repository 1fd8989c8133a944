"""Forms of the groups of equal words: the words of a group, and what to show of the list."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.forms.versioned import VersionedForm
from products.models import SearchSynonym

REMOVED = "dihapus"
BETWEEN_WORDS = re.compile(r"[,;|\r\n]+")


class WordsField(forms.CharField):
    """Words and phrases with commas or line breaks between them."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return [word.strip() for word in BETWEEN_WORDS.split(text) if word.strip()]


class SynonymsForm(forms.Form):
    """A new group of equal words."""

    words = WordsField(
        label=_("Kata yang sama artinya"),
        max_length=1000,
        help_text=_("Pisahkan dengan koma, mis. “ransel, tas punggung, backpack”."),
        error_messages={
            "required": _("Tulis kata-katanya, mis. kemasan, packaging."),
            "max_length": _("Terlalu panjang. Tulis paling banyak 1.000 huruf."),
        },
    )


class SynonymsEditForm(SynonymsForm, VersionedForm):
    """Changing the words of a group."""

    def values_of(self, row: SearchSynonym) -> dict[str, Any]:
        return {"words": row.words, "version": row.version}


class SynonymsFilter(forms.Form):
    """What an officer may ask of the list; an unknown value filters nothing."""

    q = forms.CharField(label=_("Cari kata"), max_length=40, required=False)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), choices=[("", _("dipakai")), (REMOVED, _("dihapus"))], required=False
    )

    def asked(self) -> tuple[str, bool]:
        """Return the words to look for, and whether removed groups are asked for."""
        self.is_valid()
        return self.cleaned_data.get("q", ""), self.cleaned_data.get("keadaan") == REMOVED
