"""A field for a place, typed by name: a list of 514 choices is too heavy for a phone."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.models import Region
from regions.places import regions_named, suggest_regions


class RegionField(forms.CharField):
    """A kabupaten or kota typed by name; a name that is not clear is answered with what it may mean."""

    default_error_messages: ClassVar = {
        "required": _("Tulis kabupaten atau kota Anda, mis. Kota Surakarta."),
        "several": _("“%(text)s” dapat berarti %(regions)s. Tulis salah satunya."),
        "unknown": _("“%(text)s” tidak kami kenal. Mungkin maksud Anda %(regions)s."),
        "invalid": _("“%(text)s” tidak kami kenal. Tulis nama kabupaten atau kota, mis. Kota Surakarta."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 80, **options})

    def clean(self, value: Any) -> Region | None:
        """Return the region named, or ``None`` for an empty field that may stay empty."""
        text = super().clean(value)
        if not text:
            return None
        found = regions_named(text)
        if len(found) == 1:
            return found[0]
        near = found or suggest_regions(text)
        code = ("several" if found else "unknown") if near else "invalid"
        names = _either(near)
        raise forms.ValidationError(
            self.error_messages[code], code=code, params={"text": text, "regions": names}
        )

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Region) else value


def _either(regions: list[Region]) -> str:
    """Write names as a choice: ``Kabupaten Bandung atau Kota Bandung``."""
    names = [region.name for region in regions]
    if len(names) < 2:
        return "".join(names)
    return str(_("%(first)s atau %(last)s")) % {"first": ", ".join(names[:-1]), "last": names[-1]}
