"""Files that prove something: a photo is written anew, a PDF is looked over, anything else is refused.

Pure: no database, no storage. What comes out is served for download only, never shown inside a page.
"""

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO
from zipfile import is_zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from products.pictures import MOST_BYTES, read_picture

PHOTO, PDF = "image/webp", "application/pdf"
SUFFIXES = {PHOTO: ".webp", PDF: ".pdf"}
LONGEST_NAME = 80
PDF_START = re.compile(rb"%PDF-[12]\.\d")
PDF_END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
END_LOOKED_AT = 2048
MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object)", re.I)
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.S)


class DocumentRefused(ValidationError):
    """The file is no PDF that is taken here; the message says why and what to do."""


@dataclass(frozen=True)
class CleanDocument:
    """A file that may be kept: its bytes, its real type, and a name that is safe to show."""

    content: bytes
    content_type: str
    shown_name: str


def read_document(file: BinaryIO, *, name: str) -> CleanDocument:
    """Return the photo or PDF in ``file``; ``name`` is what its sender called it.

    Costs up to 1 s for a large photo, and a pass over the bytes for a PDF.

    Raises:
        DocumentRefused: a PDF that is too large, cut off, or holds something else beside pages.
        PictureRefused: neither a PDF nor a photo that is taken here.
    """
    start = file.read(5)
    file.seek(0)
    if start != b"%PDF-":
        return CleanDocument(read_picture(file).content, PHOTO, safe_name(name, PHOTO))
    return CleanDocument(_read_pdf(file), PDF, safe_name(name, PDF))


def read_photo(file: BinaryIO, *, name: str) -> CleanDocument:
    """Return the photo in ``file``; as ``read_document``, but a PDF is refused too."""
    return CleanDocument(read_picture(file).content, PHOTO, safe_name(name, PHOTO))


def safe_name(name: str, content_type: str) -> str:
    """Return a file name that says what the file is, without folders, tricks of direction, or marks.

    >>> safe_name("../../sertifikat\\u202efdp.exe", PDF)
    'sertifikatfdp.pdf'
    """
    base = PurePath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in unicodedata.normalize("NFC", base) if sign.isprintable())
    stem = re.sub(r'[<>:"/\\|?*%;]', "", PurePath(plain).stem).strip(" .")[:LONGEST_NAME]
    return (stem or "bukti") + SUFFIXES[content_type]


def _read_pdf(file: BinaryIO) -> bytes:
    sent = file.read(MOST_BYTES + 1)
    if len(sent) > MOST_BYTES:
        raise DocumentRefused(
            _("PDF ini lebih besar dari %(most)d MB. Kirim halaman yang perlu saja, atau fotonya.")
            % {"most": MOST_BYTES // (1024 * 1024)},
            code="too_heavy",
        )
    if not PDF_START.match(sent) or not PDF_END.search(sent[-END_LOOKED_AT:]):
        raise DocumentRefused(
            _("PDF ini tidak utuh atau rusak. Simpan sekali lagi, atau kirim fotonya."), code="broken"
        )
    outside = STREAM.sub(b"", sent)  # packed pages may hold any bytes by chance
    if MARKUP.search(outside) or ACTIVE.search(outside) or is_zipfile(BytesIO(sent)):
        raise DocumentRefused(
            _("PDF ini berisi program atau berkas lain. Cetak ke PDF baru, atau kirim fotonya."),
            code="active",
        )
    return sent
