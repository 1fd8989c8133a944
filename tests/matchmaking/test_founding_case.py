"""The founding case, from the two sample lists to pairs that can be defended."""

from collections import Counter
from datetime import date
from statistics import median

import pytest

from benchmarks.founding_case import make_founding_case
from matchmaking.engine import Proposals, propose
from matchmaking.engine.gates import failures
from matchmaking.engine.values import Contact
from matchmaking.pairing_inputs import contact_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
TODAY = date(2018, 3, 12)


@pytest.fixture
def contact() -> Contact:
    return contact_values(make_founding_case(), TODAY)


@pytest.fixture
def listed(contact: Contact) -> Proposals:
    return propose(contact)


def test_both_delegations_are_in_it(contact: Contact) -> None:
    assert Counter(firm.region for firm in contact.firms) == {"32.04": 31, "33.72": 20}
    assert len(contact.wishes) == 40


def test_nobody_who_can_be_served_is_at_zero_and_nobody_above_twice_the_median(listed: Proposals) -> None:
    counts = listed.choice.counts()

    servable = {firm for pair in listed.possible for firm in pair}
    assert servable == set(counts)
    assert max(counts.values()) <= min(8, 2 * median(counts.values()))
    assert len(counts) >= 50


def test_both_trade_directions_are_proposed(contact: Contact, listed: Proposals) -> None:
    region = {firm.id: firm.region for firm in contact.firms}

    sellers = {region[trade.offer.firm] for one in listed.proposals for trade in one.match.trades}

    assert sellers == {"32.04", "33.72"}


def test_every_stated_trade_is_of_the_wanted_kind_and_passes_every_gate(listed: Proposals) -> None:
    trades = [trade for one in listed.proposals for trade in one.match.trades]

    assert [trade.offer.name for trade in trades if failures(trade.case)] == []
    stated = {(trade.wish.text.split()[0], trade.offer.name) for trade in trades if not trade.is_implied}
    assert stated == {
        ("Kain", "Kain katun twill putih lebar 150 cm"),
        ("Kain", "Kain rayon polos warna"),
        ("Keripik", "Keripik singkong pedas 200 g"),
        ("Kopi", "Kopi arabika Pangalengan 250 g"),
        ("Kotak", "Dus kemasan food grade cetak 1 warna"),
        ("Sandal", "Sandal kulit wanita"),
        ("Sepatu", "Sepatu kets anak jahit"),
        ("Sepatu", "Sepatu pantofel pria kulit sapi"),
        ("Standing", "Standing pouch aluminium 100 g"),
        ("Teh", "Teh hijau celup 25 kantong"),
        ("Wayang", "Lampu hias bambu"),
        ("Wayang", "Wayang golek ukuran 40 cm"),
    }


def test_halal_in_process_is_never_sold_to_a_buyer_who_requires_halal(listed: Proposals) -> None:
    required = [
        (trade.offer, trade.wish.certificates)
        for one in listed.proposals
        for trade in one.match.trades
        if trade.wish.certificates
    ]

    assert len(required) > 10
    for offer, kinds in required:
        proofs = {certificate.kind: certificate.proof.value for certificate in offer.certificates}
        assert [proofs.get(kind) for kind in kinds] == ["claimed"] * len(kinds)


def test_every_proposal_says_at_least_three_reasons(listed: Proposals) -> None:
    assert [one.match.key for one in listed.proposals if len(one.reasons) < 3] == []


def test_stated_trades_come_before_implied_ones(listed: Proposals) -> None:
    only_implied = [all(trade.is_implied for trade in one.match.trades) for one in listed.proposals]

    assert only_implied == sorted(only_implied)
    assert 0 < sum(only_implied) < len(only_implied)
