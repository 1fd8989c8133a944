"""``manage.py export_list`` writes a workbook that the import reads without a change."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import HistoryEntry
from products import importing
from tests.factories import BusinessFactory, OfficeMemberFactory
from tests.products.importing_office import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_command_writes_the_list_and_tells_how_long_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = OfficeMemberFactory().office
    BusinessFactory(office=office, name="Sari Rancabali")
    BusinessFactory(name="Usaha Jauh")
    file = tmp_path / "daftar.xlsx"

    call_command("export_list", str(file), office=office.region.code)

    told = json.loads(capsys.readouterr().out)
    assert told == {"office": office.region.code, "file": str(file), "rows": 1}
    reading = importing.check(content=file.read_bytes(), today=TODAY)
    assert [business.name for business in reading.businesses] == ["Sari Rancabali"]
    assert HistoryEntry.objects.get(action="exported").via == "command"


def test_command_refuses_an_unknown_office(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no office of region “99\.99”"):
        call_command("export_list", str(tmp_path / "x.xlsx"), office="99.99")


def test_command_says_where_it_cannot_write(tmp_path: Path) -> None:
    office = OfficeMemberFactory().office

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_list", str(tmp_path / "none" / "x.xlsx"), office=office.region.code)
