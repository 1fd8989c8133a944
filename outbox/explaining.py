"""Where a message stands, in words, and whether it can be sent once more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.history import entries_of
from outbox.models import Message
from outbox.templates import TEMPLATES
from tradecontact.logs import hide_secrets
from tradecontact.templatetags.tradecontact_tags import jam, tanggal

State, Problem = Message.State, Message.Problem
HIDDEN = "/***"  # stands where a sent message had the key of a personal link
TAGS = {State.SENT: "yes", State.FAILED: "wait", State.GIVEN_UP: "no"}


OF_A_MESSAGE = {
    "message.resent": gettext_lazy("Dikirim ulang."),
    "message.settled": gettext_lazy("Dianggap selesai tanpa terkirim."),
    "message.sent_by_hand": gettext_lazy("Ditandai sudah dikirim lewat WhatsApp."),
}


@dataclass(frozen=True)
class MessageAct:
    """What somebody did with a message."""

    text: str
    who: str
    at: datetime


@dataclass(frozen=True)
class MessageLine:
    """A message as its pages show it; ``body`` is without the keys of personal links."""

    message: Message
    title: str | Promise
    tag: str
    explanation: str
    body: str
    is_by_hand: bool


def lines_of(messages: Iterable[Message]) -> list[MessageLine]:
    """Return messages with what is said of them. Costs no query."""
    return [
        MessageLine(
            message=message,
            title=TEMPLATES[message.kind].title if message.kind in TEMPLATES else message.kind,
            tag="" if message.settled_at else TAGS.get(State(message.state), ""),
            explanation=explain(message),
            body=hide_secrets(message.body),
            is_by_hand=is_by_hand(message),
        )
        for message in messages
    ]


def acts_on(message: Message) -> list[MessageAct]:
    """Return what people did with a message, newest first. Costs one query."""
    return [
        MessageAct(
            text=str(OF_A_MESSAGE[f"message.{entry.action}"]),
            who=entry.user.name if entry.user else entry.get_via_display(),
            at=entry.at,
        )
        for entry in entries_of(message)
    ]


def is_by_hand(message: Message) -> bool:
    """Say whether a message waits for a person to open it in WhatsApp."""
    return message.state == State.QUEUED and message.next_attempt_at is None


def explain(message: Message) -> str:
    """Return one or two sentences: where the message stands, why, and what happens next."""
    if message.erased_at is not None:
        return _("Data penerima dan isinya dihapus pada %(day)s; hanya hitungannya disimpan.") % {
            "day": tanggal(message.erased_at)
        }
    if message.state == State.FAILED:
        return " ".join([_why(message), _next_attempt(message)])
    if message.state == State.GIVEN_UP:
        return " ".join([_why(message), _what_to_do(message)])
    return _of_a_healthy_one(message)


def why_not_again(message: Message) -> str:
    """Return why a message cannot be sent once more, empty when it can."""
    if message.erased_at is not None:
        return _("Isinya sudah dihapus.")
    if message.state in {State.QUEUED, State.SENDING}:
        return _("Pesan ini masih dalam perjalanan.")
    if HIDDEN in message.subject + message.body:
        return _(
            "Tautan pribadi di dalamnya tidak disimpan sesudah terkirim. Kirim undangan atau kabar yang baru."
        )
    return ""


def why_not_settled(message: Message) -> str:
    """Return why a message cannot be put aside, empty when it can."""
    if message.erased_at is not None:
        return _("Isinya sudah dihapus.")
    if message.state != State.GIVEN_UP:
        return _("Hanya pesan yang tidak dicoba lagi yang dapat dianggap selesai.")
    return ""


def _of_a_healthy_one(message: Message) -> str:
    if is_by_hand(message):
        return _("Menunggu dibuka dan dikirim lewat WhatsApp oleh petugas.")
    if message.state == State.QUEUED:
        return _("Menunggu giliran, biasanya kurang dari semenit.")
    if message.state == State.SENDING:
        return _("Sedang diserahkan kepada server. Bila terputus, pesan yang sama dikirim lagi.")
    when = {"day": tanggal(message.sent_at), "time": jam(message.sent_at)}
    if message.channel == Message.Channel.WHATSAPP and not message.attempts:
        return _("Petugas menyatakan sudah mengirimnya pada %(day)s, %(time)s.") % when
    return _("Diterima server pada %(day)s, %(time)s. Apakah sudah dibaca tidak diketahui.") % when


def _why(message: Message) -> str:
    reasons = {
        Problem.UNREACHABLE: _("Server pengirim tidak bisa dihubungi."),
        Problem.NO_ANSWER: _("Server tidak menjawab pada waktunya, jadi tidak pasti apakah pesan sampai."),
        Problem.CUT_OFF: _("Server memutus sambungan, jadi tidak pasti apakah pesan sampai."),
        Problem.REFUSED: _("Server menolak pesannya."),
        Problem.BAD_ADDRESS: _("Server penerima menolak alamatnya."),
        Problem.UNSENDABLE: _("Isinya tidak bisa ditulis sebagai surat."),
    }
    return reasons[Problem(message.problem)] if message.problem else _("Pengiriman gagal.")


def _next_attempt(message: Message) -> str:
    return _("Sudah %(count)d kali dicoba; dicoba lagi pada %(day)s, %(time)s.") % {
        "count": message.attempts,
        "day": tanggal(message.next_attempt_at),
        "time": jam(message.next_attempt_at),
    }


def _what_to_do(message: Message) -> str:
    if message.settled_at is not None:
        return _("Dianggap selesai pada %(day)s.") % {"day": tanggal(message.settled_at)}
    if message.problem == Problem.BAD_ADDRESS:
        return _("Periksa alamatnya pada data penerima, lalu kirim kabar yang baru.")
    if message.problem == Problem.UNSENDABLE:
        return _("Beri tahu admin portal.")
    return _("Tidak dicoba lagi. Tekan Kirim ulang bila gangguannya sudah selesai.")
