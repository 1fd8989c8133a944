"""Working in a clone without an environment of one's own: local settings and the private PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tradecontact.database import PRIVATE_DATABASE
from tradecontact.embedded_postgres import PrivateServer, private_server
from tradecontact.environment import read_bool

BASE_DIR = Path(__file__).resolve().parent.parent


def load_local_settings() -> None:
    """Take LOCAL and SECRET_KEY from ``var/local.env`` (made by ``make run``) unless the environment has one.

    A production server sets SECRET_KEY, so the file is never read there.
    """
    settings = BASE_DIR / "var" / "local.env"
    if {"LOCAL", "SECRET_KEY"} & os.environ.keys() or not settings.exists():
        return
    for line in settings.read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ[name] = value


def local_server() -> PrivateServer | None:
    """Return the private PostgreSQL of this clone; None with ``DATABASE_URL``, or on a server."""
    if os.environ.get("DATABASE_URL") or not read_bool("LOCAL", default=False):
        return None
    return private_server(BASE_DIR)


@contextmanager
def private_postgres() -> Iterator[None]:
    """Use the private PostgreSQL, where there is one, while the block runs.

    Raises:
        ServerProblem: it cannot be started.
    """
    server = local_server()
    if server is None:
        yield
        return
    server.acquire(PRIVATE_DATABASE)
    try:
        yield
    finally:
        server.release()
