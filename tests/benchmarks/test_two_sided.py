"""Who should meet whom, on invented evenings: the methods, the reading and the prediction."""

import doctest
from pathlib import Path

import numpy as np
import pytest

from benchmarks.pairing import realdata, speed_dating, two_sided
from benchmarks.pairing.realdata import DataMissing
from benchmarks.pairing.speed_dating import Row, evening_of, features, fit, predict, read_evenings
from benchmarks.pairing.two_sided import METHODS, count, deferred_acceptance, harmonic, most_possible

EVERYBODY = np.ones((2, 2), np.bool_)
# Both women want man 0 most; he wants woman 1.
CHANCES = np.array([[[0.9, 0.4], [0.8, 0.3]], [[0.2, 0.5], [0.7, 0.6]]])


def row(iid: int, pid: int, gender: int, order: int, dec: int, **notes: float) -> Row:
    known = {name: str(notes.get(name, "")) for name in speed_dating.NOTES}
    named = {"iid": iid, "pid": pid, "gender": gender, "order": order, "dec": dec, "wave": 1}
    return {name: str(value) for name, value in named.items()} | known


def invented(seed: int, size: int = 6) -> list[Row]:
    """Return an evening in which some are liked by all, noted so, and everybody meets everybody."""
    numbers = np.random.default_rng(seed)
    charm = numbers.random((2, size))
    rows = []
    for woman in range(size):
        for man in range(size):
            order = (woman + man) % size + 1
            for gender, (iid, pid, other) in enumerate(
                [(woman, 10 + man, charm[1, man]), (10 + man, woman, charm[0, woman])]
            ):
                says = int(other + 0.3 * numbers.standard_normal() > 0.5)
                notes = {name: float(round(10 * other)) for name in speed_dating.NOTES}
                rows.append(row(iid, pid, gender, order, says, **notes))
    return rows


def test_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(two_sided).failed == 0


def test_missing_data_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(realdata, "FOLDER", tmp_path)

    with pytest.raises(DataMissing, match="missing"):
        read_evenings()


def test_rows_of_both_sides_make_a_meeting() -> None:
    evening = evening_of([row(1, 8, 0, 1, 1, like=7), row(8, 1, 1, 1, 0), row(2, 8, 0, 2, 1)])

    assert evening.met.tolist() == [[True], [False]]
    assert evening.yes[:, 0, 0].tolist() == [1, 0]
    assert evening.notes[0, 0, 0, 0] == 7
    assert not evening.mutual.any()


def test_later_meetings_do_not_show_in_the_features() -> None:
    rows = invented(1)
    turned = [one | {"dec": "1", "like": "9"} if int(one["order"]) > 3 else one for one in rows]

    for judge in (0, 1):
        np.testing.assert_array_equal(features(evening_of(rows), judge), features(evening_of(turned), judge))


def test_own_evening_does_not_train_its_prediction() -> None:
    evenings = [evening_of(invented(seed)) for seed in range(3)]
    turned = evening_of(
        [one | {"dec": str(1 - int(one["dec"]))} if int(one["order"]) > 3 else one for one in invented(0)]
    )

    np.testing.assert_array_equal(predict(evenings)[0], predict([turned, *evenings[1:]])[0])


def test_regression_finds_the_sign_of_a_weight() -> None:
    rows = np.column_stack([np.ones(200), np.linspace(-2, 2, 200)])

    assert fit(rows, (rows[:, 1] > 0).astype(float))[1] > 0.5


def test_deferred_acceptance_is_stable_in_each_round() -> None:
    assert deferred_acceptance(EVERYBODY, CHANCES, 1) == {(1, 0), (0, 1)}
    assert deferred_acceptance(EVERYBODY, CHANCES, 2) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_harmonic_mean_takes_who_is_wanted_by_both() -> None:
    assert METHODS["women"](EVERYBODY, CHANCES, 1) == {(0, 0), (1, 1)}
    assert METHODS["RECON"](EVERYBODY, CHANCES, 1) == {(1, 0), (0, 1)}
    assert METHODS["engine"](EVERYBODY, CHANCES, 1) == {(1, 0), (0, 1)}
    assert harmonic(CHANCES).round(2).tolist() == [[0.33, 0.44], [0.75, 0.4]]


def test_no_method_finds_more_than_is_possible() -> None:
    evenings = [evening_of(invented(seed)) for seed in range(4)]

    found = count(evenings, predict(evenings), 2)

    best = sum(most_possible(evening.mutual, 2) for evening in evenings)
    assert found["best"]["mutual"] == best
    others = [found[name] for name in METHODS if not name.startswith("engine")]
    assert [one for one in others if one["mutual"] > best or one["over_cap"]] == []
