"""The rest of a product's card: what a unit holds, how soon, samples, consignment, where it is delivered."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from products.forms.fields import UnitChoice
from products.forms.profiles import OneProductForm, ProductPriceForm, ProductTextForm
from products.models import Product
from regions.models import Province, Region
from tradecontact.fields import QuantityField, RupiahField

MOST_LEAD_DAYS = 999
MOST_SHELF_DAYS = 3_650


def yes_or_no(label: Any, **options: Any) -> forms.TypedChoiceField:
    """Return a field whose answer is yes, no, or not known yet."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", _("belum tersedia")), ("True", _("ya")), ("False", _("tidak"))],
        coerce=lambda answer: answer == "True",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih ya, tidak, atau belum tersedia.")},
        **options,
    )


class ProductPackForm(OneProductForm):
    """What one unit holds, and how many must be ordered: 1 dus holds 12 bungkus, from 5 dus on."""

    pack_content = QuantityField(
        label=_("Isi satu satuan"),
        required=False,
        help_text=_("Mis. 12 bila satu dus berisi 12 bungkus."),
    )
    pack_unit = UnitChoice(label=_("Satuan isi"), required=False)
    min_order = QuantityField(
        label=_("Pesanan minimum"), required=False, help_text=_("Dihitung dalam satuan yang dijual.")
    )

    together: ClassVar[tuple[frozenset[str], ...]] = (frozenset({"pack_content", "pack_unit"}),)

    def __init__(self, data: Any = None, *, row: Product, **options: Any) -> None:
        super().__init__(data, row=row, **options)
        self._unit = row.unit

    def clean(self) -> dict[str, Any]:
        """Refuse half a pack, and one of its own unit."""
        entered = super().clean() or self.cleaned_data
        content, inner = entered.get("pack_content"), entered.get("pack_unit")
        if self.errors.keys() & {"pack_content", "pack_unit"} or (content is None and inner is None):
            return entered
        unit = entered.get("unit", self._unit)
        if content is None:
            self.add_error("pack_content", gettext("Isi berapa banyak, atau kosongkan satuan isinya."))
        elif inner is None:
            self.add_error("pack_unit", gettext("Pilih satuan isinya, atau kosongkan jumlahnya."))
        elif unit is None:
            self.add_error("pack_unit", gettext("Pilih dahulu satuan yang dijual, bersama harganya."))
        elif inner == unit:
            self.add_error("pack_unit", gettext("Satuan isi harus berbeda dari satuan yang dijual."))
        return entered


class ProductSupplyForm(OneProductForm):
    """How much of the product can be had, how soon, and how long it keeps."""

    capacity_per_month = QuantityField(
        label=_("Kapasitas per bulan"),
        required=False,
        help_text=_("Paling banyak yang sanggup dibuat sebulan."),
    )
    lead_time_days = QuantityField(
        label=_("Waktu pengerjaan (hari kerja)"), required=False, max_value=MOST_LEAD_DAYS
    )
    shelf_life_days = QuantityField(
        label=_("Tahan disimpan (hari)"),
        required=False,
        max_value=MOST_SHELF_DAYS,
        help_text=_("Kosongkan untuk barang yang tidak menjadi basi."),
    )


class ProductTermsForm(OneProductForm):
    """Samples, the buyer's own label, and goods left for sale."""

    sample_terms = forms.ChoiceField(
        label=_("Contoh produk"),
        required=False,
        choices=[("", _("belum tersedia")), *Product.Sample.choices],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih satu dari daftar.")},
    )
    sample_price_rupiah = RupiahField(
        label=_("Harga contoh (Rp)"),
        required=False,
        min_value=1,
        help_text=_("Hanya bila contoh berbayar."),
        error_messages={"min_value": _("Harga harus lebih dari Rp0.")},
    )
    private_label = yes_or_no(_("Bisa memakai merek pembeli"))
    accepts_consignment = yes_or_no(_("Menerima titip jual"))
    consignment_days = QuantityField(
        label=_("Titip jual dibayar setelah (hari)"),
        required=False,
        max_value=MOST_LEAD_DAYS,
        help_text=_("Hanya bila menerima titip jual."),
    )

    together: ClassVar[tuple[frozenset[str], ...]] = (
        frozenset({"sample_terms", "sample_price_rupiah"}),
        frozenset({"accepts_consignment", "consignment_days"}),
    )

    def clean(self) -> dict[str, Any]:
        """Drop a price of samples that are not sold, and days of a consignment nobody accepts."""
        entered = super().clean() or self.cleaned_data
        if entered.get("sample_terms") != Product.Sample.PAID and "sample_price_rupiah" in entered:
            entered["sample_price_rupiah"] = None
        if entered.get("accepts_consignment") is not True and "consignment_days" in entered:
            entered["consignment_days"] = None
        return entered


class ProductDeliveryForm(OneProductForm):
    """Where the seller delivers."""

    delivery_area = forms.ChoiceField(
        label=_("Dikirim ke"),
        required=False,
        choices=[("", _("belum tersedia")), *Product.Delivery.choices],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih satu dari daftar.")},
    )
    delivery_places = forms.MultipleChoiceField(
        label=_("Wilayah tertentu"),
        required=False,
        help_text=_("Beri tanda bila memilih “wilayah tertentu”."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Wilayah ini tidak ada dalam daftar. Pilih yang lain.")},
    )

    together: ClassVar[tuple[frozenset[str], ...]] = (frozenset({"delivery_area", "delivery_places"}),)

    def __init__(self, data: Any = None, *, row: Product, **options: Any) -> None:
        super().__init__(data, row=row, **options)
        self._names = dict(place_choices(row))
        self.fields["delivery_places"].choices = list(self._names.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a place when places are to be listed, and forget them when they are not."""
        entered = super().clean() or self.cleaned_data
        places = entered.get("delivery_places")
        if entered.get("delivery_area") != Product.Delivery.LISTED:
            entered["delivery_places"] = []
        elif places == []:
            self.add_error("delivery_places", gettext("Pilih paling sedikit satu wilayah pengiriman."))
        return entered

    def text_of(self, name: str, value: Any) -> str:
        if name == "delivery_places":
            return ", ".join(self._names.get(code, code) for code in sorted(value))
        return super().text_of(name, value)


def place_choices(product: Product) -> list[tuple[str, str]]:
    """Return the provinces, then regencies and cities of the seller's province. Costs two queries.

    A regency or city from elsewhere stays on offer while the product names it.
    """
    own = product.business.region.province_id
    provinces = Province.objects.order_by("name", "pk").values_list("code", "name")
    regions = Region.objects.order_by("name", "pk")
    near = regions.filter(province_id=own) | regions.filter(code__in=product.delivery_places)
    return [*provinces, *near.values_list("code", "name")]


class ProductForm(
    ProductTextForm,
    ProductPriceForm,
    ProductPackForm,
    ProductSupplyForm,
    ProductTermsForm,
    ProductDeliveryForm,
):
    """All of a product on one page, for a desk."""

    together = (*ProductPackForm.together, *ProductTermsForm.together, *ProductDeliveryForm.together)
