"""The daily e-mail: at most one, only with something new, in the reader's language, off in one click."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actors import COMMAND
from accounts.models import HistoryEntry
from matchmaking.digests import get_reader, queue_digests, set_digest, setting_of, stop_address
from matchmaking.models import DigestSetting
from outbox.models import Message
from products.models import Business
from regions.models import OfficeMember
from tests.factories import (
    DigestSettingFactory,
    FollowUpFactory,
    InquiryFactory,
    InvitationFactory,
    NeedFactory,
    OfficeMemberFactory,
    PairFactory,
    PersonalLinkFactory,
    ProductFactory,
)
from tests.holders import text_of
from tests.scenes import make_contact

NOW = datetime(2018, 3, 20, 3, tzinfo=UTC)
TODAY = date(2018, 3, 20)
EARLIER = datetime(2018, 3, 19, 12, tzinfo=UTC)


def run(days: int = 0, hours: int = 0) -> tuple[int, int]:
    outcome = queue_digests(now=NOW + timedelta(days=days, hours=hours), today=TODAY + timedelta(days=days))
    return outcome.queued, outcome.nothing_new


def a_business(**values: Any) -> Business:
    """Return a business with an address, a link, and a need that ends tomorrow; its office has nobody."""
    business = ProductFactory(business__email="toko@contoh.test", **values).business
    PersonalLinkFactory(business=business)
    NeedFactory(business=business, text="Benang", open_until=date(2018, 3, 21), created_at=EARLIER)
    assert isinstance(business, Business)
    return business


def an_officer() -> OfficeMember:
    member = OfficeMemberFactory()
    business = ProductFactory(business__office=member.office).business
    InquiryFactory(business=business, receipt_number="M-9", sender_name="Ibu Jauh", created_at=EARLIER)
    assert isinstance(member, OfficeMember)
    return member


@pytest.mark.django_db
def test_an_officer_is_told_once_a_day_and_only_of_what_is_new() -> None:
    member = an_officer()

    rounds = [run(), run(hours=1), run(days=1)]
    InquiryFactory(
        business=member.office.businesses.get(), receipt_number="M-10", created_at=NOW + timedelta(days=1)
    )
    rounds.append(run(days=2))

    assert rounds == [(1, 0), (0, 0), (0, 1), (1, 0)]
    first, second = Message.objects.order_by("queued_at")
    assert ("M-9" in first.body, "M-9" in second.body, "M-10" in second.body) == (True, False, True)


@pytest.mark.django_db
def test_the_mail_names_no_stranger_and_says_where_to_go_and_how_to_stop() -> None:
    member = an_officer()

    run()

    message = Message.objects.get()
    stop = stop_address(f"user:{member.user_id}")
    assert (message.to, message.language, message.about) == (
        member.user.email,
        "id",
        f"user:{member.user_id}",
    )
    assert message.subject == "[Tradecontact] Baru di kotak masuk: 1"
    assert "http://testserver/meja-kerja/kotak-masuk/" in message.body
    assert ("Ibu Jauh" in message.body, stop in message.body) == (False, True)
    assert message.headers["List-Unsubscribe"] == f"<{stop}>"


@pytest.mark.django_db
def test_officer_reads_it_in_the_chosen_language() -> None:
    DigestSettingFactory(user=an_officer().user, language="en")

    run()

    message = Message.objects.get()
    assert message.subject == "[Tradecontact] New in your inbox: 1"
    assert "- Make a pair of it or close it: inquiry M-9" in message.body


@pytest.mark.django_db
def test_a_business_is_told_in_its_own_language_without_its_link() -> None:
    business = a_business(business__language="en")

    run()

    message = Message.objects.get()
    assert (message.to, message.about) == ("toko@contoh.test", f"business:{business.pk}")
    assert message.subject == f"[Tradecontact] Waiting for {business.name}, new: 1"
    assert "- Prolong the need: Benang (due 21 March 2018)" in message.body
    assert "/tautan/" not in message.body


@pytest.mark.django_db
@pytest.mark.parametrize("has_unbound_link", [False, True])
def test_a_business_is_told_of_what_its_links_open(*, has_unbound_link: bool) -> None:
    business = a_business()
    pairs = [
        PairFactory(business_a=business, business_b__name=name, rank=1, created_at=EARLIER)
        for name in ("Galeri", "Butik")
    ]
    business.links.all().delete()
    InvitationFactory(link__business=business, trade_contact=pairs[0].trade_contact)
    if has_unbound_link:
        PersonalLinkFactory(business=business)

    run()

    body = Message.objects.get(about=f"business:{business.pk}").body
    assert ("Benang" in body, "Galeri" in body, "Butik" in body) == (True, True, has_unbound_link)


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["no address", "no link", "no messages", "off"])
def test_a_business_that_cannot_or_will_not_read_it_gets_none(why: str) -> None:
    business = a_business()
    if why == "no address":
        Business.objects.update(email="")
    elif why == "no link":
        business.links.update(revoked_at=NOW)
    elif why == "no messages":
        Business.objects.update(refused_messages_at=NOW)
    else:
        DigestSettingFactory(user=None, business=business, off_at=NOW)

    assert run() == (0, 0)


@pytest.mark.django_db
def test_an_officer_whose_account_ended_or_who_said_no_gets_none() -> None:
    gone, silent = an_officer_like("M-1"), an_officer_like("M-2")
    gone.user.is_active = False
    gone.user.save()
    DigestSettingFactory(user=silent.user, off_at=NOW)

    assert run() == (0, 0)


def an_officer_like(number: str) -> OfficeMember:
    member = OfficeMemberFactory()
    InquiryFactory(business=ProductFactory(business__office=member.office).business, receipt_number=number)
    assert isinstance(member, OfficeMember)
    return member


@pytest.mark.django_db
def test_what_came_a_minute_ago_is_told_the_next_day() -> None:
    member = an_officer()
    run()
    InquiryFactory(
        business=member.office.businesses.get(),
        receipt_number="M-11",
        created_at=NOW + timedelta(hours=23, minutes=59),
    )

    assert [run(days=1), run(days=2)] == [(0, 1), (1, 0)]


@pytest.mark.django_db
def test_a_question_that_stays_without_an_answer_is_told_when_it_is_late() -> None:
    scene = make_contact()
    pair = scene.make_pair(step="met", step_at=EARLIER, answer_a="yes", answer_b="yes")
    InquiryFactory(business=scene.guest_business, created_at=EARLIER)
    FollowUpFactory(pair=pair, asked=pair.business_a, due_on=TODAY, sent_at=NOW)

    told = [run(days=days)[0] for days in (0, 1, 6, 8, 9)]

    assert told == [1, 0, 0, 1, 0]
    assert "Tanyakan kelanjutannya" in Message.objects.order_by("queued_at")[1].body


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_write_one_mail() -> None:
    an_officer()

    def round_of_its_own(_number: int) -> None:
        try:
            queue_digests(now=NOW, today=TODAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(round_of_its_own, range(2)))

    assert Message.objects.filter(kind="digest_office").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_round_costs_so_much_for_each_reader(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        an_officer_like(f"M-{number}")

    with django_assert_num_queries(3 + 2 * count):
        queue_digests(now=datetime(2018, 1, 1, tzinfo=UTC), today=date(2018, 1, 1))


@pytest.mark.django_db
def test_the_command_says_what_it_did() -> None:
    out = StringIO()

    call_command("send_digests", stdout=out)

    assert json.loads(out.getvalue()) == {"queued": 0, "nothing_new": 0}


@pytest.mark.django_db
def test_the_link_in_the_mail_ends_it_for_an_officer_and_a_business() -> None:
    member, business = an_officer(), a_business()
    client = Client(enforce_csrf_checks=True)

    for who in (f"user:{member.user_id}", f"business:{business.pk}"):
        address = stop_address(who).removeprefix("http://testserver")
        opened = client.get(address)
        stopped = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert "Jangan kirim lagi" in text_of(opened)
        assert "Ringkasan sudah dimatikan" in text_of(stopped)

    assert (DigestSetting.objects.exclude(off_at=None).count(), run()) == (2, (0, 0))


@pytest.mark.django_db
def test_it_can_be_taken_up_again_and_each_wish_is_told_once() -> None:
    business = a_business()
    token = stop_address(f"business:{business.pk}").rsplit("/", 2)[1]
    for is_wanted in (False, False, True, True):
        set_digest(actor=COMMAND, setting=get_reader(token), is_wanted=is_wanted, now=NOW)

    told = HistoryEntry.objects.filter(subject_kind="matchmaking.digestsetting").order_by("pk")
    assert list(told.values_list("action", "business_id")) == [
        ("digest_refused", business.pk),
        ("digest_wanted", business.pk),
    ]
    assert (setting_of(business_id=business.pk).off_at, run()) == (None, (1, 0))


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["user:1", "user:1:falsch", "x"])
def test_a_forged_link_is_no_page(client: Client, token: str) -> None:
    assert client.get(f"/ringkasan/{token}/").status_code == 404
