"""Deciding, and what changes afterwards: only by an addendum."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import Actor, Via
from accounts.models import HistoryEntry
from matchmaking.curation import WrongState
from matchmaking.curation_decision import amend, withdraw
from matchmaking.delegations import add_participants, remove_participant
from matchmaking.models import Application, Curation
from tests.curations import NOW, CurationScene, make_curation, nobody_told
from tests.factories import PairFactory

pytestmark = pytest.mark.django_db


def decided() -> CurationScene:
    """Two go, two are in reserve, one is refused."""
    scene = make_curation(applicants=5)
    scene.score_all([5, 4, 3, 2, 1])
    scene.decide("chosen", "chosen", "reserve", "reserve", "refused")
    return scene


def leave(scene: CurationScene, number: int, *, actor: Actor | None = None, reason: str = "Sakit") -> object:
    return withdraw(
        actor=actor or scene.actor,
        application=scene.applications[number],
        reason=reason,
        now=NOW,
        tell=nobody_told,
    )


def goes(scene: CurationScene) -> set[str]:
    rows = scene.contact.guest_delegation.participations.filter(business__applications__isnull=False)
    return set(rows.values_list("business__name", flat=True))


def name_of(scene: CurationScene, *numbers: int) -> set[str]:
    return {scene.applications[number].business.name for number in numbers}


def test_nobody_goes_before_the_decision() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])

    assert goes(scene) == set()


def test_decision_takes_the_chosen_along_and_numbers_the_reserve() -> None:
    scene = decided()

    rows = scene.curation.applications.in_order().values_list("state", "reserve_number")
    assert list(rows) == [
        ("chosen", None),
        ("chosen", None),
        ("reserve", 1),
        ("reserve", 2),
        ("refused", None),
    ]
    assert goes(scene) == name_of(scene, 0, 1)


def test_reserve_is_numbered_by_rank_not_by_application() -> None:
    scene = make_curation(applicants=3, quota=1)
    scene.score_all([2, 3, 5])

    scene.decide("reserve", "reserve", "chosen")

    assert list(scene.curation.applications.in_order().values_list("reserve_number", flat=True)) == [
        2,
        1,
        None,
    ]


def test_more_than_the_quota_is_refused() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])

    with pytest.raises(ValidationError, match="Terpilih 3 usaha, padahal kuotanya 2"):
        scene.decide("chosen", "chosen", "chosen")


@pytest.mark.parametrize(("scores", "decisions"), [([5, 4, 4], "tie"), ([3, 4, 5], "passed over")])
def test_line_that_parts_equals_or_passes_over_needs_a_reason(scores: list[int], decisions: str) -> None:
    scene = make_curation()
    scene.score_all(scores)

    with pytest.raises(ValidationError, match="Jelaskan mengapa urutan ini"):
        scene.decide("chosen", "chosen", "reserve")
    scene.decide("chosen", "chosen", "reserve", line_reason="Belum pernah ikut")

    scene.curation.refresh_from_db()
    assert scene.curation.line_reason == "Belum pernah ikut"


def test_decision_waits_for_every_reviewer() -> None:
    scene = make_curation()

    with pytest.raises(WrongState, match="Belum semua penilai selesai"):
        scene.decide("chosen", "chosen", "reserve")


def test_everybody_needs_a_decision() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])

    with pytest.raises(ValidationError, match="Pilih keputusan untuk"):
        scene.decide("chosen", "", "reserve")


def test_another_office_decides_nothing() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    scene.contact.guest, scene.contact.host = scene.contact.host, scene.contact.guest

    with pytest.raises(PermissionDenied, match="Hanya dinas yang membawa delegasi ini"):
        scene.decide("chosen", "chosen", "reserve")


def test_deciding_again_is_refused() -> None:
    scene = decided()

    with pytest.raises(WrongState, match="sudah diputuskan"):
        scene.decide("chosen", "chosen", "reserve", "reserve", "refused")


def test_first_of_the_reserve_moves_up() -> None:
    scene = decided()

    heir = leave(scene, 0)

    assert heir == scene.applications[2]
    assert scene.states() == ["withdrawn", "chosen", "chosen", "reserve", "refused"]
    assert goes(scene) == name_of(scene, 1, 2)


def test_withdrawal_is_an_addendum_that_names_both() -> None:
    scene = decided()

    leave(scene, 0)

    addendum = scene.curation.addenda.get()
    moves = [(change["business"], change["from"], change["to"]) for change in addendum.changes]
    names = [scene.applications[number].business.name for number in (0, 2)]
    assert (addendum.number, addendum.reason) == (1, "Sakit")
    assert moves == [(names[0], "chosen", "withdrawn"), (names[1], "reserve", "chosen")]


def test_withdrawing_twice_moves_up_one() -> None:
    scene = decided()
    leave(scene, 0)

    assert leave(scene, 0) is None
    assert scene.states() == ["withdrawn", "chosen", "chosen", "reserve", "refused"]


def test_business_withdraws_itself() -> None:
    scene = decided()
    own = Actor(via=Via.LINK, business_id=scene.applications[1].business_id)

    leave(scene, 1, actor=own)

    assert scene.curation.addenda.get().via == "link"
    assert goes(scene) == name_of(scene, 0, 2)


def test_business_withdraws_nobody_else() -> None:
    scene = decided()
    other = Actor(via=Via.LINK, business_id=scene.applications[0].business_id)

    with pytest.raises(PermissionDenied):
        leave(scene, 1, actor=other)


def test_one_in_reserve_withdraws_and_the_next_keeps_its_number() -> None:
    scene = decided()
    leave(scene, 2, reason="Ada pesanan besar")

    assert leave(scene, 0) == scene.applications[3]


def test_withdrawal_needs_a_reason() -> None:
    scene = decided()

    with pytest.raises(ValidationError, match="Tulis alasannya, supaya tercatat"):
        leave(scene, 0, reason=" ")


def test_answered_pair_holds_a_business_and_nothing_changes() -> None:
    scene = decided()
    PairFactory(
        trade_contact=scene.contact.trade_contact,
        business_a=scene.contact.host_business,
        business_b=scene.applications[0].business,
        answer_b="yes",
    )

    with pytest.raises(ValidationError, match="sudah dijawab"):
        leave(scene, 0)
    assert scene.states()[0] == "chosen"


def test_amendment_lets_a_refused_one_go() -> None:
    scene = decided()
    Curation.objects.filter(pk=scene.curation.pk).update(quota=3)

    addendum = amend(
        actor=scene.actor,
        application=scene.applications[4],
        state="chosen",
        reason="Kursi tambahan dari tuan rumah",
        now=NOW,
        tell=nobody_told,
    )

    assert addendum is not None
    assert goes(scene) == name_of(scene, 0, 1, 4)
    assert Application.objects.get(pk=scene.applications[4].pk).decision == "refused"


def test_amendment_keeps_to_the_quota() -> None:
    scene = decided()

    with pytest.raises(ValidationError, match="Kuota sudah penuh"):
        amend(
            actor=scene.actor,
            application=scene.applications[4],
            state="chosen",
            reason="Kursi tambahan",
            now=NOW,
            tell=nobody_told,
        )


def test_every_verdict_writes_history() -> None:
    scene = decided()

    rows = HistoryEntry.objects.filter(subject_kind="matchmaking.application", action="refused")
    assert [row.note for row in rows] == [f"Alasan {scene.applications[4].business.name}"]


def test_chosen_one_leaves_only_through_the_curation() -> None:
    scene = decided()
    participation = scene.contact.guest_delegation.participations.get(business=scene.applications[0].business)

    with pytest.raises(ValidationError, match="Catat pengunduran dirinya di halaman kurasi"):
        remove_participant(actor=scene.actor, participation=participation, reason="Sakit")


def test_applicant_enters_only_through_the_curation() -> None:
    scene = make_curation(applicants=1)

    with pytest.raises(ValidationError, match="belum terpilih"):
        add_participants(
            actor=scene.actor,
            delegation=scene.contact.guest_delegation,
            businesses=[scene.applications[0].business],
        )


def test_what_was_withdrawn_before_the_decision_is_not_amended() -> None:
    scene = make_curation()
    leave(scene, 2)
    del scene.applications[2]
    for member in (0, 1):
        for number in (0, 1):
            scene.score(member, number, 4)
    scene.finish()
    scene.decide("chosen", "refused")

    with pytest.raises(ValidationError, match="tidak ikut diputuskan, jadi tidak ada yang diubah"):
        amend(
            actor=scene.actor,
            application=Application.objects.get(state="withdrawn"),
            state="chosen",
            reason="Kursi kosong",
            now=NOW,
            tell=nobody_told,
        )


def test_history_of_the_heir_keeps_the_others_reason_out() -> None:
    scene = decided()

    leave(scene, 0, reason="Cuci darah")

    lines = HistoryEntry.objects.filter(subject_kind="matchmaking.application").order_by("-pk")[:2]
    assert [(line.subject_id, line.action, line.note) for line in lines] == [
        (scene.applications[2].pk, "chosen", ""),
        (scene.applications[0].pk, "withdrawn", "Cuci darah"),
    ]
