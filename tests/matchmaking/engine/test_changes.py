"""What changed between two lists: nothing between equal ones, and every change with its reason."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine import propose
from matchmaking.engine.changes import Change, Changes, Listing, compare, listing_of
from matchmaking.engine.facts import Code, Fact
from matchmaking.engine.values import Contact, Decisions, PairKey, Weights
from tests.matchmaking.engine.market import contact, firm, offer, random_contacts, wish

NAMES = {1: "A", 2: "B", 3: "C", 4: "D"}


def listing(scores: dict[PairKey, float], **values: Any) -> Listing:
    known: dict[str, Any] = {"names": NAMES, "quota": 1, "possible": scores} | values
    return Listing(scores=scores, **known)


def codes(changes: tuple[Change, ...]) -> list[tuple[PairKey, list[Code]]]:
    return [(change.key, [fact.code for fact in change.why]) for change in changes]


def test_equal_lists_have_no_changes() -> None:
    same = listing({(1, 3): 0.8, (2, 4): 0.6})

    changes = compare(same, same)

    assert changes == Changes((), (), (), unmoved=2)
    assert changes.is_empty


def test_new_business_brings_its_pair() -> None:
    before = listing({(1, 3): 0.8}, names={1: "A", 3: "C"})
    after = listing({(1, 3): 0.8, (2, 3): 0.7}, quota=2)

    assert compare(before, after).came == (
        Change((2, 3), "B", "C", None, 2, (Fact(Code.JOINED, {"business": "B"}),)),
    )


def test_business_that_left_takes_its_pair_along() -> None:
    before = listing({(1, 3): 0.8, (2, 3): 0.7})
    after = listing({(1, 3): 0.8}, names={1: "A", 3: "C"})

    assert compare(before, after).went == (
        Change((2, 3), "B", "C", 2, None, (Fact(Code.LEFT, {"business": "B"}),)),
    )


def test_veto_and_its_end_are_named() -> None:
    shown, hidden = listing({(1, 3): 0.8}), listing({}, vetoed={(1, 3): "Bersaing."})

    assert compare(shown, hidden).went[0].why == (Fact(Code.VETOED, {"reason": "Bersaing."}),)
    assert compare(hidden, shown).came[0].why == (Fact(Code.UNHIDDEN),)


def test_locked_pair_comes_because_it_is_locked() -> None:
    changes = compare(listing({}), listing({(1, 3): 0.2}, kept={(1, 3): "locked"}))

    assert changes.came[0].why == (Fact(Code.KEPT, {"by": "locked"}),)


def test_pair_that_became_possible_or_stopped_being_so() -> None:
    without, with_pair = listing({}), listing({(1, 3): 0.5})
    names = {"a": "A", "b": "C"}

    assert compare(without, with_pair).came[0].why == (Fact(Code.BECAME_POSSIBLE, names),)
    assert compare(with_pair, without).went[0].why == (Fact(Code.NO_LONGER_POSSIBLE, names),)


def test_swap_names_who_took_the_place_and_who_made_room() -> None:
    possible = {(1, 3): 0.8, (1, 4): 0.7}
    before = listing({(1, 3): 0.8}, possible=possible)
    after = listing({(1, 4): 0.9}, possible={(1, 3): 0.8, (1, 4): 0.9})

    changes = compare(before, after)

    assert changes.came[0].why == (
        Fact(Code.SCORE_ROSE, {"old": 0.7, "new": 0.9}),
        Fact(Code.MADE_ROOM, {"business": "A", "partners": ["C"]}),
    )
    assert changes.went[0].why == (Fact(Code.DISPLACED, {"business": "A", "partners": ["D"]}),)


def test_pair_that_became_too_weak_says_so() -> None:
    after = listing({}, possible={(1, 3): 0.25}, least_score=0.3)

    changes = compare(listing({(1, 3): 0.35}), after)

    assert codes(changes.went) == [((1, 3), [Code.SCORE_FELL, Code.SCORE_LOW])]


def test_pair_that_only_the_whole_list_explains() -> None:
    possible = {(1, 3): 0.5}

    assert codes(compare(listing({}, possible=possible), listing({(1, 3): 0.5})).came) == [
        ((1, 3), [Code.REBALANCED])
    ]


def test_moved_pairs_say_by_how_much() -> None:
    before = listing({(1, 3): 0.8, (2, 4): 0.6, (2, 3): 0.5})
    after = listing({(2, 4): 0.9, (1, 3): 0.8, (2, 3): 0.5})

    changes = compare(before, after)

    assert changes.moved == (
        Change(
            (2, 4),
            "B",
            "D",
            2,
            1,
            (Fact(Code.SCORE_ROSE, {"old": 0.6, "new": 0.9}), Fact(Code.OVERTOOK, {"count": 1})),
        ),
        Change((1, 3), "A", "C", 1, 2, (Fact(Code.OVERTAKEN, {"count": 1}),)),
    )
    assert changes.unmoved == 1


def test_difference_too_small_to_be_read_is_not_told() -> None:
    before, after = listing({(1, 3): 0.8, (2, 4): 0.79999}), listing({(2, 4): 0.80001, (1, 3): 0.8})

    assert codes(compare(before, after).moved) == [((2, 4), [Code.OVERTOOK]), ((1, 3), [Code.OVERTAKEN])]


def test_list_stored_long_ago_says_nothing_about_what_was_possible() -> None:
    changes = compare(listing({}, possible=None), listing({(1, 3): 0.5}, possible=None))

    assert codes(changes.came) == [((1, 3), [Code.REBALANCED])]


MARKET = contact(
    firm(1, name="Kopi A"),
    firm(2, "33.72", name="Toko B"),
    firm(3, "33.72", name="Toko C"),
    offer(1, 1, "kopi", name="Kopi arabika"),
    wish(1, 2, "kopi", text="Kopi arabika"),
    wish(2, 3, "kopi", text="Biji sangrai"),
)


def changes_of(before: Contact, after: Contact) -> Changes:
    return compare(listing_of(before, propose(before)), listing_of(after, propose(after)))


def test_computed_list_knows_names_vetoes_and_scores() -> None:
    vetoed = replace(MARKET, decisions=Decisions(vetoed={(1, 2): "Bersaing."}))

    changes = changes_of(MARKET, vetoed)

    assert [(change.a, change.b, change.old_rank) for change in changes.went] == [("Kopi A", "Toko B", 1)]
    assert [(change.b, change.old_rank, change.new_rank) for change in changes.moved] == [("Toko C", 2, 1)]


def test_weight_that_changes_moves_the_scores() -> None:
    heavier = replace(MARKET, weights=Weights(buyer_text=1.0, buyer_category=0.0))

    told = changes_of(MARKET, heavier)

    assert told.came == told.went == ()


@given(random_contacts(most=6), st.floats(0.0, 1.0))
def test_changes_lead_from_one_list_to_the_other(market: Contact, weight: float) -> None:
    other = replace(market, weights=Weights(buyer_price=weight))
    before, after = listing_of(market, propose(market)), listing_of(other, propose(other))

    changes = compare(before, after)

    came, went = ({change.key for change in group} for group in (changes.came, changes.went))
    assert set(before.scores) - went | came == set(after.scores)
    assert len(changes.moved) + changes.unmoved + len(came) == len(after.scores)
    assert all(change.why for group in (changes.came, changes.went, changes.moved) for change in group)
    assert changes == compare(before, after)
