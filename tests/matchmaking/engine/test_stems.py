"""Roots of words: affixes come off with their sound changes, and rather stay than take a root's letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.everyday import meanings_of
from matchmaking.engine.stems import SHORTEST_ROOT, roots_of


@pytest.mark.parametrize(
    ("root", "words"),
    [
        ("kemas", ["kemasan", "pengemasan", "mengemas", "dikemas", "kemasannya"]),
        ("tulis", ["menulis", "penulisan", "tertulis", "tulisan"]),
        ("cetak", ["mencetak", "percetakan", "pencetakan", "dicetak", "cetakan"]),
        ("sedap", ["penyedap", "menyedapkan", "sedapnya"]),
        ("pasar", ["pemasaran", "memasarkan", "dipasarkan", "pasaran"]),
        ("olah", ["olahan", "pengolahan", "mengolah", "diolah"]),
        ("rajin", ["kerajinan", "perajin", "pengrajin"]),
        ("layan", ["melayani", "pelayanan", "layanan", "dilayani"]),
        ("baik", ["memperbaiki", "perbaikan"]),
        ("bersih", ["kebersihan", "pembersihan", "membersihkan"]),
        ("hasil", ["keberhasilan", "berhasil", "penghasil"]),
        ("usaha", ["perusahaan", "pengusaha", "berusaha"]),
        ("ternak", ["peternakan", "peternak"]),
        ("kerja", ["pekerjaan", "bekerja", "dikerjakan"]),
    ],
)
def test_words_of_one_root_meet_in_it(root: str, words: list[str]) -> None:
    assert [word for word in words if root not in roots_of(word)] == []


def test_word_that_only_looks_affixed_stays_whole() -> None:
    words = "kopi keripik ikan beras kain makan sepatu sekolah industri terigu pensil permen dinas distribusi"

    assert [
        word for word in f"{words} minyak bulan kerupuk batik teh".split() if roots_of(word) != (word,)
    ] == []


@given(word=st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20) | st.sampled_from(["menyanyi"]))
def test_roots_are_one_or_two_and_never_scraps(word: str) -> None:
    roots = roots_of(word)

    assert 1 <= len(roots) <= 2
    assert roots == (word,) or word.startswith(("peng", "pek")) or min(map(len, roots)) >= SHORTEST_ROOT


def test_everyday_words_share_a_meaning_with_the_formal_one() -> None:
    assert set(meanings_of("konveksi")) & set(meanings_of("seragam")) == {"konfeksi"}
    assert set(meanings_of("bengkel")) & set(meanings_of("reparasi")) == {"reparasi"}
    assert meanings_of("pengemasan") == meanings_of("kardus") == ("kemasan",)
    assert meanings_of("xyz") == ()
