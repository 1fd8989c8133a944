"""The whole list: gates, floor, kept and vetoed pairs, reasons, and the same list for the same inputs."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine import introduce, propose
from matchmaking.engine.choice import Chosen
from matchmaking.engine.facts import Code
from matchmaking.engine.fingerprint import fingerprint
from matchmaking.engine.gates import failures
from matchmaking.engine.values import Contact, Decisions, Kept, Weights
from tests.matchmaking.engine.market import contact, firm, offer, random_contacts, wish

COFFEE = (
    firm(1),
    firm(2, "33.72"),
    firm(3, "33.72"),
    offer(1, 1, "kopi", name="Kopi arabika"),
    wish(1, 2, "kopi", text="Kopi bubuk"),
    wish(2, 3, "kopi", text="Biji sangrai"),
)


def keys(market: Contact) -> list[tuple[int, int]]:
    return [proposal.match.key for proposal in propose(market).proposals]


def test_best_pair_comes_first_and_ranks_count_from_1() -> None:
    listed = propose(contact(*COFFEE)).proposals

    assert [(one.rank, one.match.key) for one in listed] == [(1, (1, 2)), (2, (1, 3))]
    assert listed[0].match.score > listed[1].match.score


def test_vetoed_pair_is_never_proposed_even_when_it_is_kept() -> None:
    decisions = Decisions(kept={(1, 2): Kept.LOCKED}, vetoed={(1, 2): "Bersaing langsung."})

    assert keys(contact(*COFFEE, decisions=decisions)) == [(1, 3)]


def test_kept_pair_without_a_trade_is_proposed_with_reasons() -> None:
    market = contact(*COFFEE, firm(4), decisions=Decisions(kept={(2, 4): Kept.OFFICER}))

    added = propose(market).proposals[-1]

    assert (added.match.key, added.chosen, added.match.score) == ((2, 4), Chosen.KEPT, 0.0)
    assert [fact.code for fact in added.reasons] == [
        Code.KEPT,
        Code.SEEKS,
        Code.OFFERS_NOTHING,
        Code.OTHER_REGION,
    ]


def test_kept_pair_of_one_region_is_not_proposed() -> None:
    assert keys(contact(*COFFEE, decisions=Decisions(kept={(2, 3): Kept.LOCKED}))) == [(1, 2), (1, 3)]


def test_introduction_explains_a_pair_made_by_hand() -> None:
    made = introduce(contact(*COFFEE), 2, 1, kept=Kept.INQUIRY)

    assert (made.match.key, made.reasons[0].params, len(made.match.trades)) == ((1, 2), {"by": "inquiry"}, 1)


def test_contact_without_businesses_has_an_empty_list() -> None:
    listed = propose(contact())

    assert (listed.proposals, listed.possible) == ((), {})


@given(market=random_contacts(), order=st.randoms(use_true_random=False))
def test_shuffled_inputs_give_the_same_list(market: Contact, order: st.DrawFn) -> None:
    shuffled = replace(
        market,
        **{name: in_other_order(getattr(market, name), order) for name in ("firms", "offers", "wishes")},
        complements=in_other_order(market.complements, order),
        categories=in_other_order(market.categories, order),
        decisions=Decisions(
            kept=dict(reversed(market.decisions.kept.items())),
            vetoed=dict(reversed(market.decisions.vetoed.items())),
        ),
    )

    assert propose(shuffled) == propose(market)


def in_other_order(rows: tuple[object, ...], order: object) -> tuple[object, ...]:
    return tuple(order.sample(rows, len(rows)))


@given(market=random_contacts())
def test_no_gate_is_violated_by_any_proposal(market: Contact) -> None:
    regions = {one.id: one.region for one in market.firms}

    for proposal in propose(market).proposals:
        a, b = proposal.match.key
        assert a < b
        assert regions[a] != regions[b]
        assert (a, b) not in market.decisions.vetoed
        assert proposal.match.trades or proposal.chosen is Chosen.KEPT
        assert [failures(trade.case) for trade in proposal.match.trades if failures(trade.case)] == []


@given(market=random_contacts())
def test_every_proposal_has_three_reasons_and_each_is_said_once(market: Contact) -> None:
    for proposal in propose(market).proposals:
        assert len(proposal.reasons) >= 3
        for facts in (proposal.reasons, proposal.unmet):
            assert all(facts.count(fact) == 1 for fact in facts)


@given(market=random_contacts())
def test_list_is_ordered_by_score_then_ids(market: Contact) -> None:
    listed = propose(market).proposals

    order = [(-one.match.score, one.match.key) for one in listed]
    assert order == sorted(order)
    assert [one.rank for one in listed] == list(range(1, len(listed) + 1))


@given(market=random_contacts(), later=random_contacts())
def test_next_list_of_the_same_rows_is_the_same_as_one_made_anew(market: Contact, later: Contact) -> None:
    changed = replace(market, decisions=later.decisions, rules=later.rules)

    again = propose(changed, previous=propose(market))

    assert again == propose(changed)


def test_list_of_other_rows_is_made_anew() -> None:
    market = contact(*COFFEE)
    more = replace(market, offers=(*market.offers, offer(2, 1, "kopi", name="Kopi robusta")))

    assert propose(more, previous=propose(market)) == propose(more)


def test_fingerprint_changes_with_anything_that_counts() -> None:
    market = contact(*COFFEE)
    others = [
        replace(market, weights=replace(Weights(), implied=0.5)),
        replace(market, decisions=Decisions(vetoed={(1, 2): "Bersaing."})),
        replace(market, offers=(replace(market.offers[0], capacity=5),)),
        replace(market, wishes=market.wishes[:1]),
        replace(market, wishes=tuple(replace(wish, area="33") for wish in market.wishes)),
    ]

    prints = {fingerprint(one) for one in [market, *others]}

    assert len(prints) == 6
    assert fingerprint(replace(market, firms=market.firms[::-1])) == fingerprint(market)
    assert propose(market).fingerprint == fingerprint(market)
