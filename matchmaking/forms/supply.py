"""The forms by which a business answers a need of the board, and an officer settles an answer that waits."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matchmaking.models import TradeContact
from products.forms.profiles import text_options
from products.models import Business, Product
from tradecontact.fields import PlainTextField


class ProductsChoice(forms.ModelMultipleChoiceField):
    """Own products by name with their category."""

    def label_from_instance(self, product: Product) -> str:
        return f"{product.name} ({product.category})"


class SupplyForm(forms.Form):
    """With what a business can supply: some of its products, or none yet, and a note."""

    products = ProductsChoice(
        Product.objects.none(),
        label=_("Dengan produk yang mana?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Pilih produk dari daftar."),
            "invalid_pk_value": _("Pilih produk dari daftar."),
        },
    )
    note = PlainTextField(
        label=_("Catatan"),
        help_text=_(
            "Mis. sanggup 800 buah per bulan, contoh dapat dikirim minggu depan. Dibaca oleh kedua dinas."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        **text_options(300),
    )

    def __init__(self, data: Any = None, *, products: QuerySet[Product], **options: Any) -> None:
        super().__init__(data, **options)
        self.has_products = products.exists()
        cast("ProductsChoice", self.fields["products"]).queryset = products


class SupplierForm(forms.Form):
    """On behalf of which business an officer answers; read from the address."""

    usaha = forms.ModelChoiceField(
        Business.objects.none(),
        label=_("Atas nama usaha"),
        empty_label=_("Pilih usaha"),
        error_messages={
            "required": _("Pilih usaha yang bisa memasok."),
            "invalid_choice": _("Usaha ini tidak ada dalam daftar daerah Anda. Pilih yang lain."),
        },
    )

    def __init__(self, data: Any = None, *, businesses: QuerySet[Business]) -> None:
        super().__init__(data)
        cast("forms.ModelChoiceField", self.fields["usaha"]).queryset = businesses


class OfferContactForm(forms.Form):
    """In which trade contact an officer makes a pair of an offer."""

    kontak = forms.ModelChoiceField(
        TradeContact.objects.none(),
        label=_("Kontak dagang"),
        empty_label=None,
        to_field_name="slug",
        error_messages={
            "required": _("Pilih kontak dagangnya."),
            "invalid_choice": _("Pilih kontak dagang dari daftar."),
        },
    )

    def __init__(self, data: Any = None, *, contacts: QuerySet[TradeContact]) -> None:
        super().__init__(data)
        self.has_contacts = contacts.exists()
        cast("forms.ModelChoiceField", self.fields["kontak"]).queryset = contacts


class OfferCloseForm(forms.Form):
    """Why an offer becomes no pair; the supplier reads it."""

    reason = PlainTextField(
        label=_("Alasan"),
        help_text=_(
            "Mis. sudah dihubungkan langsung, atau pembeli sudah mendapat pemasok. Pemasok membacanya."
        ),
        **text_options(200, _("Tulis alasannya, mis. sudah dihubungkan langsung.")),
    )
