"""Businesses with their products and needs as the workbook that the import reads: out and in without loss.

Values are Indonesian words whatever the reader's language, since the import knows those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from products.excel.columns import CERTIFICATE_FIELDS, TIER_FIELDS, Field
from products.excel.list_columns import (
    BUSINESS_CODE,
    BUSINESS_COLUMNS,
    LIST_SHEET,
    NEED_CODE,
    NEED_COLUMNS,
    NEED_SHEET,
    PRODUCT_CODE,
    PRODUCT_COLUMNS,
    VERSION,
    ListColumn,
)
from products.excel.rows import SIZES
from products.excel.vocabulary import Vocabulary
from products.import_matching import code_of, phone_of
from products.models import Business, Certificate, Need, PriceTier, Product
from tradecontact.workbooks import Cell, Column, Sheet

SIZE_WORDS = {code: word for word, code in reversed(SIZES.items())}
CERTIFICATE_WORDS = {"pirt": "P-IRT", "bpom": "BPOM", "halal": "halal", "sni": "SNI", "brand": "merek"}
FREQUENCY_WORDS = {Need.Frequency.MONTHLY: "per bulan", Need.Frequency.ONCE: "sekali"}
F = Field


@dataclass(frozen=True)
class ListRow:
    """One row of the first sheet: a product, or none where only the business is told."""

    business: Business
    product: Product | None
    is_first: bool


def list_sheets(businesses: QuerySet[Business], vocabulary: Vocabulary) -> list[Sheet[Any]]:
    """Return the two sheets for these businesses, in their order. Costs six queries when they are read.

    Drafts, suspended products and needs past their last day are in it, needs taken back are not.
    """
    tiers = PriceTier.objects.order_by("min_quantity")
    products = Product.objects.select_related("category", "unit").order_by("name", "pk")
    needs = Need.objects.filter(withdrawn_at=None).with_facts().order_by("text", "pk")
    of_business = Certificate.objects.filter(product=None).order_by("kind")
    rows = businesses.prefetch_related(
        Prefetch("products", products.prefetch_related(Prefetch("price_tiers", tiers), "certificates")),
        Prefetch("needs", needs),
        Prefetch("certificates", of_business, to_attr="own_certificates"),
    )
    return [
        Sheet(LIST_SHEET, list(_columns(LIST_COLUMNS, vocabulary)), _list_rows(rows)),
        Sheet(NEED_SHEET, list(_need_columns()), _need_rows(rows)),
    ]


LIST_COLUMNS = (BUSINESS_CODE, *BUSINESS_COLUMNS, PRODUCT_CODE, *PRODUCT_COLUMNS, VERSION)


def _list_rows(businesses: QuerySet[Any]) -> Iterator[ListRow]:
    """Yield the rows of each business; certificates of its own need a row without a product."""
    for business in businesses:
        products: list[Product | None] = list(business.products.all())
        if business.own_certificates or not products:
            products.insert(0, None)
        for number, product in enumerate(products):
            yield ListRow(business, product, is_first=number == 0)


def _need_rows(businesses: QuerySet[Any]) -> Iterator[Need]:
    for business in businesses:
        yield from business.needs.all()


def _columns(columns: Iterable[ListColumn], vocabulary: Vocabulary) -> Iterator[Column[ListRow]]:
    for column in columns:
        is_hidden = column is VERSION
        yield Column(column.title, _value_of(column.field, vocabulary), column.width, is_hidden=is_hidden)


def _value_of(field: Field, vocabulary: Vocabulary) -> Callable[[ListRow], Cell]:
    """Return how a cell of the first sheet is filled."""
    if field in CERTIFICATE_FIELDS:
        return lambda row: _claim(_certificates(row), CERTIFICATE_FIELDS[field])
    if field == F.PRODUCT_CERTIFICATES:
        return lambda row: _other_certificates(_certificates(row))
    if field == F.BUSINESS_LINE:
        return lambda row: line_text(row.business, vocabulary) if row.is_first else None
    if field in TIER_PARTS:
        return lambda row: _tier(row.product, *TIER_PARTS[field]) if row.product else None
    if field == F.VERSION:
        return _versions
    if field in ALWAYS:
        return lambda row: ALWAYS[field](row.business)
    if field in OF_BUSINESS:
        return lambda row: OF_BUSINESS[field](row.business) if row.is_first else None
    return lambda row: OF_PRODUCT[field](row.product) if row.product else None


def line_text(business: Business, vocabulary: Vocabulary) -> str:
    """Return the words that an import reads as the same line of business, as written where that holds."""
    if business.line is None or vocabulary.line(business.line_text) == business.line.code:
        return business.line_text
    return business.line.name_id


def _versions(row: ListRow) -> str:
    """Return the versions of business and product, such as ``3/5``, so that an old file is known as one."""
    return f"{row.business.version}/{row.product.version if row.product else 0}"


def _founded(business: Business) -> Cell:
    day = business.founded_on
    return day.year if day and business.founded_year_only else day


def _tier(product: Product, number: int, part: str) -> Cell:
    """Return a part of the price with this number, from 0; the one for a single piece is not counted."""
    tiers = [tier for tier in product.price_tiers.all() if tier.min_quantity != 1]
    return getattr(tiers[number], part) if number < len(tiers) else None


def _first_price(product: Product) -> Cell:
    return next((tier.price_rupiah for tier in product.price_tiers.all() if tier.min_quantity == 1), None)


def _certificates(row: ListRow) -> list[Certificate]:
    """Return what the row's certificate cells tell of: its product, or the business alone."""
    if row.product:
        return list(row.product.certificates.all())
    return row.business.own_certificates  # type: ignore[attr-defined]


def _claim(certificates: Iterable[Certificate], kind: str) -> str:
    found = next((one for one in certificates if one.kind == kind), None)
    if found is None:
        return ""
    if found.state == Certificate.State.IN_PROCESS:
        return f"Proses: {found.number}" if found.number else "Proses"
    return found.number or "Ada"


def _other_certificates(certificates: Iterable[Certificate]) -> str:
    words = {Certificate.Kind.OTHER: "lainnya"}
    held = [one for one in certificates if one.state != Certificate.State.IN_PROCESS]
    return ", ".join(words[Certificate.Kind(one.kind)] for one in held if one.kind in words)


ALWAYS: dict[Field, Callable[[Business], Cell]] = {
    F.BUSINESS_CODE: code_of,
    F.BUSINESS_NAME: lambda b: b.name,
}
OF_BUSINESS: dict[Field, Callable[[Business], Cell]] = {
    F.OWNER_NAME: lambda business: business.owner_name,
    F.PHONE: phone_of,
    F.EMAIL: lambda business: business.email,
    F.NIB: lambda business: business.nib,
    F.DISTRICT: lambda business: business.district,
    F.FOUNDED: _founded,
    F.SIZE: lambda business: SIZE_WORDS.get(business.size_band, ""),
    F.STORY: lambda business: business.story,
}
OF_PRODUCT: dict[Field, Callable[[Product], Cell]] = {
    F.PRODUCT_CODE: code_of,
    F.PRODUCT_NAME: lambda product: product.name,
    F.PRODUCT_CATEGORY: lambda product: product.category.name_id,
    F.PRODUCT_DESCRIPTION: lambda product: product.description,
    F.PRICE: _first_price,
    F.PRODUCT_UNIT: lambda product: product.unit.label_id if product.unit else None,
    F.MIN_ORDER: lambda product: product.min_order,
    F.CAPACITY: lambda product: product.capacity_per_month,
    F.LEAD_TIME: lambda product: product.lead_time_days,
    F.CONSIGNMENT: lambda product: product.accepts_consignment,
    F.PHOTOS: lambda product: None,  # photos have no names; an import without them keeps them
}
TIER_PARTS = {
    field: (number, part)
    for number, fields in enumerate(TIER_FIELDS)
    for field, part in zip(fields, ("min_quantity", "price_rupiah"), strict=True)
}
OF_NEED: dict[Field, Callable[[Need], Cell]] = {
    F.BUSINESS_CODE: lambda need: code_of(need.business),
    F.BUSINESS_NAME: lambda need: need.business.name,
    F.NEED_CODE: code_of,
    F.NEED_TEXT: lambda need: need.text,
    F.NEED_CATEGORY: lambda need: need.category.name_id,
    F.NEED_QUANTITY: lambda need: need.quantity,
    F.NEED_UNIT: lambda need: need.unit.label_id if need.unit else None,
    F.NEED_FREQUENCY: lambda need: FREQUENCY_WORDS[Need.Frequency(need.frequency)],
    F.PRICE_CEILING: lambda need: need.price_ceiling_rupiah,
    F.NEED_CERTIFICATES: lambda need: ", ".join(
        CERTIFICATE_WORDS.get(kind, "lainnya") for kind in need.certificates_required
    ),
    F.NEED_AREA: lambda need: need.area.name if need.area else None,
    F.NEED_FROM: lambda need: need.wanted_from,
    F.NEED_UNTIL: lambda need: need.open_until,
    F.VERSION: lambda need: f"0/{need.version}",
}


def _need_columns() -> Iterator[Column[Need]]:
    for column in (BUSINESS_CODE, NEED_CODE, *NEED_COLUMNS, VERSION):
        yield Column(column.title, OF_NEED[column.field], column.width, is_hidden=column is VERSION)
