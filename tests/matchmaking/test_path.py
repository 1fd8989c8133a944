"""The steps of a pair: the table, who may, what must prove it, and one step for one press."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.actors import Actor, Via
from accounts.history import entries_of
from matchmaking.interest import AnswersLocked, record_answer
from matchmaking.models import Answer, Pair, PairStep, Reason, Step
from matchmaking.path import TABLE, StepNotAllowed, Who, next_steps, reopen_pair, take_step
from matchmaking.timeline import of_pair
from products.models import EvidenceFile
from tests.factories import PairStepFactory
from tests.files import keep_pdf
from tests.scenes import ContactScene, make_contact

NOW = datetime(2018, 3, 22, 5, tzinfo=UTC)
LATER = datetime(2018, 4, 22, 5, tzinfo=UTC)


def holder_of(business: object) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def pair_at(scene: ContactScene, step: str, **values: object) -> Pair:
    answers = {} if step == "proposed" else {"answer_a": "yes", "answer_b": "yes"}
    return scene.make_pair(step=step, step_at=None if step == "proposed" else NOW, **answers, **values)


def steps_of(pair: Pair) -> list[tuple[str, str]]:
    return list(PairStep.objects.filter(pair=pair).order_by("pk").values_list("from_step", "to_step"))


@pytest.mark.django_db
def test_both_yes_is_the_step_agreed_and_taking_one_back_is_a_step_too() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    guest, host = scene.guest_business, scene.host_business
    record_answer(actor=holder_of(guest), pair=pair, business=guest, answer=Answer.YES)
    record_answer(actor=holder_of(host), pair=pair, business=host, answer=Answer.YES)
    agreed = pair.step

    record_answer(actor=holder_of(host), pair=pair, business=host, answer=Answer.NO)

    assert (agreed, pair.step, Pair.objects.get(pk=pair.pk).step) == ("agreed", "proposed", "proposed")
    assert steps_of(pair) == [("proposed", "agreed"), ("agreed", "proposed")]


@pytest.mark.django_db
def test_an_answer_taken_back_after_the_meeting_leaves_the_step() -> None:
    scene = make_contact()
    pair = pair_at(scene, "met")

    record_answer(
        actor=holder_of(scene.host_business), pair=pair, business=scene.host_business, answer=Answer.NO
    )

    assert Pair.objects.get(pk=pair.pk).step == "met"


@pytest.mark.django_db
def test_a_step_says_who_when_and_by_what() -> None:
    scene = make_contact()
    pair = pair_at(scene, "met")

    step = take_step(
        actor=scene.guest_actor, pair=pair, to=Step.ORDER, document="PO-17", note="Uang muka 30%.", now=LATER
    )

    stored = Pair.objects.get(pk=pair.pk)
    assert (pair.step, stored.step, stored.step_at) == ("order", "order", LATER)
    assert (step.document, step.note, step.via, step.recorded_by) == (
        "PO-17",
        "Uang muka 30%.",
        "account",
        scene.guest.user,
    )
    line = entries_of(pair).get()
    assert (line.action, line.before, line.after) == (
        "stepped",
        {"step": "met"},
        {"step": "order", "document": "PO-17"},
    )


@pytest.mark.django_db
def test_the_same_step_pressed_twice_is_one() -> None:
    scene = make_contact()
    pair = pair_at(scene, "agreed")
    first = take_step(actor=scene.guest_actor, pair=pair, to=Step.MET, now=NOW)

    second = take_step(actor=scene.host_actor, pair=pair, to=Step.MET, now=LATER)

    assert second == first
    assert steps_of(pair) == [("agreed", "met")]


@pytest.mark.django_db
def test_a_further_repeat_order_has_another_document() -> None:
    scene = make_contact()
    pair = pair_at(scene, "delivered")

    for number in ["PO-2", "PO-2", "PO-3"]:
        take_step(actor=scene.guest_actor, pair=pair, to=Step.REPEAT, document=number, now=NOW)

    assert steps_of(pair) == [("delivered", "repeat"), ("repeat", "repeat")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stands", "to", "refusal"),
    [
        ("order", Step.SAMPLE, "sudah sampai “pesanan .PO.”, jadi tidak kembali ke “contoh”"),
        ("met", Step.REPEAT, "baru sampai “sudah bertemu”.*catat dahulu “terkirim”"),
        ("agreed", Step.PROPOSED, "tercatat sendiri begitu kedua usaha menjawab Mau|Jawaban"),
        ("proposed", Step.AGREED, "tercatat sendiri begitu kedua usaha menjawab Mau"),
        ("proposed", Step.QUOTE, "baru sampai “diusulkan”"),
    ],
)
def test_a_refused_step_says_why(stands: str, to: Step, refusal: str) -> None:
    scene = make_contact()
    pair = pair_at(scene, stands)

    with pytest.raises(StepNotAllowed, match=refusal):
        take_step(actor=scene.guest_actor, pair=pair, to=to, document="1", now=NOW)

    assert steps_of(pair) == []


@pytest.mark.django_db
def test_a_closed_pair_says_its_reason_and_is_reopened_to_where_it_stood() -> None:
    scene = make_contact()
    pair = pair_at(scene, "met")
    PairStepFactory(pair=pair, to_step="met")
    take_step(actor=scene.guest_actor, pair=pair, to=Step.CLOSED, reason=Reason.PRICE, now=NOW)
    with pytest.raises(StepNotAllowed, match="sudah ditutup: harga tidak cocok"):
        take_step(actor=scene.guest_actor, pair=pair, to=Step.SAMPLE, now=LATER)

    reopen_pair(actor=scene.host_actor, pair=pair, note="Harga baru disepakati.", now=LATER)

    assert (pair.step, pair.closed_reason) == ("met", "")
    assert [line.text for line in of_pair(pair, with_notes=True)][:2] == [
        "Dibuka lagi, kembali ke “sudah bertemu”.",
        "Ditutup: harga tidak cocok.",
    ]


@pytest.mark.django_db
def test_reopening_needs_a_note_and_an_officer() -> None:
    scene = make_contact()
    pair = pair_at(scene, "met")
    take_step(actor=scene.guest_actor, pair=pair, to=Step.CLOSED, reason=Reason.PRICE, now=NOW)

    with pytest.raises(ValidationError, match="Tulis mengapa pasangan ini dibuka lagi"):
        reopen_pair(actor=scene.guest_actor, pair=pair, note=" ", now=LATER)
    with pytest.raises(StepNotAllowed, match="dibuka lagi oleh dinas"):
        reopen_pair(actor=holder_of(scene.guest_business), pair=pair, note="Mau lagi.", now=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field", "refusal"),
    [
        ({"to": Step.LOI}, "document", "Isi nomor dokumennya atau lampirkan fotonya."),
        ({"to": Step.CLOSED}, "reason", "Pilih mengapa pasangan ini ditutup."),
        ({"to": Step.CLOSED, "reason": Reason.OTHER}, "note", "Tulis alasannya."),
        ({"to": Step.SAMPLE, "note": "x" * 301}, "note", "300"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(values: dict, field: str, refusal: str) -> None:
    scene = make_contact()
    pair = pair_at(scene, "met")

    with pytest.raises(ValidationError, match=refusal) as refused:
        take_step(actor=scene.guest_actor, pair=pair, now=NOW, **values)

    assert list(refused.value.message_dict) == [field]
    assert Pair.objects.get(pk=pair.pk).step == "met"


@pytest.mark.django_db
def test_a_file_proves_as_well_as_a_number() -> None:
    scene = make_contact()
    pair = pair_at(scene, "met")
    file = keep_pdf(scene.guest_business)

    step = take_step(actor=scene.guest_actor, pair=pair, to=Step.LOI, evidence=file, now=NOW)

    assert step.evidence == file
    assert pair.step == "loi"
    assert list(EvidenceFile.objects.unused()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "third business"])
def test_nobody_else_takes_a_step(who: str) -> None:
    scene = make_contact()
    pair = pair_at(scene, "met")
    third = scene.make_pair()
    actor = scene.stranger_actor if who == "stranger" else holder_of(third.business_a)

    with pytest.raises(StepNotAllowed, match="oleh kedua usaha sendiri atau dinas kontak dagang ini"):
        take_step(actor=actor, pair=pair, to=Step.SAMPLE, now=NOW)


@pytest.mark.django_db
def test_a_hidden_pair_takes_no_step() -> None:
    scene = make_contact()
    pair = pair_at(scene, "met", hidden_at=NOW, staff_reason="Keliru.")

    with pytest.raises(StepNotAllowed, match="Pasangan ini disembunyikan"):
        take_step(actor=scene.guest_actor, pair=pair, to=Step.SAMPLE, now=NOW)
    with pytest.raises(StepNotAllowed, match="sudah ditarik oleh dinas"):
        take_step(actor=holder_of(scene.guest_business), pair=pair, to=Step.SAMPLE, now=NOW)
    assert next_steps(scene.guest_actor, pair) == []


@pytest.mark.django_db
def test_a_meeting_without_answers_is_written_down_by_officers_alone() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    with pytest.raises(StepNotAllowed, match="langkah ini dicatat oleh petugas dinas"):
        take_step(actor=holder_of(scene.guest_business), pair=pair, to=Step.MET, now=NOW)

    take_step(actor=scene.guest_actor, pair=pair, to=Step.MET, now=NOW)

    assert pair.step == "met"


def test_the_table_leads_forwards_only() -> None:
    order = list(Step)
    by_hand = [(start, to) for (start, to), rule in TABLE.items() if rule.who != Who.ANSWERS]

    assert [(start, to) for start, to in by_hand if order.index(to) < order.index(start)] == []
    assert {start for start, to in TABLE if to == Step.CLOSED} == set(Step) - {Step.CLOSED}
    assert {to for _start, to in TABLE} == set(Step)


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_take_one_step_once() -> None:
    """Seen failing with ``select_for_update`` taken out of ``lock_pair``: two rows for one step."""
    scene = make_contact()
    pair = pair_at(scene, "agreed")
    start = threading.Barrier(8)
    problems: list[Exception] = []

    def press() -> None:
        try:
            mine = Pair.objects.get(pk=pair.pk)
            start.wait()
            take_step(actor=scene.guest_actor, pair=mine, to=Step.MET, now=NOW)
        except Exception as problem:  # noqa: BLE001 - whatever a thread meets must fail the test
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert steps_of(pair) == [("agreed", "met")]
    assert entries_of(pair).count() == 1


@pytest.mark.django_db
def test_a_closed_pair_is_not_answered_and_opens_as_its_answers_say() -> None:
    scene = make_contact()
    pair = pair_at(scene, "agreed")
    take_step(actor=scene.guest_actor, pair=pair, to=Step.CLOSED, reason=Reason.OTHER, note="ragu", now=NOW)

    with pytest.raises(AnswersLocked, match="sudah ditutup"):
        record_answer(actor=scene.guest_actor, pair=pair, business=scene.guest_business, answer=Answer.NO)
    Pair.objects.update(answer_a="no")
    pair.refresh_from_db()
    reopen_pair(actor=scene.guest_actor, pair=pair, note="ternyata jadi", now=LATER)

    assert Pair.objects.get().step == "proposed"
