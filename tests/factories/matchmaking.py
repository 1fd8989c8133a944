"""Trade contacts, delegations, pairs, answers, inquiries."""

import uuid
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from accounts.actors import Via
from matchmaking.models import (
    AskLink,
    Commitment,
    Confirmation,
    Delegation,
    DigestSetting,
    FollowUp,
    Inquiry,
    Interest,
    Invitation,
    Pair,
    PairStep,
    Participation,
    ProposalRun,
    Quote,
    QuoteRequest,
    Sample,
    SupplyOffer,
    Task,
    TradeContact,
)
from tests.factories.accounts import ConsentFactory, UserFactory
from tests.factories.products import BusinessFactory, NeedFactory, PersonalLinkFactory, UnitFactory
from tests.factories.regions import OfficeFactory, RegionFactory


class TradeContactFactory(DjangoModelFactory[TradeContact]):
    class Meta:
        model = TradeContact

    slug = factory.Sequence(lambda n: f"kontak-{n}")
    title = factory.Sequence(lambda n: f"Kontak dagang {n}")
    starts_on = date(2018, 3, 22)
    ends_on = date(2018, 3, 22)
    place = "Balai Kota Surakarta"


class DelegationFactory(DjangoModelFactory[Delegation]):
    class Meta:
        model = Delegation

    trade_contact = factory.SubFactory(TradeContactFactory)
    office = factory.SubFactory(OfficeFactory)
    role = Delegation.Role.GUEST


class ParticipationFactory(DjangoModelFactory[Participation]):
    class Meta:
        model = Participation

    delegation = factory.SubFactory(DelegationFactory)
    business = factory.SubFactory(BusinessFactory, office=factory.SelfAttribute("..delegation.office"))


class ProposalRunFactory(DjangoModelFactory[ProposalRun]):
    class Meta:
        model = ProposalRun

    trade_contact = factory.SubFactory(TradeContactFactory)


class PairFactory(DjangoModelFactory[Pair]):
    """A proposed pair. ``business_a`` is made first, so that its id is the smaller one."""

    class Meta:
        model = Pair

    trade_contact = factory.SubFactory(TradeContactFactory)
    business_a = factory.SubFactory(BusinessFactory)
    business_b = factory.SubFactory(BusinessFactory)
    rank = 1
    score = 0.7


class InterestFactory(DjangoModelFactory[Interest]):
    class Meta:
        model = Interest

    pair = factory.SubFactory(PairFactory)
    business = factory.SelfAttribute("pair.business_a")
    answer = "yes"
    via = Via.LINK


class InvitationFactory(DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    trade_contact = factory.SubFactory(TradeContactFactory)
    link = factory.SubFactory(PersonalLinkFactory)
    channel = Invitation.Channel.WHATSAPP
    prepared_at = datetime(2018, 3, 2, tzinfo=UTC)


class InquiryFactory(DjangoModelFactory[Inquiry]):
    class Meta:
        model = Inquiry

    receipt_number = factory.Sequence(lambda n: f"M-{n:06}")
    form_token = factory.LazyFunction(uuid.uuid4)
    business = factory.SubFactory(BusinessFactory)
    region = factory.SubFactory(RegionFactory)
    sender_name = "Pembeli Contoh"
    email = "pembeli@contoh.test"
    consent = factory.SubFactory(ConsentFactory)
    listing_consent = factory.SubFactory(ConsentFactory, purpose="listing")


class SupplyOfferFactory(DjangoModelFactory[SupplyOffer]):
    class Meta:
        model = SupplyOffer

    need = factory.SubFactory(NeedFactory)
    business = factory.SubFactory(BusinessFactory)
    via = Via.LINK


class PairStepFactory(DjangoModelFactory[PairStep]):
    class Meta:
        model = PairStep

    pair = factory.SubFactory(PairFactory)
    from_step = "agreed"
    to_step = "met"
    via = Via.ACCOUNT
    at = datetime(2018, 3, 22, 3, tzinfo=UTC)


class SampleFactory(DjangoModelFactory[Sample]):
    class Meta:
        model = Sample

    pair = factory.SubFactory(PairFactory)
    number = 1
    sender = factory.SelfAttribute("pair.business_a")
    what = "Sepatu kulit contoh"
    payer = Sample.Payer.SENDER


class QuoteRequestFactory(DjangoModelFactory[QuoteRequest]):
    class Meta:
        model = QuoteRequest

    trade_contact = factory.SubFactory(TradeContactFactory)
    buyer = factory.SubFactory(BusinessFactory)
    what = factory.Sequence(lambda n: f"Kotak kemasan {n}")
    closes_on = date(2018, 4, 30)
    opened_at = datetime(2018, 3, 22, 3, tzinfo=UTC)


class QuoteFactory(DjangoModelFactory[Quote]):
    class Meta:
        model = Quote

    request = factory.SubFactory(QuoteRequestFactory)
    pair = factory.SubFactory(PairFactory)
    seller = factory.SelfAttribute("pair.business_a")
    price_rupiah = 2_400
    quantity = 1_000
    unit = factory.SubFactory(UnitFactory)
    via = Via.LINK
    at = datetime(2018, 3, 22, 4, tzinfo=UTC)


class TaskFactory(DjangoModelFactory[Task]):
    class Meta:
        model = Task

    pair = factory.SubFactory(PairFactory)
    business = factory.SelfAttribute("pair.business_a")
    office = factory.SelfAttribute("business.office")
    reason = "halal"
    title = "Urus sertifikat halal"
    due_on = date(2018, 6, 20)


class CommitmentFactory(DjangoModelFactory[Commitment]):
    """A letter of intent that the office of the seller, the first of the pair, recorded for it."""

    class Meta:
        model = Commitment

    pair = factory.SubFactory(PairFactory)
    level = Commitment.Level.LOI
    seller = factory.SelfAttribute("pair.business_a")
    buyer = factory.SelfAttribute("pair.business_b")
    goods = "Sepatu kulit"
    amount_rupiah = 30_000_000
    agreed_on = date(2018, 3, 22)
    recorded_for = factory.SelfAttribute("seller")
    via = Via.ACCOUNT
    recorded_at = datetime(2018, 3, 22, 8, tzinfo=UTC)


class ConfirmationFactory(DjangoModelFactory[Confirmation]):
    class Meta:
        model = Confirmation

    commitment = factory.SubFactory(CommitmentFactory)
    business = factory.SelfAttribute("commitment.buyer")
    answer = Confirmation.Answer.AGREE
    via = Via.LINK
    at = datetime(2018, 3, 23, 8, tzinfo=UTC)


class AskLinkFactory(DjangoModelFactory[AskLink]):
    """A link to confirm a commitment, for its buyer; nobody knows its token."""

    class Meta:
        model = AskLink

    purpose = AskLink.Purpose.CONFIRM
    commitment = factory.SubFactory(CommitmentFactory)
    business = factory.SelfAttribute("commitment.buyer")
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = datetime(2018, 3, 22, 8, tzinfo=UTC)
    expires_at = datetime(2018, 4, 21, 8, tzinfo=UTC)


class FollowUpFactory(DjangoModelFactory[FollowUp]):
    """The question of the first week to the first side of a pair, not sent yet."""

    class Meta:
        model = FollowUp

    pair = factory.SubFactory(PairFactory)
    asked = factory.SelfAttribute("pair.business_a")
    days = 7
    due_on = date(2018, 3, 31)


class DigestSettingFactory(DjangoModelFactory[DigestSetting]):
    class Meta:
        model = DigestSetting

    user = factory.SubFactory(UserFactory)
