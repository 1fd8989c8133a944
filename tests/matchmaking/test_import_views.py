"""The pages of an import: upload, preview, questions, result; every refusal, and whose they are."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from products import importing
from products.list_export import list_sheets
from products.models import Business, ImportBatch
from tests.factories import BusinessFactory, ImportBatchFactory, OfficeMemberFactory, PersonalLinkFactory
from tests.products.excel.sheets import workbook
from tests.products.importing_office import DELEGATION
from tests.scenes import ContactScene, make_contact
from tradecontact.workbooks import workbook_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

TITLES = ["Nama Usaha", "NIB", "HP", "Kategori", "Nama Produk", "Harga"]
USAHA_A = ["Usaha A", "9120000000031", "081270000548", "Kuliner", "Keripik singkong", 13_400]


@pytest.fixture
def scene(client: Client) -> ContactScene:
    """A contact whose guest officer is signed in."""
    scene = make_contact()
    client.force_login(scene.guest.user)
    return scene


def address(scene: ContactScene, name: str = "delegation_import", batch: ImportBatch | None = None) -> str:
    arguments = [scene.trade_contact.slug] + ([batch.pk] if batch else [])
    return reverse(f"matchmaking:{name}", args=arguments)


def send(client: Client, scene: ContactScene, content: bytes) -> Any:
    file = SimpleUploadedFile("daftar.xlsx", content)
    return client.post(address(scene), {"file": file})


def uploaded(
    client: Client, scene: ContactScene, *rows: list[Any], titles: list[str] = TITLES
) -> ImportBatch:
    send(client, scene, workbook([titles, *rows]))
    return ImportBatch.objects.latest("pk")


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_list_is_uploaded_checked_imported_and_taken_back(client: Client, scene: ContactScene) -> None:
    response = send(client, scene, DELEGATION)
    batch = ImportBatch.objects.get()
    assert (response.status_code, response.url) == (302, address(scene, "import_preview", batch))

    page = text_of(client.get(response.url))
    for words in ("J35", "E37", "E39", "Baris 67 memakai NIB yang sama dengan Baris 22", "Impor 31 usaha"):
        assert words in page

    decisions = {"row_67": "skip", "row_70": "keep", "row_72": "merge"}
    response = client.post(address(scene, "import_apply", batch), decisions, follow=True)
    assert "Daftar diimpor; 32 pelaku usaha masuk delegasi." in text_of(response)
    assert Business.objects.filter(office=scene.guest.office).count() == 33

    response = client.post(address(scene, "import_undo", batch), follow=True)
    assert "Impor ditarik kembali." in text_of(response)
    assert Business.objects.filter(office=scene.guest.office).count() == 1


def test_pressing_import_and_undo_twice_changes_nothing_more(client: Client, scene: ContactScene) -> None:
    batch = uploaded(client, scene, USAHA_A)

    for _press in range(2):
        assert client.post(address(scene, "import_apply", batch)).status_code == 302
    assert Business.objects.filter(name="Usaha A").count() == 1
    for _press in range(2):
        assert client.post(address(scene, "import_undo", batch)).status_code == 302

    assert ImportBatch.objects.get().state == ImportBatch.State.UNDONE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Nama Usaha,NIB\n", "Ini berkas teks (CSV)."),
        (b"", "Berkas ini kosong."),
        (b"x" * (10 * 1024 * 1024 + 1), "Berkas ini lebih dari 10 MB."),
        (workbook([["a", "b"], ["c", "d"]]), "Baris judul kolom tidak ditemukan."),
    ],
)
def test_file_that_cannot_be_read_is_refused_beside_the_field(
    client: Client, scene: ContactScene, content: bytes, words: str
) -> None:
    response = send(client, scene, content)

    assert response.status_code == 422
    assert text_of(response).count(words) == 2  # in the summary, and beside the field
    assert ImportBatch.objects.count() == 0


def test_form_without_file_says_what_to_choose(client: Client, scene: ContactScene) -> None:
    response = client.post(address(scene))

    assert (response.status_code, "Pilih berkas Excel yang berisi daftar." in text_of(response)) == (
        422,
        True,
    )


def test_asked_columns_are_answered_before_the_import(client: Client, scene: ContactScene) -> None:
    titles = [*TITLES, "Julukan", "Catatan"]
    batch = uploaded(client, scene, [*USAHA_A, "Ibu A.", "lunas"], titles=titles)
    page = text_of(client.get(address(scene, "import_preview", batch)))
    assert "Kolom yang belum dikenal" in page
    assert "“lunas”" in page
    assert "Impor 1 usaha" not in page

    refused = client.post(address(scene, "import_apply", batch))
    assert (refused.status_code, "Jelaskan dahulu kolom “Julukan”" in text_of(refused)) == (422, True)

    half = client.post(
        address(scene, "import_columns", batch), {"column_7": "business.owner_name", "column_8": ""}
    )
    assert (half.status_code, "Catatan: Pilih isi kolom ini, atau abaikan." in text_of(half)) == (422, True)

    answers = {"column_7": "business.owner_name", "column_8": "ignored"}
    page = text_of(client.post(address(scene, "import_columns", batch), answers, follow=True))
    assert "Impor 1 usaha" in page
    client.post(address(scene, "import_apply", batch))
    assert Business.objects.get(name="Usaha A").owner_name == "Ibu A."


def test_one_field_cannot_be_chosen_for_two_columns(client: Client, scene: ContactScene) -> None:
    batch = uploaded(client, scene, [*USAHA_A, "x", "y"], titles=[*TITLES, "Julukan", "Panggilan"])

    answers = {"column_7": "business.owner_name", "column_8": "business.owner_name"}
    response = client.post(address(scene, "import_columns", batch), answers)

    assert response.status_code == 422
    assert "Panggilan: Sudah dipilih untuk kolom “Julukan”." in text_of(response)


def test_missing_name_column_is_asked_among_all_columns(client: Client, scene: ContactScene) -> None:
    batch = uploaded(
        client, scene, ["9120000000031", "081270000548", "Usaha A"], titles=["NIB", "HP", "Merek Dagang"]
    )
    page = text_of(client.get(address(scene, "import_preview", batch)))
    assert "Kolom nama usaha belum ditemukan" in page

    answers = {"column_1": "business.nib", "column_2": "business.phone", "column_3": "business.name"}
    page = text_of(client.post(address(scene, "import_columns", batch), answers, follow=True))

    assert "Impor 1 usaha" in page


def test_answers_that_leave_nothing_are_refused(client: Client, scene: ContactScene) -> None:
    batch = uploaded(client, scene, ["9120000000031", "x"], titles=["NIB", "Produk"])

    response = client.post(
        address(scene, "import_columns", batch), {"column_1": "ignored", "column_2": "ignored"}
    )

    assert (response.status_code, "belum berisi pelaku usaha" in text_of(response)) == (422, True)


def test_decisions_are_kept_and_counted(client: Client, scene: ContactScene) -> None:
    batch = uploaded(client, scene, USAHA_A, ["Usaha B", *USAHA_A[1:]])
    assert "Impor 1 usaha" in text_of(client.get(address(scene, "import_preview", batch)))

    page = client.post(address(scene, "import_decisions", batch), {"row_3": "keep"}, follow=True)
    assert "Impor 2 usaha" in text_of(page)

    wrong = client.post(address(scene, "import_decisions", batch), {"row_3": "maybe"})
    assert (wrong.status_code, "Keputusan untuk baris 3: Pilih salah satu." in text_of(wrong)) == (422, True)
    assert client.post(address(scene, "import_apply", batch), {}).status_code == 422


def test_known_number_under_another_name_is_asked(client: Client, scene: ContactScene) -> None:
    BusinessFactory(office=scene.guest.office, name="Usaha Lama", phone="+6281270000548")
    batch = uploaded(client, scene, USAHA_A)
    page = text_of(client.get(address(scene, "import_preview", batch)))
    assert "Baris 2 memakai nomor usaha yang sudah tercatat: Usaha Lama" in page

    client.post(address(scene, "import_apply", batch), {"row_2": "keep"})

    assert set(Business.objects.filter(office=scene.guest.office).values_list("name", flat=True)) >= {
        "Usaha Lama",
        "Usaha A",
    }


def test_changed_values_are_shown_old_beside_new(client: Client, scene: ContactScene) -> None:
    client.post(address(scene, "import_apply", uploaded(client, scene, USAHA_A)))

    batch = uploaded(client, scene, [*USAHA_A[:5], 15_000])
    page = text_of(client.get(address(scene, "import_preview", batch)))

    assert "<del>Rp13.400</del> <ins>Rp15.000</ins>" in page


def test_list_is_given_up(client: Client, scene: ContactScene) -> None:
    batch = uploaded(client, scene, USAHA_A)

    response = client.post(address(scene, "import_give_up", batch), follow=True)

    assert "Daftar dibatalkan dan berkasnya dihapus." in text_of(response)
    assert "Daftar ini dibatalkan" in text_of(client.get(address(scene, "import_preview", batch)))


@pytest.mark.parametrize("act", ["import_columns", "import_decisions", "import_apply", "import_give_up"])
def test_act_on_a_finished_import_leads_to_its_result(client: Client, scene: ContactScene, act: str) -> None:
    batch = uploaded(client, scene, USAHA_A)
    client.post(address(scene, "import_apply", batch))

    response = client.post(address(scene, act, batch))

    assert (response.status_code, response.url) == (302, address(scene, "import_preview", batch))


def test_undo_says_what_keeps_the_import(client: Client, scene: ContactScene) -> None:
    batch = uploaded(client, scene, USAHA_A)
    client.post(address(scene, "import_apply", batch))
    PersonalLinkFactory(business=Business.objects.get(name="Usaha A"))

    response = client.post(address(scene, "import_undo", batch))

    assert response.status_code == 409
    assert "Usaha A: dipakai oleh 1 tautan pribadi" in text_of(response)


def test_preview_that_can_no_longer_be_read_leads_back(client: Client, scene: ContactScene) -> None:
    batch = uploaded(client, scene, USAHA_A)
    ImportBatch.objects.update(column_choices=dict.fromkeys(TITLES, "ignored"))

    response = client.get(address(scene, "import_preview", batch), follow=True)

    assert response.redirect_chain == [(address(scene), 302)]
    assert "belum berisi pelaku usaha" in text_of(response)


def test_first_two_hundred_of_many_problems_are_shown(client: Client, scene: ContactScene) -> None:
    batch = uploaded(client, scene, *[[f"Usaha {number}", "1", "", "", "", ""] for number in range(250)])

    page = client.get(address(scene, "import_preview", batch)).content.decode()

    assert (page.count("bukan 13 angka"), "200 sel pertama" in page, "250 sel" in page) == (200, True, True)


def test_markup_in_a_list_is_text(client: Client, scene: ContactScene) -> None:
    evil = "<script>alert(1)</script>"
    batch = uploaded(
        client,
        scene,
        [evil, *USAHA_A[1:5], evil, evil],
        [evil + "B", *USAHA_A[1:]],
        titles=[*TITLES, f"Aneh {evil}"],
    )

    page = client.get(address(scene, "import_preview", batch)).content.decode()

    assert evil not in page
    assert page.count("&lt;script&gt;") >= 4


ACTS = ["import_columns", "import_decisions", "import_apply", "import_give_up", "import_undo"]


@pytest.mark.parametrize("who", ["host", "stranger"])
def test_imports_of_an_office_are_its_own(client: Client, scene: ContactScene, who: str) -> None:
    batch = uploaded(client, scene, USAHA_A)
    client.force_login(getattr(scene, who).user)

    answers = [client.get(address(scene, "import_preview", batch)).status_code]
    answers += [client.post(address(scene, act, batch)).status_code for act in ACTS]

    assert answers == [404] * 6
    assert client.get(address(scene)).status_code == (200 if who == "host" else 404)
    assert b"daftar.xlsx" not in client.get(address(scene)).content
    assert ImportBatch.objects.get().state == ImportBatch.State.PREVIEW


def test_nobody_imports_without_signing_in(client: Client, scene: ContactScene) -> None:
    client.logout()

    assert client.get(address(scene)).status_code == 302


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_never_a_get(client: Client, scene: ContactScene, act: str) -> None:
    assert client.get(address(scene, act, uploaded(client, scene, USAHA_A))).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_imports_costs_the_same(
    client: Client, scene: ContactScene, count: int, django_assert_num_queries: Any
) -> None:
    ImportBatchFactory.create_batch(count, office=scene.guest.office, created_by=OfficeMemberFactory().user)

    with django_assert_num_queries(6):
        client.get(address(scene))


@pytest.mark.parametrize("count", [1, 3])
def test_preview_costs_the_same(
    client: Client, scene: ContactScene, count: int, django_assert_num_queries: Any
) -> None:
    rows = [[f"Usaha {number}", f"912000000000{number}", "", *USAHA_A[3:]] for number in range(count)]
    client.post(address(scene, "import_apply", uploaded(client, scene, *rows)))
    batch = uploaded(client, scene, *[[*row[:5], 99_000] for row in rows])

    with django_assert_num_queries(26):
        client.get(address(scene, "import_preview", batch))


def old_file(scene: ContactScene) -> ImportBatch:
    """Return a list that was exported before the portal changed two values of the guests' business."""
    rows = Business.objects.filter(pk=scene.guest_business.pk).select_related("line")
    rows.update(district="Soreang", owner_name="Ibu Contoh")
    file = workbook_of(list_sheets(rows, importing.vocabulary()))[0]
    rows.update(district="Ciwidey", owner_name="Bapak Contoh", version=2)
    return importing.upload(
        actor=scene.guest_actor,
        office=scene.guest.office,
        file_name="lama.xlsx",
        content=file,
        today=date(2026, 3, 12),
    )


def test_a_ticked_row_of_an_old_file_overwrites_the_portal(client: Client, scene: ContactScene) -> None:
    client.force_login(scene.guest.user)
    batch = old_file(scene)

    page = client.get(address(scene, "import_preview", batch)).content.decode()
    client.post(address(scene, "import_apply", batch), {"overwriting": ["2"]})

    assert "Di portal berubah sejak berkas ini dibuat" in page
    assert Business.objects.get(pk=scene.guest_business.pk).district == "Soreang"


def test_tick_names_every_value_and_is_taken_away_again(client: Client, scene: ContactScene) -> None:
    """Seen failing (a saved tick is gone from the page, and holds) with old ticks added to those of now."""
    client.force_login(scene.guest.user)
    batch = old_file(scene)
    decide, preview = (address(scene, name, batch) for name in ("import_decisions", "import_preview"))

    client.post(decide, {"overwriting": ["2"]})
    ticked = client.get(preview).content.decode()
    client.post(decide, {})
    without = client.get(preview).content.decode()
    client.post(address(scene, "import_apply", batch), {})

    values = ("<del>Ciwidey</del> <ins>Soreang</ins>", "<del>Bapak Contoh</del> <ins>Ibu Contoh</ins>")
    assert [value in page for page in (ticked, without) for value in values] == [True] * 4
    assert ('describedby="newer-1" checked>' in ticked, "checked>" in without) == (True, False)
    assert Business.objects.get(pk=scene.guest_business.pk).district == "Ciwidey"
