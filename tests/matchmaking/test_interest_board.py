"""The interest board: the same counts for both offices, every answer, and whom to call."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.utils import timezone

from accounts.actors import Actor, Via
from matchmaking.interest import record_answer
from matchmaking.models import Answer
from products.models import Business
from tests.clients import admin_client, client_of, page_of
from tests.factories import PersonalLinkFactory
from tests.scenes import CLOSED, ContactScene, make_contact

pytestmark = pytest.mark.django_db


def one_pair_of_each_state(scene: ContactScene) -> None:
    for answers in (("yes", "yes"), ("", "yes"), ("other_time", "yes"), ("", ""), ("no", "yes")):
        scene.make_pair(answer_a=answers[0], answer_b=answers[1])
    scene.make_pair(hidden_at=timezone.now(), staff_reason="Salah usaha.")
    scene.make_pair(rank=None)


def counts(response: Any) -> dict[str, int]:
    return {segment.state.value: segment.count for segment in response.context["counts"]}


def test_both_officers_and_the_admin_see_the_same_counts() -> None:
    scene = make_contact()
    one_pair_of_each_state(scene)
    page = page_of(scene, "interest_board")

    seen = [
        counts(client.get(page)) for client in (client_of(scene.guest), client_of(scene.host), admin_client())
    ]

    expected = {"both_yes": 1, "one_yes": 1, "other_time": 1, "unanswered": 1, "declined": 1}
    assert seen == [expected] * 3


@pytest.mark.parametrize("state", ["both_yes", "one_yes", "other_time", "unanswered", "declined"])
def test_a_count_leads_to_its_pairs(state: str) -> None:
    scene = make_contact()
    one_pair_of_each_state(scene)

    response = client_of(scene.guest).get(page_of(scene, "interest_board"), {"jawaban": state})

    assert [row.state for row in response.context["rows"]] == [state]
    assert f'href="?jawaban={state}" aria-current="true"' in response.text


def test_own_side_stands_first_with_what_when_and_through_what() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    holder = Actor(via=Via.LINK, business_id=scene.guest_business.pk)
    record_answer(actor=holder, pair=pair, business=scene.guest_business, answer=Answer.NO)
    record_answer(actor=holder, pair=pair, business=scene.guest_business, answer=Answer.YES, note="Sore.")
    record_answer(actor=scene.host_actor, pair=pair, business=scene.host_business, answer=Answer.OTHER_TIME)
    page = page_of(scene, "interest_board")

    row = client_of(scene.host).get(page).context["rows"][0]
    text = client_of(scene.guest).get(page).text

    assert (row.first.business, row.first.interest.answer) == (scene.host_business, "other_time")
    assert (row.second.business, row.second.interest.answer) == (scene.guest_business, "yes")
    assert "tautan pribadi" in text
    assert f"diisi oleh petugas, {scene.host.user.name}" in text
    assert "“Sore.”" in text


def test_filters_and_orders_of_the_answers() -> None:
    scene = make_contact()
    waiting, answered = scene.make_pair(rank=1), scene.make_pair(rank=2)
    scene.make_pair(rank=3, answer_a="no")
    scene.make_pair(rank=4, **CLOSED)
    record_answer(actor=scene.guest_actor, pair=answered, business=answered.business_a, answer=Answer.YES)
    client, page = client_of(scene.guest), page_of(scene, "interest_board")

    def ranks(**query: str) -> list[int | None]:
        return [row.pair.rank for row in client.get(page, query).context["rows"]]

    assert ranks() == ranks(urut="jawaban") == [2, 1, 3, 4]
    assert ranks(urut="urutan") == [1, 2, 3, 4]
    assert ranks(menunggu="kami") == [1]
    assert ranks(menunggu="mitra") == [2, 1]
    assert ranks(lewat="account") == ranks(q=answered.business_a.name) == [2]
    assert ranks(lewat="link") == ranks(q="tidak ada") == []
    assert waiting.rank == 1


def test_call_list_has_numbers_and_ready_texts_of_the_own_region_only() -> None:
    scene = make_contact()
    scene.make_pair()
    scene.make_pair(answer_a="no")
    for business, phone in ((scene.guest_business, "+628121111111"), (scene.host_business, "+628122222222")):
        Business.objects.filter(pk=business.pk).update(phone=phone, owner_name=f"Pemilik {phone[-1]}")
    client, page = client_of(scene.guest), page_of(scene, "interest_board")

    response = client.get(page, {"lihat": "telepon"})

    own, other = response.context["calls"]
    assert (own.business, own.is_own, own.participation.waiting_count) == (scene.guest_business, True, 1)
    assert (other.business, other.is_own, other.whatsapp) == (scene.host_business, False, "")
    assert own.whatsapp.startswith("https://wa.me/628121111111?text=Selamat%20pagi")
    assert f"Ada 1 calon mitra dari {scene.trade_contact.title}" in unquote(own.whatsapp)
    assert "Dihubungi oleh dinas daerahnya." in response.text
    for private in ("2222", "Pemilik 2"):
        assert private not in response.text


def test_call_list_offers_a_link_or_to_fill_in_the_missing_number() -> None:
    scene = make_contact()
    scene.make_pair()
    client, page = client_of(scene.guest), page_of(scene, "interest_board")

    before = client.get(page, {"lihat": "telepon"}).text
    PersonalLinkFactory(business=scene.guest_business)
    after = client.get(page, {"lihat": "telepon"}).text

    assert "Isi nomor" in before
    assert "Buat tautan" in before
    assert "Buat lagi" in after


def test_everybody_has_answered() -> None:
    scene = make_contact()
    scene.make_pair(answer_a="yes", answer_b="no")

    response = client_of(scene.guest).get(page_of(scene, "interest_board"), {"lihat": "telepon"})

    assert "Semua pelaku usaha sudah menjawab." in response.text


def test_empty_board_leads_to_the_proposals() -> None:
    scene = make_contact()

    response = client_of(scene.guest).get(page_of(scene, "interest_board"))

    assert "Belum ada pasangan yang dapat dijawab" in response.text
    assert page_of(scene, "proposals") in response.text


def test_third_office_sees_no_board() -> None:
    scene = make_contact()

    assert client_of(scene.stranger).get(page_of(scene, "interest_board")).status_code == 404


@pytest.mark.parametrize(("query", "queries"), [({}, 9), ({"lihat": "telepon"}, 8)])
@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_for_one_and_for_many(
    count: int, query: dict, queries: int, django_assert_num_queries: Any
) -> None:
    scene = make_contact()
    for _number in range(count):
        pair = scene.make_pair()
        record_answer(actor=scene.guest_actor, pair=pair, business=pair.business_a, answer=Answer.YES)
        scene.make_pair()
    client, page = client_of(scene.guest), page_of(scene, "interest_board")

    with django_assert_num_queries(queries):
        client.get(page, query)
