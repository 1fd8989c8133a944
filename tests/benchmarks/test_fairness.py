"""The measure of fairness, on small markets and on lists that were broken on purpose."""

import doctest
from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.pairing import fairness, held_to
from benchmarks.pairing.fairness import METHODS, compare, deferred_acceptance, greedy, highest_total
from benchmarks.pairing.held_to import broken_rules, gate_violations, left_at_zero
from benchmarks.pairing.random_contacts import (
    RandomMarket,
    RandomPair,
    random_contact,
    random_market,
)
from matchmaking.engine import propose
from matchmaking.engine.values import Contact, Rules, Tier
from tests.matchmaking.engine.market import certificates, contact, firm, offer, tiers, wish

BUYER, SELLER = firm(1, "33.72"), firm(2)
OFFER = offer(
    20,
    2,
    tiers=tiers(1_000, (50, 800)),
    min_order=10,
    capacity=100,
    certificates=certificates(halal="claimed"),
    name="kopi bubuk",
)
WISH = wish(
    10, 1, quantity=60, ceiling=900, certificates=("halal",), text="kopi bubuk", until=None, monthly=True
)


def market(*pairs: tuple[int, int, float, float], quota: int = 1) -> RandomMarket:
    return RandomMarket(
        pairs=tuple(RandomPair((a, b), for_a, for_b) for a, b, for_a, for_b in pairs),
        region_of={1: 0, 2: 0, 7: 1, 8: 1},
        rules=Rules(quota=quota, least_score=0.3),
    )


def test_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(held_to).failed == 0


def test_same_seed_is_the_same_contact_and_market() -> None:
    assert random_contact(7) == random_contact(7)
    assert random_market(7) == random_market(7)
    assert random_contact(7) != random_contact(8)


def test_greedy_takes_the_best_and_leaves_others_at_zero() -> None:
    scene = market((1, 7, 0.9, 0.9), (1, 8, 0.8, 0.8), (2, 7, 0.8, 0.8))

    assert greedy(scene) == {(1, 7)}
    assert METHODS["engine"](scene) == {(1, 8), (2, 7)}
    assert compare(scene)["greedy"]["left_at_zero"] == 2


def test_deferred_acceptance_leaves_no_two_who_prefer_each_other() -> None:
    scene = market((1, 7, 0.9, 0.5), (1, 8, 0.6, 0.9), (2, 7, 0.5, 0.9), (2, 8, 0.4, 0.4))

    assert deferred_acceptance(scene) == {(1, 8), (2, 7)}


@pytest.mark.parametrize("seed", range(5))
def test_list_of_deferred_acceptance_is_stable(seed: int) -> None:
    scene = replace(random_market(seed), rules=Rules(quota=2, least_score=0.0))
    scene = replace(scene, region_of={one: min(1, region) for one, region in scene.region_of.items()})
    pairs = [pair for pair in scene.pairs if len({scene.region_of[one] for one in pair.key}) == 2]

    taken = deferred_acceptance(replace(scene, pairs=tuple(pairs)))

    of_a: dict[int, list[float]] = {}
    of_b: dict[int, list[float]] = {}
    for pair in pairs:
        if pair.key in taken:
            of_a.setdefault(pair.key[0], []).append(pair.benefit_a)
            of_b.setdefault(pair.key[1], []).append(pair.benefit_b)
    blocking = [
        pair.key
        for pair in pairs
        if pair.key not in taken
        and _would_take(of_a.get(pair.key[0], []), pair.benefit_a)
        and _would_take(of_b.get(pair.key[1], []), pair.benefit_b)
    ]
    assert blocking == []


def _would_take(has: list[float], benefit: float) -> bool:
    return len(has) < 2 or benefit > min(has)


def test_bound_is_the_best_within_the_quota() -> None:
    scene = market((1, 7, 0.9, 0.9), (1, 8, 0.8, 0.8), (2, 7, 0.8, 0.8))

    assert highest_total(scene.pairs, 1) == pytest.approx(1.6)
    assert highest_total(scene.pairs, 2) == pytest.approx(2.5)
    assert highest_total([], 2) == 0.0


@pytest.mark.parametrize("seed", [*range(10), 297])  # 297 needs three low pairs for one business more
def test_engine_leaves_nobody_at_zero_and_stays_below_the_bound(seed: int) -> None:
    found = compare(random_market(seed))["engine"]

    assert (found["left_at_zero"], found["over_quota"]) == (0, 0)
    assert found["total"] <= 1 + 1e-9


@pytest.mark.parametrize("seed", range(60))
def test_list_of_a_random_contact_keeps_every_rule(seed: int) -> None:
    scene = random_contact(seed)

    assert broken_rules(scene, propose(scene)) == {"gates": 0, "quotas": 0, "left_at_zero": 0}


@pytest.mark.parametrize(
    ("changed", "gate"),
    [
        ({"offers": (replace(OFFER, capacity=59),)}, "can_make"),
        ({"offers": (replace(OFFER, min_order=61),)}, "reaches_min_order"),
        ({"offers": (replace(OFFER, tiers=(Tier(1, 1_000), Tier(61, 800))),)}, "keeps_ceiling"),
        ({"offers": (replace(OFFER, certificates=certificates(halal="expired")),)}, "holds_certificates"),
        (
            {"offers": (replace(OFFER, families=frozenset({"keripik"}), name="keripik"),)},
            "is_about_it",
        ),
    ],
)
def test_trade_through_a_closed_gate_is_seen(changed: dict[str, object], gate: str) -> None:
    scene = contact(BUYER, SELLER, OFFER, WISH)
    listed = propose(scene)
    (proposal,) = listed.proposals
    (trade,) = proposal.match.trades
    (other,) = changed["offers"]  # type: ignore[misc]
    forged = replace(trade, case=replace(trade.case, offer=other))
    forged_listed = replace(
        listed, proposals=(replace(proposal, match=replace(proposal.match, trades=(forged,))),)
    )

    assert list(gate_violations(scene, listed)) == []
    assert list(gate_violations(scene, forged_listed)) == [f"20 for kopi bubuk: not {gate}"]


def test_trade_with_a_seller_outside_the_area_is_seen() -> None:
    scene = contact(BUYER, SELLER, OFFER, WISH)
    listed = propose(scene)
    (proposal,) = listed.proposals
    (trade,) = proposal.match.trades
    forged = replace(trade, case=replace(trade.case, wish=replace(WISH, area="33")))
    forged_listed = replace(
        listed, proposals=(replace(proposal, match=replace(proposal.match, trades=(forged,))),)
    )

    assert list(gate_violations(scene, forged_listed)) == ["20 for kopi bubuk: not is_in_area"]


def test_pair_of_one_region_or_with_a_veto_is_seen() -> None:
    scene = contact(BUYER, SELLER, OFFER, WISH)
    listed = propose(scene)
    vetoed: Contact = replace(scene, decisions=replace(scene.decisions, vetoed={(1, 2): "Tidak."}))

    assert list(gate_violations(vetoed, listed)) == ["1-2 may not meet"]


def test_who_could_be_served_beside_forced_pairs_is_counted() -> None:
    assert left_at_zero([(1, 7), (2, 7)], [(1, 7)], [(1, 7)], quota=1) == 0
    assert left_at_zero([(1, 7), (2, 7)], [(1, 7)], [(1, 7)], quota=2) == 1


def test_held_to_adds_up_over_contacts() -> None:
    found = fairness.held_to(range(3))

    assert found["contacts"] == 3
    assert found["proposals"] == sum(len(propose(random_contact(seed)).proposals) for seed in range(3))
    assert isinstance(found, Counter)
