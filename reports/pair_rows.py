"""Pairs as rows of the funnel: how far each came, and where it belongs."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.actors import Actor
from matchmaking.models import Answer, Commitment, Pair, PairStep
from matchmaking.models.pairs import PairQuerySet
from matchmaking.models.steps import Step
from reports.access import year_of
from reports.funnel import Fate, PairQuestion, PairRow, Stage
from reports.scope import UNKNOWN, direction_of, district_of

WAITING_DAYS = 30
"""A pair that both sides wanted, and of which nothing was heard for so long, is stuck."""
UNDER_WAY = [Step.AGREED, Step.MET, Step.SAMPLE, Step.QUOTE, Step.LOI, Step.ORDER]
_CLOSED_FROM = PairStep.objects.filter(pair=OuterRef("pk"), to_step=Step.CLOSED).order_by("-pk")
_REACHED = Case(
    When(step=Step.CLOSED, then=Coalesce(Subquery(_CLOSED_FROM.values("from_step")[:1]), Value("proposed"))),
    default=F("step"),
    output_field=CharField(),
)
_HANDED_OVER = Commitment.objects.filter(level=Commitment.Level.ORDER, kind=Commitment.Kind.CONSIGNMENT)
_ON_PAPER = Exists(_HANDED_OVER.filter(pair=OuterRef("pair"), document=OuterRef("document")))
_OF_STAGE = PairStep.objects.filter(pair=OuterRef("pk"), to_step=OuterRef("reached")).order_by("pk")
_ORDERED = Commitment.objects.live().filter(
    pair=OuterRef("pk"), level=Commitment.Level.ORDER, kind=Commitment.Kind.SALE
)
_ONLY_CONSIGNED = (
    Q(reached__in=[Step.ORDER, Step.REPEAT])
    & Q(Exists(_OF_STAGE.filter(_ON_PAPER)))
    & ~Q(Exists(_OF_STAGE.filter(~_ON_PAPER)))
    & ~Q(Exists(_ORDERED))
)
"""Nothing but goods on consignment took the pair so far; then it counts where it stood before."""
_STAGE = Case(
    When(_ONLY_CONSIGNED, then=Subquery(_OF_STAGE.values("from_step")[:1])),
    When(~Q(reached=Step.PROPOSED), then=F("reached")),
    When(answer_a=Answer.YES, answer_b=Answer.YES, then=Value(Stage.AGREED.value)),
    When(~Q(answer_a="") | ~Q(answer_b=""), then=Value(Stage.ANSWERED.value)),
    default=Value(Stage.PROPOSED.value),
    output_field=CharField(),
)
_FIELDS = (
    "pk",
    "stage",
    "step",
    "stuck",
    "consigned",
    "year",
    "trade_contact__slug",
    "business_a",
    "business_a__region__code",
    "business_b__region__code",
    "business_a__office",
    "business_b__office",
    "business_a__district",
    "business_b__district",
    "trades__0__seller_id",
    "trades__0__families",
)


def is_stuck(now: datetime) -> Q:
    """Return the condition "both sides wanted it, and nothing was heard of it for ``WAITING_DAYS`` days".

    A pair that goes on in a return visit is asked about there.
    """
    long_ago = now - timedelta(days=WAITING_DAYS)
    return Q(step__in=UNDER_WAY, step_at__lt=long_ago, continuations=None)


def pairs_asked(actor: Actor, question: PairQuestion) -> PairQuerySet:
    """Return the pairs of a question's contact and year with ``stage`` and ``year``, as the actor may see."""
    pairs = Pair.objects.visible_to(actor).shown().annotate(reached=_REACHED).annotate(stage=_STAGE)
    pairs = pairs.annotate(year=year_of("trade_contact__"))
    if question.contact:
        pairs = pairs.filter(trade_contact__slug=question.contact)
    return pairs.filter(year=question.year) if question.year else pairs


def pair_rows(now: datetime) -> Callable[[Actor, PairQuestion], list[PairRow]]:
    """Return how to load every pair of a question's contact and year, as they stand ``now``. One query."""

    def load(actor: Actor, question: PairQuestion) -> list[PairRow]:
        pairs: Any = pairs_asked(actor, question).order_by("pk")
        stuck = Case(When(is_stuck(now), then=Value(True)), default=Value(False))  # noqa: FBT003 - SQL values
        consigned = Exists(_HANDED_OVER.live().filter(pair=OuterRef("pk")))
        return list(_rows(pairs.annotate(stuck=stuck, consigned=consigned).values(*_FIELDS)))

    return load


def counts_by_contact(actor: Actor, year: str) -> dict[str, Counter[str]]:
    """Return by contact how many pairs stopped at each stage.

    Counts in the database: one query, however many pairs. ``year`` may be empty for all.
    """
    pairs: Any = pairs_asked(actor, PairQuestion(year=year)).order_by()
    grouped = pairs.values("stage", contact=F("trade_contact__slug")).annotate(number=Count("pk"))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for contact, stage, number in grouped.values_list("contact", "stage", "number"):
        counts[contact][stage] = number
    return counts


def _rows(found: Any) -> Iterator[PairRow]:
    for one in found:
        regions = (one["business_a__region__code"], one["business_b__region__code"])
        districts = zip(regions, (one["business_a__district"], one["business_b__district"]), strict=True)
        yield PairRow(
            number=one["pk"],
            stage=Stage(one["stage"]),
            year=(one["year"],),
            contact=(one["trade_contact__slug"],),
            direction=(_direction(one, *regions),),
            office=(str(one["business_a__office"]), str(one["business_b__office"])),
            commodity=tuple(one["trades__0__families"] or [UNKNOWN]),
            district=tuple(district_of(*district) for district in districts),
            fates=_fates(one),
        )


def _fates(one: dict[str, Any]) -> tuple[Fate, ...]:
    bears = {
        Fate.CLOSED: one["step"] == Step.CLOSED,
        Fate.STUCK: one["stuck"],
        Fate.CONSIGNED: one["consigned"],
    }
    return tuple(fate for fate, is_so in bears.items() if is_so)


def _direction(one: dict[str, Any], region_a: str, region_b: str) -> str:
    """Return who would sell to whom in the best trade of a pair."""
    seller = one["trades__0__seller_id"]
    if seller is None:
        return UNKNOWN
    return (
        direction_of(region_a, region_b) if seller == one["business_a"] else direction_of(region_b, region_a)
    )
