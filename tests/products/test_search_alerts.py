"""The alert of the day: what it tells, whom, and that there is one at most."""

import re
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from accounts.actors import ANONYMOUS
from accounts.models import HistoryEntry
from outbox.models import Message
from outbox.sending import send_due
from products import saved_searches
from products.models import Product
from products.search_alerts import SETTLING, _queue_alert, queue_alerts
from tests.factories import (
    CertificateFactory,
    NeedFactory,
    ProductFactory,
    SavedSearchFactory,
    SubscriberFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 20, 3, 0, tzinfo=UTC)
TODAY = date(2018, 3, 20)
NEW = NOW - timedelta(hours=1)


def test_one_message_a_day_tells_all_new_answers_of_an_address() -> None:
    subscriber = SubscriberFactory()
    SavedSearchFactory(subscriber=subscriber, query="q=kotak")
    SavedSearchFactory(subscriber=subscriber, kind="products", query="q=sepatu")
    need = NeedFactory(text="Kotak, WA 0812 7000 6850", created_at=NEW)
    NeedFactory(text="Kain", created_at=NEW)
    product = ProductFactory(name="Sepatu derby", created_at=NEW)

    first = queue_alerts(now=NOW, today=TODAY)
    send_due(now=NOW)
    second = queue_alerts(now=NOW + timedelta(hours=1), today=TODAY)

    (message,) = mail.outbox
    assert (first.queued, second.queued) == (1, 0)
    assert message.to == [subscriber.email]
    assert message.subject == "[Tradecontact] 2 yang baru untuk pencarian Anda"
    assert f"http://testserver/kebutuhan/{need.pk}/" in message.body
    assert f"http://testserver/produk/{product.pk}/" in message.body
    assert "Kotak, WA (kontak lewat portal)" in message.body
    assert "Kain" not in message.body


def test_the_next_day_tells_only_what_came_since() -> None:
    SavedSearchFactory(query="q=kotak")
    NeedFactory(text="Kotak lama", created_at=NEW)
    NeedFactory(text="Kain", created_at=NEW)
    for days in (0, 1, 2):
        NeedFactory(text="Kotak baru", created_at=NOW + timedelta(hours=20)) if days == 1 else None
        queue_alerts(now=NOW + timedelta(days=days), today=TODAY + timedelta(days=days))
        send_due(now=NOW + timedelta(days=days))

    assert [("Kotak lama" in sent.body, "Kotak baru" in sent.body) for sent in mail.outbox] == [
        (True, False),
        (False, True),
    ]


def test_a_product_is_new_on_the_day_it_is_listed() -> None:
    SavedSearchFactory(kind="products", query="q=sepatu")
    product: Product = ProductFactory(name="Sepatu", created_at=datetime(2018, 1, 1, tzinfo=UTC))
    line = HistoryEntry(
        subject_kind="products.product", subject_id=product.pk, action="listed", via="account"
    )
    line.at = NEW
    line.save()

    assert queue_alerts(now=NOW, today=TODAY).queued == 1


def test_a_reopened_need_is_told_again_once() -> None:
    SavedSearchFactory(query="q=kotak")
    need = NeedFactory(text="Kotak", created_at=datetime(2018, 1, 1, tzinfo=UTC))
    line = HistoryEntry(subject_kind="products.need", subject_id=need.pk, action="reopened", via="account")
    line.at = NEW
    line.save()

    queued = []
    for days in range(3):
        queued.append(queue_alerts(now=NOW + timedelta(days=days), today=TODAY + timedelta(days=days)).queued)
        send_due(now=NOW + timedelta(days=days))

    assert (queued, "Kotak" in mail.outbox[0].body) == ([1, 0, 0], True)


def test_what_is_only_alike_is_no_answer() -> None:
    SavedSearchFactory(kind="products", query="q=spatu")
    ProductFactory(name="Sepatu derby", created_at=NEW)

    assert queue_alerts(now=NOW, today=TODAY).queued == 0


def test_nothing_goes_to_unconfirmed_ended_or_quiet_addresses_nor_about_own_needs() -> None:
    need = NeedFactory(created_at=NEW)
    SavedSearchFactory(confirmed_at=None, seen_until=None)
    SavedSearchFactory(business=need.business)
    SavedSearchFactory(seen_until=NOW)
    ended = SavedSearchFactory().subscriber
    saved_searches.unsubscribe(actor=ANONYMOUS, subscriber=ended, now=NOW)

    assert queue_alerts(now=NOW, today=TODAY).queued == 0
    assert not Message.objects.exists()


def test_long_lists_are_cut_and_counted() -> None:
    SavedSearchFactory()
    for _need in range(12):
        NeedFactory(created_at=NEW)

    queue_alerts(now=NOW, today=TODAY)
    send_due(now=NOW)

    assert mail.outbox[0].body.count("- Kebutuhan") == 10
    assert "… dan 2 lagi." in mail.outbox[0].body


def test_a_message_is_in_the_language_of_its_reader() -> None:
    SavedSearchFactory(subscriber__language="en")
    NeedFactory(created_at=NEW)

    queue_alerts(now=NOW, today=TODAY)
    send_due(now=NOW)

    assert mail.outbox[0].subject == "[Tradecontact] 1 new for your searches"


# Messages that wait, and rounds that meet


def test_no_second_alert_is_written_while_one_waits() -> None:
    SavedSearchFactory()
    NeedFactory(created_at=NEW)
    queue_alerts(now=NOW, today=TODAY)
    NeedFactory(created_at=NOW + timedelta(hours=20))
    tomorrow = NOW + timedelta(days=1)

    assert queue_alerts(now=tomorrow, today=TODAY + timedelta(days=1)).queued == 0
    send_due(now=tomorrow)
    assert queue_alerts(now=tomorrow, today=TODAY + timedelta(days=1)).queued == 0  # it had one today
    assert len(mail.outbox) == 1


def test_an_address_that_unsubscribes_gets_what_waits_no_more() -> None:
    subscriber = SavedSearchFactory().subscriber
    NeedFactory(created_at=NEW)
    queue_alerts(now=NOW, today=TODAY)

    saved_searches.unsubscribe(actor=ANONYMOUS, subscriber=subscriber, now=NOW)
    send_due(now=NOW)

    message = Message.objects.get()
    assert (mail.outbox, message.to, message.body, message.headers) == ([], "", "", {})


@pytest.mark.django_db(transaction=True)
def test_rounds_at_once_write_one_alert() -> None:
    SavedSearchFactory()
    NeedFactory(created_at=NEW)

    def round_of_its_own() -> None:
        queue_alerts(now=NOW, today=TODAY)
        connection.close()

    rounds = [threading.Thread(target=round_of_its_own) for _round in range(4)]
    for each in rounds:
        each.start()
    for each in rounds:
        each.join()

    assert len(mail.outbox) == 1


def test_round_that_comes_second_leaves_what_is_new_for_tomorrow() -> None:
    search = SavedSearchFactory()
    NeedFactory(created_at=NEW)
    _queue_alert(search.subscriber_id, NOW, TODAY)
    NeedFactory(created_at=NOW)

    assert not _queue_alert(search.subscriber_id, NOW + timedelta(hours=1), TODAY)
    search.refresh_from_db()
    assert search.seen_until == NOW - SETTLING


def test_message_names_the_way_out_and_forgets_it_once_sent() -> None:
    SavedSearchFactory()
    NeedFactory(created_at=NEW)
    queue_alerts(now=NOW, today=TODAY)

    send_due(now=NOW)

    assert re.fullmatch(
        r"<http://testserver/langganan/[^*]+/>", mail.outbox[0].extra_headers["List-Unsubscribe"]
    )
    message = Message.objects.get()
    assert message.headers["List-Unsubscribe"] == "<http://testserver/langganan/***/>"
    assert "http://testserver/langganan/***/" in message.body


def test_certificates_count_for_saved_catalogue_questions() -> None:
    SavedSearchFactory(kind="products", query="sertifikat=halal")
    product = ProductFactory(created_at=NEW)
    ProductFactory(created_at=NEW)
    CertificateFactory(business=product.business, kind="halal")

    queue_alerts(now=NOW, today=TODAY)
    send_due(now=NOW)

    assert mail.outbox[0].subject.startswith("[Tradecontact] 1 yang baru")
