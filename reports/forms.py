"""What a reader asks, from the query string; a value nobody knows asks for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from reports.ledger import Rung
from reports.scope import Dimension, Scope
from reports.words import DIMENSIONS, FATES, MARKS, RUNGS, STAGES, STANDINGS, Words

AnyScope = TypeVar("AnyScope", bound=Scope)
Choices = Sequence[tuple[str, str]]

PARAMETERS = {
    "contact": "kontak",
    "year": "tahun",
    "direction": "arah",
    "office": "dinas",
    "commodity": "komoditas",
    "district": "kecamatan",
    "rung": "tingkat",
    "standing": "keadaan",
    "stage": "langkah",
    "fate": "nasib",
    "business": "usaha",
    "mark": "hanya",
}
"""What a part of a question is called in an address."""


def query_of(scope: Scope, **more: str) -> str:
    """Return a question as the query of an address, ``?kontak=bandung-solo``; all rows are ``?``."""
    query = QueryDict(mutable=True)
    for name, value in scope.asked.items():
        query[PARAMETERS[name]] = str(value)
    query.update({name: value for name, value in more.items() if value})
    return f"?{query.urlencode()}"


class QuestionForm(forms.Form):
    """Asks for a contact, a year and what else the rows can be told apart by."""

    kontak = forms.ChoiceField(label=_("Kontak dagang"), required=False)
    tahun = forms.ChoiceField(label=_("Tahun kontak"), required=False)
    arah = forms.ChoiceField(label=_("Arah (penjual → pembeli)"), required=False)
    dinas = forms.ChoiceField(label=_("Dinas"), required=False)
    komoditas = forms.ChoiceField(label=_("Komoditas"), required=False)
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    per = forms.ChoiceField(label=_("Rinci menurut"), required=False)
    tingkat = forms.ChoiceField(label=_("Tingkat"), required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False)
    langkah = forms.ChoiceField(label=_("Paling sedikit sampai"), required=False)
    nasib = forms.ChoiceField(label=_("Hanya yang"), required=False)
    usaha = forms.IntegerField(label=_("Usaha nomor"), required=False, min_value=1, max_value=2**63 - 1)
    hanya = forms.ChoiceField(label=_("Hanya"), required=False)

    def __init__(self, data: Mapping[str, Any], options: Mapping[str, Choices]) -> None:
        super().__init__(data)
        known: dict[str, Choices] = {
            "per": _choices(DIMENSIONS),
            "rung": _choices(RUNGS),
            "standing": _choices(STANDINGS),
            "stage": _choices(STAGES),
            "mark": _choices(MARKS),
            "fate": _choices(FATES),
            **options,
        }
        for name, choices in known.items():
            field = self.fields[PARAMETERS.get(name, name)]
            field.choices = [("", _("Semua")), *choices]  # type: ignore[attr-defined]
        self.is_valid()

    def question(self, kind: type[AnyScope]) -> AnyScope:
        """Return the question, of those parts that ``kind`` has."""
        names = [field.name for field in fields(kind)]
        return kind(**{name: str(self.cleaned_data.get(PARAMETERS[name]) or "") for name in names})

    @property
    def by(self) -> Dimension:
        """What to tell the lines apart by; by contact unless another is asked for."""
        return Dimension(self.cleaned_data.get("per") or Dimension.CONTACT)


def _choices(words: Words) -> Choices:
    return [(str(key), str(label)) for key, label in words.items()]


class RegionsForm(forms.Form):
    """Asks for two regions to set against each other, and for a rung; shows what is taken when nobody asks.

    By themselves these are the first two regions known, and what was realised.
    """

    daerah = forms.ChoiceField(label=_("Daerah"), required=False)
    mitra = forms.ChoiceField(label=_("Daerah mitra"), required=False)
    tingkat = forms.ChoiceField(label=_("Tingkat"), required=False, choices=_choices(RUNGS))

    def __init__(self, data: Mapping[str, Any], regions: Choices) -> None:
        super().__init__(data)
        for name in ("daerah", "mitra"):
            self.fields[name].choices = regions  # type: ignore[attr-defined]
        self.is_valid()
        codes = [code for code, _name in regions] or [""]
        self.first: str = self.cleaned_data.get("daerah") or codes[0]
        others = [code for code in codes if code != self.first] or [""]
        asked = self.cleaned_data.get("mitra")
        self.second: str = asked if asked in others else others[0]
        self.rung = Rung(self.cleaned_data.get("tingkat") or Rung.REALISED)
        self.data = {"daerah": self.first, "mitra": self.second, "tingkat": self.rung.value}
        named = dict(regions)
        self.names = (named.get(self.first, ""), named.get(self.second, ""))
