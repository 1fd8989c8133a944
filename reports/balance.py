"""The balance between two regions: what each sells to the other, rung by rung. Values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.ledger import Figure, Question, Row, Rung, statement_of
from reports.scope import Dimension, direction_of

HALF_WIDTH = 200
ROW_HEIGHT = 44


@dataclass(frozen=True)
class BalanceRow:
    """One commodity or contact: what the first region sells to the second (``out``), and back (``back``)."""

    key: str
    out: Figure
    back: Figure

    @property
    def difference_rupiah(self) -> int:
        """What the first region sold more than it bought on this rung; negative when it bought more."""
        return self.out.sum.rupiah - self.back.sum.rupiah


@dataclass(frozen=True)
class Bar:
    """A row of the picture in its units: ``y`` from the top, the two bars from the middle outwards."""

    row: BalanceRow
    y: int
    out_width: int
    back_width: int

    @property
    def out_x(self) -> int:
        return HALF_WIDTH - self.out_width


@dataclass(frozen=True)
class Balance:
    """What two regions sold to each other on one rung, over the contacts of the question."""

    first: str
    second: str
    rung: Rung
    whole: BalanceRow
    commodities: Sequence[BalanceRow]
    contacts: Sequence[BalanceRow]

    @property
    def figures(self) -> list[Figure]:
        rows = [self.whole, *self.commodities, *self.contacts]
        return [figure for row in rows for figure in (row.out, row.back)]


def balance_of(rows: Sequence[Row], question: Question, first: str, second: str, rung: Rung) -> Balance:
    """Set the sales of ``first`` to ``second`` against those of ``second`` to ``first`` (region codes)."""
    out = replace(question, direction=direction_of(first, second))
    back = replace(question, direction=direction_of(second, first))
    heads = [statement_of(rows, asked, Dimension.CONTACT).headline for asked in (out, back)]
    return Balance(
        first,
        second,
        rung,
        BalanceRow("", heads[0].counted[rung], heads[1].counted[rung]),
        _rows_by(Dimension.COMMODITY, rows, out, back, rung),
        _rows_by(Dimension.CONTACT, rows, out, back, rung),
    )


def bars_of(rows: Sequence[BalanceRow]) -> list[Bar]:
    """Return the picture of rows: the longest bar is ``HALF_WIDTH`` wide, and an amount is never 0 wide."""
    most = max((figure.sum.rupiah for row in rows for figure in (row.out, row.back)), default=0) or 1

    def width(figure: Figure) -> int:
        amount = figure.sum.rupiah
        return max(1, round(HALF_WIDTH * amount / most)) if amount else 0

    return [Bar(row, place * ROW_HEIGHT, width(row.out), width(row.back)) for place, row in enumerate(rows)]


def _rows_by(
    by: Dimension, rows: Sequence[Row], out: Question, back: Question, rung: Rung
) -> list[BalanceRow]:
    """Put the lines of both directions side by side, the larger trade first, without lines of nothing."""
    out_of, back_of = (
        {
            line.key: line.counted[rung]
            for line in statement_of(rows, asked, by).lines
            if line.counted[rung].sum.count
        }
        for asked in (out, back)
    )
    found = [
        BalanceRow(
            key,
            out_of.get(key) or _nothing(out, by, key, rung),
            back_of.get(key) or _nothing(back, by, key, rung),
        )
        for key in out_of.keys() | back_of.keys()
    ]
    return sorted(found, key=lambda row: (-max(row.out.sum.rupiah, row.back.sum.rupiah), row.key))


def _nothing(asked: Question, by: Dimension, key: str, rung: Rung) -> Figure:
    """Return the figure of a direction in which nothing was sold; it opens no row."""
    return statement_of([], replace(asked, **{by.value: key}), by).headline.counted[rung]
