"""What the page of a pair's path shows to one reader: the steps, its samples, and who may report what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.actors import Actor
from matchmaking import access
from matchmaking.models import Pair, PairStep, QuoteRequest, Sample, Step, Task
from matchmaking.path import ORDER
from products.models import Business, EvidenceFile, Need, Unit

ON_THE_LINE = [step for step in Step if step != Step.CLOSED]


@dataclass(frozen=True)
class Mark:
    """One step on the line: taken at a moment, where the pair stands, or ahead."""

    label: str
    at: datetime | None
    is_current: bool


@dataclass(frozen=True)
class SampleLine:
    """A sample as one reader sees it."""

    sample: Sample
    can_send: bool
    can_receive: bool
    can_judge: bool

    @property
    def is_open(self) -> bool:
        return self.can_send or self.can_receive or self.can_judge


def marks_of(pair: Pair, steps: Iterable[PairStep]) -> list[Mark]:
    """Return the line from *proposed* to *repeat*; a closed pair stands where it was closed."""
    taken = list(steps)
    stands = Step(pair.step)
    if stands == Step.CLOSED:
        stands = next((Step(step.from_step) for step in taken if step.to_step == Step.CLOSED), Step.PROPOSED)
    reached = ORDER.index(stands)
    times = {Step(step.to_step): step.at for step in reversed(taken)}
    return [
        Mark(str(step.label), times.get(step) if ORDER.index(step) <= reached else None, step == stands)
        for step in ON_THE_LINE
    ]


def steps_of(pair: Pair) -> list[PairStep]:
    """Return the steps of a pair, newest first, with their proofs. Costs one query."""
    return list(pair.steps.select_related("evidence", "recorded_by", "business").order_by("-pk"))


def samples_of(actor: Actor, pair: Pair, *, is_open: bool) -> list[SampleLine]:
    """Return the samples of a pair, newest first; ``is_open`` says that the pair takes reports."""
    rows = pair.samples.select_related("sender", "photo").order_by("-number")
    return [_line(actor, pair, sample, is_open=is_open) for sample in rows]


def get_sample(pair: Pair, sample_id: int) -> Sample:
    """Return a sample of a pair that the actor has already been let into."""
    sample = get_object_or_404(pair.samples.select_related("sender", "photo"), pk=sample_id)
    sample.pair = pair
    return sample


def get_request(actor: Actor, pair: Pair, request_id: int) -> QuoteRequest:
    """Return a request for quotes of one side of a pair, in its contact, for either side and its office.

    The partner sees it once both want to meet.
    """
    if not access.has_own_side(actor, pair):
        raise Http404
    rows = QuoteRequest.objects.filter(
        trade_contact=pair.trade_contact_id, buyer__in=[pair.business_a_id, pair.business_b_id]
    )
    if pair.step == Step.PROPOSED:
        rows = rows.filter(
            buyer__in=[
                side
                for side in (pair.business_a_id, pair.business_b_id)
                if access.can_answer_for(actor, pair, side)
            ]
        )
    return get_object_or_404(rows.select_related("buyer__region", "need"), pk=request_id)


def get_file(actor: Actor, pair: Pair, token: str) -> EvidenceFile:
    """Return a proof of a step or a commitment, or a sample's photo, to either side and its office."""
    if not access.has_own_side(actor, pair):
        raise Http404
    of_pair = Q(pair_steps__pair=pair) | Q(samples__pair=pair) | Q(commitments__pair=pair)
    proofs = EvidenceFile.objects.filter(of_pair).distinct()
    return get_object_or_404(proofs, token=token)


def get_task(actor: Actor, task_id: int) -> Task:
    """Return a task of the actor's office."""
    rows = Task.objects.visible_to(actor).select_related(
        "business__region", "office", "owner", "pair__trade_contact"
    )
    return get_object_or_404(rows, pk=task_id)


def tasks_of(actor: Actor, pair: Pair) -> QuerySet[Task]:
    """Return the tasks that came of a pair; a third office of the contact reads none."""
    rows = pair.tasks.select_related("business", "office", "owner").order_by("pk")
    return rows if access.has_own_side(actor, pair) else rows.none()


def open_needs(buyer: Business | None) -> QuerySet[Need]:
    """Return what a buyer still looks for, the newest first."""
    rows = Need.objects.filter(business=buyer, withdrawn_at=None) if buyer else Need.objects.none()
    return rows.order_by("-pk")


def units() -> QuerySet[Unit]:
    return Unit.objects.order_by("pk")


def _line(actor: Actor, pair: Pair, sample: Sample, *, is_open: bool) -> SampleLine:
    sample.pair = pair
    is_open = is_open and sample.judged_on is None
    by_sender = actor.business_id in {None, sample.sender_id}
    by_receiver = actor.business_id in {None, sample.receiver.pk}
    return SampleLine(
        sample=sample,
        can_send=is_open and by_sender and sample.sent_on is None,
        can_receive=is_open and by_receiver and sample.received_on is None,
        can_judge=is_open and by_receiver,
    )
