"""What does not move: pairs that wait, and why others ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.actors import Actor
from matchmaking.models import Pair
from matchmaking.models.steps import Reason, Step

WAITING_DAYS = 30
"""A pair that both sides wanted, and of which nothing was heard for so long, is stuck."""
UNDER_WAY = [Step.AGREED, Step.MET, Step.SAMPLE, Step.QUOTE, Step.LOI, Step.ORDER]


@dataclass(frozen=True)
class Stuck:
    """Pairs without a step for ``WAITING_DAYS`` days, the longest first, and closed ones by reason."""

    waiting: Sequence[Pair]
    closed: Sequence[tuple[str, int]]

    @property
    def closed_count(self) -> int:
        return sum(number for _reason, number in self.closed)


def stuck_of(actor: Actor, contact: str, now: datetime) -> Stuck:
    """Return what is stuck in a trade contact (its slug). Costs two queries."""
    pairs = Pair.objects.visible_to(actor).shown().filter(trade_contact__slug=contact)
    waiting = pairs.filter(step__in=UNDER_WAY, step_at__lt=now - timedelta(days=WAITING_DAYS))
    reasons = Counter(pairs.filter(step=Step.CLOSED).values_list("closed_reason", flat=True))
    return Stuck(
        list(waiting.with_businesses().order_by("step_at", "pk")),
        [(str(Reason(reason).label), number) for reason, number in reasons.most_common()],
    )
