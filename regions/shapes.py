"""The outlines of the provinces as SVG paths, from the TopoJSON file in ``data/``.

TopoJSON keeps every border once, as an *arc*: a first point and then steps, in whole numbers. A province is
a list of rings, a ring a list of arcs; ``~n`` is arc ``n`` walked backwards. Neighbours share their arcs, so
when an arc is simplified no gap opens between them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "id-provinces-kemendagri.topo.json"
WIDTH = 1000
"""Units of the drawing from the western to the eastern end."""

TOLERANCE = 0.9
"""A point nearer than this to the line through its neighbours is left out, in units of the drawing."""

SMALLEST = 1.5
"""An island smaller than this both ways is left out, unless its province has nothing larger."""

Point = tuple[float, float]


@cache
def province_paths() -> dict[str, str]:
    """Return the ``d`` of each province's path by its Kemendagri code. Costs 30 ms once per process."""
    topology = json.loads(FILE.read_text("utf-8"))
    arcs = _arcs(topology)
    geometries = next(iter(topology["objects"].values()))["geometries"]
    return {row["properties"]["prov"]: _path(row, arcs) for row in geometries}


@cache
def height() -> int:
    """Return the height of the drawing in its units."""
    topology = json.loads(FILE.read_text("utf-8"))
    return round(max(y for arc in _arcs(topology) for _x, y in arc))


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Return the points without those that hardly bend the line (Douglas and Peucker); both ends stay.

    >>> simplified([(0, 0), (5, 0.1), (10, 0)], 0.5)
    [(0, 0), (10, 0)]
    """
    if len(points) < 3:
        return list(points)
    first, last = points[0], points[-1]
    offsets = [_distance(point, first, last) for point in points[1:-1]]
    farthest = max(range(len(offsets)), key=offsets.__getitem__)
    if offsets[farthest] <= tolerance:
        return [first, last]
    middle = farthest + 1
    return simplified(points[: middle + 1], tolerance)[:-1] + simplified(points[middle:], tolerance)


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Return every arc in units of the drawing: degrees as they are, the north on top."""
    scale_x, scale_y = topology["transform"]["scale"]
    walks = [
        list(accumulate(arc, lambda point, step: [point[0] + step[0], point[1] + step[1]]))
        for arc in topology["arcs"]
    ]
    east = max(x for walk in walks for x, _y in walk)
    north = max(y for walk in walks for _x, y in walk)
    unit_x = WIDTH / east
    unit_y = unit_x * scale_y / scale_x
    return [[(x * unit_x, (north - y) * unit_y) for x, y in walk] for walk in walks]


def _path(geometry: dict[str, Any], arcs: Sequence[Sequence[Point]]) -> str:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings = [_ring(ring, arcs) for polygon in polygons for ring in polygon]
    rings.sort(key=_extent, reverse=True)
    shown = [ring for ring in rings if _extent(ring) >= SMALLEST] or rings[:1]
    return "".join(_drawn(ring) for ring in shown)


def _ring(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Return the points of a closed line, each arc simplified by itself, so that neighbours agree."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line = simplified(arc, TOLERANCE) if number >= 0 else simplified(arc[::-1], TOLERANCE)[::-1]
        points += line[1:] if points else line
    return points


def _drawn(ring: Sequence[Point]) -> str:
    """Write a ring in whole units, by steps, which is shortest: ``M10 20l5 3…z``."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [
        (x - before_x, y - before_y)
        for (before_x, before_y), (x, y) in pairwise(whole)
        if (x, y) != (before_x, before_y)
    ]
    if len(steps) < 2:  # too small to have a shape: a dot
        return f"M{whole[0][0]} {whole[0][1]}h2v2h-2z"
    numbers = "".join(f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}" for dx, dy in steps)
    return f"M{whole[0][0]} {whole[0][1]}l{numbers.strip()}z"


def _extent(ring: Sequence[Point]) -> float:
    """Return the larger side of the box around a ring."""
    xs, ys = zip(*ring, strict=True)
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the line through two others, or from their place when they are one."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    if length == 0:
        return float(((point[0] - start[0]) ** 2 + (point[1] - start[1]) ** 2) ** 0.5)
    return float(abs(dx * (point[1] - start[1]) - dy * (point[0] - start[0])) / length)
