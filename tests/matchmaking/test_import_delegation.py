"""The command that imports a list: JSON for scripts, sentences for people, a check that writes nothing."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matchmaking.models import Delegation, Participation
from products.models import Business, ImportBatch, Need, Product
from regions.models import Region
from tests.factories import DelegationFactory, OfficeFactory
from tests.products.excel.sheets import workbook
from tests.products.importing_office import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

DELEGATION = SAMPLES / "delegasi-kab-bandung.xlsx"
NEEDS = SAMPLES / "kebutuhan-kota-surakarta.xlsx"


@pytest.fixture
def delegation() -> Delegation:
    """The delegation of Kabupaten Bandung."""
    office = OfficeFactory(region=Region.objects.get(code="32.04"))
    return DelegationFactory(office=office, trade_contact__slug="bandung-solo")


def run(file: Path, *options: str, office: str = "32.04") -> tuple[dict[str, Any], str]:
    """Return what the command prints, and what it says."""
    out, err = StringIO(), StringIO()
    call_command("import_delegation", str(file), "--office", office, *options, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def written(tmp_path: Path, rows: list[list[Any]]) -> Path:
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(workbook(rows))
    return file


def test_check_prints_exactly_what_is_in_the_delegation_list(delegation: Delegation) -> None:
    report, _said = run(DELEGATION, "--check")

    assert list(report) == [
        "businesses",
        "products",
        "needs",
        "problems",
        "duplicates",
        "columns",
        "unknown_columns",
    ]
    assert (report["businesses"], report["products"], report["needs"]) == (34, 71, 0)
    assert [(found["cell"], found["kind"]) for found in report["problems"]] == [
        ("J35", "missing_price"), ("E37", "invalid_nib"), ("E39", "invalid_nib")
    ]  # fmt: skip
    assert report["problems"][2]["message"] == (
        "NIB “91200019898” bukan 13 angka. Isi 13 angka seperti tertulis di OSS, atau kosongkan."
    )
    assert report["duplicates"] == [
        {"row": 67, "same_as_row": 22, "by": "nib"},
        {"row": 70, "same_as_row": 11, "by": "phone"},
        {"row": 72, "same_as_row": 7, "by": "nib"},
    ]
    assert (report["columns"]["Nama Usaha"], report["unknown_columns"]) == ("business.name", [])


def test_check_finds_nothing_wrong_with_the_needs_list(delegation: Delegation) -> None:
    report, said = run(NEEDS, "--check")

    assert (report["businesses"], report["needs"], report["products"]) == (20, 40, 10)
    assert (report["problems"], report["duplicates"], said) == ([], [], "")


def test_check_writes_nothing(delegation: Delegation) -> None:
    run(DELEGATION, "--check", "--trade-contact", "bandung-solo")

    assert [model.objects.count() for model in (ImportBatch, Business, Product, Need, Participation)] == [
        0
    ] * 5


@pytest.mark.parametrize(
    ("duplicates", "businesses", "products"), [("skip", 31, 62), ("merge", 31, 71), ("keep", 34, 71)]
)
def test_import_makes_a_delegation(
    delegation: Delegation, duplicates: str, businesses: int, products: int
) -> None:
    report, said = run(DELEGATION, "--trade-contact", "bandung-solo", "--duplicates", duplicates)

    assert (Business.objects.count(), Product.objects.count()) == (businesses, products)
    assert delegation.participations.count() == report["joined"] == businesses
    assert report["businesses"] == {"new": businesses, "changed": 0, "unchanged": 0}
    assert (report["problems"], report["import"]) == (3, ImportBatch.objects.get().pk)
    assert "E39: NIB “91200019898” bukan 13 angka." in said
    assert "Row 67 has the nib of row 22." in said


def test_duplicates_are_skipped_unless_told_otherwise(delegation: Delegation) -> None:
    run(DELEGATION)

    assert (Business.objects.count(), Product.objects.count()) == (31, 62)


def test_importing_again_makes_nothing_new(delegation: Delegation) -> None:
    run(DELEGATION, "--trade-contact", "bandung-solo")

    report, _said = run(DELEGATION, "--trade-contact", "bandung-solo")

    assert report["businesses"] == {"new": 0, "changed": 0, "unchanged": 31}
    assert report["products"] == {"new": 0, "changed": 0, "unchanged": 62}
    assert (report["joined"], Business.objects.count()) == (0, 31)


def test_import_without_contact_only_writes_businesses_down(delegation: Delegation) -> None:
    run(DELEGATION)

    assert (Business.objects.count(), Participation.objects.count()) == (31, 0)


def test_unknown_columns_are_named_and_can_be_explained(delegation: Delegation, tmp_path: Path) -> None:
    file = written(tmp_path, [["Nama Usaha", "NIB", "Julukan", "Catatan"], ["Usaha A", "", "Ibu A.", "x"]])
    report, said = run(file, "--check")
    assert report["unknown_columns"] == ["Julukan", "Catatan"]
    assert "Column “Julukan” is not recognised; explain it with --column." in said

    report, _said = run(file, "--check", "--column", "Julukan=business.owner_name")
    assert report["columns"]["Julukan"] == "business.owner_name"
    explained = ["--column", "Julukan=business.owner_name"]
    with pytest.raises(CommandError, match="Nothing was imported: say what “Catatan” holds with --column"):
        run(file, *explained)
    run(file, *explained, "--column", "Catatan=ignored")

    assert Business.objects.get().owner_name == "Ibu A."


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--office", "99.99"], "There is no office of region “99.99”."),
        (["--trade-contact", "lain"], "takes no part in a trade contact “lain”."),
        (["--column", "Julukan"], "“Julukan” is not TITLE=FIELD."),
        (["--column", "Julukan=usaha"], "“Julukan=usaha” is not TITLE=FIELD."),
    ],
)
@pytest.mark.parametrize("check", [["--check"], []])
def test_wrong_option_is_named(
    delegation: Delegation, options: list[str], words: str, check: list[str]
) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("import_delegation", str(DELEGATION), "--office", "32.04", *options, *check)

    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize("check", [["--check"], []])
def test_unreadable_file_is_named(delegation: Delegation, tmp_path: Path, check: list[str]) -> None:
    text = tmp_path / "daftar.xlsx"
    text.write_text("Nama Usaha,NIB\n")
    for file, words in (
        (text, "Ini berkas teks"),
        (tmp_path / "tidak-ada.xlsx", "cannot be read: No such file or directory"),
        (tmp_path, "cannot be read: Is a directory"),
    ):
        with pytest.raises(CommandError, match=words):
            run(file, *check)

    assert ImportBatch.objects.count() == 0


def test_list_without_names_fails_and_leaves_nothing(delegation: Delegation, tmp_path: Path) -> None:
    file = written(tmp_path, [["NIB", "HP"], ["9120000000031", "081270000548"]])

    with pytest.raises(CommandError, match="kolom yang memuat nama usaha"):
        run(file)

    assert ImportBatch.objects.count() == 0
