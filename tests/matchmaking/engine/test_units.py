"""Units convert only when that is known."""

import pytest

from matchmaking.engine.units import Units
from tests.matchmaking.engine.market import UNITS


@pytest.mark.parametrize(
    ("unit", "into"),
    [("bungkus", "dus"), ("meter", "buah"), (None, "buah"), ("buah", None), ("ember", "buah")],
)
def test_unknown_conversion_stays_unknown(unit: str | None, into: str | None) -> None:
    assert Units(UNITS).factor(unit, into) is None


def test_unit_of_no_table_still_equals_itself() -> None:
    assert Units([]).factor("ember", "ember") == 1


def test_label_of_an_unknown_unit_is_unknown() -> None:
    assert [Units(UNITS).label("lusin"), Units(UNITS).label("ember"), Units(UNITS).label(None)] == [
        {"id": "lusin", "en": "lusin"},
        None,
        None,
    ]
