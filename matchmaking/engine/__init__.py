"""Who suits whom: the pure pairing engine. Values in, values out; no database, clock or randomness.

``propose(contact)`` returns the list of proposals of a trade contact, best first, and ``why_not``
says why two businesses are not on it. Equal inputs give an equal list, whatever their order.
"""

from matchmaking.engine.groups import Group, Member
from matchmaking.engine.proposing import Introduction, Proposal, Proposals, introduce, propose
from matchmaking.engine.why_not import WhyNot, why_not

__all__ = [
    "Group",
    "Introduction",
    "Member",
    "Proposal",
    "Proposals",
    "WhyNot",
    "introduce",
    "propose",
    "why_not",
]
