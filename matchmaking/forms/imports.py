"""Forms of an import: the file, what asked columns hold, what becomes of duplicates."""

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.excel.bundle import MAX_ZIP_BYTES
from products.excel.columns import LABELS, Field
from products.excel.entries import Column
from products.import_decisions import Decision
from products.import_plan import BusinessPlan
from products.import_questions import Question
from products.importing import Preview
from tradecontact.workbooks import EXCEL

GROUPS = {
    "business": gettext_lazy("Usaha"),
    "product": gettext_lazy("Produk"),
    "need": gettext_lazy("Kebutuhan"),
}


class ImportUploadForm(forms.Form):
    """The list. What kind of file it is, its content decides."""

    file = forms.FileField(
        label=gettext_lazy("Daftar Excel"),
        help_text=gettext_lazy(
            "Berkas .xlsx, paling besar 10 MB, atau ZIP berisi satu .xlsx dan foto produk, paling besar"
            " 40 MB. Urutan dan judul kolomnya bebas."
        ),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": f".xlsx,.zip,application/zip,{EXCEL}"}),
        error_messages={
            "required": gettext_lazy("Pilih berkas Excel yang berisi daftar."),
            "invalid": gettext_lazy("Berkas belum terkirim. Pilih berkasnya lagi."),
        },
    )

    def upload(self) -> dict[str, Any]:
        """Return name and content for ``importing.upload``, no more than shows that it is too large."""
        file = self.cleaned_data["file"]
        return {"file_name": file.name, "content": file.read(MAX_ZIP_BYTES + 1)}


class ColumnsForm(forms.Form):
    """One select for each column that nobody recognised, or that an officer explained before."""

    def __init__(self, data: Any = None, *, preview: Preview) -> None:
        super().__init__(data)
        answered = preview.batch.column_choices
        asks_all = not preview.has_name_column
        self.titles: dict[str, str] = {}
        for column in preview.reading.columns:
            if column.field is None or column.header in answered or asks_all:
                name = f"column_{column.number}"
                self.titles[name] = column.header
                self.fields[name] = _select(column)

    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one thing."""
        entered: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for name, field in list(entered.items()):
            if field != Field.IGNORED and field in taken:
                text = _("Sudah dipilih untuk kolom “%(title)s”. Pilih yang lain, atau abaikan.")
                self.add_error(name, text % {"title": self.titles[taken[field]]})
            taken.setdefault(field, name)
        return entered

    def choices(self) -> dict[str, str]:
        """Return the answers by the titles of the columns."""
        return {self.titles[name]: field for name, field in self.cleaned_data.items()}


class DecisionsForm(forms.Form):
    """One question for each business that the list, or the office, has already."""

    def __init__(self, data: Any = None, *, preview: Preview) -> None:
        super().__init__(data)
        self.questions = preview.questions
        self.newer = [plan for plan in preview.plan.businesses if plan.all_newer]
        self.fields["overwriting"] = forms.MultipleChoiceField(
            choices=[(str(plan.listed.rows[0]), plan.entry.name) for plan in self.newer],
            required=False,
            initial=[str(row) for row in preview.batch.overwriting],
            error_messages={"invalid_choice": _("Baris ini tidak ada dalam daftar. Muat ulang halaman.")},
        )
        for question in self.questions:
            labels = _labels_in_list(question) if question.is_in_list else _labels_in_office(question)
            self.fields[f"row_{question.row}"] = forms.ChoiceField(
                label=_("Keputusan untuk baris %(row)s") % {"row": question.row},
                choices=[(str(value), label) for value, label in labels.items()],
                initial=str(question.decision),
                widget=forms.RadioSelect,
                error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")},
            )

    def asked(self) -> list[tuple[Question, forms.BoundField]]:
        """Return each question with its field."""
        return [(question, self[f"row_{question.row}"]) for question in self.questions]

    def decisions(self) -> dict[int, str]:
        """Return the decisions by row."""
        return {
            int(name.removeprefix("row_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("row_")
        }

    def ticks(self) -> list[tuple[BusinessPlan, bool]]:
        """Return each business that the portal has changed since, and whether the file is to win."""
        ticked = set(self["overwriting"].value() or [])
        return [(plan, str(plan.listed.rows[0]) in ticked) for plan in self.newer]

    def overwriting(self) -> list[int]:
        """Return the rows that may change the portal back."""
        return [int(row) for row in self.cleaned_data["overwriting"]]


def _select(column: Column) -> forms.ChoiceField:
    shown = ", ".join(f"“{escape(sample)}”" for sample in column.samples)
    return forms.ChoiceField(
        label=column.header,
        choices=_field_choices(),
        initial=column.field,
        help_text=_("Isinya mis. %(samples)s") % {"samples": shown} if shown else _("Kolom ini kosong."),
        error_messages={
            "required": _("Pilih isi kolom ini, atau abaikan."),
            "invalid_choice": _("Pilih isi kolom ini, atau abaikan."),
        },
    )


def _field_choices() -> list[tuple[Any, Any]]:
    """Return what a column may hold, in groups, after the way out."""
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in GROUPS}
    for field, label in LABELS.items():
        group = field.partition(".")[0]
        if group in groups:
            groups[group].append((str(field), str(label)))
    grouped = [(str(GROUPS[name]), choices) for name, choices in groups.items()]
    return [("", _("Pilih…")), (str(Field.IGNORED), str(LABELS[Field.IGNORED])), *grouped]


def _labels_in_list(question: Question) -> dict[Decision, str]:
    return {
        Decision.MERGE: _("Gabungkan ke %(name)s; produknya ditambahkan") % {"name": question.known.name},
        Decision.SKIP: _("Lewati, dengan produknya"),
        Decision.KEEP: _("Simpan sebagai usaha tersendiri"),
    }


def _labels_in_office(question: Question) -> dict[Decision, str]:
    return {
        Decision.MERGE: _("Perbarui %(name)s dengan isi baris ini") % {"name": question.known.name},
        Decision.SKIP: _("Lewati, dengan produknya"),
        Decision.KEEP: _("Simpan sebagai usaha baru"),
    }
