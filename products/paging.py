"""Pages of the catalogue: the first twenty by number, all others by the key of the product they follow.

A page by key begins right after (or ends right before) a product, so it costs the same however deep it lies,
and nothing is shown twice or left out while products are added. Its address can be shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil, isfinite
from typing import Any

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from products.models import Product
from products.models.catalogue import ProductQuerySet
from products.models.catalogue_indexes import UNKNOWN_PRICE

PRODUCTS_PER_PAGE = 24
NUMBERED_PAGES = 20
RELEVANCE, NEWEST, CHEAPEST = "relevan", "terbaru", "harga"
DESCENDING = {RELEVANCE, NEWEST}
MOST_DIGITS = 40
CARD = ["name", "lowest_price", "highest_price", "min_order", "business__name", "business__makes_itself"]
CARD += ["business__region__name", "category__name_id", "category__name_en", "category__picture"]
CARD += ["unit__label_id", "unit__label_en"]
"""What a card of the catalogue shows; all of five rows takes twice as long to read."""

READERS: dict[str, Callable[[str], Any]] = {
    NEWEST: datetime.fromisoformat,
    CHEAPEST: int,
    RELEVANCE: float,
}


@dataclass(frozen=True)
class Key:
    """Where a product stands in an order: the value it is ordered by, then its id."""

    value: Any
    product_id: int

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, datetime) else repr(self.value)
        return f"{value}~{self.product_id}"


@dataclass(frozen=True)
class CataloguePage:
    """The products of one page; ``number`` only for the first twenty, keys where a page by key adjoins.

    Products are read when they are asked for and then prepared by ``prepare``; a page that is remembered
    as it was shown needs neither.
    """

    keys: Sequence[Key]
    number: int | None
    numbers: Sequence[int]
    previous: Key | None
    following: Key | None
    prepare: Callable[[Sequence[Product]], None] | None = None

    def __iter__(self) -> Iterator[Product]:
        return iter(self.products)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def ids(self) -> str:
        """The products shown, in their order, as one text."""
        return ",".join(str(key.product_id) for key in self.keys)

    @cached_property
    def products(self) -> list[Product]:
        """The products with what their cards show. Costs two queries."""
        found = Product.objects.with_cards().only(*CARD).in_bulk([key.product_id for key in self.keys])
        products = [found[key.product_id] for key in self.keys if key.product_id in found]
        if self.prepare:
            self.prepare(products)
        return products

    @property
    def has_others(self) -> bool:
        return bool(self.previous or self.following or len(self.numbers) > 1)

    @property
    def previous_number(self) -> int | None:
        return self.number - 1 if self.number and self.number > 1 else None

    @property
    def next_number(self) -> int | None:
        return self.number + 1 if self.number and self.number < len(self.numbers) else None

    @property
    def near_numbers(self) -> list[int | None]:
        """The numbers to link to: the first, those around this page, the last; None for those left out."""
        shown: list[int | None] = []
        for number in self.numbers:
            if self.number and (number in {1, len(self.numbers)} or abs(number - self.number) <= 1):
                shown.append(number)
            elif shown[-1] is not None:
                shown.append(None)
        return shown


def read_key(text: str, order: str) -> Key | None:
    """Return the key that ``str(key)`` wrote for this order; None when it is none."""
    value, _, product_id = text.partition("~")
    if len(text) > 2 * MOST_DIGITS or not product_id.isdecimal() or len(product_id) > 18:
        return None
    try:
        read = READERS[order](value)
    except ValueError:
        return None
    if isinstance(read, datetime):
        read = read if timezone.is_aware(read) else None
    elif not isfinite(read) or abs(read) > UNKNOWN_PRICE:
        read = None
    return None if read is None else Key(read, int(product_id))


def numbered_page(products: ProductQuerySet, order: str, number: int, total: int) -> CataloguePage:
    """Return one of the first twenty pages, the last there is when ``number`` is beyond. One query."""
    last = min(NUMBERED_PAGES, max(1, ceil(total / PRODUCTS_PER_PAGE)))
    number = min(max(1, number), last)
    start = (number - 1) * PRODUCTS_PER_PAGE
    keys = _keys(_in_order(products, order), start)
    shown = keys[:PRODUCTS_PER_PAGE]
    more = len(keys) > PRODUCTS_PER_PAGE and number == last
    return CataloguePage(shown, number, range(1, last + 1), None, shown[-1] if more else None)


def page_after(products: ProductQuerySet, order: str, key: Key) -> CataloguePage:
    """Return the products that follow ``key``. One query."""
    keys = _keys(_beyond(_in_order(products, order), key, is_down=order in DESCENDING))
    shown = keys[:PRODUCTS_PER_PAGE]
    return CataloguePage(
        shown, None, [], shown[0] if shown else None, shown[-1] if len(keys) > len(shown) else None
    )


def page_before(products: ProductQuerySet, order: str, key: Key) -> CataloguePage:
    """Return the products right before ``key``. One query."""
    backwards = _in_order(products, order).reverse()
    keys = _keys(_beyond(backwards, key, is_down=order not in DESCENDING))
    shown = keys[:PRODUCTS_PER_PAGE][::-1]
    return CataloguePage(
        shown, None, [], shown[0] if len(keys) > len(shown) else None, shown[-1] if shown else None
    )


def _in_order(products: ProductQuerySet, order: str) -> ProductQuerySet:
    """Return the products with the ``key`` they are ordered by; the id decides between equal ones."""
    if order == NEWEST:
        return products.annotate(key=F("created_at")).order_by("-created_at", "-pk")
    if order == CHEAPEST:
        price = Coalesce("lowest_price", Value(UNKNOWN_PRICE))
        return products.annotate(key=price).order_by(F("key").asc(), "pk")
    return products.annotate(key=Cast("relevance", FloatField())).order_by(F("key").desc(), "-pk")


def _beyond(products: ProductQuerySet, key: Key, *, is_down: bool) -> ProductQuerySet:
    side = "lt" if is_down else "gt"
    beyond = Q((f"key__{side}", key.value)) | Q((f"pk__{side}", key.product_id))
    return products.filter(Q((f"key__{side}e", key.value)), beyond)


def _keys(products: QuerySet[Any], start: int = 0) -> list[Key]:
    """Return the keys of one page and of the first product after it; reads no card's joins."""
    rows = products.values_list("key", "pk")  # annotated
    return [Key(value, product_id) for value, product_id in rows[start : start + PRODUCTS_PER_PAGE + 1]]
