"""The measurements of the pairing engine on tiny invented rows: what is held out never helps."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.__main__ import runnable
from benchmarks.pairing import __main__ as pairing
from benchmarks.pairing import awards, realdata, wording
from benchmarks.pairing.ranking import ranks_of

AWARDS = [
    ("Belanja kopi rapat", "Barang", "Dinas Satu", "S-1"),
    ("Belanja kopi dan teh rapat", "Barang", "Dinas Dua", "S-1"),
    ("Pengecatan gedung sekolah", "Konstruksi", "Dinas Satu", "S-2"),
    ("Pengecatan pagar sekolah", "Konstruksi", "Dinas Tiga", "S-2"),
    ("Sewa tenda", "Jasa", "Dinas Satu", "S-3"),
]
EXAMPLES = [
    ("56303", "AKTIVITAS RUMAH MINUM/KAFE", "kata_kunci", "kedai kopi"),
    ("56303", "AKTIVITAS RUMAH MINUM/KAFE", "contoh_usaha", "ngopi di warkop"),
    ("95311", "REPARASI MOBIL", "kata_kunci", "ketok magic"),
    ("95311", "REPARASI MOBIL", "contoh_usaha", "bengkel"),
    ("95320", "REPARASI SEPEDA MOTOR", "kata_kunci", "tambal ban"),
    ("95320", "REPARASI SEPEDA MOTOR", "contoh_usaha", "zxqv"),
]


def award_rows(rows: Iterable[tuple[str, ...]] = AWARDS) -> list[dict[str, str]]:
    names = ("nama_paket", "jenis_pengadaan", "perangkat_daerah", "penyedia_kode")
    return [dict(zip(names, row, strict=True)) for row in rows]


def example_rows() -> list[dict[str, str]]:
    return [dict(zip(("kbli5", "judul", "jenis", "teks"), row, strict=True)) for row in EXAMPLES]


def test_awards_are_found_by_the_other_awards_of_their_supplier() -> None:
    result = awards.measure(award_rows())

    assert (result["held_out"], result["suppliers"]) == (4, 3)
    assert result["engine"] == result["ngrams"] == {"hit_at_10": 1.0, "mrr": 1.0}
    assert result["agency"]["hit_at_10"] == 0.0
    assert len(list(awards.lines(result))) == 8


def test_award_held_out_is_in_no_profile() -> None:
    unlike = [("Kopi", "Barang", "Dinas Satu", "S-1"), ("Pagar", "Jasa", "Dinas Dua", "S-1")]

    result = awards.measure(award_rows([*unlike, ("Kopi", "Barang", "Dinas Satu", "S-0")]))

    assert result["engine"]["hit_at_10"] == 0.0


def test_wording_is_found_by_everyday_words_where_titles_find_nothing() -> None:
    result = wording.measure(example_rows())

    assert (result["phrases"], result["classes"]) == (3, 3)
    assert result["title_words"]["nothing"] == 1.0
    assert result["engine"]["nothing"] == pytest.approx(1 / 3, abs=1e-4)
    assert result["engine"]["hit_at_10"] == pytest.approx(2 / 3, abs=1e-4)
    assert len(list(wording.lines(result))) == 6


def test_measured_phrases_are_never_in_the_index() -> None:
    index = " ".join(wording.Classes(example_rows()).index(wording.ALL_KINDS))

    assert "ketok magic" in index
    assert "bengkel" not in index


def test_ties_go_by_the_order_of_the_columns_and_zero_is_not_found() -> None:
    ranks = ranks_of(np.array([[0.5, 0.5], [0.0, 0.0]]), [1, 0])

    assert ranks.places.tolist() == [2, 1]
    assert ranks.figures() == {"hit_at_10": 0.5, "mrr": 0.25}


@pytest.mark.parametrize("flags", [["--json"], []])
def test_missing_data_is_said_plainly(
    flags: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(realdata, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["pairing", "--only", "awards", *flags])

    pairing.main()

    out, err = capsys.readouterr()
    assert "awards: not measured. The real data is missing" in (err if flags else out)
    assert not flags or json.loads(out) == {"awards": None}


def test_make_bench_runs_the_package_too() -> None:
    assert {"pairing", "proposals"} <= set(runnable())
