"""The alert of the day: what it tells, whom, and senders that die or are refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.actors import ANONYMOUS
from accounts.models import HistoryEntry
from products import saved_searches
from products.models import Product, SearchAlert
from products.search_alerts import send_alerts
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

    first = send_alerts(now=NOW, today=TODAY)
    second = send_alerts(now=NOW + timedelta(hours=1), today=TODAY)

    (message,) = mail.outbox
    assert (first.sent, second.sent) == (1, 0)
    assert message.to == [subscriber.email]
    assert message.subject == "[Tradecontact] 2 yang baru untuk pencarian Anda"
    assert f"http://testserver/kebutuhan/{need.pk}/" in message.body
    assert f"http://testserver/produk/{product.pk}/" in message.body
    assert "Kotak, WA (kontak lewat portal)" in message.body
    assert "Kain" not in message.body


def test_the_next_day_tells_only_what_came_since() -> None:
    SavedSearchFactory(query="q=kotak")
    NeedFactory(text="Kotak lama", created_at=NEW)
    send_alerts(now=NOW, today=TODAY)
    NeedFactory(text="Kotak baru", created_at=NOW + timedelta(hours=20))

    send_alerts(now=NOW + timedelta(days=1), today=TODAY + timedelta(days=1))
    send_alerts(now=NOW + timedelta(days=2), today=TODAY + timedelta(days=2))

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

    assert send_alerts(now=NOW, today=TODAY).sent == 1


def test_a_reopened_need_is_told_again_once() -> None:
    SavedSearchFactory(query="q=kotak")
    need = NeedFactory(text="Kotak", created_at=datetime(2018, 1, 1, tzinfo=UTC))
    line = HistoryEntry(subject_kind="products.need", subject_id=need.pk, action="reopened", via="account")
    line.at = NEW
    line.save()

    sent = [send_alerts(now=NOW + timedelta(days=n), today=TODAY + timedelta(days=n)).sent for n in range(3)]

    assert (sent, "Kotak" in mail.outbox[0].body) == ([1, 0, 0], True)


def test_what_is_only_alike_is_no_answer() -> None:
    SavedSearchFactory(kind="products", query="q=spatu")
    ProductFactory(name="Sepatu derby", created_at=NEW)

    assert send_alerts(now=NOW, today=TODAY).sent == 0


def test_nothing_goes_to_unconfirmed_ended_or_quiet_addresses_nor_about_own_needs() -> None:
    need = NeedFactory(created_at=NEW)
    SavedSearchFactory(confirmed_at=None, seen_until=None)
    SavedSearchFactory(business=need.business)
    SavedSearchFactory(seen_until=NOW)
    ended = SavedSearchFactory().subscriber
    saved_searches.unsubscribe(actor=ANONYMOUS, subscriber=ended, now=NOW)

    outcome = send_alerts(now=NOW, today=TODAY)

    assert (outcome.sent, outcome.failed, mail.outbox) == (0, 0, [])
    assert not SearchAlert.objects.exists()


def test_long_lists_are_cut_and_counted() -> None:
    SavedSearchFactory()
    for _need in range(12):
        NeedFactory(created_at=NEW)

    send_alerts(now=NOW, today=TODAY)

    assert mail.outbox[0].body.count("- Kebutuhan") == 10
    assert "… dan 2 lagi." in mail.outbox[0].body


def test_a_message_is_in_the_language_of_its_reader() -> None:
    SavedSearchFactory(subscriber__language="en")
    NeedFactory(created_at=NEW)

    send_alerts(now=NOW, today=TODAY)

    assert mail.outbox[0].subject == "[Tradecontact] 1 new for your searches"


# Senders that die, and servers that refuse


class Dying(EmailBackend):
    """Sends the message, then the worker is killed before it can write that it did."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


class Refusing(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=1)])
def test_a_killed_sender_doubles_one_message_with_one_message_id(
    settings: Settings, later: timedelta
) -> None:
    SavedSearchFactory()
    NeedFactory(text="Kotak", created_at=NEW)
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Dying"
    with pytest.raises(KeyboardInterrupt):
        send_alerts(now=NOW, today=TODAY)
    settings.EMAIL_BACKEND = usual

    for _round in range(2):
        send_alerts(now=NOW + later, today=TODAY + later)

    first, again = mail.outbox
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert first.body == again.body
    assert SearchAlert.objects.get().sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_refused_message_is_counted_and_tried_again(settings: Settings) -> None:
    SavedSearchFactory()
    NeedFactory(created_at=timezone.now() - timedelta(hours=1))
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Refusing"

    with pytest.raises(CommandError, match="1 messages were refused"):
        call_command("send_search_alerts")
    settings.EMAIL_BACKEND = usual
    call_command("send_search_alerts")

    assert len(mail.outbox) == 1


def test_an_alert_whose_answers_were_withdrawn_is_not_sent() -> None:
    search = SavedSearchFactory()
    need = NeedFactory(created_at=NEW)
    SearchAlert.objects.create(subscriber=search.subscriber, day=TODAY, message_id="<1@x>", until=NOW)
    need.delete()

    assert send_alerts(now=NOW, today=TODAY).sent == 0
    assert not SearchAlert.objects.exists()


def test_certificates_count_for_saved_catalogue_questions() -> None:
    SavedSearchFactory(kind="products", query="sertifikat=halal")
    product = ProductFactory(created_at=NEW)
    ProductFactory(created_at=NEW)
    CertificateFactory(business=product.business, kind="halal")

    send_alerts(now=NOW, today=TODAY)

    assert mail.outbox[0].subject.startswith("[Tradecontact] 1 yang baru")
