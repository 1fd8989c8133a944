"""What a buyer's words mean in the taxonomy: "kripik" is the family of keripik, "packaging" a whole sector.

Pure: categories come in as ``taxonomy.Family`` values. A family is meant when one of its phrases stands in
the query as a whole, or when a word is the head of its name ("kain" in "Kain katun"), so that "kemasan"
does not bring bottled water ("Air minum dalam kemasan"). A sector is meant only by words that no family
claims: "sepatu" leads to the families of shoes, not to every wallet in "Sepatu dan kulit".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from products.taxonomy import Family, fold

MOST_WORDS = 6
SHORTEST_MISSPELT = 4
LIKENESS_FLOOR = 0.75
"""Least likeness of two words' letters, from 0.0 to 1.0: "spatu" and "sepatu" have 0.91."""

FIRST_LETTER_BONUS = 0.05
"""People seldom mistype the first letter: "sandel" is "sandal", not "handel"."""

STOP_WORDS = frozenset(
    {"yang", "untuk", "dan", "atau", "dari", "di", "ke", "dengan", "dalam", "per"}
    | {"the", "for", "and", "or", "of", "in", "to", "with", "a", "an"}
)
PIECES = re.compile(r",| dan | atau | and | or ")


@dataclass(frozen=True)
class Meaning:
    """What one word of a query means: codes of families, and of sectors when no family claims it."""

    word: str
    families: frozenset[str]
    sectors: frozenset[str]


def query_words(text: str) -> tuple[str, ...]:
    """Return the folded words to search for, at most six, each once, without words such as "untuk"."""
    words = tuple(dict.fromkeys(fold(text).split()))
    return tuple(word for word in words if word not in STOP_WORDS)[:MOST_WORDS] or words[:MOST_WORDS]


def meanings(
    words: Sequence[str], categories: Iterable[Family], *, is_lenient: bool = False
) -> list[Meaning]:
    """Return the meaning of each word, in order; ``categories`` holds sectors and families.

    A lenient reading lets a word stand for a phrase it is part of: "leather" for "leather bags".
    """
    wanted = set(words)
    claims = [(category, _claimed(category, wanted, is_lenient=is_lenient)) for category in categories]
    found = []
    for word in words:
        families = {c.code for c, claimed in claims if c.parent is not None and word in claimed}
        heads = {c.code for c, _ in claims if c.parent is not None and word in _heads(c)}
        sectors = {c.code for c, claimed in claims if c.parent is None and word in claimed}
        found.append(
            Meaning(word, frozenset(families | heads), frozenset() if families else frozenset(sectors))
        )
    return found


def likely_spelling(word: str, categories: Iterable[Family]) -> str | None:
    """Return the word of the taxonomy that ``word`` most resembles, or None when none is near.

    Ties go to the alphabetically first, so that the same word always leads to the same answer.
    """
    if len(word) < SHORTEST_MISSPELT:
        return None
    known = {part for category in categories for phrase in _phrases(category) for part in phrase.split()}
    near = ((-_likeness(word, other), other) for other in known if abs(len(other) - len(word)) <= 2)
    score, other = min(near, default=(0.0, ""))
    return other if -score >= LIKENESS_FLOOR else None


def _likeness(word: str, other: str) -> float:
    """Return the share of letters in the same order, a little more when both begin alike."""
    bonus = FIRST_LETTER_BONUS if word[0] == other[0] else 0.0
    return SequenceMatcher(None, word, other).ratio() + bonus


def _claimed(category: Family, wanted: set[str], *, is_lenient: bool) -> set[str]:
    """Return the words of the phrases that stand in the query as a whole, or in part when lenient."""
    phrases = (set(phrase.split()) - STOP_WORDS for phrase in _phrases(category))
    if is_lenient:
        return {word for phrase in phrases for word in phrase & wanted}
    return {word for phrase in phrases if phrase <= wanted for word in phrase}


def _heads(category: Family) -> Iterator[str]:
    """Yield the word that names the thing: the first in Indonesian, the last in English."""
    yield from (fold(piece).split()[0] for piece in PIECES.split(category.name_id) if fold(piece))
    yield from (fold(piece).split()[-1] for piece in PIECES.split(category.name_en) if fold(piece))


def _phrases(category: Family) -> tuple[str, ...]:
    return (*category.phrases_id, *category.phrases_en)
