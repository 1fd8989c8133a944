"""Where a product matches: its name, or a piece of its description, with the words found marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from products.models import Product
from products.search import Search

BEGIN, END = "\x02", "\x03"
MARKED = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)
HEADLINES = """
    SELECT id,
        ts_headline('indonesian', translate(name, %(signs)s, ''), query, %(whole)s),
        ts_headline('indonesian', translate(description, %(signs)s, ''), query, %(piece)s)
    FROM products_product, CAST(%(words)s AS tsquery) AS query WHERE id = ANY(%(ids)s)
"""
SIGNS = f"StartSel={BEGIN}, StopSel={END}"


def mark_matches(search: Search | None, products: Iterable[Product]) -> None:
    """Give each product ``marked_name``, or ``marked_piece`` when only its description holds the words.

    Both are safe HTML with ``<mark>`` around what was found. Costs one query, none without a search.
    """
    if search is None or not search.words:
        return
    rows = {product.pk: product for product in products}
    if not rows:
        return
    values: dict[str, Any] = {
        "signs": BEGIN + END,
        "whole": f"HighlightAll=true, {SIGNS}",
        "piece": f"MaxFragments=1, MaxWords=16, MinWords=6, {SIGNS}",
        "words": search.words,
        "ids": list(rows),
    }
    with connection.cursor() as cursor:
        cursor.execute(HEADLINES, values)
        found = cursor.fetchall()
    for pk, name, piece in found:
        if BEGIN in name:
            rows[pk].marked_name = as_html(name)
        elif BEGIN in piece:
            rows[pk].marked_piece = as_html(piece)


def as_html(headline: str) -> SafeString:
    """Return a headline as HTML: everything escaped, and ``<mark>`` around what stands between the signs."""
    marked = MARKED.sub(r"<mark>\1</mark>", str(escape(headline)))
    return mark_safe(marked.replace(BEGIN, "").replace(END, ""))  # noqa: S308 - escaped above
