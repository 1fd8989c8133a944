"""The words of a text, and which of them say what is traded."""

import re
import unicodedata
from functools import lru_cache

SAYING_NOTHING = """
ada agar atau bagi bahan berbagai bisa buah bulan dalam dan dari dengan di for guna harga hari harus ini jenis
juga karena ke kecil khas kontinu lain lebih maks mulai of oleh pada pasar per produk sebagai serta setiap
siap sudah tahun tamu the tiap to ukuran untuk usaha wajib yang
"""
SILENT = frozenset(SAYING_NOTHING.split())
"""Words that say nothing about what is traded; numbers and single letters are dropped as well."""

WORD = re.compile(r"[a-z0-9]+")
ASIDE = "\x1f"
"""What stands behind this sign in a text is not said by it: the other names of its category."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case without accents, those behind ``ASIDE`` as well.

    >>> words_of("Kopi bubuk khas Daérah, 250 g")
    ('kopi', 'bubuk', 'khas', 'daerah', '250', 'g')
    """
    plain = text.casefold()
    if not plain.isascii():
        parted = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return tuple(WORD.findall(plain))


def telling_words(text: str) -> tuple[str, ...]:
    """Return the words that say what is traded: no numbers, single letters or filling words.

    >>> telling_words("Teh hijau celup untuk kamar, 25 kantong")
    ('teh', 'hijau', 'celup', 'kamar', 'kantong')
    """
    return tuple(
        word for word in words_of(text) if word not in SILENT and len(word) > 1 and not word[0].isdigit()
    )


def with_aside(text: str, names: str) -> str:
    """Return a text with the other names of its category, which count little and are never quoted.

    >>> said(with_aside("Kemeja kerja", "seragam wearpack"))
    'Kemeja kerja'
    """
    own = text.replace(ASIDE, " ")
    return f"{own}{ASIDE}{names}" if names else own


def said(text: str) -> str:
    """Return what a text says itself, without the other names of its category."""
    return text.partition(ASIDE)[0]


def aside_words(text: str) -> tuple[str, ...]:
    """Return the telling words among the other names of a text's category, each once.

    >>> aside_words(with_aside("Kemeja kerja", "seragam kerja, seragam batik"))
    ('seragam', 'kerja', 'batik')
    """
    return _each_once(text.partition(ASIDE)[2])


@lru_cache(maxsize=4096)
def _each_once(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(telling_words(names)))
