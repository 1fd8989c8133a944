"""A private PostgreSQL for one clone: made at first use, shared by its processes, stopped after the last.

Every process that uses the server holds a shared lock for as long as it lives. A small keeper process
waits for that lock exclusively; the kernel gives it when the last user is gone, however it went, and the
keeper stops the server. PostgreSQL refuses to run as root, so root's server belongs to another user.

The standard library is enough for this module; only a check whether the server answers needs psycopg2.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUPERUSER = "tradecontact"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
FIRST_START_BYTES = 300 * 1024 * 1024
START_SECONDS = 60
CODE_FOLDER = Path(__file__).resolve().parent.parent


class ServerProblem(RuntimeError):
    """The private server cannot be had; the text is one sentence for the person at the keyboard."""


class PrivateServer:
    """The private PostgreSQL whose rows live under ``var/<name>`` of a clone.

    ``durable=False`` is for tests: faster, and a power cut may destroy it.
    """

    def __init__(self, base_dir: Path, name: str = "postgres", *, durable: bool = True) -> None:
        self.durable = durable
        self.account = _server_account(base_dir)
        self.home = _home(base_dir, name, self.account)
        self.moved_from = base_dir if base_dir not in self.home.parents else None
        self.data = self.home / "data"
        self.log = self.home / "log"
        self._users_lock: int | None = None

    @property
    def socket_folder(self) -> Path:
        """The folder of the Unix socket: beside the rows, or in /tmp when that path would be too long."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return beside
        return Path("/tmp") / f"tradecontact-{_digest(self.home)}"  # noqa: S108 - 0700 and its owner checked

    def acquire(self, database: str = "postgres") -> None:
        """Use the server until ``release`` or the end of this process; start it when it does not run.

        Raises:
            ServerProblem: it cannot be started.
        """
        self._prepare_home()
        with _locked(self.home / "start.lock"):
            self._users_lock = os.open(self.home / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._users_lock, fcntl.LOCK_SH)  # waits while the keeper is stopping the server
            try:
                if not self._answers():
                    self._start()
                self._create_database(database)
            except BaseException:
                self.release()
                raise

    def release(self) -> None:
        """Stop using the server; when nobody else does, it has stopped on return."""
        if self._users_lock is None:
            return
        try:
            fcntl.flock(self._users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass  # another process still uses it
        else:
            self.stop()
        os.close(self._users_lock)
        self._users_lock = None

    def keep(self) -> None:
        """Wait until nobody uses the server, then stop it. The keeper process runs this."""
        with _locked(self.home / "users.lock"):
            self.stop()

    def stop(self) -> None:
        """Stop the server at once; open transactions are rolled back."""
        if self._postmaster_pid():
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", str(START_SECONDS))

    def _start(self) -> None:
        if not self._postmaster_pid():
            if not self.data.exists():
                self._initialise()
            self._require_same_version()
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            self._write_configuration()
            self.log.unlink(missing_ok=True)
            self._run("pg_ctl", "start", "-D", str(self.data), "-l", str(self.log), "-w", "-t", str(START_SECONDS))
        self._wait_for_answer()
        self._start_keeper()

    def _initialise(self) -> None:
        free = shutil.disk_usage(self.home).free
        if free < FIRST_START_BYTES:
            raise ServerProblem(
                f"No disk space for the private PostgreSQL: {free // 2**20} MB are free in {self.home}, "
                f"{FIRST_START_BYTES // 2**20} MB are needed."
            )
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-instructions"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run("initdb", "-D", str(unfinished), *options, *([] if self.durable else ["--no-sync"]))
        with (unfinished / "postgresql.conf").open("a") as configuration:
            configuration.write("include_if_exists = 'private.conf'\n")
        unfinished.rename(self.data)

    def _require_same_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = _wheel_version()
        if made_by != ours:
            raise ServerProblem(
                f"{self.data} was made by PostgreSQL {made_by}, but this release brings {ours}: "
                f"save what you need with the older release, then remove {self.home}."
            )

    def _write_configuration(self) -> None:
        folder = str(self._make_socket_folder()).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": f'"{folder}"',
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "timezone": "UTC",
            "jit": "off",
        }
        if not self.durable:
            settings |= dict.fromkeys(["fsync", "synchronous_commit", "full_page_writes"], "off")
            settings |= {"wal_level": "minimal", "max_wal_senders": "0"}
        lines = [f"{name} = {_quoted(value)}\n" for name, value in settings.items()]
        (self.data / "private.conf").write_text("".join(lines))

    def _make_socket_folder(self) -> Path:
        folder = self.socket_folder
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            pass
        else:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        _require_private(folder, self.account)
        return folder

    def _prepare_home(self) -> None:
        """Make the folder of the server, owned by the user it will run as."""
        try:
            _make_reachable(self.home.parent)
            self.home.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0:
                os.chown(self.home, self.account.pw_uid, self.account.pw_gid)
        except OSError as error:
            raise ServerProblem(f"The folder {self.home} cannot be made: {error.strerror}.") from error
        _require_private(self.home, self.account)

    def _answers(self) -> bool:
        import psycopg2

        try:
            psycopg2.connect(**self.connection(), connect_timeout=3).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or not self._postmaster_pid():
                raise ServerProblem(f"The private PostgreSQL does not answer; its log is {self.log}.")
            time.sleep(0.1)

    def _create_database(self, name: str) -> None:
        import psycopg2

        connection = psycopg2.connect(**self.connection())
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{name}"')
        connection.close()

    def connection(self, database: str = "postgres") -> dict[str, str]:
        """Return what psycopg2 needs to connect as the owner of everything in this server."""
        return {"host": str(self.socket_folder), "port": "5432", "user": SUPERUSER, "dbname": database}

    def _postmaster_pid(self) -> int | None:
        """Return the id of the running server; None also when postmaster.pid is a left-over."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            return pid if Path(f"/proc/{pid}/cwd").resolve() == self.data.resolve() else None
        except (OSError, ValueError, IndexError):
            return None

    def _start_keeper(self) -> None:
        # The shell leaves at once, so the keeper has no parent that could end it or wait for it.
        keeper = [sys.executable, "-m", "tradecontact.embedded_postgres", str(self.home)]
        subprocess.run(
            ["/bin/sh", "-c", '"$@" >/dev/null 2>&1 &', "sh", *keeper],
            cwd=CODE_FOLDER,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            check=True,
        )

    def _run(self, tool: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the user of the server."""
        as_root = os.geteuid() == 0
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        done = subprocess.run(
            [str(_programs(self.home, self.account) / tool), *arguments],
            cwd=self.home,
            env=clean | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            user=self.account.pw_uid if as_root else None,
            group=self.account.pw_gid if as_root else None,
            extra_groups=[] if as_root else None,
        )
        if done.returncode:
            raise ServerProblem(_explain(tool, done.stdout, self.log))
