"""Reports as .xlsx and PDF: their totals equal their rows, or they are refused with the reason."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.fixtures import Settings

from accounts.models import HistoryEntry
from reports.papers import PaperColumn, PaperTable
from tests.clients import client_of
from tests.reports.scenes import commit, make_reports
from tests.scenes import ContactScene

pytestmark = pytest.mark.django_db

SEEN = re.compile(r'name="seen" value="([^"]+)"')
NAMES = ["ledger", "funnel", "balance", "equity", "council"]


@pytest.fixture
def scene() -> ContactScene:
    return make_reports()


def page_and_file(scene: ContactScene, name: str, kind: str) -> tuple[str, str]:
    slug = [scene.trade_contact.slug] if name == "council" else []
    regions = [one.office.region.code for one in (scene.guest, scene.host)]
    query = "?daerah={}&mitra={}".format(*regions) if name == "balance" else ""
    return (
        reverse(f"reports:{name}", args=slug) + query,
        reverse(f"reports:{name}_export", args=[*slug, kind]) + query,
    )


def seen_on(client: Client, page: str) -> str:
    found = SEEN.search(client.get(page).content.decode())
    assert found is not None
    return found[1]


def download(client: Client, scene: ContactScene, name: str, kind: str) -> Any:
    page, file = page_and_file(scene, name, kind)
    return client.post(file, {"seen": seen_on(client, page)})


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.parametrize("name", ["ledger", "council"])
def test_totals_of_the_workbook_equal_its_rows(scene: ContactScene, name: str) -> None:
    sheets = sheets_of(download(client_of(scene.guest), scene, name, "xlsx").content)

    summary = sheets["1 Ringkasan"][1:]
    rows = next(rows for title, rows in sheets.items() if title.endswith("Baris"))[1:]
    assert {(row[0], row[1]) for row in summary if row[2]} == {(row[2], row[3]) for row in rows}
    for rung, standing, total, count, *_rest in summary:
        amounts = [row[-1] for row in rows if (row[2], row[3]) == (rung, standing)]
        assert (total, count) == (sum(amounts), len(amounts))


@pytest.mark.parametrize("name", NAMES)
def test_paper_shows_what_the_page_shows(scene: ContactScene, name: str) -> None:
    response = download(client_of(scene.guest), scene, name, "pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    for told in {
        "ledger": ["Rp30.000.000", "Rp19.400.000", "disengketakan"],
        "funnel": ["Keduanya mau", scene.guest_business.name],
        "balance": ["Rp19.400.000", "Selisih"],
        "equity": ["Pertama kali", scene.guest_business.name],
        "council": ["Pertanyaan DPRD", "Rp11.400.000", "Macet"],
    }[name]:
        assert told in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_numbers_that_changed_since_the_page_are_refused(scene: ContactScene, name: str, kind: str) -> None:
    client = client_of(scene.guest)
    page, file = page_and_file(scene, name, kind)
    seen = seen_on(client, page)
    commit(scene.make_pair(), "realised", 1_000_000)

    response = client.post(file, {"seen": seen})

    assert response.status_code == 409
    for text in (
        "Angka dan barisnya berbeda",
        "bukan lagi jumlah baris",
        'href="' + page.replace("&", "&amp;"),
    ):
        assert text in response.content.decode()
    assert not HistoryEntry.objects.filter(action="exported").exists()


def test_download_is_written_down(scene: ContactScene) -> None:
    download(client_of(scene.guest), scene, "ledger", "xlsx")

    entry = HistoryEntry.objects.get(action="exported")
    assert entry.after["list"] == "laporan-buku"


def test_without_second_factor_nothing_is_read(scene: ContactScene, settings: Settings) -> None:
    settings.LOCAL = False
    client = client_of(scene.guest)

    response = client.post(reverse("reports:ledger_export", args=["xlsx"]), {"seen": "x"})

    assert response.status_code == 403
    assert "faktor kedua" in response.content.decode()


def test_file_of_an_unknown_kind_is_404(scene: ContactScene) -> None:
    client = client_of(scene.guest)

    assert client.post(reverse("reports:ledger_export", args=["csv"])).status_code == 404


def test_opening_the_address_of_a_file_leads_back(scene: ContactScene) -> None:
    response = client_of(scene.guest).get(reverse("reports:ledger_export", args=["pdf"]) + "?tahun=2018")

    assert response.headers["Location"] == reverse("reports:ledger") + "?tahun=2018"


def test_titles_of_many_counts_break_on_paper_and_amounts_do_not() -> None:
    counts = [PaperColumn("Kecamatan"), *(PaperColumn(f"Langkah {number}", "number") for number in range(13))]

    assert PaperTable("Rincian", counts, []).counts_much
    assert not PaperTable("Rincian", counts[:10], []).counts_much
    assert not PaperTable("Rincian", [*counts, PaperColumn("Nilai", "rupiah")], []).counts_much
