"""Networks that send forms: which addresses count as one, and that none of them is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from tradecontact.networks import network_code, network_of

NOON = datetime(2018, 3, 22, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("", "unknown"),
        ("bukan alamat", "unknown"),
    ],
)
def test_one_network(rf: RequestFactory, address: str, network: str) -> None:
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("proxies", "passed_on", "network"),
    [
        (0, "203.0.113.9", "198.51.100.7"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        (2, "192.0.2.1, 203.0.113.9", "192.0.2.1"),
        (2, "203.0.113.9", "198.51.100.7"),
    ],
)
def test_only_what_trusted_proxies_wrote_is_believed(
    rf: RequestFactory, settings: Settings, proxies: int, passed_on: str, network: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies

    request = rf.get("/", REMOTE_ADDR="198.51.100.7", headers={"x-forwarded-for": passed_on})

    assert network_of(request) == network


def test_code_keeps_no_address_and_changes_every_day(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="198.51.100.7")

    code = network_code(request, NOON)

    assert len(code) == 32
    assert code == network_code(request, NOON + timedelta(hours=1))
    assert code != network_code(request, NOON + timedelta(days=1))
    assert code != network_code(rf.get("/", REMOTE_ADDR="198.51.100.8"), NOON)
