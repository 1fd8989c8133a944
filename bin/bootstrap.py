"""Make ``.venv`` with the pinned packages; a second run with nothing to do takes a moment.

Usage: python3 bin/bootstrap.py run | dev

Only the standard library, and nothing newer than Python 3.7 can read: it runs before anything is
installed, and must tell the owner of an old Python so.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VENV = BASE_DIR / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VAR = BASE_DIR / "var"
OLDEST_PYTHON = (3, 11)
MEBIBYTE = 2**20
REQUIREMENTS = {
    "run": ["requirements.txt", "requirements-local.txt"],
    "dev": ["requirements.txt", "requirements-local.txt", "requirements-dev.txt"],
}
NEEDED_MIB = {"run": 1150, "dev": 1800}


class SetupProblem(Exception):
    """The clone cannot be set up; the text is a sentence for the person at the keyboard."""


def main(arguments: list[str]) -> None:
    """Set up for the purpose named by the first argument; print one sentence and exit 1 on a problem."""
    try:
        require_python(sys.version_info[:2])
        if arguments == ["run"]:
            require_free_port(*address())
        set_up(arguments[0])
    except SetupProblem as problem:
        sys.exit(str(problem))
    except PermissionError as error:
        sys.exit(f"No permission to write {error.filename}: run as the owner of {BASE_DIR}.")
    except KeyboardInterrupt:
        sys.exit(130)


def set_up(purpose: str) -> None:
    """Make the virtual environment and the local settings, unless both are as they should be."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands may be started at once
        write_local_settings()
        install(purpose)


def install(purpose: str) -> None:
    """Install the pinned packages of ``purpose``; skipped while the requirements are unchanged."""
    files = [BASE_DIR / name for name in REQUIREMENTS[purpose]]
    fingerprint = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    stamp = VENV / f"installed-{purpose}"
    works = venv_works()
    if works and stamp.exists() and stamp.read_text() == fingerprint:
        return
    require_free_space(BASE_DIR, NEEDED_MIB[purpose])
    if not works:
        make_venv()
    say("Installing the pinned packages; the first time this takes a minute or two.")
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--only-binary", ":all:"]
    finish(
        [str(VENV_PYTHON), "-m", "pip", "install", *options, "-r", str(files[-1])],
        "The packages cannot be installed",
        environment={"PIP_USER": "0"},
    )
    stamp.write_text(fingerprint)


def make_venv() -> None:
    """Make an empty ``.venv`` in place of one that is missing or broken.

    Raises:
        SetupProblem: this Python lacks venv or ensurepip, or the folder cannot be written.
    """
    require_venv_modules()
    say("Making the virtual environment in .venv.")
    finish(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        "The virtual environment cannot be made",
    )


def venv_works() -> bool:
    """Tell whether ``.venv`` has a Python that is new enough and a pip."""
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        done = subprocess.run([str(VENV_PYTHON), "-c", question], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def write_local_settings() -> None:
    """Write a secret key of this clone and LOCAL for the commands of a developer, once."""
    path = VAR / "local.env"
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as settings:
        settings.write(f"LOCAL=1\nSECRET_KEY={secrets.token_urlsafe(50)}\n")


def require_python(version: tuple[int, int]) -> None:
    """Refuse a Python that Django 5.2 and this code cannot use."""
    if version < OLDEST_PYTHON:
        raise SetupProblem(
            "Python {}.{} is too old: install Python 3.11 or newer, "
            "or name one with `make PYTHON=python3.12 …`.".format(*version)
        )


def require_venv_modules() -> None:
    """Refuse a Python without venv or ensurepip, as Debian's python3 alone is."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise SetupProblem(
            f"This Python has no module {missing[0]}: on Debian or Ubuntu run `apt install python3-venv`, "
            "then try again."
        )


def require_free_space(folder: Path, needed_mib: int) -> None:
    """Refuse to begin an installation that would fill the disk."""
    free_mib = shutil.disk_usage(folder).free // MEBIBYTE
    if free_mib < needed_mib:
        raise SetupProblem(
            f"No disk space for the packages: {free_mib} MB are free in {folder}, {needed_mib} MB are needed."
        )


def address() -> tuple[str, int]:
    """Return HOST and PORT of the environment, by default 127.0.0.1 and 8000."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SetupProblem(f"PORT is {port!r}; use a number from 1 to 65535.")
    return host, int(port)


def require_free_port(host: str, port: int) -> None:
    """Refuse an address that another program uses, or that this machine does not have."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except OSError as error:
        if error.errno == 98:
            reason = f"Port {port} on {host} is in use: stop the other program, or run `PORT=8001 make run`."
        else:
            reason = f"The address {host}:{port} cannot be used: {error.strerror or error}."
        raise SetupProblem(reason) from error


def finish(command: list[str], failure: str, environment: dict[str, str] | None = None) -> None:
    """Run a command to its end; on failure raise its last words.

    Raises:
        SetupProblem: the command ended with an error.
    """
    done = subprocess.run(
        command,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return
    if "No space left on device" in done.stdout:
        raise SetupProblem(f"{failure}: no disk space is left in {BASE_DIR}.")
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    reasons = [line for line in lines if line.startswith("ERROR:")] or lines[-1:] or ["no reason was given"]
    raise SetupProblem(f"{failure}: {reasons[0].removeprefix('ERROR:').strip()}")


def say(text: str) -> None:
    """Tell what is going on, at once even into a pipe."""
    print(text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
