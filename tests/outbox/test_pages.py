"""The page of messages: what an officer sees, filters and sends once more."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.history import entries_of
from outbox.access import count_given_up
from outbox.models import Message
from regions.models import OfficeMember
from tests.clients import client_of
from tests.factories import MessageFactory, OfficeMemberFactory, UserFactory, actor_of
from tests.factories.outbox import QUEUED_AT
from tests.holders import text_of

pytestmark = pytest.mark.django_db

LIST = "/pesan/"
LATER = {"next_attempt_at": QUEUED_AT, "attempts": 3}
GONE = {"next_attempt_at": None, "attempts": 12, "state": "given_up"}


@pytest.fixture
def officer() -> OfficeMember:
    return OfficeMemberFactory()


def make(officer: OfficeMember, **values: Any) -> Message:
    return MessageFactory(office=officer.office, **values)


def press(officer: OfficeMember, name: str, *args: object) -> str:
    return text_of(client_of(officer).post(reverse(f"outbox:{name}", args=args), follow=True))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_many(
    officer: OfficeMember, count: int, django_assert_num_queries: Any
) -> None:
    for _turn in range(count):
        make(officer)
    client = client_of(officer)
    client.get(LIST)

    with django_assert_num_queries(9):
        response = client.get(LIST)

    assert response.text.count("<td>penerima") == count


def test_officer_sees_the_own_office_and_admin_all(officer: OfficeMember, client: Client) -> None:
    make(officer, to="sendiri@contoh.test")
    MessageFactory(to="lain@contoh.test")
    MessageFactory(office=None, to="portal@contoh.test")
    client.force_login(UserFactory(is_superuser=True))

    own, all_of_them = client_of(officer).get(LIST).text, client.get(LIST).text

    addresses = ["sendiri@contoh.test", "lain@contoh.test", "portal@contoh.test"]
    assert [address in own for address in addresses] == [True, False, False]
    assert [address in all_of_them for address in addresses] == [True, True, True]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("keadaan=given_up", ["gagal@contoh.test"]),
        ("jenis=certificate_ends", ["gagal@contoh.test"]),
        ("saluran=whatsapp", ["+6281234567890"]),
        ("q=BARU", ["baru@contoh.test"]),
        ("keadaan=mimpi&jenis=x", ["+6281234567890", "baru@contoh.test", "gagal@contoh.test"]),
    ],
)
def test_filters(officer: OfficeMember, query: str, found: list[str]) -> None:
    make(officer, to="gagal@contoh.test", kind="certificate_ends", **GONE)
    make(officer, to="baru@contoh.test")
    make(officer, to="+6281234567890", channel="whatsapp", next_attempt_at=None)

    page = client_of(officer).get(f"{LIST}?{query}").text

    assert [
        to for to in ("+6281234567890", "baru@contoh.test", "gagal@contoh.test") if f"<td>{to}" in page
    ] == found


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Menunggu giliran, biasanya kurang dari semenit."),
        ({"channel": "whatsapp", "next_attempt_at": None}, "Menunggu dibuka dan dikirim lewat WhatsApp"),
        ({"state": "sending", "claimed_at": QUEUED_AT}, "Sedang diserahkan kepada server."),
        ({"state": "sent", "sent_at": QUEUED_AT, "attempts": 1}, "Diterima server pada 20 Maret 2018"),
        ({"state": "sent", "sent_at": QUEUED_AT, "channel": "whatsapp"}, "Petugas menyatakan sudah"),
        (
            {"state": "failed", "problem": "unreachable", **LATER},
            "tidak bisa dihubungi. Sudah 3 kali dicoba; dicoba lagi pada 20 Maret 2018, 10.00",
        ),
        ({"state": "failed", "problem": "no_answer", **LATER}, "tidak pasti apakah pesan sampai"),
        ({"state": "failed", "problem": "cut_off", **LATER}, "Server memutus sambungan"),
        ({"problem": "refused", **GONE}, "Server menolak pesannya. Tidak dicoba lagi. Tekan Kirim ulang"),
        ({"problem": "bad_address", **GONE}, "Server penerima menolak alamatnya. Periksa alamatnya"),
        ({"problem": "bad_address", "settled_at": QUEUED_AT, **GONE}, "Dianggap selesai pada 20 Maret 2018."),
        ({"problem": "unsendable", **GONE}, "tidak bisa ditulis sebagai surat. Beri tahu admin portal."),
        (
            {"to": "", "subject": "", "body": "", "erased_at": QUEUED_AT, **GONE},
            "dihapus pada 20 Maret 2018; hanya hitungannya disimpan.",
        ),
    ],
)
def test_every_state_is_told_in_words(officer: OfficeMember, values: dict[str, Any], words: str) -> None:
    message = make(officer, **values)
    client = client_of(officer)

    assert words in text_of(client.get(LIST))
    assert words in text_of(client.get(reverse("outbox:message_detail", args=[message.pk])))


def test_page_shows_no_key_of_a_personal_link(officer: OfficeMember) -> None:
    message = make(officer, body="Buka http://testserver/tautan/rahasia/ sekarang")

    page = client_of(officer).get(reverse("outbox:message_detail", args=[message.pk])).text

    assert "http://testserver/tautan/***/ sekarang" in page
    assert "rahasia" not in page


def test_resending_starts_a_new_day_of_attempts_of_the_same_message(
    officer: OfficeMember, django_capture_on_commit_callbacks: Any
) -> None:
    message = make(officer, problem="refused", trying_since=QUEUED_AT, **GONE)

    with django_capture_on_commit_callbacks(execute=True):
        said = press(officer, "message_resend", message.pk)

    message.refresh_from_db()
    assert "Pesan menunggu giliran untuk dikirim ulang." in said
    assert (message.state, message.attempts) == ("sent", 1)
    assert [sent.extra_headers["Message-ID"] for sent in mail.outbox] == [message.message_id]
    assert [line.action for line in entries_of(message)] == ["resent"]


def test_pressing_twice_sends_once(officer: OfficeMember) -> None:
    message = make(officer, **GONE)

    for _press in range(2):
        press(officer, "message_resend", message.pk)

    assert entries_of(message).count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"body": "Buka /tautan/***/", "state": "sent", "sent_at": QUEUED_AT}, "tidak disimpan sesudah"),
        ({"to": "", "subject": "", "body": "", "erased_at": QUEUED_AT, **GONE}, "Isinya sudah dihapus."),
    ],
)
def test_what_is_not_there_any_more_is_not_sent_again(
    officer: OfficeMember, values: dict[str, Any], words: str
) -> None:
    message = make(officer, **values)

    assert words in press(officer, "message_resend", message.pk)
    assert not entries_of(message).exists()


def test_everything_given_up_is_sent_again_but_wrong_addresses(officer: OfficeMember) -> None:
    outage, wrong = make(officer, problem="unreachable", **GONE), make(officer, problem="bad_address", **GONE)
    foreign = MessageFactory(problem="unreachable", **GONE)

    said = press(officer, "messages_resend")

    assert "1 pesan dikirim ulang." in said
    states = [Message.objects.get(pk=message.pk).state for message in (outage, wrong, foreign)]
    assert states == ["queued", "given_up", "given_up"]
    assert "Tidak ada pesan yang dapat dikirim ulang." in press(officer, "messages_resend")


def test_message_given_up_is_put_aside_and_asks_for_nothing_any_more(officer: OfficeMember) -> None:
    message = make(officer, problem="bad_address", **GONE)
    before = text_of(client_of(officer).get(LIST))

    for _press in range(2):
        said = press(officer, "message_settle", message.pk)

    assert "1 pesan ditolak dan percuma dikirim ulang." in before
    assert "Pesan dianggap selesai." in said
    assert "Dianggap selesai tanpa terkirim." in said
    assert "percuma" not in text_of(client_of(officer).get(LIST))
    assert (count_given_up(actor_of(officer)), entries_of(message).count()) == (0, 1)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Hanya pesan yang tidak dicoba lagi yang dapat dianggap selesai."),
        ({"to": "", "subject": "", "body": "", "erased_at": QUEUED_AT, **GONE}, "Isinya sudah dihapus."),
    ],
)
def test_only_what_was_given_up_is_put_aside(
    officer: OfficeMember, values: dict[str, Any], words: str
) -> None:
    message = make(officer, **values)

    assert words in press(officer, "message_settle", message.pk)
    assert not entries_of(message).exists()


def test_message_put_aside_is_sent_again_alone_but_not_with_all(officer: OfficeMember) -> None:
    message = make(officer, problem="unreachable", settled_at=QUEUED_AT, **GONE)

    together = press(officer, "messages_resend")
    alone = press(officer, "message_resend", message.pk)

    message.refresh_from_db()
    assert "Tidak ada pesan yang dapat dikirim ulang." in together
    assert "Pesan menunggu giliran untuk dikirim ulang." in alone
    assert message.settled_at is None


def test_banner_counts_what_its_button_sends(officer: OfficeMember) -> None:
    for problem in ("unreachable", "refused", "bad_address", "unsendable"):
        make(officer, problem=problem, **GONE)

    page = text_of(client_of(officer).get(LIST))

    assert "2 pesan tidak dicoba lagi." in page
    assert "2 pesan ditolak dan percuma dikirim ulang." in page
    assert "2 pesan dikirim ulang." in press(officer, "messages_resend")


def test_whatsapp_is_opened_and_ticked_off(officer: OfficeMember) -> None:
    message = make(officer, channel="whatsapp", to="+6281234567890", body="Halo", next_attempt_at=None)
    page = client_of(officer).get(reverse("outbox:message_detail", args=[message.pk])).text

    for _press in range(2):
        said = press(officer, "message_sent_by_hand", message.pk)

    message.refresh_from_db()
    assert "https://wa.me/6281234567890?text=Halo" in page
    assert "Dicatat sudah dikirim." in said
    assert (message.state, entries_of(message).count()) == ("sent", 1)
    assert actor_of(officer).user_id == entries_of(message).get().user_id


def test_email_is_not_ticked_off(officer: OfficeMember) -> None:
    message = make(officer)

    assert "Hanya pesan WhatsApp yang menunggu" in press(officer, "message_sent_by_hand", message.pk)
