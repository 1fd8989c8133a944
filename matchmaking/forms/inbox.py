"""What is asked of an inbox, and what is done right in its list."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.inbox import Kind
from matchmaking.models import Answer
from products.forms.profiles import text_options
from tradecontact.fields import PlainTextField


class KindForm(forms.Form):
    """One kind of line, or all; an unknown kind is all."""

    jenis = forms.ChoiceField(label=_("Jenis"), required=False)

    def __init__(self, data: object, *, kinds: Iterable[Kind]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["jenis"]
        field.choices = [("", _("Semua")), *((kind.value, kind.label) for kind in kinds)]  # type: ignore[attr-defined]

    @property
    def kind(self) -> str:
        return self.cleaned_data.get("jenis", "") if self.is_valid() else ""


class TaskDoneForm(forms.Form):
    """What was done about a task."""

    done_note = PlainTextField(
        label=_("Apa yang sudah dikerjakan?"),
        **text_options(300, _("Tulis apa yang sudah dikerjakan, mis. nomor sertifikat halal.")),
    )


class QuickAnswerForm(forms.Form):
    """An answer by one press."""

    answer = forms.TypedChoiceField(choices=Answer.choices, coerce=Answer)
