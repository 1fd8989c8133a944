"""An open programme without a day: partners are shown so that nobody takes all the places."""

import pytest

from accounts.actors import Actor, Via
from matchmaking.engine import propose
from matchmaking.invitations import invitations_of, next_waiting
from matchmaking.models import Pair
from matchmaking.pairing import places_shown
from matchmaking.pairing_inputs import contact_values
from tests.factories import NeedFactory, ParticipationFactory
from tests.matchmaking.market_scene import TODAY, Market, make_market

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> Market:
    market = make_market()
    for text in ("Kopi bubuk", "Kopi arabika biji"):
        shop = ParticipationFactory(delegation=market.scene.host_delegation).business
        NeedFactory(business=shop, category=market.coffee, text=text)
    return market


def open_up(market: Market) -> None:
    contact = market.scene.trade_contact
    contact.starts_on = contact.ends_on = None
    contact.save()


def test_places_of_both_sides_are_stored(market: Market) -> None:
    open_up(market)
    market.propose()

    places = places_shown(propose(contact_values(market.scene.trade_contact, TODAY)).proposals)
    pairs = Pair.objects.filter(rank__isnull=False)
    assert pairs.count() == 3
    for pair in pairs:
        assert pair.place_a == places[pair.business_a_id, pair.business_b_id]
        assert pair.place_b == places[pair.business_b_id, pair.business_a_id]
    own = [pair.place_a if pair.business_a == market.roaster else pair.place_b for pair in pairs]
    assert sorted(own) == [1, 2, 3]


def test_contact_with_a_day_has_no_places(market: Market) -> None:
    open_up(market)
    market.propose()
    contact = market.scene.trade_contact
    contact.starts_on = contact.ends_on = TODAY
    contact.save()

    market.propose()

    assert set(Pair.objects.values_list("place_a", "place_b")) == {(None, None)}


def test_business_is_shown_its_partners_by_its_own_places(market: Market) -> None:
    open_up(market)
    market.propose()
    ranked = list(Pair.objects.in_order())
    for place, pair in enumerate(reversed(ranked), start=1):
        side = "place_a" if pair.business_a == market.roaster else "place_b"
        Pair.objects.filter(pk=pair.pk).update(**{side: place})
    actor = Actor(via=Via.LINK, business_id=market.roaster.pk)

    [invitation] = invitations_of(actor, market.roaster, TODAY)

    assert [offer.pair for offer in invitation.offers] == ranked[::-1]
    first = next_waiting(actor, market.roaster, TODAY)
    assert first is not None
    assert first.pair == ranked[-1]
