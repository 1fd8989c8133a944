"""The printed catalogue of a delegation: its products, each with the QR code of its interest form."""

from typing import Any

import qrcode
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from matchmaking.models import Delegation
from products.models import Product
from products.models.catalogue import ProductQuerySet
from tradecontact.templatetags.tradecontact_tags import angka, rupiah

TEMPLATE = "catalogue.typ"


def catalogue_of(delegation: Delegation) -> dict[str, Any]:
    """Return the values of ``templates/pdf/catalogue.typ``, in the current language.

    Only what everybody may read stands in it. Costs one query, and some 10 ms a product for its code.
    """
    contact = delegation.trade_contact
    return {
        "language": get_language() or "id",
        "title": _("Katalog delegasi %(region)s") % {"region": delegation.office.region.name},
        "contact": contact.title,
        "office": delegation.office.name,
        "hint": _("Arahkan kamera HP ke kode di samping produk untuk menyampaikan minat. Tanpa akun."),
        "empty": _("Belum ada produk yang tampil di katalog."),
        "page": _("halaman"),
        "cards": [_card(product) for product in printed_products(delegation)],
    }


def printed_products(delegation: Delegation) -> ProductQuerySet:
    """Return the listed products of the delegation's businesses, business by business."""
    products = Product.objects.listed().filter(business__participations__delegation=delegation)
    return products.select_related("business__region", "unit").order_by("business__name", "name", "pk")


def _card(product: Product) -> dict[str, str]:
    address = settings.PUBLIC_URL + reverse("matchmaking:inquiry_new", args=[product.pk])
    return {
        "name": product.name,
        "business": f"{product.business.name}, {product.business.region.name}",
        "price": _price(product),
        "order": _order(product),
        "address": address,
        "qr": qrcode.make(address, image_factory=SvgPathImage).to_string(encoding="unicode"),
    }


def _price(product: Product) -> str:
    if not product.lowest_price:
        return _("Harga belum tersedia")
    price = rupiah(product.lowest_price)
    if product.unit:
        price = f"{price} / {product.unit}"
    is_span = product.highest_price != product.lowest_price
    return _("mulai %(price)s") % {"price": price} if is_span else price


def _order(product: Product) -> str:
    if not product.min_order:
        return ""
    amount = f"{angka(product.min_order)} {product.unit or ''}".strip()
    return _("Pesanan minimum %(quantity)s.") % {"quantity": amount}
