"""The pages of a pair's commitments cost the same for one row and for many, behind every door."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking import ask_links
from matchmaking.models import Pair
from tests.clients import client_of, page_of
from tests.deals import agreed_pair, orders_with_words, say
from tests.holders import holder_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def pair(scene: ContactScene) -> Pair:
    return agreed_pair(scene)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("door", "queries"), [("seller", 8), ("buyer", 8), ("link", 5)])
def test_the_list_costs_the_same_for_one_and_for_many(
    scene: ContactScene, pair: Pair, count: int, door: str, queries: int, django_assert_num_queries: Any
) -> None:
    orders_with_words(pair, count)
    client, page = Client(), holder_of(scene.host_business).path("link_pair_money", pair.pk)
    if door != "link":
        client = client_of(scene.guest if door == "seller" else scene.host)
        page = page_of(scene, "pair_money", pair.pk)
    client.get(page)

    with django_assert_num_queries(queries):
        response = client.get(page)

    assert response.text.count("<article") == 2 * count
    assert response.text.count("Cabut tautannya") == (count if door == "buyer" else 0)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("door", "queries"), [("office", 8), ("link", 6)])
def test_recording_costs_the_same_whatever_it_may_grow_from(
    scene: ContactScene, pair: Pair, count: int, door: str, queries: int, django_assert_num_queries: Any
) -> None:
    orders = orders_with_words(pair, count)
    client, page = Client(), holder_of(scene.guest_business).path("link_commitment_new", pair.pk)
    if door == "office":
        client, page = client_of(scene.guest), page_of(scene, "commitment_new", pair.pk)
    client.get(page)

    with django_assert_num_queries(queries):
        response = client.get(page)

    assert [f'<option value="{order.pk}"' in response.text for order in orders] == [True] * count


@pytest.mark.parametrize("count", [1, 3])
def test_an_ask_link_costs_the_same_whatever_else_the_pair_has(
    pair: Pair, client: Client, count: int, django_assert_num_queries: Any
) -> None:
    order = orders_with_words(pair, count)[0]
    _link, token = ask_links.issue(
        actor=COMMAND, commitment=order, business=pair.business_b, now=timezone.now()
    )
    page = reverse("matchmaking:ask", args=[token])
    for number in range(count):
        say(order, pair.business_b, "other_amount", amount_rupiah=number + 7)
    client.get(page)

    with django_assert_num_queries(2):
        client.get(page)
