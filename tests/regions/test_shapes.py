"""The outlines of the provinces."""

import csv
import doctest
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from products import province_map
from regions import shapes

POINTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=30)


def test_every_province_has_an_outline_inside_the_drawing() -> None:
    with (Path(shapes.FILE).parent / "provinces.csv").open() as file:
        codes = {row["code"] for row in csv.DictReader(file)}

    paths = shapes.province_paths()

    assert set(paths) == codes
    for path in paths.values():
        starts = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", path)]
        assert starts
        assert all(0 <= x <= shapes.WIDTH and 0 <= y <= shapes.height() for x, y in starts)


def test_outlines_are_small_enough_for_a_page() -> None:
    assert sum(map(len, shapes.province_paths().values())) < 16_000


@given(POINTS)
def test_simplified_lines_keep_their_ends_and_invent_no_point(points: list[tuple[int, int]]) -> None:
    line = shapes.simplified(points, 1.0)

    assert (line[0], line[-1]) == (points[0], points[-1])
    assert set(line) <= set(points)


def test_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(shapes).failed == 0
    assert doctest.testmod(province_map).failed == 0
