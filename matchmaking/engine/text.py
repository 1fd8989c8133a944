"""How alike two short Indonesian texts are: TF-IDF over words and character 4-grams, cosine 0 to 1."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

# Words that say nothing about what is traded; numbers and single letters are dropped as well.
SILENT = frozenset(
    {
        "ada",
        "agar",
        "atau",
        "bagi",
        "bahan",
        "berbagai",
        "bisa",
        "buah",
        "bulan",
        "dalam",
        "dan",
        "dari",
        "dengan",
        "di",
        "for",
        "guna",
        "harga",
        "hari",
        "harus",
        "ini",
        "jenis",
        "juga",
        "karena",
        "ke",
        "kecil",
        "khas",
        "kontinu",
        "lain",
        "lebih",
        "maks",
        "mulai",
        "of",
        "oleh",
        "pada",
        "pasar",
        "per",
        "produk",
        "sebagai",
        "serta",
        "setiap",
        "siap",
        "sudah",
        "tahun",
        "tamu",
        "the",
        "tiap",
        "to",
        "ukuran",
        "untuk",
        "usaha",
        "wajib",
        "yang",
    }
)
SCALE = 2**20
GRAM = 4
GRAM_WEIGHT = 0.4
SHORTEST_WITH_GRAMS = 5
PURPOSE = re.compile(r"\b(?:untuk|guna|bagi|buat|for)\b[^,;()]*", re.IGNORECASE)
CONSIGNMENT = re.compile(r"\b(titip[\s-]*jual|konsinyasi|consignment)\b", re.IGNORECASE)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case without accents.

    >>> words_of("Kopi bubuk khas Daérah, 250 g")
    ('kopi', 'bubuk', 'khas', 'daerah', '250', 'g')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(re.findall(r"[a-z0-9]+", plain))


def telling_words(text: str) -> tuple[str, ...]:
    """Return the words that say what is traded: no numbers, single letters or filling words.

    >>> telling_words("Teh hijau celup untuk kamar, 25 kantong")
    ('teh', 'hijau', 'celup', 'kamar', 'kantong')
    """
    return tuple(
        word for word in words_of(text) if word not in SILENT and len(word) > 1 and not word[0].isdigit()
    )


def without_purpose(text: str) -> str:
    """Return a text without what the goods are for: it names goods that are not meant.

    >>> without_purpose("Standing pouch untuk abon dan serundeng, 100 g")
    'Standing pouch , 100 g'
    """
    return PURPOSE.sub("", text)


def asks_for_consignment(text: str) -> bool:
    """Return whether a wish asks to sell first and pay later.

    >>> asks_for_consignment("Wayang golek dan lampu bambu, titip jual")
    True
    """
    return CONSIGNMENT.search(text) is not None


def _features(text: str) -> dict[str, float]:
    """Count the words of a text and the 4-grams inside its longer words (weight 0.4 each)."""
    counted: dict[str, float] = {}
    for word in telling_words(text):
        counted[word] = counted.get(word, 0.0) + 1.0
        if len(word) >= SHORTEST_WITH_GRAMS:
            for start in range(len(word) - GRAM + 1):
                gram = "#" + word[start : start + GRAM]
                counted[gram] = counted.get(gram, 0.0) + GRAM_WEIGHT
    return counted


class Texts:
    """The texts of one contact, each as a vector of length 1 whose rare words weigh most."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counted = {text: _features(text) for text in texts}

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """How much each feature tells: 1.0 when every text has it, more the fewer have it."""
        having = Counter(feature for counted in self._counted.values() for feature in counted)
        total = len(self._counted)
        return {feature: math.log((1 + total) / (1 + count)) + 1 for feature, count in having.items()}

    @cached_property
    def _vectors(self) -> dict[str, dict[str, float]]:
        return {text: self._vector(counted) for text, counted in self._counted.items()}

    def _vector(self, counted: dict[str, float]) -> dict[str, float]:
        weighed = {feature: count * self._rarity[feature] for feature, count in sorted(counted.items())}
        length = math.sqrt(math.fsum(weight * weight for weight in weighed.values()))
        return {feature: weight / length for feature, weight in weighed.items()} if length else {}

    @cached_property
    def _whole(self) -> dict[str, dict[int, int]]:
        places = {feature: place for place, feature in enumerate(sorted(self._rarity))}
        return {
            text: {places[f]: round(w * SCALE) for f, w in vector.items()}
            for text, vector in self._vectors.items()
        }

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        rows = [sorted(self._whole.get(text, {}).items()) for text in texts]
        starts = np.cumsum([0] + [len(row) for row in rows])
        columns = np.asarray([place for row in rows for place, _ in row], dtype=np.int32)
        weights = np.asarray([weight for row in rows for _, weight in row], dtype=np.float64)
        return csr_matrix((weights, columns, starts), shape=(len(rows), max(1, len(self._rarity))))

    def likeness(self, one: str, other: str) -> float:
        """Return how alike two of the texts are, 0.0 (no word in common) to 1.0 (the same words).

        Symmetric, and the same for whatever order the texts came in.

        >>> texts = Texts(["Teh celup", "Teh hijau celup 25 kantong", "Kotak sepatu"])
        >>> texts.likeness("Teh celup", "Kotak sepatu")
        0.0
        >>> texts.likeness("Teh celup", "Teh hijau celup 25 kantong")
        0.558507
        """
        mine, theirs = self._whole[one], self._whole[other]
        product = sum(mine[feature] * theirs[feature] for feature in mine.keys() & theirs.keys())
        return min(1.0, round(product / SCALE**2, 6))


def shared_words(one: str, other: str) -> tuple[str, ...]:
    """Return the telling words two texts have in common, in the order of the first.

    >>> shared_words("Kopi bubuk khas daerah", "Kopi arabika Pangalengan bubuk")
    ('kopi', 'bubuk')
    """
    theirs = set(telling_words(other))
    return tuple(dict.fromkeys(word for word in telling_words(one) if word in theirs))
