"""The first form of a new product: its name and kind are enough to begin."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from products.forms.fields import FamilyChoice
from products.forms.profiles import text_options
from tradecontact.fields import PlainTextField


class NewProductForm(forms.Form):
    """Name and category; the hidden token makes two presses of the button one product."""

    name = PlainTextField(label=_("Nama produk"), **text_options(120, _("Tulis nama produk.")))
    category = FamilyChoice(label=_("Kategori"))
    form_token = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ["required", "invalid"], _("Formulir ini sudah dipakai. Muat ulang halaman, lalu isi lagi.")
        ),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, initial={"form_token": uuid.uuid4()}, **options)
