"""Withdrawing: the person is gone from every table, what was counted is still counted."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.history import entries_of
from matchmaking.inquiries import close_inquiry, turn_into_pair
from matchmaking.interest import record_answer
from matchmaking.mails import tell_about_both_yes, tell_about_inquiry
from matchmaking.models import Answer, AskLink, Inquiry, Pair
from outbox.models import Message
from tests.deals import record, terms
from tests.factories import (
    BusinessFactory,
    InquiryFactory,
    MessageFactory,
    OfficeFactory,
    PairFactory,
    ParticipationFactory,
    ProductFactory,
    actor_of,
)
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db

PERSON = {
    "sender_name": "Budi Purnomohadi",
    "company": "",
    "phone": "+6281234567890",
    "email": "budi@pembeli.test",
    "message": "Rahasia dapur kami.",
}


@pytest.fixture
def scene() -> ContactScene:
    scene = make_contact()
    type(scene.guest_business).objects.update(email="penjual@contoh.test")
    return scene


def make_inquiry(scene: ContactScene, **values: Any) -> Inquiry:
    product = ProductFactory(business=scene.guest_business, name="Sepatu derby")
    sent = PERSON | {"region": scene.host.office.region, "quantity": 40}
    return InquiryFactory(business=scene.guest_business, product=product, **sent | values)


def withdraw(client: Client, inquiry: Inquiry) -> Any:
    return client.post(reverse("matchmaking:inquiry_withdraw", args=[inquiry.form_token]))


def tables_with(word: str) -> list[str]:
    """Return every table of the portal in which ``word`` stands anywhere."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = []
        for name in names:
            table = connection.ops.quote_name(name)
            cursor.execute(f"SELECT 1 FROM {table} AS t WHERE t::text ILIKE %s LIMIT 1", [f"%{word}%"])  # noqa: S608
            found += [name] if cursor.fetchone() else []
    return found


def pair_of(scene: ContactScene, inquiry: Inquiry) -> Pair:
    return turn_into_pair(
        actor=actor_of(scene.guest),
        inquiry=inquiry,
        trade_contact=scene.trade_contact,
        buyer=None,
        today=timezone.localdate(),
    )


def test_opening_the_page_withdraws_nothing(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    text = client.get(reverse("matchmaking:inquiry_withdraw", args=[inquiry.form_token])).content.decode()

    assert "Tarik minat ini?" in text
    assert "Budi" not in text
    assert tables_with("Purnomohadi") == ["matchmaking_inquiry"]


def test_person_is_in_no_table_any_more_and_the_count_stays(client: Client, scene: ContactScene) -> None:
    """Seen failing with the business, its pairs, or either kind of message left as they are."""
    inquiry = make_inquiry(scene)
    tell_about_inquiry(inquiry.pk, now=timezone.now())
    pair = pair_of(scene, inquiry)
    record_answer(actor=actor_of(scene.guest), pair=pair, business=scene.guest_business, answer=Answer.YES)
    record(pair, actor_of(scene.guest), terms())
    assert "outbox_message" in tables_with("Purnomohadi")

    assert withdraw(client, inquiry).status_code == 302

    assert [tables_with(word) for word in ["Purnomohadi", "81234567890", "budi@", "Rahasia dapur"]] == [
        []
    ] * 4
    inquiry.refresh_from_db()
    assert (inquiry.region, inquiry.quantity, inquiry.pair) == (scene.host.office.region, 40, pair)
    assert Inquiry.objects.count() == 1
    assert inquiry.consent_id
    assert not AskLink.objects.live(timezone.now()).exists()


def test_mails_about_other_pairs_and_digests_forget_the_person(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    sender = pair_of(scene, inquiry).partner_of(scene.guest_business.pk)
    other = ParticipationFactory(
        delegation=scene.guest_delegation, business__email="lain@contoh.test"
    ).business
    pair = PairFactory(trade_contact=scene.trade_contact, business_a=sender, business_b=other)
    tell_about_both_yes(pair, now=timezone.now())
    for who, office in (("user:1", scene.host.office), (f"business:{other.pk}", scene.guest.office)):
        digest = {"kind": "digest_office", "about": who, "office": office}
        MessageFactory(**digest, body=f"- Telepon {sender.name}: usulan mitra")
    kept = MessageFactory(**digest, body="- Telepon Toko Lain: usulan mitra")

    withdraw(client, inquiry)

    assert tables_with("Purnomohadi") == []
    kept.refresh_from_db()
    assert "Toko Lain" in kept.body


def test_digests_of_offices_that_never_knew_the_person_stay(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    pair_of(scene, inquiry)
    namesake = MessageFactory(kind="digest_office", office=OfficeFactory(), body="- Budi Purnomohadi: usulan")

    withdraw(client, inquiry)

    namesake.refresh_from_db()
    assert "Purnomohadi" in namesake.body


def test_contact_that_was_open_is_closed_again(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    pair = pair_of(scene, inquiry)
    record_answer(actor=actor_of(scene.guest), pair=pair, business=scene.guest_business, answer=Answer.YES)

    withdraw(client, inquiry)

    pair = Pair.objects.with_businesses().get()
    business = Inquiry.objects.get().registered
    assert pair.is_mutual is False
    assert business is not None
    assert business.name == f"Calon mitra {inquiry.receipt_number}"
    assert pair.interests.latest_of(business.pk).answer == "no"


def test_withdrawing_twice_is_once_and_tells_the_office_once(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)

    withdraw(client, inquiry)
    withdraw(client, inquiry)

    message = Message.objects.get(kind="inquiry_withdrawn")
    assert message.subject == f"[Tradecontact] Pernyataan minat {inquiry.receipt_number} ditarik"
    assert [line.action for line in entries_of(inquiry)] == ["withdrawn"]
    receipt = client.get(reverse("matchmaking:inquiry_receipt", args=[inquiry.form_token])).content.decode()
    assert "Minat ini sudah ditarik" in receipt
    assert "Tarik minat ini<" not in receipt


def test_existing_business_keeps_its_own_data(client: Client, scene: ContactScene) -> None:
    buyer = BusinessFactory(office=scene.host.office, name="Toko Lama", phone=PERSON["phone"])
    ParticipationFactory(delegation=scene.host_delegation, business=buyer)
    inquiry = make_inquiry(scene)
    turn_into_pair(
        actor=actor_of(scene.guest),
        inquiry=inquiry,
        trade_contact=scene.trade_contact,
        buyer=buyer,
        today=timezone.localdate(),
    )

    withdraw(client, inquiry)

    buyer.refresh_from_db()
    assert (buyer.name, str(buyer.phone)) == ("Toko Lama", PERSON["phone"])


def test_office_reads_that_it_was_withdrawn(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    withdraw(client, inquiry)
    client.force_login(scene.guest.user)

    page = client.get(reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number])).content.decode()
    listed = client.get(reverse("matchmaking:inquiries") + "?keadaan=ditarik")

    assert "Ditarik oleh pengirimnya pada" in page
    assert "Jadikan pasangan usaha" not in page
    assert [row.pk for row in listed.context["page"]] == [inquiry.pk]
    assert Inquiry.objects.waiting().count() == 0


def test_withdrawn_is_neither_paired_nor_closed(client: Client, scene: ContactScene) -> None:
    inquiry = make_inquiry(scene)
    withdraw(client, inquiry)

    with pytest.raises(ValidationError, match="ditarik"):
        pair_of(scene, inquiry)
    with pytest.raises(ValidationError, match="ditarik"):
        close_inquiry(actor=actor_of(scene.guest), inquiry=inquiry, reason="Iseng.")


def test_sender_who_did_not_agree_is_not_registered(scene: ContactScene) -> None:
    inquiry = make_inquiry(scene, listing_consent=None)

    with pytest.raises(ValidationError, match="Pengirim tidak memberi izin dicatat sebagai usaha baru"):
        pair_of(scene, inquiry)
    assert Pair.objects.count() == 0


def test_link_cannot_be_guessed(client: Client) -> None:
    assert client.post("/minat/00000000-0000-4000-8000-000000000000/tarik/").status_code == 404
