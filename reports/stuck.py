"""What does not move: pairs that wait, and why others ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.actors import Actor
from matchmaking.models import Pair
from matchmaking.models.steps import Reason, Step
from reports.funnel import Fate, PairRow

MOST_SHOWN = 20
_TOLD = ("step", "step_at", "business_a__name", "business_b__name")


@dataclass(frozen=True)
class Stuck:
    """The pairs that are stuck, the longest first, and how many were closed for which reason."""

    waiting: Sequence[Pair]
    closed: Sequence[tuple[str, int]]

    @property
    def shown(self) -> Sequence[Pair]:
        """Those for a page; the rest stand behind the number and in the files."""
        return self.waiting[:MOST_SHOWN]


def stuck_of(actor: Actor, contact: str, rows: Sequence[PairRow]) -> Stuck:
    """Return what is stuck among the rows of a trade contact (its slug). Costs two queries."""
    pairs = Pair.objects.visible_to(actor).shown().filter(trade_contact__slug=contact)
    waiting = pairs.filter(pk__in=[row.number for row in rows if Fate.STUCK in row.fates])
    reasons = Counter(pairs.filter(step=Step.CLOSED).values_list("closed_reason", flat=True))
    return Stuck(
        list(waiting.only(*_TOLD).select_related("business_a", "business_b").order_by("step_at", "pk")),
        [(str(Reason(reason).label), number) for reason, number in reasons.most_common()],
    )
