"""Commitments as rows of the ledger: what each counts for today, and where it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from accounts.actors import Actor
from matchmaking.models import Commitment, Confirmation
from matchmaking.models.money import CommitmentQuerySet
from reports.access import year_of
from reports.ledger import Question, Row, Rung, amount_of, standing_of
from reports.scope import UNKNOWN, direction_of, district_of

Said = tuple[str, int | None]
"""The last word of one side: its answer, and the amount it names instead."""

_CONTACT = "pair__trade_contact__"
_FIELDS = (
    "pk",
    "pair_id",
    "level",
    "kind",
    "amount_rupiah",
    "agreed_on",
    "due_on",
    "recorded_for",
    "seller",
    "buyer",
    "contact",
    "year",
    "seller__region__code",
    "buyer__region__code",
    "seller__office",
    "seller__district",
    "category__code",
)
_TOLD = (
    "goods",
    "amount_rupiah",
    "seller__name",
    "buyer__name",
    "pair__trade_contact__title",
    "pair__trade_contact__slug",
)


@dataclass(frozen=True)
class CommitmentLine:
    """A row with its commitment, for its names, its goods and the page of its pair."""

    row: Row
    commitment: Commitment


def commitment_rows(today: date) -> Callable[[Actor, Question], list[Row]]:
    """Return how to load the rows of a question's contact and year, as they count ``today``."""

    def load(actor: Actor, question: Question) -> list[Row]:
        found = _visible(actor).annotate(contact=F(f"{_CONTACT}slug"), year=year_of(_CONTACT))
        if question.contact:
            found = found.filter(contact=question.contact)
        if question.year:
            found = found.filter(year=question.year)
        return _rows(found, today)

    return load


def lines_of(actor: Actor, rows: Sequence[Row]) -> list[CommitmentLine]:
    """Return rows with their commitments, in their order. Costs one query."""
    told = _visible(actor).select_related("pair__trade_contact", "seller", "buyer").only(*_TOLD)
    found = told.in_bulk([row.number for row in rows])
    return [CommitmentLine(row, found[row.number]) for row in rows if row.number in found]


def _visible(actor: Actor) -> CommitmentQuerySet:
    """Commitments the actor may see, without those that were withdrawn."""
    return Commitment.objects.visible_to(actor).live()


def _rows(found: CommitmentQuerySet, today: date) -> list[Row]:
    said = _said(Confirmation.objects.filter(commitment__in=found.values("pk")))
    return [_row(one, said.get(one["pk"], {}), today) for one in found.order_by("pk").values(*_FIELDS)]


def _said(answers: QuerySet[Confirmation]) -> Mapping[int, Mapping[int, Said]]:
    """Return the last word of each side, by commitment and business."""
    said: dict[int, dict[int, Said]] = defaultdict(dict)
    ordered: Iterable[Any] = answers.order_by("pk").values_list(
        "commitment", "business", "answer", "amount_rupiah"
    )
    for commitment, business, answer, amount in ordered:
        said[commitment][business] = (answer, amount)
    return said


def _row(one: dict[str, Any], said: Mapping[int, Said], today: date) -> Row:
    is_consigned = (one["level"], one["kind"]) == (Commitment.Level.ORDER, Commitment.Kind.CONSIGNMENT)
    rung = Rung.CONSIGNED if is_consigned else Rung(one["level"])
    stand_by_it = {
        business for business, (answer, _amount) in said.items() if answer != Confirmation.Answer.DISPUTE
    }
    is_confirmed = {one["seller"], one["buyer"]} <= stand_by_it | {one["recorded_for"]}
    return Row(
        number=one["pk"],
        pair=one["pair_id"],
        rung=rung,
        standing=standing_of(
            rung=rung,
            agreed_on=one["agreed_on"],
            due_on=one["due_on"],
            is_confirmed=is_confirmed,
            is_disputed=any(answer == Confirmation.Answer.DISPUTE for answer, _amount in said.values()),
            today=today,
        ),
        rupiah=amount_of(one["amount_rupiah"], [amount for _answer, amount in said.values() if amount]),
        day=one["agreed_on"],
        contact=one["contact"],
        year=one["year"],
        direction=direction_of(one["seller__region__code"], one["buyer__region__code"]),
        office=str(one["seller__office"]),
        commodity=one["category__code"] or UNKNOWN,
        district=district_of(one["seller__region__code"], one["seller__district"]),
        is_confirmed=is_confirmed,
    )
