"""Setting up a curation and scoring it blind."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import COMMAND
from accounts.models import HistoryEntry, User
from matchmaking import curation as domain
from matchmaking.curation import WrongState
from matchmaking.forms.curation import ReviewersForm
from matchmaking.models import Curation, Reviewer
from tests.curations import NOW, CurationScene, make_curation
from tests.factories import OfficeMemberFactory, actor_of
from tests.scenes import make_contact

pytestmark = pytest.mark.django_db
DAYS = {"opens_on": date(2018, 2, 1), "closes_on": date(2018, 2, 28)}


def test_opening_twice_is_opening_once() -> None:
    scene = make_contact()
    values = {"actor": scene.guest_actor, "delegation": scene.guest_delegation, "quota": 30, **DAYS}

    first, is_new = domain.open_curation(**values)

    assert (is_new, domain.open_curation(**values)) == (True, (first, False))


def test_another_office_opens_nothing() -> None:
    scene = make_contact()

    with pytest.raises(PermissionDenied, match="Hanya dinas yang membawa delegasi ini"):
        domain.open_curation(actor=scene.host_actor, delegation=scene.guest_delegation, quota=30, **DAYS)


def test_applying_cannot_end_before_it_begins() -> None:
    scene = make_curation()

    with pytest.raises(ValidationError, match="Pendaftaran tidak dapat berakhir sebelum mulai"):
        domain.change_curation(
            actor=scene.actor,
            curation=scene.curation,
            quota=2,
            opens_on=date(2018, 3, 2),
            closes_on=date(2018, 3, 1),
        )


def test_criteria_are_fixed_by_the_first_score() -> None:
    scene = make_curation()
    scene.score(0, 0, 4)

    with pytest.raises(WrongState, match="Penilaian sudah dimulai"):
        domain.set_criteria(actor=scene.actor, curation=scene.curation, criteria=[("Harga", 10)])


def test_criteria_may_change_while_nobody_has_scored() -> None:
    scene = make_curation()

    rows = domain.set_criteria(
        actor=scene.actor, curation=scene.curation, criteria=[("Harga", 10), ("Mutu", 5)]
    )

    assert [(row.name, row.weight, row.position) for row in rows] == [("Harga", 10, 1), ("Mutu", 5, 2)]


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        ([], "Tulis paling sedikit satu kriteria"),
        ([("Mutu", 101)], "Bobot adalah angka bulat dari 1 sampai 100"),
    ],
)
def test_wrong_criteria_are_refused(criteria: list[tuple[str, int]], message: str) -> None:
    scene = make_curation()

    with pytest.raises(ValidationError, match=message):
        domain.set_criteria(actor=scene.actor, curation=scene.curation, criteria=criteria)


def test_one_reviewer_is_too_few() -> None:
    scene = make_curation()

    with pytest.raises(ValidationError, match="Pilih paling sedikit dua penilai"):
        domain.name_reviewers(actor=scene.actor, curation=scene.curation, users=[scene.reviewers[0].user])


def test_reviewer_of_another_office_is_refused() -> None:
    scene = make_curation()
    users = [scene.reviewers[0].user, scene.contact.host.user]

    with pytest.raises(ValidationError, match="Penilai harus petugas dinas ini"):
        domain.name_reviewers(actor=scene.actor, curation=scene.curation, users=users)


def test_reviewer_who_has_scored_stays() -> None:
    scene = make_curation()
    scene.score(1, 0, 4)
    third = OfficeMemberFactory(office=scene.contact.guest.office)

    with pytest.raises(ValidationError, match="sudah menilai atau menyatakan benturan"):
        domain.name_reviewers(
            actor=scene.actor, curation=scene.curation, users=[scene.reviewers[0].user, third.user]
        )


def test_nobody_new_scores_once_the_ranking_is_seen() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])
    third = OfficeMemberFactory(office=scene.contact.guest.office)
    users = [*(member.user for member in scene.reviewers), third.user]

    with pytest.raises(WrongState, match="Peringkat sudah terlihat"):
        domain.name_reviewers(actor=scene.actor, curation=scene.curation, users=users)


def test_scoring_needs_criteria_reviewers_and_applications() -> None:
    scene = make_contact()
    curation, _ = domain.open_curation(
        actor=scene.guest_actor, delegation=scene.guest_delegation, quota=2, **DAYS
    )

    with pytest.raises(ValidationError) as refused:
        domain.start_scoring(actor=scene.guest_actor, curation=curation)

    assert refused.value.messages == [
        "Tulis kriterianya lebih dahulu.",
        "Pilih paling sedikit dua penilai.",
        "Belum ada yang mendaftar.",
    ]


def test_applications_reopen_only_before_the_first_score() -> None:
    scene = make_curation()

    reopened = domain.reopen_applications(actor=scene.actor, curation=scene.curation)
    domain.start_scoring(actor=scene.actor, curation=scene.curation)
    scene.score(0, 0, 4)

    assert reopened.state == Curation.State.OPEN
    with pytest.raises(WrongState, match="Penilaian sudah dimulai"):
        domain.reopen_applications(actor=scene.actor, curation=scene.curation)


def test_saving_the_same_sheet_again_changes_nothing() -> None:
    scene = make_curation()
    scene.score(0, 0, 4, 2)
    lines = HistoryEntry.objects.count()

    scene.score(0, 0, 4, 2)

    assert HistoryEntry.objects.count() == lines
    assert list(
        scene.applications[0].scores.order_by("criterion__position").values_list("score", flat=True)
    ) == [4, 2]


def test_history_of_a_sheet_tells_no_score() -> None:
    scene = make_curation()

    scene.score(0, 0, 4, 2)

    line = HistoryEntry.objects.get(action="scored")
    assert (line.before, line.after, line.note) == (None, None, "")


@pytest.mark.parametrize("score", [0, 6, -1])
def test_score_outside_one_to_five_is_refused(score: int) -> None:
    scene = make_curation()

    with pytest.raises(ValidationError):
        scene.score(0, 0, score)


def test_criterion_of_another_curation_is_refused() -> None:
    scene, other = make_curation(), make_curation()

    with pytest.raises(ValidationError, match="Kriteria ini tidak ada dalam kurasi ini"):
        domain.save_scores(
            actor=scene.actors()[0],
            application=scene.applications[0],
            sheet={other.criteria[0].pk: (3, "")},
            now=NOW,
        )


def test_only_reviewers_score() -> None:
    scene = make_curation()
    colleague = actor_of(OfficeMemberFactory(office=scene.contact.guest.office))

    for actor in (colleague, scene.contact.host_actor, COMMAND):
        with pytest.raises(PermissionDenied, match="Hanya penilai yang ditunjuk"):
            domain.save_scores(actor=actor, application=scene.applications[0], sheet={}, now=NOW)


def test_conflict_shuts_the_reviewer_out() -> None:
    scene = make_curation()
    application = scene.applications[0]

    domain.declare_conflict(actor=scene.actors()[0], application=application, reason="Kakak pemiliknya")

    with pytest.raises(PermissionDenied, match="benturan kepentingan"):
        scene.score(0, 0, 5)


def test_conflict_counts_scores_given_before_no_more() -> None:
    scene = make_curation(applicants=2)
    scene.score(0, 0, 1)
    domain.declare_conflict(
        actor=scene.actors()[0], application=scene.applications[0], reason="Pernah bersengketa"
    )
    scene.score(1, 0, 5)
    for member in (0, 1):
        scene.score(member, 1, 4)

    assert scene.places() == [(0, 1), (1, 2)]


def test_when_all_have_a_conflict_the_ranking_waits_for_another_reviewer() -> None:
    scene = make_curation(applicants=1)
    for actor in scene.actors():
        domain.declare_conflict(actor=actor, application=scene.applications[0], reason="Keluarga")
    scene.finish()
    third = OfficeMemberFactory(office=scene.contact.guest.office)
    users = [*(member.user for member in scene.reviewers), third.user]

    assert not domain.can_see_ranking(scene.curation)
    assert len(domain.name_reviewers(actor=scene.actor, curation=scene.curation, users=users)) == 3


def test_finishing_needs_every_sheet() -> None:
    scene = make_curation()
    scene.score(0, 0, 4)

    with pytest.raises(ValidationError, match="Masih 2 usaha belum lengkap"):
        domain.finish_scoring(actor=scene.actors()[0], curation=scene.curation, now=NOW)


def test_finished_reviewer_changes_nothing_more() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])

    with pytest.raises(WrongState, match="Anda sudah menyatakan selesai menilai"):
        scene.score(0, 0, 1)


def test_ranking_opens_with_the_last_reviewer() -> None:
    scene = make_curation(applicants=1)
    for member in (0, 1):
        scene.score(member, 0, 4)
    domain.finish_scoring(actor=scene.actors()[0], curation=scene.curation, now=NOW)
    before = domain.can_see_ranking(scene.curation)
    scene.finish()

    assert (before, domain.can_see_ranking(scene.curation)) == (False, True)


def leave_office(scene: CurationScene, member: int, how: str) -> None:
    """Let a reviewer leave the office, or close the account."""
    user = scene.reviewers[member].user
    if how == "leaves":
        user.office_memberships.all().delete()
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("how", ["leaves", "is deactivated"])
def test_a_reviewer_who_left_stays_named_and_others_join(how: str) -> None:
    scene = make_curation()
    scene.score(1, 0, 4)
    leave_office(scene, 1, how)
    third = OfficeMemberFactory(office=scene.contact.guest.office)
    named = [member.user_id for member in scene.reviewers]
    form = ReviewersForm(
        {"users": [*named, third.user_id]}, delegation=scene.curation.delegation, named=named
    )

    assert form.is_valid()
    rows = domain.name_reviewers(actor=scene.actor, curation=scene.curation, **form.cleaned_data)
    assert [row.user_id for row in rows] == [*named, third.user_id]


@pytest.mark.parametrize("how", ["leaves", "is deactivated"])
def test_nobody_waits_for_a_reviewer_who_left_and_whole_sheets_count(how: str) -> None:
    scene = make_curation(applicants=2)
    scene.score(1, 0, 1)
    for number in (0, 1):
        scene.score(0, number, 3)
    domain.finish_scoring(actor=scene.actors()[0], curation=scene.curation, now=NOW)
    before = domain.can_see_ranking(scene.curation)

    leave_office(scene, 1, how)

    assert (before, domain.can_see_ranking(scene.curation)) == (False, True)
    assert scene.places() == [(1, 1), (0, 2)]


def test_an_application_that_only_a_reviewer_who_left_could_score_waits() -> None:
    scene = make_curation(applicants=2)
    for number in (0, 1):
        domain.declare_conflict(
            actor=scene.actors()[0], application=scene.applications[number], reason="Keluarga"
        )
    scene.score(1, 0, 4)

    leave_office(scene, 1, "leaves")

    assert domain.without_reviewer(scene.curation) == [scene.applications[1]]


def test_scoring_starts_with_two_who_can_score() -> None:
    scene = make_curation(state="open")
    leave_office(scene, 1, "leaves")

    with pytest.raises(ValidationError, match="Pilih paling sedikit dua penilai"):
        domain.start_scoring(actor=scene.actor, curation=scene.curation)


def test_a_conflict_is_declared_before_finishing_only() -> None:
    scene = make_curation()
    scene.score_all([5, 4, 3])

    with pytest.raises(WrongState, match="Anda sudah menyatakan selesai menilai"):
        domain.declare_conflict(
            actor=scene.actors()[0], application=scene.applications[0], reason="Kakak pemiliknya"
        )


def test_reopening_lets_reviewers_finish_again() -> None:
    scene = make_curation(applicants=1)
    for actor in scene.actors():
        domain.declare_conflict(actor=actor, application=scene.applications[0], reason="Keluarga")
    scene.finish()

    domain.reopen_applications(actor=scene.actor, curation=scene.curation)

    assert list(Reviewer.objects.exclude(finished_at=None)) == []
