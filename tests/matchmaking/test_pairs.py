"""The page of one pair: both sides, contact details, answers on behalf, and its whole history."""

from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.actors import Actor, Via
from matchmaking import pairing, timeline
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Interest, Pair
from products.models import Business
from tests.clients import admin_client, client_of, page_of
from tests.factories import BusinessFactory
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db


def with_contacts(scene: ContactScene) -> None:
    """Give both businesses private data that could leak."""
    for business, owner, digit in (
        (scene.guest_business, "Ibu Tamu", 1),
        (scene.host_business, "Pak Rumah", 2),
    ):
        Business.objects.filter(pk=business.pk).update(
            owner_name=owner, phone=f"+62812{digit * 1111111}", email=f"surat{digit}@contoh.test"
        )


@pytest.mark.parametrize(
    "answers", [("", ""), ("yes", ""), ("", "yes"), ("yes", "other_time"), ("no", "yes")]
)
def test_contact_of_the_other_side_stays_closed_until_both_said_yes(answers: tuple[str, str]) -> None:
    scene = make_contact()
    with_contacts(scene)
    pair = scene.make_pair(answer_a=answers[0], answer_b=answers[1])

    response = client_of(scene.guest).get(page_of(scene, "pair_detail", pair.pk))

    assert "Ibu Tamu" in response.text
    assert "Kontaknya terbuka setelah kedua usaha menjawab Mau." in response.text
    for private in ("Pak Rumah", "2222222", "surat2@contoh.test"):
        assert private not in response.text


def test_contacts_of_both_sides_are_open_after_two_yes() -> None:
    scene = make_contact()
    with_contacts(scene)
    pair = scene.make_pair(answer_a="yes", answer_b="yes")

    response = client_of(scene.guest).get(page_of(scene, "pair_detail", pair.pk))

    for shown in ("Ibu Tamu", "Pak Rumah", "surat2@contoh.test", "keduanya mau"):
        assert shown in response.text


def test_officer_answers_for_the_own_business_once_and_it_is_recorded_as_such() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    client, page = client_of(scene.guest), page_of(scene, "pair_answer", pair.pk, scene.guest_business.pk)
    press = {"answer": "yes", "note": "Lewat telepon."}

    first = client.post(page, press, follow=True)
    client.post(page, press)

    interest = Interest.objects.get()
    assert (interest.answer, interest.note, interest.via) == ("yes", "Lewat telepon.", "account")
    assert interest.recorded_by == scene.guest.user
    assert Pair.objects.get().answer_a == "yes"
    assert f"Jawaban {scene.guest_business.name} tercatat: Mau." in first.text
    assert f"diisi oleh petugas, {scene.guest.user.name}" in first.text


@pytest.mark.parametrize(
    ("press", "text"),
    [
        ({}, "Pilih Mau, Jam lain, atau Tidak."),
        ({"answer": "mungkin"}, "Pilih Mau, Jam lain, atau Tidak."),
        ({"answer": "yes", "note": "x" * 301}, "Terlalu panjang: paling banyak 300 huruf, sekarang 301."),
    ],
)
def test_mistakes_are_told_on_the_page(press: dict, text: str) -> None:
    scene = make_contact()
    pair = scene.make_pair()

    response = client_of(scene.guest).post(
        page_of(scene, "pair_answer", pair.pk, scene.guest_business.pk), press
    )

    assert response.status_code == 422
    assert text in response.text
    assert not Interest.objects.exists()


def test_hidden_pair_takes_no_answer() -> None:
    scene = make_contact()
    pair = scene.make_pair(hidden_at=timezone.now(), staff_reason="Salah usaha.")
    client = client_of(scene.guest)

    page = client.get(page_of(scene, "pair_detail", pair.pk))
    response = client.post(page_of(scene, "pair_answer", pair.pk, scene.guest_business.pk), {"answer": "yes"})

    assert "Pasangan ini disembunyikan: Salah usaha." in page.text
    assert "Jawab atas nama" not in page.text
    assert response.status_code == 422
    assert "Pasangan ini sudah ditarik oleh petugas" in response.text


def test_closed_pair_offers_no_answer_and_says_why_when_it_is_sent_one() -> None:
    scene = make_contact()
    pair = scene.make_pair(step="closed", closed_reason="price", step_at=timezone.now())
    client = client_of(scene.guest)

    page = client.get(page_of(scene, "pair_detail", pair.pk))
    response = client.post(page_of(scene, "pair_answer", pair.pk, scene.guest_business.pk), {"answer": "yes"})

    assert "Jawab atas nama" not in page.text
    assert response.status_code == 422
    assert "sudah ditutup" in response.text


def test_nobody_answers_for_the_other_side() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    page = page_of(scene, "pair_answer", pair.pk, scene.host_business.pk)

    refused = client_of(scene.guest).post(page, {"answer": "yes"})

    assert refused.status_code == 403
    assert "Jawaban dicatat oleh dinas wilayah pelaku usaha itu." in refused.text
    assert admin_client().post(page, {"answer": "yes"}).status_code == 403
    assert not Interest.objects.exists()


def test_business_outside_the_pair_and_opening_instead_of_posting() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    client, outsider = client_of(scene.guest), BusinessFactory(office=scene.guest.office)

    foreign = client.post(page_of(scene, "pair_answer", pair.pk, outsider.pk), {"answer": "yes"})
    opened = client.get(page_of(scene, "pair_answer", pair.pk, scene.guest_business.pk))

    assert foreign.status_code == 404
    assert opened["Location"] == page_of(scene, "pair_detail", pair.pk)


def test_third_office_and_pairs_of_other_contacts_are_404() -> None:
    scene, elsewhere = make_contact(), make_contact()
    pair = scene.make_pair()
    stranger = client_of(scene.stranger)

    assert stranger.get(page_of(scene, "pair_detail", pair.pk)).status_code == 404
    answer = page_of(scene, "pair_answer", pair.pk, scene.guest_business.pk)
    assert stranger.post(answer, {"answer": "yes"}).status_code == 404
    assert client_of(elsewhere.guest).get(page_of(elsewhere, "pair_detail", pair.pk)).status_code == 404
    assert client_of(scene.host).get(page_of(scene, "pair_detail", pair.pk)).status_code == 200


def told(pair: Pair) -> list[tuple[str, str, str]]:
    return [(line.text, line.who, line.note) for line in timeline.of_pair(pair, with_notes=True)]


def test_history_merges_decisions_and_answers_in_both_languages() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    guest, host = scene.guest_business, scene.host_business
    officer = f"{scene.host.user.name}, {scene.host.office.name}"
    pairing.lock_pair(actor=scene.host_actor, pair=pair)
    holder = Actor(via=Via.LINK, business_id=guest.pk)
    record_answer(actor=holder, pair=pair, business=guest, answer=Answer.OTHER_TIME, note="Sore saja.")
    record_answer(actor=scene.host_actor, pair=pair, business=host, answer=Answer.YES)

    assert told(pair) == [
        (f"{host.name} menjawab: Mau (diisi oleh petugas).", officer, ""),
        (f"{guest.name} menjawab: Jam lain.", f"{guest.name}, melalui tautan pribadi", "Sore saja."),
        ("Dikunci: tetap dalam daftar.", officer, ""),
    ]
    with override("en"):
        assert len(told(pair)) == 3


def test_every_act_of_pairing_has_its_sentence() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    actor = scene.guest_actor
    pairing.lock_pair(actor=actor, pair=pair)
    pairing.unlock_pair(actor=actor, pair=pair)
    pairing.hide_pair(actor=actor, pair=pair, reason="Salah usaha.")
    pairing.unhide_pair(actor=actor, pair=pair)

    assert [(text, note) for text, _who, note in told(pair)] == [
        ("Tidak lagi disembunyikan.", ""),
        ("Disembunyikan dari daftar.", "Salah usaha."),
        ("Kunci dibuka.", ""),
        ("Dikunci: tetap dalam daftar.", ""),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    scene = make_contact()
    pair = scene.make_pair()
    for number in range(count):
        record_answer(
            actor=scene.guest_actor,
            pair=pair,
            business=scene.guest_business,
            answer=Answer.YES,
            note=str(number),
        )
        pairing.lock_pair(actor=scene.guest_actor, pair=pair)
    client, page = client_of(scene.guest), page_of(scene, "pair_detail", pair.pk)

    with django_assert_num_queries(11):
        client.get(page)
