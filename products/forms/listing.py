"""Forms of the officers' queue: one act with some products, and the fate of a change."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from products.forms.card import ProductForm
from products.forms.versioned import Difference
from products.listing import STEPS, Act
from products.models import ProductRevision
from products.revisions import changed_values

REASONS = [
    _("Nama produk belum jelas."),
    _("Harga atau satuan belum diisi."),
    _("Keterangan terlalu pendek."),
    _("Foto belum ada atau kurang jelas."),
    _("Izin edar atau sertifikat belum ada."),
    _("Bukan produk usaha ini sendiri."),
]
"""Reasons that officers give often, offered beside the field."""

MOST_PRODUCTS = 500


class ReasonField(forms.CharField):
    """Why something is refused, for the business to read."""

    def __init__(self, **options: Any) -> None:
        too_long = _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.")
        super().__init__(
            label=_("Alasan bagi pelaku usaha"),
            max_length=300,
            required=False,
            error_messages={"max_length": too_long},
            widget=forms.TextInput(attrs={"list": "reasons", "autocomplete": "off"}),
            **options,
        )


class ListingForm(forms.Form):
    """One act with the products that are ticked."""

    reason = ReasonField()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.ticked = self._ticked() if data is not None else set()

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        act = self.data.get("act", "")
        if not self.ticked:
            self.add_error(None, gettext("Centang paling sedikit satu produk."))
        if act not in {known for known, step in STEPS.items() if step.is_for_office}:
            self.add_error(None, gettext("Pilih apa yang harus dilakukan dengan produk yang dicentang."))
        return {**entered, "act": act}

    def _ticked(self) -> set[int]:
        """Return the ids that are ticked; what is no id is left out."""
        ids = cast("QueryDict", self.data).getlist("product")[:MOST_PRODUCTS]
        return {int(one) for one in ids if one.isascii() and one.isdigit() and len(one) < 19}

    @property
    def act(self) -> Act:
        return Act(self.cleaned_data["act"])


class RevisionForm(forms.Form):
    """Accept or refuse a change; a refusal says why."""

    reason = ReasonField()


def changes_shown(revision: ProductRevision) -> list[Difference]:
    """Return each field that would change, as it stands in the catalogue and as its business wants it."""
    product = revision.product
    form = ProductForm(row=product)
    found = []
    for name, value in changed_values(revision).items():
        stored, wanted = form.text_of(name, form.stored(product, name)), form.text_of(name, value)
        if stored != wanted:
            found.append(Difference(form.label_of(name), stored, wanted))
    return found
