"""The balance of two regions as paper."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts.actors import Actor
from reports.asking import Asked
from reports.balance import Balance, BalanceRow, balance_of
from reports.commitment_rows import lines_of
from reports.forms import RegionsForm
from reports.ledger import Question, Row, select
from reports.ledger_paper import definitions, require_agreement, rows_table
from reports.papers import Paper, PaperColumn, PaperTable, seal_of
from reports.scope import Dimension
from reports.words import RUNGS


def balance_seal(balance: Balance) -> str:
    sums = [balance.whole.out.sum, balance.whole.back.sum]
    return seal_of([number for one in sums for number in (one.rupiah, one.count)])


def balance_paper(actor: Actor, asked: Asked[Question, Row], regions: RegionsForm, today: date) -> Paper:
    """Return what two regions sold to each other on one rung, with the rows.

    Raises:
        TotalsDiffer: a number is not what the rows of the paper come to.
    """
    balance = balance_of(asked.rows, asked.question, regions.first, regions.second, regions.rung)
    ways = (balance.whole.out.opens, balance.whole.back.opens)
    opened = [row for way in ways for row in select(asked.rows, way)]
    lines = lines_of(actor, opened)
    require_agreement(balance.figures, [line.row for line in lines])
    names = regions.names
    heads = [f"{names[0]} → {names[1]}", f"{names[1]} → {names[0]}"]
    told = str(RUNGS[balance.rung])

    def table(title: str, by: Dimension, rows: Sequence[BalanceRow]) -> PaperTable:
        labelled = [(asked.names.of(by, row.key), row) for row in rows]
        return _table(title, heads, labelled)

    return Paper(
        name="neraca",
        title=_("Neraca %(first)s dan %(second)s") % {"first": names[0], "second": names[1]},
        subject=[told, *(f"{name}: {value}" for name, value in asked.words)],
        on=today,
        tables=[
            _table(_("Jumlah"), heads, [(told, balance.whole)]),
            table(_("Menurut komoditas"), Dimension.COMMODITY, balance.commodities),
            table(_("Menurut kontak dagang"), Dimension.CONTACT, balance.contacts),
            rows_table(lines, asked.names),
        ],
        definitions=definitions(),
        seal=balance_seal(balance),
    )


def _table(title: str, heads: Sequence[str], rows: Sequence[tuple[str, BalanceRow]]) -> PaperTable:
    columns = [PaperColumn(title)]
    for head in heads:
        columns += [PaperColumn(f"{head} (Rp)", "rupiah"), PaperColumn(_("Baris"), "number")]
    columns.append(PaperColumn(_("Selisih (Rp)"), "rupiah"))
    return PaperTable(
        title,
        columns,
        [
            (
                name,
                row.out.sum.rupiah,
                row.out.sum.count,
                row.back.sum.rupiah,
                row.back.sum.count,
                row.difference_rupiah,
            )
            for name, row in rows
        ],
    )
