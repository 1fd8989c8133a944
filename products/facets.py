"""How many products stand behind each choice of the catalogue's filters.

Up to ``MOST_COUNTED`` matching products are counted one by one. Beyond, a sample of about that many listed
products is counted and scaled up: each product carries a number from 0 to 1023 that says nothing else about
it, and an index holds all that is counted here in the order of that number.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, F, Func, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable, Expression

from products.catalogue_version import Version
from products.models.catalogue import ProductQuerySet

MOST_COUNTED = 10_000
SAMPLE_PARTS = 1024
PLANNED_ROWS = re.compile(r"rows=(\d+)")
SAMPLED_PRODUCTS = 10_000
"""About how many products are looked at for an estimate; a share of 1% of all is then right to a tenth."""

MOST_REMEMBERED = 500
"""Answers that a process keeps, some 10 kB each at most."""

_remembered: OrderedDict[Any, Counts] = OrderedDict()
KINDS = ArrayField(CharField(max_length=8))


@dataclass(frozen=True)
class Bands:
    """Ranges of a number of a product; each begins at one of ``starts``, the first at 0."""

    column: str
    starts: tuple[int, ...]

    @property
    def codes(self) -> list[str]:
        """The ranges as they stand in addresses: ``0-9999``, ``10000-24999``, ``25000-``."""
        ends = [str(start - 1) for start in self.starts] + [""]
        return [f"{start}-{end}" for start, end in zip((0, *self.starts), ends, strict=True)]

    def within(self, codes: Iterable[str]) -> Q:
        """Return the condition of lying in one of the ranges; an unknown number lies in none."""
        condition = Q(pk__in=[])
        for code in codes:
            start, end = code.split("-")
            band = Q(**{f"{self.column}__gte": int(start)})
            condition |= band & Q(**{f"{self.column}__lte": int(end)}) if end else band
        return condition

    def expression(self) -> Expression:
        """Return the place of the range, from 0; NULL for an unknown number."""
        starts = ", ".join(map(str, self.starts))
        return Func(
            F(self.column),
            template=f"width_bucket(%(expressions)s::bigint, ARRAY[{starts}]::bigint[])",
            output_field=IntegerField(),
        )


BANDS = {
    "kisaran": Bands("lowest_price", (10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000)),
    "pesanan": Bands("min_order", (2, 11, 51, 201)),
    "kapasitas": Bands("capacity_per_month", (100, 500, 2_000, 10_000)),
    "waktu": Bands("lead_time_days", (4, 8, 15, 31)),
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "kategori": ("category_id",),
    "provinsi": ("province_id",),
    "kabupaten": ("region_id",),
    "titip": ("accepts_consignment",),
    "sendiri": ("makes_itself",),
    "sertifikat": ("held", "checked"),
    **{name: (f"band_{name}",) for name in BANDS},
}


@dataclass(frozen=True)
class Counts:
    """How many products match, and how many of them have each value of each facet."""

    total: int
    by_facet: Mapping[str, Mapping[Any, int]]
    is_estimate: bool


def certificates_on(day: date, *, only_checked: bool = False) -> Case:
    """Return the kinds a product can show on ``day``; asks the certificates only where one has ended."""
    stored = "certificates_checked" if only_checked else "certificates_held"
    anew = Func(F("id"), F("business_id"), Value(day), Value(only_checked), function="products_certificates")
    current: Combinable = F(stored)
    return Case(
        When(Q(certificates_until=None) | Q(certificates_until__gte=day), then=current),
        default=anew,
        output_field=KINDS,
    )


def count_facets(
    products: ProductQuerySet, facets: Sequence[str], *, today: date, version: Version
) -> Counts:
    """Return the counts of ``facets`` (keys of ``COLUMNS``) among ``products`` as of ``version``.

    Costs a plan and one query that reads at most ``MOST_COUNTED`` + 1 products, two more for an estimate;
    none while a process remembers the answer for the same version.
    """
    try:
        question = str(products.order_by().values("pk").query)
    except EmptyResultSet:  # Django sees that nothing can match
        return Counts(0, {facet: {} for facet in facets}, is_estimate=False)
    key = (version, today, tuple(facets), question)
    counts = _remembered.get(key) or _counted(products, facets, today)
    _remembered[key] = counts
    _remembered.move_to_end(key)
    if len(_remembered) > MOST_REMEMBERED:
        _remembered.popitem(last=False)
    return counts


def _counted(products: ProductQuerySet, facets: Sequence[str], today: date) -> Counts:
    is_large = _planned(products) > MOST_COUNTED  # nobody counts so far to learn that there are more
    estimate = _estimated(products, facets, today) if is_large else None
    if estimate and estimate.total > MOST_COUNTED:
        return estimate
    exact = _count(products, facets, today, most=MOST_COUNTED + 1)
    return exact if exact.total <= MOST_COUNTED else estimate or _estimated(products, facets, today)


def _planned(products: ProductQuerySet) -> int:
    """Return how many products PostgreSQL expects to match; reads no row."""
    found = PLANNED_ROWS.search(products.order_by().explain())
    return int(found[1]) if found else 0


def _estimated(products: ProductQuerySet, facets: Sequence[str], today: date) -> Counts:
    parts = _sample_parts()
    sampled = _count(products.filter(sample__lt=parts), facets, today, most=None)
    scale = SAMPLE_PARTS / parts
    return Counts(
        max(MOST_COUNTED, round(sampled.total * scale)),
        {
            facet: {value: round(count * scale) for value, count in counts.items()}
            for facet, counts in sampled.by_facet.items()
        },
        is_estimate=True,
    )


def _sample_parts() -> int:
    """Return how many of the 1024 parts to look at, by the size of the table as last analysed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'products_product'::regclass")
        rows = max(1, cursor.fetchone()[0])
    return min(SAMPLE_PARTS, max(1, round(SAMPLE_PARTS * SAMPLED_PRODUCTS / rows)))


def _count(products: ProductQuerySet, facets: Sequence[str], today: date, *, most: int | None) -> Counts:
    """Count all facets in one pass, by grouping sets, which Django's queries do not know."""
    columns = [column for facet in facets for column in COLUMNS[facet]]
    matching = products.order_by().annotate(**_expressions(facets, today)).values_list(*columns, "pk")
    sql, params = (matching[:most] if most else matching).query.sql_with_params()
    names = ", ".join(columns)
    sets = ", ".join(f"({', '.join(COLUMNS[facet])})" for facet in facets)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT GROUPING({names}), count(*), {names} "  # noqa: S608 - our own names, values are params
            f"FROM ({sql}) matching ({names}, id) GROUP BY GROUPING SETS ({sets}, ())",
            params,
        )
        return _sorted_out(cursor.fetchall(), facets, columns)


def _expressions(facets: Sequence[str], today: date) -> dict[str, Expression]:
    expressions: dict[str, Expression] = {
        f"band_{name}": bands.expression() for name, bands in BANDS.items() if name in facets
    }
    if "sertifikat" in facets:
        expressions["held"] = certificates_on(today)
        expressions["checked"] = certificates_on(today, only_checked=True)
    return expressions


def _sorted_out(rows: Sequence[Any], facets: Sequence[str], columns: Sequence[str]) -> Counts:
    """Give each row to the facet it counts; GROUPING has a 0 bit where a column takes part, first on top."""
    total = 0
    by_facet: dict[str, dict[Any, int]] = {facet: {} for facet in facets}
    facet_of = {column: facet for facet in facets for column in COLUMNS[facet]}
    for mask, count, *values in rows:
        grouped = [place for place in range(len(columns)) if not mask >> (len(columns) - 1 - place) & 1]
        if not grouped:
            total = count
            continue
        facet = facet_of[columns[grouped[0]]]
        parts = tuple(tuple(v) if isinstance(v, list) else v for v in (values[place] for place in grouped))
        by_facet[facet][parts if len(parts) > 1 else parts[0]] = count
    return Counts(total, by_facet, is_estimate=False)
