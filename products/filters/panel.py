"""The filter panel of the catalogue: every choice with its count, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from products.facets import BANDS, Counts, count_facets
from products.filters.catalogue import CatalogueFilter
from products.filters.choices import band_words
from products.models import Certificate
from products.models.catalogue import ProductQuerySet
from products.shelves import Shelf, arrange_shelves
from regions.models import Province, Region
from tradecontact.templatetags.tradecontact_tags import banyaknya

FACETS = [
    "kategori",
    "wilayah",
    "kisaran",
    "pesanan",
    "kapasitas",
    "waktu",
    "sertifikat",
    "diperiksa",
    "sendiri",
    "titip",
]
COUNTED_AS = {"wilayah": ("provinsi", "kabupaten"), "diperiksa": ("sertifikat",)}


@dataclass(frozen=True)
class Option:
    """A choice of a facet with how many products it would leave, in words."""

    value: str
    label: str
    count: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its choices; those without products are left out unless they are chosen."""

    name: str
    label: str
    options: list[Option]

    @property
    def is_open(self) -> bool:
        return any(option.is_chosen for option in self.options)


class Panel:
    """The counts of all facets. A facet's own choice does not count against its other choices.

    Costs one pass over the matching products, and one more for each facet that is in use.
    """

    def __init__(self, filters: CatalogueFilter) -> None:
        self._filters = filters
        values = filters.values
        self._chosen = [name for name in FACETS if values.get(name)]
        free = [name for name in FACETS if name not in self._chosen]
        self.found = self._count(filters.matching(), free)
        self._counts: dict[str, Counts] = dict.fromkeys(free, self.found) | {
            name: self._count(filters.matching(without=name), [name]) for name in self._chosen
        }

    def _count(self, products: ProductQuerySet, names: list[str]) -> Counts:
        filters = self._filters
        return count_facets(products, _counted(names), today=filters.today, version=filters.version)

    @property
    def total_words(self) -> str:
        """How many products match, "sekitar 120.000" when that is an estimate."""
        return banyaknya(self.found.total, self.found.is_estimate)

    @property
    def has_estimates(self) -> bool:
        return any(counts.is_estimate for counts in self._counts.values())

    def shelves(self) -> list[Shelf]:
        """Sectors and families with their counts under all the other filters."""
        counts = self._of("kategori", "kategori")
        chosen = self._filters.values.get("kategori") or ""
        return arrange_shelves(self._filters.categories, counts, chosen=chosen)

    @property
    def are_shelves_estimated(self) -> bool:
        return self._counts["kategori"].is_estimate

    def places(self) -> Facet:
        """Provinces, and the kabupaten and kota of the one chosen. Costs a query for the names, or two."""
        place = self._filters.values.get("wilayah")
        options = []
        counts = self.by_province()
        for pk, code, name in Province.objects.order_by("name").values_list("pk", "code", "name"):
            is_here = place is not None and place.province_id == pk
            if counts.get(pk) or is_here:
                options.append(self._option("wilayah", code, name, counts.get(pk, 0)))
            if is_here:
                options += self._regions(pk)
        return Facet("wilayah", str(self._filters.form.fields["wilayah"].label), options)

    def by_province(self) -> Mapping[int, int]:
        """Return the count of each province by its id, under all other filters."""
        return self._of("wilayah", "provinsi")

    def facets(self) -> Iterator[Facet]:
        """Yield the facets with fixed choices."""
        for name in BANDS:
            yield self._facet(name, self._band_options(name))
        yield self._facet("sertifikat", self._certificate_options())
        yield self._facet("diperiksa", [("ya", _("Ada yang diperiksa petugas"), self._checked())])
        yield self._facet("sendiri", [("ya", _("Ya"), self._of("sendiri", "sendiri").get(True, 0))])
        yield self._facet("titip", [("ya", _("Ya"), self._of("titip", "titip").get(True, 0))])

    def _of(self, name: str, counted: str) -> Mapping[Any, int]:
        return self._counts[name].by_facet[counted]

    def _regions(self, province_id: int) -> list[Option]:
        counts = self._of("wilayah", "kabupaten")
        rows = Region.objects.filter(province_id=province_id).order_by("name", "code")
        place = self._filters.values["wilayah"]
        return [
            self._option("wilayah", code, f"— {name}", counts.get(pk, 0))
            for pk, code, name in rows.values_list("pk", "code", "name")
            if counts.get(pk) or place.code == code
        ]

    def _band_options(self, name: str) -> list[tuple[str, str, int]]:
        counts = self._of(name, name)
        return [
            (code, band_words(name, code), counts.get(place, 0))
            for place, code in enumerate(BANDS[name].codes)
        ]

    def _certificate_options(self) -> list[tuple[str, str, int]]:
        shown = 1 if self._filters.values.get("diperiksa") else 0
        rows = self._of("sertifikat", "sertifikat").items()
        return [
            (kind.value, str(kind.label), sum(count for kinds, count in rows if kind.value in kinds[shown]))
            for kind in Certificate.Kind
        ]

    def _checked(self) -> int:
        """Count those whose chosen certificates, or any without a choice, an officer has checked."""
        wanted = set(self._filters.values.get("sertifikat") or [])
        rows = self._of("diperiksa", "sertifikat").items()
        return sum(count for (_held, checked), count in rows if checked and wanted <= set(checked))

    def _facet(self, name: str, choices: list[tuple[str, str, int]]) -> Facet:
        options = [self._option(name, value, label, count) for value, label, count in choices]
        shown = [option for option in options if option.is_chosen or option.count != "0"]
        return Facet(name, str(self._filters.form.fields[name].label), shown)

    def _option(self, name: str, value: str, label: str, count: int) -> Option:
        chosen = self._filters.values.get(name) or []
        chosen = [getattr(chosen, "code", chosen)] if not isinstance(chosen, list) else chosen
        said = banyaknya(count, self._counts[name].is_estimate)
        return Option(value, label, said, value in chosen)


def _counted(names: list[str]) -> list[str]:
    """Return the facets to count for some filters, each once."""
    return list(dict.fromkeys(key for name in names for key in COUNTED_AS.get(name, (name,))))
