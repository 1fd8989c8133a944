"""Which database Django uses."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tradecontact.database import database_config, parse_database_url


@pytest.mark.django_db
def test_tests_run_on_postgresql_15_or_newer() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int >= 150000")

        assert cursor.fetchone() == (True,)


def test_database_url_is_read_with_escapes_and_options() -> None:
    url = "postgresql://d%40nas:p%2Fss@db.example.test:6432/kontak%20dagang?sslmode=require"

    assert parse_database_url(url) == {
        "NAME": "kontak dagang",
        "USER": "d@nas",
        "PASSWORD": "p/ss",
        "HOST": "db.example.test",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_database_url_may_name_a_unix_socket() -> None:
    config = parse_database_url("postgresql:///tradecontact?host=/run/postgresql")

    assert (config["NAME"], config["HOST"], config["PORT"]) == ("tradecontact", "/run/postgresql", "")


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "tradecontact", "postgresql://h:port/x"])
def test_unreadable_database_url_says_how_it_must_look(url: str) -> None:
    with pytest.raises(
        ImproperlyConfigured, match="must look like postgresql://user:password@host:5432/name"
    ):
        parse_database_url(url)


def test_production_needs_a_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    with pytest.raises(ImproperlyConfigured, match="Set DATABASE_URL in the environment"):
        database_config(Path("/"), local=False)


def test_web_statements_are_limited_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://host/name")
    monkeypatch.setenv("STATEMENT_TIMEOUT_SECONDS", "5")

    assert database_config(Path("/"), local=False)["OPTIONS"] == {
        "connect_timeout": 5,
        "options": "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s",
    }
