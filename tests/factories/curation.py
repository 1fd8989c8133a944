"""Curations: applications, criteria, reviewers, scores."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from matchmaking.models import (
    Addendum,
    Application,
    ApplicationLink,
    ConflictOfInterest,
    Criterion,
    Curation,
    CurationScore,
    Reviewer,
)
from tests.factories.accounts import UserFactory
from tests.factories.matchmaking import DelegationFactory
from tests.factories.products import BusinessFactory

FACTS = {"name": "Batik Ayu", "district": "Soreang", "went_to": []}


class CurationFactory(DjangoModelFactory[Curation]):
    class Meta:
        model = Curation

    delegation = factory.SubFactory(DelegationFactory)
    quota = 2
    opens_on = date(2018, 2, 1)
    closes_on = date(2099, 1, 1)


class ApplicationLinkFactory(DjangoModelFactory[ApplicationLink]):
    class Meta:
        model = ApplicationLink

    curation = factory.SubFactory(CurationFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = datetime(2018, 2, 1, tzinfo=UTC)
    expires_at = datetime(2099, 1, 1, tzinfo=UTC)


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    curation = factory.SubFactory(CurationFactory)
    name = factory.Sequence(lambda n: f"Kriteria {n}")
    weight = 20
    position = factory.Sequence(lambda n: n % 30_000)


class ReviewerFactory(DjangoModelFactory[Reviewer]):
    class Meta:
        model = Reviewer

    curation = factory.SubFactory(CurationFactory)
    user = factory.SubFactory(UserFactory)


class ApplicationFactory(DjangoModelFactory[Application]):
    class Meta:
        model = Application

    curation = factory.SubFactory(CurationFactory)
    business = factory.SubFactory(
        BusinessFactory, office=factory.SelfAttribute("..curation.delegation.office")
    )
    source = Application.Source.OFFICER
    receipt_number = factory.Sequence(lambda n: f"K-{n:06}")
    decided_facts = factory.LazyAttribute(lambda row: FACTS if row.decision else None)
    decision = ""


class ConflictFactory(DjangoModelFactory[ConflictOfInterest]):
    class Meta:
        model = ConflictOfInterest

    application = factory.SubFactory(ApplicationFactory)
    reviewer = factory.SubFactory(ReviewerFactory, curation=factory.SelfAttribute("..application.curation"))
    reason = "Saudara kandung pemiliknya"


class CurationScoreFactory(DjangoModelFactory[CurationScore]):
    class Meta:
        model = CurationScore

    application = factory.SubFactory(ApplicationFactory)
    reviewer = factory.SubFactory(ReviewerFactory, curation=factory.SelfAttribute("..application.curation"))
    criterion = factory.SubFactory(CriterionFactory, curation=factory.SelfAttribute("..application.curation"))
    score = 3


class AddendumFactory(DjangoModelFactory[Addendum]):
    class Meta:
        model = Addendum

    curation = factory.SubFactory(CurationFactory)
    number = 1
    reason = "Seorang peserta sakit"
    via = "account"
