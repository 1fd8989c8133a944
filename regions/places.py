"""Names of places as people write them: "Solo" is Kota Surakarta, "kab. Bandung" is Kabupaten Bandung.

Costs one query per question; there are 514 regencies and cities.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from regions.models import Province, Region

KINDS = {
    "kab": Region.Kind.REGENCY,
    "kabupaten": Region.Kind.REGENCY,
    "kota": Region.Kind.CITY,
    "kotamadya": Region.Kind.CITY,
    "kodya": Region.Kind.CITY,
}
OTHER_NAMES = {
    "solo": "surakarta",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
    "yogya": "yogyakarta",
    "ujung pandang": "makassar",
}
OTHER_PROVINCES = {
    "daerah khusus ibukota jakarta": ("dki jakarta", "jakarta", "dki"),
    "daerah istimewa yogyakarta": ("di yogyakarta", "diy"),
}
SUGGESTIONS = 6
LIKENESS_FLOOR = 0.6


@dataclass(frozen=True)
class _Place:
    """A name without its kind: ``Kab. Bandung`` is ("bandung", kabupaten)."""

    name: str
    kind: str


def regions_named(text: str) -> list[Region]:
    """Return the regions that ``text`` names: none, one, or several ("Bandung" is a kabupaten and a kota)."""
    asked = _read(text)
    return [region for region in _all() if _is_same(asked, _read(region.name))]


def suggest_regions(text: str, limit: int = SUGGESTIONS) -> list[Region]:
    """Return regions whose name begins like ``text``, else those spelt like it, the nearest first."""
    asked = _read(text)
    if not asked.name:
        return []
    regions = [(region, _read(region.name)) for region in _all()]
    if asked.kind:
        regions = [(region, place) for region, place in regions if place.kind == asked.kind]
    beginning = [region for region, place in regions if place.name.startswith(asked.name)]
    if beginning:
        return beginning[:limit]
    near = [(SequenceMatcher(None, asked.name, place.name).ratio(), region) for region, place in regions]
    best = sorted(
        (item for item in near if item[0] >= LIKENESS_FLOOR), key=lambda item: (-item[0], item[1].code)
    )
    return [region for _likeness, region in best[:limit]]


def areas_by_name() -> dict[str, str]:
    """Return the code of every province, regency and city by its names in small letters. Two queries.

    ``jawa tengah`` is 33, ``kab bandung`` and ``kabupaten bandung`` 32.04, ``solo`` 33.72. A bare name that
    two places share, or that a province has too, names neither of them.
    """
    regions = list(Region.objects.values_list("code", "name").order_by("code"))
    bare = Counter(_read(name).name for _code, name in regions)
    named: dict[str, str] = {}
    for code, name in regions:
        place = _read(name)
        spellings = [f"{kind} {place.name}" for kind, meant in KINDS.items() if meant == place.kind]
        if place.kind == Region.Kind.CITY:
            spellings += [other for other, meant in OTHER_NAMES.items() if meant == place.name]
        if bare[place.name] == 1:
            spellings.append(place.name)
        named |= dict.fromkeys(spellings, code)
    for code, name in Province.objects.values_list("code", "name").order_by("code"):
        plain = " ".join(re.findall(r"\w+", name.lower()))
        named |= dict.fromkeys([plain, f"provinsi {plain}", *OTHER_PROVINCES.get(plain, ())], code)
    return named


def names_of_places() -> dict[str, str]:
    """Return the codes of provinces and regions by all that lists write: ``areas_by_name``, and codes.

    A code stands there with a space for its point, as lists fold it: ``32 04``. Costs four queries.
    """
    codes = [
        *Province.objects.values_list("code", flat=True).order_by("code"),
        *Region.objects.values_list("code", flat=True).order_by("code"),
    ]
    return {code.replace(".", " "): code for code in codes} | areas_by_name()


def _all() -> list[Region]:
    return list(Region.objects.only("code", "name").order_by("name", "code"))


def _read(text: str) -> _Place:
    words = [word for word in re.findall(r"\w+", text.lower()) if word != "administrasi"]
    kind = KINDS.get(words[0], "") if words else ""
    name = " ".join(words[1:] if kind else words)
    return _Place(OTHER_NAMES.get(name, name), kind)


def _is_same(asked: _Place, place: _Place) -> bool:
    return asked.name == place.name and asked.kind in {"", place.kind}


def places_named(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of provinces, regencies and cities by their codes. Costs two queries, or none."""
    wanted = set(codes)
    if not wanted:
        return {}
    provinces = Province.objects.filter(code__in=wanted).values_list("code", "name")
    return dict(provinces) | dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))
