"""How many messages are lost or doubled when the sender is killed again and again.

``python -m benchmarks.outbox`` queues 200 messages and kills the sender 20 times in the middle of its work
(SIGKILL), with a real mail server on this machine; ``--json`` prints the counts for scripts. None may be
lost; one kill may double one message, and then as the same message.
"""

import json
import os
import random
import signal
import socketserver
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.scratch import scratch_database

MESSAGES, KILLS = 200, 20
STEP = timedelta(minutes=6)  # of the clock between two senders: what a killed one held is free again
ROUND = 100
SECONDS_PER_MAIL = 0.01  # a server that answers at once would rarely be found in the middle of it
MOST_ROUNDS = KILLS + 20


class MailServer(socketserver.ThreadingTCPServer):
    """The few words of SMTP that a sender needs; counts each Message-ID that it accepted."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), MailSession)
        self.accepted: Counter[str] = Counter()
        self.lock = threading.Lock()

    @property
    def count(self) -> int:
        with self.lock:
            return self.accepted.total()


class MailSession(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        """Answer until the sender leaves; a sender that is killed leaves without a word."""
        try:
            self._say("220 here")
            while line := self.rfile.readline():
                if line.upper().startswith(b"DATA"):
                    self._say("354 go on")
                    self._accept()
                elif line.upper().startswith(b"QUIT"):
                    return self._say("221 bye")
                else:
                    self._say("250 fine")
        except ConnectionError:
            return None
        return None

    def _accept(self) -> None:
        """Keep a mail that came to its end, then let some time pass before saying so."""
        message_id = ""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionResetError
            if line.lower().startswith(b"message-id:"):
                message_id = line.split(b":", 1)[1].strip().decode()
        with self.server.lock:
            self.server.accepted[message_id] += 1
        time.sleep(SECONDS_PER_MAIL)
        self._say("250 accepted")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def measure() -> dict[str, Any]:
    """Queue, send and kill; return how many arrived, were lost and doubled, and what their rows say."""
    from outbox.models import Message

    server = MailServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    expected = _queue()
    start, kills, rounds = time.perf_counter(), 0, 0
    while Message.objects.exclude(state=Message.State.SENT).exists() and rounds < MOST_ROUNDS:
        at = _first_queued() + STEP * rounds
        kills += _run_sender(server, at, kills)
        rounds += 1
    server.shutdown()
    arrived = server.accepted
    return {
        "messages": MESSAGES,
        "kills": kills,
        "lost": len(expected - arrived.keys()),
        "doubled": sum(times - 1 for times in arrived.values()),
        "unknown_message_ids": len(arrived.keys() - expected),
        "rows_not_sent": Message.objects.exclude(state=Message.State.SENT).count(),
        "seconds": round(time.perf_counter() - start, 1),
    }


def is_kept(result: dict[str, Any]) -> bool:
    """Say whether the promise was kept: nothing lost, and no more doubled than kills."""
    broken = result["lost"] + result["unknown_message_ids"] + result["rows_not_sent"]
    return not broken and result["kills"] == KILLS and result["doubled"] <= KILLS


def _queue() -> set[str]:
    """Queue the messages in one transaction, as an import would, and return their Message-IDs."""
    from django.db import transaction
    from django.utils import timezone

    from outbox.queueing import queue_email

    values = {"nomor": "M-1", "produk": "Sepatu", "usaha": "Sari Kulit", "alamat": "http://contoh.test/"}
    with transaction.atomic():
        messages = [
            queue_email(
                kind="inquiry_received",
                to=f"petugas{number}@contoh.test",
                values=values,
                language="id",
                office=None,
                now=timezone.now(),
            )
            for number in range(MESSAGES)
        ]
    return {message.message_id for message in messages}


def _first_queued() -> datetime:
    from outbox.models import Message

    return Message.objects.order_by("-queued_at").values_list("queued_at", flat=True)[0]


def _run_sender(server: MailServer, at: datetime, kills: int) -> bool:
    """Run a sender as a process of its own; kill it after a few mails while kills are left to do."""
    sender = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, "--send", at.isoformat()],
        cwd=Path(__file__).resolve().parent.parent,
        env=os.environ | {"BENCH_DATABASE": _database(), "BENCH_PORT": str(server.server_address[1])},
    )
    chance = random.Random(kills)  # noqa: S311 - the same moments in every run, not secrets
    target = server.count + chance.randint(1, MESSAGES // KILLS - 1)
    while kills < KILLS and sender.poll() is None and server.count < target:
        time.sleep(0.001)
    if kills < KILLS and sender.poll() is None:
        time.sleep(chance.random() * 2 * SECONDS_PER_MAIL)
        sender.send_signal(signal.SIGKILL)
    return sender.wait() == -signal.SIGKILL


def _database() -> str:
    from django.conf import settings

    return settings.DATABASES["default"]["NAME"]


def send(at: datetime) -> None:
    """Be the sender: one round at ``at``, in the database and to the mail server of the measurement."""
    import django
    from django.conf import settings

    from tradecontact.local import private_postgres

    with private_postgres():
        settings.DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(os.environ["BENCH_PORT"])
        django.setup()
        from outbox.sending import send_due

        send_due(now=at, most=ROUND)


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.outbox", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--send", type=datetime.fromisoformat, help="be the sender, at this moment")
    arguments = parser.parse_args()
    if arguments.send:
        return send(arguments.send)
    with scratch_database():
        result = measure()
    if arguments.json:
        print(json.dumps(result))
    else:
        print(
            f"outbox: {result['messages']} messages, sender killed {result['kills']} times: "
            f"{result['lost']} lost, {result['doubled']} doubled with the same Message-ID, "
            f"{result['rows_not_sent']} rows not marked as sent"
        )
    return None if is_kept(result) else sys.exit("The outbox lost or doubled more than it may.")


if __name__ == "__main__":
    main()
