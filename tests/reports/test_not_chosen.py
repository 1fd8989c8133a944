"""Who was not chosen, by the same filters as who went."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.equity import NotChosen, TripQuestion, not_chosen_of
from tests.clients import client_of
from tests.factories import ApplicationFactory, BusinessFactory, CategoryFactory, CurationFactory
from tests.reports.test_report_files import download, sheets_of
from tests.scenes import ContactScene, make_contact

REFUSED = {"state": "refused", "decision": "refused", "reason": "Belum siap."}
KEYS = {"contact": "solo", "year": "2018", "office": "1", "direction": "-"}


@pytest.fixture
def scene(db: None) -> ContactScene:
    """A contact for which two businesses were refused that go nowhere: of other districts and lines."""
    scene = make_contact()
    curation = CurationFactory(delegation=scene.guest_delegation)
    for name, district, line in (("Lilin Rupa", "Pacet", "lilin"), ("Opak Ilalang", "", "opak")):
        category = CategoryFactory(code=line, name_id=line.title(), name_en=line)
        business = BusinessFactory(office=scene.guest.office, name=name, district=district, line=category)
        ApplicationFactory(curation=curation, business=business, **REFUSED)
    return scene


@pytest.fixture
def client(scene: ContactScene) -> Client:
    return client_of(scene.guest)


def names(client: Client, **query: str) -> list[str]:
    context = client.get(reverse("reports:equity"), query).context
    return [application.business.name for application in context["not_chosen"]]


def test_not_chosen_are_told_apart_by_every_key() -> None:
    rows = [
        NotChosen(number=1, district="32.04:Pacet", commodity="lilin", **KEYS),
        NotChosen(number=2, district="32.04:", commodity="opak", **KEYS),
    ]

    def found(**asked: str) -> list[int]:
        return [row.number for row in not_chosen_of(rows, TripQuestion(**asked))]

    assert found() == found(contact="solo", year="2018", mark="first") == [1, 2]
    assert found(district="32.04:Pacet") == found(commodity="lilin") == [1]
    assert found(district="32.04:") == [2]
    assert found(office="2") == found(direction="32.04_33.72") == []


def test_not_chosen_follow_the_filters_of_the_page(scene: ContactScene, client: Client) -> None:
    region = scene.guest.office.region.code

    assert sorted(names(client)) == ["Lilin Rupa", "Opak Ilalang"]
    assert names(client, kecamatan=f"{region}:Pacet") == names(client, komoditas="lilin") == ["Lilin Rupa"]
    assert names(client, kecamatan=f"{region}:", komoditas="opak") == ["Opak Ilalang"]
    assert names(client, kontak=scene.trade_contact.slug, tahun="2018", komoditas="opak") == ["Opak Ilalang"]


def test_line_that_only_somebody_refused_has_opens_no_trips(client: Client) -> None:
    assert client.get(reverse("reports:equity_rows"), {"komoditas": "lilin"}).context["lines"] == []
    page = client.get(reverse("reports:equity"), {"komoditas": "lilin"})
    assert '<option value="lilin" selected>Lilin</option>' in page.content.decode()


def test_other_office_reads_nobody(scene: ContactScene) -> None:
    assert names(client_of(scene.host)) == []


def test_workbook_has_those_of_the_filters(scene: ContactScene, client: Client) -> None:
    rows = sheets_of(download(client, scene, "equity", "xlsx").content)["5 Belum terpilih"]

    assert sorted(row[:2] for row in rows[1:]) == [("Lilin Rupa", "Pacet"), ("Opak Ilalang", None)]


def test_page_without_directions_offers_none(client: Client) -> None:
    page = client.get(reverse("reports:equity")).content.decode()

    assert 'name="arah"' not in page
    assert 'name="kecamatan"' in page
