"""Small files as people send them, drawn or written here."""

from datetime import UTC, datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.actors import COMMAND
from products.documents import CleanDocument, read_document
from products.evidence import keep_file
from products.models import Business, EvidenceFile

NOW = datetime(2018, 3, 22, 3, tzinfo=UTC)
PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"trailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)


def pdf_of(middle: bytes = b"") -> bytes:
    """Return a small PDF with something in its middle."""
    return PDF.replace(b"endobj", b"endobj\n" + middle, 1)


def upload(content: bytes = PDF, name: str = "sertifikat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def photo(side: int = 200, colour: str = "teal", **options: object) -> bytes:
    """Return a JPEG of one colour."""
    written = BytesIO()
    Image.new("RGB", (side, side), colour).save(written, "JPEG", **options)
    return written.getvalue()


def document(content: bytes = PDF, name: str = "sertifikat.pdf") -> CleanDocument:
    return read_document(BytesIO(content), name=name)


def keep_pdf(business: Business, purpose: str = "certificate") -> EvidenceFile:
    """Return a file of ``business`` that really lies in the store."""
    return keep_file(
        actor=COMMAND,
        business=business,
        purpose=EvidenceFile.Purpose(purpose),
        document=document(),
        now=NOW,
    )
