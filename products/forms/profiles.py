"""Forms that correct a profile, a product or a need, for its owner by link and for the office alike."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from products.forms.fields import AreaChoice, FamilyChoice, LineChoice, PhoneField, UnitChoice
from products.forms.versioned import Difference, VersionedForm
from products.models import Business, Certificate, Need, Product
from products.profiles import BusinessChanges, NeedChanges, ProductChanges
from regions.models import Province, Region
from tradecontact.fields import DayField, PlainTextField, QuantityField, RupiahField
from tradecontact.templatetags.tradecontact_tags import angka, rupiah

LEAST_TIERS, MOST_TIERS = 3, 6
AREA_COLUMNS = ("area_province", "area_region")


def text_options(letters: int, missing: Promise | None = None) -> dict[str, Any]:
    """Return the options of a text of at most so many letters; ``missing`` is said when it is required."""
    too_long = _("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.")
    messages = {"max_length": too_long} if missing is None else {"max_length": too_long, "required": missing}
    return {"max_length": letters, "required": missing is not None, "error_messages": messages}


class BusinessForm(VersionedForm):
    """What a business says about itself: what everybody sees, then what only agreed partners see."""

    name = PlainTextField(
        label=_("Nama usaha"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        **text_options(120, _("Tulis nama usaha.")),
    )
    district = PlainTextField(label=_("Kecamatan"), **text_options(60))
    story = PlainTextField(
        label=_("Cerita usaha"),
        help_text=_("Dua atau tiga kalimat: apa yang dibuat, sejak kapan, apa yang khas."),
        widget=forms.Textarea(attrs={"rows": 5}),
        **text_options(1000),
    )
    owner_name = PlainTextField(
        label=_("Nama pemilik"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        **text_options(80),
    )
    phone = PhoneField(label=_("Nomor HP/WA"), required=False)
    email = forms.EmailField(
        label=_("Alamat e-mail"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Tulis alamat e-mail lengkap, mis. nama@contoh.id.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    public_names: ClassVar[tuple[str, ...]] = ("name", "district", "story")
    private_names: ClassVar[tuple[str, ...]] = ("owner_name", "phone", "email")

    def public_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.public_names]

    def private_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.private_names]

    def changes(self) -> BusinessChanges:
        return cast("BusinessChanges", self.entered())


class OfficeBusinessForm(BusinessForm):
    """The profile as the office keeps it, with what only the office fills in."""

    line = LineChoice(label=_("Jenis usaha"), required=False)
    size_band = forms.ChoiceField(
        label=_("Skala usaha"),
        required=False,
        choices=[("", _("belum tersedia")), *Business.Size.choices],
        error_messages={"invalid_choice": _("Pilih skala usaha dari daftar.")},
    )
    women_led = forms.ChoiceField(
        label=_("Dipimpin perempuan"),
        help_text=_("Hanya bila usahanya menyebutkan; dipakai untuk laporan pemerataan."),
        required=False,
        choices=[("", _("tidak menyebutkan")), *Business.WomenLed.choices],
        error_messages={"invalid_choice": _("Pilih ya, tidak, atau tidak menyebutkan.")},
    )
    nib = PlainTextField(
        label=_("NIB"),
        help_text=_("13 angka."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        **text_options(30),
    )

    public_names: ClassVar[tuple[str, ...]] = ("name", "line", "size_band", "nib", "district", "story")
    private_names: ClassVar[tuple[str, ...]] = ("owner_name", "women_led", "phone", "email")


class OneProductForm(VersionedForm):
    """A part of what is known about one product. Fields of one of ``together`` are saved all or none."""

    together: ClassVar[tuple[frozenset[str], ...]] = ()

    def savable(self) -> ProductChanges:
        """Return what of the entries holds by itself, so that a mistake does not lose the rest."""
        wrong = set(self.errors)
        for group in self.together:
            wrong |= group if group & wrong else set()
        kept = {name: value for name, value in self.entered().items() if name not in wrong}
        return cast("ProductChanges", kept)

    def changes(self) -> ProductChanges:
        return cast("ProductChanges", self.entered())


class ProductTextForm(OneProductForm):
    """What the product is."""

    name = PlainTextField(label=_("Nama produk"), **text_options(120, _("Tulis nama produk.")))
    category = FamilyChoice(label=_("Kategori"))
    description = PlainTextField(
        label=_("Keterangan"),
        help_text=_("Bahan, ukuran, warna, cara membuat: hal yang biasa ditanyakan pembeli."),
        widget=forms.Textarea(attrs={"rows": 5}),
        **text_options(2000),
    )


class ProductPriceForm(OneProductForm):
    """What the product costs: a price for each quantity from which it holds."""

    unit = UnitChoice(label=_("Satuan"), required=False)

    def __init__(self, data: Any = None, *, row: Product, **options: Any) -> None:
        super().__init__(data, row=row, **options)
        tiers = sorted(tiers_of(row).items())
        self.tier_count = max(LEAST_TIERS, min(MOST_TIERS, len(tiers) + 1), len(tiers))
        for number in range(1, self.tier_count + 1):
            quantity, price = tiers[number - 1] if number <= len(tiers) else (None, None)
            self.initial.update({f"quantity_{number}": quantity, f"price_{number}": price})
            self.fields[f"quantity_{number}"] = QuantityField(label=_("Mulai jumlah"), required=False)
            self.fields[f"price_{number}"] = RupiahField(
                label=_("Harga satuan (Rp)"),
                required=False,
                min_value=1,
                error_messages={"min_value": _("Harga harus lebih dari Rp0.")},
            )

    def tier_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each price."""
        return [
            (self[f"quantity_{number}"], self[f"price_{number}"]) for number in range(1, self.tier_count + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Gather the prices; the first one holds from 1 on unless another quantity is typed."""
        entered = super().clean() or self.cleaned_data
        tiers: dict[int, int] = {}
        for number in range(1, self.tier_count + 1):
            quantity, price = entered.pop(f"quantity_{number}", None), entered.pop(f"price_{number}", None)
            if self.errors.keys() & {f"quantity_{number}", f"price_{number}"}:
                continue
            if number == 1 and (quantity is None or price is None):
                quantity = 1 if price else None
            self._gather(tiers, number, quantity, price)
        return {**entered, "price_tiers": tiers}

    def savable(self) -> ProductChanges:
        kept = super().savable()
        if any(name.startswith(("quantity_", "price_")) for name in self.errors):
            kept.pop("price_tiers", None)
        return kept

    def _gather(self, tiers: dict[int, int], number: int, quantity: int | None, price: int | None) -> None:
        """Add one price to ``tiers``, or say what of it is missing."""
        if quantity is None and price is None:
            return
        if quantity is None:
            self.add_error(f"quantity_{number}", gettext("Isi mulai jumlah berapa harga ini berlaku."))
        elif price is None:
            self.add_error(
                f"price_{number}", gettext("Isi harga untuk jumlah ini, atau kosongkan jumlahnya.")
            )
        elif quantity in tiers:
            self.add_error(f"quantity_{number}", gettext("Jumlah ini sudah mempunyai harga di atas."))
        else:
            tiers[quantity] = price

    def label_of(self, name: str) -> str:
        return gettext("Harga") if name == "price_tiers" else super().label_of(name)

    def stored(self, row: Product, name: str) -> Any:
        return tiers_of(row) if name == "price_tiers" else super().stored(row, name)

    def text_of(self, name: str, value: Any) -> str:
        return tiers_text(value) if name == "price_tiers" else super().text_of(name, value)


class NeedForm(forms.Form):
    """What a business looks for."""

    text = PlainTextField(
        label=_("Apa yang dicari"),
        help_text=_("Mis. kotak kemasan food-grade untuk keripik."),
        **text_options(300, _("Tulis apa yang dicari.")),
    )
    category = FamilyChoice(label=_("Kategori"))
    quantity = QuantityField(label=_("Jumlah"), required=False)
    unit = UnitChoice(label=_("Satuan"), required=False)
    frequency = forms.ChoiceField(
        label=_("Seberapa sering"),
        choices=Need.Frequency.choices,
        initial=Need.Frequency.MONTHLY,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih per bulan atau sekali."),
            "invalid_choice": _("Pilih per bulan atau sekali."),
        },
    )
    price_ceiling_rupiah = RupiahField(
        label=_("Harga tertinggi per satuan (Rp)"),
        required=False,
        min_value=1,
        error_messages={"min_value": _("Harga tertinggi harus lebih dari Rp0.")},
    )
    certificates_required = forms.MultipleChoiceField(
        label=_("Sertifikat yang wajib ada"),
        required=False,
        choices=Certificate.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pilih sertifikat dari daftar.")},
    )
    area = AreaChoice(label=_("Pemasok dari wilayah"))
    wanted_from = DayField(label=_("Dibutuhkan mulai"), required=False)
    open_until = DayField(
        label=_("Berlaku sampai"), required=False, help_text=_("Sesudah hari ini tidak lagi dicarikan.")
    )

    main_names: ClassVar = ("text", "category", "quantity", "unit", "frequency")
    detail_names: ClassVar = (
        "price_ceiling_rupiah",
        "certificates_required",
        "area",
        "wanted_from",
        "open_until",
    )

    def __init__(
        self, data: Any = None, *, today: date, regions: Iterable[Region] = (), **options: Any
    ) -> None:
        """``regions`` are the regencies and cities offered as an area, beside the provinces."""
        super().__init__(data, **options)
        self._today = today
        cast("AreaChoice", self.fields["area"]).offer(regions)

    def clean(self) -> dict[str, Any]:
        """Check the days against each other, and turn the code of the area into its row."""
        entered = super().clean() or self.cleaned_data
        entered |= area_columns(entered.pop("area", ""))
        start, until = entered.get("wanted_from"), entered.get("open_until")
        if until and start and until < start:
            self.add_error("open_until", gettext("Tanggal ini harus sesudah tanggal mulai dibutuhkan."))
        elif until and until < self._today and "open_until" in self.changed_data:
            self.add_error("open_until", gettext("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."))
        return entered

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.main_names]

    def detail_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.detail_names]

    def has_details(self) -> bool:
        """Return whether a detail is filled in or wrong, so that its box must stand open."""
        return any(field.value() or field.errors for field in self.detail_fields())


class NeedEditForm(NeedForm, VersionedForm):
    """A need that stands already; its own regency or city stays among the areas to choose."""

    def __init__(self, data: Any = None, *, row: Need, **options: Any) -> None:
        own = [row.area_region] if row.area_region else []
        super().__init__(data, row=row, regions=own, **options)

    def differences(self, row: Need) -> list[Difference]:
        """Return what was typed otherwise than ``row`` has it; the area, which has two fields, once."""
        told: dict[str, Difference] = {}
        for one in super().differences(row):
            before = told.get(one.label, Difference(one.label, "", ""))
            told[one.label] = Difference(one.label, before.stored + one.stored, before.typed + one.typed)
        return list(told.values())

    def label_of(self, name: str) -> str:
        return super().label_of("area" if name in AREA_COLUMNS else name)

    def text_of(self, name: str, value: Any) -> str:
        if name in AREA_COLUMNS:
            return value.name if value else ""
        return super().text_of(name, value)

    def changes(self) -> NeedChanges:
        return cast("NeedChanges", self.entered())


def area_columns(code: str) -> dict[str, Province | Region | None]:
    """Return the fields of ``Need`` for the code of an area; both empty for none. Costs a query."""
    is_region = "." in code
    return {
        "area_province": Province.objects.get(code=code) if code and not is_region else None,
        "area_region": Region.objects.get(code=code) if is_region else None,
    }


def tiers_of(product: Product) -> dict[int, int]:
    """Return the prices of a product by the quantity from which they hold; reads prefetched rows."""
    if product.proposed_tiers is not None:
        return dict(product.proposed_tiers)
    return {tier.min_quantity: tier.price_rupiah for tier in product.price_tiers.all()}


def tiers_text(tiers: Mapping[int, int]) -> str:
    """Return prices in words: ``mulai 1: Rp80.000; mulai 50: Rp70.000``."""
    return "; ".join(
        gettext("mulai %(quantity)s: %(price)s") % {"quantity": angka(quantity), "price": rupiah(price)}
        for quantity, price in sorted(tiers.items())
    )
