"""Quotes for one need: who asks, who answers, who reads which, and when the asking ends."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from accounts.actors import Actor, Via
from matchmaking import quotes
from matchmaking.models import Pair, Quote, QuoteRequest
from matchmaking.path import StepNotAllowed
from matchmaking.path_pages import get_request
from matchmaking.quotes import RequestClosed, Terms
from tests.factories import PairFactory, ParticipationFactory, UnitFactory
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 26, 5, tzinfo=UTC)
TODAY, TOMORROW = date(2018, 3, 26), date(2018, 3, 27)


def holder_of(business: object) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def pair_with(scene: ContactScene, *, seller: object = None, step: str = "met") -> Pair:
    """A pair of the host, who buys, with a guest who sells."""
    seller = seller or ParticipationFactory(delegation=scene.guest_delegation).business
    first, second = sorted((seller, scene.host_business), key=lambda business: business.pk)
    return PairFactory(
        trade_contact=scene.trade_contact, business_a=first, business_b=second, step=step, step_at=NOW
    )


def ask(scene: ContactScene, **values: object) -> QuoteRequest:
    values = {
        "actor": holder_of(scene.host_business),
        "trade_contact": scene.trade_contact,
        "buyer": scene.host_business,
        "need": None,
        "what": "1.000 kotak kue",
        "closes_on": TOMORROW,
        "closes_at_count": None,
        "now": NOW,
        "today": TODAY,
        **values,
    }
    return quotes.open_request(**values)


def give(request: QuoteRequest, pair: Pair, price: int, **values: object) -> Quote:
    seller = pair.partner_of(request.buyer_id)
    values = {"actor": holder_of(seller), "now": NOW, "today": TODAY, **values}
    terms = Terms(price_rupiah=price, quantity=1_000, unit=UnitFactory())
    return quotes.give_quote(request=request, pair=pair, terms=terms, **values)


def test_asking_twice_is_one_request() -> None:
    scene = make_contact()

    assert ask(scene) == ask(scene)
    assert QuoteRequest.objects.count() == 1


def test_asking_needs_an_end_that_lies_ahead_and_the_buyer() -> None:
    scene = make_contact()

    with pytest.raises(ValidationError, match="Isi tanggal tutup, atau setelah berapa penawaran"):
        ask(scene, closes_on=None)
    with pytest.raises(ValidationError, match="Pilih tanggal tutup mulai hari ini"):
        ask(scene, closes_on=date(2018, 3, 25))
    with pytest.raises(PermissionDenied, match="oleh pembeli sendiri atau dinas wilayahnya"):
        ask(scene, actor=scene.guest_actor)


def test_a_quote_takes_the_step_and_can_be_corrected() -> None:
    scene = make_contact()
    request, pair = ask(scene), pair_with(scene)
    first = give(request, pair, 2_400)

    second = give(request, pair, 2_300)

    assert (first.pk, second.price_rupiah, second.total_rupiah) == (second.pk, 2_300, 2_300_000)
    assert Pair.objects.get(pk=pair.pk).step == "quote"


def test_the_last_one_that_was_waited_for_closes_the_request() -> None:
    scene = make_contact()
    request = ask(scene, closes_at_count=2)
    first, last, late = pair_with(scene), pair_with(scene), pair_with(scene)
    give(request, first, 2_400)
    give(request, last, 2_500)
    give(request, last, 2_500)  # the same press again

    with pytest.raises(RequestClosed, match="sudah menerima 2 penawaran"):
        give(request, late, 2_000)
    with pytest.raises(RequestClosed, match="sudah menerima 2 penawaran"):
        give(request, first, 2_399)

    assert QuoteRequest.objects.get(pk=request.pk).closed_at == NOW


def test_a_day_that_has_passed_and_the_buyers_hand_close_it_too() -> None:
    scene = make_contact()
    request, pair = ask(scene), pair_with(scene)

    with pytest.raises(RequestClosed, match="ditutup menurut tanggalnya"):
        give(request, pair, 2_400, today=date(2018, 3, 28))
    quotes.close_request(actor=scene.host_actor, request=request, now=NOW)
    with pytest.raises(RequestClosed, match="sudah ditutup oleh pembeli"):
        give(request, pair, 2_400)
    with pytest.raises(PermissionDenied, match="Permintaan ditutup oleh pembeli sendiri"):
        quotes.close_request(actor=scene.guest_actor, request=request, now=NOW)


def test_only_the_seller_of_an_agreed_pair_of_the_buyer_quotes() -> None:
    scene = make_contact()
    request, pair = ask(scene), pair_with(scene)
    scene.make_pair()
    foreign = scene.make_pair()  # of another buyer

    with pytest.raises(PermissionDenied, match="oleh penjual sendiri atau dinas wilayahnya"):
        give(request, pair, 2_400, actor=scene.host_actor)
    with pytest.raises(PermissionDenied, match="bukan milik pembeli yang meminta"):
        give(request, foreign, 2_400, actor=scene.guest_actor)
    with pytest.raises(StepNotAllowed, match="baru sampai “diusulkan”"):
        give(request, pair_with(scene, step="proposed"), 2_400)


def test_sellers_do_not_read_what_others_ask() -> None:
    scene = make_contact()
    request = ask(scene)
    mine, other = pair_with(scene), pair_with(scene)
    give(request, mine, 2_400)
    give(request, other, 2_100)
    seller = mine.partner_of(scene.host_business.pk)

    read = {
        name: [quote.price_rupiah for quote in quotes.columns_of(actor, request)]
        for name, actor in [
            ("buyer", holder_of(scene.host_business)),
            ("buyer's office", scene.host_actor),
            ("seller", holder_of(seller)),
            ("sellers' office", scene.guest_actor),
            ("stranger", scene.stranger_actor),
        ]
    }

    assert read == {
        "buyer": [2_100, 2_400],
        "buyer's office": [2_100, 2_400],
        "seller": [2_400],
        "sellers' office": [2_100, 2_400],
        "stranger": [],
    }


def test_a_third_office_and_a_partner_that_is_not_agreed_do_not_read_a_request() -> None:
    scene = make_contact()
    asked = ask(scene)
    met, proposed = pair_with(scene), pair_with(scene, seller=scene.guest_business, step="proposed")

    for actor, pair in ((scene.stranger_actor, met), (holder_of(scene.guest_business), proposed)):
        with pytest.raises(Http404):
            get_request(actor, pair, asked.pk)
