"""The portal as in production, on loopback: DEBUG off, hashed static files, gunicorn."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

CLONE = Path(__file__).resolve().parent.parent
START_SECONDS = 30


@contextmanager
def production_server(
    *, workers: int = 2, threads: int = 4, settings: str = "tradecontact.settings"
) -> Iterator[str]:
    """Serve the database that Django uses now while the block runs; the value is the address.

    Raises:
        RuntimeError: the server does not answer in ``START_SECONDS``.
    """
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{trial.getsockname()[1]}"
    url = f"http://{bind}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": settings,
        "DEBUG": "0",
        "LOCAL": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": url,
        "DATABASE_URL": _database_url(),
    }
    collect = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=CLONE, env=environment, check=True)
    command = ["gunicorn", "tradecontact.wsgi", "--bind", bind, "--no-control-socket", "--log-level", "error"]
    command += ["--workers", str(workers), "--threads", str(threads)]
    server = subprocess.Popen([sys.executable, "-m", *command], cwd=CLONE, env=environment)
    try:
        _wait_until_ready(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def _database_url() -> str:
    from django.db import connection

    config = connection.settings_dict
    user = quote(config["USER"], safe="") + (
        f":{quote(config['PASSWORD'], safe='')}" if config["PASSWORD"] else ""
    )
    place = urlencode({"host": config["HOST"], "port": config["PORT"] or 5432})
    return f"postgresql://{user}@/{quote(config['NAME'])}?{place}"


def _wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5).close()  # noqa: S310 - loopback
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"gunicorn does not answer at {url}.")
