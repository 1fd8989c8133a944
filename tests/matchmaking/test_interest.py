"""One side's answer to a pair: who may give it, what it leaves behind, and that pressing twice is safe."""

import threading
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actors import COMMAND, Actor, Via
from accounts.history import entries_of
from matchmaking.interest import record_answer
from matchmaking.models import Answer, AnswerState, Interest, Pair
from tests.factories import BusinessFactory, PairFactory
from tests.scenes import CLOSED, NOON, make_contact


def holder_of(business: object) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


@pytest.mark.django_db
def test_answer_by_link_is_kept_on_the_pair_and_in_its_history() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    guest = scene.guest_business

    interest = record_answer(
        actor=holder_of(guest), pair=pair, business=guest, answer=Answer.YES, note="Bisa mulai April."
    )

    stored = Pair.objects.get(pk=pair.pk)
    assert (stored.answer_a, stored.answer_b) == ("yes", "")
    assert (pair.answer_a, pair.answer_b) == ("yes", "")
    assert (interest.business, interest.via, interest.recorded_by, interest.note) == (
        guest,
        "link",
        None,
        "Bisa mulai April.",
    )
    lines = [(line.action, line.before, line.after, line.via, line.business_id) for line in entries_of(pair)]
    assert lines == [("answered", {"answer": ""}, {"answer": "yes"}, "link", guest.pk)]


@pytest.mark.django_db
def test_answer_by_officer_says_who_and_for_which_business() -> None:
    scene = make_contact()
    pair = scene.make_pair()

    interest = record_answer(
        actor=scene.host_actor, pair=pair, business=scene.host_business, answer=Answer.OTHER_TIME
    )

    line = entries_of(pair).get()
    assert Pair.objects.get(pk=pair.pk).answer_b == "other_time"
    assert (interest.via, interest.recorded_by) == ("account", scene.host.user)
    assert (line.user, line.office_id, line.business_id) == (
        scene.host.user,
        scene.host.office_id,
        scene.host_business.pk,
    )


@pytest.mark.django_db
def test_same_answer_pressed_twice_is_one_row() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    press = {
        "actor": holder_of(scene.guest_business),
        "pair": pair,
        "business": scene.guest_business,
        "answer": Answer.YES,
    }
    first = record_answer(**press)

    second = record_answer(**press)

    assert second == first
    assert list(pair.interests.all()) == [first]
    assert entries_of(pair).count() == 1


@pytest.mark.django_db
def test_same_answer_with_another_note_is_a_new_row() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    guest = scene.guest_business
    record_answer(actor=holder_of(guest), pair=pair, business=guest, answer=Answer.NO)

    record_answer(actor=holder_of(guest), pair=pair, business=guest, answer=Answer.NO, note="Stok habis.")

    assert list(pair.interests.order_by("pk").values_list("answer", "note")) == [
        ("no", ""),
        ("no", "Stok habis."),
    ]


@pytest.mark.django_db
def test_business_may_change_its_mind() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    guest = scene.guest_business

    for answer in [Answer.YES, Answer.NO, Answer.YES]:
        record_answer(actor=holder_of(guest), pair=pair, business=guest, answer=answer)

    assert list(pair.interests.order_by("pk").values_list("answer", flat=True)) == ["yes", "no", "yes"]
    assert Pair.objects.get(pk=pair.pk).answer_a == "yes"


@pytest.mark.django_db
def test_each_side_keeps_its_own_answer() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    guest, host = scene.guest_business, scene.host_business

    record_answer(actor=holder_of(guest), pair=pair, business=guest, answer=Answer.YES)
    record_answer(actor=holder_of(host), pair=pair, business=host, answer=Answer.YES)

    assert Pair.objects.get(pk=pair.pk).is_mutual


@pytest.mark.django_db
def test_business_outside_the_pair_cannot_answer() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    other = BusinessFactory(office=scene.guest.office)

    with pytest.raises(ValidationError, match="bukan bagian dari pasangan ini"):
        record_answer(actor=holder_of(other), pair=pair, business=other, answer=Answer.YES)

    assert list(pair.interests.all()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["other side", "officer of other side", "stranger", "command"])
def test_nobody_answers_for_another(who: str) -> None:
    scene = make_contact()
    pair = scene.make_pair()
    actor = {
        "other side": holder_of(scene.host_business),
        "officer of other side": scene.host_actor,
        "stranger": scene.stranger_actor,
        "command": COMMAND,
    }[who]

    with pytest.raises(ValidationError, match="Hanya pelaku usaha itu sendiri atau dinas wilayahnya"):
        record_answer(actor=actor, pair=pair, business=scene.guest_business, answer=Answer.YES)

    assert Pair.objects.get(pk=pair.pk).answer_a == ""


@pytest.mark.django_db
def test_hidden_pair_cannot_be_answered() -> None:
    scene = make_contact()
    pair = scene.make_pair(hidden_at=timezone.now(), staff_reason="Sudah bekerja sama.")
    guest = scene.guest_business

    with pytest.raises(ValidationError, match="sudah ditarik oleh petugas"):
        record_answer(actor=holder_of(guest), pair=pair, business=guest, answer=Answer.YES)


@pytest.mark.django_db
def test_note_that_is_too_long_is_refused_before_anything_is_written() -> None:
    scene = make_contact()
    pair = scene.make_pair()
    guest = scene.guest_business

    with pytest.raises(ValidationError) as refusal:
        record_answer(actor=holder_of(guest), pair=pair, business=guest, answer=Answer.NO, note="x" * 301)

    assert list(refusal.value.message_dict) == ["note"]
    assert Pair.objects.get(pk=pair.pk).answer_a == ""


@pytest.mark.django_db(transaction=True)
def test_answers_at_the_same_moment_leave_one_consistent_state() -> None:
    """Ten people press at once; the last row of each side is what the pair says, and no press is lost.

    Seen failing with ``select_for_update`` taken away: two rows for one press, and ``before`` values
    in history that never were true.
    """
    scene = make_contact()
    pair = scene.make_pair()
    sides = [scene.guest_business, scene.host_business]
    start = threading.Barrier(10)
    problems: list[Exception] = []

    def press(number: int) -> None:
        business = sides[number % 2]
        try:
            start.wait()
            for turn in range(3):
                answer = list(Answer)[(number // 2 + turn) % 3]
                record_answer(
                    actor=holder_of(business),
                    pair=Pair.objects.get(pk=pair.pk),
                    business=business,
                    answer=answer,
                )
        except Exception as problem:  # noqa: BLE001 - whatever a thread meets must fail the test
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert_one_story(Pair.objects.get(pk=pair.pk))


def assert_one_story(pair: Pair) -> None:
    """Every answer differs from the one before it, history tells the same, the pair shows the last."""
    for business_id in [pair.business_a_id, pair.business_b_id]:
        answers = list(
            Interest.objects.filter(pair=pair, business_id=business_id)
            .order_by("pk")
            .values_list("answer", flat=True)
        )
        steps = list(zip(["", *answers], answers, strict=False))
        lines = [
            (line.before["answer"], line.after["answer"])
            for line in entries_of(pair).filter(business_id=business_id, action="answered").order_by("pk")
        ]
        assert [step for step in steps if step[0] == step[1]] == []
        assert lines == steps
        assert pair.answer_of(business_id) == answers[-1]


@pytest.mark.django_db
def test_states_of_all_sixteen_pairs_of_answers_agree_with_the_database() -> None:
    contact = make_contact().trade_contact
    for answer_a, answer_b in product(["", *Answer], repeat=2):
        PairFactory(trade_contact=contact, answer_a=answer_a, answer_b=answer_b)

    states = [(pair.answer_state, pair.state) for pair in contact.pairs.with_answer_state()]

    assert len(states) == 16
    assert [pair for pair in states if pair[0] != pair[1]] == []


@pytest.mark.django_db
def test_pairs_are_counted_by_state_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    contact = make_contact().trade_contact
    for answer_a, answer_b in product(["", *Answer], repeat=2):
        PairFactory(trade_contact=contact, answer_a=answer_a, answer_b=answer_b)

    with django_assert_num_queries(1):
        counts = Pair.objects.filter(trade_contact=contact).in_order().count_by_state()

    assert counts == {
        AnswerState.BOTH_YES: 1,
        AnswerState.DECLINED: 7,
        AnswerState.OTHER_TIME: 5,
        AnswerState.ONE_YES: 2,
        AnswerState.UNANSWERED: 1,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pair_is", "is_locked", "waits"),
    [
        ({}, False, True),
        ({"answer_b": "yes"}, False, True),
        ({"answer_b": "other_time"}, False, True),
        ({"answer_a": "yes"}, False, False),
        ({"answer_b": "no"}, False, False),
        ({"hidden_at": NOON, "staff_reason": "Sudah bekerja sama."}, False, False),
        (CLOSED, False, False),
        ({"step": "met", "step_at": NOON}, False, False),
        ({}, True, False),
    ],
)
def test_pairs_that_wait_for_one_side_are_found(pair_is: dict, *, is_locked: bool, waits: bool) -> None:
    scene = make_contact(trade_contact__answers_locked_at=NOON if is_locked else None)
    pair = scene.make_pair(**pair_is)
    asked = scene.guest_business.pk

    assert pair.waits_for(asked) is waits
    assert list(Pair.objects.waiting_for(asked)) == ([pair] if waits else [])
