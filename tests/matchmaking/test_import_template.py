"""The template: its titles and words are those of the import, and what a clerk fills in comes in whole."""

import io
import zipfile

import openpyxl
import pytest
from django.test import Client

from products import importing
from products.excel.columns import LABELS, Field, recognise_header
from products.excel.list_columns import NEED_COLUMNS, columns_of_template
from products.excel.workbook import open_workbook
from products.models import Business, ImportBatch
from tests.matchmaking.test_import_views import address, send, text_of
from tests.scenes import ContactScene, make_contact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def scene(client: Client) -> ContactScene:
    """A contact whose guest officer is signed in."""
    scene = make_contact()
    client.force_login(scene.guest.user)
    return scene


def template(client: Client, scene: ContactScene) -> bytes:
    response = client.get(address(scene, "import_template"))
    assert "attachment" in response.headers["Content-Disposition"]
    return response.content


def test_empty_template_is_understood_whole(client: Client, scene: ContactScene) -> None:
    sheets = open_workbook(template(client, scene))

    titles = [sheet.rows[0] for sheet in sheets[:2]]
    assert titles == [[column.title for column in table] for table in (columns_of_template(), NEED_COLUMNS)]
    fields = [recognise_header(str(title)) for sheet in titles for title in sheet]
    assert fields == [(column.field,) for table in (columns_of_template(), NEED_COLUMNS) for column in table]
    assert {found[0] for found in fields} <= {*LABELS, Field.NUMBER}
    assert [sheet.name for sheet in sheets] == ["Daftar", "Kebutuhan", "Petunjuk"]


def test_template_holds_no_formula_and_no_address(client: Client, scene: ContactScene) -> None:
    with zipfile.ZipFile(io.BytesIO(template(client, scene))) as archive:
        sheets = b"".join(archive.read(name) for name in archive.namelist() if "worksheets" in name)

    assert [mark for mark in (b"<f>", b"<f ", b"hyperlink") if mark in sheets] == []


def test_template_offers_words_that_the_import_knows(client: Client, scene: ContactScene) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(client, scene)))
    offered = {rule.formula1: rule for sheet in book for rule in sheet.data_validations.dataValidation}

    assert book["Pilihan"].sheet_state == "hidden"
    assert len(offered) == 9
    words = [[cell.value for cell in column if cell.value] for column in book["Pilihan"].columns]
    vocabulary = importing.vocabulary()
    assert {word: vocabulary.area(word) for word in words[-1] if not vocabulary.area(word)} == {}
    assert [word for word in words[-2] if not vocabulary.unit(word)] == []
    assert [word for word in words[-3] if not vocabulary.line(word)] == []
    assert [word for word in words[-4] if not vocabulary.sector(word)] == []


def filled(content: bytes) -> bytes:
    """Fill the template in as a clerk would: each cell with its example, under another name."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in (book["Daftar"], book["Kebutuhan"]):
        for cell in sheet[2]:
            if cell.value is not None:
                sheet.cell(row=3, column=cell.column, value=cell.value)
        sheet["A3"] = "Dapur Ibu Sari"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_filled_template_is_imported_without_a_doubt(client: Client, scene: ContactScene) -> None:
    send(client, scene, filled(template(client, scene)))
    batch = ImportBatch.objects.get()

    assert "Tidak ada sel yang perlu diperbaiki" in text_of(
        client.get(address(scene, "import_preview", batch))
    )
    client.post(address(scene, "import_apply", batch))

    business = Business.objects.get(name="Dapur Ibu Sari")
    assert Business.objects.filter(name__startswith="Contoh").count() == 0
    assert list(business.products.values_list("name", "category__code")) == [("Keripik singkong", "keripik")]
    assert list(business.needs.values_list("text", "area_province__code", "frequency", "quantity")) == [
        ("Kotak kemasan kertas", "32", "monthly", 1000)
    ]


def test_template_that_nobody_filled_in_holds_no_business(client: Client, scene: ContactScene) -> None:
    response = send(client, scene, template(client, scene))

    assert response.status_code == 422
    assert "Daftar ini belum berisi pelaku usaha." in text_of(response)


def test_template_explains_itself_in_english(client: Client, scene: ContactScene) -> None:
    client.cookies["language"] = "en"

    sheets = open_workbook(template(client, scene))

    assert [sheet.name for sheet in sheets] == ["Daftar", "Kebutuhan", "Instructions"]
    assert "Rows that begin with “Contoh:” are not read" in str(sheets[2].value(3, 2))
