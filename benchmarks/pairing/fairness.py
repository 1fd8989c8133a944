"""How fair and how good the choice is on random contacts, and whether every list keeps what it must.

First part, ``MARKETS`` random markets (``random_contacts.random_market``): the engine's choice beside

- ``greedy``: best first by score while both have room;
- ``deferred acceptance``: between each two regions in turn, in the room that is left; the smaller number
  proposes, each side prefers by its own benefit.

All leave out pairs below the least score (the engine takes one where a business would be at zero) and
keep the same quota. ``total`` is the share of the linear programme's bound (HiGHS): the highest total
score within the quotas, whoever is left out. Who has any possible pair is servable.

Second part, ``CONTACTS`` random contacts through ``engine.propose``, held to what ``held_to`` works out
again: gates, quotas, and nobody at zero who can be served within the quotas. Two processes share them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from multiprocessing import get_context
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from benchmarks.pairing.held_to import broken_rules, left_at_zero, over_quota
from benchmarks.pairing.random_contacts import RandomMarket, RandomPair, random_contact, random_market
from benchmarks.pairing.reciprocal import gini
from matchmaking.engine import propose
from matchmaking.engine.choice import choose
from matchmaking.engine.values import PairKey

MARKETS = 1_000
CONTACTS = 10_000
PROCESSES = 2
CHUNK = 50

Chosen = set[PairKey]


def good_enough(market: RandomMarket) -> list[RandomPair]:
    """Return the pairs that reach the least score."""
    return [pair for pair in market.pairs if pair.score >= market.rules.least_score]


def greedy(market: RandomMarket) -> Chosen:
    """Return the pairs taken best first, then by ids, while both have room."""
    counts: Counter[int] = Counter()
    taken: Chosen = set()
    for pair in sorted(good_enough(market), key=lambda pair: (-pair.score, pair.key)):
        if all(counts[firm] < market.rules.quota for firm in pair.key):
            taken.add(pair.key)
            counts.update(pair.key)
    return taken


def deferred_acceptance(market: RandomMarket) -> Chosen:
    """Return a stable list between each two regions in turn."""
    taken: Chosen = set()
    pairs = good_enough(market)
    for regions in combinations(sorted(set(market.region_of.values())), 2):
        counts = Counter(firm for key in taken for firm in key)
        room = {firm: market.rules.quota - counts[firm] for firm in market.region_of}
        between = [pair for pair in pairs if {market.region_of[firm] for firm in pair.key} == set(regions)]
        taken |= _stable(between, room)
    return taken


def _stable(pairs: Sequence[RandomPair], room: dict[int, int]) -> Chosen:
    """Return the stable pairs of many to many: the smaller id proposes down its list while it has room."""
    by_key = {pair.key: pair for pair in pairs}
    wishes: dict[int, list[PairKey]] = {}
    for pair in sorted(pairs, key=lambda pair: (pair.benefit_a, pair.key)):
        wishes.setdefault(pair.key[0], []).append(pair.key)
    held: dict[int, list[PairKey]] = {}
    counts: Counter[int] = Counter()
    asking = sorted(wishes)
    while asking:
        one = asking.pop()
        while wishes[one] and counts[one] < room[one]:
            key = wishes[one].pop()
            counts[one] += 1
            answers = held.setdefault(key[1], [])
            answers.append(key)
            if len(answers) > room[key[1]]:
                refused = min(answers, key=lambda key: (by_key[key].benefit_b, key))
                answers.remove(refused)
                counts[refused[0]] -= 1
                asking.append(refused[0])
    return {key for answers in held.values() for key in answers}


def engine_choice(market: RandomMarket) -> Chosen:
    """Return the engine's choice."""
    return set(choose(market.pairs, [], market.rules).chosen)


METHODS: dict[str, Callable[[RandomMarket], Chosen]] = {
    "greedy": greedy,
    "deferred acceptance": deferred_acceptance,
    "engine": engine_choice,
}


def highest_total(pairs: Sequence[RandomPair], quota: int) -> float:
    """Return the linear programme's bound of the total score: any shares of pairs within the quotas."""
    if not pairs:
        return 0.0
    firms, ends = np.unique([pair.key for pair in pairs], return_inverse=True)
    columns = np.repeat(np.arange(len(pairs)), 2)
    within = coo_array((np.ones(len(columns)), (ends.ravel(), columns))).tocsr()
    costs = [-pair.score for pair in pairs]
    return -float(linprog(costs, A_ub=within, b_ub=np.full(len(firms), quota), bounds=(0, 1)).fun)


def compare(market: RandomMarket) -> dict[str, dict[str, float]]:
    """Return the figures of each method on one market.

    The bound is that of all pairs that are good enough or on the engine's list.
    """
    lists = {name: method(market) for name, method in METHODS.items()}
    low = [pair for pair in market.pairs if pair.score < market.rules.least_score]
    served = [pair for pair in low if pair.key in lists["engine"]]
    bound = highest_total([*good_enough(market), *served], market.rules.quota)
    return {name: _figures(market, taken, bound) for name, taken in lists.items()}


def _figures(market: RandomMarket, taken: Chosen, bound: float) -> dict[str, float]:
    scores = {pair.key: pair.score for pair in market.pairs}
    servable = {firm for key in scores for firm in key}
    counts = Counter(firm for key in taken for firm in key)
    proposals = [counts[firm] for firm in sorted(servable)]
    return {
        "at_zero": sum(count == 0 for count in proposals) / max(1, len(servable)),
        "left_at_zero": left_at_zero(scores, taken, [], market.rules.quota),
        "over_quota": len(over_quota(taken, [], market.rules.quota)),
        "gini": gini(np.array(proposals, np.float64)),
        "max_over_median": max(counts.values()) / median(counts.values()) if counts else 0.0,
        "total": sum(scores[key] for key in taken) / bound if bound else 1.0,
        "proposals": len(taken),
    }


def held_to(seeds: range) -> Counter[str]:
    """Return how many proposals, groups and broken rules the contacts of these seeds have."""
    found: Counter[str] = Counter(contacts=len(seeds))
    for seed in seeds:
        contact = random_contact(seed)
        listed = propose(contact)
        found.update(broken_rules(contact, listed))
        found["proposals"] += len(listed.proposals)
        found["trades"] += sum(len(proposal.match.trades) for proposal in listed.proposals)
        found["groups"] += sum(bool(group.members) for group in listed.groups)
    return found


def compare_all(seeds: range) -> list[dict[str, dict[str, float]]]:
    """Return the figures of the markets of these seeds."""
    return [compare(random_market(seed)) for seed in seeds]


def measure() -> dict[str, Any]:
    """Return the mean figures of each method, the broken rules of the engine's lists, and the seconds."""
    start = perf_counter()
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        markets = [row for part in pool.map(compare_all, _chunks(MARKETS)) for row in part]
        half = perf_counter()
        totals = sum(pool.map(held_to, _chunks(CONTACTS)), Counter[str]())
    rules = ("contacts", "proposals", "trades", "groups", "gates", "quotas", "left_at_zero")
    return {
        "markets": len(markets),
        "methods": {name: _summary([row[name] for row in markets]) for name in METHODS},
        "held_to": {rule: totals[rule] for rule in rules},
        "seconds": {"markets": round(half - start, 1), "contacts": round(perf_counter() - half, 1)},
    }


def _chunks(count: int) -> list[range]:
    return [range(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK)]


def _summary(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the mean of each figure, and the sums of those that count."""
    sums = {name: sum(row[name] for row in rows) for name in rows[0]}
    counted = ("left_at_zero", "over_quota", "proposals")
    return {
        name: value if name in counted else round(value / len(rows), 4) for name, value in sums.items()
    } | {"least_total": round(min(row["total"] for row in rows), 4)}


def lines(result: dict[str, Any]) -> Iterator[str]:
    """Yield the tables as text."""
    yield (
        f"Choice on {result['markets']:,} random contacts   of the bound  lowest  at zero"
        "  servable, left  over quota   Gini  max/median"
    )
    for name, found in result["methods"].items():
        yield (
            f"  {name:<36}{found['total']:>14.2%}{found['least_total']:>8.1%}{found['at_zero']:>9.2%}"
            f"{found['left_at_zero']:>16,.0f}{found['over_quota']:>12,.0f}{found['gini']:>7.3f}"
            f"{found['max_over_median']:>12.2f}"
        )
    held = result["held_to"]
    yield (
        f"Held to, {held['contacts']:,} random contacts with {held['proposals']:,} proposals, "
        f"{held['trades']:,} trades, {held['groups']:,} groups: {held['gates']} gate violations, "
        f"{held['quotas']} quota violations, {held['left_at_zero']} servable businesses at zero"
    )
    seconds = result["seconds"]
    yield f"  {seconds['markets']} s and {seconds['contacts']} s with {PROCESSES} processes"
