"""Forms of the table of who buys from whom: a new row, and changing one."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from products.complements import ComplementFacts
from products.forms.versioned import VersionedForm
from products.models import Category, CategoryComplement
from products.taxonomy import LINES_OF_BUSINESS
from tradecontact.fields import PlainTextField, ShareField

WEIGHT_ERROR = _("Tulis angka lebih dari 0 sampai 1, mis. 0,8.")
WORDS_TOO_LONG = _("Terlalu panjang. Tulis paling banyak 80 huruf.")


class WordsForm(forms.Form):
    """What the maker buys, what it is to the maker, and how much it counts."""

    need_id = PlainTextField(
        label=_("Yang dibeli (Indonesia)"),
        max_length=80,
        help_text=_("Seperti orang menyebutnya, mis. “kotak sepatu”."),
        error_messages={
            "required": _("Tulis apa yang dibeli, mis. kotak sepatu."),
            "max_length": WORDS_TOO_LONG,
        },
    )
    need_en = PlainTextField(
        label=_("Yang dibeli (Inggris)"),
        max_length=80,
        help_text=_("Untuk pembaca bahasa Inggris, mis. “shoe boxes”."),
        error_messages={
            "required": _("Tulis juga dalam bahasa Inggris, mis. shoe boxes."),
            "max_length": WORDS_TOO_LONG,
        },
    )
    role = forms.ChoiceField(
        label=_("Peran"),
        choices=CategoryComplement.Role.choices,
        help_text=_("Bahan utama dihitung lebih besar daripada kemasan, bahan pembantu, jasa, dan alat."),
        error_messages={
            "required": _("Pilih peran dari daftar."),
            "invalid_choice": _("Pilih peran dari daftar."),
        },
    )
    weight = ShareField(
        label=_("Bobot"),
        help_text=_("Lebih dari 0 sampai 1: seberapa pasti usaha seperti ini membelinya."),
        error_messages=dict.fromkeys(["required", "invalid", "min_value", "max_value"], WEIGHT_ERROR),
    )

    def clean_weight(self) -> float:
        weight: float = self.cleaned_data["weight"]
        if weight == 0:
            raise forms.ValidationError(WEIGHT_ERROR, code="min_value")
        return weight

    def facts(self) -> ComplementFacts:
        """Return what was entered."""
        names = ComplementFacts.__dataclass_fields__
        return ComplementFacts(**{name: self.cleaned_data[name] for name in names})


class CategoryChoice(forms.TypedChoiceField):
    """A family out of rows that are loaded once for the whole form, grouped by sector."""

    default_error_messages: ClassVar = {
        "required": _("Pilih kategori yang paling dekat."),
        "invalid_choice": _("Kategori ini tidak ada dalam daftar. Pilih yang lain."),
    }

    def offer(self, families: Sequence[Category], *, empty_label: Any) -> None:
        """Set the families to choose from; they come with their sectors, in order."""
        by_pk = {str(family.pk): family for family in families}
        groups = groupby(families, key=lambda family: family.parent)
        grouped = [(str(sector), [(one.pk, str(one)) for one in members]) for sector, members in groups]
        self.choices = [("", empty_label), *grouped]
        self.coerce, self.empty_value = by_pk.__getitem__, None


class ComplementNewForm(WordsForm):
    """A new row: whose makers buy from whom."""

    buyer = CategoryChoice(
        label=_("Pembuat atau penjual"),
        required=False,
        help_text=_("Usaha yang membuat atau menjual ini …"),
    )
    supplier = CategoryChoice(
        label=_("Membeli dari pembuat"), help_text=_("… biasanya membeli dari pembuat barang atau jasa ini.")
    )
    field_order = ["buyer", "supplier"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        families = Category.objects.families().select_related("parent")
        rows = list(families.order_by("parent__position", "parent_id", "position", "pk"))
        goods = [row for row in rows if row.parent and row.parent.code != LINES_OF_BUSINESS]
        cast("CategoryChoice", self.fields["buyer"]).offer(rows, empty_label=_("Semua pembuat"))
        cast("CategoryChoice", self.fields["supplier"]).offer(goods, empty_label=_("Pilih kategori"))


class ComplementEditForm(WordsForm, VersionedForm):
    """Changing the words, the role or the weight of a row."""

    def values_of(self, row: CategoryComplement) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.base_fields}

    def text_of(self, name: str, value: Any) -> str:
        return (
            str(self.fields[name].prepare_value(value)) if name == "weight" else super().text_of(name, value)
        )
