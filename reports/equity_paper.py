"""Who travelled and who was not chosen, as paper."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking.models import Application
from reports import trips
from reports.asking import Asked
from reports.equity import Equity, Mark, Trip, TripLine, TripQuestion, equity_of
from reports.papers import Paper, PaperColumn, PaperTable, TotalsDiffer, seal_of
from reports.words import MARKS
from tradecontact.templatetags.tradecontact_tags import angka


def equity_seal(equity: Equity) -> str:
    return seal_of([count.number for count in equity.headline.marks.values()])


def equity_paper(actor: Actor, asked: Asked[TripQuestion, Trip], today: date) -> Paper:
    """Return who travelled with every trip, after counting them once more.

    Raises:
        TotalsDiffer: a number is not how many of the paper's trips it opens.
    """
    equity = equity_of(asked.rows, asked.question, asked.form.by)
    lines = trips.lines_of([trip for trip in asked.rows if equity.question.holds(trip)])
    require_counted(equity, [line.trip for line in lines])
    names = trips.names_of_businesses(asked.rows)
    return Paper(
        name="pemerataan",
        title=_("Pemerataan"),
        subject=[f"{name}: {value}" for name, value in asked.words],
        on=today,
        tables=[
            trips_table(_("Ringkasan"), "", [(_("Semua"), equity.headline)]),
            trips_table(
                _("Rincian"),
                asked.by_name,
                [(asked.names.of(equity.by, line.key), line) for line in equity.lines],
            ),
            trips_table(
                _("Siapa ikut berapa kali"),
                _("Usaha"),
                [(names.get(line.key, line.key), line) for line in equity.travellers],
            ),
            trip_list_table(lines),
            not_chosen_table(trips.not_chosen(actor, asked.question)),
        ],
        definitions=[
            (_("Pertama kali"), _("Usaha yang belum pernah ikut delegasi dinasnya sebelum kontak itu.")),
        ],
        seal=equity_seal(equity),
    )


def require_counted(equity: Equity, found: Sequence[Trip]) -> None:
    """Raise ``TotalsDiffer`` unless every count is how many trips it opens."""
    reasons = []
    for count in equity.counts:
        number = sum(map(count.opens.holds, found))
        if number != count.number:
            told = {"mark": MARKS[count.opens.mark], "shown": angka(count.number), "rows": angka(number)}
            reasons.append(_("%(mark)s: angkanya %(shown)s, barisnya %(rows)s.") % told)
    if reasons:
        raise TotalsDiffer(list(dict.fromkeys(reasons)))


def trips_table(title: str, head: str, lines: Sequence[tuple[str, TripLine]]) -> PaperTable:
    columns = [PaperColumn(head), PaperColumn(_("Usaha"), "number")]
    columns += [PaperColumn(capfirst(str(MARKS[mark])), "number") for mark in Mark]
    rows = [(name, line.businesses, *(count.number for count in line.marks.values())) for name, line in lines]
    return PaperTable(title, columns, rows)


def not_chosen_table(applications: Iterable[Application]) -> PaperTable:
    """Return who was refused or put on the reserve, with the reason."""
    columns = [_("Usaha"), _("Kecamatan"), _("Kontak dagang"), _("Keputusan"), _("Alasan")]
    rows = [
        (
            one.business.name,
            one.business.district,
            one.curation.delegation.trade_contact.title,
            one.get_decision_display(),
            one.reason,
        )
        for one in applications
    ]
    return PaperTable(_("Belum terpilih"), [PaperColumn(title) for title in columns], rows)


def trip_list_table(lines: Sequence[trips.TripLineOfList]) -> PaperTable:
    """Return every trip with whether it was a first one."""
    columns = [_("Usaha"), _("Kecamatan"), _("Kontak dagang"), _("Pertama kali")]
    rows = [
        (
            line.participation.business.name,
            line.participation.business.district,
            line.participation.delegation.trade_contact.title,
            _("ya") if line.trip.is_first else _("tidak"),
        )
        for line in lines
    ]
    return PaperTable(_("Keikutsertaan"), [PaperColumn(title) for title in columns], rows)
