"""What two regions sell to each other, number by number, and the picture of it."""

from hypothesis import given

from reports.balance import HALF_WIDTH, balance_of, bars_of
from reports.ledger import Question, Row, Rung, differences
from tests.reports.ledgers import ledgers
from tests.reports.test_ledger import make_row


@given(ledgers)
def test_every_number_equals_the_rows_it_opens(rows: list[Row]) -> None:
    for rung in Rung:
        balance = balance_of(rows, Question(), "32.04", "33.72", rung)
        assert differences(balance.figures, rows) == []


@given(ledgers)
def test_balance_of_the_other_side_is_the_opposite(rows: list[Row]) -> None:
    ours = balance_of(rows, Question(), "32.04", "33.72", Rung.REALISED).whole
    theirs = balance_of(rows, Question(), "33.72", "32.04", Rung.REALISED).whole

    assert ours.difference_rupiah == -theirs.difference_rupiah


@given(ledgers)
def test_bars_stay_in_the_picture(rows: list[Row]) -> None:
    for bar in bars_of(balance_of(rows, Question(), "32.04", "33.72", Rung.LOI).commodities):
        assert 0 <= bar.out_width <= HALF_WIDTH
        assert 0 <= bar.back_width <= HALF_WIDTH
        assert (bar.out_width == 0) == (bar.row.out.sum.rupiah == 0)


def test_commodity_that_goes_one_way_has_nothing_back() -> None:
    rows = [make_row(1, 30_000_000), make_row(2, 10_000_000, direction="33.72_32.04", commodity="sepatu")]

    balance = balance_of(rows, Question(), "32.04", "33.72", Rung.LOI)

    found = [(row.key, row.out.sum.rupiah, row.back.sum.rupiah) for row in balance.commodities]
    assert found == [("kain", 30_000_000, 0), ("sepatu", 0, 10_000_000)]
    assert balance.whole.difference_rupiah == 20_000_000
