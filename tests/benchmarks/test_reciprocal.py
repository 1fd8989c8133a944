"""The public benchmark of fair lists: our anew written methods reach the published figures."""

import doctest

import numpy as np
import pytest

from benchmarks.pairing import reciprocal
from benchmarks.pairing.reciprocal import METHODS, PUBLISHED, Shown, envious, market, matches


def test_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(reciprocal).failed == 0


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_method_reaches_its_published_matches(name: str) -> None:
    sides = market(30, 20)

    found = float(matches(*sides, METHODS[name](*sides)).sum())

    assert round(found, 2) == PUBLISHED[name]


def test_who_stands_behind_another_envies_it() -> None:
    likes = np.ones((2, 1)), np.ones((1, 2))

    shown = Shown(np.ones((2, 1)), np.array([[1.0, 0.5]]))

    assert envious(*likes, shown) == (1, 0)


def test_lines_name_every_method(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reciprocal, "SIZES", ((4, 3),))

    text = list(reciprocal.lines(reciprocal.measure()))

    assert [line[2:26].strip() for line in text[1:]] == list(METHODS)
