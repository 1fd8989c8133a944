"""Delegations: adding businesses, taking them out again, and who may do it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND, Actor, Via
from accounts.history import entries_of
from matchmaking import delegations
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Pair, Participation
from products.models import Business
from tests.clients import admin_client, client_of, page_of
from tests.factories import (
    BusinessFactory,
    ImportBatchFactory,
    NeedFactory,
    PairFactory,
    ParticipationFactory,
    PersonalLinkFactory,
    ProductFactory,
)
from tests.scenes import CLOSED, ContactScene, make_contact

pytestmark = pytest.mark.django_db


def names_of(scene: ContactScene) -> list[str]:
    rows = Participation.objects.filter(delegation=scene.guest_delegation).order_by("pk")
    return [row.business.name for row in rows.select_related("business")]


def remove_guest(scene: ContactScene, reason: str = "Sakit.") -> None:
    delegations.remove_participant(
        actor=scene.guest_actor,
        participation=scene.guest_delegation.participations.get(),
        reason=reason,
    )


def test_adding_keeps_the_order_and_the_batch_and_writes_history() -> None:
    scene = make_contact()
    batch = ImportBatchFactory(office=scene.guest.office)
    new = [BusinessFactory(office=scene.guest.office, name=name) for name in ("Rengganis", "Cihampelas")]

    added = delegations.add_participants(
        actor=scene.guest_actor, delegation=scene.guest_delegation, businesses=new, import_batch=batch
    )

    assert [(row.business, row.import_batch) for row in added] == [(new[0], batch), (new[1], batch)]
    lines = entries_of(scene.guest_delegation).order_by("pk")
    assert [(line.action, line.business_id, line.user) for line in lines] == [
        ("participant_added", business.pk, scene.guest.user) for business in new
    ]


def test_adding_the_same_list_again_adds_nothing() -> None:
    scene = make_contact()
    new = BusinessFactory(office=scene.guest.office, name="Rengganis")
    again = [new, scene.guest_business, new]

    for _repeat in range(2):
        delegations.add_participants(actor=COMMAND, delegation=scene.guest_delegation, businesses=again)

    assert names_of(scene) == [scene.guest_business.name, "Rengganis"]
    assert entries_of(scene.guest_delegation).count() == 1


def test_business_of_another_region_is_refused_and_nobody_is_added() -> None:
    scene = make_contact()
    own = BusinessFactory(office=scene.guest.office)

    with pytest.raises(ValidationError) as refusal:
        delegations.add_participants(
            actor=scene.guest_actor,
            delegation=scene.guest_delegation,
            businesses=[own, scene.host_business],
        )

    assert refusal.value.messages == [
        (
            f"Delegasi ini hanya untuk pelaku usaha dari {scene.guest.office.region.name}. "
            f"Keluarkan dahulu: {scene.host_business.name}."
        )
    ]
    assert names_of(scene) == [scene.guest_business.name]


@pytest.mark.parametrize("who", ["host_actor", "stranger_actor"])
def test_another_office_may_not_change_the_delegation(who: str) -> None:
    scene = make_contact()
    new = BusinessFactory(office=scene.guest.office)

    with pytest.raises(PermissionDenied, match="Hanya dinas yang membawa delegasi ini dapat mengubahnya"):
        delegations.add_participants(
            actor=getattr(scene, who), delegation=scene.guest_delegation, businesses=[new]
        )


def test_removing_keeps_the_reason_and_takes_unanswered_proposals_off_the_list() -> None:
    scene = make_contact()
    pair, other = scene.make_pair(), scene.make_pair()

    delegations.remove_participant(
        actor=scene.guest_actor,
        participation=scene.guest_delegation.participations.get(business=scene.guest_business),
        reason="Pemilik sakit.",
    )

    assert list(Pair.objects.shown()) == [other]
    assert Pair.objects.get(pk=pair.pk).rank is None
    assert [(line.action, line.before) for line in entries_of(pair)] == [("left_list", {"rank": 1})]
    line = entries_of(scene.guest_delegation).first()
    assert (line.action, line.note, line.business_id) == (
        "participant_removed",
        "Pemilik sakit.",
        scene.guest_business.pk,
    )


@pytest.mark.parametrize("side", ["answer_a", "answer_b"])
def test_business_with_an_answered_pair_stays(side: str) -> None:
    scene = make_contact()
    scene.make_pair(**{side: "yes"})

    with pytest.raises(ValidationError) as refusal:
        remove_guest(scene)

    assert refusal.value.messages == [
        (
            f"Pasangan {scene.guest_business.name} dengan {scene.host_business.name} sudah dijawab. "
            "Jawab “Tidak” lebih dahulu."
        )
    ]
    assert names_of(scene) == [scene.guest_business.name]


@pytest.mark.parametrize(
    "kept",
    [
        {"locked_at": timezone.now()},
        {"origin": "officer"},
        {"origin": "inquiry", "locked_at": timezone.now()},
    ],
)
def test_business_with_a_pair_kept_by_officers_stays(kept: dict) -> None:
    scene = make_contact()
    scene.make_pair(**kept)

    with pytest.raises(ValidationError) as refusal:
        remove_guest(scene)

    assert refusal.value.messages == [
        (
            f"Petugas mengunci atau menambahkan pasangan {scene.guest_business.name} "
            f"dengan {scene.host_business.name}. "
            "Jawab “Tidak” lebih dahulu, atau petugas menyembunyikan pasangan itu."
        )
    ]


@pytest.mark.parametrize(
    "kept", [{}, {"answer_b": "yes"}, {"locked_at": timezone.now()}, {"origin": "officer"}]
)
def test_a_pair_that_the_business_itself_refused_holds_it_no_more(kept: dict) -> None:
    scene = make_contact()
    scene.make_pair(answer_a="no", **kept)

    remove_guest(scene)

    assert names_of(scene) == []


def test_hidden_pair_and_pairs_of_other_contacts_do_not_hold_a_business() -> None:
    scene = make_contact()
    scene.make_pair(origin="officer", hidden_at=timezone.now(), staff_reason="Salah usaha.")
    elsewhere = PairFactory(
        business_a=scene.guest_business, business_b=scene.host_business, answer_a="yes", rank=4
    )

    remove_guest(scene)

    assert names_of(scene) == []
    assert Pair.objects.get(pk=elsewhere.pk).rank == 4


def test_hidden_pair_with_answers_does_not_hold_a_business() -> None:
    scene = make_contact()
    scene.make_pair(answer_a="yes", hidden_at=timezone.now(), staff_reason="Salah usaha.")

    remove_guest(scene)

    assert names_of(scene) == []


@pytest.mark.parametrize("answers", [[], [Answer.YES]])
def test_pair_that_only_the_sender_of_an_inquiry_wants_is_hidden(answers: list[Answer]) -> None:
    scene = make_contact()
    pair = scene.make_pair(origin="inquiry", rank=None)
    sender = Actor(via=Via.PUBLIC_FORM, business_id=scene.guest_business.pk)
    for answer in answers:
        record_answer(actor=sender, pair=pair, business=scene.guest_business, answer=answer)

    remove_guest(scene, "Tidak dikenal.")

    assert names_of(scene) == []
    assert list(Pair.objects.shown()) == []
    reason = f"{scene.guest.office.name} mengeluarkan {scene.guest_business.name} dari delegasinya."
    assert Pair.objects.get().staff_reason == reason
    line = entries_of(pair).first()
    assert (line.action, line.note, line.user) == ("hidden", reason, scene.guest.user)


def test_pair_of_an_inquiry_that_the_other_side_answered_holds_its_business() -> None:
    scene = make_contact()
    pair = scene.make_pair(origin="inquiry", rank=None)
    for via, business in ((Via.PUBLIC_FORM, scene.guest_business), (Via.LINK, scene.host_business)):
        actor = Actor(via=via, business_id=business.pk)
        record_answer(actor=actor, pair=pair, business=business, answer=Answer.YES)

    with pytest.raises(ValidationError, match="sudah dijawab"):
        remove_guest(scene)

    assert Pair.objects.get().hidden_at is None
    assert names_of(scene) == [scene.guest_business.name]


def test_another_office_may_not_remove() -> None:
    scene = make_contact()

    with pytest.raises(PermissionDenied):
        delegations.remove_participant(
            actor=scene.host_actor, participation=scene.guest_delegation.participations.get(), reason="x"
        )


def test_removed_businesses_are_listed_until_they_come_back() -> None:
    scene = make_contact()
    remove_guest(scene, "Salah daftar.")
    delegations.add_participants(
        actor=scene.guest_actor, delegation=scene.guest_delegation, businesses=[scene.guest_business]
    )
    assert delegations.removed_from(scene.guest_delegation) == []

    remove_guest(scene, "Sakit.")

    removed = delegations.removed_from(scene.guest_delegation)
    assert [(business, entry.note) for business, entry in removed] == [(scene.guest_business, "Sakit.")]


# The pages


def test_own_list_shows_private_columns_and_acts_the_other_only_its_public_card() -> None:
    scene = make_contact()
    for business, owner, phone in (
        (scene.guest_business, "Ibu Tamu", "+628121111111"),
        (scene.host_business, "Bapak Rumah", "+628122222222"),
    ):
        Business.objects.filter(pk=business.pk).update(owner_name=owner, phone=phone)
    NeedFactory(business=scene.host_business)
    client, page = client_of(scene.guest), page_of(scene, "delegations")

    own = client.get(page)
    other = client.get(page, {"dinas": scene.host.office.pk})

    assert "Ibu Tamu" in own.text
    assert "0812-1111-111" in own.text
    assert reverse("products:link_issue", args=[scene.guest_business.pk]) in own.text
    assert page_of(scene, "delegation_import") in own.text
    assert scene.host_business.name in other.text
    assert reverse("products:business_detail", args=[scene.host_business.pk]) in other.text
    for private in ("Bapak Rumah", "2222", "tautan/", "Keluarkan", "Impor Excel"):
        assert private not in other.text


def test_unknown_filters_fall_back_to_the_own_list() -> None:
    scene = make_contact()

    response = client_of(scene.guest).get(
        page_of(scene, "delegations"), {"dinas": "x", "perlu": "x", "urut": "password", "page": "99999999999"}
    )

    assert response.status_code == 200
    assert scene.guest_business.name in response.text


def test_filters_and_orders_of_the_list() -> None:
    scene = make_contact()
    Business.objects.filter(pk=scene.guest_business.pk).update(name="Kaos", district="Soreang")
    shoes = BusinessFactory(office=scene.guest.office, name="Abon", district="Ciparay")
    ParticipationFactory(delegation=scene.guest_delegation, business=shoes)
    ProductFactory(business=scene.guest_business)
    PersonalLinkFactory(business=scene.guest_business)
    scene.make_pair()
    client, page = client_of(scene.guest), page_of(scene, "delegations")

    def names(**query: str) -> list[str]:
        return [row.business.name for row in client.get(page, query).context["page"]]

    assert names() == ["Abon", "Kaos"]
    assert names(urut="produk") == names(urut="menunggu") == names(urut="pasangan") == ["Kaos", "Abon"]
    assert names(urut="kecamatan") == names(urut="kebutuhan") == ["Abon", "Kaos"]
    assert names(q="soreang") == names(perlu="jawaban") == ["Kaos"]
    assert names(perlu="tautan") == names(perlu="produk") == ["Abon"]
    assert names(q="tidak ada") == []


@pytest.mark.parametrize("pair_is", [{"answer_b": "no"}, CLOSED])
def test_refused_and_closed_pairs_wait_for_no_answer(pair_is: dict) -> None:
    scene = make_contact()
    scene.make_pair(**pair_is)

    row = delegations.participants_of(scene.guest_delegation, timezone.now()).get()

    assert (row.pair_count, row.waiting_count) == (1, 0)


def test_more_businesses_than_the_quota_are_warned_about() -> None:
    scene = make_contact(trade_contact__businesses_per_delegation=1)
    ParticipationFactory(delegation=scene.guest_delegation)

    response = client_of(scene.guest).get(page_of(scene, "delegations"))

    assert "Delegasi ini berisi 2 usaha, 1 di atas kuota 1." in response.text


def test_empty_delegations_say_what_to_do() -> None:
    scene = make_contact()
    remove_guest(scene)
    scene.host_delegation.participations.all().delete()
    client, page = client_of(scene.guest), page_of(scene, "delegations")

    assert "Delegasi Anda masih kosong" in client.get(page).text
    assert "Anda tidak perlu melakukan apa pun." in client.get(page, {"dinas": scene.host.office.pk}).text


def test_businesses_of_the_region_are_added_by_ticking() -> None:
    scene = make_contact()
    free = BusinessFactory(office=scene.guest.office, name="Rengganis")
    client, page = client_of(scene.guest), page_of(scene, "participant_add", scene.guest_delegation.pk)

    offered = client.get(page, {"q": "rengg"})
    added = client.post(page, {"businesses": [free.pk]}, follow=True)
    again = client.post(page, {"businesses": [free.pk]}, follow=True)

    assert [business.name for business in offered.context["page"]] == ["Rengganis"]
    assert "1 pelaku usaha masuk delegasi." in added.text
    assert "Semua yang dipilih sudah ada dalam delegasi." in again.text
    assert names_of(scene) == [scene.guest_business.name, "Rengganis"]


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ([], "Pilih paling sedikit satu pelaku usaha."),
        (["own", "foreign"], "Ada pilihan yang bukan pelaku usaha daerah ini. Pilih lagi dari daftar."),
        (["own", "x"], "Ada pilihan yang bukan pelaku usaha daerah ini. Pilih lagi dari daftar."),
    ],
)
def test_one_foreign_business_among_the_ticked_adds_nobody(chosen: list[str], text: str) -> None:
    scene = make_contact()
    pks = {"own": BusinessFactory(office=scene.guest.office).pk, "foreign": scene.host_business.pk}

    response = client_of(scene.guest).post(
        page_of(scene, "participant_add", scene.guest_delegation.pk),
        {"businesses": [pks.get(one, one) for one in chosen]},
    )

    assert response.status_code == 422
    assert text in response.text
    assert names_of(scene) == [scene.guest_business.name]


def test_nobody_left_to_add_is_said() -> None:
    scene = make_contact()
    client, page = client_of(scene.guest), page_of(scene, "participant_add", scene.guest_delegation.pk)

    assert "Semua usaha yang tercatat di daerah ini sudah masuk delegasi." in client.get(page).text
    assert "Tidak ada nama yang cocok di luar delegasi ini." in client.get(page, {"q": "zzz"}).text


def test_removing_asks_for_a_reason_and_can_be_undone() -> None:
    scene = make_contact()
    client, business = client_of(scene.guest), scene.guest_business
    page = page_of(scene, "participant_remove", scene.guest_delegation.pk, business.pk)

    without = client.post(page, {"reason": " "})
    long = client.post(page, {"reason": "x" * 201})
    removed = client.post(page, {"reason": "Pemilik sakit."}, follow=True)
    again = client.post(page, {"reason": "Pemilik sakit."}, follow=True)
    back = client.post(
        page_of(scene, "participant_add", scene.guest_delegation.pk), {"businesses": business.pk}, follow=True
    )

    assert (without.status_code, long.status_code) == (422, 422)
    assert "Tulis alasannya, supaya rekan Anda mengerti." in without.text
    assert "Alasan terlalu panjang. Tulis paling banyak 200 huruf." in long.text
    assert f"{business.name} keluar dari delegasi." in removed.text
    assert "Pemilik sakit." in removed.text
    assert f"{business.name} tidak ada dalam delegasi ini." in again.text
    assert "Dikeluarkan dari delegasi" not in back.text
    assert names_of(scene) == [business.name]


def test_removing_a_business_with_answers_is_refused_on_the_page() -> None:
    scene = make_contact()
    scene.make_pair(answer_a="yes")

    response = client_of(scene.guest).post(
        page_of(scene, "participant_remove", scene.guest_delegation.pk, scene.guest_business.pk),
        {"reason": "Batal."},
    )

    assert response.status_code == 422
    assert "sudah dijawab. Jawab “Tidak” lebih dahulu." in response.text


def test_other_offices_reach_no_delegation_but_their_own() -> None:
    scene = make_contact()
    guest_delegation, business = scene.guest_delegation.pk, scene.guest_business.pk
    pages = [
        page_of(scene, "participant_add", guest_delegation),
        page_of(scene, "participant_remove", guest_delegation, business),
    ]

    for member in (scene.host, scene.stranger):
        client = client_of(member)
        for page in pages:
            assert client.get(page).status_code == 404
            assert client.post(page, {"businesses": business, "reason": "x"}).status_code == 404
    assert client_of(scene.stranger).get(page_of(scene, "delegations")).status_code == 404
    foreign = page_of(scene, "participant_remove", guest_delegation, scene.host_business.pk)
    assert client_of(scene.guest).get(foreign).status_code == 404
    assert admin_client().get(pages[0]).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    scene = make_contact()
    for _number in range(count):
        scene.make_pair()
        ProductFactory(business=scene.guest_business)
        gone = ParticipationFactory(delegation=scene.guest_delegation)
        delegations.remove_participant(actor=scene.guest_actor, participation=gone, reason="Batal.")
    client, page = client_of(scene.guest), page_of(scene, "delegations")

    with django_assert_num_queries(10):
        client.get(page)


@pytest.mark.parametrize("count", [1, 3])
def test_choosing_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    scene = make_contact()
    for _number in range(count):
        BusinessFactory(office=scene.guest.office)
    client, page = client_of(scene.guest), page_of(scene, "participant_add", scene.guest_delegation.pk)

    with django_assert_num_queries(7):
        client.get(page)
