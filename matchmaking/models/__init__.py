"""Rows of bringing businesses together, by subject."""

from matchmaking.models.contacts import Delegation, Participation, TradeContact
from matchmaking.models.curation import (
    Addendum,
    Application,
    ApplicationLink,
    ConflictOfInterest,
    Criterion,
    Curation,
    CurationScore,
    Reviewer,
)
from matchmaking.models.digests import DigestSetting
from matchmaking.models.followups import FollowUp
from matchmaking.models.inquiries import Inquiry
from matchmaking.models.invitations import Invitation
from matchmaking.models.money import AskLink, Commitment, Confirmation
from matchmaking.models.pairs import Answer, AnswerState, Interest, InterestReason, Pair
from matchmaking.models.path import PairStep, Quote, QuoteRequest, Sample, Task
from matchmaking.models.runs import ProposalRun
from matchmaking.models.steps import Reason, Step
from matchmaking.models.supply import SupplyOffer

__all__ = [
    "Addendum",
    "Answer",
    "AnswerState",
    "Application",
    "ApplicationLink",
    "AskLink",
    "Commitment",
    "Confirmation",
    "ConflictOfInterest",
    "Criterion",
    "Curation",
    "CurationScore",
    "Delegation",
    "DigestSetting",
    "FollowUp",
    "Inquiry",
    "Interest",
    "InterestReason",
    "Invitation",
    "Pair",
    "PairStep",
    "Participation",
    "ProposalRun",
    "Quote",
    "QuoteRequest",
    "Reason",
    "Reviewer",
    "Sample",
    "Step",
    "SupplyOffer",
    "Task",
    "TradeContact",
]
