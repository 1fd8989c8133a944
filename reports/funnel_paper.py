"""The funnel as paper."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking.models.steps import Reason
from reports.asking import Asked
from reports.funnel import Fate, Funnel, FunnelLine, PairQuestion, PairRow, Stage, funnel_of, miscounted
from reports.pair_list import PairName, names_of
from reports.papers import Paper, PaperColumn, PaperTable, TotalsDiffer, seal_of
from reports.words import FATES, STAGES
from tradecontact.templatetags.tradecontact_tags import angka


def funnel_seal(funnel: Funnel) -> str:
    return seal_of([count.number for count in funnel.headline.counts])


def funnel_paper(actor: Actor, asked: Asked[PairQuestion, PairRow], today: date) -> Paper:
    """Return the funnel of a question with its pairs, after counting them once more.

    Raises:
        TotalsDiffer: a number is not how many of the paper's pairs came so far.
    """
    funnel = funnel_of(asked.rows, asked.question, asked.form.by)
    lines = names_of(actor, [pair for pair in asked.rows if funnel.question.holds(pair)])
    require_counted(funnel, [line.row for line in lines])
    told = [(asked.names.of(funnel.by, line.key), line) for line in funnel.lines]
    return Paper(
        name="corong",
        title=_("Corong pasangan"),
        subject=[f"{name}: {value}" for name, value in asked.words],
        on=today,
        tables=[
            funnel_table(_("Ringkasan"), "", [(_("Semua"), funnel.headline)]),
            funnel_table(_("Rincian"), asked.by_name, told),
            pairs_table(lines),
        ],
        definitions=[funnel_meaning()],
        seal=funnel_seal(funnel),
    )


def require_counted(funnel: Funnel, pairs: Sequence[PairRow]) -> None:
    """Raise ``TotalsDiffer`` unless every count is how many pairs it opens."""
    reasons = [
        _("%(stage)s: angkanya %(shown)s, pasangannya %(rows)s.")
        % {
            "stage": STAGES.get(count.opens.stage) or FATES[count.opens.fate],
            "shown": angka(count.number),
            "rows": angka(number),
        }
        for count, number in miscounted(funnel.counts, pairs)
    ]
    if reasons:
        raise TotalsDiffer(list(dict.fromkeys(reasons)))


def funnel_table(title: str, head: str, lines: Sequence[tuple[str, FunnelLine]]) -> PaperTable:
    """Return lines of the funnel under the names of their stages."""
    columns = [PaperColumn(head), *(PaperColumn(str(STAGES[stage]), "number") for stage in Stage)]
    columns += [PaperColumn(capfirst(str(FATES[fate])), "number") for fate in Fate]
    return PaperTable(
        title, columns, [(name, *(count.number for count in line.counts)) for name, line in lines]
    )


def funnel_meaning() -> tuple[str, str]:
    return (
        _("Corong"),
        _(
            "Setiap angka menghitung pasangan yang sampai sekurang-kurangnya pada langkah itu. Pasangan yang "
            "ditutup tetap dihitung sampai langkah terjauhnya. Barang titip jual bukan pesanan: pasangannya "
            "punya kolom sendiri, dan naik ketika barangnya laku dan dibayar."
        ),
    )


def pairs_table(lines: Sequence[PairName]) -> PaperTable:
    """Return every pair with how far it came."""
    stages = {stage: str(STAGES[stage]) for stage in Stage}  # said once, not for each of thousands
    reasons = {reason.value: str(reason.label) for reason in Reason}
    columns = [_("Nomor"), _("Usaha 1"), _("Usaha 2"), _("Kontak dagang"), _("Langkah terjauh"), _("Ditutup")]
    rows = [
        (
            line.row.number,
            line.one,
            line.other,
            line.contact,
            stages[line.row.stage],
            reasons.get(line.closed_reason, ""),
        )
        for line in lines
    ]
    return PaperTable(_("Pasangan"), [PaperColumn(title) for title in columns], rows)
