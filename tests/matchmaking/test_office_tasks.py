"""Closing a pair with a reason, the task that comes of it, and siap or belum in the next trade contact."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.actors import Actor, Via
from matchmaking.models import Pair, Reason, Task
from matchmaking.office_tasks import change_task, close_pair
from matchmaking.timeline import of_pair
from tests.clients import client_of
from tests.factories import DelegationFactory, OfficeMemberFactory, ParticipationFactory, TaskFactory
from tests.holders import text_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 26, 5, tzinfo=UTC)
TODAY = date(2018, 3, 26)


def close(scene: ContactScene, pair: Pair, reason: Reason, **values: Any) -> None:
    values = {"actor": scene.host_actor, "lacking": scene.guest_business, "note": "", **values}
    close_pair(pair=pair, reason=reason, now=NOW, today=TODAY, **values)


def met_pair(scene: ContactScene) -> Pair:
    return scene.make_pair(step="met", step_at=NOW, answer_a="yes", answer_b="yes")


def change(scene: ContactScene, task: Task, **values: Any) -> Task:
    values = {
        "actor": scene.guest_actor,
        "owner": scene.guest.user,
        "due_on": TODAY,
        "done_note": "",
        **values,
    }
    return change_task(task=task, now=NOW, **values)


def test_a_reason_that_an_office_can_act_on_becomes_its_task_once() -> None:
    scene = make_contact()
    pair = met_pair(scene)

    close(scene, pair, Reason.HALAL)
    close(scene, pair, Reason.HALAL)

    task = Task.objects.get()
    assert (pair.step, pair.closed_reason) == ("closed", "halal")
    assert (task.office, task.owner, task.reason, task.due_on) == (
        scene.guest.office,
        scene.guest.user,
        "halal",
        date(2018, 6, 24),
    )


def test_another_reason_makes_no_task() -> None:
    scene = make_contact()
    pair = met_pair(scene)

    close(scene, pair, Reason.PRICE, actor=Actor(via=Via.LINK, business_id=scene.host_business.pk))

    assert (pair.closed_reason, Task.objects.count()) == ("price", 0)


def test_a_reason_for_a_task_names_the_side() -> None:
    scene = make_contact()
    pair = met_pair(scene)

    with pytest.raises(ValidationError, match="Pilih usaha yang perlu dibantu"):
        close(scene, pair, Reason.HALAL, lacking=None)

    assert Pair.objects.get(pk=pair.pk).step == "met"


def test_a_task_is_handed_over_and_done_and_history_tells_it() -> None:
    scene = make_contact()
    pair = met_pair(scene)
    close(scene, pair, Reason.HALAL)
    colleague = OfficeMemberFactory(office=scene.guest.office).user
    task = Task.objects.get()

    change(scene, task, owner=colleague)
    done = change(scene, task, owner=colleague, done_note="Sertifikat halal terbit.")
    change(scene, task, owner=colleague, done_note="Sertifikat halal terbit.")

    assert (done.owner, done.done_at) == (colleague, NOW)
    assert [line.text for line in of_pair(pair, with_notes=True)] == [
        "Tugas dinas selesai.",
        "Tugas dinas diubah.",
        "Menjadi tugas dinas: halal dulu, tenggat 24 Juni 2018.",
        "Ditutup: halal dulu.",
    ]


def test_another_office_changes_nothing_and_owners_are_of_the_same_office() -> None:
    scene = make_contact()
    task = TaskFactory(pair=met_pair(scene))

    with pytest.raises(PermissionDenied, match="Tugas ini milik dinas lain"):
        change(scene, task, actor=scene.host_actor)
    with pytest.raises(ValidationError, match="Pilih petugas dari dinas yang sama"):
        change(scene, task, owner=scene.host.user)


def test_the_next_trade_contact_shows_siap_or_belum() -> None:
    scene = make_contact()
    pair = met_pair(scene)
    TaskFactory(pair=pair, reason="halal", done_at=NOW, done_note="Terbit.")
    TaskFactory(pair=pair, reason="packaging")
    following = DelegationFactory(office=scene.guest.office)
    ParticipationFactory(delegation=following, business=scene.guest_business)
    client = client_of(scene.guest)

    pages = [
        text_of(client.get(reverse("matchmaking:delegations", args=[contact.slug])))
        for contact in (following.trade_contact, scene.trade_contact)
    ]

    assert ["siap: halal dulu" in page for page in pages] == [True, False]
    assert ["belum: kemasan kurang" in page for page in pages] == [True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_tasks_costs_the_same_for_one_and_for_many(
    count: int, django_assert_num_queries: Any
) -> None:
    scene = make_contact()
    for _number in range(count):
        TaskFactory(pair=scene.make_pair())
    Task.objects.update(office=scene.guest.office)
    client = client_of(scene.guest)
    client.get(reverse("matchmaking:office_tasks"))

    with django_assert_num_queries(5):
        response = client.get(reverse("matchmaking:office_tasks"), {"keadaan": "belum", "milik": ""})

    assert len(response.context["page"]) == count
