"""What the page of a pair's commitments shows to one reader, and who may do what with each row."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking import access, ask_links, commitments
from matchmaking.models import Commitment, Confirmation, Pair
from products.models import Business

Answer = Confirmation.Answer


@dataclass(frozen=True)
class Line:
    """A commitment as one reader sees it. ``own`` is the reader's side, by its link or its office."""

    commitment: Commitment
    answers: list[Confirmation]
    own: Business | None
    can_confirm: bool
    can_withdraw: bool
    can_ask: bool
    can_revoke: bool
    can_record: bool
    is_settled: bool
    today: date

    @property
    def own_answer(self) -> Confirmation | None:
        own_id = self.own.pk if self.own else None
        return next((said for said in self.answers if said.business_id == own_id), None)

    @property
    def standing(self) -> tuple[str, str]:
        """Return in a word where both sides stand, and the colour of its tag."""
        said = {answer.answer for answer in self.answers}
        if self.commitment.is_withdrawn:
            return _("ditarik"), ""
        if Answer.DISPUTE in said:
            return _("dibantah, tidak dihitung"), "no"
        if Answer.OTHER_AMOUNT in said:
            return _("disetujui dengan nilai lain"), "wait"
        agreed = {answer.business_id for answer in self.answers} | {self.commitment.recorded_for_id}
        if {self.commitment.seller_id, self.commitment.buyer_id} <= agreed:
            return _("disetujui kedua pihak"), "yes"
        return _("menunggu kata pihak lain"), "wait"

    @property
    def is_consigned(self) -> bool:
        """Goods handed over, which wait to be settled or were."""
        row = self.commitment
        return row.kind == Commitment.Kind.CONSIGNMENT and row.level == Commitment.Level.ORDER

    @property
    def can_settle(self) -> bool:
        return self.is_consigned and self.can_record and not self.commitment.is_withdrawn

    @property
    def can_grow(self) -> bool:
        """A rung above this one can be recorded."""
        is_sale = self.commitment.kind == Commitment.Kind.SALE
        is_top = self.commitment.level == Commitment.Level.REALISED
        return is_sale and not is_top and self.can_record and not self.commitment.is_withdrawn

    @property
    def is_overdue(self) -> bool:
        """The settlement of a consignment is past its day and nothing was settled."""
        row = self.commitment
        is_waiting = self.is_consigned and not row.is_withdrawn and not self.is_settled
        return is_waiting and row.due_on is not None and row.due_on < self.today


@dataclass(frozen=True)
class _Facts:
    """What is known of all rows of a pair at once, as ids of rows; ``own`` and ``sellers`` are sides."""

    own: Business | None
    sellers: set[int]
    settled: set[int | None]
    asked: set[int]
    today: date


def lines_of(actor: Actor, pair: Pair, own: Business | None, now: datetime) -> list[Line]:
    """Return the commitments of a pair, the newest first, with what each side said. Costs three queries."""
    rows = list(commitments_of(pair))
    said = Confirmation.objects.filter(commitment__in=rows).latest_per_side().select_related("business")
    answers: dict[int, list[Confirmation]] = {row.pk: [] for row in rows}
    for answer in said:
        answers[answer.commitment_id].append(answer)
    facts = _Facts(
        own=own,
        sellers={side.pk for side in commitments.sellers_for(actor, pair)},
        settled={row.grew_from_id for row in rows if not row.is_withdrawn},
        asked=ask_links.asked_about(rows, own, now) if own is not None and actor.is_staff else set(),
        today=timezone.localdate(now),
    )
    return [_line(actor, row, answers[row.pk], facts) for row in rows]


def commitments_of(pair: Pair) -> list[Commitment]:
    """Return the commitments of a pair, the newest first, each with the pair that is in hand."""
    rows = list(pair.commitments.with_parts().order_by("-agreed_on", "-pk"))
    for row in rows:
        row.pair = pair
    return rows


def rows_to_grow_from(pair: Pair) -> QuerySet[Commitment]:
    """Return the live rungs of sales that a higher one can grow from, the newest first."""
    rows = pair.commitments.live().filter(kind=Commitment.Kind.SALE)
    return rows.exclude(level=Commitment.Level.REALISED).order_by("-agreed_on", "-pk")


def get_commitment(pair: Pair, commitment_id: int) -> Commitment:
    """Return a commitment of a pair that the actor has already been let into."""
    row = get_object_or_404(pair.commitments.with_parts().select_related("category"), pk=commitment_id)
    row.pair = pair
    return row


def get_consignment(pair: Pair, commitment_id: int) -> Commitment:
    """Return goods of a pair that are on consignment and were not taken back."""
    row = get_commitment(pair, commitment_id)
    handed_over = (Commitment.Kind.CONSIGNMENT, Commitment.Level.ORDER)
    if row.is_withdrawn or (row.kind, row.level) != handed_over:
        raise Http404
    return row


def _line(actor: Actor, row: Commitment, answers: list[Confirmation], facts: _Facts) -> Line:
    if not access.has_own_side(actor, row.pair):  # a third office reads figures, no papers and no notes
        row.document = row.withdrawn_reason = ""
        for answer in answers:
            answer.note = ""
    own = facts.own
    is_asked = own is not None and own.pk != row.recorded_for_id and not row.is_withdrawn
    return Line(
        commitment=row,
        answers=answers,
        own=own,
        can_confirm=commitments.can_confirm(actor, row),
        can_withdraw=not row.is_withdrawn and commitments.can_withdraw(actor, row),
        can_ask=is_asked and actor.is_staff,
        can_revoke=is_asked and row.pk in facts.asked,
        can_record=row.seller_id in facts.sellers,
        is_settled=row.pk in facts.settled,
        today=facts.today,
    )
