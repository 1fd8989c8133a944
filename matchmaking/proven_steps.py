"""Steps of a pair's path that commitments prove: taken as one is recorded, given back as it is withdrawn."""

from datetime import datetime

from accounts.actors import Actor
from matchmaking import path
from matchmaking.models import Commitment, Pair, PairStep, Step
from matchmaking.models.steps import MONEY_STEPS

Level = Commitment.Level
PROVES = {
    Level.LOI: [Step.LOI],
    Level.ORDER: [Step.ORDER, Step.REPEAT],
    Level.REALISED: [Step.DELIVERED],
}
"""The steps of the path that a rung proves; an order after the first delivery is a repeat."""


def take(actor: Actor, pair: Pair, commitment: Commitment, now: datetime) -> None:
    """Take the step of a locked pair that a commitment proves, where it has a proof and the table allows."""
    goals = PROVES.get(Level(commitment.level), [])
    goal = next((to for to in goals if path.is_allowed(actor, pair, to)), None)
    has_proof = commitment.document != "" or commitment.evidence is not None
    if goal is not None and has_proof:
        path.advance(actor, pair, goal, now, evidence=commitment.evidence, document=commitment.document)


def give_back(actor: Actor, pair: Pair, *, reason: str, now: datetime) -> None:
    """Take a locked pair back from steps that only withdrawn commitments prove, then on as live ones prove.

    Steps below one that still stands stay, and a closed pair stays closed. Costs three queries and those
    of the steps that are written.
    """
    rows = list(pair.commitments.select_related("evidence").order_by("pk"))
    standing = standing_steps(pair)
    fallen = None
    while standing and _is_unproven(standing[-1], rows):
        fallen = standing.pop()
    if fallen is None:
        return
    below = standing[-1] if standing else None
    goal = Step(below.to_step if below else fallen.from_step)
    if goal == pair.step or (below is None and goal in MONEY_STEPS):
        return  # it repeats an order still, or the proof of where it stood is not known
    path.go_back(actor, pair, goal, now, note=reason, proof=below)
    for row in rows:
        if not row.is_withdrawn and row.recorded_at > fallen.at:
            take(actor, pair, row, now)


def standing_steps(pair: Pair) -> list[PairStep]:
    """Return the steps that brought a pair to where it stands, first to last. Costs one query.

    A step back, by a reopening too, takes with it what came since.
    """
    standing: list[PairStep] = []
    for step in pair.steps.select_related("evidence").order_by("pk"):
        start, to = Step(step.from_step), Step(step.to_step)
        if path.ORDER.index(to) >= path.ORDER.index(start):
            standing.append(step)
            continue
        while standing and standing[-1].to_step != to:
            standing.pop()
    return standing


def _is_unproven(step: PairStep, rows: list[Commitment]) -> bool:
    """Say whether commitments proved a step, and all of them were withdrawn."""
    proofs = [row for row in rows if step.to_step in PROVES.get(Level(row.level), ()) and _shares(step, row)]
    return bool(proofs) and all(row.is_withdrawn for row in proofs)


def _shares(step: PairStep, row: Commitment) -> bool:
    """Say whether a step carries the document's number or the file of a commitment."""
    same_number = row.document != "" and row.document == step.document
    return same_number or (row.evidence_id is not None and row.evidence_id == step.evidence_id)
