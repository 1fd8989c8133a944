"""Which database Django uses: the one of ``DATABASE_URL``, or the clone's private PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from tradecontact.embedded_postgres import SUPERUSER, ServerProblem, private_server
from tradecontact.environment import read_int, read_text

OLDEST_VERSION = 15
PRIVATE_DATABASE = "tradecontact"
WRONG_URL = "DATABASE_URL must look like postgresql://user:password@host:5432/name."


def database_config(base_dir: Path, *, local: bool) -> dict[str, Any]:
    """Return ``DATABASES["default"]``; nothing is started or connected to here.

    Raises:
        ImproperlyConfigured: ``DATABASE_URL`` is missing on a server, or cannot be read.
    """
    url = read_text("DATABASE_URL", "")
    if url:
        connection = parse_database_url(url)
    elif local:
        server = private_server(base_dir)
        connection = {"NAME": PRIVATE_DATABASE, "USER": SUPERUSER, "HOST": str(server.socket_folder)}
    else:
        raise ImproperlyConfigured("Set DATABASE_URL in the environment; it has no default on a server.")
    options = connection.pop("OPTIONS", {})
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5} | options | _time_limits(),
        **connection,
    }


def parse_database_url(url: str) -> dict[str, Any]:
    """Return NAME, USER, PASSWORD, HOST, PORT and, for the rest of the query, OPTIONS of a URL.

    ``?host=/run/postgresql`` names the folder of a Unix socket.

    Raises:
        ImproperlyConfigured: the text is no such URL.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(WRONG_URL) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(WRONG_URL)
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or _host(parts),
        "PORT": options.pop("port", None) or str(port or ""),
        "OPTIONS": options,
    }


def require_usable_server(config: dict[str, Any]) -> None:
    """Connect once, so that a person reads one sentence instead of a traceback.

    Raises:
        ServerProblem: the server cannot be reached, or is older than ``OLDEST_VERSION``.
    """
    import psycopg2

    place = f"{config['HOST'] or 'the local socket'}{':' + config['PORT'] if config.get('PORT') else ''}"
    try:
        connection = psycopg2.connect(
            dbname=config["NAME"],
            user=config["USER"] or None,
            password=config.get("PASSWORD") or None,
            host=config["HOST"] or None,
            port=config.get("PORT") or None,
            **config["OPTIONS"],
        )
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise ServerProblem(f"PostgreSQL of DATABASE_URL cannot be used ({place}): {reason}") from error
    version = connection.server_version // 10_000
    connection.close()
    if version < OLDEST_VERSION:
        raise ServerProblem(
            f"PostgreSQL {version} at {place} is too old: {OLDEST_VERSION} or newer is needed."
        )


def _host(parts: SplitResult) -> str:
    return unquote(parts.hostname or "")


def _time_limits() -> dict[str, str]:
    """Return libpq options that end a statement, a wait for a lock and a forgotten transaction.

    The web server sets ``STATEMENT_TIMEOUT_SECONDS``; jobs and migrations run without limits.
    """
    seconds = read_int("STATEMENT_TIMEOUT_SECONDS", 0)
    if not seconds:
        return {}
    return {
        "options": f"-c statement_timeout={seconds}s -c lock_timeout=2s "
        "-c idle_in_transaction_session_timeout=10s"
    }
