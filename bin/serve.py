"""Serve the portal on this computer: database, demonstration, web server and worker, until Ctrl-C.

``make run`` calls it after ``bin/bootstrap.py``. gunicorn serves instead of Django's runserver because its
two processes answer many browsers at once; its ``--reload`` still picks up changed code.
"""

import ctypes
import io
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import DatabaseError, OperationalError
from psycopg2.errors import InsufficientPrivilege

from bin.bootstrap import SetupProblem, address, require_free_port, say
from bin.messages import compile_catalogues
from tradecontact.database import require_usable_server
from tradecontact.embedded_postgres import ServerProblem
from tradecontact.local import BASE_DIR, load_local_settings, local_server, private_postgres

START_SECONDS = 60
STOP_SECONDS = 10


class Stopped(Exception):
    """The person, or the system, asked this command to end."""


def main() -> None:
    """Serve until Ctrl-C; print one sentence and exit 1 when that is impossible."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecontact.settings")
    load_local_settings()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        host, port = address()
        require_free_port(host, port)
        url = f"http://{browser_host(host)}:{port}"
        os.environ.setdefault("PUBLIC_URL", url)
        say_where_rows_are()
        with private_postgres():
            with refusals_in_one_sentence():
                prepare_database()
            serve(f"{host}:{port}", url)
    except (SetupProblem, ServerProblem, ImproperlyConfigured, CommandError) as problem:
        sys.exit(str(problem))
    except Stopped:
        say("Stopped.")


@contextmanager
def refusals_in_one_sentence() -> Iterator[None]:
    """Say in one sentence what the person can change about the database; other errors are bugs.

    Raises:
        ServerProblem: the role lacks a right, or the server is busy, full or gone.
    """
    try:
        yield
    except DatabaseError as error:
        missing = next(
            (cause for cause in causes_of(error) if isinstance(cause, InsufficientPrivilege)), None
        )
        if missing is None and not isinstance(error, OperationalError):
            raise
        reason = f"The database refused: {str(missing or error).strip().splitlines()[0]}."
        advice = " Give its role the right to create, then run this again." if missing else ""
        raise ServerProblem(reason + advice) from error


def causes_of(error: BaseException | None) -> Iterator[BaseException]:
    """Return an error and what led to it; Django's own errors about migrations name no cause."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def prepare_database() -> None:
    """Bring tables and reference data up to date, and fill an empty portal with the demonstration."""
    from django.conf import settings

    require_usable_server(settings.DATABASES["default"])
    compile_catalogues()
    django.setup()
    from django.core.management import call_command

    from matchmaking.demo.building import rows_of_its_own

    say("Preparing the database.")
    call_command("migrate", verbosity=0)
    call_command("load_reference_data", stdout=io.StringIO())
    if not rows_of_its_own():
        say("Building the demonstration; this happens once.")
        call_command("seed_demo", stdout=io.StringIO())


def serve(bind: str, url: str) -> None:
    """Run web server and worker side by side until one of them ends or this command is stopped."""
    web = ["gunicorn", "tradecontact.wsgi", "--bind", bind, "--workers", "2", "--threads", "4", "--reload"]
    web += ["--no-control-socket", "--log-level", "error"]
    with running(web) as server, running(["django", "db_worker"]) as worker:
        wait_until_answering(url, server)
        say(f"\nTradecontact runs at {url}\n")
        show_sign_ins()
        say("\nPress Ctrl-C to stop.")
        while server.poll() is None and worker.poll() is None:
            time.sleep(0.5)
        name = "web server" if worker.poll() is None else "worker"
        raise ServerProblem(f"The {name} ended by itself; its last words stand above.")


def show_sign_ins() -> None:
    """Print the demonstration's sign-ins and a fresh personal link."""
    from django.core.management import call_command

    call_command("seed_demo", show=True)


@contextmanager
def running(module: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``python -m module …`` while the block runs, with all processes it starts."""
    process = subprocess.Popen(
        [sys.executable, "-m", *module],
        cwd=BASE_DIR,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - this command has one thread
    )
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children: politely, and after ``STOP_SECONDS`` by force."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            pass
        return


def end_with_parent() -> None:
    """Ask Linux to end this process when its parent is killed without a chance to clean up."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def wait_until_answering(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the web server answers.

    Raises:
        ServerProblem: it ended, or does not answer in ``START_SECONDS``.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5).close()  # noqa: S310 - http only
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise ServerProblem(f"The web server does not answer at {url}; its last words stand above.")


def browser_host(host: str) -> str:
    """Return the name a browser on this computer uses for the address the server listens on."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def say_where_rows_are() -> None:
    """Tell when the rows cannot lie in the clone, which is so for root in a closed folder."""
    server = local_server()
    if server and BASE_DIR not in server.home.parents:
        user = server.account.pw_name
        say(f"This folder is closed to {user}, who runs PostgreSQL, so its rows lie in {server.home}.")


def stop(number: int, frame: FrameType | None) -> None:
    """Turn a signal into an exception, so that every block cleans up."""
    raise Stopped


if __name__ == "__main__":
    main()
