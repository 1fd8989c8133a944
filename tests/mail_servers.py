"""A real mail server on this machine that behaves as a test says: accepts, refuses, hangs, hangs up."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

from aiosmtpd.controller import Controller
from pytest_django.fixtures import Settings

ACCEPTED = "250 accepted"


class Behaviour:
    """Accepts everything and keeps it; ``rcpt`` and ``data`` are the server's answers."""

    def __init__(self, *, rcpt: str = ACCEPTED, data: str = ACCEPTED) -> None:
        self.rcpt, self.data = rcpt, data
        self.mails: list[Mail] = []
        self.senders: list[str] = []

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.rcpt == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content))
        self.senders.append(envelope.mail_from)
        return self.data

    @property
    def message_ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]


class Hanging(Behaviour):
    """Takes the message and says nothing more."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(60)
        return answer


class HangingUp(Behaviour):
    """Takes the message and closes the connection instead of answering."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        server.transport.abort()
        return answer


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def mail_server(settings: Settings, behaviour: Behaviour) -> Iterator[Behaviour]:
    """Send the portal's mail to a server of this behaviour, for as long as the block lasts."""
    controller = Controller(behaviour, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 0.5
    try:
        yield behaviour
    finally:
        controller.stop()
