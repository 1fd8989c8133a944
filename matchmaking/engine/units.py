"""Quantities and prices in another unit. Units convert only when both come down to the same root."""

from collections.abc import Iterable
from fractions import Fraction

from matchmaking.engine.values import Unit


class Units:
    """The table of trade units."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.code: unit for unit in units}

    def factor(self, unit: str | None, into: str | None) -> Fraction | None:
        """Return how many ``into`` make one ``unit``; ``None`` when that is not known.

        >>> from matchmaking.engine.values import Label
        >>> piece = Unit("buah", "buah", Fraction(1), Label("buah", "pc"))
        >>> dozen = Unit("lusin", "buah", Fraction(12), Label("lusin", "dozen"))
        >>> box = Unit("dus", "dus", Fraction(1), Label("dus", "carton"))
        >>> units = Units([piece, dozen, box])
        >>> units.factor("lusin", "buah"), units.factor("buah", "lusin"), units.factor("dus", "buah")
        (Fraction(12, 1), Fraction(1, 12), None)
        """
        if unit is None or into is None:
            return None
        if unit == into:
            return Fraction(1)
        mine, theirs = self._units.get(unit), self._units.get(into)
        if mine is None or theirs is None or mine.root != theirs.root:
            return None
        return mine.factor / theirs.factor

    def label(self, code: str | None) -> dict[str, str] | None:
        """Return the unit's name as the parameter of a fact; ``None`` for an unknown unit."""
        unit = self._units.get(code or "")
        return unit.label.as_param() if unit else None
