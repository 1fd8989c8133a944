"""Finding products by words: word for word, else by similar spelling, else by some of the words.

A word matches a product by the product's own text, by its family or sector (see ``search_words``), or by
the name or place of its business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorExact,
    TrigramWordSimilarity,
)
from django.db.models import BooleanField, Case, Expression, ExpressionWrapper, F, Q, Value, When
from django.db.models.lookups import GreaterThanOrEqual

from products.models import Business, Category
from products.models.catalogue import ProductQuerySet
from products.search_words import Meaning, likely_spelling, meanings, query_words
from products.taxonomy import Family

BUSINESS_TEXT = SearchVector("name", "district", "region__name", config="simple")

SIMILAR_SPELLING = 0.5
"""Least trigram word similarity of a name: "spatu" is in "Sepatu pantofel" with 0.50."""

SHORTEST_SIMILAR = 4
FAMILY_BONUS, WHOLE_QUERY_BONUS, BUSINESS_BONUS = 0.4, 0.6, 0.2


class How(StrEnum):
    """How closely the products found match what was typed."""

    EXACT = "exact"
    SIMILAR = "similar"
    SOME_WORDS = "some_words"


@dataclass(frozen=True)
class Search:
    """A condition every product found must meet, how relevant each then is, and how close the match is."""

    how: How
    condition: Q
    relevance: Expression

    def apply(self, products: ProductQuerySet) -> ProductQuerySet:
        """Return the matching products with their ``relevance``."""
        return products.filter(self.condition).annotate(relevance=self.relevance)


def search_for(text: str, products: ProductQuerySet, categories: Sequence[Category]) -> Search | None:
    """Return the closest way to find ``text`` among ``products``; None when the text holds no word.

    Costs two queries when the words are found as typed, at most five otherwise. On 5,000 products the
    first way takes some 30 ms (it reads the index), the others up to half a second.
    """
    words = query_words(text)
    if not words:
        return None
    taxonomy = families_of(categories)
    exact = _read({word: [word] for word in words}, taxonomy, categories)
    if products.filter(exact.every_word()).exists():
        return Search(How.EXACT, exact.every_word(), exact.relevance())
    spellings = {
        word: [word, other] if (other := likely_spelling(word, taxonomy)) else [word] for word in words
    }
    similar = _read(spellings, taxonomy, categories, is_lenient=True)
    if len(words) == 1 or products.filter(similar.every_word()).exists():
        return Search(How.SIMILAR, similar.every_word(), similar.relevance())
    return Search(How.SOME_WORDS, similar.any_word(), similar.relevance())


def families_of(categories: Sequence[Category]) -> list[Family]:
    """Return the rows of the taxonomy as the values that pure modules read."""
    codes = {category.pk: category.code for category in categories}
    return [
        Family(
            category.code,
            codes.get(category.parent_id) if category.parent_id else None,
            category.name_id,
            category.name_en,
            tuple(category.synonyms_id),
            tuple(category.synonyms_en),
        )
        for category in categories
    ]


@dataclass(frozen=True)
class _Reading:
    """What is known about each word typed: its spellings, and for each of those categories and businesses."""

    spellings: dict[str, list[str]]
    categories_of: dict[str, set[int]]
    businesses_of: dict[str, set[int]]
    is_lenient: bool

    def every_word(self) -> Q:
        return reduce(and_, [self._condition(word) for word in self.spellings])

    def any_word(self) -> Q:
        return reduce(or_, [self._condition(word) for word in self.spellings])

    def relevance(self) -> Expression:
        """Rank the product's own words, then families that any word means, more when all words mean them."""
        families = [self._of(self.categories_of, word) for word in self.spellings]
        businesses = [self._of(self.businesses_of, word) for word in self.spellings]
        own = SearchRank(F("document"), reduce(or_, map(_query, self.categories_of)))
        return (
            own
            + _bonus(Q(category_id__in=set.union(*families)), FAMILY_BONUS)
            + _bonus(Q(category_id__in=set.intersection(*families)), WHOLE_QUERY_BONUS)
            + _bonus(Q(business_id__in=set.union(*businesses)), BUSINESS_BONUS)
        )

    def _condition(self, word: str) -> Q:
        parts = [Q(SearchVectorExact(F("document"), _query(spelling))) for spelling in self.spellings[word]]
        parts.append(Q(category_id__in=self._of(self.categories_of, word)))
        parts.append(Q(business_id__in=self._of(self.businesses_of, word)))
        if self.is_lenient and len(word) >= SHORTEST_SIMILAR:
            parts += [_reads_like(word, "name"), _reads_like(word, "business__name")]
        return reduce(or_, parts)

    def _of(self, ids: dict[str, set[int]], word: str) -> set[int]:
        return set.union(*(ids[spelling] for spelling in self.spellings[word]))


def _read(
    spellings: dict[str, list[str]],
    taxonomy: list[Family],
    categories: Sequence[Category],
    *,
    is_lenient: bool = False,
) -> _Reading:
    """Look every spelling up in the taxonomy and among the businesses. Costs one query."""
    every = [spelling for group in spellings.values() for spelling in group]
    categories_of = {
        meaning.word: _category_ids(meaning, categories)
        for meaning in meanings(every, taxonomy, is_lenient=is_lenient)
    }
    return _Reading(spellings, categories_of, _business_ids(every), is_lenient)


def _category_ids(meaning: Meaning, categories: Sequence[Category]) -> set[int]:
    """Return the ids of the families that a word means, those of its sectors included."""
    sectors = {category.pk for category in categories if category.code in meaning.sectors}
    return {
        category.pk
        for category in categories
        if category.code in meaning.families or category.parent_id in sectors or category.pk in sectors
    }


def _business_ids(words: Sequence[str]) -> dict[str, set[int]]:
    """Return for each word the businesses that carry it in their name or place. Costs one query."""
    queries = {f"word_{place}": SearchQuery(word, config="simple") for place, word in enumerate(words)}
    any_word = reduce(or_, queries.values())
    rows = (
        Business.objects.alias(text=BUSINESS_TEXT)
        .filter(text=any_word)
        .annotate(
            **{
                name: ExpressionWrapper(Q(text=query), output_field=BooleanField())
                for name, query in queries.items()
            }
        )
        .values("pk", *queries)
    )
    found = list(rows)
    return {
        word: {row["pk"] for row in found if row[name]} for name, word in zip(queries, words, strict=True)
    }


def _reads_like(word: str, field: str) -> Q:
    return Q(GreaterThanOrEqual(TrigramWordSimilarity(word, field), SIMILAR_SPELLING))


def _query(word: str) -> SearchQuery:
    """The word itself, and its stem: "anyaman" also finds "anyam"."""
    return SearchQuery(word, config="simple") | SearchQuery(word, config="indonesian")


def _bonus(condition: Q, amount: float) -> Case:
    return Case(When(condition, then=Value(amount)), default=Value(0.0))
