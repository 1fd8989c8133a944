"""What one business reads about its trade contacts and partners."""

from datetime import date

import pytest

from accounts.actors import Actor, Via
from matchmaking.invitations import Offer, invitations_of, next_waiting
from matchmaking.models import Pair
from matchmaking.reasons import Sentence
from products.models import Business
from tests.factories import BusinessFactory, PairFactory, ParticipationFactory
from tests.matchmaking.market_scene import make_market
from tests.scenes import CLOSED, NOON, make_contact

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2018, 3, 1), date(2018, 4, 1)


def holder(business: Business) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


@pytest.mark.parametrize(
    ("own", "partner", "state"),
    [
        ("", "", Sentence("wait", "Menunggu jawaban Anda")),
        ("", "yes", Sentence("wait", "Mitra mau, menunggu Anda")),
        ("", "other_time", Sentence("wait", "Mitra minta jam lain, menunggu Anda")),
        ("", "no", Sentence("no", "Mitra belum berminat")),
        ("yes", "", Sentence("wait", "Anda mau, menunggu mitra")),
        ("yes", "yes", Sentence("yes", "Sama-sama mau")),
        ("yes", "other_time", Sentence("wait", "Anda mau, mitra minta jam lain")),
        ("yes", "no", Sentence("no", "Mitra belum berminat")),
        ("no", "", Sentence("no", "Jawaban Anda: Tidak")),
        ("no", "yes", Sentence("no", "Jawaban Anda: Tidak")),
        ("no", "no", Sentence("no", "Jawaban Anda: Tidak")),
        ("other_time", "", Sentence("wait", "Jawaban Anda: Jam lain")),
        ("other_time", "yes", Sentence("wait", "Jawaban Anda: Jam lain")),
        ("other_time", "no", Sentence("no", "Mitra belum berminat")),
    ],
)
def test_state_says_what_the_reader_needs_to_know(own: str, partner: str, state: Sentence) -> None:
    scene = make_contact()

    as_a = Offer(scene.make_pair(answer_a=own, answer_b=partner), scene.guest_business)
    mirrored = Pair(
        trade_contact=scene.trade_contact, answer_a=partner, answer_b=own, **sides(scene.host_business)
    )
    as_b = Offer(mirrored, scene.host_business)

    assert as_a.state == state
    assert as_b.state == state


@pytest.mark.parametrize(
    ("pair_is", "is_locked", "state"),
    [
        (CLOSED, False, Sentence("", "Ditutup")),
        (CLOSED | {"answer_a": "yes"}, False, Sentence("", "Ditutup")),
        (CLOSED | {"answer_a": "yes", "answer_b": "yes"}, False, Sentence("yes", "Sama-sama mau")),
        ({"step": "met", "step_at": NOON}, False, Sentence("", "Sudah bertemu")),
        ({}, True, Sentence("", "Belum dijawab, jawaban sudah dikunci")),
    ],
)
def test_what_takes_no_answer_is_not_said_to_wait(pair_is: dict, state: Sentence, *, is_locked: bool) -> None:
    scene = make_contact(trade_contact__answers_locked_at=NOON if is_locked else None)

    offer = Offer(scene.make_pair(**pair_is), scene.guest_business)

    assert (offer.is_waiting, offer.state) == (False, state)


def sides(reader: Business) -> dict[str, Business]:
    """Return the businesses of a pair whose second one is the reader."""
    return {"business_a": Business(pk=reader.pk - 1), "business_b": reader}


def test_seller_and_buyer_read_the_same_trade_each_as_theirs() -> None:
    market = make_market()
    market.propose()
    pair = Pair.objects.with_businesses().get(business_b=market.shop)

    seller, buyer = Offer(pair, market.roaster), Offer(pair, market.shop)

    assert seller.trades == [
        "Mencari “Kopi bubuk, kemasan hadiah”. Anda menawarkan Kopi arabika Pangalengan."
    ]
    assert buyer.trades == ["Menawarkan Kopi arabika Pangalengan. Anda mencari “Kopi bubuk, kemasan hadiah”."]
    assert len(seller.reasons) >= 3
    assert {reason.kind for reason in seller.reasons} == {"good"}
    assert {question.kind for question in seller.questions} == {"open"}


def test_implied_trade_says_that_it_is_usual() -> None:
    scene = make_contact()
    trade = {
        "seller_id": scene.guest_business.pk,
        "buyer_id": scene.host_business.pk,
        "product": "Kotak kue",
        "need": None,
        "implied": True,
        "implied_need": {"id": "kotak kemasan", "en": "boxes"},
    }
    pair = scene.make_pair(trades=[trade])

    assert Offer(pair, scene.guest_business).trades == [
        "Biasanya membeli kotak kemasan. Anda menawarkan Kotak kue."
    ]
    assert Offer(pair, scene.host_business).trades == [
        "Menawarkan Kotak kue. Usaha seperti Anda biasanya membeli kotak kemasan."
    ]


def test_offers_stand_best_first_under_their_trade_contact() -> None:
    scene = make_contact()
    business = scene.guest_business
    second = scene.make_pair(rank=2)
    first = another_pair(scene, rank=1)
    agreed = another_pair(scene, rank=3, answer_a="yes", answer_b="yes")
    refused = another_pair(scene, rank=4, answer_a="no")
    declined = another_pair(scene, rank=5, answer_b="no")
    another_pair(scene, rank=6, hidden_at="2018-03-01T00:00Z", staff_reason="Sudah bekerja sama.")

    invitation = invitations_of(holder(business), business, BEFORE)[0]

    assert (invitation.trade_contact, invitation.is_past) == (scene.trade_contact, False)
    assert [offer.pair for offer in invitation.waiting] == [first, second]
    assert [offer.pair for offer in invitation.agreed] == [agreed]
    assert [offer.pair for offer in invitation.answered] == [refused, declined]


def test_business_without_offers_still_sees_when_and_where() -> None:
    scene = make_contact()

    invitations = invitations_of(holder(scene.guest_business), scene.guest_business, BEFORE)

    assert [(item.trade_contact, item.offers) for item in invitations] == [(scene.trade_contact, [])]


def test_past_contact_is_left_with_its_agreed_pairs_only() -> None:
    scene = make_contact()
    scene.make_pair(answer_a="yes")
    agreed = another_pair(scene, answer_a="yes", answer_b="yes")

    invitations = invitations_of(holder(scene.guest_business), scene.guest_business, AFTER)

    assert [(item.is_past, [offer.pair for offer in item.offers]) for item in invitations] == [
        (True, [agreed])
    ]


def test_business_in_no_contact_has_no_invitation() -> None:
    make_contact().make_pair()
    business = BusinessFactory()

    assert invitations_of(holder(business), business, BEFORE) == []


def test_next_waiting_offer_is_the_best_one_without_an_answer() -> None:
    scene = make_contact()
    business = scene.guest_business
    scene.make_pair(rank=1, answer_a="yes")
    another_pair(scene, rank=1, answer_b="no")
    another_pair(scene, rank=3)
    best = another_pair(scene, rank=2)

    offer = next_waiting(holder(business), business, BEFORE)

    assert offer is not None
    assert offer.pair == best
    assert next_waiting(holder(business), business, AFTER) is None


def another_pair(scene: object, **values: object) -> Pair:
    """Return a pair of the guest's business with a new business of the host."""
    partner = ParticipationFactory(delegation=scene.host_delegation).business
    return PairFactory(
        trade_contact=scene.trade_contact, business_a=scene.guest_business, business_b=partner, **values
    )
