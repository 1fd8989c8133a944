"""Finding products by words: as typed, as a beginning, as likely meant, else by most of the words.

A word finds a product by the product's own text and by the name or place of its business, both in the
product's document (see ``models.search``), or by what it means in the taxonomy (see ``search_words``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import add, or_

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import BigIntegerField, BooleanField, Case, Expression, F, Func, Q, Value, When
from django.db.models.functions import Length

from products.models import Category, SearchSynonym
from products.models.catalogue import ProductQuerySet
from products.search_terms import (
    Term,
    all_of,
    any_of,
    as_beginning,
    most_of,
    phrase_query,
    read_terms,
    runs_of,
    typed_query,
    whole_query,
    with_meaning,
    words_query,
)
from products.search_words import Lexicon, lexicon_of, likely_spellings, query_words
from products.taxonomy import Family

IN_NAME, EQUAL_IN_NAME, OF_FAMILY, IN_DESCRIPTION, OF_BUSINESS = 1.0, 0.8, 0.5, 0.25, 0.2
"""What a word adds to the relevance, by where it was found; an equal word or a stem counts less."""

NO_PRODUCT = Q(pk=0)  # a condition that still is SQL, for those who build on it
PHRASE_BONUS, FIRST_BONUS, SHORT_BONUS = 0.5, 0.3, 0.1
MOST_CANDIDATES = 12

STEMS = """
    SELECT word, (ts_lexize('indonesian_stem', word))[1] FROM unnest(%s::text[]) AS typed (word)
"""
SPELT_ALIKE = """
    SELECT typed.word, near.word FROM unnest(%s::text[]) AS typed (word), LATERAL (
        SELECT word, similarity(word, typed.word) AS alike FROM products_searchword
        WHERE word %% typed.word AND abs(length(word) - length(typed.word)) <= 2
            AND word_similarity(typed.word, word) >= 0.45
        GROUP BY word ORDER BY alike DESC, word LIMIT %s
    ) AS near
"""


class How(StrEnum):
    """How closely the products found match what was typed."""

    EXACT = "exact"
    BEGINNING = "beginning"
    SIMILAR = "similar"
    SOME_WORDS = "some_words"
    NOTHING = "nothing"


class OneOf(Func):
    """True for a value that stands in an array: one parameter, where ``__in`` would check thousands."""

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()


class TextQuery(SearchQuery):
    """A query in the notation of ``tsquery``, taken word for word; see ``search_terms``."""

    template = "%(expressions)s::tsquery"


@dataclass(frozen=True)
class Search:
    """A condition every product found must meet, how relevant each then is, and how close the match is.

    ``in_name`` is the stricter condition of those whose names hold all the words.

    ``suggestion`` is what was likely meant, when that led to the products. ``words`` finds the words to mark
    in a product's text. When nothing was found, ``near`` are the categories that the words come close to.
    """

    how: How
    condition: Q
    in_name: Q
    relevance: Expression
    words: str = ""
    suggestion: str = ""
    typed: tuple[str, ...] = ()
    near: tuple[Category, ...] = ()

    def apply(self, products: ProductQuerySet, *, most: int | None = None) -> ProductQuerySet:
        """Return the matching products with their ``relevance``.

        With ``most`` about so many matching ``products`` are ranked, those with the words in their names
        before others: a word that a tenth of a million products share then costs no more than a rare one.
        Filter before. That costs one query for their ids or two, since a subquery would make PostgreSQL
        read the whole table.
        """
        found = products.filter(self.condition)
        if most is not None:
            with _by_index(self.how):
                ids = _some(products.filter(self.in_name), most)
                others = _some(found, most) if len(ids) < most else []
            these = OneOf(F("pk"), Value([*ids, *others], ArrayField(BigIntegerField())))
            found = found if len(ids) < most and len(others) < most else products.filter(these)
        return found.annotate(relevance=self.relevance)


def search_for(text: str, products: ProductQuerySet, categories: Sequence[Category]) -> Search | None:
    """Return the closest way to find ``text`` among ``products``; None when the text holds no word.

    Costs three queries when the words are found as typed, at most eight otherwise; each reads an index.
    """
    words = query_words(text)
    if not words:
        return None
    reader = _Reader(words, products, families_of(categories), categories)
    for reading in reader.readings():
        with _by_index(reading.how):
            is_found = products.filter(reading.condition).exists()
        if is_found:
            return reading
    return reader.nothing()


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


class _Reader:
    """The readings of one text, from the strictest on; each costs its queries only when it is reached."""

    def __init__(
        self,
        words: tuple[str, ...],
        products: ProductQuerySet,
        families: list[Family],
        categories: Sequence[Category],
    ) -> None:
        self.words = words
        self.products = products
        self.families = tuple(families)
        self.categories = categories
        self.sectors = {category.pk: category.parent_id or category.pk for category in categories}
        self.lexicon: Lexicon = lexicon_of(self.families)
        self.stems: dict[str, str] = {}

    def readings(self) -> Iterator[Search]:
        """Yield: as typed, the last word as a beginning, as likely meant, most of the words, any of them."""
        terms = self._terms(self.words)
        yield self._search(How.EXACT, terms, all_of(self._queries(terms)))
        beginning = as_beginning(terms, self.words, self.lexicon)
        if beginning:
            yield self._search(How.BEGINNING, beginning, all_of(self._queries(beginning)))
        meant = self._as_meant(terms)
        suggestion = self._suggestion(terms, meant)
        queries = self._queries(meant)
        if meant != terms:
            yield self._search(How.SIMILAR, meant, all_of(queries), suggestion)
        if len(meant) > 2:
            yield self._search(How.SOME_WORDS, meant, most_of(queries), suggestion)
        if len(meant) > 1:
            yield self._search(How.SOME_WORDS, meant, any_of(queries), suggestion)

    def nothing(self) -> Search:
        """Return the search that finds nothing, with the categories that the words come close to."""
        terms = [
            with_meaning(term, self.words, self.lexicon, is_lenient=True) for term in self._terms(self.words)
        ]
        ids = {pk for term in terms for pk in self._categories_of(term)}
        near = tuple(category for category in self.categories if category.pk in ids)
        return Search(How.NOTHING, NO_PRODUCT, NO_PRODUCT, Value(0.0), typed=self.words, near=near)

    def _terms(self, words: Sequence[str]) -> list[Term]:
        """Read the words with the groups that hold any of them. Costs two queries."""
        groups = [
            tuple(group)
            for group in SearchSynonym.objects.in_use()
            .filter(words__overlap=runs_of(words))
            .order_by("pk")
            .values_list("words", flat=True)
        ]
        terms = read_terms(words, groups, self.lexicon)
        self._learn_stems({word for term in terms for phrase in term.phrases for word in phrase.split()})
        return terms

    def _learn_stems(self, words: Iterable[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(STEMS, [sorted(words)])
            self.stems |= {word: stem for word, stem in cursor.fetchall() if stem}

    def _as_meant(self, terms: list[Term]) -> list[Term]:
        """Return the terms with those that nothing answers to replaced by the likeliest spelling.

        A word that is part of a phrase of the taxonomy ("leather") means its families instead.
        """
        missing = self._unanswered(terms)
        spelt = self._spelt_alike([word for term in missing for word in term.typed.split()])
        return [self._meant(term, spelt) if term in missing else term for term in terms]

    def _unanswered(self, terms: list[Term]) -> list[Term]:
        """Return the terms that no product answers to. Costs one query."""
        names = {f"term_{place}": query for place, query in enumerate(self._queries(terms))}
        listed = self.products.order_by()
        found = {name: listed.filter(document=TextQuery(query)).exists() for name, query in names.items()}
        return [term for term, is_found in zip(terms, found.values(), strict=True) if not is_found]

    def _spelt_alike(self, words: list[str]) -> dict[str, tuple[str, ...]]:
        """Return for each word those of the catalogue and the taxonomy that it may be. Costs one query."""
        if not words:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(SPELT_ALIKE, [words, MOST_CANDIDATES])
            rows = cursor.fetchall()
        return {
            word: likely_spellings(word, self.families, {near for typed, near in rows if typed == word})
            for word in words
        }

    def _meant(self, term: Term, spelt: dict[str, tuple[str, ...]]) -> Term:
        lenient = with_meaning(term, self.words, self.lexicon, is_lenient=True)
        spellings = spelt.get(term.typed, ())
        if any(meaning.families for meaning in lenient.meanings) or not spellings:
            return lenient
        words = tuple(spellings[0] if word == term.typed else word for word in self.words)
        [best] = self._terms([spellings[0]])
        return with_meaning(
            Term(best.typed, (*best.equals, *spellings[1:])), words, self.lexicon, is_lenient=True
        )

    def _suggestion(self, terms: list[Term], meant: list[Term]) -> str:
        """Return the words as likely meant, or an empty text when they were spelt like that."""
        typed, likely = (" ".join(term.typed for term in each) for each in (terms, meant))
        return likely if likely != typed else ""

    def _queries(self, terms: list[Term]) -> list[str]:
        return [self._query(term) for term in terms]

    def _query(self, term: Term) -> str:
        """Return the query of a term; a sector it means whole is one lexeme, not one for each family."""
        ids = self._categories_of(term)
        partly = {sector for pk, sector in self.sectors.items() if pk not in ids}
        sectors = {self.sectors[pk] for pk in ids} - partly
        families = {pk for pk in ids if self.sectors[pk] not in sectors}
        return whole_query(term, self.stems, families, sectors)

    def _categories_of(self, term: Term) -> set[int]:
        """Return the ids of the families that a term means, those of its sectors included."""
        codes = {code for meaning in term.meanings for code in meaning.families}
        sectors = {code for meaning in term.meanings for code in meaning.sectors}
        sector_ids = {category.pk for category in self.categories if category.code in sectors}
        return {
            category.pk
            for category in self.categories
            if category.code in codes or category.parent_id in sector_ids or category.pk in sector_ids
        }

    def _search(self, how: How, terms: list[Term], query: str, suggestion: str = "") -> Search:
        return Search(
            how,
            Q(document=TextQuery(query)),
            Q(document=TextQuery(all_of([typed_query(term, "A") for term in terms]))),
            self._relevance(terms),
            words=any_of([words_query(term, self.stems) for term in terms]),
            suggestion=suggestion,
            typed=self.words,
        )

    def _relevance(self, terms: list[Term]) -> Expression:
        """Add up what each word gives, more when all stand together, first, or in a short name."""
        parts: list[Expression] = [part for term in terms for part in self._parts(term)]
        if len(terms) > 1:
            parts.append(_when(phrase_query(terms, self.stems), PHRASE_BONUS))
        first = reduce(or_, [Q(name__istartswith=phrase) for phrase in terms[0].phrases])
        parts.append(Case(When(first, then=Value(FIRST_BONUS)), default=Value(0.0)))
        shortness = Value(SHORT_BONUS) - Length("name") * Value(SHORT_BONUS / 120)
        return reduce(add, parts) + shortness

    def _parts(self, term: Term) -> list[Expression]:
        """Return what the place of a word in the text gives, and what its family gives on top."""
        own = Case(
            When(document=TextQuery(typed_query(term, "A")), then=Value(IN_NAME)),
            When(document=TextQuery(words_query(term, self.stems, "A")), then=Value(EQUAL_IN_NAME)),
            When(document=TextQuery(words_query(term, self.stems, "C")), then=Value(IN_DESCRIPTION)),
            When(document=TextQuery(words_query(term, self.stems, "D")), then=Value(OF_BUSINESS)),
            default=Value(0.0),
        )
        families = self._categories_of(term)
        of_family = Case(When(category_id__in=families, then=Value(OF_FAMILY)), default=Value(0.0))
        return [own, of_family] if families else [own]


@contextmanager
def _by_index(how: How) -> Iterator[None]:
    """Let PostgreSQL read the index in the block, which stands for few rows or none.

    Of a beginning it expects one product in two hundred, and would read the table until it meets one.
    """
    if how is not How.BEGINNING:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def _some(products: ProductQuerySet, most: int) -> list[int]:
    """Return ids of matching products, whichever an index gives first."""
    return list(products.order_by().values_list("pk", flat=True)[:most])


def _when(query: str, amount: float) -> Case:
    return Case(When(document=TextQuery(query), then=Value(amount)), default=Value(0.0))
