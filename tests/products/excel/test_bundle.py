"""A workbook with photos in one ZIP: what is read, what is refused and why, and whose photo it is."""

import io
import zipfile
from collections.abc import Sequence

import pytest

from products.excel import bundle as module
from products.excel.bundle import MAX_PICTURES, open_bundle
from products.excel.photos import with_photos
from products.excel.problems import UnreadableFile
from products.excel.rows import read_list
from products.excel.workbook import open_workbook
from tests.products.excel.reading import problems
from tests.products.excel.sheets import TODAY, vocabulary, workbook

TITLES = ["Nama Usaha", "Kategori", "Nama Produk", "Harga", "Foto"]
LIST = workbook([TITLES, ["Dapur A", "Kuliner", "Keripik singkong", 13_400, "depan.JPG; samping"]])
JPEG = b"\xff\xd8\xff\xe0 gambar"


def zipped(files: Sequence[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def test_a_workbook_alone_is_itself() -> None:
    found = open_bundle(LIST)

    assert (found.workbook, found.pictures, found.is_zip) == (LIST, {}, False)


def test_workbook_and_photos_are_found_in_folders_without_what_systems_add() -> None:
    found = open_bundle(
        zipped(
            [
                ("kiriman/daftar.xlsx", LIST),
                ("kiriman/foto/depan.jpg", JPEG),
                ("__MACOSX/._depan.jpg", b"x"),
                ("kiriman/.DS_Store", b"x"),
                ("Thumbs.db", b"x"),
            ]
        )
    )

    assert (found.workbook, dict(found.pictures), found.is_zip) == (LIST, {"depan.jpg": JPEG}, True)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("../daftar.xlsx", LIST)], "menunjuk ke luar ZIP"),
        ([("/etc/daftar.xlsx", LIST)], "menunjuk ke luar ZIP"),
        ([("C:/daftar.xlsx", LIST)], "menunjuk ke luar ZIP"),
        ([("a\\..\\daftar.xlsx", LIST)], "menunjuk ke luar ZIP"),
        ([("daftar.xlsx", LIST), (link("depan.jpg"), b"/etc/passwd")], "menunjuk ke luar ZIP"),
        ([("daftar.xlsx", LIST), ("foto.zip", zipped([("a.jpg", JPEG)]))], "ada ZIP lain (foto.zip)"),
        ([("daftar.xlsx", LIST), ("lama.xls", b"x")], "Keluarkan lama.xls"),
        ([("daftar.xlsx", LIST), ("skrip.html", b"<script>")], "Keluarkan skrip.html"),
        ([("a.xlsx", LIST), ("b.xlsx", LIST)], "lebih dari satu buku kerja"),
        ([("a.jpg", JPEG)], "belum ada buku kerja"),
        ([("d.xlsx", LIST), ("a/x.jpg", JPEG), ("b/X.JPG", JPEG)], "dua foto bernama X.JPG"),
        ([("d.xlsx", LIST), ("a.jpg", b"\0" * 9_000_000)], "jauh lebih besar dari ukurannya"),
        (
            [("d.xlsx", LIST), *((f"{number}.jpg", JPEG) for number in range(MAX_PICTURES + 1))],
            "lebih dari 40 foto",
        ),
        ([(f"{number}.jpg", JPEG) for number in range(400)], "lebih dari 40 foto"),
    ],
)
def test_refusal_says_what_to_do(files: Sequence[tuple[str | zipfile.ZipInfo, bytes]], sentence: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        open_bundle(zipped(files))

    assert sentence in caught.value.message
    assert caught.value.message.endswith(".")


def test_zip_with_a_password_is_refused() -> None:
    content = bytearray(zipped([("d.xlsx", LIST)]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1

    with pytest.raises(UnreadableFile, match="zip_password"):
        open_bundle(bytes(content))


def test_zip_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ZIP_BYTES", 1_000)

    with pytest.raises(UnreadableFile) as caught:
        open_bundle(zipped([("d.xlsx", LIST), ("a.jpg", bytes(range(256)) * 40)]))

    assert "lebih dari 40 MB" in caught.value.message


def test_damaged_zip_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        open_bundle(zipped([("d.xlsx", LIST)])[:-30])


def photos_of(
    rows: Sequence[Sequence[object]], *names: str, content: bytes = JPEG
) -> tuple[object, list[str]]:
    """Return the photos of each product of a list that comes with files of these names, and the doubts."""
    listed = workbook([TITLES, *rows])
    found = open_bundle(zipped([("d.xlsx", listed), *((name, content) for name in names)]))
    reading = read_list(open_workbook(found.workbook), vocabulary=vocabulary(), latest=TODAY)
    reading = with_photos(reading, found)
    photos = [product.photos for business in reading.businesses for product in business.products]
    return photos, [*problems(reading), *reading.unused_photos]


KERIPIK = ["Dapur A", "Kuliner", "Keripik singkong", 13_400, "depan.JPG; samping"]
BESEK = ["Dapur A", "Kriya", "Besek", 5_000, None]


def test_photos_named_in_the_column_are_found_without_case_and_ending() -> None:
    assert photos_of([KERIPIK], "Depan.jpg", "samping.png") == ([("Depan.jpg", "samping.png")], [])


def test_photos_called_like_the_product_are_its_own_in_order() -> None:
    assert photos_of([KERIPIK, BESEK], "depan.jpg", "samping.webp", "besek-2.jpg", "Besek.jpg") == (
        [("depan.jpg", "samping.webp"), ("Besek.jpg", "besek-2.jpg")], []
    )  # fmt: skip


def test_photo_that_is_not_there_is_named_by_its_cell_and_unused_ones_are_told() -> None:
    assert photos_of([KERIPIK], "depan.jpg", "lain.jpg") == (
        [("depan.jpg",)],
        ["E2 missing_photo", "lain.jpg"],
    )


def test_of_two_products_with_one_name_nobody_knows_whose_photo_it_is() -> None:
    assert photos_of([BESEK, ["Dapur B", "Kriya", "Besek", 6_000, None]], "besek.jpg") == (
        [(), ()],
        ["C2 missing_photo.whose", "C3 missing_photo.whose", "besek.jpg"],
    )


def test_what_is_no_photo_is_named_by_its_cell() -> None:
    assert photos_of([KERIPIK], "depan.jpg", "samping.svg", content=b"<svg onload=alert(1)>") == (
        [()],
        ["E2 invalid_photo.kind", "E2 invalid_photo.kind", "depan.jpg", "samping.svg"],
    )


def test_names_without_a_zip_are_told_once_at_the_title() -> None:
    found = open_bundle(workbook([TITLES, KERIPIK, ["Dapur B", "Kriya", "Besek", 6_000, "besek.jpg"]]))
    reading = read_list(open_workbook(found.workbook), vocabulary=vocabulary(), latest=TODAY)

    assert problems(with_photos(reading, found)) == ["E1 photos_without_zip"]
