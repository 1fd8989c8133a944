"""What a run remembers about its list: how fair it is, how the scores are spread, who has few and many."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from matchmaking.engine import Proposal, Proposals
from matchmaking.engine.choice import count_pairs
from matchmaking.engine.fairness import figures
from matchmaking.engine.shortfall import Shortfalls
from matchmaking.engine.values import Contact, PairKey

BINS = 20
MOST_NAMED = 50


def report_of(
    contact: Contact, listed: Proposals, proposals: Sequence[Proposal], hidden: Mapping[PairKey, str]
) -> dict[str, Any]:
    """Return what ``ProposalRun.counts`` keeps of a list, as JSON; of businesses only the ids.

    ``proposals`` are those of ``listed`` that were stored, ``hidden`` the pairs that were hidden by then,
    with the reasons. ``scores`` counts the stored and all possible pairs in 20 bins from 0 to 1. ``few``
    holds the first 50 businesses below the wished number with the reasons, ``many`` the first 50 above
    the median; ``few_count`` and ``many_count`` count all of them. ``listed`` holds the pairs with their
    scores, best first, ``kept`` and ``vetoed`` those that staff decided on, with the way or the reason.
    """
    counts = count_pairs(proposal.match.key for proposal in proposals)
    servable = {firm for key in listed.possible for firm in key}
    return {
        "fairness": asdict(figures(counts, servable)),
        "scores": {
            "listed": histogram([proposal.match.score for proposal in proposals]),
            "possible": histogram(list(listed.possible.values())),
        },
        "least_pairs": contact.rules.least_pairs,
        **_few(contact, listed, counts),
        **_many(contact, counts),
        "firms": sorted(firm.id for firm in contact.firms),
        "listed": [[*proposal.match.key, round(proposal.match.score, 6)] for proposal in proposals],
        **_decided(contact, hidden),
    }


def _decided(contact: Contact, hidden: Mapping[PairKey, str]) -> dict[str, Any]:
    """Return the pairs that staff kept or hid; what was hidden while the list was made counts as hidden."""
    vetoed = {**contact.decisions.vetoed, **hidden}
    kept = {key: kept for key, kept in contact.decisions.kept.items() if key not in vetoed}
    return {
        "kept": [[*key, kept[key].value] for key in sorted(kept)],
        "vetoed": [[*key, vetoed[key]] for key in sorted(vetoed)],
    }


def histogram(scores: Sequence[float]) -> list[int]:
    """Count scores in 20 bins of 0.05 each, from 0 to 1; 1.0 belongs to the last one.

    >>> histogram([0.0, 0.04, 0.05, 1.0])[:2], histogram([0.0, 0.04, 0.05, 1.0])[-1]
    ([2, 1], 1)
    """
    bins = [0] * BINS
    for score in scores:
        bins[min(BINS - 1, int(round(score * BINS, 6)))] += 1
    return bins


def _few(contact: Contact, listed: Proposals, counts: dict[int, int]) -> dict[str, Any]:
    """Return the businesses below the wished number, the fewest first, and how many they are."""
    shortfalls = Shortfalls(contact, listed)
    below = [firm for firm in contact.firms if counts.get(firm.id, 0) < contact.rules.least_pairs]
    below.sort(
        key=lambda firm: (counts.get(firm.id, 0), shortfalls.possible_for(firm.id), firm.name, firm.id)
    )
    few = [
        {
            "business_id": firm.id,
            "count": counts.get(firm.id, 0),
            "possible": shortfalls.possible_for(firm.id),
            "why": [fact.as_json() for fact in shortfalls.why_few(firm.id)],
        }
        for firm in below[:MOST_NAMED]
    ]
    return {"few": few, "few_count": len(below)}


def _many(contact: Contact, counts: dict[int, int]) -> dict[str, Any]:
    """Return the businesses above the median of those on the list, the most first, and how many they are."""
    middle = median(counts.values()) if counts else 0
    above = [firm for firm in contact.firms if counts.get(firm.id, 0) > middle]
    above.sort(key=lambda firm: (-counts[firm.id], firm.name, firm.id))
    many = [{"business_id": firm.id, "count": counts[firm.id]} for firm in above[:MOST_NAMED]]
    return {"many": many, "many_count": len(above)}
