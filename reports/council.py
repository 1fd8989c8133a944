"""The council's question about one trade contact: how much became money, who travelled, what is stuck?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking.models.steps import Step
from reports import pair_list, trips
from reports.asking import Asked, ask
from reports.commitment_rows import commitment_rows, lines_of
from reports.equity import Equity, Trip, TripQuestion, equity_of
from reports.equity_paper import equity_seal, trip_list_table, trips_table
from reports.equity_paper import require_counted as require_trips
from reports.forms import PARAMETERS
from reports.funnel import Funnel, PairQuestion, PairRow, funnel_of
from reports.funnel_paper import funnel_meaning, funnel_seal, funnel_table, pairs_table
from reports.funnel_paper import require_counted as require_pairs
from reports.ledger import Question, Row, Rung, Standing, Statement, select, statement_of
from reports.ledger_paper import definitions, headline_table, ledger_seal, require_agreement, rows_table
from reports.pair_rows import WAITING_DAYS, pair_rows
from reports.papers import Paper, PaperColumn, PaperTable
from reports.scope import Dimension
from reports.stuck import Stuck, stuck_of
from tradecontact.templatetags.tradecontact_tags import tanggal


@dataclass(frozen=True)
class CouncilAnswer:
    """The three answers about one contact, with everything they are made of."""

    money: Asked[Question, Row]
    pairs: Asked[PairQuestion, PairRow]
    travel: Asked[TripQuestion, Trip]
    statement: Statement
    funnel: Funnel
    equity: Equity
    stuck: Stuck

    @property
    def committed_pairs(self) -> int:
        """How many pairs have a commitment that counts, on any rung."""
        return len({row.pair for row in self.money.rows if row.standing is Standing.COUNTED})

    @property
    def paid_pairs(self) -> int:
        """How many of them have a realisation."""
        counted = [row for row in self.money.rows if row.standing is Standing.COUNTED]
        return len({row.pair for row in counted if row.rung is Rung.REALISED})

    @property
    def seal(self) -> str:
        return "-".join([ledger_seal(self.statement), funnel_seal(self.funnel), equity_seal(self.equity)])


def answer_council(actor: Actor, contact: str, now: datetime, today: date) -> CouncilAnswer:
    """Return the answers about a contact (its slug) that the actor takes part in. Costs some 25 queries."""
    asked = {PARAMETERS["contact"]: contact}
    money = ask(actor, asked, Question, commitment_rows(today))
    pairs = ask(actor, asked, PairQuestion, pair_rows(now))
    travel = ask(actor, asked, TripQuestion, trips.trips)
    return CouncilAnswer(
        money,
        pairs,
        travel,
        statement_of(money.rows, money.question, Dimension.DIRECTION),
        funnel_of(pairs.rows, pairs.question, Dimension.DIRECTION),
        equity_of(travel.rows, travel.question, Dimension.DISTRICT),
        stuck_of(actor, contact, pairs.rows),
    )


def council_paper(actor: Actor, answer: CouncilAnswer, today: date) -> Paper:
    """Return the answers with their rows, after adding all of them up once more.

    Raises:
        TotalsDiffer: a number is not what the rows of the paper come to.
    """
    lines = lines_of(actor, select(answer.money.rows, answer.statement.question))
    require_agreement(answer.statement.figures, [line.row for line in lines])
    pairs = pair_list.names_of(actor, answer.pairs.rows)
    require_pairs(answer.funnel, [line.row for line in pairs])
    travelled = trips.lines_of(answer.travel.rows)
    require_trips(answer.equity, [line.trip for line in travelled])
    districts = [(answer.travel.names.of(Dimension.DISTRICT, line.key), line) for line in answer.equity.lines]
    return Paper(
        name="pertanyaan-dprd",
        title=_("Pertanyaan DPRD: apa hasilnya?"),
        subject=[f"{name}: {value}" for name, value in answer.money.words],
        on=today,
        tables=[
            headline_table(answer.statement.headline),
            funnel_table(_("Corong"), "", [(_("Semua"), answer.funnel.headline)]),
            trips_table(
                _("Siapa yang ikut"), _("Kecamatan"), [(_("Semua"), answer.equity.headline), *districts]
            ),
            _stuck_table(answer.stuck),
            _closed_table(answer.stuck),
            rows_table(lines, answer.money.names),
            pairs_table(pairs),
            trip_list_table(travelled),
        ],
        definitions=[*definitions(), funnel_meaning(), stuck_meaning()],
        seal=answer.seal,
    )


def stuck_meaning() -> tuple[str, str]:
    text = _("Pasangan yang sama-sama mau, belum terkirim, dan %(days)d hari tanpa langkah baru.")
    return _("Macet"), text % {"days": WAITING_DAYS}


def _stuck_table(stuck: Stuck) -> PaperTable:
    columns = [_("Usaha 1"), _("Usaha 2"), _("Langkah terakhir"), _("Sejak")]
    steps = {step.value: str(step.label) for step in Step}  # said once, not for each of thousands
    rows = [
        (pair.business_a.name, pair.business_b.name, steps[pair.step], tanggal(pair.step_at))
        for pair in stuck.waiting
    ]
    return PaperTable(_("Yang macet"), [PaperColumn(title) for title in columns], rows)


def _closed_table(stuck: Stuck) -> PaperTable:
    columns = [PaperColumn(_("Alasan")), PaperColumn(_("Pasangan"), "number")]
    return PaperTable(_("Yang ditutup"), columns, stuck.closed)
