"""The provinces, regencies and cities that come with the portal."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from regions.models import Province, Region

DATA = Path(__file__).parent / "data"


class Loaded(NamedTuple):
    """How many rows a file has, and how many of them a run added to and changed in the database."""

    total: int
    added: int
    changed: int


@transaction.atomic
def load_regions() -> dict[str, Loaded]:
    """Add the provinces and regions that are missing; rows that are there stay as they are.

    Names change by law and administrators correct them, so nothing is rewritten. Costs three queries, and
    two more when something is missing.
    """
    centroids = {row["code"]: (float(row["lat"]), float(row["lng"])) for row in _rows("centroids.csv")}
    provinces = [_province(row, centroids[row["code"]]) for row in _rows("provinces.csv")]
    added_provinces = _add_missing_provinces(provinces)
    ids = dict(Province.objects.values_list("code", "pk"))
    regions = [
        _region(row, ids[row["province_code"]], centroids[row["code"]]) for row in _rows("regencies.csv")
    ]
    return {
        "provinces": Loaded(len(provinces), added_provinces, 0),
        "regions": Loaded(len(regions), _add_missing_regions(regions), 0),
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _province(row: dict[str, str], centroid: tuple[float, float]) -> Province:
    return Province(
        code=row["code"],
        name=row["name"],
        iso_code=row["iso_3166_2"],
        time_zone=row["timezone"],
        time_zone_short=row["tz_abbr"],
        latitude=centroid[0],
        longitude=centroid[1],
    )


def _region(row: dict[str, str], province_id: int, centroid: tuple[float, float]) -> Region:
    return Region(
        province_id=province_id,
        code=row["code"],
        kind=row["type"],
        name=row["name"],
        latitude=centroid[0],
        longitude=centroid[1],
    )


def _add_missing_provinces(provinces: list[Province]) -> int:
    known = set(Province.objects.values_list("code", flat=True))
    missing = [province for province in provinces if province.code not in known]
    Province.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def _add_missing_regions(regions: list[Region]) -> int:
    known = set(Region.objects.values_list("code", flat=True))
    missing = [region for region in regions if region.code not in known]
    Region.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)
