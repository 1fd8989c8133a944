"""Form fields that every app may use."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tradecontact.rupiah import group_thousands, parse_rupiah
from tradecontact.text_cleaning import visible_text

MOST_RUPIAH = 999_999_999_999_999
MOST_PIECES = 2_147_483_647


def thousands_separator() -> str:
    """Return the separator of the reader's language: ``.`` in Indonesian, ``,`` in English."""
    return "," if get_language() == "en" else "."


class PlainTextField(forms.CharField):
    """A text that people read: whatever cannot be seen is taken out, emoji and ``<`` stay as typed."""

    def to_python(self, value: Any) -> str:
        text = "" if value in self.empty_values else visible_text(str(value))
        return super().to_python(text) or ""


class RupiahField(forms.IntegerField):
    """Whole rupiah, typed the way people write it: ``30000000``, ``Rp30.000.000`` or ``1,25 jt``."""

    widget = forms.TextInput
    default_error_messages: ClassVar = {
        "invalid": _("Tulis rupiah penuh, mis. 30.000.000."),
        "max_value": _("Nilai ini terlalu besar. Periksa jumlah nolnya."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_value": MOST_RUPIAH, **options})

    def to_python(self, value: Any) -> int | None:
        """Return whole rupiah, or ``None`` for an empty field."""
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        try:
            return parse_rupiah(text)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount in groups of three; what a person typed stays as typed."""
        return group_thousands(value, thousands=thousands_separator()) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Ask phones for their number pad; a text input has no ``min`` and ``max``."""
        return {"inputmode": "decimal", "autocomplete": "off"}


class DayField(forms.DateField):
    """A day, picked in the browser's own calendar."""

    default_error_messages: ClassVar = {"invalid": _("Pilih tanggal yang ada di kalender, mis. 22-03-2018.")}

    def __init__(self, **options: Any) -> None:
        calendar = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": calendar, **options})


class QuantityField(RupiahField):
    """A whole number of things, typed the way people write it: ``500`` or ``1.000``."""

    default_error_messages: ClassVar = {
        "invalid": _("Tulis angka bulat, mis. 500."),
        "min_value": _("Tulis angka mulai dari 1."),
        "max_value": _("Angka ini terlalu besar. Periksa jumlah nolnya."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": MOST_PIECES, **options})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}


class ShareField(forms.FloatField):
    """A number from 0 to 1, typed with a comma or a point: ``0,25`` or ``0.25``."""

    widget = forms.TextInput
    default_error_messages: ClassVar = dict.fromkeys(
        ["required", "invalid", "min_value", "max_value"], _("Tulis angka dari 0 sampai 1, mis. 0,25.")
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 1, **options})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number with the reader's comma; what a person typed stays as typed."""
        comma = "," if thousands_separator() == "." else "."
        return f"{value:g}".replace(".", comma) if isinstance(value, int | float) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}
