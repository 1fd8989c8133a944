"""Names of places as people write them: "Solo" is Kota Surakarta, "kab. Bandung" is Kabupaten Bandung.

Costs one query per question; there are 514 regencies and cities.
"""

import re
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


def names_of_places() -> dict[str, str]:
    """Return the codes of provinces and regions by the names that lists use, in lower case.

    A region has its full name, "kab …" for a kabupaten, and its bare name when no other place has it; each
    place its code, with a space for the point. Costs two queries.
    """
    names = {province.name.lower(): province.code for province in Province.objects.only("code", "name")}
    names |= {code: code for code in names.values()}
    bare: dict[str, list[str]] = {}
    for region in _all():
        place = _read(region.name)
        names |= {region.name.lower(): region.code, region.code.replace(".", " "): region.code}
        if place.kind == Region.Kind.REGENCY:
            names[f"kab {place.name}"] = region.code
        bare.setdefault(place.name, []).append(region.code)
    only = {name: codes[0] for name, codes in bare.items() if len(codes) == 1}
    others = {other: only[name] for other, name in OTHER_NAMES.items() if name in only}
    return only | others | names


def _all() -> list[Region]:
    return list(Region.objects.only("code", "name").order_by("name", "code"))


def _read(text: str) -> _Place:
    words = [word for word in re.findall(r"\w+", text.lower()) if word != "administrasi"]
    kind = KINDS.get(words[0], "") if words else ""
    name = " ".join(words[1:] if kind else words)
    return _Place(OTHER_NAMES.get(name, name), kind)


def _is_same(asked: _Place, place: _Place) -> bool:
    return asked.name == place.name and asked.kind in {"", place.kind}
