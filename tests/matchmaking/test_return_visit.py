"""The return visit: roles swapped, open pairs brought along once, history linked both ways."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from matchmaking.models import Delegation, Pair, TradeContact
from matchmaking.return_visit import open_return_visit
from matchmaking.timeline import of_pair
from tests.clients import client_of, page_of
from tests.factories import DelegationFactory
from tests.holders import text_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 22, 5, tzinfo=UTC)
DAY = date(2018, 9, 5)


def go_back(scene: ContactScene, **values: Any) -> tuple[TradeContact, bool]:
    values = {"actor": scene.host_actor, "host": scene.guest_delegation, **values}
    return open_return_visit(
        trade_contact=scene.trade_contact, starts_on=DAY, ends_on=DAY, place="Gedung Sate", **values
    )


def pair_at(scene: ContactScene, step: str, **values: object) -> Pair:
    return scene.make_pair(step=step, step_at=NOW, **values)


def roles_of(contact: TradeContact) -> dict[int, str]:
    return dict(contact.delegations.values_list("office_id", "role"))


def test_host_and_guest_change_places() -> None:
    scene = make_contact()

    visit, is_new = go_back(scene)

    assert is_new
    assert (visit.return_of, visit.starts_on, visit.place) == (scene.trade_contact, DAY, "Gedung Sate")
    assert visit.title.startswith("Kunjungan balasan ")
    assert roles_of(visit) == {scene.guest.office_id: "host", scene.host.office_id: "guest"}


def test_open_pairs_come_along_with_their_businesses_and_are_asked_anew() -> None:
    scene = make_contact()
    first = pair_at(scene, "sample", answer_a="yes", answer_b="yes", trades=[{"seller_id": 1}])
    pair_at(scene, "closed", closed_reason="price")
    pair_at(scene, "met", hidden_at=NOW, staff_reason="Salah.")
    scene.make_pair()

    visit, _is_new = go_back(scene)

    pair = visit.pairs.get()
    assert (pair.continues, pair.step, pair.answer_a, pair.trades) == (first, "proposed", "", first.trades)
    brought = visit.delegations.order_by("role").values_list("role", "participations__business")
    assert list(brought) == [("guest", scene.host_business.pk), ("host", scene.guest_business.pk)]
    assert Pair.objects.shown().filter(pk=pair.pk).exists()


def test_history_leads_both_ways() -> None:
    scene = make_contact()
    first = pair_at(scene, "sample")

    visit, _is_new = go_back(scene)

    assert [line.text for line in of_pair(first, with_notes=False)] == [f"Dilanjutkan dalam {visit.title}."]
    assert [line.text for line in of_pair(visit.pairs.get(), with_notes=False)] == [
        "Melanjutkan pasangan dari kontak dagang sebelumnya, yang sudah sampai “contoh”."
    ]


def test_asking_again_returns_the_same_visit() -> None:
    scene = make_contact()
    pair_at(scene, "met")

    visits = [go_back(scene), go_back(scene, actor=scene.guest_actor)]

    assert visits[1] == (visits[0][0], False)
    assert (TradeContact.objects.count(), Pair.objects.count()) == (2, 2)


def test_further_guests_come_as_guests_and_one_of_the_guests_receives() -> None:
    scene = make_contact()
    third = DelegationFactory(trade_contact=scene.trade_contact, role=Delegation.Role.GUEST)

    with pytest.raises(ValidationError, match="Pilih salah satu dinas tamu sebagai tuan rumah"):
        go_back(scene, host=scene.host_delegation)
    visit, _is_new = go_back(scene)

    assert roles_of(visit)[third.office_id] == "guest"


def test_the_page_opens_it_and_both_contacts_and_pairs_lead_to_each_other() -> None:
    scene = make_contact()
    first = pair_at(scene, "met")
    client, address = client_of(scene.host), page_of(scene, "return_visit_new")
    asks = text_of(client.get(address))
    data = {"host": scene.guest_delegation.pk, "starts_on": "2018-09-05", "place": "Gedung Sate"}

    opened = text_of(client.post(address, data, follow=True))
    again = text_of(client.post(address, data, follow=True))

    assert "1 pasangan yang masih jalan ikut dibawa" in asks
    assert f'Kunjungan balasan dari <a href="{page_of(scene, "contact_overview")}"' in opened
    assert "sudah ada, jadi tidak dibuka dua kali" in again
    assert "Kunjungan balasannya:" in text_of(client.get(page_of(scene, "contact_overview")))
    assert "Dilanjutkan dalam" in text_of(client.get(page_of(scene, "pair_detail", first.pk)))
    following = Pair.objects.get(continues=first)
    page = client.get(reverse("matchmaking:pair_detail", args=[following.trade_contact.slug, following.pk]))
    assert "Melanjutkan" in text_of(page)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"ends_on": "2018-09-05"}, "Isi tanggal mulai juga."),
        (
            {"starts_on": "2018-09-05", "ends_on": "2018-09-04"},
            "Tanggal selesai tidak boleh sebelum tanggal mulai.",
        ),
        ({"host": "0"}, "Pilih salah satu dinas tamu sebagai tuan rumah."),
    ],
)
def test_what_is_wrong_is_said(data: dict[str, str], text: str) -> None:
    scene = make_contact()
    data = {"host": str(scene.guest_delegation.pk), **data}

    response = client_of(scene.host).post(page_of(scene, "return_visit_new"), data)

    assert response.status_code == 422
    assert text in text_of(response)


def test_a_contact_with_the_same_dates_is_not_taken_for_the_return_visit() -> None:
    scene = make_contact()
    visit, _is_new = go_back(scene)
    TradeContact.objects.filter(pk=visit.pk).update(return_of=None)

    with pytest.raises(ValidationError, match="Kontak dagang dengan tanggal ini sudah ada"):
        go_back(scene)
