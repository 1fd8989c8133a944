"""Every number equals the rows it opens, over random ledgers; and what counts, by example."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from reports.ledger import (
    Question,
    Row,
    Rung,
    Standing,
    Sum,
    amount_of,
    differences,
    select,
    standing_of,
    statement_of,
    sum_of,
)
from reports.scope import Dimension
from tests.reports.ledgers import dimensions, ledgers, questions

DAY = date(2018, 3, 22)


def make_row(number: int, rupiah: int, rung: Rung = Rung.LOI, **values: str) -> Row:
    return Row(
        number=number,
        pair=number,
        rung=rung,
        rupiah=rupiah,
        standing=Standing(values.pop("standing", "counted")),
        day=DAY,
        contact="bandung-solo",
        year="2018",
        office="1",
        district="32.04:Majalaya",
        **({"commodity": "kain", "direction": "32.04_33.72"} | values),
    )


@given(ledgers, questions, dimensions)
def test_every_number_equals_the_rows_it_opens(rows: list[Row], question: Question, by: Dimension) -> None:
    statement = statement_of(rows, question, by)

    for figure in statement.figures:
        opened = [row.rupiah for row in rows if figure.opens.holds(row)]
        assert (figure.sum.rupiah, figure.sum.count) == (sum(opened), len(opened))
        assert figure.sum.largest == max(opened, default=0)


@given(ledgers, questions, dimensions)
def test_lines_come_to_the_headline(rows: list[Row], question: Question, by: Dimension) -> None:
    statement = statement_of(rows, question, by)

    for rung in Rung:
        lines = [line.counted[rung].sum for line in statement.lines]
        headline = statement.headline.counted[rung].sum
        assert (sum(line.rupiah for line in lines), sum(line.count for line in lines)) == (
            headline.rupiah,
            headline.count,
        )


@given(ledgers, questions, dimensions)
def test_every_row_is_in_exactly_one_number(rows: list[Row], question: Question, by: Dimension) -> None:
    headline = statement_of(rows, question, by).headline

    opened = [row for figure in headline.figures for row in select(rows, figure.opens)]

    assert sorted(opened, key=repr) == sorted(select(rows, question), key=repr)


@given(ledgers, questions, dimensions)
def test_median_is_the_amount_of_a_row(rows: list[Row], question: Question, by: Dimension) -> None:
    for figure in statement_of(rows, question, by).figures:
        amounts = {row.rupiah for row in select(rows, figure.opens)}
        assert figure.sum.median in (amounts or {0})
        assert 0 <= figure.sum.share_of_largest <= 1


@given(ledgers, questions, dimensions)
def test_numbers_that_equal_their_rows_show_no_difference(
    rows: list[Row], question: Question, by: Dimension
) -> None:
    assert differences(statement_of(rows, question, by).figures, rows) == []


@given(questions)
def test_question_asked_again_is_the_same(question: Question) -> None:
    assert Question(**question.asked) == question


def test_number_that_lost_a_row_is_named() -> None:
    rows = [make_row(1, 30_000_000), make_row(2, 12_000_000)]
    statement = statement_of(rows, Question(), Dimension.OFFICE)

    found = differences(statement.figures, rows[:1])

    assert {(one.figure.sum.rupiah, one.rows.rupiah) for one in found} == {(42_000_000, 30_000_000)}


def test_rungs_stand_side_by_side() -> None:
    rows = [
        make_row(1, 30_000_000),
        make_row(2, 12_000_000, Rung.ORDER),
        make_row(3, 11_400_000, Rung.REALISED),
    ]

    counted = statement_of(rows, Question(), Dimension.DIRECTION).headline.counted

    assert [counted[rung].sum.rupiah for rung in Rung] == [0, 30_000_000, 12_000_000, 0, 11_400_000]


def test_disputed_rows_are_listed_by_rung_and_not_counted() -> None:
    rows = [make_row(1, 8_000_000, Rung.ORDER), make_row(2, 9_000_000, Rung.ORDER, standing="disputed")]

    headline = statement_of(rows, Question(), Dimension.DIRECTION).headline

    assert headline.counted[Rung.ORDER].sum == Sum(8_000_000, 1, 8_000_000, 8_000_000)
    assert headline.disputed[Rung.ORDER].sum == Sum(9_000_000, 1, 9_000_000, 9_000_000)


def test_share_of_the_largest_deal() -> None:
    amounts = sum_of([make_row(1, 30_000_000), make_row(2, 9_000_000), make_row(3, 1_000_000)])

    assert (amounts.median, amounts.share_of_largest) == (9_000_000, 0.75)


def test_lines_stand_by_what_they_realised() -> None:
    rows = [make_row(1, 90_000_000, Rung.ORDER), make_row(2, 5_000_000, Rung.REALISED, commodity="sepatu")]

    lines = statement_of(rows, Question(), Dimension.COMMODITY).lines

    assert [line.key for line in lines] == ["sepatu", "kain"]


@pytest.mark.parametrize(
    ("days", "due_on", "is_confirmed", "standing"),
    [
        (90, None, False, Standing.COUNTED),
        (91, None, False, Standing.OVERDUE),
        (91, None, True, Standing.COUNTED),
        (91, DAY + timedelta(days=91), False, Standing.COUNTED),
        (31, DAY + timedelta(days=30), False, Standing.OVERDUE),
    ],
)
def test_unconfirmed_potential_leaves_after_its_limit(
    *, days: int, due_on: date | None, is_confirmed: bool, standing: Standing
) -> None:
    facts = {"agreed_on": DAY, "due_on": due_on, "is_confirmed": is_confirmed, "is_disputed": False}
    today = DAY + timedelta(days=days)

    assert standing_of(rung=Rung.POTENTIAL, today=today, **facts) is standing
    assert standing_of(rung=Rung.LOI, today=today, **facts) is Standing.COUNTED


@pytest.mark.parametrize("rung", Rung)
def test_dispute_takes_any_rung_out(rung: Rung) -> None:
    standing = standing_of(
        rung=rung, agreed_on=DAY, due_on=None, is_confirmed=True, is_disputed=True, today=DAY
    )

    assert standing is Standing.DISPUTED


def test_smaller_amount_of_the_two_sides_counts() -> None:
    assert amount_of(12_000_000, []) == 12_000_000
    assert amount_of(12_000_000, [11_000_000]) == 11_000_000
    assert amount_of(12_000_000, [13_000_000]) == 12_000_000


def test_question_of_a_year_opens_that_year_alone() -> None:
    rows = [make_row(1, 5), replace(make_row(2, 7), year="2019")]

    assert [row.number for row in select(rows, Question(year="2019"))] == [2]
