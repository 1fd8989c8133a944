"""The form in which an officer answers a pair on behalf of a business."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.forms.links import AnswerForm


class OnBehalfForm(AnswerForm):
    """The answer of a business, written down by its office."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        note = self.fields["note"]
        note.help_text = _("Mis. “lewat telepon, minta sesudah pukul 13.00”. Dibaca oleh kedua dinas.")
        note.widget.attrs["rows"] = 2
