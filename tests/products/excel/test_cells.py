"""Prices, quantities, dates, days and answers as people type them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.excel import cells
from products.excel.cells import LooseDate, Price, Quantity
from products.excel.problems import CellProblem
from tests.products.excel.sheets import TODAY
from tradecontact.rupiah import format_rupiah


def refused(read: Callable[..., object], value: Any, **settings: Any) -> str:
    """Return kind and variant of the problem that ``read`` raises."""
    with pytest.raises(CellProblem) as caught:
        read(value, **settings)
    return f"{caught.value.kind}.{caught.value.variant}".rstrip(".")


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        (134100.0, 134_100), (26900.000000000004, 26_900), ("134.100", 134_100), ("134,100", 134_100),
        ("134 100", 134_100), ("134100", 134_100), ("Rp900,00", 900), ("Rp 149.600", 149_600),
        ("Rp. 134.100,-", 134_100), ("134.100.-", 134_100), ("1,25 jt", 1_250_000), ("1.5 juta", 1_500_000),
        ("150 rb", 150_000), ("25k", 25_000), ("1,250,000.00", 1_250_000), ("5000 rupiah", 5_000),
        ("IDR 5.000", 5_000), (7, 7),
    ],
)  # fmt: skip
def test_price_is_read_as_typed(typed: Any, rupiah: int) -> None:
    assert cells.read_price(typed) == Price(rupiah)


@pytest.mark.parametrize(
    ("typed", "price"),
    [("25rb/pcs", Price(25_000, "pcs")), ("Rp 5.000 per lembar", Price(5_000, "lembar"))],
)
def test_price_keeps_the_unit_written_behind_it(typed: Any, price: Price) -> None:
    assert cells.read_price(typed) == price


@pytest.mark.parametrize("typed", ["", "-", "–", "--", "n/a", "belum ada", "..."])
def test_ways_to_write_nothing_are_blank(typed: Any) -> None:
    assert cells.read_price(typed) is None
    assert cells.read_quantity(typed) is None
    assert cells.read_date(typed, latest=TODAY) is None
    assert cells.read_days(typed) is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("nego", "invalid_price"), (True, "invalid_price"), (datetime(2018, 3, 1), "invalid_price"),  # noqa: DTZ001

        (float("nan"), "invalid_price"), (float("inf"), "invalid_price"), ("9" * 200, "invalid_price"),
        ("10.000-15.000", "invalid_price.range"), ("Rp 10.000 s/d Rp 15.000", "invalid_price.range"),
        (0.0, "invalid_price.positive"), ("0", "invalid_price.positive"),
        ("-5.000", "invalid_price.positive"),
        (134.1, "invalid_price.fraction"), ("1.25", "invalid_price.fraction"),
        ("Rp 900,50", "invalid_price.fraction"), (1e15, "invalid_price.large"), ("9 m 9", "invalid_price"),
    ],
)  # fmt: skip
def test_what_is_no_price_says_why(typed: Any, problem: str) -> None:
    assert refused(cells.read_price, typed) == problem


@given(st.integers(min_value=1, max_value=cells.MAX_PRICE))
def test_price_survives_every_usual_spelling(rupiah: int) -> None:
    grouped = format_rupiah(rupiah)

    spellings = [rupiah, float(rupiah), str(rupiah), grouped, grouped.removeprefix("Rp"), f"{grouped},00"]
    spellings += [f"Rp. {grouped[2:]},-", grouped.replace("Rp", "Rp "), grouped[2:].replace(".", ",")]

    assert {cells.read_price(spelling) for spelling in spellings} == {Price(rupiah)}


@given(st.text(max_size=40) | st.floats() | st.booleans())
def test_price_of_anything_is_a_price_nothing_or_a_problem(value: Any) -> None:
    try:
        price = cells.read_price(value)
    except CellProblem:
        return

    assert price is None or 0 < price.rupiah <= cells.MAX_PRICE


@pytest.mark.parametrize(
    ("typed", "quantity"),
    [
        (40.0, Quantity(Decimal(40))), ("1.200", Quantity(Decimal(1200))),
        ("6000 lembar", Quantity(Decimal(6000), "lembar")),
        ("1.200 pcs/bulan", Quantity(Decimal(1200), "pcs")), ("1.200 per bulan", Quantity(Decimal(1200))),
        ("± 500", Quantity(Decimal(500))), ("sekitar 500 buah", Quantity(Decimal(500), "buah")),
        ("1,5 ton", Quantity(Decimal("1.5"), "ton")), ("1.5 ton", Quantity(Decimal("1.5"), "ton")),
        ("12,000", Quantity(Decimal(12000))), ("1,250.5", Quantity(Decimal("1250.5"))),
        ("12 m2", Quantity(Decimal(12), "m2")),
        (2.5, Quantity(Decimal("2.5"))),
    ],
)  # fmt: skip
def test_quantity_is_read_with_its_unit(typed: Any, quantity: Quantity) -> None:
    assert cells.read_quantity(typed) == quantity


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("banyak", "invalid_number"), (False, "invalid_number"), ("1.25.000", "invalid_number"),
        (time(8, 0), "invalid_number"), ("8" * 120, "invalid_number"),
        ("500-1000", "invalid_number.range"), ("500 – 1.000 pcs", "invalid_number.range"),
        ("0", "invalid_number.positive"), ("-3", "invalid_number.positive"),
        ("10/hari", "invalid_number.period"), ("200 per minggu", "invalid_number.period"),
        (9e12, "invalid_number.large"),
    ],
)  # fmt: skip
def test_what_is_no_quantity_says_why(typed: Any, problem: str) -> None:
    assert refused(cells.read_quantity, typed) == problem


@given(st.integers(min_value=1, max_value=cells.MAX_QUANTITY))
def test_quantity_survives_grouping_and_units(amount: int) -> None:
    grouped = f"{amount:,}".replace(",", ".")

    assert cells.read_quantity(grouped) == cells.read_quantity(float(amount)) == Quantity(Decimal(amount))
    assert cells.read_quantity(f"{grouped} buah") == Quantity(Decimal(amount), "buah")


def test_only_whole_amounts_count_pieces() -> None:
    assert cells.whole(Decimal("24.0"), "2 lusin") == 24
    assert refused(cells.whole, Decimal("1.5"), typed="1,5") == "invalid_number.fraction"


@pytest.mark.parametrize(
    ("typed", "day", "is_year_only"),
    [
        ("12/03/2001", date(2001, 3, 12), False), ("12-3-2001", date(2001, 3, 12), False),
        ("12.03.2001", date(2001, 3, 12), False), ("3 Maret 2002", date(2002, 3, 3), False),
        ("Senin, 3 Nopember 2002", date(2002, 11, 3), False), ("3-Mar-2002", date(2002, 3, 3), False),
        ("2009-07-01", date(2009, 7, 1), False), ("2009-07-01 00:00:00", date(2009, 7, 1), False),
        (date(2001, 3, 12), date(2001, 3, 12), False), (36962.0, date(2001, 3, 12), False),
        ("2004", date(2004, 1, 1), True), (2004.0, date(2004, 1, 1), True),
        ("sejak th. 2004", date(2004, 1, 1), True),
        ("Maret 2002", date(2002, 3, 1), True),
    ],
)  # fmt: skip
def test_date_keeps_what_is_known_of_it(typed: Any, day: date, *, is_year_only: bool) -> None:
    assert cells.read_date(typed, latest=TODAY) == LooseDate(day, is_year_only)


def test_real_excel_date_is_read() -> None:
    moment = datetime(2001, 3, 12, 8, 30)  # noqa: DTZ001 - Excel knows no time zones

    assert cells.read_date(moment, latest=TODAY) == LooseDate(date(2001, 3, 12), is_year_only=False)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("lama sekali", "invalid_date"), ("31/02/2001", "invalid_date"), ("03/25/2001", "invalid_date"),
        ("3 Mares 2002", "invalid_date"), ("0999", "invalid_date"), (5.0, "invalid_date"),
        (2004.5, "invalid_date"),
        (True, "invalid_date"), (timedelta(days=2), "invalid_date"), ("2001-02-30", "invalid_date"),
        ("12/03/98", "invalid_date.year"), ("13/03/2018", "invalid_date.future"),
        (2019.0, "invalid_date.future"),
    ],
)  # fmt: skip
def test_what_is_no_date_says_why(typed: Any, problem: str) -> None:
    assert refused(cells.read_date, typed, latest=TODAY) == problem


@given(st.dates(min_value=date(1800, 1, 1), max_value=TODAY))
def test_date_survives_four_notations(day: date) -> None:
    months = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ]

    spellings = [
        day.strftime("%d/%m/%Y"), day.isoformat(), f"{day.day} {months[day.month - 1]} {day.year}", day
    ]  # fmt: skip

    assert {cells.read_date(typed, latest=TODAY) for typed in spellings} == {
        LooseDate(day, is_year_only=False)
    }


def test_days_and_answers() -> None:
    assert [cells.read_days(typed) for typed in ("14", 7.0, "14 hari kerja")] == [14, 7, 14]
    assert [cells.read_answer(typed) for typed in ("Ya", "tidak", True, "-", "Bisa")] == [
        True,
        False,
        True,
        None,
        True,
    ]
    assert refused(cells.read_days, "2 minggu") == "invalid_number.days"
    assert refused(cells.read_days, "400") == "invalid_number.days"
    assert refused(cells.read_answer, "mungkin") == "unknown_answer"


def test_long_value_is_quoted_short() -> None:
    with pytest.raises(CellProblem) as caught:
        cells.read_price("x" * 30_000)

    assert caught.value.params["value"] == "x" * 60 + "…"
