"""The words a list may use for goods and units, taken from the reference rows once per reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from products.taxonomy import (
    LINES_OF_BUSINESS,
    Family,
    Unit,
    classify,
    fold,
    recognise_sector,
    recognise_unit,
)


@dataclass(frozen=True)
class Scale:
    """How many base units one unit is: a lusin is 12 buah."""

    base: str
    factor: Decimal


@dataclass
class Vocabulary:
    """Families, units and their scales; remembers what it was asked, since lists repeat themselves.

    ``areas`` are the codes of provinces and regions by their folded names, ``home`` is the code of the
    office's own region (``32.04``), empty when the list is read for nobody in particular.
    """

    families: Sequence[Family]
    units: Sequence[Unit]
    scales: Mapping[str, Scale]
    areas: Mapping[str, str] = field(default_factory=dict)
    home: str = ""
    _answers: dict[tuple[str, str, str | None], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Goods and kinds of firms are two lists: a boutique is no product."""
        self._goods = [
            family for family in self.families if LINES_OF_BUSINESS not in (family.code, family.parent)
        ]
        self._named = {fold(family.name_id): family.code for family in self._goods if family.parent}
        self._firms = [
            family for family in self.families if LINES_OF_BUSINESS in (family.code, family.parent)
        ]

    @property
    def sector_names(self) -> str:
        """Names of the sectors of goods, for a message."""
        return ", ".join(family.name_id for family in self._goods if family.parent is None)

    def sector(self, text: str) -> str | None:
        """Return the code of the sector of goods a text names, or ``None``."""
        return self._remembered(("sector", text, None))

    def family(self, text: str, sector: str | None) -> str | None:
        """Return the code of the family of goods a text names, inside ``sector`` when one is given."""
        return self._remembered(("family", text, sector))

    def family_named(self, text: str) -> str | None:
        """Return the code of the family whose name a text is, letter for letter but for accents and case."""
        return self._named.get(fold(text))

    def area(self, text: str) -> str | None:
        """Return the code of the province, kabupaten or kota a text names, or ``None``."""
        return self.areas.get(fold(text))

    def line(self, text: str) -> str | None:
        """Return the code of the kind of firm, else of the sector, that "jenis usaha" names."""
        return self._remembered(("line", text, None)) or self.sector(text)

    def unit(self, text: str) -> str | None:
        """Return the code of the unit a text writes, or ``None``."""
        return self._remembered(("unit", text, None))

    def converted(self, amount: Decimal, *, unit: str, to: str) -> Decimal | None:
        """Return ``amount`` counted in another unit of the same base: 2 lusin are 24 buah; else ``None``."""
        if unit == to:
            return amount
        given, wanted = self.scales.get(unit), self.scales.get(to)
        if given is None or wanted is None or given.base != wanted.base:
            return None
        return amount * given.factor / wanted.factor

    def _remembered(self, question: tuple[str, str, str | None]) -> str | None:
        if question not in self._answers:
            self._answers[question] = self._answer(*question)
        return self._answers[question]

    def _answer(self, about: str, text: str, sector: str | None) -> str | None:
        if about == "unit":
            unit = recognise_unit(text, self.units)
            return unit.code if unit else None
        if about == "sector":
            found = recognise_sector(text, self._goods)
            return found.code if found else None
        families, within = (self._firms, LINES_OF_BUSINESS) if about == "line" else (self._goods, sector)
        match = classify(text, families, within=within)
        return match.family.code if match else None
