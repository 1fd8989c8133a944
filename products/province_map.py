"""The provinces with how many products each has, shaded from none to the most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from regions import shapes
from regions.models import Province

DARKEST = 4
FLOORS = (0.5, 0.2, 0.05)
"""Least share of the richest province's count for the darkest shade and the two below it."""


@dataclass(frozen=True)
class ProvinceShape:
    """One province of the map: its outline, its count, and the count as a shade and in words."""

    code: str
    name: str
    count: int
    shade: int
    path: str

    @property
    def words(self) -> str:
        return shade_words()[self.shade]


def shade_words() -> list[str]:
    """Return what each shade means, from 0 up."""
    return [_("belum ada"), _("sedikit"), _("cukup"), _("banyak"), _("paling banyak")]


def provinces_on_map(counts: Mapping[int, int]) -> list[ProvinceShape]:
    """Return every province by name; ``counts`` holds how many products by province id. One query."""
    most = max(counts.values(), default=0)
    paths = shapes.province_paths()
    rows = Province.objects.order_by("name", "pk").values_list("pk", "code", "name")
    return [
        ProvinceShape(code, name, counts.get(pk, 0), shade_of(counts.get(pk, 0), most), paths.get(code, ""))
        for pk, code, name in rows
    ]


def shade_of(count: int, most: int) -> int:
    """Return the shade of a count beside the largest one.

    >>> [shade_of(count, 100) for count in (0, 4, 5, 20, 50)]
    [0, 1, 2, 3, 4]
    """
    if count == 0:
        return 0
    return DARKEST - next((place for place, floor in enumerate(FLOORS) if count >= floor * most), len(FLOORS))
