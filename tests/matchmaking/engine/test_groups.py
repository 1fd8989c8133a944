"""Needs above any one capacity: the fewest members, one office first, shares that every gate lets pass."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine import Group, propose
from matchmaking.engine.choice import Chosen
from matchmaking.engine.facts import Code
from matchmaking.engine.gates import failures
from matchmaking.engine.groups import divided
from matchmaking.engine.values import Decisions, Firm, Kept, Offer, Rules
from tests.matchmaking.engine.market import certificates, contact, firm, offer, random_contacts, tiers, wish

BUYER = firm(9, "33.72", name="Pabrik")
NEED = wish(1, 9, "kopi", text="Kopi bubuk", quantity=5_000)


def sellers(*capacities: int, **values: Any) -> list[Firm | Offer]:
    rows: list[Firm | Offer] = []
    for number, capacity in enumerate(capacities, start=1):
        rows += [firm(number, office=number % 2), offer(number, number, "kopi", capacity=capacity, **values)]
    return rows


def group_of(*rows: Any, **values: Any) -> Group:
    [group] = propose(contact(BUYER, NEED, *rows, **values)).groups
    return group


def members(group: Group) -> dict[int, int]:
    return {member.firm.id: member.share for member in group.members}


def test_five_thousand_against_many_of_eight_hundred_is_short() -> None:
    group = group_of(*sellers(*[800] * 8))

    assert (group.members, group.gap) == ((), 5_000 - 6 * 800)


def test_fewest_members_answer_it_with_shares_by_capacity() -> None:
    group = group_of(*sellers(800, 800, 4_000, 1_500, 600, 900))

    assert (members(group), group.gap) == ({3: 3_637, 4: 1_363}, 0)


def test_members_of_one_office_come_before_better_ones_of_two() -> None:
    rows = sellers(3_000, 3_000, 2_500)
    rows[3] = offer(2, 2, "kopi", capacity=3_000, name="Kopi bubuk")

    assert sorted(members(group_of(*rows))) == [1, 3]


def test_member_that_fails_another_gate_is_not_in_it() -> None:
    need = wish(1, 9, "kopi", quantity=5_000, ceiling=10_000, certificates=("halal",))
    cheap = {"tiers": tiers(9_000), "certificates": certificates(halal="claimed")}
    rows = [
        *sellers(3_000, 3_000, **cheap),
        firm(3),
        offer(3, 3, "kopi", capacity=4_000, tiers=tiers(11_000), certificates=certificates(halal="claimed")),
        firm(4),
        offer(4, 4, "kopi", capacity=4_000, tiers=tiers(9_000)),
    ]

    [group] = propose(contact(BUYER, need, *rows)).groups

    assert members(group) == {1: 2_500, 2: 2_500}


def test_member_gets_at_least_its_minimum_order() -> None:
    rows = sellers(4_000, 1_500)
    rows[3] = offer(2, 2, "kopi", capacity=1_500, min_order=1_400)

    assert members(group_of(*rows)) == {1: 3_512, 2: 1_488}


def test_minimum_orders_that_do_not_fit_leave_no_group_and_no_gap() -> None:
    rows = sellers(3_000, 3_000, min_order=2_600)

    group = group_of(*rows)

    assert (group.members, group.gap) == ((), 0)


def test_locked_pairs_of_a_group_take_no_second_place() -> None:
    rows = sellers(*[1_300] * 7)
    group = group_of(*rows, rules=Rules(quota=6))
    locked = Decisions(kept=dict.fromkeys(group.keys, Kept.LOCKED))

    again = group_of(*rows, rules=Rules(quota=6), decisions=locked)

    assert (len(group.members), again) == (4, group)


def test_some_locked_pairs_leave_room_for_the_others() -> None:
    rows = sellers(*[1_300] * 7)
    locked = Decisions(kept={(7, 9): Kept.LOCKED})

    group = group_of(*rows, rules=Rules(quota=4), decisions=locked)

    assert (len(group.members), 7 in members(group)) == (4, True)


def test_price_is_that_of_the_share() -> None:
    need = wish(1, 9, "kopi", quantity=1_000, ceiling=10_000)
    stepped = {"tiers": tiers((1, 12_000), (400, 9_000))}

    [group] = propose(contact(BUYER, need, *sellers(600, 600, **stepped))).groups

    assert members(group) == {1: 500, 2: 500}


def test_units_are_converted_and_unknown_ones_left_out() -> None:
    need = wish(1, 9, "kopi", quantity=100, unit="lusin")
    rows = [*sellers(720, 720, unit="buah"), firm(3), offer(3, 3, "kopi", capacity=99, unit="dus")]

    [group] = propose(contact(BUYER, need, *rows)).groups

    assert members(group) == {1: 50, 2: 50}


def test_one_that_can_do_it_alone_needs_no_group() -> None:
    assert propose(contact(BUYER, NEED, *sellers(800, 5_000))).groups == ()


def test_one_that_may_do_it_alone_is_not_called_short() -> None:
    rows = [*sellers(800), firm(2), offer(2, 2, "kopi")]

    assert propose(contact(BUYER, NEED, *rows)).groups == ()


def test_pairs_of_a_group_are_proposed_with_their_shares() -> None:
    listed = propose(contact(BUYER, NEED, *sellers(3_000, 3_000), rules=Rules(quota=2)))

    assert [(one.match.key, one.chosen) for one in listed.proposals] == [
        ((1, 9), Chosen.GROUP),
        ((2, 9), Chosen.GROUP),
    ]
    shares = [
        fact.params for one in listed.proposals for fact in one.reasons if fact.code is Code.GROUP_SHARE
    ]
    assert [(fact["share"], fact["quantity"]) for fact in shares] == [(2_500, 5_000)] * 2


@pytest.mark.parametrize("decisions", [Decisions(vetoed={(1, 9): "Bersaing."}), Decisions()])
def test_vetoed_seller_is_in_no_group(decisions: Decisions) -> None:
    group = group_of(*sellers(3_000, 3_000), decisions=decisions)

    assert bool(group.members) is not bool(decisions.vetoed)


def test_quota_leaves_no_room_for_a_group() -> None:
    rows = [*sellers(2_000, 2_000, 2_000), firm(8), offer(8, 8, "kotak")]
    kept = Decisions(kept={(8, 9): Kept.LOCKED})

    assert group_of(*rows, rules=Rules(quota=3)).members
    blocked = group_of(*rows, rules=Rules(quota=3), decisions=kept)
    assert (blocked.members, blocked.gap) == ((), 0)


@given(quantity=st.integers(1, 10_000), capacities=st.lists(st.integers(1, 5_000), min_size=1, max_size=6))
def test_shares_add_up_and_nobody_makes_more_than_it_can(quantity: int, capacities: list[int]) -> None:
    shares = divided(quantity, capacities)

    assert sum(shares) == min(quantity, sum(capacities))
    assert all(0 <= share <= capacity for share, capacity in zip(shares, capacities, strict=True))


@given(market=random_contacts())
def test_every_group_adds_up_and_passes_every_gate(market: Any) -> None:
    listed = propose(market)

    for group in listed.groups:
        if group.members:
            assert sum(member.share for member in group.members) == group.wish.quantity
            assert 1 < len(group.members) <= 6
            assert set(group.keys) <= set(listed.choice.chosen)
        else:
            assert group.gap >= 0
    shared = [trade for one in listed.proposals for trade in one.match.trades if trade.case.share]
    assert [trade for trade in shared if failures(trade.case)] == []


def test_seller_whose_quota_is_full_is_in_no_group() -> None:
    rows = [*sellers(4_000, 3_000, 2_500), firm(7, "33.72"), firm(8, "33.72")]
    full = Decisions(kept={(1, 7): Kept.LOCKED, (1, 8): Kept.LOCKED})

    assert sorted(members(group_of(*rows, rules=Rules(quota=2), decisions=full))) == [2, 3]


def test_member_whose_share_costs_too_much_gives_its_place_to_another() -> None:
    need = wish(1, 9, "kopi", quantity=1_000, ceiling=10_000)
    rows = sellers(900, 500, 400)
    rows[1] = offer(1, 1, "kopi", capacity=900, tiers=tiers((1, 12_000), (900, 9_000)))

    [group] = propose(contact(BUYER, need, *rows, firm(4), offer(4, 4, "kopi", capacity=300))).groups

    assert sorted(members(group)) == [2, 3, 4]
