"""Why two businesses are not on the list: the failed gates with their numbers, or the choice."""

from dataclasses import dataclass

from matchmaking.engine.facts import Code, Fact, distinct
from matchmaking.engine.matches import Match
from matchmaking.engine.proposing import Proposal, Proposals
from matchmaking.engine.values import Contact, Firm, pair_key

ALTERNATIVES = 2


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer for one pair.

    ``is_proposed`` is true when the pair is on the list after all. ``blocking`` says why it is not;
    ``alternatives`` names the nearest pairs of each side that are on the list.
    """

    match: Match
    is_proposed: bool
    blocking: tuple[Fact, ...] = ()
    alternatives: tuple[Fact, ...] = ()


def why_not(contact: Contact, listed: Proposals, one: int, other: int) -> WhyNot:
    """Return why two businesses of the contact are not on ``listed``, the list made of the same contact.

    Raises:
        KeyError: one of the ids is not a business of the contact.
    """
    key = pair_key(one, other)
    match = listed.basis.matcher.match_of(key)
    if key in listed.choice.chosen:
        return WhyNot(match, is_proposed=True)
    blocking = [*_forbidden(contact, match), *(fact for miss in match.near for fact in miss.failures)]
    if match.trades and not _forbidden(contact, match):
        blocking = _not_chosen(contact, listed, match)
    if not blocking:
        blocking = [Fact(Code.NOTHING_FITS, {"a": match.a.name, "b": match.b.name})]
    alternatives = tuple(_alternatives(listed, match))
    return WhyNot(match, is_proposed=False, blocking=distinct(blocking), alternatives=alternatives)


def _forbidden(contact: Contact, match: Match) -> list[Fact]:
    """Return the gates that no trade can open: the same region, or a veto with its reason."""
    facts = []
    if match.a.region == match.b.region:
        names = {"a": match.a.name, "b": match.b.name, "region": match.a.region_name}
        facts.append(Fact(Code.SAME_REGION, names))
    if match.key in contact.decisions.vetoed:
        facts.append(Fact(Code.VETOED, {"reason": contact.decisions.vetoed[match.key]}))
    return facts


def _not_chosen(contact: Contact, listed: Proposals, match: Match) -> list[Fact]:
    """Say why a possible pair was left out: its score is low, or its place serves the whole list better.

    Names the sides whose lists are full; where none is, the number that each has.
    """
    if match.score < contact.rules.least_score:
        return [Fact(Code.SCORE_LOW, {"a": match.a.name, "b": match.b.name})]
    counts, quota = listed.choice.counts(), listed.choice.quota
    sides = (match.a, match.b)
    full = [firm for firm in sides if counts[firm.id] >= quota]
    return [
        Fact(Code.LIST_FULL, {"business": firm.name, "count": counts[firm.id], "quota": quota})
        for firm in full or sides
    ]


def _alternatives(listed: Proposals, match: Match) -> list[Fact]:
    """Name the best pairs on the list for each side, those with a trade for the same wish first."""
    wishes = {trade.wish for trade in match.trades} | {miss.case.wish for miss in match.near}
    found = []
    for firm in (match.a, match.b):
        own = [proposal for proposal in listed.proposals if firm.id in proposal.match.key]
        own.sort(key=lambda one: (not wishes & {trade.wish for trade in one.match.trades}, one.rank))
        found += [_alternative(firm, proposal) for proposal in own[:ALTERNATIVES]]
    return found


def _alternative(firm: Firm, proposal: Proposal) -> Fact:
    match = proposal.match
    partner = match.b if match.a.id == firm.id else match.a
    products = [trade.offer.name for trade in match.trades[:1]]
    params = {"business": firm.name, "partner": partner.name, "products": products, "rank": proposal.rank}
    return Fact(Code.ALTERNATIVE, params)
