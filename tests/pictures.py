"""Pictures drawn for tests, and photos stored from them."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.actors import COMMAND
from products import photos
from products.models import Photo, Product


def drawn(
    format_name: str = "JPEG",
    *,
    size: tuple[int, int] = (800, 600),
    colour: Any = "red",
    mode: str = "RGB",
    **options: Any,
) -> bytes:
    """Return the file of a picture in one colour."""
    written = BytesIO()
    Image.new(mode, size, colour).save(written, format_name, **options)
    return written.getvalue()


def upload(content: bytes | None = None, name: str = "foto.jpg") -> SimpleUploadedFile:
    """Return a file as a form sends it."""
    return SimpleUploadedFile(name, drawn() if content is None else content, content_type="image/jpeg")


def store_photo(product: Product, **look: Any) -> Photo:
    """Store a photo of ``product`` with its file, as its office does; each colour is another photo."""
    file = BytesIO(drawn(**look))
    photo, _is_new = photos.add_photo(actor=COMMAND, product=product, file=file, now=timezone.now())
    return photo
