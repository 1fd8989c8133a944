"""The ledger as paper: the headline, its lines, and every commitment it is made of."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts.actors import Actor
from reports.asking import Asked
from reports.commitment_rows import CommitmentLine, lines_of
from reports.ledger import (
    Figure,
    Line,
    Question,
    Row,
    Rung,
    Standing,
    Statement,
    Sum,
    differences,
    select,
    statement_of,
)
from reports.names import Names
from reports.papers import Paper, PaperColumn, PaperTable, TotalsDiffer, seal_of
from reports.words import RUNG_MEANINGS, RUNGS, STANDINGS
from tradecontact.templatetags.tradecontact_tags import angka, rupiah


def ledger_seal(statement: Statement) -> str:
    """Return the headline as a text that changes with any of its totals or numbers of rows."""
    sums = [figure.sum for figure in statement.headline.figures]
    return seal_of([number for one in sums for number in (one.rupiah, one.count)])


def ledger_paper(actor: Actor, asked: Asked[Question, Row], today: date) -> Paper:
    """Return the ledger of a question with its rows, after adding them up once more.

    Raises:
        TotalsDiffer: a number is not what the rows of the paper come to.
    """
    statement = statement_of(asked.rows, asked.question, asked.form.by)
    lines = lines_of(actor, select(asked.rows, statement.question))
    require_agreement(statement.figures, [line.row for line in lines])
    return Paper(
        name="buku-komitmen",
        title=_("Buku komitmen"),
        subject=[f"{name}: {value}" for name, value in asked.words],
        on=today,
        tables=[
            headline_table(statement.headline),
            _lines_table(statement, asked.names, asked.by_name),
            rows_table(lines, asked.names),
        ],
        definitions=definitions(),
        seal=ledger_seal(statement),
    )


def require_agreement(figures: Sequence[Figure], rows: Sequence[Row]) -> None:
    """Raise ``TotalsDiffer`` unless every number is what its rows come to, naming each that is not."""
    reasons = [
        _("%(rung)s (%(standing)s): angkanya %(shown)s, barisnya berjumlah %(rows)s.")
        % {
            "rung": RUNGS[one.figure.opens.rung],
            "standing": STANDINGS[one.figure.opens.standing],
            "shown": _told(one.figure.sum),
            "rows": _told(one.rows),
        }
        for one in differences(figures, rows)
    ]
    if reasons:
        raise TotalsDiffer(list(dict.fromkeys(reasons)))


def headline_table(headline: Line) -> PaperTable:
    """Return the rungs side by side, and what is left out of them."""
    listed = [*headline.counted.values(), headline.overdue, *headline.disputed.values()]
    columns = [
        PaperColumn(_("Tingkat")),
        PaperColumn(_("Keadaan")),
        PaperColumn(_("Jumlah (Rp)"), "rupiah"),
        PaperColumn(_("Banyak baris"), "number"),
        PaperColumn(_("Median (Rp)"), "rupiah"),
        PaperColumn(_("Bagian transaksi terbesar"), "percent"),
    ]
    rows = [
        (
            str(RUNGS[figure.opens.rung]),
            str(STANDINGS[figure.opens.standing]),
            figure.sum.rupiah,
            figure.sum.count,
            figure.sum.median,
            figure.sum.share_of_largest,
        )
        for figure in listed
    ]
    note = _("Tingkat-tingkat ini tidak dijumlahkan: satu transaksi dapat berada di beberapa tingkat.")
    return PaperTable(_("Ringkasan"), columns, rows, note)


def rows_table(lines: Sequence[CommitmentLine], names: Names) -> PaperTable:
    """Return every commitment with what it counts for."""
    texts = [_("Tingkat"), _("Keadaan"), _("Kontak dagang"), _("Penjual"), _("Pembeli"), _("Barang")]
    columns = [
        PaperColumn(_("Nomor"), "number"),
        PaperColumn(_("Tanggal"), "day"),
        *(PaperColumn(title) for title in [*texts, _("Komoditas")]),
        PaperColumn(_("Nilai (Rp)"), "rupiah"),
    ]
    rungs = {rung: str(RUNGS[rung]) for rung in Rung}  # said once, not for each of thousands
    standings = {standing: str(STANDINGS[standing]) for standing in Standing}
    rows = [
        (
            line.row.number,
            line.row.day,
            rungs[line.row.rung],
            standings[line.row.standing],
            line.commitment.pair.trade_contact.title,
            line.commitment.seller.name,
            line.commitment.buyer.name,
            line.commitment.goods,
            names.of("commodity", line.row.commodity),
            line.row.rupiah,
        )
        for line in lines
    ]
    return PaperTable(_("Baris"), columns, rows)


def definitions() -> list[tuple[str, str]]:
    """Return what each rung means, and what leaves the headline."""
    meanings = [(str(RUNGS[rung]), str(RUNG_MEANINGS[rung])) for rung in Rung]
    return [
        *meanings,
        (
            _("Di luar angka utama"),
            _(
                "Potensi yang belum dikonfirmasi pihak lain keluar setelah tenggatnya, atau 90 hari bila "
                "tidak ada tenggat. Yang disengketakan salah satu pihak didaftar, tidak dihitung. Bila kedua "
                "pihak menyebut nilai berbeda, yang terkecil dihitung."
            ),
        ),
    ]


def _lines_table(statement: Statement, names: Names, by_name: str) -> PaperTable:
    columns = [PaperColumn(by_name)]
    for rung in Rung:
        columns.append(PaperColumn(f"{RUNGS[rung]} (Rp)", "rupiah"))
        columns.append(PaperColumn(_("Baris"), "number"))
    rows = [
        (
            names.of(statement.by, line.key),
            *(number for one in line.counted.values() for number in (one.sum.rupiah, one.sum.count)),
        )
        for line in statement.lines
    ]
    return PaperTable(_("Rincian"), columns, rows)


def _told(found: Sum) -> str:
    return _("%(amount)s dari %(rows)s baris") % {"amount": rupiah(found.rupiah), "rows": angka(found.count)}
