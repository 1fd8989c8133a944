"""The products that are searched: the demonstration, and real titles in the same throw-away database."""

import io
from dataclasses import dataclass

from benchmarks.pairing.realdata import DataMissing
from benchmarks.search.judged import DEMONSTRATION, REAL, real_titles
from products.models import Business, Category, Product
from products.models.catalogue import ProductQuerySet
from regions.models import Region

SELLER = "Baris nyata"


@dataclass(frozen=True)
class Corpus:
    """Products to search, and what the judgements call each, by its id."""

    products: ProductQuerySet
    called: dict[int, str]


def load() -> dict[str, Corpus]:
    """Fill the scratch database and return its corpora; without the real rows the demonstration alone."""
    from django.core.management import call_command

    call_command("seed_demo", stdout=io.StringIO())
    listed = Product.objects.listed()
    demonstration = Corpus(
        listed.exclude(business__name=SELLER), dict(listed.order_by("pk").values_list("pk", "name"))
    )
    try:
        titles = real_titles()
    except DataMissing:
        return {DEMONSTRATION: demonstration}
    called = _add(titles)
    return {DEMONSTRATION: demonstration, REAL: Corpus(listed.filter(business__name=SELLER), called)}


def _add(titles: dict[str, str]) -> dict[int, str]:
    """Add the real titles, all in one category that no word means; return their ids by the products'."""
    region = Region.objects.order_by("pk")[0]
    office = Business.objects.select_related("office").order_by("pk")[0].office
    seller = Business.objects.create(name=SELLER, region=region, office=office)
    category = Category.objects.create(code="baris-nyata", name_id="Xz", name_en="Xz")
    rows = [Product(business=seller, category=category, name=title[:120]) for title in titles.values()]
    added = Product.objects.bulk_create(rows, batch_size=1000)
    return {row.pk: code for row, code in zip(added, titles, strict=True)}
