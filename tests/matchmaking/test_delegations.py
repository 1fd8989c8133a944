"""Delegations: adding businesses, taking them out again, and who may do it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.actors import COMMAND
from accounts.history import entries_of
from matchmaking import delegations
from matchmaking.models import Pair, Participation
from tests.factories import BusinessFactory, ImportBatchFactory, PairFactory
from tests.scenes import ContactScene, make_contact

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
        f"Delegasi ini hanya untuk pelaku usaha dari {scene.guest.office.region.name}. "
        f"Keluarkan dahulu: {scene.host_business.name}."
    ]
    assert names_of(scene) == [scene.guest_business.name]


@pytest.mark.parametrize("who", ["host_actor", "stranger_actor"])
def test_another_office_may_not_change_the_delegation(who: str) -> None:
    scene = make_contact()
    new = BusinessFactory(office=scene.guest.office)

    with pytest.raises(PermissionDenied, match="Hanya dinas yang membawa delegasi ini dapat mengubahnya."):
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
        f"Pasangan {scene.guest_business.name} sudah dijawab. "
        "Bila usaha ini batal ikut, catat jawabannya “Tidak”."
    ]
    assert names_of(scene) == [scene.guest_business.name]


@pytest.mark.parametrize(
    "kept", [{"locked_at": timezone.now()}, {"origin": "officer"}, {"origin": "inquiry", "rank": None}]
)
def test_business_with_a_pair_kept_by_officers_stays(kept: dict) -> None:
    scene = make_contact()
    scene.make_pair(**kept)

    with pytest.raises(ValidationError) as refusal:
        remove_guest(scene)

    assert refusal.value.messages == [
        f"Petugas mengunci atau menambahkan pasangan {scene.guest_business.name}. "
        "Sembunyikan pasangan itu dahulu."
    ]


def test_hidden_pair_and_pairs_of_other_contacts_do_not_hold_a_business() -> None:
    scene = make_contact()
    scene.make_pair(origin="officer", hidden_at=timezone.now(), staff_reason="Salah usaha.")
    elsewhere = PairFactory(
        business_a=scene.guest_business, business_b=scene.host_business, answer_a="yes", rank=4
    )

    remove_guest(scene)

    assert names_of(scene) == []
    assert Pair.objects.get(pk=elsewhere.pk).rank == 4


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
