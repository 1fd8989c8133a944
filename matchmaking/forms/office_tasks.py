"""The form of a task: whose it is, until when, and what was done."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from products.forms.profiles import text_options
from tradecontact.fields import DayField, PlainTextField


class OwnerField(forms.ModelChoiceField):
    """A person of the office, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class TaskForm(forms.Form):
    """Handing over, moving the day, or saying what was done; an empty result leaves the task open."""

    owner = OwnerField(
        User.objects.none(),
        label=_("Penanggung jawab"),
        empty_label=None,
        error_messages={
            "required": _("Pilih penanggung jawabnya."),
            "invalid_choice": _("Pilih petugas dari dinas yang sama."),
        },
    )
    due_on = DayField(label=_("Tenggat"), error_messages={"required": _("Pilih tenggatnya.")})
    done_note = PlainTextField(
        label=_("Apa yang sudah dikerjakan?"),
        help_text=_("Mis. sertifikat halal terbit, nomor ID3211… Kosong berarti tugas belum selesai."),
        widget=forms.Textarea(attrs={"rows": 3}),
        **text_options(300),
    )

    def __init__(self, *args: Any, owners: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField", self.fields["owner"]).queryset = owners
