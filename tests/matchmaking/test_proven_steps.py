"""A step that a commitment proved falls with it, down to one that something else still proves."""

from datetime import timedelta

import pytest

from accounts.actors import Actor
from matchmaking.commitments import Level, withdraw
from matchmaking.models import Commitment, Pair, Reason, Step
from matchmaking.path import reopen_pair, take_step
from matchmaking.proven_steps import standing_steps
from matchmaking.timeline import of_pair
from tests.deals import NOW, agreed_pair, link_actor, record, terms
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


def order(pair: Pair, actor: Actor, number: str, amount: int = 12_000_000, **values: object) -> Commitment:
    return record(pair, actor, terms(Level.ORDER, amount, document=number), **values)


def take_back(row: Commitment, actor: Actor, reason: str = "Salah nilai.") -> None:
    withdraw(actor=actor, commitment=row, reason=reason, now=LATER)


def path_of(pair: Pair) -> list[str]:
    return list(pair.steps.order_by("pk").values_list("to_step", flat=True))


def test_the_step_goes_back_to_where_it_came_from_with_the_reason(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), link_actor(scene.guest_business)
    take_step(actor=actor, pair=pair, to=Step.MET, now=NOW)
    row = order(pair, actor, "PO-1")

    take_back(row, actor)

    pair.refresh_from_db()
    assert (pair.step, pair.step_at, path_of(pair)) == ("met", LATER, ["met", "order", "met"])
    assert [step.to_step for step in standing_steps(pair)] == ["met"]
    assert pair.steps.order_by("-pk")[0].note == "Salah nilai."
    assert (
        of_pair(pair, with_notes=False)[0].text == "Bukti “pesanan (PO)” ditarik; kembali ke “sudah bertemu”."
    )


def test_a_file_proves_as_a_number_does(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor

    take_back(record(pair, actor, terms(Level.REALISED), has_file=True), actor)

    assert path_of(pair) == ["delivered", "agreed"]


def test_the_proof_of_the_step_below_stands_there_again(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    record(pair, actor, terms(document="LOI-1"))

    take_back(order(pair, actor, "PO-1"), actor)

    latest = pair.steps.order_by("-pk")[0]
    assert (latest.to_step, latest.document) == ("loi", "LOI-1")


def test_a_step_below_that_nothing_proves_any_more_falls_too(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    loi, bought = record(pair, actor, terms(document="LOI-1")), order(pair, actor, "PO-1")

    take_back(loi, actor)
    between = Pair.objects.get(pk=pair.pk).step
    take_back(bought, actor)

    assert (between, path_of(pair)) == ("order", ["loi", "order", "agreed"])


def test_what_was_recorded_meanwhile_takes_the_step_it_proves(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    wrong = order(pair, actor, "PO-1")
    order(pair, actor, "PO-2", 9_000_000, now=NOW + timedelta(hours=1))

    take_back(wrong, actor)

    assert path_of(pair) == ["order", "agreed", "order"]
    assert pair.steps.order_by("-pk")[0].document == "PO-2"


def test_a_number_that_another_record_has_too_still_proves(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    wrong = order(pair, actor, "PO-1")
    order(pair, actor, "PO-1", 11_000_000, now=NOW + timedelta(hours=1))

    take_back(wrong, actor)

    assert path_of(pair) == ["order"]


def test_an_order_from_before_a_repeat_does_not_take_its_place(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    order(pair, actor, "PO-1")
    record(pair, actor, terms(Level.REALISED), has_file=True, now=NOW + timedelta(hours=1))
    repeat = order(pair, actor, "PO-2", now=NOW + timedelta(hours=2))

    take_back(repeat, actor)

    assert path_of(pair) == ["order", "delivered", "repeat", "delivered"]


def test_the_same_recorded_right_takes_the_step_again(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    take_back(order(pair, actor, "PO-1"), actor)
    right = order(pair, actor, "PO-1", 11_000_000, now=LATER)

    take_back(right, actor)

    assert path_of(pair) == ["order", "agreed", "order", "agreed"]


def test_repeats_fall_when_the_last_of_them_does(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    record(pair, actor, terms(Level.REALISED), has_file=True)
    rows = [order(pair, actor, number) for number in ("PO-2", "PO-3")]

    steps = []
    for row in reversed(rows):
        take_back(row, actor)
        steps.append(Pair.objects.get(pk=pair.pk).step)

    assert steps == ["repeat", "delivered"]
    assert path_of(pair) == ["delivered", "repeat", "repeat", "delivered"]


def test_a_step_that_is_proved_otherwise_stays(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    take_step(actor=actor, pair=pair, to=Step.ORDER, now=NOW, document="PO-0")
    row = order(pair, actor, "PO-1")

    take_back(row, actor)

    assert (Pair.objects.get(pk=pair.pk).step, path_of(pair)) == ("order", ["order"])


def test_without_a_known_proof_below_the_pair_stays(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene, step="loi"), scene.guest_actor

    take_back(order(pair, actor, "PO-1"), actor)

    assert path_of(pair) == ["order"]


def test_a_pair_that_was_closed_and_opened_again_goes_back_to_no_closing(scene: ContactScene) -> None:
    pair, actor = agreed_pair(scene), scene.guest_actor
    closed, opened = order(pair, actor, "PO-1"), agreed_pair(scene)
    take_step(actor=actor, pair=pair, to=Step.CLOSED, now=NOW, reason=Reason.NO_NEWS)
    row = order(opened, actor, "PO-1")
    take_step(actor=actor, pair=opened, to=Step.CLOSED, now=NOW, reason=Reason.NO_NEWS)
    reopen_pair(actor=actor, pair=opened, note="Ada kabar.", now=NOW)

    for each in (closed, row):
        take_back(each, actor)

    assert path_of(pair) == ["order", "closed"]
    assert path_of(opened) == ["order", "closed", "order", "agreed"]
