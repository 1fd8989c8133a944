"""WhatsApp by hand, and through a provider that a real HTTP server plays."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from outbox import whatsapp
from outbox.models import Message
from outbox.sending import send_due
from tests.factories import MessageFactory
from tests.factories.outbox import QUEUED_AT
from tests.mail_servers import free_port

pytestmark = pytest.mark.django_db

REDIRECT, SLOW = 302, 0


@contextmanager
def provider(settings: Settings, status: int) -> Iterator[list[dict[str, Any]]]:
    """Answer with ``status`` on this machine and collect what arrives; ``SLOW`` answers late."""
    arrived: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            arrived.append(content | {"key": self.headers["Authorization"]})
            time.sleep(0.5 if status == SLOW else 0)
            self.send_response(status or 200)
            self.send_header("Location", self.path)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WHATSAPP_PROVIDER, settings.WHATSAPP_KEY = "http", "rahasia"
    settings.WHATSAPP_URL = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield arrived
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def gibberish(settings: Settings, answer: bytes) -> Iterator[None]:
    """Answer with bytes that are no HTTP."""

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                """Read the headers, so that the answer is not cut off by a reset."""
            self.rfile.read1()
            self.wfile.write(answer)

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.WHATSAPP_PROVIDER, settings.WHATSAPP_KEY = "http", "rahasia"
        settings.WHATSAPP_URL = f"http://127.0.0.1:{server.server_address[1]}/"
        yield
        server.shutdown()


def make_message(**values: Any) -> Message:
    return MessageFactory(
        **{"channel": "whatsapp", "to": "+6281234567890", "subject": "", "body": "Halo & apa kabar?"} | values
    )


def facts(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.problem


def test_provider_gets_number_text_and_id(settings: Settings) -> None:
    message = make_message()

    with provider(settings, 202) as arrived:
        send_due(now=QUEUED_AT)

    assert arrived == [
        {
            "id": message.message_id,
            "to": "+6281234567890",
            "text": "Halo & apa kabar?",
            "key": "Bearer rahasia",
        }
    ]
    assert facts(message) == ("sent", "")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, ("given_up", "refused")),
        (401, ("failed", "refused")),
        (429, ("failed", "refused")),
        (503, ("failed", "refused")),
        (REDIRECT, ("failed", "refused")),
    ],
)
def test_refusals_are_tried_again_unless_final(
    settings: Settings, status: int, expected: tuple[str, str]
) -> None:
    message = make_message()

    with provider(settings, status) as arrived:
        send_due(now=QUEUED_AT)

    assert (facts(message), len(arrived)) == (expected, 1)
    assert message.last_error.startswith(str(status))


def test_provider_that_does_not_answer(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whatsapp, "TIMEOUT", 0.1)
    message = make_message()

    with provider(settings, SLOW):
        send_due(now=QUEUED_AT)

    assert facts(message) == ("failed", "no_answer")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"220 mail.example ESMTP\r\n", "BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", "LineTooLong"),
    ],
)
def test_answer_that_is_no_http_does_not_stop_the_round(settings: Settings, answer: bytes, said: str) -> None:
    messages = [make_message(), make_message()]

    with gibberish(settings, answer):
        send_due(now=QUEUED_AT)

    assert [facts(message) for message in messages] == [("failed", "cut_off")] * 2
    assert messages[0].last_error.startswith(said)


def test_provider_that_is_not_there(settings: Settings) -> None:
    message = make_message()
    settings.WHATSAPP_PROVIDER, settings.WHATSAPP_KEY = "http", "rahasia"
    settings.WHATSAPP_URL = f"http://127.0.0.1:{free_port()}/"

    send_due(now=QUEUED_AT)

    assert facts(message) == ("failed", "unreachable")


def test_by_hand_nothing_is_sent() -> None:
    message = make_message(next_attempt_at=None)

    assert send_due(now=QUEUED_AT)["sent"] == 0
    assert facts(message) == ("queued", "")


def test_address_that_opens_whatsapp() -> None:
    message = make_message()

    assert whatsapp.wa_me(message) == "https://wa.me/6281234567890?text=Halo%20%26%20apa%20kabar%3F"
