"""Texts as rows of whole numbers: words, their roots and meanings, and the character runs inside them."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matchmaking.engine.everyday import meanings_of
from matchmaking.engine.stems import roots_of
from matchmaking.engine.words import aside_words, said, telling_words

SCALE = 2**20
"""The length of a row; entries up to this size keep every product below 2**53, so exact in float64."""

WORD, ROOT, MEANING, GRAM = 6, 8, 8, 4
"""What a feature of a word counts, against each other."""

ASIDE_ROOT = 2
"""What a root counts that is only in another name of the text's category."""

MOST_REPEATS = 3
"""A word said more often than this in one text tells no more: it is stuffing."""

RARITY_STEPS = 1024


def features_of(word: str, gram_lengths: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield the features of a telling word with their counts: itself, roots, meanings and character runs.

    The runs take in the word's edges, so that the beginning of a word is not its middle. The sign
    before a feature keeps the kinds apart.

    >>> list(features_of("teh", [4]))
    [('=teh', 6), ('~teh', 8), ('*minuman', 8), ('# teh', 4), ('#teh ', 4)]
    """
    yield "=" + word, WORD
    for root in roots_of(word):
        yield "~" + root, ROOT
    for meaning in meanings_of(word):
        yield "*" + meaning, MEANING
    edged = f" {word} "
    for length in gram_lengths:
        for start in range(len(edged) - length + 1):
            yield "#" + edged[start : start + length], GRAM


def counted(texts: Sequence[str], gram_lengths: Sequence[int]) -> csr_matrix:
    """Return how often each text (row) has each feature (column, in the order of the alphabet).

    A word's features are made once, however many texts have it.
    """
    words: dict[str, int] = {}
    numbers = [[words.setdefault(word, len(words)) for word in telling_words(said(text))] for text in texts]
    beside = [[words.setdefault(word, len(words)) for word in aside_words(text)] for text in texts]
    features, roots = _spelled(list(words), gram_lengths)
    saying, aside = _rows(numbers, len(words)), _rows(beside, len(words))
    return saying @ features + aside @ roots


def _rows(uses: Sequence[Sequence[int]], columns: int) -> csr_matrix:
    """Return a row for each list of columns, counting each column as often as it is there, up to three."""
    ends = np.cumsum([0, *map(len, uses)])
    places = np.fromiter((column for row in uses for column in row), dtype=np.int32, count=ends[-1])
    rows = csr_matrix((np.ones(len(places)), places, ends), shape=(len(uses), columns))
    rows.sum_duplicates()
    rows.data = np.minimum(rows.data, MOST_REPEATS)
    return rows


def _spelled(words: Sequence[str], gram_lengths: Sequence[int]) -> tuple[csr_matrix, csr_matrix]:
    """Return the features of each word, one word a row, and the same with roots only, for asides."""
    spelled = [list(features_of(word, gram_lengths)) for word in words]
    columns = {name: place for place, name in enumerate(sorted({name for one in spelled for name, _ in one}))}
    ends = np.cumsum([0, *map(len, spelled)])
    places = np.fromiter((columns[name] for one in spelled for name, _ in one), np.int32, count=ends[-1])
    counts = np.fromiter((count for one in spelled for _, count in one), float, count=ends[-1])
    rows = csr_matrix((counts, places, ends), shape=(len(words), len(columns)))
    rows.sum_duplicates()
    is_root = np.fromiter((name[0] == "~" for name in columns), bool, count=len(columns))
    roots = rows.copy()
    roots.data = np.where(is_root[roots.indices], float(ASIDE_ROOT), 0.0)
    roots.eliminate_zeros()
    return rows, roots


def weighed(counts: csr_matrix) -> csr_matrix:
    """Return the rows with rare features weighed most and brought to length ``SCALE``, in whole numbers.

    Every step before the last has whole numbers or one correctly rounded operation, and the last
    rounds down: the same numbers on every machine, and no row longer than ``SCALE``.
    """
    rarity = _rarity(np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0])
    weights = csr_matrix((counts.data * rarity[counts.indices], counts.indices, counts.indptr), counts.shape)
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    per_entry = np.repeat(lengths, np.diff(weights.indptr))
    weights.data = np.floor(weights.data * SCALE / per_entry)
    weights.sort_indices()
    return weights


def _rarity(having: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    """How much each feature tells, in 1/1024: 1024 when every text has it, more the fewer have it."""
    steps = {
        count: round(RARITY_STEPS * (math.log((1 + total) / (1 + count)) + 1))
        for count in set(having.tolist())
    }
    return np.array([steps[count] for count in having.tolist()], dtype=float)
