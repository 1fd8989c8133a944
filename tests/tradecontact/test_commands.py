"""``make run`` from start to Ctrl-C, and the sentence for everything that can stop it."""

import os
import re
import signal
import socket
import socketserver
import struct
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings

CLONE = Path(__file__).resolve().parents[2]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def empty_database_url(django_db_setup: None) -> Iterator[str]:
    """An empty database on the server of the tests, as a person would name it in DATABASE_URL."""
    config = settings.DATABASES["default"]
    name = f"serve_{os.getpid()}"
    with server_of_the_tests() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        user = quote(f"{config['USER']}:{config.get('PASSWORD') or ''}", safe=":")
        yield f"postgresql://{user}@/{name}?host={quote(config['HOST'])}&port={config.get('PORT') or 5432}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def server_of_the_tests() -> Iterator[Any]:
    """A cursor on the server of the tests, outside the database of the tests."""
    config = settings.DATABASES["default"]
    connection = psycopg2.connect(
        dbname="postgres",
        user=config["USER"],
        password=config.get("PASSWORD"),
        host=config["HOST"],
        port=config.get("PORT") or None,
    )
    connection.autocommit = True
    with connection.cursor() as cursor:
        yield cursor
    connection.close()


@contextmanager
def role_without_rights() -> Iterator[str]:
    """A role that may connect and nothing else; its password is x."""
    name = f"tamu_{os.getpid()}"
    with server_of_the_tests() as cursor:
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x'")
        yield name
        cursor.execute(f"DROP ROLE {name}")


def environment(**values: str) -> dict[str, str]:
    """Return this environment with the values, and without what the tests put into it."""
    ours = {"DJANGO_SETTINGS_MODULE", "PUBLIC_URL", "DATABASE_URL", "HOST", "PORT", "TZ"}
    return {name: value for name, value in os.environ.items() if name not in ours} | values


def refusal_of_serve(**values: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bin.serve"],
        cwd=CLONE,
        env=environment(**values),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    return done.stderr


def read_until(process: subprocess.Popen[str], ending: str) -> str:
    assert process.stdout
    text = ""
    while ending not in text:
        line = process.stdout.readline()
        assert line, text
        text += line
    return text


def test_serve_shows_the_portal_and_leaves_nothing_behind(empty_database_url: str, free_port: int) -> None:
    url = f"http://127.0.0.1:{free_port}"
    for told_of_demonstration in (True, False):
        process = subprocess.Popen(
            [sys.executable, "-m", "bin.serve"],
            cwd=CLONE,
            env=environment(DATABASE_URL=empty_database_url, PORT=str(free_port)),
            stdout=subprocess.PIPE,
            text=True,
        )
        told = read_until(process, "Press Ctrl-C to stop.")

        assert ("Building the demonstration" in told) == told_of_demonstration
        assert f"Tradecontact runs at {url}\n" in told
        link = re.search(rf"{url}/tautan/\S+", told)
        assert link
        for address in (url, link[0]):
            assert urllib.request.urlopen(address, timeout=20).status == 200  # noqa: S310

        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
        assert "Stopped." in rest
        assert process.returncode == 0
        with socket.create_server(("127.0.0.1", free_port)):
            pass  # nobody listens there any more


def test_unreachable_database_is_told_in_one_sentence(free_port: int) -> None:
    refusal = refusal_of_serve(
        DATABASE_URL="postgresql://dinas:rahasia@127.0.0.1:1/kontak", PORT=str(free_port)
    )

    assert refusal.startswith("PostgreSQL of DATABASE_URL cannot be used (127.0.0.1:1): ")
    assert "Connection refused" in refusal
    assert "rahasia" not in refusal
    assert len(refusal.splitlines()) == 1


def test_unreadable_database_url_is_told_in_one_sentence(free_port: int) -> None:
    refusal = refusal_of_serve(DATABASE_URL="sqlite:///kontak.db", PORT=str(free_port))

    assert refusal == "DATABASE_URL must look like postgresql://user:password@host:5432/name.\n"


def test_old_postgresql_is_told_in_one_sentence(free_port: int) -> None:
    with OldServer(("127.0.0.1", 0), OldServerSpeaks) as old:
        threading.Thread(target=old.serve_forever, daemon=True).start()
        port = old.server_address[1]
        refusal = refusal_of_serve(
            DATABASE_URL=f"postgresql://dinas@127.0.0.1:{port}/kontak?sslmode=disable&gssencmode=disable",
            PORT=str(free_port),
        )
        old.shutdown()

    assert refusal == f"PostgreSQL 14 at 127.0.0.1:{port} is too old: 15 or newer is needed.\n"


def test_role_without_rights_is_told_what_to_do(empty_database_url: str, free_port: int) -> None:
    with role_without_rights() as role:
        place = empty_database_url.partition("@")[2]
        refusal = refusal_of_serve(DATABASE_URL=f"postgresql://{role}:x@{place}", PORT=str(free_port))

    assert refusal == (
        "The database refused: permission denied for schema public. "
        "Give its role the right to create, then run this again.\n"
    )


def test_reason_of_the_server_stands_alone(empty_database_url: str, free_port: int) -> None:
    limit = quote("-c statement_timeout=1ms")

    refusal = refusal_of_serve(DATABASE_URL=f"{empty_database_url}&options={limit}", PORT=str(free_port))

    assert refusal == "The database refused: canceling statement due to statement timeout.\n"


def test_other_error_of_the_database_is_not_explained_away(empty_database_url: str, free_port: int) -> None:
    read_only = quote("-c default_transaction_read_only=on")

    refusal = refusal_of_serve(DATABASE_URL=f"{empty_database_url}&options={read_only}", PORT=str(free_port))

    assert refusal.startswith("Traceback")
    assert "Give its role the right" not in refusal


def test_port_in_use_is_told_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        refusal = refusal_of_serve(PORT=str(other.getsockname()[1]))

    assert "is in use: stop the other program, or run `PORT=8001 make run`." in refusal


def test_production_settings_need_a_database_url(free_port: int) -> None:
    refusal = refusal_of_serve(
        LOCAL="0", SECRET_KEY="x" * 60, PUBLIC_URL="https://kontak.test", PORT=str(free_port)
    )

    assert refusal == "Set DATABASE_URL in the environment; it has no default on a server.\n"


class OldServer(socketserver.ThreadingTCPServer):
    daemon_threads = True


class OldServerSpeaks(socketserver.BaseRequestHandler):
    """As much of PostgreSQL's protocol as it takes to say: come in, I am 14.9."""

    def handle(self) -> None:
        self.request.recv(1024)
        told = {"server_version": "14.9", "client_encoding": "UTF8", "DateStyle": "ISO, DMY"}
        welcome = packet(b"R", struct.pack(">i", 0))
        for name, value in told.items():
            welcome += packet(b"S", f"{name}\0{value}\0".encode())
        self.request.sendall(welcome + packet(b"Z", b"I"))
        self.request.recv(1024)


def packet(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack(">i", 4 + len(body)) + body
