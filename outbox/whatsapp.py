"""WhatsApp: by hand through wa.me, which needs no contract, or through one provider's HTTP address.

A provider is anything that ``Provider`` describes; ``WHATSAPP_PROVIDER`` names the one in use. By hand, a
message waits until a person opens it in their own WhatsApp and says that it went.
"""

import json
import re
from http.client import HTTPException
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outbox.models import Message
from outbox.problems import NotSent

Problem = Message.Problem
TIMEOUT = 10  # seconds
PERMANENT = {400, 404, 422}  # this message will not be taken tomorrow either


class Provider(Protocol):
    """A way to send WhatsApp messages."""

    sends_by_itself: bool

    def send(self, message: Message) -> None:
        """Hand a message over, or raise ``NotSent``."""


class ByHand:
    """A person opens the message in their own WhatsApp; the portal sends nothing."""

    sends_by_itself = False

    def send(self, message: Message) -> None:
        raise NotSent(Problem.REFUSED, is_final=True)


class ThroughHttp:
    """One POST of JSON (``id``, ``to``, ``text``) to ``WHATSAPP_URL``; any 2xx means that it was taken.

    The key goes along as a bearer token, the Message-ID as ``Idempotency-Key``.
    """

    sends_by_itself = True

    def send(self, message: Message) -> None:
        content = json.dumps({"id": message.message_id, "to": message.to, "text": message.body})
        request = Request(  # noqa: S310 - the settings allow https only
            settings.WHATSAPP_URL,
            data=content.encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {settings.WHATSAPP_KEY}",
                "Idempotency-Key": message.message_id,
            },
        )
        try:
            build_opener(NoRedirect).open(request, timeout=TIMEOUT).close()
        except HTTPError as error:
            with error:
                said = f"{error.code} {error.reason}"
            raise NotSent(Problem.REFUSED, said, is_final=error.code in PERMANENT) from error
        except (URLError, OSError) as error:
            raise _not_reached(error) from error
        except HTTPException as error:  # what came back is no HTTP: a bad first line, one without an end
            raise NotSent(Problem.CUT_OFF, f"{type(error).__name__}: {error}") from error


class NoRedirect(HTTPRedirectHandler):
    """Follows no redirect, so that the key goes to the address in the settings only."""

    def redirect_request(self, *args: object) -> None:
        return None


PROVIDERS: dict[str, Provider] = {"manual": ByHand(), "http": ThroughHttp()}


def is_sent_by_itself() -> bool:
    """Say whether the portal sends WhatsApp messages; otherwise a person opens each one."""
    return PROVIDERS[settings.WHATSAPP_PROVIDER].sends_by_itself


def send(message: Message) -> None:
    """Hand a message to the provider in use.

    Raises:
        NotSent: the provider was not reached, did not answer, or refused.
    """
    PROVIDERS[settings.WHATSAPP_PROVIDER].send(message)


def wa_me(message: Message) -> str:
    """Return the address that opens a message, ready to be sent, in the WhatsApp of whoever follows it."""
    return f"https://wa.me/{message.to.lstrip('+')}?text={quote(message.body, safe='')}"


def why_not_by_hand(message: Message) -> str:
    """Return why nobody can say that a message went through their own WhatsApp, empty when they can."""
    is_waiting = message.state == Message.State.QUEUED and message.next_attempt_at is None
    if message.channel == Message.Channel.WHATSAPP and is_waiting and message.erased_at is None:
        return ""
    return _("Hanya pesan WhatsApp yang menunggu dapat ditandai sudah dikirim.")


def validate_number(number: str) -> None:
    """Refuse what is no international number such as ``+6281234567890``.

    Raises:
        ValidationError: it is none.
    """
    if not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        raise ValidationError(_("Tulis nomor dengan kode negara, misalnya +6281234567890."))


def _not_reached(error: OSError) -> NotSent:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return NotSent(Problem.NO_ANSWER, str(reason))
    if isinstance(reason, ConnectionError) and not isinstance(reason, ConnectionRefusedError):
        return NotSent(Problem.CUT_OFF, str(reason))
    return NotSent(Problem.UNREACHABLE, str(reason))
