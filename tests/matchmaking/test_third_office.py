"""An office that takes part in a contact, but has no side of a pair, reads neither contacts nor notes."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor, Via
from matchmaking.delegations import remove_participant
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Pair
from products.models import Business
from regions.models import OfficeMember
from tests.clients import admin_client
from tests.factories import DelegationFactory, OfficeMemberFactory, ParticipationFactory
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
NOTE = "minta sesudah pukul 13.00"


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def third(scene: ContactScene) -> OfficeMember:
    """An officer of a second guest office of the same contact."""
    member = OfficeMemberFactory()
    DelegationFactory(trade_contact=scene.trade_contact, office=member.office)
    return member


@pytest.fixture
def agreed(scene: ContactScene) -> Pair:
    """A pair of the guest and the host that both want, with a phone number and a note."""
    Business.objects.filter(pk=scene.host_business.pk).update(phone="+6281270009999", owner_name="Ibu Q.")
    pair = scene.make_pair()
    for business in (scene.guest_business, scene.host_business):
        actor = Actor(via=Via.LINK, business_id=business.pk)
        record_answer(actor=actor, pair=pair, business=business, answer=Answer.YES, note=NOTE)
    return pair


def pages(client: Client, member: OfficeMember, pair: Pair) -> str:
    client.force_login(member.user)
    slug = pair.trade_contact.slug
    addresses = [
        reverse("matchmaking:pair_detail", args=[slug, pair.pk]),
        reverse("matchmaking:interest_board", args=[slug]),
    ]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_offices_of_the_pair_read_contacts_and_notes(
    client: Client, scene: ContactScene, agreed: Pair
) -> None:
    text = pages(client, scene.guest, agreed)

    assert [words in text for words in ("0812-7000-9999", "Ibu Q.", NOTE)] == [True, True, True]


def test_third_office_reads_neither(client: Client, third: OfficeMember, agreed: Pair) -> None:
    text = pages(client, third, agreed)

    assert scene_name(agreed) in text
    assert [words in text for words in ("0812-7000-9999", "6281270009999", "Ibu Q.", NOTE)] == [False] * 4
    assert "Kontaknya terbuka setelah" not in text  # both said Mau, and it stays closed
    assert "Kontaknya hanya untuk kedua usaha dan dinasnya." in text


def test_admin_reads_notes_on_the_pair_page_and_on_the_board(agreed: Pair) -> None:
    client = admin_client()
    slug = agreed.trade_contact.slug

    pair = client.get(reverse("matchmaking:pair_detail", args=[slug, agreed.pk])).text
    board = client.get(reverse("matchmaking:interest_board", args=[slug])).text

    assert [NOTE in pair, NOTE in board] == [True, True]


def scene_name(pair: Pair) -> str:
    return pair.business_a.name


def test_why_a_business_was_taken_out_is_read_by_its_office_alone(
    client: Client, scene: ContactScene
) -> None:
    gone = ParticipationFactory(delegation=scene.guest_delegation)
    remove_participant(actor=scene.guest_actor, participation=gone, reason="tunggakan iuran")
    address = reverse("matchmaking:contact_overview", args=[scene.trade_contact.slug])

    texts = []
    for member in (scene.guest, scene.host):
        client.force_login(member.user)
        texts.append(client.get(address).content.decode())

    assert [gone.business.name in text for text in texts] == [True, True]
    assert ["tunggakan iuran" in text for text in texts] == [True, False]
