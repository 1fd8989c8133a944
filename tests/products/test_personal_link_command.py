"""``manage.py personal_link`` prints an address that opens."""

from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.history import entries_of
from tests.factories import BusinessFactory

pytestmark = pytest.mark.django_db


def test_command_prints_only_the_address(capsys: pytest.CaptureFixture[str], client: Client) -> None:
    business = BusinessFactory(name="Sari Rancabali")

    call_command("personal_link", business=business.pk)

    printed = capsys.readouterr()
    address = printed.out.strip()
    assert printed.out == f"{address}\n"
    assert address.startswith("http://testserver/tautan/")
    assert printed.err.startswith("Link of Sari Rancabali, open until ")
    assert "Sari Rancabali" in client.get(urlsplit(address).path).content.decode()
    assert entries_of(business).get().via == "command"


def test_command_refuses_an_unknown_business() -> None:
    with pytest.raises(CommandError, match="There is no business with id 404404"):
        call_command("personal_link", business=404404)
