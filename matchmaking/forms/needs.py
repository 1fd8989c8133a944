"""The form for a need heard on the phone: who calls, what is looked for, and the consent."""

from dataclasses import fields
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matchmaking.models import Delegation
from matchmaking.phone_needs import Newcomer
from products.forms.fields import PhoneField
from products.forms.profiles import NeedForm, text_options
from products.models import Business, Need
from products.needs import HeardNeed, NeedFacts
from regions.models import Region
from tradecontact.fields import PlainTextField


class CallerChoice(forms.ModelChoiceField):
    """Businesses of the own region with their district, since names repeat."""

    default_error_messages: ClassVar = {
        "invalid_choice": _("Usaha ini tidak ada dalam daftar daerah Anda. Pilih yang lain.")
    }

    def label_from_instance(self, business: Business) -> str:
        return f"{business.name}, {business.district}" if business.district else business.name


class PhoneNeedForm(NeedForm):
    """A need by phone. ``read`` holds the line whose reading the officer has seen in the fields."""

    business = CallerChoice(
        Business.objects.none(),
        label=_("Siapa yang menelepon"),
        required=False,
        empty_label=_("Usaha baru: isi di bawah"),
    )
    name = PlainTextField(label=_("Nama usaha baru"), **text_options(120))
    phone = PhoneField(label=_("Nomor HP/WA"), required=False)
    district = PlainTextField(label=_("Kecamatan"), **text_options(60))
    has_consent = forms.BooleanField(
        label=_("Penelepon setuju dihubungi oleh dinas dan calon mitra tentang kebutuhan ini."),
        error_messages={"required": _("Tanyakan persetujuannya lebih dahulu, lalu beri tanda.")},
    )
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    newcomer_names: ClassVar = ("name", "phone", "district")

    def __init__(self, data: Any = None, *, delegation: Delegation, today: date, **options: Any) -> None:
        asked = (data or options.get("initial") or {}).get("area") or ""
        taking_part = Q(offices__delegations__trade_contact=delegation.trade_contact_id)
        regions = Region.objects.filter(taking_part | Q(code=asked)).distinct()
        super().__init__(data, today=today, regions=regions.order_by("name", "pk"), **options)
        own = Business.objects.filter(region=delegation.office.region_id)
        self._choice().queryset = own.order_by("name", "pk")
        if not self.is_bound:
            self._choice().widget.attrs["autofocus"] = True
        self.fields["price_ceiling_rupiah"].label = _("Harga tertinggi (Rp)")
        self.fields["text"].label = _("Apa yang dicari, dalam satu kalimat")
        self.fields["text"].help_text = _(
            "Mis. Kotak kemasan food-grade, 500–1.000 pcs/bulan, ≤ Rp2.500, dari Jawa Barat, mulai April, "
            "sampai Juni"
        )
        self.fields["text"].widget.attrs |= {"autocomplete": "off", "enterkeyhint": "done"}

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        is_known, is_new = bool(entered.get("business")), bool(entered.get("name"))
        if is_known and (is_new or entered.get("phone")):
            self.add_error(
                "business", gettext("Pilih usaha dari daftar, atau tulis usaha baru; jangan keduanya.")
            )
        elif not is_known and not is_new and "business" not in self.errors:
            self.add_error("business", gettext("Pilih usaha dari daftar, atau tulis nama usaha baru."))
        elif is_new and not entered.get("phone") and "phone" not in self.errors:
            self.add_error("phone", gettext("Tulis nomor yang dapat dihubungi, mis. 0812 3456 7890."))
        return entered

    def _choice(self) -> forms.ModelChoiceField:
        return cast("forms.ModelChoiceField", self.fields["business"])

    def was_read(self) -> bool:
        """Return whether the reading of this very line was shown."""
        return self.data.get("text", "").strip() == self.data.get("read", "")

    def lines(self) -> list[str]:
        """Return the line as it stands now, and the one that was read before."""
        return [self.data.get("text", ""), self.data.get("read", "")]

    def with_reading(self, now: HeardNeed, before: HeardNeed) -> tuple[dict[str, Any], bool]:
        """Return every field's value with what the line says now, and whether that is anything new.

        What the officer typed stays; empty fields, and those that an earlier reading filled, are filled.
        """
        data = cast("QueryDict", self.data)
        values: dict[str, Any] = {name: data.get(name) for name in self.fields}
        values["certificates_required"] = data.getlist("certificates_required")
        earlier = _as_values(before)
        found = {
            name: value
            for name, value in _as_values(now).items()
            if value != values[name] and values[name] in ("", None, [], earlier[name])
        }
        return values | found | {"read": data.get("text", "").strip()}, bool(found)

    def caller(self) -> Business | Newcomer:
        """Return who called."""
        known = self.cleaned_data["business"]
        return known or Newcomer(**{name: self.cleaned_data[name] for name in self.newcomer_names})

    def facts(self) -> NeedFacts:
        """Return what was heard."""
        entered = {field.name: self.cleaned_data[field.name] for field in fields(NeedFacts)}
        return NeedFacts(**entered | {"certificates_required": tuple(entered["certificates_required"])})

    def newcomer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.newcomer_names]

    def has_newcomer(self) -> bool:
        """Return whether the box for a new business must stand open."""
        no_choice = not self._choice().queryset
        return no_choice or any(field.value() or field.errors for field in self.newcomer_fields())


def _as_values(heard: HeardNeed) -> dict[str, Any]:
    """Return a reading as the fields of the form would send it."""
    reading = heard.reading
    texts = {
        "category": heard.category and heard.category.pk,
        "unit": heard.unit and heard.unit.pk,
        "quantity": reading.quantity,
        "price_ceiling_rupiah": reading.price_ceiling_rupiah,
        "wanted_from": reading.wanted_from,
        "open_until": reading.open_until,
        "area": reading.area,
        "frequency": reading.frequency or Need.Frequency.MONTHLY.value,
    }
    values = {name: "" if value is None else str(value) for name, value in texts.items()}
    return {**values, "certificates_required": list(reading.certificates_required)}
