"""Forms of a product's photos: sending one, and changing one that is there."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from products.models.photos import MOST_PHOTOS
from tradecontact.fields import PlainTextField

ALT_OPTIONS: dict[str, Any] = {
    "label": _("Apa yang tampak di foto"),
    "max_length": 120,
    "required": False,
    "error_messages": {"max_length": _("Terlalu panjang. Tulis paling banyak 120 huruf.")},
}
DESCRIBE, REMOVE, KEEP, SHOW = "describe", "remove", "keep", "show"


class PhotoForm(forms.Form):
    """A photo to send; phones offer their camera and their album."""

    photo = forms.FileField(
        label=_("Foto"),
        help_text=_("JPEG, PNG, atau WebP, paling besar 8 MB. Lokasi dan data kamera dihapus."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Pilih fotonya dahulu."),
            "invalid": _("Pilih fotonya dahulu."),
            "missing": _("Pilih fotonya dahulu."),
            "empty": _("Berkas ini kosong. Pilih fotonya sekali lagi."),
        },
    )
    alt = PlainTextField(
        **ALT_OPTIONS,
        help_text=_("Untuk orang yang tidak dapat melihatnya, mis. “dua bungkus keripik di atas tampah”."),
    )


class PhotoChangeForm(forms.Form):
    """What to do with one photo; a number is the place where it should stand."""

    ACTS: ClassVar = [DESCRIBE, REMOVE, KEEP, SHOW, *(str(place) for place in range(1, MOST_PHOTOS + 1))]

    act = forms.ChoiceField(
        choices=[(act, act) for act in ACTS],
        error_messages={
            "required": _("Pilih tindakannya di halaman ini."),
            "invalid_choice": _("Pilih tindakannya di halaman ini."),
        },
    )
    alt = PlainTextField(**ALT_OPTIONS)
