"""The shelves of the catalogue: sectors, and in them families, with how many products stand on each.

No query here: categories and counts come in, shelves come out, in the order of the taxonomy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from products.models import Category


@dataclass(frozen=True)
class Shelf:
    """A sector with its families, or a family; ``count`` products stand on it."""

    category: Category
    count: int
    is_chosen: bool
    families: list[Shelf] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """True when it or one of its families is chosen; then its families are shown."""
        return self.is_chosen or any(family.is_chosen for family in self.families)


def arrange_shelves(
    categories: Iterable[Category], counts: Mapping[int, int], *, chosen: str = ""
) -> list[Shelf]:
    """Return the sectors that hold a product, or hold the ``chosen`` code, with their filled families.

    A product that stands directly in a sector counts for the sector alone.
    """
    families: dict[int, list[Shelf]] = {}
    sectors = []
    for category in categories:
        if category.parent_id is None:
            sectors.append(category)
            continue
        shelf = Shelf(category, counts.get(category.pk, 0), category.code == chosen)
        if shelf.count or shelf.is_chosen:
            families.setdefault(category.parent_id, []).append(shelf)
    shelves = [_sector(sector, families.get(sector.pk, []), counts, chosen) for sector in sectors]
    return [shelf for shelf in shelves if shelf.count or shelf.is_open]


def _sector(sector: Category, families: list[Shelf], counts: Mapping[int, int], chosen: str) -> Shelf:
    count = counts.get(sector.pk, 0) + sum(family.count for family in families)
    return Shelf(sector, count, sector.code == chosen, families)
