"""Reasons, the lock, and the notices of a mutual yes."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts.actors import Actor, Via
from matchmaking.answer_lock import set_answers_locked
from matchmaking.interest import AnswersLocked, record_answer
from matchmaking.models import Answer, Interest, Pair
from outbox.models import Message
from tests.clients import client_of, page_of
from tests.factories import OfficeMemberFactory
from tests.holders import holder_of, text_of
from tests.scenes import ContactScene, make_contact

LOCKED = "Jawaban sudah dikunci karena jadwal disusun darinya."


def say(scene: ContactScene, pair: Pair, answer: Answer = Answer.YES) -> None:
    """Let both sides give the same answer, the guest last."""
    for business in (scene.host_business, scene.guest_business):
        actor = Actor(via=Via.LINK, business_id=business.pk)
        record_answer(actor=actor, pair=pair, business=business, answer=answer)


def lock(scene: ContactScene, *, is_locked: bool = True) -> None:
    set_answers_locked(
        actor=scene.host_actor, trade_contact=scene.trade_contact, is_locked=is_locked, now=timezone.now()
    )


@pytest.mark.django_db
def test_reason_is_kept_added_later_and_read_by_both_offices() -> None:
    scene = make_contact()
    pair, holder = scene.make_pair(), holder_of(scene.guest_business)

    for data in ({"answer": "no"}, {"answer": "no", "reason": "price"}, {"answer": "no", "reason": "price"}):
        assert holder.post("link_answer", pair.pk, **data).status_code == 302

    assert list(pair.interests.order_by("pk").values_list("answer", "reason")) == [
        ("no", ""),
        ("no", "price"),
    ]
    assert "Alasan: harga belum cocok." in text_of(holder.get("link_pair", pair.pk))
    for member in (scene.guest, scene.host):
        assert "harga belum cocok" in text_of(client_of(member).get(page_of(scene, "interest_board")))


@pytest.mark.django_db
def test_yes_needs_no_reason_and_an_unknown_one_is_named() -> None:
    scene = make_contact()
    pair, holder = scene.make_pair(), holder_of(scene.guest_business)

    assert holder.post("link_answer", pair.pk, answer="yes", reason="price").status_code == 302
    refused = holder.post("link_answer", pair.pk, answer="no", reason="entah")

    assert pair.interests.get().reason == ""
    assert refused.status_code == 422
    assert "Pilih salah satu alasan dalam daftar." in text_of(refused)


@pytest.mark.django_db
def test_locked_answers_stay_and_the_page_says_whom_to_ask() -> None:
    scene = make_contact()
    pair, holder = scene.make_pair(), holder_of(scene.guest_business)
    holder.post("link_answer", pair.pk, answer="yes")
    lock(scene)

    refused = holder.post("link_answer", pair.pk, answer="no")
    same = holder.post("link_answer", pair.pk, answer="yes")

    assert (refused.status_code, same.status_code) == (409, 302)
    assert LOCKED in text_of(refused)
    assert f"Hubungi {scene.guest.office.name}." in text_of(holder.get("link_pair", pair.pk))
    assert pair.interests.get().answer == "yes"


@pytest.mark.django_db
def test_lock_is_pressed_by_an_office_of_the_contact_and_opened_again() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    client, page = client_of(scene.guest), page_of(scene, "answers_lock")

    for _press in range(2):
        assert client.post(page, {"kunci": "ya"}).status_code == 302
    with pytest.raises(AnswersLocked, match=LOCKED):
        say(scene, pair)
    client.post(page, {"kunci": "tidak"})
    say(scene, pair)

    assert text_of(client.get(page_of(scene, "contact_overview"))).count("Jawaban dikunci untuk jadwal.") == 1
    with pytest.raises(PermissionDenied, match="Hanya dinas yang ikut kontak dagang ini"):
        set_answers_locked(
            actor=scene.stranger_actor, trade_contact=scene.trade_contact, is_locked=True, now=timezone.now()
        )


@pytest.mark.django_db
def test_mutual_yes_is_told_to_both_sides_and_their_officers_once() -> None:
    scene = make_contact()
    colleague = OfficeMemberFactory(office=scene.guest.office)
    guest, host = scene.guest_business, scene.host_business
    guest.email, host.phone, host.email = "tamu@contoh.test", "+6281298765432", ""
    guest.save()
    host.save()
    pair = scene.make_pair()

    for answer in (Answer.YES, Answer.NO, Answer.YES):
        say(scene, pair, answer)

    told = set(Message.objects.values_list("kind", "channel", "to"))
    officers = {member.user.email for member in (scene.guest, colleague, scene.host)}
    assert told == {
        ("both_yes", "email", "tamu@contoh.test"),
        ("both_yes", "whatsapp", "+6281298765432"),
        *(("both_yes_office", "email", email) for email in officers),
    }
    assert Message.objects.count() == 5
    texts = " ".join(Message.objects.values_list("body", flat=True))
    assert "81298765432" not in texts


@pytest.mark.django_db
def test_one_yes_tells_nobody_and_who_wants_no_messages_gets_none() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    scene.guest_business.email, scene.guest_business.refused_messages_at = "tamu@contoh.test", timezone.now()
    scene.guest_business.save()

    record_answer(actor=scene.host_actor, pair=pair, business=scene.host_business, answer=Answer.YES)
    assert Message.objects.count() == 0
    record_answer(actor=scene.guest_actor, pair=pair, business=scene.guest_business, answer=Answer.YES)

    assert not Message.objects.filter(to="tamu@contoh.test").exists()


@pytest.mark.django_db(transaction=True)
def test_answer_waits_for_the_lock_and_is_then_refused() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    outcome: list[str] = []

    def answer() -> None:
        try:
            record_answer(
                actor=scene.guest_actor, pair=pair, business=scene.guest_business, answer=Answer.YES
            )
            outcome.append("kept")
        except AnswersLocked:
            outcome.append("refused")
        finally:
            connection.close()

    thread = threading.Thread(target=answer)
    with transaction.atomic():
        lock(scene)
        thread.start()
        thread.join(timeout=0.5)
        assert outcome == []
    thread.join()

    assert (outcome, Interest.objects.count()) == (["refused"], 0)
