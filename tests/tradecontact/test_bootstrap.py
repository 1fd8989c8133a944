"""Setting up a clone: once, quickly the second time, and with one sentence when it cannot be."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bin import bootstrap
from bin.bootstrap import SetupProblem

CLONE = Path(__file__).resolve().parents[2]


def set_up(clone: Path, purpose: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(clone / "bin" / "bootstrap.py"), purpose],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bare_clone(tmp_path: Path) -> Path:
    """A clone in a folder with a space, whose requirements ask for nothing."""
    clone = tmp_path / "my clone"
    (clone / "bin").mkdir(parents=True)
    shutil.copy(CLONE / "bin" / "bootstrap.py", clone / "bin")
    for name in bootstrap.REQUIREMENTS["dev"]:
        (clone / name).write_text("# nothing\n")
    return clone


@pytest.fixture
def free_port() -> str:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return str(trial.getsockname()[1])


def test_second_setup_has_nothing_to_do(bare_clone: Path, free_port: str) -> None:
    first = set_up(bare_clone, PORT=free_port)
    assert (first.returncode, first.stderr) == (0, "")
    settings = bare_clone / "var" / "local.env"
    secret = settings.read_text()
    started = time.monotonic()

    second = set_up(bare_clone, PORT=free_port)

    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert time.monotonic() - started < 5
    assert settings.read_text() == secret
    assert secret.startswith("LOCAL=1\nSECRET_KEY=")
    assert settings.stat().st_mode & 0o777 == 0o600


def test_changed_requirements_and_a_broken_environment_are_set_up_again(
    bare_clone: Path, free_port: str
) -> None:
    set_up(bare_clone, PORT=free_port)
    (bare_clone / "requirements.txt").write_text("# nothing new\n")
    (bare_clone / ".venv" / "bin" / "python").unlink()

    again = set_up(bare_clone, PORT=free_port)

    assert again.stdout == (
        "Making the virtual environment in .venv.\n"
        "Installing the pinned packages; the first time this takes a minute or two.\n"
    )
    assert again.returncode == 0


def test_port_in_use_is_told_before_anything_else(bare_clone: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        refused = set_up(bare_clone, PORT=str(port))

    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {port} on 127.0.0.1 is in use: stop the other program, or run `PORT=8001 make run`.\n"
    )
    assert not (bare_clone / ".venv").exists()


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "delapan"}, "PORT is 'delapan'; use a number from 1 to 65535.\n"),
        ({"PORT": "70000"}, "PORT is '70000'; use a number from 1 to 65535.\n"),
        (
            {"HOST": "192.0.2.1", "PORT": "8123"},
            "The address 192.0.2.1:8123 cannot be used: Cannot assign requested address.\n",
        ),
    ],
)
def test_address_that_cannot_be_used_is_told(
    bare_clone: Path, environment: dict[str, str], sentence: str
) -> None:
    refused = set_up(bare_clone, **environment)

    assert (refused.returncode, refused.stderr) == (1, sentence)


def test_package_that_cannot_be_had_is_named(bare_clone: Path, free_port: str) -> None:
    (bare_clone / "requirements-local.txt").write_text("./no-such-folder\n")

    refused = set_up(bare_clone, PORT=free_port)

    assert refused.returncode == 1
    assert refused.stderr.startswith("The packages cannot be installed: ")
    assert "no-such-folder" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_old_python_is_refused() -> None:
    with pytest.raises(SetupProblem, match=r"^Python 3\.10 is too old: install Python 3\.11 or newer"):
        bootstrap.require_python((3, 10))


def test_python_without_ensurepip_names_the_package_of_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(SetupProblem, match=r"no module ensurepip: .* run `apt install python3-venv`"):
        bootstrap.make_venv()


def test_full_disk_is_told_before_the_installation(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match=rf"No disk space for the packages: \d+ MB are free in {tmp_path}"):
        bootstrap.require_free_space(tmp_path, 10**9)


def test_disk_that_fills_up_during_the_installation_is_told() -> None:
    command = [sys.executable, "-c", "raise SystemExit('OSError: [Errno 28] No space left on device')"]

    with pytest.raises(SetupProblem, match="The packages cannot be installed: no disk space is left in"):
        bootstrap.finish(command, "The packages cannot be installed")


def test_foreign_folder_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(purpose: str) -> None:
        raise PermissionError(13, "Permission denied", "/clone/.venv")

    monkeypatch.setattr(bootstrap, "set_up", refuse)

    with pytest.raises(SystemExit, match=r"No permission to write /clone/\.venv: run as the owner of"):
        bootstrap.main(["dev"])
