"""Rows of bringing businesses together, by subject."""

from matchmaking.models.contacts import Delegation, Participation, TradeContact
from matchmaking.models.inquiries import Inquiry
from matchmaking.models.pairs import Answer, AnswerState, Interest, Pair, ProposalRun
from matchmaking.models.supply import SupplyOffer

__all__ = [
    "Answer",
    "AnswerState",
    "Delegation",
    "Inquiry",
    "Interest",
    "Pair",
    "Participation",
    "ProposalRun",
    "SupplyOffer",
    "TradeContact",
]
