"""The inbox of a business: what is in it, in which order, and that nobody else's is."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor, Via
from matchmaking.business_inbox import business_inbox
from matchmaking.inbox import Inbox, Kind
from matchmaking.models import FollowUp, Pair
from products.models import Business
from tests.factories import (
    CertificateFactory,
    CommitmentFactory,
    ConfirmationFactory,
    CurationFactory,
    DelegationFactory,
    FollowUpFactory,
    InquiryFactory,
    NeedFactory,
    PairFactory,
    ProductFactory,
    QuoteRequestFactory,
    SampleFactory,
)
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
TODAY = date(2018, 3, 20)
LATE = date(2018, 3, 23)
CREATED_AT = datetime(2018, 3, 10, tzinfo=UTC)
LATE_AT = datetime(2018, 3, 23, tzinfo=UTC)


def inbox_of(business: Business, today: date = TODAY, contact_id: int | None = None) -> Inbox:
    actor = Actor(via=Via.LINK, business_id=business.pk, trade_contact_id=contact_id)
    return business_inbox(actor, business, token="kunci", today=today)


def lines(inbox: Inbox) -> list[str]:
    return [item.what for item in inbox.page("1").object_list]


def pair_under_way(scene: ContactScene) -> Any:
    return scene.make_pair(
        step="met", step_at=datetime(2018, 3, 10, tzinfo=UTC), answer_a="yes", answer_b="yes", rank=1
    )


def a_proposal(scene: ContactScene) -> None:
    scene.make_pair(rank=1)


def an_inquiry(scene: ContactScene) -> None:
    InquiryFactory(business=scene.guest_business, product=ProductFactory(business=scene.guest_business))


def a_quote(scene: ContactScene) -> None:
    pair = pair_under_way(scene)
    QuoteRequestFactory(trade_contact=pair.trade_contact, buyer=pair.business_b, what="Kotak")


def a_sample_to_send(scene: ContactScene) -> None:
    SampleFactory(pair=pair_under_way(scene), what="Tas")


def a_sample_to_judge(scene: ContactScene) -> None:
    pair = pair_under_way(scene)
    SampleFactory(pair=pair, sender=pair.business_b, what="Kopi", sent_on=date(2018, 3, 12))


def a_commitment(scene: ContactScene) -> None:
    pair = pair_under_way(scene)
    CommitmentFactory(pair=pair, seller=pair.business_b, buyer=pair.business_a)


def a_follow_up(scene: ContactScene) -> None:
    FollowUpFactory(pair=pair_under_way(scene), due_on=date(2018, 3, 17), created_at=CREATED_AT)


def a_product_sent_back(scene: ContactScene) -> None:
    ProductFactory(business=scene.guest_business, name="Dompet", status="sent_back", status_reason="Foto.")


def a_need_that_ends(scene: ContactScene) -> None:
    NeedFactory(business=scene.guest_business, text="Benang", open_until=TODAY + timedelta(days=2))


def a_certificate_that_ends(scene: ContactScene) -> None:
    CertificateFactory(business=scene.guest_business, number="123", valid_until=TODAY + timedelta(days=20))


def an_open_application(scene: ContactScene) -> None:
    CurationFactory(
        delegation=DelegationFactory(office=scene.guest.office, trade_contact__title="Pameran"),
        opened_at=datetime(2018, 2, 1, tzinfo=UTC),
        closes_on=date(2018, 3, 25),
    )


@pytest.mark.parametrize(
    ("happen", "kind", "what", "page"),
    [
        (a_proposal, Kind.PAIR, "Jawab usulan mitra: ", "/tautan/kunci/pasangan/"),
        (an_inquiry, Kind.INQUIRY, "Hubungi pembeli yang menulis tentang ", "/tautan/kunci/minat/"),
        (a_quote, Kind.QUOTE, "Beri harga kepada ", "/penawaran/"),
        (a_sample_to_send, Kind.SAMPLE, "Kirim contoh kepada ", "/contoh/"),
        (a_sample_to_judge, Kind.SAMPLE, "Nilai contoh dari ", "/nilai/"),
        (a_commitment, Kind.COMMITMENT, "Konfirmasi LoI dengan ", "/jawab/"),
        (a_follow_up, Kind.FOLLOW_UP, "Hari ke-7: bagaimana kelanjutannya dengan ", "/tindak-lanjut/"),
        (a_product_sent_back, Kind.PRODUCT, "Perbaiki produk yang dikembalikan dinas: Dompet", "/kirim/"),
        (a_need_that_ends, Kind.NEED, "Perpanjang kebutuhan: Benang", "/produk/#kebutuhan"),
        (a_certificate_that_ends, Kind.CERTIFICATE, "Perpanjang sertifikat P-IRT 123", "/sertifikat/"),
        (an_open_application, Kind.APPLICATION, "Pendaftaran “Pameran” dibuka", "/pendaftaran/"),
    ],
)
def test_what_needs_a_business_leads_to_where_it_is_done(
    happen: Callable[[ContactScene], None], kind: Kind, what: str, page: str
) -> None:
    scene = make_contact()
    happen(scene)

    (item,) = inbox_of(scene.guest_business).page("1").object_list

    assert (item.kind, item.what.startswith(what), page in item.url) == (kind, True, True)
    assert inbox_of(make_contact().guest_business).count() == 0


def test_nobody_sees_the_inbox_of_another_business() -> None:
    scene, other = make_contact(), make_contact()
    for happen in (a_proposal, an_inquiry, a_product_sent_back, an_open_application):
        happen(scene)
    a_need_that_ends(scene)
    a_certificate_that_ends(scene)

    assert inbox_of(scene.guest_business).count() == 6
    assert inbox_of(other.guest_business).count() == 0
    assert {item.kind for item in inbox_of(scene.host_business).page("1").object_list} == {Kind.PAIR}


def test_link_of_one_contact_shows_no_pairs_of_another() -> None:
    scene = make_contact()
    a_commitment(scene)
    FollowUpFactory(pair=Pair.objects.get(), due_on=TODAY)
    PairFactory(trade_contact=scene.trade_contact, business_a=scene.guest_business, rank=1)
    a_product_sent_back(scene)

    other = inbox_of(scene.guest_business, contact_id=make_contact().trade_contact.pk)

    assert inbox_of(scene.guest_business, contact_id=scene.trade_contact.pk).count() == 4
    assert [item.kind for item in other.page("1").object_list] == [Kind.PRODUCT]


def test_a_follow_up_waits_from_its_day_and_is_late_a_week_after() -> None:
    scene = make_contact()
    a_follow_up(scene)

    found = {
        day: [(item.due, item.is_overdue) for item in inbox_of(scene.guest_business, day).page("1")]
        for day in (date(2018, 3, 16), date(2018, 3, 17), date(2018, 3, 24), date(2018, 3, 25))
    }

    last_day = date(2018, 3, 24)
    assert list(found.values()) == [[], [(last_day, False)], [(last_day, False)], [(last_day, True)]]


def test_of_a_pair_only_the_latest_question_is_asked_until_it_is_answered() -> None:
    scene = make_contact()
    pair = pair_under_way(scene)
    for days, asked in [(7, pair.business_a), (30, pair.business_a), (90, pair.business_a)]:
        FollowUpFactory(pair=pair, asked=asked, days=days, due_on=TODAY + timedelta(days=days - 30))
    FollowUpFactory(pair=pair, asked=pair.business_b, due_on=TODAY, sent_at=CREATED_AT)

    items = inbox_of(scene.guest_business).page("1").object_list
    others = inbox_of(scene.host_business).page("1").object_list
    FollowUp.objects.update(answer="still", answered_at=CREATED_AT, via="link")

    assert [item.row.days for item in items] == [30]
    assert [item.row.asked for item in others] == [scene.host_business]
    assert inbox_of(scene.guest_business).count() == 0


@pytest.mark.parametrize("values", [{"step": "closed", "closed_reason": "price"}, {"hidden_at": LATE_AT}])
def test_a_pair_that_is_over_is_not_asked_about(values: dict[str, Any]) -> None:
    scene = make_contact()
    a_follow_up(scene)
    Pair.objects.update(**values, staff_reason="Salah.")

    assert inbox_of(scene.guest_business).count() == 0


def test_the_oldest_comes_first_and_what_is_late_is_marked() -> None:
    scene = make_contact()
    scene.make_pair(rank=1, created_at=datetime(2018, 3, 19, tzinfo=UTC))
    a_need_that_ends(scene)

    items = inbox_of(scene.guest_business, LATE - timedelta(days=1)).page("1").object_list

    assert [(item.kind, item.due, item.is_overdue) for item in items] == [
        (Kind.PAIR, date(2018, 3, 22), False),
        (Kind.NEED, date(2018, 3, 22), False),
    ]
    CertificateFactory(business=scene.guest_business, valid_until=date(2018, 3, 1))
    first = inbox_of(scene.guest_business).page("1").object_list[0]
    assert (first.kind, first.is_overdue) == (Kind.CERTIFICATE, True)


def test_what_is_done_leaves_the_inbox() -> None:
    scene = make_contact()
    pair = pair_under_way(scene)
    SampleFactory(pair=pair, sent_on=date(2018, 3, 12))
    commitment = CommitmentFactory(pair=pair, seller=pair.business_b, buyer=pair.business_a)
    ConfirmationFactory(commitment=commitment, business=pair.business_a)
    scene.make_pair(rank=2, answer_a="no")
    InquiryFactory(business=scene.guest_business, closed_reason="Salah alamat.")
    ProductFactory(business=scene.guest_business)
    NeedFactory(business=scene.guest_business)

    assert lines(inbox_of(scene.guest_business)) == []


def test_locked_answers_ask_for_nothing() -> None:
    scene = make_contact(trade_contact__answers_locked_at=datetime(2018, 3, 1, tzinfo=UTC))
    a_proposal(scene)

    assert inbox_of(scene.guest_business).count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_one_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = make_contact()
    for _number in range(count):
        an_inquiry(scene)
        a_product_sent_back(scene)
        NeedFactory(business=scene.guest_business, open_until=TODAY)
        CertificateFactory(business=scene.guest_business, product=ProductFactory(), valid_until=TODAY)
        pair = PairFactory(
            trade_contact=scene.trade_contact, business_a=scene.guest_business, step="met", step_at=CREATED_AT
        )
        FollowUpFactory(pair=pair, due_on=TODAY)
    inbox = inbox_of(scene.guest_business)

    with django_assert_num_queries(7):
        items = inbox.page("1").object_list

    assert len(items) == 5 * count
