"""Factories: the smallest valid row of each kind, with fixed values."""

from tests.factories.accounts import ConsentFactory, UserFactory, actor_of
from tests.factories.matchmaking import (
    DelegationFactory,
    InquiryFactory,
    InterestFactory,
    PairFactory,
    ParticipationFactory,
    ProposalRunFactory,
    TradeContactFactory,
)
from tests.factories.products import (
    BusinessFactory,
    CategoryFactory,
    CertificateFactory,
    ComplementFactory,
    FamilyFactory,
    ImportBatchFactory,
    NeedFactory,
    PersonalLinkFactory,
    PriceTierFactory,
    ProductFactory,
    RevisionFactory,
    SynonymFactory,
    UnitFactory,
)
from tests.factories.regions import OfficeFactory, OfficeMemberFactory, ProvinceFactory, RegionFactory

__all__ = [
    "BusinessFactory",
    "CategoryFactory",
    "CertificateFactory",
    "ComplementFactory",
    "ConsentFactory",
    "DelegationFactory",
    "FamilyFactory",
    "ImportBatchFactory",
    "InquiryFactory",
    "InterestFactory",
    "NeedFactory",
    "OfficeFactory",
    "OfficeMemberFactory",
    "PairFactory",
    "ParticipationFactory",
    "PersonalLinkFactory",
    "PriceTierFactory",
    "ProductFactory",
    "ProposalRunFactory",
    "ProvinceFactory",
    "RegionFactory",
    "RevisionFactory",
    "SynonymFactory",
    "TradeContactFactory",
    "UnitFactory",
    "UserFactory",
    "actor_of",
]
