"""Saved searches: saving, confirming, the alert of the day, unsubscribing, and senders that die."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actors import ANONYMOUS
from accounts.models import Consent, HistoryEntry, SendingCount
from accounts.sending_limits import CAUGHT, SENT
from outbox.models import Message
from outbox.sending import send_due
from products import saved_searches
from products.forms.saved_searches import SUBJECT
from products.models import SavedSearch, Subscriber
from products.search_alerts import queue_alerts
from products.search_questions import canonical_query, in_words
from tests.clients import client_of
from tests.factories import (
    BusinessFactory,
    NeedFactory,
    OfficeMemberFactory,
    SavedSearchFactory,
    SubscriberFactory,
    actor_of,
)
from tests.holders import holder_of, text_of
from tradecontact import form_tokens

pytestmark = pytest.mark.django_db
SAVE = "/simpan-pencarian/kebutuhan/"
NOW = datetime(2018, 3, 20, 3, 0, tzinfo=UTC)
TODAY = date(2018, 3, 20)
NEW = NOW - timedelta(hours=1)


def typed(**changes: object) -> dict[str, object]:
    token = form_tokens.new_token(SUBJECT, timezone.now() - timedelta(seconds=10))
    return {"email": "Pembeli@contoh.test", "has_consent": "on", "form_token": token, **changes}


def save(**changes: Any) -> SavedSearch | None:
    values = {
        "actor": ANONYMOUS,
        "kind": SavedSearch.Kind.NEEDS,
        "query": "q=kotak",
        "email": "pembeli@contoh.test",
        "language": "id",
        "form_token": uuid.uuid4(),
        "network": "a",
        "now": NOW,
        "ask": lambda _pk: None,
    }
    return saved_searches.save_search(**values | changes)


def link_in(message: Any, part: str) -> str:
    return next(line for line in message.body.splitlines() if part in line).removeprefix("http://testserver")


# Saving and confirming


@pytest.mark.django_db(transaction=True)
def test_a_stranger_confirms_by_the_link_in_the_mail(client: Client) -> None:
    response = client.post(f"{SAVE}?q=kotak&page=3&urut=berakhir&lain=x", typed())
    search = SavedSearch.objects.select_related("subscriber", "consent").get()
    assert response.headers["Location"] == reverse("products:search_saved")
    assert (search.query, search.subscriber.email, search.confirmed_at) == (
        "q=kotak",
        "pembeli@contoh.test",
        None,
    )
    assert (search.consent.purpose, search.consent.wording_version) == ("alerts", "kabar-1")

    link = link_in(mail.outbox[0], "/konfirmasi/")
    assert "Konfirmasi" in client.get(link).text
    assert not SavedSearch.objects.confirmed().exists()
    followed = client.post(link, follow=True)

    assert SavedSearch.objects.confirmed().get() == search
    assert "Alamat dikonfirmasi." in text_of(followed)


def test_an_officer_saves_at_once_for_the_own_account_only() -> None:
    member = OfficeMemberFactory()
    client = client_of(member)

    client.post(SAVE, typed(email="orang-lain@contoh.test"))

    search = SavedSearch.objects.confirmed().get()
    assert (search.subscriber.email, search.user) == (member.user.email, member.user)
    assert mail.outbox == []
    assert "Pencarian tersimpan Anda" in text_of(client.get(SAVE))


@pytest.mark.django_db(transaction=True)
def test_a_business_saves_by_its_link_and_confirms_too() -> None:
    holder = holder_of(NeedFactory(business__email="usaha@contoh.test").business)

    page = text_of(holder.get("link_search_save", q="kotak"))
    response = holder.client.post(
        f"{holder.path('link_search_save')}?q=kotak", typed(email="usaha@contoh.test"), follow=True
    )

    assert 'value="usaha@contoh.test"' in page
    assert "Hampir selesai: buka e-mail Anda, lalu tekan Konfirmasi." in text_of(response)
    assert SavedSearch.objects.get().business is not None
    assert [message.to for message in mail.outbox] == [["usaha@contoh.test"]]


@pytest.mark.django_db(transaction=True)
def test_a_business_saves_a_search_of_the_catalogue_by_its_link() -> None:
    holder = holder_of(BusinessFactory())
    address = holder.path("link_catalogue_save")

    empty, page = (
        text_of(holder.get("link_catalogue_save")),
        text_of(holder.get("link_catalogue_save", q="kotak")),
    )
    without = holder.client.post(f"{address}?q=kotak", typed(email=""))
    done = holder.client.post(f"{address}?q=kotak", typed(email="usaha@contoh.test"), follow=True)

    assert ("Alamat e-mail" in empty, "Alamat e-mail" in page, "“kotak”" in page) == (False, True, True)
    assert (without.status_code, "Tulis alamat e-mail Anda." in text_of(without)) == (422, True)
    assert "Hampir selesai: buka e-mail Anda" in text_of(done)
    assert list(SavedSearch.objects.values_list("kind", "query")) == [("products", "q=kotak")]
    assert [message.to for message in mail.outbox] == [["usaha@contoh.test"]]


def test_the_same_question_and_the_same_press_are_one_search() -> None:
    token = uuid.uuid4()
    saved = [save(form_token=token), save(form_token=token, query="q=lain"), save()]

    assert len({search and search.pk for search in saved}) == 1
    assert Consent.objects.count() == 1


def test_going_back_to_correct_the_address_saves_for_the_right_one(client: Client) -> None:
    """Seen failing (a server error) with the form's token unique over all addresses."""
    form = typed(email="pembeli@contoh.tset")
    client.post(SAVE, form)

    corrected = client.post(SAVE, form | {"email": "pembeli@contoh.test"})

    assert corrected.status_code == 302
    addresses = SavedSearch.objects.order_by("pk").values_list("subscriber__email", flat=True)
    assert list(addresses) == ["pembeli@contoh.tset", "pembeli@contoh.test"]


@pytest.mark.parametrize("way", ["public", "link"])
def test_a_network_has_so_many_confirmations_sent_an_hour(client: Client, way: str) -> None:
    """Seen failing (every one let through) with ``count_sending`` taken out of ``save_search``."""
    address = holder_of(BusinessFactory()).path("link_search_save") if way == "link" else SAVE
    client.post(address, typed())
    SendingCount.objects.update(count=SENT.most, starts_at=SENT.starts_at(timezone.now()))

    refused = client.post(address, typed(email="orang-lain@contoh.test"))

    assert (refused.status_code, Subscriber.objects.count(), Message.objects.count()) == (429, 1, 1)
    assert 1 <= int(refused["Retry-After"]) <= SENT.per.total_seconds()
    assert "Terlalu banyak kiriman dari jaringan internet Anda." in text_of(refused)
    assert 'value="orang-lain@contoh.test"' in text_of(refused)


def test_asking_once_more_counts_and_what_sends_nothing_does_not() -> None:
    saved = [save(now=NOW + timedelta(minutes=minutes)) for minutes in (0, 1, 60, 61)]
    member = OfficeMemberFactory()
    save(email=member.user.email, actor=actor_of(member), network="b")

    assert len({search and search.pk for search in saved}) == 1
    counts = SendingCount.objects.order_by("pk").values_list("network", "kind", "count")
    assert list(counts) == [("a", "sent", 1), ("a", "sent", 1)]  # of two hours


def test_a_caught_program_is_slowed(client: Client) -> None:
    answers = [client.post(SAVE, typed(website="http://iklan.test")) for _time in range(CAUGHT.most + 1)]
    hurried, patient = (
        form_tokens.new_token(SUBJECT, timezone.now() - timedelta(seconds=age)) for age in (30, 120)
    )

    assert [answer.status_code for answer in answers] == [422] * CAUGHT.most + [429]
    assert client.post(SAVE, typed(form_token=hurried)).status_code == 429
    assert client.post(SAVE, typed(form_token=patient)).status_code == 302


@pytest.mark.parametrize(
    ("language", "place"), [("id", "di papan kebutuhan."), ("en", "in the needs board.")]
)
def test_a_strangers_words_stay_out_of_the_mail(client: Client, language: str, place: str) -> None:
    """Seen failing with the question among the values of the mail."""
    client.cookies["language"] = language

    client.post(f"{SAVE}?q=menang+hadiah+iklan.test", typed())

    message = Message.objects.get()
    assert place in message.body
    assert "iklan" not in message.subject + message.body
    assert "“menang hadiah iklan.test”" in text_of(client.get(link_in(message, "/konfirmasi/")))


@pytest.mark.django_db(transaction=True)
def test_a_lost_mail_can_be_asked_for_again_after_an_hour() -> None:
    asked: list[int] = []

    for minutes in (0, 59, 60, 61, 240):
        save(now=NOW + timedelta(minutes=minutes), ask=asked.append)

    assert len(asked) == 2
    assert SavedSearch.objects.get().created_at == NOW  # so the week after which it is forgotten runs on


def test_an_officer_confirms_what_a_stranger_saved_for_the_own_address() -> None:
    member = OfficeMemberFactory()
    save(email=member.user.email)

    saved = save(email=member.user.email, actor=actor_of(member))

    assert saved == SavedSearch.objects.confirmed().get()


def test_an_address_is_not_flooded_with_confirmations() -> None:
    saved = [save(query=f"q={word}") for word in "abcd"]

    assert [search is not None for search in saved] == [True, True, True, False]


def test_an_address_keeps_twenty_searches_at_most() -> None:
    subscriber = SubscriberFactory(email="pembeli@contoh.test")
    for number in range(20):
        SavedSearchFactory(subscriber=subscriber, query=f"q={number}")

    with pytest.raises(ValidationError, match="Alamat ini sudah menyimpan 20 pencarian"):
        save()


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"email": ""}, "Tulis alamat e-mail Anda."),
        ({"email": "salah"}, "Tulis alamat e-mail lengkap, mis. nama@contoh.id."),
        ({"has_consent": ""}, "Beri tanda persetujuan, supaya kami boleh mengirim kabar."),
        ({"website": "https://iklan.test"}, "Belum tersimpan. Isian Anda masih ada"),
        ({"form_token": "palsu"}, "Formulir ini sudah lama terbuka."),
    ],
)
def test_mistakes_are_named_and_nothing_is_kept(
    client: Client, changes: dict[str, object], text: str
) -> None:
    response = client.post(SAVE, typed(**changes))

    assert response.status_code == 422
    assert text in text_of(response)
    assert not Subscriber.objects.exists()


def test_a_form_filled_within_three_seconds_is_held_back(client: Client) -> None:
    response = client.post(SAVE, typed(form_token=form_tokens.new_token(SUBJECT, timezone.now())))

    assert response.status_code == 422
    assert not SavedSearch.objects.exists()


def test_unknown_boards_and_forged_links_are_404(client: Client) -> None:
    paths = [
        "/simpan-pencarian/mimpi/",
        reverse("products:search_confirm", args=["1:palsu"]),
        reverse("products:subscription", args=["1:palsu"]),
    ]

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_question_is_kept_in_one_order_without_what_was_not_understood() -> None:
    data = QueryDict("sertifikat=pirt&q= kotak &sertifikat=halal&kategori=mimpi&page=2&urut=terbaru")

    assert canonical_query("needs", data, TODAY) == "q=kotak&sertifikat=halal&sertifikat=pirt"
    assert in_words("needs", "q=kotak&sertifikat=halal", TODAY) == "“kotak”, Halal"
    assert in_words("products", "", TODAY) == "semua produk"


def test_what_nobody_confirms_is_forgotten_after_a_week() -> None:
    save()

    early = queue_alerts(now=NOW + timedelta(days=7), today=TODAY).forgotten
    late = queue_alerts(now=NOW + timedelta(days=7, seconds=1), today=TODAY).forgotten

    assert (early, late) == (0, 1)
    assert not SavedSearch.objects.exists()
    assert Subscriber.objects.get().email == ""


# Unsubscribing


def test_one_click_erases_the_address_and_reading_does_not(client: Client) -> None:
    search = SavedSearchFactory(subscriber__email="pembeli@contoh.test")
    NeedFactory(created_at=NEW)
    queue_alerts(now=NOW, today=TODAY)
    send_due(now=NOW)
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")

    page = client.get(address)
    still = Subscriber.objects.get().email
    pressed = [
        Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
        for _twice in range(2)
    ]

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (page.status_code, still) == (200, "pembeli@contoh.test")
    assert [response.status_code for response in pressed] == [200, 200]
    assert "Alamat dan pencarian Anda sudah dihapus." in text_of(pressed[1])
    assert Subscriber.objects.get(pk=search.subscriber_id).email == ""
    assert not SavedSearch.objects.exists()


def test_the_address_stays_out_of_history() -> None:
    search = save()
    assert search is not None
    saved_searches.confirm_search(actor=ANONYMOUS, search=search, now=NOW)
    saved_searches.unsubscribe(actor=ANONYMOUS, subscriber=search.subscriber, now=NOW)

    told = [(entry.action, str(entry.after) + entry.note) for entry in HistoryEntry.objects.order_by("pk")]
    assert [action for action, _text in told] == ["saved", "confirmed", "unsubscribed"]
    assert not [text for _action, text in told if "@" in text or "kotak" in text]


def test_one_search_goes_alone_and_the_last_takes_the_address_along(client: Client) -> None:
    subscriber = SubscriberFactory()
    one, other = (SavedSearchFactory(subscriber=subscriber, query=query) for query in ("", "q=kotak"))
    foreign = SavedSearchFactory()
    address = reverse("products:subscription", args=[saved_searches.subscriber_token(subscriber)])

    client.post(address, {"pencarian": foreign.pk})
    client.post(address, {"pencarian": one.pk})
    left = list(SavedSearch.objects.order_by("pk"))
    client.post(address, {"pencarian": other.pk})

    subscriber.refresh_from_db()
    assert left == [other, foreign]
    assert subscriber.email == ""
