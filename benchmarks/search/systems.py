"""The searches that are compared: the portal's, plain ``icontains``, and full text with one configuration."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Q

from products.filters.catalogue import MOST_RANKED
from products.models import Category
from products.models.catalogue import ProductQuerySet
from products.paging import RELEVANCE, numbered_page
from products.search import search_for

FIRST = 10
FIELDS = ("name", "description", "category__name_id", "category__name_en", "business__name")

System = Callable[[str, ProductQuerySet, Sequence[Category]], list[int]]


def by_portal(text: str, products: ProductQuerySet, categories: Sequence[Category]) -> list[int]:
    """Return the ids of the ten best as the catalogue ranks them."""
    search = search_for(text, products, categories)
    if search is None:
        return []
    page = numbered_page(search.apply(products, most=MOST_RANKED), RELEVANCE, 1, FIRST)
    return [key.product_id for key in page.keys[:FIRST]]


def by_icontains(text: str, products: ProductQuerySet, categories: Sequence[Category]) -> list[int]:
    """Return the first ten in which every word stands somewhere, as most shops' own search does it."""
    conditions = [
        reduce(lambda either, one: either | one, [Q(**{f"{field}__icontains": word}) for field in FIELDS])
        for word in text.split()
    ]
    return _first(products.filter(reduce(and_, conditions)).order_by("pk"))


def by_one_configuration(text: str, products: ProductQuerySet, categories: Sequence[Category]) -> list[int]:
    """Return the ten best of PostgreSQL's full text with ``indonesian`` alone and the same four weights."""
    document = (
        SearchVector("name", config="indonesian", weight="A")
        + SearchVector(
            "category__name_id",
            "category__name_en",
            "category__synonyms_id",
            "category__synonyms_en",
            config="indonesian",
            weight="B",
        )
        + SearchVector("description", config="indonesian", weight="C")
        + SearchVector("business__name", "business__region__name", config="indonesian", weight="D")
    )
    query = SearchQuery(text, config="indonesian", search_type="websearch")
    found = products.annotate(found=document).filter(found=query)
    return _first(found.annotate(relevance=SearchRank(document, query)).order_by("-relevance", "pk"))


SYSTEMS: dict[str, System] = {
    "portal": by_portal,
    "icontains": by_icontains,
    "one configuration": by_one_configuration,
}


def _first(products: ProductQuerySet) -> list[int]:
    return list(products.values_list("pk", flat=True)[:FIRST])
