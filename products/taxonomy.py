"""Words into categories and units: which family of the taxonomy a list means by "Kripik singkong".

Pure: the families come in as values. A text that no family fits stays without one; a person decides then.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

LINES_OF_BUSINESS = "bidang-usaha"
"""The sector whose families are kinds of firms ("Toko oleh-oleh"), not kinds of goods."""

SIMILARITY_FLOOR = 0.55
"""Least similarity of spellings that counts, from 0.0 to 1.0.

"Sepato" is "sepatu" (0.56), but "perbaikan" (repair) is not "perbankan" (banking, 0.54).
"""

PURPOSE_WORDS = frozenset({"untuk", "buat", "bagi", "for", "rasa", "motif"})
"""What follows them says whom or what the goods are for: "Standing pouch untuk abon" is no meat floss."""

RATE_WORDS = frozenset({"per", "bulan", "bln", "minggu", "tahun", "month", "week", "year"})

SHORTEST_SIMILAR = 6
"""Shorter words count only when equal: one letter makes "jamu" a "jamur" and "pakan" a "pakaian"."""

MOST_LETTERS_APART = 1
"""Words whose lengths differ by more are different words: "kapas" is not "kapasitas"."""

LONGEST_SIMILAR = 3
"""Phrases of more words are only found word for word."""


@dataclass(frozen=True)
class Family:
    """A sector (no ``parent``) or a family of goods, with the words that people use for it."""

    code: str
    parent: str | None
    name_id: str
    name_en: str
    synonyms_id: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first word of each phrase: a text without any of them does not name the family."""
        return frozenset(phrase.split()[0] for phrase in (*self.phrases_id, *self.phrases_en))

    @cached_property
    def phrases_id(self) -> tuple[str, ...]:
        """Folded Indonesian name and synonyms."""
        return _phrases(self.name_id, self.synonyms_id)

    @cached_property
    def phrases_en(self) -> tuple[str, ...]:
        """Folded English name and synonyms."""
        return _phrases(self.name_en, self.synonyms_en)


@dataclass(frozen=True)
class Match:
    """A family, the folded words of the text that led to it, and how sure that is.

    ``score`` is 1.0 for whole words and at least ``SIMILARITY_FLOOR`` for a similar spelling.
    """

    family: Family
    found: str
    score: float


@dataclass(frozen=True)
class Unit:
    """A unit of trade with the ways to write it."""

    code: str
    label_id: str
    label_en: str
    synonyms: tuple[str, ...] = ()

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Folded code, labels and synonyms."""
        return frozenset(fold(name) for name in (self.code, self.label_id, self.label_en, *self.synonyms))


@dataclass(frozen=True)
class _Hit:
    """A phrase of a family at the words ``start`` to ``end`` (excluded) of a text."""

    family: Family
    phrase: str
    start: int
    end: int
    is_indonesian: bool


def fold(text: str) -> str:
    """Return the words of ``text`` in lower case, without accents, parted by single spaces.

    ``fold("Oleh-oleh  KRÉASI, food-grade")`` is ``"oleh oleh kreasi food grade"``.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = (sign for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def classify(text: str, families: Sequence[Family], *, within: str | None = None) -> Match | None:
    """Return the family that ``text`` names, or None when no family fits well enough.

    ``within`` is the code of a sector: only its families are returned. Whole words decide first. A longer
    phrase beats the words inside it ("kotak sepatu" is a box). Among several, Indonesian text means its
    first ("tas kain batik" is a bag), English text its last ("batik shirt" is a shirt), and goods go before
    kinds of firms. Words that only name families of another sector contradict ``within`` and give None.
    Without any whole word the most similar spelling counts, from ``SIMILARITY_FLOOR`` up.

    The order of ``families`` never matters. Costs about 1 ms, 30 for a long text of unknown words.
    """
    words = _before_purpose(fold(text))
    leaves = [family for family in families if family.parent is not None]
    hits = _whole_words(words, leaves)
    if hits:
        allowed = [hit for hit in hits if within in (None, hit.family.parent)]
        goods = [hit for hit in allowed if hit.family.parent != LINES_OF_BUSINESS]
        return _chosen(goods or allowed)
    sector_words = {phrase for family in families if family.parent is None for phrase in family.phrases_id}
    return _most_similar(words, [leaf for leaf in leaves if within in (None, leaf.parent)], sector_words)


def recognise_sector(text: str, families: Sequence[Family]) -> Family | None:
    """Return the sector that ``text`` names ("Kriya"), else the sector of the family it names ("Wayang")."""
    sectors = {family.code: family for family in families if family.parent is None}
    words = _before_purpose(fold(text))
    match = _chosen(_whole_words(words, sectors.values()))
    if match is None:
        match = classify(text, families) or _most_similar(words, sectors.values(), known=())
    if match is None:
        return None
    return sectors.get(match.family.parent or match.family.code)


def recognise_unit(text: str, units: Sequence[Unit]) -> Unit | None:
    """Return the unit that ``text`` writes ("pcs", "psg.", "kg/bulan"), or None.

    Only known spellings count, and no number is dropped: "250 g" is a size, not the unit gram.
    """
    words = fold(text)
    bare = " ".join(word for word in words.split() if word not in RATE_WORDS)
    for spelling in (words, bare):
        known = sorted((unit for unit in units if spelling in unit.phrases), key=lambda unit: unit.code)
        if known:
            return known[0]
    return None


def similarity(left: str, right: str) -> float:
    """Return the share of character trigrams two folded texts have in common, from 0.0 to 1.0."""
    mine, theirs = _trigrams(left), _trigrams(right)
    if not mine or not theirs:
        return 0.0
    common = len(mine & theirs)
    return common / (len(mine) + len(theirs) - common)


def _phrases(name: str, synonyms: Iterable[str]) -> tuple[str, ...]:
    """Fold the phrases and drop repetitions and empty ones, in a fixed order."""
    return tuple(phrase for phrase in dict.fromkeys(fold(text) for text in (name, *synonyms)) if phrase)


def _before_purpose(folded: str) -> list[str]:
    """Return the words before the first purpose word."""
    words = folded.split()
    for position, word in enumerate(words):
        if word in PURPOSE_WORDS:
            return words[:position]
    return words


def _whole_words(words: Sequence[str], families: Iterable[Family]) -> list[_Hit]:
    """Return every phrase found in ``words`` as whole words, without those inside a longer one."""
    text = f" {' '.join(words)} "
    present = set(words)
    named = (family for family in families if not present.isdisjoint(family.first_words))
    hits = [hit for family in named for hit in _hits(text, family)]
    return [hit for hit in hits if not any(_is_inside(hit, other) for other in hits)]


def _hits(text: str, family: Family) -> Iterator[_Hit]:
    """Yield the first place of each phrase of ``family`` in ``text`` (folded, a space at both ends)."""
    for is_indonesian, phrases in ((True, family.phrases_id), (False, family.phrases_en)):
        for phrase in phrases:
            offset = text.find(f" {phrase} ")
            if offset >= 0:
                start = text.count(" ", 0, offset)
                yield _Hit(family, phrase, start, start + phrase.count(" ") + 1, is_indonesian)


def _is_inside(hit: _Hit, other: _Hit) -> bool:
    """True when ``other`` covers all words of ``hit`` and more."""
    return other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start


def _chosen(hits: Sequence[_Hit]) -> Match | None:
    """Return the hit that names the goods: the first in Indonesian, the last in English."""
    indonesian = [hit for hit in hits if hit.is_indonesian]
    english = [hit for hit in hits if not hit.is_indonesian]
    if _words_covered(english) > _words_covered(indonesian):
        best = min(english, key=lambda hit: (-hit.end, hit.start, hit.family.code))
    elif indonesian:
        best = min(indonesian, key=lambda hit: (hit.start, -hit.end, hit.family.code))
    else:
        return None
    return Match(best.family, best.phrase, 1.0)


def _words_covered(hits: Iterable[_Hit]) -> int:
    """Return how many words of the text the hits explain."""
    return len({position for hit in hits for position in range(hit.start, hit.end)})


def _most_similar(words: Sequence[str], families: Iterable[Family], known: Container[str]) -> Match | None:
    """Return the family with the most similar phrase; ties go to the earlier words, then the smaller code.

    ``known`` are phrases with a meaning of their own: "sandang" is no misspelt "sandal".
    """
    windows = {length: _windows(words, length, known) for length in range(1, LONGEST_SIMILAR + 1)}
    found = (
        (-score, start, family.code, " ".join(window), family)
        for family in families
        for phrase in (*family.phrases_id, *family.phrases_en)
        for start, window in windows.get(phrase.count(" ") + 1, ())
        if (score := _least_similarity(window, phrase.split())) >= SIMILARITY_FLOOR
    )
    best = min(found, key=lambda candidate: candidate[:4], default=None)
    return Match(best[4], best[3], -best[0]) if best else None


def _windows(words: Sequence[str], length: int, known: Container[str]) -> list[tuple[int, Sequence[str]]]:
    """Return every run of ``length`` words with its position, without the ``known`` phrases."""
    runs = ((start, words[start : start + length]) for start in range(len(words) - length + 1))
    return [(start, run) for start, run in runs if " ".join(run) not in known]


def _least_similarity(window: Sequence[str], phrase: Sequence[str]) -> float:
    """Return the similarity of the least similar pair of words, or 0.0 when it is below the floor."""
    least = 1.0
    for mine, theirs in zip(window, phrase, strict=True):
        least = min(least, _word_similarity(mine, theirs))
        if least < SIMILARITY_FLOOR:
            return 0.0
    return least


def _word_similarity(mine: str, theirs: str) -> float:
    """Return how alike two words are spelt; short words and words of unlike length only count when equal."""
    if mine == theirs:
        return 1.0
    shorter, longer = sorted((len(mine), len(theirs)))
    if shorter < SHORTEST_SIMILAR or longer - shorter > MOST_LETTERS_APART:
        return 0.0
    return similarity(mine, theirs)


@lru_cache(maxsize=32768)
def _trigrams(folded: str) -> frozenset[str]:
    """Return the runs of three characters of each word, with two spaces before it and one after."""
    padded = (f"  {word} " for word in folded.split())
    return frozenset(word[place : place + 3] for word in padded for place in range(len(word) - 2))
