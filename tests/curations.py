"""Builders of curations: a delegation with applicants, criteria and reviewers, scored or decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from accounts.actors import Actor
from matchmaking import curation as domain
from matchmaking.curation_decision import Verdict, decide, ranking_of
from matchmaking.models import Application, Criterion, Curation
from regions.models import OfficeMember
from tests.factories import (
    ApplicationFactory,
    CriterionFactory,
    CurationFactory,
    OfficeMemberFactory,
    ReviewerFactory,
    actor_of,
)
from tests.scenes import ContactScene, make_contact

NOW = datetime(2018, 3, 1, 9, tzinfo=UTC)


def nobody_told(application_ids: list[int]) -> None:
    """Stand where mails would be queued."""


@dataclass
class CurationScene:
    """The guest's curation with its two reviewers, the criteria and the applications."""

    contact: ContactScene
    curation: Curation
    reviewers: list[OfficeMember]
    criteria: list[Criterion]
    applications: list[Application]

    @property
    def actor(self) -> Actor:
        return self.contact.guest_actor

    def actors(self) -> list[Actor]:
        return [actor_of(member) for member in self.reviewers]

    def score(self, member: int, application: int, *scores: int) -> None:
        """Let one reviewer fill in a whole sheet; one number stands for all criteria."""
        given = scores * len(self.criteria) if len(scores) == 1 else scores
        sheet = {row.pk: (score, "") for row, score in zip(self.criteria, given, strict=True)}
        domain.save_scores(
            actor=self.actors()[member], application=self.applications[application], sheet=sheet, now=NOW
        )

    def score_all(self, scores: Sequence[int]) -> None:
        """Give each application the same score by both reviewers, and finish."""
        for number, score in enumerate(scores):
            self.score(0, number, score)
            self.score(1, number, score)
        self.finish()

    def finish(self) -> None:
        for actor in self.actors():
            domain.finish_scoring(actor=actor, curation=self.curation, now=NOW)

    def decide(self, *decisions: str, line_reason: str = "") -> Curation:
        """Decide the applications in their order."""
        verdicts = {
            row.pk: Verdict(decision, f"Alasan {row.business.name}")
            for row, decision in zip(self.applications, decisions, strict=True)
        }
        return decide(
            actor=self.actor,
            curation=self.curation,
            verdicts=verdicts,
            line_reason=line_reason,
            now=NOW,
            tell=nobody_told,
        )

    def places(self) -> list[tuple[int, int | None]]:
        """Return (number of the application, place), best first."""
        numbers = {row.pk: number for number, row in enumerate(self.applications)}
        return [(numbers[place.candidate], place.place) for place in ranking_of(self.curation)]

    def states(self) -> list[str]:
        rows = self.curation.applications.in_order()
        return list(rows.values_list("state", flat=True))


def make_curation(*, applicants: int = 3, quota: int = 2, state: str = "scoring") -> CurationScene:
    """Return a curation with two criteria of weights 3 and 1."""
    contact = make_contact()
    curation = CurationFactory(delegation=contact.guest_delegation, quota=quota, state=state)
    reviewers = [contact.guest, OfficeMemberFactory(office=contact.guest.office)]
    for member in reviewers:
        ReviewerFactory(curation=curation, user=member.user)
    return CurationScene(
        contact=contact,
        curation=curation,
        reviewers=reviewers,
        criteria=[
            CriterionFactory(curation=curation, name="Mutu produk", weight=3, position=1),
            CriterionFactory(curation=curation, name="Kapasitas", weight=1, position=2),
        ],
        applications=[ApplicationFactory(curation=curation) for _number in range(applicants)],
    )
