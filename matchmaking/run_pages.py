"""The pages of the runs: what each list was made of, how good and how fair it is, what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from math import floor
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import JSONObject

from matchmaking.engine.changes import Listing, compare
from matchmaking.engine.values import Weights
from matchmaking.models import ProposalRun, TradeContact
from matchmaking.previews import ChangeReport, report_of
from matchmaking.reasons import sentence
from matchmaking.run_report import BINS
from matchmaking.weights import WHAT_COUNTS
from products.models import Business

STATE_KINDS = {
    ProposalRun.State.QUEUED: "wait",
    ProposalRun.State.RUNNING: "wait",
    ProposalRun.State.DONE: "yes",
    ProposalRun.State.FAILED: "no",
    ProposalRun.State.CANCELLED: "no",
}
TOTALS = ("pairs", "possible", "businesses", "with_pairs", "quota", "least_pairs")
PICTURE_WIDTH, PICTURE_HEIGHT = 400, 120  # units of the picture
LOWEST_BAR = 2


@dataclass(frozen=True)
class RunLine:
    """A run as the list of runs shows it; ``of_bound`` is percent of the highest possible total.

    What was not stored is ``None``.
    """

    run: ProposalRun
    state_kind: str
    totals: Mapping[str, int | None]
    of_bound: float | None
    at_zero: int | None
    seconds: float | None


@dataclass(frozen=True)
class WeightLine:
    """One weight of a run; ``usual`` is there when it was another one."""

    label: str
    value: float
    usual: float | None


@dataclass(frozen=True)
class Bar:
    """How many pairs scored from ``low`` to ``high``, and the two bars that show it, in picture units."""

    low: float
    high: float
    listed: int
    possible: int
    x: int
    width: int
    listed_height: int
    possible_height: int

    @property
    def listed_y(self) -> int:
        return PICTURE_HEIGHT - self.listed_height

    @property
    def possible_y(self) -> int:
        return PICTURE_HEIGHT - self.possible_height


@dataclass(frozen=True)
class FewLine:
    """A business with fewer proposals than wished for, and why."""

    business: str
    count: int
    possible: int
    why: list[str]


@dataclass(frozen=True)
class RunPage:
    """Everything the page of one run shows; what an old run did not store is ``None`` or empty.

    ``is_unproven`` is true when the time was up before the list was proven to be the best one.
    ``few_more`` and ``many_more`` count the businesses that are not named.
    """

    line: RunLine
    is_unproven: bool
    weights: list[WeightLine]
    fairness: Mapping[str, Any] | None
    bars: list[Bar]
    few: list[FewLine] | None
    few_more: int
    many: list[Mapping[str, Any]] | None
    many_more: int
    before: ProposalRun | None
    changes: ChangeReport | None


def lines_of(runs: Iterable[Any]) -> list[RunLine]:
    """Return runs of ``runs_of`` with their figures. Costs no query of its own."""
    return [_line(run, run.figures) for run in runs]


def _line(run: ProposalRun, counts: Mapping[str, Any]) -> RunLine:
    seconds = counts.get("seconds")
    return RunLine(
        run=run,
        state_kind=STATE_KINDS[ProposalRun.State(run.state)],
        totals={name: counts.get(name) for name in TOTALS},
        of_bound=of_bound(counts.get("benefit")),
        at_zero=(counts.get("fairness") or {}).get("at_zero"),
        seconds=round(sum(seconds.values()), 2) if seconds else None,
    )


def of_bound(benefit: Mapping[str, float] | None) -> float | None:
    """Return the total in percent of the highest possible one, never rounded up; ``None`` when unknown.

    >>> of_bound({"total": 99.999, "bound": 100.0}), of_bound({"total": 0, "bound": 0}), of_bound(None)
    (99.99, None, None)
    """
    if not benefit or not benefit["bound"]:
        return None
    return floor(10_000 * benefit["total"] / benefit["bound"] + 1e-6) / 100


def page_of(run: ProposalRun) -> RunPage:
    """Return what the page of one run shows. Costs two queries at most."""
    before = _run_before(run)
    few, many = run.counts.get("few"), run.counts.get("many")
    names = _names_in(run, before)
    return RunPage(
        line=_line(run, run.counts),
        is_unproven=(run.counts.get("benefit") or {}).get("proven") is False,
        weights=_weights(run),
        fairness=run.counts.get("fairness"),
        bars=bars_of(run.counts.get("scores")),
        few=None if few is None else [_few(row, names) for row in few],
        few_more=_more(run, "few"),
        many=None if many is None else [row | {"business": _name(row, names)} for row in many],
        many_more=_more(run, "many"),
        before=before,
        changes=_changes(before, run, names) if before else None,
    )


def bars_of(scores: Mapping[str, list[int]] | None) -> list[Bar]:
    """Return the distribution of scores as bars; a bin with anything in it can be seen."""
    if not scores:
        return []
    highest = max([*scores["possible"], *scores["listed"], 1])
    width = PICTURE_WIDTH // BINS
    return [
        Bar(
            low=place / BINS,
            high=(place + 1) / BINS,
            listed=listed,
            possible=possible,
            x=place * width + 2,
            width=width - 4,
            listed_height=_height(listed, highest),
            possible_height=_height(possible, highest),
        )
        for place, (listed, possible) in enumerate(zip(scores["listed"], scores["possible"], strict=True))
    ]


def _height(count: int, highest: int) -> int:
    return max(LOWEST_BAR, round(PICTURE_HEIGHT * count / highest)) if count else 0


def _weights(run: ProposalRun) -> list[WeightLine]:
    usual = asdict(Weights())
    return [
        WeightLine(str(label), run.weights[name], None if run.weights[name] == usual[name] else usual[name])
        for name, (label, _hint) in WHAT_COUNTS.items()
        if name in run.weights
    ]


def _few(row: Mapping[str, Any], names: Mapping[int, str]) -> FewLine:
    why = [sentence(fact) for fact in row["why"]]
    return FewLine(_name(row, names), row["count"], row["possible"], why)


def _name(row: Mapping[str, Any], names: Mapping[int, str]) -> str:
    return names.get(row["business_id"], "?")


def _names_in(run: ProposalRun, before: ProposalRun | None) -> dict[int, str]:
    """Return the names that the businesses on the page have today; one that is gone has none."""
    ids = {row["business_id"] for name in ("few", "many") for row in run.counts.get(name) or []}
    if before:
        ids |= {*before.counts["firms"], *run.counts["firms"]}
    return dict(Business.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _more(run: ProposalRun, name: str) -> int:
    """Return how many businesses are not named; a run that did not count them says 0."""
    named = len(run.counts.get(name) or [])
    return run.counts.get(f"{name}_count", named) - named


def _run_before(run: ProposalRun) -> ProposalRun | None:
    """Return the last finished run before this one; none when one of the two did not store its list."""
    if not _can_be_compared(run):
        return None
    earlier = ProposalRun.objects.filter(
        trade_contact=run.trade_contact_id, state=ProposalRun.State.DONE, pk__lt=run.pk
    )
    before = earlier.order_by("-pk").first()
    return before if before and _can_be_compared(before) else None


def _can_be_compared(run: ProposalRun) -> bool:
    return run.counts.keys() >= {"listed", "kept", "vetoed"}


def _changes(before: ProposalRun, run: ProposalRun, names: Mapping[int, str]) -> ChangeReport:
    return report_of(compare(_listing(before, names), _listing(run, names)))


def _listing(run: ProposalRun, names: Mapping[int, str]) -> Listing:
    """Return the list of a run with what staff had decided then, whatever they decided since."""
    return Listing(
        names={firm: names.get(firm, "?") for firm in run.counts["firms"]},
        scores={(a, b): score for a, b, score in run.counts["listed"]},
        quota=run.counts["quota"],
        kept={(a, b): way for a, b, way in run.counts["kept"]},
        vetoed={(a, b): reason for a, b, reason in run.counts["vetoed"]},
    )


def runs_of(trade_contact: TradeContact) -> QuerySet[Any]:
    """Return the runs of a contact, the latest first, with who asked for and who cancelled each.

    ``figures`` holds what a line shows of ``counts``, which is left out: it may hold thousands of pairs.
    """
    shown = {name: KeyTransform(name, "counts") for name in (*TOTALS, "benefit", "fairness", "seconds")}
    runs = trade_contact.runs.defer("counts").annotate(figures=JSONObject(**shown))
    return runs.select_related("requested_by", "cancelled_by").order_by("-pk")
