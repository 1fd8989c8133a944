"""The desk: what waits for whom, and the next step of a contact."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking import progress
from matchmaking.progress import Progress, progress_of, segments_of
from tests.clients import admin_client, client_of, page_of
from tests.factories import (
    DelegationFactory,
    ImportBatchFactory,
    InquiryFactory,
    NeedFactory,
    OfficeMemberFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.scenes import CLOSED, make_contact

pytestmark = pytest.mark.django_db
DESK = "/meja-kerja/"


def soon() -> date:
    return timezone.localdate() + timedelta(days=10)


@pytest.mark.parametrize(
    ("found", "step"),
    [
        (Progress(), progress.FILL_DELEGATION),
        (Progress(own_businesses=1, partner_businesses=1), progress.RECORD_NEEDS),
        (Progress(own_businesses=1, needs=1), progress.AWAIT_PARTNER),
        (Progress(own_businesses=1, partner_businesses=1, needs=1), progress.PROPOSE),
        (
            Progress(
                own_businesses=1, partner_businesses=1, needs=1, waiting_for_us=2, states={"unanswered": 2}
            ),
            progress.CALL,
        ),
        (
            Progress(own_businesses=1, partner_businesses=1, needs=1, waiting=1, states={"one_yes": 1}),
            progress.AWAIT_ANSWERS,
        ),
        (Progress(own_businesses=1, partner_businesses=1, needs=1, states={"both_yes": 1}), progress.MEET),
    ],
)
def test_next_step_is_the_first_thing_missing(found: Progress, step: progress.Step) -> None:
    assert found.next_step == step
    assert reverse(f"matchmaking:{step.page}", args=["x"])


def test_progress_counts_from_the_side_of_the_reader() -> None:
    scene = make_contact()
    ParticipationFactory(delegation=scene.guest_delegation)
    NeedFactory(business=scene.host_business)
    NeedFactory(business=scene.host_business, open_until=date(2018, 1, 1))
    scene.make_pair(answer_a="yes")
    scene.make_pair(answer_a="no")
    scene.make_pair(answer_a="yes", answer_b="yes")
    today = date(2018, 3, 1)

    def counted(actor: Any) -> tuple[int, ...]:
        found = progress_of([scene.trade_contact], actor, today)[scene.trade_contact.pk]
        numbers = (found.own_businesses, found.partner_businesses, found.needs, found.waiting_for_us)
        return (*numbers, found.pairs, found.answered, found.both_yes)

    assert counted(scene.guest_actor) == (4, 3, 1, 0, 3, 3, 1)
    assert counted(scene.host_actor) == (3, 4, 1, 1, 3, 3, 1)
    assert counted(COMMAND) == (7, 7, 1, 1, 3, 3, 1)


def test_a_closed_pair_is_no_step_that_anybody_must_take() -> None:
    scene = make_contact()
    NeedFactory(business=scene.host_business)
    scene.make_pair(**CLOSED)

    found = progress_of([scene.trade_contact], scene.guest_actor, date(2018, 3, 1))[scene.trade_contact.pk]

    assert (found.pairs, found.waiting, found.waiting_for_us, found.next_step) == (1, 0, 0, progress.MEET)


def test_segments_fill_the_bar_without_a_gap() -> None:
    segments = segments_of({"both_yes": 1, "one_yes": 1, "declined": 1})

    assert [(segment.state.value, segment.x, segment.width) for segment in segments if segment.count] == [
        ("both_yes", 0, 333),
        ("one_yes", 333, 334),
        ("declined", 667, 333),
    ]
    assert sum(segment.width for segment in segments_of({})) == 0


def test_first_day_says_what_to_do_first() -> None:
    response = client_of(OfficeMemberFactory()).get(DESK)

    assert "Mulai dari sini" in response.text
    assert reverse("matchmaking:contact_new") in response.text
    assert "Tidak ada yang menunggu." in response.text


def test_desk_shows_contacts_inquiries_and_unfinished_imports_of_the_own_office() -> None:
    scene = make_contact(trade_contact__ends_on=soon())
    DelegationFactory(office=scene.guest.office, trade_contact__title="Kunjungan 2018")
    inquiry = InquiryFactory(business=scene.guest_business, sender_name="Toko Jauh")
    InquiryFactory(business=scene.guest_business, sender_name="Sudah ditutup", closed_reason="Salah alamat.")
    InquiryFactory(business=scene.host_business, sender_name="Bukan milik kami")
    batch = ImportBatchFactory(office=scene.guest.office, file_name="delegasi.xlsx")
    ImportBatchFactory(file_name="bukan-milik-kami.xlsx")

    response = client_of(scene.guest).get(DESK)

    assert scene.trade_contact.title in response.text
    assert "Kunjungan 2018" in response.text
    assert reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number]) in response.text
    assert page_of(scene, "import_preview", batch.pk) in response.text
    for foreign in ("Sudah ditutup", "Bukan milik kami", "bukan-milik-kami.xlsx"):
        assert foreign not in response.text


def test_third_office_finds_none_of_it() -> None:
    scene = make_contact(trade_contact__ends_on=soon())

    assert scene.trade_contact.title not in client_of(scene.stranger).get(DESK).text


def test_unanswered_pairs_are_counted_and_called_first() -> None:
    scene = make_contact(trade_contact__ends_on=soon())
    NeedFactory(business=scene.host_business)
    scene.make_pair()

    response = client_of(scene.guest).get(DESK)

    assert response.context["desk"].waiting_for_us == 1
    assert f"{page_of(scene, 'interest_board')}?lihat=telepon" in response.text


def test_admin_without_office_sees_all_contacts_and_no_step_of_an_office() -> None:
    scene = make_contact(trade_contact__ends_on=soon())

    response = admin_client().get(DESK)

    assert scene.trade_contact.title in response.text
    assert "Admin portal: Anda melihat kontak dagang semua dinas." in response.text
    assert "Impor daftar delegasi" not in response.text
    assert reverse("admin:index") in response.text


def test_user_of_no_office_is_told_whom_to_ask() -> None:
    client = Client()
    client.force_login(UserFactory())

    response = client.get(DESK)

    assert response.status_code == 200
    assert "Akun Anda belum terhubung dengan dinas" in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    scene = make_contact(trade_contact__ends_on=soon())
    for _number in range(count):
        DelegationFactory(office=scene.guest.office, trade_contact__ends_on=soon())
        DelegationFactory(office=scene.guest.office)
        InquiryFactory(business=scene.guest_business)
        ImportBatchFactory(office=scene.guest.office)
        scene.make_pair()
    client = client_of(scene.guest)

    with django_assert_num_queries(16):
        client.get(DESK)


def test_desk_in_english_speaks_of_many_where_there_are_many(client: Client) -> None:
    client.force_login(OfficeMemberFactory().user)

    text = client.get(reverse("matchmaking:desk"), headers={"accept-language": "en"}).content.decode()

    assert ["</svg>Certificates<" in text, "</svg>Businesses of your region<" in text] == [True, True]
