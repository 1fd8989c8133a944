"""The roots an Indonesian word may be made of, by its affixes alone: no dictionary, and rather too little.

``kemasan`` and ``pengemasan`` both come from ``kemas``. A prefix may have swallowed the root's first
letter, and no rule tells whether it did: then both roots are given, and the right one meets the right text.
"""

from functools import lru_cache

SHORTEST_ROOT = 4
VOWELS = "aiueo"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
IRREGULAR = {
    "bekerja": ("kerja",),
    "belajar": ("ajar",),
    "pekerja": ("kerja",),
    "pekerjaan": ("kerja",),
    "pelajar": ("ajar",),
    "pelajaran": ("ajar",),
    "pembelajaran": ("ajar",),
    "mengemas": ("kemas",),
    "pengadaan": ("ada",),
    "pengemasan": ("kemas",),
    "petani": ("tani",),
    "peternak": ("ternak",),
    "peternakan": ("ternak",),
}

PREFIXES = (
    ("meny", VOWELS, ("s",)),
    ("peny", VOWELS, ("s",)),
    ("meng", VOWELS, ("", "k")),
    ("peng", VOWELS, ("", "k")),
    ("meng", "ghkr", ("",)),
    ("peng", "ghkr", ("",)),
    ("mem", VOWELS, ("p", "m")),
    ("pem", VOWELS, ("p", "m")),
    ("mem", "bfpv", ("",)),
    ("pem", "bfpv", ("",)),
    ("men", VOWELS, ("t", "n")),
    ("pen", VOWELS, ("t", "n")),
    ("men", "cdjstz", ("",)),
    ("pen", "cdjstz", ("",)),
    ("per", VOWELS, ("", "r")),
    ("per", LETTERS, ("",)),
    ("me", "lmnrwy", ("",)),
    ("pe", "lmnrwy", ("",)),
    ("ber", LETTERS, ("",)),
    ("ter", LETTERS, ("",)),
    ("di", LETTERS, ("",)),
)
"""A prefix, the letters that may follow it, and what the root then begins with before them."""

ALL_PREFIXES = tuple(dict.fromkeys(prefix for prefix, _, _ in PREFIXES))
VERBAL = ("me", "di", "ber", "ter")
SECOND_PREFIXES = ("ber", "per")


@lru_cache(maxsize=1 << 16)
def roots_of(word: str) -> tuple[str, ...]:
    """Return the one or two roots that a word in small letters may come from; itself without affixes.

    Roots shorter than four letters are never cut out: ``ikan`` is no ``i``, ``beras`` no ``as``.

    >>> roots_of("pengeringan"), roots_of("perikanan"), roots_of("kopi")
    (('ering', 'kering'), ('ikan', 'rikan'), ('kopi',))
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    bare = _without(word, "nya")
    return _of_state(bare) or _of_verb(bare) or _of_noun(bare)


def _without(word: str, suffix: str) -> str:
    """Return the word without a suffix, or as it is when too little would be left."""
    bare = word.removesuffix(suffix)
    return bare if len(bare) >= SHORTEST_ROOT else word


def _of_state(word: str) -> tuple[str, ...]:
    """Return the root between ke- or se- and -an: ``kerajinan``, ``keberhasilan``."""
    root = word[2:-2]
    if not (word.startswith(("ke", "se")) and word.endswith("an") and _can_be_root(root)):
        return ()
    return _behind_prefix(root, SECOND_PREFIXES) or (root,)


def _of_verb(word: str) -> tuple[str, ...]:
    """Return the roots of a verb on -kan or -i; other words keep the -i (``industri``)."""
    if not word.startswith(VERBAL):
        return ()
    bare = _without(word, "kan") if word.endswith("kan") else _without(word, "i")
    return _behind_prefix(bare, ALL_PREFIXES) if bare != word else ()


def _of_noun(word: str) -> tuple[str, ...]:
    stem = _without(word, "an")
    return _behind_prefix(stem, ALL_PREFIXES) or (stem,)


def _behind_prefix(word: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roots behind a prefix, or two (``mem-per-``), sorted; none without a prefix."""
    roots: set[str] = set()
    for root in _after(word, allowed):
        deeper = _after(root, SECOND_PREFIXES) if allowed is ALL_PREFIXES else ()
        roots.update(deeper or (root,))
    return tuple(sorted(roots))


def _after(word: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    for prefix, following, beginnings in PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and prefix in allowed and rest[:1] in following:
            return tuple(start + rest for start in beginnings if _can_be_root(start + rest))
    return ()


def _can_be_root(word: str) -> bool:
    """Return whether a root can begin like this: ``ndara`` and ``stribusi`` cannot, ``proses`` can."""
    return len(word) >= SHORTEST_ROOT and (word[0] in VOWELS or word[1] in VOWELS or word[1] in "lr")
