"""Secrets do not reach the logs."""

import logging
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from tests.test_conventions import patterns
from tradecontact.logs import SECRET_PLACES, hide_secrets

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
        ("Not Found: /pendaftaran/0b9e/", (), "Not Found: /pendaftaran/***/"),
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


def test_every_public_address_with_a_key_is_written_without_it() -> None:
    """An application form and a photo are for everybody who has the address; all others are keys."""
    routes = [(name, hide_secrets(f"/{pattern.pattern}")) for name, pattern in patterns(get_resolver())]

    shown = {name for name, route in routes if ":token>" in route or ":form_token>" in route}

    assert shown == {"matchmaking:application_new", "products:photo_file"}


def test_readme_keeps_the_same_addresses_out_of_the_proxys_log() -> None:
    text = (settings.BASE_DIR / "README.md").read_text()
    (listed,) = re.findall(r"location ~ \^/\(([^)]+)\)/ \{ access_log off", text)

    assert set(listed.split("|")) == set(SECRET_PLACES)
    assert [place for place in SECRET_PLACES if f"`/{place}/`" not in text] == []


def test_gunicorn_still_writes_its_errors_and_hides_the_addresses_in_them() -> None:
    """In a process of its own, since logging is set up once: first gunicorn's, then the portal's."""
    done = subprocess.run([sys.executable, "-c", GUNICORN_STARTS], capture_output=True, text=True, check=True)

    [line] = done.stderr.splitlines()
    assert line.endswith("[ERROR] Error handling request /tautan/***/produk/")
