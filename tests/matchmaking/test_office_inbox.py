"""The inbox of an office: what is in it, in which order, and that no other office sees it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from matchmaking.inbox import PER_PAGE, Inbox, Kind
from matchmaking.office_inbox import office_inbox
from matchmaking.office_tasks import change_task
from outbox.models import Message
from outbox.resending import settle
from tests.factories import (
    CertificateFactory,
    CommitmentFactory,
    ConfirmationFactory,
    CurationFactory,
    FollowUpFactory,
    InquiryFactory,
    InvitationFactory,
    MessageFactory,
    NeedFactory,
    ProductFactory,
    RevisionFactory,
    SupplyOfferFactory,
    TaskFactory,
)
from tests.pictures import store_photo
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 20, 3, tzinfo=UTC)
TODAY = date(2018, 3, 20)
OLD = datetime(2018, 3, 10, tzinfo=UTC)


def inbox_of(actor: Actor) -> Inbox:
    return office_inbox(actor, now=NOW, today=TODAY)


def items_of(actor: Actor) -> list[Any]:
    return list(inbox_of(actor).page("1").object_list)


def a_silence(scene: ContactScene) -> None:
    scene.make_pair(rank=1, created_at=OLD, answer_b="yes")


def an_inquiry(scene: ContactScene) -> None:
    InquiryFactory(business=scene.guest_business, receipt_number="M-7", sender_name="Ibu Jauh")


def an_offer(scene: ContactScene) -> None:
    SupplyOfferFactory(need=NeedFactory(business=scene.guest_business))


def a_dispute(scene: ContactScene) -> None:
    pair = scene.make_pair(created_at=NOW, answer_a="yes", answer_b="yes")
    ConfirmationFactory(commitment=CommitmentFactory(pair=pair), answer="dispute", note="Tidak pernah.")


def a_silence_on_money(scene: ContactScene) -> None:
    pair = scene.make_pair(created_at=NOW, answer_a="yes", answer_b="yes")
    CommitmentFactory(pair=pair, seller=pair.business_b, buyer=pair.business_a, recorded_at=OLD)


def a_new_product(scene: ContactScene) -> None:
    ProductFactory(business=scene.guest_business, status="submitted", submitted_at=OLD)


def a_change(scene: ContactScene) -> None:
    RevisionFactory(product=ProductFactory(business=scene.guest_business))


def a_photo(scene: ContactScene) -> None:
    photo = store_photo(ProductFactory(business=scene.guest_business))
    photo.is_waiting = True
    photo.save()


def a_certificate(scene: ContactScene) -> None:
    CertificateFactory(business=scene.guest_business, number="ID321")


def a_task(scene: ContactScene) -> None:
    pair = scene.make_pair(created_at=NOW)
    TaskFactory(pair=pair, business=pair.business_a, due_on=date(2018, 3, 19))


def a_lost_message(scene: ContactScene) -> None:
    MessageFactory(office=scene.guest.office, state="given_up", next_attempt_at=None)


def a_curation(scene: ContactScene) -> None:
    CurationFactory(delegation=scene.guest_delegation, closes_on=date(2018, 3, 1))


def a_late_follow_up(scene: ContactScene) -> None:
    pair = scene.make_pair(step="met", step_at=OLD, answer_a="yes", answer_b="yes")
    FollowUpFactory(pair=pair, asked=pair.business_a, due_on=date(2018, 3, 12))


EVENTS = [
    (a_silence, Kind.CALL, "Telepon ", "/telepon/"),
    (an_inquiry, Kind.INQUIRY, "Jadikan pasangan atau tutup: pernyataan minat M-7", "/pernyataan-minat/M-7/"),
    (an_offer, Kind.OFFER, "Tindak lanjuti tawaran memasok: ", "/tawaran-memasok/"),
    (a_dispute, Kind.COMMITMENT, "Periksa catatan yang dibantah LoI: ", "/komitmen/"),
    (a_silence_on_money, Kind.COMMITMENT, "Ingatkan mengonfirmasi LoI: ", "/komitmen/"),
    (a_new_product, Kind.PRODUCT, "Periksa produk ", "/periksa/"),
    (a_change, Kind.PRODUCT, "Periksa perubahan ", "/perubahan/"),
    (a_photo, Kind.PRODUCT, "Periksa foto baru ", "/foto/"),
    (a_certificate, Kind.CERTIFICATE, "Periksa sertifikat P-IRT dari ", "/sertifikat/"),
    (a_late_follow_up, Kind.FOLLOW_UP, "Tanyakan kelanjutannya kepada ", "/tindak-lanjut/"),
    (a_task, Kind.TASK, "Urus sertifikat halal: ", "/tugas/"),
    (a_lost_message, Kind.MESSAGE, "Kirim ulang pesan yang gagal: ", "/pesan/"),
    (a_curation, Kind.CURATION, "Putuskan kurasi: ", "/kurasi/"),
]


@pytest.mark.parametrize(("happen", "kind", "what", "page"), EVENTS)
def test_what_needs_an_office_leads_to_where_it_is_done(
    happen: Callable[[ContactScene], None], kind: Kind, what: str, page: str
) -> None:
    scene = make_contact()
    happen(scene)

    (item,) = items_of(scene.guest_actor)

    assert (item.kind, item.what[: len(what)], page in item.url) == (kind, what, True)
    assert items_of(scene.stranger_actor) == []


def test_partner_office_sees_what_both_must_settle_and_nothing_else() -> None:
    scene = make_contact()
    for happen, *_rest in EVENTS:
        happen(scene)

    kinds = [item.what.split()[0] for item in items_of(scene.host_actor)]

    assert kinds == ["Periksa"]  # the disputed commitment is of both sides
    assert len(items_of(scene.guest_actor)) == len(EVENTS)


def test_words_that_go_into_mails_name_no_person() -> None:
    scene = make_contact()
    an_inquiry(scene)

    (item,) = items_of(scene.guest_actor)

    assert ("Ibu Jauh" in item.what, item.about) == (False, "Ibu Jauh")


def test_a_business_is_called_48_hours_after_its_first_invitation() -> None:
    scene = make_contact()
    a_silence(scene)
    for prepared_at in (datetime(2018, 3, 18, 4, tzinfo=UTC), datetime(2018, 3, 19, tzinfo=UTC)):
        InvitationFactory(
            trade_contact=scene.trade_contact,
            link__business=scene.guest_business,
            prepared_at=prepared_at,
        )

    early = office_inbox(scene.guest_actor, now=NOW, today=TODAY).count()
    late = office_inbox(scene.guest_actor, now=NOW.replace(hour=5), today=TODAY).count()

    assert (early, late) == (0, 1)


def test_a_proposal_made_after_the_invitation_gets_48_hours_of_its_own() -> None:
    scene = make_contact()
    scene.make_pair(rank=1, created_at=NOW)
    InvitationFactory(trade_contact=scene.trade_contact, link__business=scene.guest_business, prepared_at=OLD)

    counts = [
        office_inbox(scene.guest_actor, now=NOW + timedelta(hours=hours), today=TODAY).count()
        for hours in (1, 47, 48)
    ]

    assert counts == [0, 0, 1]


def test_an_answered_dispute_and_a_done_task_leave_the_inbox() -> None:
    scene = make_contact()
    pair = scene.make_pair(created_at=NOW, answer_a="yes", answer_b="yes")
    commitment = CommitmentFactory(pair=pair)
    ConfirmationFactory(commitment=commitment, answer="dispute", note="Tidak pernah.")
    ConfirmationFactory(commitment=commitment)
    TaskFactory(pair=pair, business=pair.business_a, done_at=NOW, done_note="Terbit.")
    TaskFactory(pair=pair, business=pair.business_a, due_on=date(2018, 5, 1))

    assert items_of(scene.guest_actor) == []


def test_a_question_is_new_when_the_office_must_see_to_it() -> None:
    scene = make_contact()
    pair = scene.make_pair(step="met", step_at=OLD, answer_a="yes", answer_b="yes")
    given_up_at = datetime(2018, 3, 13, 4, tzinfo=UTC)
    lost = MessageFactory(state="given_up", next_attempt_at=None, claimed_at=given_up_at)
    for days, asked in {7: {}, 30: {"sent_at": OLD}, 90: {"sent_at": OLD, "message": lost}}.items():
        FollowUpFactory(pair=pair, days=days, due_on=date(2018, 3, 12), **asked)

    assert {item.row.days: item.since for item in items_of(scene.guest_actor)} == {
        7: datetime(2018, 3, 12, tzinfo=UTC),
        30: datetime(2018, 3, 19, tzinfo=UTC),
        90: given_up_at,
    }


def test_a_message_put_aside_leaves_the_inbox() -> None:
    scene = make_contact()
    a_lost_message(scene)
    message = Message.objects.get()

    settle(actor=scene.guest_actor, message=message, now=NOW)

    assert items_of(scene.guest_actor) == []


def test_a_task_is_new_when_it_is_made_or_moved_close() -> None:
    scene = make_contact()
    pair = scene.make_pair(created_at=NOW)
    task = TaskFactory(pair=pair, business=pair.business_a, due_on=date(2018, 9, 1), created_at=OLD)
    made = TaskFactory(pair=pair, business=pair.business_a, reason="permit", due_on=TODAY, created_at=NOW)

    change_task(
        actor=scene.guest_actor, task=task, owner=scene.guest.user, due_on=TODAY, done_note="", now=NOW
    )

    assert {item.row.pk: item.since for item in items_of(scene.guest_actor)} == {task.pk: NOW, made.pk: NOW}


def test_the_oldest_comes_first_and_late_tasks_are_marked() -> None:
    scene = make_contact()
    a_task(scene)
    a_curation(scene)

    items = items_of(scene.guest_actor)

    assert [(item.kind, item.is_overdue) for item in items] == [(Kind.CURATION, False), (Kind.TASK, True)]


def test_many_are_paged_and_one_kind_can_be_asked_for() -> None:
    scene = make_contact()
    a_task(scene)
    for _number in range(PER_PAGE):
        InquiryFactory(business=scene.guest_business)
    inbox = inbox_of(scene.guest_actor)

    pages = [len(inbox.page("1").object_list), len(inbox.page("2").object_list)]

    assert pages == [PER_PAGE, 1]
    assert [item.kind for item in inbox.page("1", "task").object_list] == [Kind.TASK]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_one_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = make_contact()
    for _number in range(count):
        InquiryFactory(business=scene.guest_business)
        for happen in (a_silence, an_offer, a_new_product, a_photo, a_task, a_lost_message):
            happen(scene)
    inbox = inbox_of(scene.guest_actor)

    with django_assert_num_queries(9):
        items = inbox.page("1").object_list

    assert len(items) == 7 * count
