"""Secrets do not reach the logs."""

import logging
import subprocess
import sys

import pytest
from django.test import Client

GUNICORN_STARTS = """
from gunicorn.config import Config
from gunicorn.glogging import Logger

log = Logger(Config())
import tradecontact.wsgi
log.error("Error handling request %s", "/tautan/rahasia-sekali/produk/")
"""


@pytest.mark.django_db
def test_token_of_a_personal_link_is_not_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        client.get("/tautan/rahasia-sekali/produk/")

    assert [record.getMessage() for record in caplog.records] == ["Not Found: /tautan/***/produk/"]


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [
        (
            '"%s" %s %s',
            ("GET /tautan/rahasia/ HTTP/1.1", "200", "912"),
            '"GET /tautan/***/ HTTP/1.1" 200 912',
        ),
        ("Not Found: /akun/password/reset/key/1-abc-9f/", (), "Not Found: /akun/password/reset/key/***/"),
        ("Gone: /minat/0b9e/?a=1", (), "Gone: /minat/***/?a=1"),
        ("Not Found: %s", ("/katalog/",), "Not Found: /katalog/"),
        ("%(path)s", ({"path": "/katalog/"},), "/katalog/"),
    ],
)
@pytest.mark.parametrize("logger", ["django.request", "django.server", "django.security.csrf"])
def test_addresses_that_are_keys_are_written_without_them(
    caplog: pytest.LogCaptureFixture, logger: str, message: str, arguments: tuple[object, ...], written: str
) -> None:
    caplog.set_level(logging.INFO)

    logging.getLogger(logger).warning(message, *arguments)

    assert [record.getMessage() for record in caplog.records] == [written]


def test_gunicorn_still_writes_its_errors_and_hides_the_addresses_in_them() -> None:
    """In a process of its own, since logging is set up once: first gunicorn's, then the portal's."""
    done = subprocess.run([sys.executable, "-c", GUNICORN_STARTS], capture_output=True, text=True, check=True)

    [line] = done.stderr.splitlines()
    assert line.endswith("[ERROR] Error handling request /tautan/***/produk/")
