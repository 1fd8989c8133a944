"""The equity record: who went before and from which district, counted until the decision and kept with it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from matchmaking.models import Application, Curation, Participation


@dataclass(frozen=True)
class Equity:
    """How often a business has gone before, and to what; no number is a first time."""

    titles: tuple[str, ...] = ()

    @property
    def times(self) -> int:
        return len(self.titles)


@dataclass(frozen=True)
class Facts:
    """What stands beside an application in the ranking besides its scores."""

    name: str
    district: str
    equity: Equity


def equity_of(curation: Curation) -> dict[int, Equity]:
    """Return by business which other trade contacts it has gone to, latest first. One query."""
    contact = curation.delegation.trade_contact_id
    rows = Participation.objects.filter(business__applications__curation=curation)
    rows = rows.exclude(delegation__trade_contact=contact)
    titles: dict[int, list[str]] = defaultdict(list)
    ordered = rows.order_by("-delegation__trade_contact__starts_on", "-pk")
    for business_id, title in ordered.values_list("business_id", "delegation__trade_contact__title"):
        titles[business_id].append(title)
    return {business_id: Equity(tuple(found)) for business_id, found in titles.items()}


def facts_of(curation: Curation, rows: Iterable[Application]) -> dict[int, Facts]:
    """Return by application its facts: as they are now, or as they were at the decision.

    ``rows`` are applications of the curation with their business. Costs a query before the decision.
    """
    equity = {} if curation.is_decided else equity_of(curation)
    return {row.pk: _kept(row) or _now(row, equity) for row in rows}


def keep_facts(curation: Curation) -> None:
    """Write the facts of all applications down, for good. Call it in the transaction of the decision."""
    equity = equity_of(curation)
    rows = list(curation.applications.select_related("business"))
    for row in rows:
        facts = _now(row, equity)
        row.decided_facts = {
            "name": facts.name,
            "district": facts.district,
            "went_to": list(facts.equity.titles),
        }
    Application.objects.bulk_update(rows, ["decided_facts"])


def _now(row: Application, equity: dict[int, Equity]) -> Facts:
    return Facts(row.business.name, row.business.district, equity.get(row.business_id, Equity()))


def _kept(row: Application) -> Facts | None:
    kept: dict[str, Any] | None = row.decided_facts
    return Facts(kept["name"], kept["district"], Equity(tuple(kept["went_to"]))) if kept else None
