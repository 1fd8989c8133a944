"""Saved questions to the needs board and the catalogue: as query strings, in words, and their answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import HistoryEntry
from products.filters.catalogue import CatalogueFilter
from products.models import Need, Product, SavedSearch
from products.need_filter import NeedBoardFilter
from products.public_needs import ShownNeed

NEEDS, PRODUCTS = SavedSearch.Kind.NEEDS, SavedSearch.Kind.PRODUCTS
BOARDS = {"kebutuhan": NEEDS, "katalog": PRODUCTS}
FILTERS: dict[str, Any] = {NEEDS: NeedBoardFilter, PRODUCTS: CatalogueFilter}
PAGES = {NEEDS: "products:need_board", PRODUCTS: "products:catalogue"}
ORDER = "urut"
INEXACT = {"similar", "some_words"}
"""Ways in which a search of the catalogue answers a question that nothing answers exactly."""


@dataclass(frozen=True)
class Answer:
    """A need or a product that answers a question: what is told of it, and its page."""

    text: str
    address: str


def canonical_query(kind: str, data: QueryDict, today: date) -> str:
    """Return the filters of a page's query string that were understood, in one order.

    So the same question asked twice is the same text; the order and the page of a list do not belong to it.
    """
    filters = FILTERS[kind](data, today=today)
    wrong = filters.form.errors.keys()
    kept = QueryDict(mutable=True)
    for name in sorted(filters.filters):
        values = sorted({value.strip() for value in data.getlist(name)} - {""})
        if values and name != ORDER and name not in wrong:
            kept.setlist(name, values)
    return kept.urlencode()


def in_words(kind: str, query: str, today: date) -> str:
    """Return a question in a few words: ``“kotak”, Kemasan, Halal``."""
    data = QueryDict(query)
    filters = FILTERS[kind](data, today=today)
    filters.form.is_valid()
    used = filters.used() if kind == NEEDS else filters.chips
    words = [f"“{data['q']}”"] if data.get("q") else []
    every = _("semua kebutuhan") if kind == NEEDS else _("semua produk")
    return ", ".join([*words, *(part.label for part in used)]) or every


def page_of(kind: str, query: str) -> str:
    """Return the address of the page that asks the question."""
    return f"{reverse(PAGES[SavedSearch.Kind(kind)])}{'?' + query if query else ''}"


def new_rows(search: SavedSearch, until: datetime, today: date) -> QuerySet[Any]:
    """Return what has answered a search since it was last told, up to ``until``, the newest first.

    A product counts from the day it was listed, a need again from the moment it was reopened. What only
    resembles the words of the question is no answer.
    """
    since = search.seen_until or until
    filters = FILTERS[search.kind](QueryDict(search.query), today=today)
    rows = filters.matching() if search.kind == PRODUCTS else filters.qs
    came = Q(created_at__gt=since, created_at__lte=until)
    if search.kind == PRODUCTS:
        if filters.search is not None and filters.search.how in INEXACT:
            return rows.none()
        came |= Q(pk__in=_told_between(Product, "listed", since, until))
    else:
        came |= Q(pk__in=_told_between(Need, "reopened", since, until))
    if search.business_id is not None:
        rows = rows.exclude(business=search.business_id)
    return rows.filter(came).select_related("business__region").order_by("-created_at", "-pk")


def answers(rows: Iterable[Need | Product], today: date) -> list[Answer]:
    """Return rows as they are told in a message: public words only."""
    return [_of_need(row, today) if isinstance(row, Need) else _of_product(row) for row in rows]


def absolute(path: str) -> str:
    """Return a path as an address for a message."""
    return f"{settings.PUBLIC_URL}{path}"


def _told_between(
    model: type[Need | Product], action: str, since: datetime, until: datetime
) -> QuerySet[Any]:
    """Return the ids of rows of which history tells this action in a span of time."""
    lines = HistoryEntry.objects.filter(subject_kind=model._meta.label_lower, action=action)
    return lines.filter(at__gt=since, at__lte=until).values("subject_id")


def _of_need(need: Need, today: date) -> Answer:
    shown = ShownNeed(need, today)
    who = f"{need.business.name}, {need.business.region.name}"
    text = " · ".join(part for part in (shown.text, who, shown.ends) if part)
    return Answer(text, absolute(reverse("products:need_detail", args=[need.pk])))


def _of_product(product: Product) -> Answer:
    text = f"{product.name} · {product.business.name}, {product.business.region.name}"
    return Answer(text, absolute(reverse("products:product_detail", args=[product.pk])))
