"""Health answers, NUL bytes, headers."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_health_answers_without_signing_in(client: Client) -> None:
    assert (client.get("/healthz").content, client.get("/readyz").content) == (b"ok", b"ok")


@pytest.mark.parametrize("path", ["/katalog/?q=%00", "/%00/"])
def test_nul_byte_in_the_address_is_refused(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_nul_byte_in_a_form_is_refused(client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": "a\x00b", "password": "x"})

    assert response.status_code == 400


def test_policy_allows_nothing_inline(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
