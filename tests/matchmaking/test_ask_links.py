"""The link that asks a business whether a commitment is right: revoked, run out, in the wrong hands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking import ask_links
from matchmaking.models import AskLink, Commitment, Confirmation
from matchmaking.timeline import of_pair
from tests.clients import client_of
from tests.deals import agreed_pair, record, terms
from tests.holders import text_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db

YES = {"answer": "agree"}


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def deal(scene: ContactScene) -> Commitment:
    """Return what the guest's office recorded just now; the host's business is asked."""
    return record(agreed_pair(scene), scene.guest_actor, terms(), now=timezone.now())


def address_of(deal: Commitment) -> str:
    """Return where the live link of a commitment leads."""
    _link, token = ask_links.issue(actor=COMMAND, commitment=deal, business=deal.buyer, now=timezone.now())
    return reverse("matchmaking:ask", args=[token])


def page_of(deal: Commitment, name: str, *more: object) -> str:
    return reverse(f"matchmaking:{name}", args=[deal.pair.trade_contact.slug, deal.pair_id, *more])


def revoke(scene: ContactScene, deal: Commitment) -> Any:
    page = page_of(deal, "commitment_ask_revoke", deal.pk)
    return client_of(scene.host).post(page, follow=True)


def test_a_revoked_link_takes_no_answer_and_the_next_has_another_address(
    scene: ContactScene, deal: Commitment, client: Client
) -> None:
    old = address_of(deal)

    said = revoke(scene, deal)
    answers = [client.get(old), client.post(old, YES)]
    new = address_of(deal)

    assert "Tautan konfirmasi dicabut. Bila perlu, kirim yang baru." in text_of(said)
    assert [page.status_code for page in answers] == [410, 410]
    assert "Tautan ini sudah dicabut oleh dinas." in text_of(answers[1])
    assert not Confirmation.objects.exists()
    assert (new != old, client.get(new).status_code, client.get(old).status_code) == (True, 200, 410)


def test_revoking_twice_is_told_once(scene: ContactScene, deal: Commitment) -> None:
    for _press in range(2):
        revoke(scene, deal)

    told = [line.text for line in of_pair(deal.pair, with_notes=False)]
    assert told.count("Tautan konfirmasi dicabut petugas.") == 1


def test_the_button_is_there_while_a_link_is_open(scene: ContactScene, deal: Commitment) -> None:
    page = page_of(deal, "pair_money")
    before = client_of(scene.host).get(page).text
    revoke(scene, deal)
    after = client_of(scene.host).get(page).text

    assert ["Cabut tautannya" in text for text in (before, after)] == [True, False]
    assert ["Kirim tautan konfirmasi" in text for text in (before, after)] == [True, True]
    assert "Cabut tautannya" not in client_of(scene.guest).get(page).text


@pytest.mark.parametrize(("who", "status"), [("guest", 403), ("stranger", 404)])
def test_no_other_office_revokes(scene: ContactScene, deal: Commitment, who: str, status: int) -> None:
    page = page_of(deal, "commitment_ask_revoke", deal.pk)

    response = client_of(getattr(scene, who)).post(page)

    assert response.status_code == status
    assert AskLink.objects.live(timezone.now()).count() == 1


def test_revoking_one_leaves_the_links_of_others(scene: ContactScene, deal: Commitment) -> None:
    other = record(deal.pair, scene.guest_actor, terms(amount=5_000_000), now=timezone.now())

    revoke(scene, deal)

    assert AskLink.objects.live(timezone.now()).get().commitment == other


def test_an_expired_link_takes_no_answer(deal: Commitment, client: Client) -> None:
    address = address_of(deal)
    long_ago = timezone.now() - timedelta(days=40)
    AskLink.objects.update(created_at=long_ago, expires_at=long_ago + ask_links.LIFE)

    response = client.post(address, YES)

    assert response.status_code == 410
    assert "Masa berlaku tautan ini sudah lewat." in text_of(response)
    assert not Confirmation.objects.exists()


def test_a_link_answers_its_own_question_alone(scene: ContactScene, deal: Commitment, client: Client) -> None:
    other = record(deal.pair, scene.guest_actor, terms(amount=5_000_000), now=timezone.now())

    client.post(address_of(deal), YES | {"commitment": str(other.pk), "business": str(deal.seller_id)})

    said = Confirmation.objects.get()
    assert (said.commitment, said.business, said.via) == (deal, scene.host_business, "link")


def test_a_withdrawn_commitment_is_not_asked_about(
    scene: ContactScene, deal: Commitment, client: Client
) -> None:
    address = address_of(deal)
    Commitment.objects.update(withdrawn_at=timezone.now(), withdrawn_reason="Salah.")

    response = client.post(address, YES)

    assert response.status_code == 410
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("act", [ask_links.revoke, ask_links.hand_out])
def test_the_office_of_the_other_side_handles_no_link(
    scene: ContactScene, deal: Commitment, act: Callable[..., object]
) -> None:
    with pytest.raises(PermissionDenied, match="Hanya dinas wilayah pelaku usaha ini"):
        act(actor=scene.guest_actor, commitment=deal, business=deal.buyer, now=timezone.now())
