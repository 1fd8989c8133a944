"""Which product families a text speaks of, found by the words of the taxonomy.

Indonesian puts the head of a noun first: a *kotak sepatu* is a box, a *lampu bambu* a lamp. So the
first known phrase of each part of a text decides, and what follows *untuk* (for) does not count.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matchmaking.engine.text import words_of
from matchmaking.engine.values import Category

PARTS = re.compile(r"\s(?:dan|atau|serta|and|or)\s|[,;/&+()]", re.IGNORECASE)
PURPOSE = re.compile(r"\b(?:untuk|guna|bagi|for)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What an offer or a wish is about: known families, or only the sector (``wide``)."""

    families: frozenset[str]
    sector: str

    @property
    def is_wide(self) -> bool:
        return not self.families


class Taxonomy:
    """The two levels of categories, and the phrases that name a family."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self.categories = {category.code: category for category in categories}
        self._phrases: dict[tuple[str, ...], set[str]] = {}
        for category in self.categories.values():
            if category.parent is not None:
                self._learn(category)
        self._longest = max(map(len, self._phrases), default=0)

    def _learn(self, category: Category) -> None:
        spoken = [category.label.id, category.label.en, *category.words]
        for phrase in spoken:
            for part in PARTS.split(phrase):
                words = words_of(part)
                if words:
                    self._phrases.setdefault(words, set()).add(category.code)

    def sector_of(self, code: str) -> str:
        """Return the sector of a family, or the sector itself."""
        return self.categories[code].parent or code

    def kinds_of(self, category: str, text: str, *, several: bool) -> Kinds:
        """Return what a text filed under ``category`` is about.

        A family is believed. Under a mere sector, families of that sector are looked for in the
        text. A wish may name ``several`` things ("wayang golek dan lampu bambu"), an offer is one.
        """
        sector = self.sector_of(category)
        filed = frozenset({category}) if category != sector else frozenset()
        if filed and not several:
            return Kinds(filed, sector)
        spoken = [found for found in self._spoken(text, sector) if found]
        return Kinds(filed.union(*(spoken if several else spoken[:1])), sector)

    def _spoken(self, text: str, sector: str) -> list[frozenset[str]]:
        """Return the families of ``sector`` that each part of the text names first."""
        return [self._first_named(part, sector) for part in PARTS.split(PURPOSE.sub("", text))]

    def _first_named(self, part: str, sector: str) -> frozenset[str]:
        words = words_of(part)
        for start in range(len(words)):
            for length in range(min(self._longest, len(words) - start), 0, -1):
                named = self._phrases.get(words[start : start + length], ())
                inside = frozenset(code for code in named if self.sector_of(code) == sector)
                if inside:
                    return inside
        return frozenset()
