"""The private PostgreSQL: made, shared, stopped after its last user, and clear about what is wrong."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from tradecontact import embedded_postgres
from tradecontact.embedded_postgres import (
    PrivateServer,
    ServerProblem,
    can_reach,
    explain_failure,
    private_server,
    programs_folder,
    require_free_space,
)

CLONE = Path(__file__).resolve().parents[2]
USER_PROCESS = """
import sys, time
from pathlib import Path
from tradecontact.embedded_postgres import private_server
server = private_server(Path(sys.argv[1]), durable=False)
server.acquire()
print("in use", flush=True)
time.sleep(60)
"""


@pytest.fixture
def clone() -> Iterator[Path]:
    """A folder that every user may enter, with a name that needs quoting everywhere."""
    folder = Path(tempfile.mkdtemp(prefix='it\'s a "clone" ', dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    private_server(folder).stop()
    shutil.rmtree(folder)


@pytest.fixture
def server(clone: Path) -> Iterator[PrivateServer]:
    server = private_server(clone, durable=False)
    server.acquire()
    yield server
    server.release()


def ask(server: PrivateServer, question: str, database: str = "postgres") -> str:
    connection = psycopg2.connect(**server.connection(database))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(question)
        answer = str(cursor.fetchone()[0]) if cursor.description else ""
    connection.close()
    return answer


def wait_for(is_true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not is_true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return is_true()


def use_in_another_process(clone: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", USER_PROCESS, str(clone)], cwd=CLONE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "in use\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_server_listens_on_its_socket_only(server: PrivateServer) -> None:
    assert ask(server, "SHOW listen_addresses") == ""
    assert server.socket_folder.stat().st_mode & 0o777 == 0o700


def test_server_sorts_and_folds_unicode_without_icu(server: PrivateServer) -> None:
    assert ask(server, "SELECT lower('ÉLÈVE') || current_setting('server_encoding')") == "élèveUTF8"


@pytest.mark.parametrize("extension", ["pg_trgm", "unaccent", "btree_gist"])
def test_server_brings_the_extensions(server: PrivateServer, extension: str) -> None:
    ask(server, f"CREATE EXTENSION {extension}")

    assert ask(server, "SELECT count(*) FROM pg_extension") == "2"


def test_server_never_runs_as_root(server: PrivateServer) -> None:
    assert Path(f"/proc/{server.running_pid()}").stat().st_uid == server.account.pw_uid != 0


def test_rows_are_there_after_a_restart(clone: Path) -> None:
    server = private_server(clone)
    server.acquire("toko")
    ask(server, "CREATE TABLE produk AS SELECT 'batik' AS nama", "toko")
    server.release()
    assert server.running_pid() is None

    server.acquire("toko")

    assert ask(server, "SELECT nama FROM produk", "toko") == "batik"
    assert ask(server, "SHOW fsync") == "on"
    server.release()


def test_server_stays_while_another_process_uses_it(clone: Path, server: PrivateServer) -> None:
    other = use_in_another_process(clone)

    server.release()

    assert server.running_pid()
    end(other)
    assert wait_for(lambda: server.running_pid() is None)


def test_server_stops_when_its_only_user_is_killed(clone: Path) -> None:
    user = use_in_another_process(clone)
    server = private_server(clone)
    assert server.running_pid()

    end(user)

    assert wait_for(lambda: server.running_pid() is None)


def test_two_starts_at_once_make_one_server(clone: Path) -> None:
    servers = [private_server(clone, durable=False) for _ in range(2)]

    with ThreadPoolExecutor() as pool:
        list(pool.map(PrivateServer.acquire, servers))

    assert servers[0].running_pid() == servers[1].running_pid() is not None
    for server in servers:
        server.release()
    assert servers[0].running_pid() is None


def test_left_over_pid_of_a_foreign_process_does_not_stop_a_start(server: PrivateServer) -> None:
    server.release()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")

    server.acquire()

    assert ask(server, "SELECT 1") == "1"


def test_server_starts_again_after_a_crash(server: PrivateServer) -> None:
    pid = server.running_pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: server.running_pid() is None)
    server.release()

    server.acquire()

    assert ask(server, "SELECT 1") == "1"


@pytest.mark.parametrize("name", ["nama-folder-yang-panjang-sekali-" * 4, "kemeja, batik"])
def test_socket_of_a_path_that_libpq_cannot_use_lies_in_tmp(clone: Path, name: str) -> None:
    (clone / name).mkdir()
    server = private_server(clone / name, durable=False)

    server.acquire()

    assert server.socket_folder.parent == Path("/tmp")
    assert ask(server, "SELECT 1") == "1"
    server.release()
    server.socket_folder.rmdir()


def test_socket_folder_that_others_may_enter_is_refused(clone: Path) -> None:
    server = private_server(clone, durable=False)
    server.acquire()
    server.release()
    server.socket_folder.chmod(0o755)

    with pytest.raises(ServerProblem, match=f"socket does not belong to {server.account.pw_name} alone"):
        server.acquire()


def test_home_of_another_user_is_refused(clone: Path) -> None:
    home = clone / "postgres"
    home.mkdir(mode=0o700)
    another = pwd.getpwnam("daemon")

    with pytest.raises(ServerProblem, match="does not belong to daemon alone: run as the user who made it"):
        PrivateServer(home, another).acquire()


def test_home_that_cannot_be_made_says_why(clone: Path) -> None:
    (clone / "var").write_text("")

    with pytest.raises(ServerProblem, match="postgres cannot be made: File exists"):
        private_server(clone).acquire()


def test_rows_of_another_postgresql_are_not_touched(server: PrivateServer) -> None:
    server.release()
    (server.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(ServerProblem, match="made by PostgreSQL 14, but this release brings 17"):
        server.acquire()


def test_damaged_settings_give_the_reason_of_postgresql(server: PrivateServer) -> None:
    server.release()
    (server.data / "postgresql.conf").write_text("shared_buffers = 'penuh'\n")

    with pytest.raises(ServerProblem, match=r"cannot start \(postgres\): .* contains errors"):
        server.acquire()


def test_full_disk_is_named_before_anything_is_made(clone: Path) -> None:
    with pytest.raises(
        ServerProblem, match=r"No disk space for the list: \d+ MB are free in .*, 953674316 MB"
    ):
        require_free_space(clone, 10**15, "the list")


def test_disk_that_fills_up_on_the_way_is_named(clone: Path) -> None:
    output = "initdb: error: could not write file: No space left on device\n"

    assert explain_failure("initdb", output, clone) == (
        f"No disk space for the private PostgreSQL in {clone}."
    )


def test_folder_closed_to_others_is_closed_to_the_server(clone: Path) -> None:
    inner = clone / "inner"
    inner.mkdir()
    clone.chmod(0o700)
    nobody = pwd.getpwnam("nobody")

    assert not can_reach(nobody, inner)
    assert can_reach(pwd.getpwuid(os.geteuid()), inner)


def test_home_of_roots_server_is_where_its_user_can_reach_it(clone: Path) -> None:
    is_root = os.geteuid() == 0
    (clone / "closed").mkdir(mode=0o700)

    open_home = private_server(clone).home
    closed_home = private_server(clone / "closed").home

    assert open_home == clone / "var" / "postgres"
    assert closed_home.is_relative_to("/var/lib" if is_root else clone)


def test_programs_are_copied_for_a_user_who_cannot_reach_them(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_postgres, "can_reach", lambda account, path: False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    programs = programs_folder(clone, pwd.getpwnam("nobody"))

    assert programs == clone / "programs-17.10.0" / "bin"
    version = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    assert version.stdout == "postgres (PostgreSQL) 17.10\n"
