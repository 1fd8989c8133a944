"""What a buyer's words mean in the taxonomy: "kripik" is the family of keripik, "packaging" a whole sector.

Pure: categories come in as ``taxonomy.Family`` values. A family is meant when one of its phrases stands in
the query as a whole, or when a word is the head of its name ("kain" in "Kain katun"), so that "kemasan"
does not bring bottled water ("Air minum dalam kemasan"). A sector is meant only by words that no family
claims: "sepatu" leads to the families of shoes, not to every wallet in "Sepatu dan kulit".
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from products.taxonomy import Family, fold, similarity

MOST_WORDS = 6
MOST_LETTERS = 500
LONGEST_WORD = 40
SHORTEST_MISSPELT = 4
MOST_SPELLINGS = 3
LETTERS_FLOOR = 0.25
"""Least share of letter trigrams in common for two words to be compared letter by letter."""

LIKENESS_FLOOR = 0.75
"""Least likeness of two words' letters, from 0.0 to 1.0: "spatu" and "sepatu" have 0.91."""

FIRST_LETTER_BONUS = 0.05
"""People seldom mistype the first letter: "sandel" is "sandal", not "handel"."""

# fmt: off
STOP_WORDS = frozenset({
    "ada", "adalah", "agar", "akan", "antara", "atau", "bagi", "beli", "buat", "cari", "dalam", "dan", "dari",
    "dekat", "dengan", "di", "dijual", "hingga", "ini", "itu", "jual", "juga", "kab", "kabupaten", "kami",
    "karena", "ke", "kepada", "kota", "mau", "mencari", "merk", "pada", "para", "per", "saja", "saya",
    "secara", "sebagai", "seperti", "serta", "untuk", "utk", "yang", "yg",
    "a", "an", "and", "at", "by", "for", "from", "in", "is", "near", "of", "on", "or", "the", "to", "with",
})
# fmt: on
PIECES = re.compile(r",| dan | atau | and | or ")


@dataclass(frozen=True)
class Meaning:
    """What one word or phrase means: codes of families, and of sectors when no family claims it."""

    word: str
    families: frozenset[str]
    sectors: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The taxonomy, by word: the phrases each word is part of, and the families whose name it heads."""

    phrases: dict[str, list[tuple[frozenset[str], Family]]]
    heads: dict[str, set[str]]


def query_words(text: str) -> tuple[str, ...]:
    """Return the folded words to search for, at most six, without words such as "untuk".

    Each comes once, but a word said twice in a row stays so: "oleh-oleh" is one thing. Only the first 500
    letters are read; signs that nobody sees join what they stand between.
    """
    seen = "".join(sign for sign in text[:MOST_LETTERS] if unicodedata.category(sign) != "Cf")
    said = [word[:LONGEST_WORD] for word in fold(seen).split()]
    words = [
        word
        for place, word in enumerate(said)
        if word not in said[:place] or (said[place - 1] == word and said[:place].count(word) == 1)
    ]
    return tuple([word for word in words if word not in STOP_WORDS] or words)[:MOST_WORDS]


@lru_cache(maxsize=8)
def lexicon_of(categories: tuple[Family, ...]) -> Lexicon:
    """Return the taxonomy by word; the same taxonomy is read once. Costs some 5 ms the first time."""
    lexicon = Lexicon(defaultdict(list), defaultdict(set))
    for category in categories:
        for phrase in _phrases(category):
            parts = frozenset(map(_singular, phrase.split())) - STOP_WORDS
            for part in parts:
                lexicon.phrases[part].append((parts, category))
        for head in _heads(category) if category.parent is not None else ():
            lexicon.heads[_singular(head)].add(category.code)
    return lexicon


def meaning_of(
    phrase: str, typed: Iterable[str], lexicon: Lexicon, *, is_lenient: bool = False, begins: bool = False
) -> Meaning:
    """Return what ``phrase`` means among the words typed.

    A lenient reading lets a word stand for a phrase it is part of: "leather" for "leather bags".
    With ``begins`` it stands for every single word that it begins: "kerip" for "keripik".
    """
    words = {_singular(word) for word in phrase.split()}
    wanted = words | {_singular(word) for word in typed}
    if begins:
        words = {known for known in lexicon.phrases if known.startswith(phrase)} or words
        wanted |= words
    claims = [
        category
        for word in words
        for parts, category in lexicon.phrases.get(word, ())
        if is_lenient or parts <= wanted
    ]
    families = {category.code for category in claims if category.parent is not None}
    heads = set[str]().union(*(lexicon.heads.get(word, ()) for word in words))
    sectors = {category.code for category in claims if category.parent is None}
    return Meaning(phrase, frozenset(families | heads), frozenset() if families else frozenset(sectors))


def likely_spellings(
    word: str, categories: tuple[Family, ...], others: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return up to three words, of the taxonomy or ``others``, that resemble ``word``, the likeliest first.

    Ties go to the alphabetically first, so that the same word always leads to the same answer.
    """
    if len(word) < SHORTEST_MISSPELT:
        return ()
    known = {part for part in _words_of(categories) if _may_be(word, part)} | set(others)
    scored = sorted((-_likeness(word, other), other) for other in known if len(other) >= SHORTEST_MISSPELT)
    near = [(score, other) for score, other in scored if -score >= LIKENESS_FLOOR]
    return tuple(other for score, other in near[:MOST_SPELLINGS] if score <= near[0][0] + 0.1)


def _may_be(word: str, other: str) -> bool:
    return abs(len(other) - len(word)) <= 2 and similarity(word, other) >= LETTERS_FLOOR


def _likeness(word: str, other: str) -> float:
    """Return the share of letters in the same order, a little more when both begin alike."""
    bonus = FIRST_LETTER_BONUS if word[0] == other[0] else 0.0
    return SequenceMatcher(None, word, other).ratio() + bonus


def _singular(word: str) -> str:
    """Return an English word without its plural ending: "bags" and "bag" are one."""
    return word[:-1] if len(word) > SHORTEST_MISSPELT - 1 and word.endswith("s") else word


@lru_cache(maxsize=8)
def _words_of(categories: tuple[Family, ...]) -> frozenset[str]:
    return frozenset(
        part for category in categories for phrase in _phrases(category) for part in phrase.split()
    )


def _heads(category: Family) -> Iterator[str]:
    """Yield the word that names the thing: the first in Indonesian, the last in English."""
    yield from (fold(piece).split()[0] for piece in PIECES.split(category.name_id) if fold(piece))
    yield from (fold(piece).split()[-1] for piece in PIECES.split(category.name_en) if fold(piece))


def _phrases(category: Family) -> tuple[str, ...]:
    return (*category.phrases_id, *category.phrases_en)
