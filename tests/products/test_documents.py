"""Files that prove something: what is kept, what is refused, and under which name."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from products.documents import DocumentRefused, read_document, read_photo, safe_name
from tests.files import PDF, pdf_of, photo


def archive() -> bytes:
    written = BytesIO()
    with ZipFile(written, "w") as packed:
        packed.writestr("a.html", "<script>")
    return written.getvalue()


def refusal(content: bytes, name: str = "a.pdf") -> str:
    with pytest.raises(ValidationError) as refused:
        read_document(BytesIO(content), name=name)
    return refused.value.messages[0]


def test_pdf_is_kept_as_it_is() -> None:
    kept = read_document(BytesIO(PDF), name="Sertifikat Halal.PDF")

    assert (kept.content, kept.content_type, kept.shown_name) == (
        PDF,
        "application/pdf",
        "Sertifikat Halal.pdf",
    )


def test_photo_is_written_anew_without_what_stood_behind_it() -> None:
    exif = Image.Exif()
    exif[0x010F] = "KameraRahasia"

    kept = read_document(BytesIO(photo(exif=exif) + b"<script>alert(1)</script>"), name="foto.html")

    assert (kept.content_type, kept.shown_name) == ("image/webp", "foto.webp")
    assert b"KameraRahasia" not in kept.content
    assert b"<script" not in kept.content


@pytest.mark.parametrize(
    "content",
    [
        pdf_of(b"<html><script>alert(1)</script>"),
        pdf_of(b"<svg onload=alert(1)>"),
        pdf_of(b"<</S/JavaScript/JS(app.alert)>>"),
        pdf_of(b"<</Type/EmbeddedFile>>"),
        PDF[:9] + archive() + PDF[9:],
    ],
    ids=["html", "svg", "javascript", "embedded", "zip"],
)
def test_pdf_with_something_else_in_it_is_refused(content: bytes) -> None:
    assert (
        refusal(content) == "PDF ini berisi program atau berkas lain. Cetak ke PDF baru, atau kirim fotonya."
    )


def test_packed_pages_may_hold_any_bytes() -> None:
    content = pdf_of(b"stream\n<html>/JavaScript \nendstream")

    assert read_document(BytesIO(content), name="a.pdf").content == content


@pytest.mark.parametrize(
    "content",
    [PDF[:40], PDF + b"<script>alert(1)</script>", PDF + archive(), b"%PDF-9.9" + PDF[8:]],
    ids=["cut", "tail", "zip", "version"],
)
def test_pdf_that_does_not_end_as_one_is_refused(content: bytes) -> None:
    assert refusal(content) == "PDF ini tidak utuh atau rusak. Simpan sekali lagi, atau kirim fotonya."


def test_heavy_pdf_is_refused() -> None:
    sentence = "PDF ini lebih besar dari 8 MB. Kirim halaman yang perlu saja, atau fotonya."

    assert refusal(pdf_of(b" " * (8 * 1024 * 1024))) == sentence


@pytest.mark.parametrize("content", [b"<html>" + PDF, b"<svg xmlns='x'/>", b"MZ\x90", b" " + PDF])
def test_what_is_neither_photo_nor_pdf_is_refused(content: bytes) -> None:
    assert refusal(content, name="sertifikat.pdf")


def test_pdf_is_no_photo_of_the_making() -> None:
    with pytest.raises(ValidationError, match="Ini berkas PDF, bukan foto"):
        read_photo(BytesIO(PDF), name="a.jpg")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Data\\halal.pdf", "halal.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ('x";\r\n<script>.pdf', "xscript.pdf"),
        ("\u200b", "bukti.pdf"),
        ("n" * 300 + ".pdf", "n" * 80 + ".pdf"),
    ],
)
def test_shown_name_is_harmless(sent: str, shown: str) -> None:
    assert safe_name(sent, "application/pdf") == shown


def test_refused_document_can_be_told_apart() -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_document(BytesIO(PDF[:40]), name="a.pdf")

    assert refused.value.code == "broken"
