"""Forms of a trade contact: opening it, correcting it, inviting a guest."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matchmaking.contacts import ContactFacts, facts_of, suggested_title
from matchmaking.models import Delegation, TradeContact
from products.forms.versioned import VersionedForm
from products.models import Category
from products.taxonomy import LINES_OF_BUSINESS
from regions.models import Office
from tradecontact.fields import DayField, PlainTextField

MOST_BUSINESSES, MOST_PAIRS, LEAST_PAIRS = 999, 50, 3


class OfficeChoice(forms.TypedChoiceField):
    """Offices by their region, since people know regions, not the names of offices."""

    default_error_messages: ClassVar = {
        "required": _("Pilih dinas dari daftar."),
        "invalid_choice": _("Dinas ini tidak ada dalam daftar. Pilih dinas lain."),
    }

    def offer(self, offices: Sequence[Office]) -> None:
        """Set the offices to choose from; they come with their regions."""
        by_pk = {str(office.pk): office for office in offices}
        labels = [(pk, f"{office.region.name} · {office.name}") for pk, office in by_pk.items()]
        self.choices = [("", _("Pilih dinas")), *labels]
        self.coerce = by_pk.__getitem__


class ContactFactsForm(forms.Form):
    """What officers write down about a trade contact."""

    title = PlainTextField(
        label=_("Judul"),
        max_length=140,
        error_messages={
            "required": _("Tulis judul yang dikenali kedua dinas."),
            "max_length": _("Judul terlalu panjang. Tulis paling banyak 140 huruf."),
        },
    )
    starts_on = DayField(
        label=_("Tanggal mulai"), required=False, help_text=_("Kosongkan untuk program tanpa tanggal.")
    )
    ends_on = DayField(
        label=_("Tanggal selesai"), required=False, help_text=_("Kosongkan bila hanya satu hari.")
    )
    place = PlainTextField(
        label=_("Tempat"),
        max_length=160,
        required=False,
        help_text=_("Mis. Balai Kota Surakarta, Pendapi Gede."),
        error_messages={"max_length": _("Nama tempat terlalu panjang. Tulis paling banyak 160 huruf.")},
    )
    commodities = forms.ModelMultipleChoiceField(
        Category.objects.none(),
        label=_("Komoditas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sektor atau jenis barang yang dicari dan ditawarkan. Boleh lebih dari satu."),
        error_messages={
            "invalid_choice": _("Komoditas ini tidak ada dalam daftar. Pilih yang lain."),
            "invalid_pk_value": _("Komoditas ini tidak ada dalam daftar. Pilih yang lain."),
        },
    )
    businesses_per_delegation = forms.IntegerField(
        label=_("Kuota pelaku usaha per delegasi"),
        min_value=1,
        max_value=MOST_BUSINESSES,
        initial=30,
        error_messages={
            "required": _("Tulis kuota, mis. 30."),
            "invalid": _("Tulis kuota dengan angka, mis. 30."),
            "min_value": _("Kuota paling sedikit 1 pelaku usaha."),
            "max_value": _("Kuota paling banyak 999 pelaku usaha."),
        },
    )
    pairs_per_business = forms.IntegerField(
        label=_("Usulan paling banyak per pelaku usaha"),
        min_value=1,
        max_value=MOST_PAIRS,
        initial=8,
        help_text=_("Lebih sedikit usulan berarti lebih banyak waktu untuk setiap pertemuan."),
        error_messages={
            "required": _("Tulis jumlah usulan, mis. 8."),
            "invalid": _("Tulis jumlah usulan dengan angka, mis. 8."),
            "min_value": _("Usulan per pelaku usaha paling sedikit 1."),
            "max_value": _("Usulan per pelaku usaha paling banyak 50."),
        },
    )
    least_pairs_per_business = forms.IntegerField(
        label=_("Usulan paling sedikit yang diinginkan"),
        min_value=0,
        required=False,
        initial=LEAST_PAIRS,
        help_text=_("Bila cukup yang cocok, setiap pelaku usaha mendapat sekurang-kurangnya sebanyak ini."),
        error_messages={
            "invalid": _("Tulis jumlah usulan dengan angka, mis. 3."),
            "min_value": _("Usulan paling sedikit tidak boleh kurang dari 0."),
        },
    )
    summary = PlainTextField(
        label=_("Keterangan untuk halaman publik"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Keterangan terlalu panjang. Tulis paling banyak 1.000 huruf.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        goods = Category.objects.exclude(parent__code=LINES_OF_BUSINESS).exclude(code=LINES_OF_BUSINESS)
        commodities = cast("forms.ModelMultipleChoiceField", self.fields["commodities"])
        commodities.queryset = goods.order_by("position", "pk")
        for name in ("businesses_per_delegation", "pairs_per_business", "least_pairs_per_business"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        starts, ends = entered.get("starts_on"), entered.get("ends_on")
        if ends and not starts and "starts_on" not in self.errors:
            self.add_error("starts_on", gettext("Isi tanggal mulai juga."))
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("Tanggal selesai tidak boleh sebelum tanggal mulai."))
        self._clean_least_pairs(entered)
        return entered

    def _clean_least_pairs(self, entered: dict[str, Any]) -> None:
        """Without a number wish for the usual one, as far as the highest number allows."""
        most = entered.get("pairs_per_business")
        if most is None or "least_pairs_per_business" in self.errors:
            return
        least = entered.get("least_pairs_per_business")
        if least is None:
            entered["least_pairs_per_business"] = min(LEAST_PAIRS, most)
        elif least > most:
            text = gettext(
                "Paling banyak sama dengan “Usulan paling banyak per pelaku usaha”, yaitu %(most)s."
            )
            self.add_error("least_pairs_per_business", text % {"most": most})

    def facts(self) -> ContactFacts:
        """Return what was entered; a visit without a last day lasts one day."""
        names = [field for field in ContactFacts.__dataclass_fields__ if field != "commodities"]
        entered = {name: self.cleaned_data[name] for name in names}
        entered["ends_on"] = entered["ends_on"] or entered["starts_on"]
        return ContactFacts(**entered, commodities=tuple(self.cleaned_data["commodities"]))

    def commodity_groups(
        self,
    ) -> list[tuple[forms.boundfield.BoundWidget, list[forms.boundfield.BoundWidget]]]:
        """Return every sector's checkbox with the checkboxes of its families."""
        boxes = self["commodities"].subwidgets
        grouped = groupby(boxes, key=lambda box: _sector_id(box.data["value"].instance))
        return [(members[0], members[1:]) for members in (list(group) for _key, group in grouped)]


class ContactOpenForm(ContactFactsForm):
    """Opening a contact: who comes to whom, then its facts. An admin also says for which office."""

    own_office = OfficeChoice(label=_("Dinas yang membuka"))
    role = forms.ChoiceField(
        label=_("Dinas Anda datang sebagai"),
        choices=[
            (Delegation.Role.GUEST, _("tamu: membawa delegasi ke daerah lain")),
            (Delegation.Role.HOST, _("tuan rumah: menerima delegasi dari daerah lain")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih tamu atau tuan rumah."),
            "invalid_choice": _("Pilih tamu atau tuan rumah."),
        },
    )
    other_office = OfficeChoice(
        label=_("Dinas daerah mitra"),
        help_text=_("Daerah mitra belum ada di daftar? Dinasnya didaftarkan oleh admin portal lebih dahulu."),
    )
    field_order = ["own_office", "role", "other_office"]

    def __init__(self, *args: Any, own_office: Office | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._own_office = own_office
        offices = all_offices()
        _office_choice(self, "own_office").offer(offices)
        self.has_partners = any(office != own_office for office in offices)
        _office_choice(self, "other_office").offer([office for office in offices if office != own_office])
        title = self.fields["title"]
        title.required = False
        title.help_text = _("Bila kosong, judulnya dibuat dari nama kedua daerah dan bulannya.")
        if own_office is not None:
            del self.fields["own_office"]

    def offices(self) -> dict[str, Office]:
        """Return the guest's and the host's office."""
        own = self._own_office or self.cleaned_data["own_office"]
        other = self.cleaned_data["other_office"]
        is_guest = self.cleaned_data["role"] == Delegation.Role.GUEST
        return {"guest_office": own if is_guest else other, "host_office": other if is_guest else own}

    def facts(self) -> ContactFacts:
        """Return what was entered, with a title made from the offices where none was typed."""
        if not self.cleaned_data["title"]:
            offices = self.offices()
            self.cleaned_data["title"] = suggested_title(
                offices["guest_office"], offices["host_office"], self.cleaned_data["starts_on"]
            )
        return super().facts()


class ContactEditForm(ContactFactsForm, VersionedForm):
    """Correcting a contact that stands already."""

    def values_of(self, row: TradeContact) -> dict[str, Any]:
        return facts_of(row).__dict__ | {"version": row.version}

    def stored(self, row: TradeContact, name: str) -> Any:
        return facts_of(row).__dict__[name]

    def entered(self) -> dict[str, Any]:
        return self.facts().__dict__


class GuestForm(forms.Form):
    """Inviting one more office."""

    office = OfficeChoice(label=_("Dinas tamu"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _office_choice(self, "office").offer(all_offices())


def all_offices() -> list[Office]:
    """Return every office with its region, by the region's name."""
    return list(Office.objects.select_related("region").order_by("region__name", "pk"))


def _sector_id(category: Category) -> int:
    return category.parent_id or category.pk


def _office_choice(form: forms.Form, name: str) -> OfficeChoice:
    return cast("OfficeChoice", form.fields[name])
