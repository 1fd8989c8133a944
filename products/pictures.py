"""Pictures that people send: what is no photo is refused with a sentence, a photo is written anew as WebP.

Writing anew leaves nothing of the sent file but its pixels: no place or camera (EXIF, GPS, XMP), no second
file hidden behind the first. The same bytes give the same result. Pure: no database, no storage.
"""

import struct
import threading
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 24_000_000
LEAST_SIDE = 100  # px; less shows nothing
LONGEST_SIDE = 1920  # px of what is kept
FORMATS = ["JPEG", "PNG", "WEBP"]
MOST_JPEG_SCANS = 64  # each costs a pass over all pixels; cameras write 10 at most
MASTER_QUALITY = 84
RENDITION_QUALITIES = (78, 68, 58, 48)
BYTES_PER_WIDTH = 47  # a rendition 1280 px wide aims at 60 kB

BROKEN = (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError, struct.error)
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
HEIC_BRANDS = {
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1",
    b"avif", b"avis",
}  # fmt: skip
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to turn a photo upright, by its EXIF orientation."""
ORIENTATION = 0x0112
ONE_AT_A_TIME = threading.Lock()
"""Decoding takes up to 0.3 GB for the largest photos, so that a process decodes one at a time."""


class PictureRefused(ValidationError):
    """The file is no photo that is taken here; the message says why and what to do."""


@dataclass(frozen=True)
class CleanPicture:
    """A photo as WebP, upright, without any word about where and with what it was taken; sides in px."""

    content: bytes
    width: int
    height: int


def read_picture(
    file: BinaryIO,
    *,
    longest_side: int = LONGEST_SIDE,
    most_bytes: int = MOST_BYTES,
    most_pixels: int = MOST_PIXELS,
) -> CleanPicture:
    """Return the photo in ``file``, shrunk to ``longest_side`` px where it is larger.

    Size and format are judged before a pixel is decoded. An animated file gives its first picture,
    transparency becomes white. Costs up to 1 s for 24 megapixels.

    Raises:
        PictureRefused: the file is too large, broken, tiny, or no JPEG, PNG or WebP.
    """
    sent = file.read(most_bytes + 1)
    if len(sent) > most_bytes:
        raise PictureRefused(
            _("Foto ini lebih besar dari %(most)d MB. Perkecil dahulu, atau kirim foto lain.")
            % {"most": most_bytes // (1024 * 1024)},
            code="too_heavy",
        )
    _refuse_other_kinds(sent)
    with ONE_AT_A_TIME:
        try:
            return _decoded(sent, longest_side, most_pixels)
        except TOO_LARGE:
            raise _too_many_pixels(most_pixels) from None
        except BROKEN:
            raise PictureRefused(
                _("Foto ini tidak utuh atau rusak. Kirim sekali lagi, atau kirim foto lain."), code="broken"
            ) from None


def shrink(content: bytes, width: int) -> bytes:
    """Return a WebP of this portal at ``width`` px, about 47 bytes for each px of it or less.

    A busy picture gets a lower quality, down to the lowest of ``RENDITION_QUALITIES``. Costs up to 0.3 s.
    """
    with Image.open(BytesIO(content), formats=["WEBP"]) as image:
        height = max(1, round(image.height * width / image.width))
        small = image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    written = b""
    for quality in RENDITION_QUALITIES:
        written = _as_webp(small, quality)
        if len(written) <= width * BYTES_PER_WIDTH:
            break
    return written


def _refuse_other_kinds(sent: bytes) -> None:
    """Say by name what the file is, where it is no photo but something that people often send."""
    start = sent[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not sent:
        raise PictureRefused(_("Berkas ini kosong. Pilih fotonya sekali lagi."), code="empty")
    if sent[4:8] == b"ftyp":
        raise _film_or_heic(sent)
    if start.startswith(b"gif8"):
        raise PictureRefused(_("GIF tidak diterima. Kirim foto JPEG, PNG, atau WebP."), code="gif")
    if start.startswith(b"%pdf"):
        raise PictureRefused(
            _("Ini berkas PDF, bukan foto. Kirim foto JPEG, PNG, atau WebP, mis. tangkapan layarnya."),
            code="pdf",
        )
    if b"<svg" in start or start.startswith(b"<?xml"):
        raise PictureRefused(_("Gambar SVG tidak diterima. Kirim foto JPEG, PNG, atau WebP."), code="svg")
    is_webp = sent[:4] == b"RIFF" and sent[8:12] == b"WEBP"
    if not (is_webp or sent.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))):
        raise PictureRefused(
            _("Berkas ini bukan foto JPEG, PNG, atau WebP, apa pun akhiran namanya. Kirim foto lain."),
            code="unknown",
        )
    if sent.startswith(b"\xff\xd8") and sent.count(b"\xff\xda") > MOST_JPEG_SCANS:
        raise PictureRefused(
            _("Foto ini disimpan dengan cara yang tidak wajar. Kirim foto lain."), code="scans"
        )


def _film_or_heic(sent: bytes) -> PictureRefused:
    """Return the sentence for a file in boxes: a HEIC or AVIF photo, else a film."""
    length = min(int.from_bytes(sent[:4], "big"), 256)
    brands = {sent[8:12], *(sent[at : at + 4] for at in range(16, length, 4))}
    if brands & HEIC_BRANDS:
        return PictureRefused(
            _(
                "Foto HEIC atau AVIF belum dapat dibaca. Di iPhone: Pengaturan › Kamera › Format › "
                "“Paling Kompatibel”, lalu potret lagi. Di Android: buka fotonya, pilih Bagikan atau "
                "Simpan sebagai JPEG. Atau kirim tangkapan layar foto itu."
            ),
            code="heic",
        )
    return PictureRefused(_("Ini berkas video, bukan foto. Kirim foto JPEG, PNG, atau WebP."), code="film")


def _too_many_pixels(most_pixels: int) -> PictureRefused:
    return PictureRefused(
        _("Foto ini lebih dari %(most)d megapiksel. Perkecil dahulu, atau kirim foto lain.")
        % {"most": most_pixels // 1_000_000},
        code="too_many_pixels",
    )


def _decoded(sent: bytes, longest_side: int, most_pixels: int) -> CleanPicture:
    with Image.open(BytesIO(sent), formats=FORMATS) as image:
        if image.width * image.height > most_pixels:
            raise _too_many_pixels(most_pixels)
        if min(image.size) < LEAST_SIDE:
            raise PictureRefused(
                _("Foto ini terlalu kecil (%(width)d × %(height)d piksel). Kirim foto aslinya.")
                % {"width": image.width, "height": image.height},
                code="too_small",
            )
        turn = _turn_of(image)
        image.draft(None, (longest_side, longest_side))  # a JPEG decodes at half or a quarter for free
        image.load()
        plain = _in_plain_colours(image, longest_side)
    plain.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    upright = plain.transpose(turn) if turn is not None else plain
    return CleanPicture(_as_webp(upright, MASTER_QUALITY), upright.width, upright.height)


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    """Return how to turn the photo upright; a broken EXIF turns nothing."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except BROKEN:
        return None


def _in_plain_colours(image: Image.Image, longest_side: int) -> Image.Image:
    """Return the picture in the screen's own red, green and blue, on white where it is transparent."""
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    if image.has_transparency_data:
        clear = image if image.mode == "RGBA" else image.convert("RGBA")
        clear.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)  # first, to need less memory
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            screen = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(image, source, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, *BROKEN):
            return image.convert("RGB")
        return changed or image.convert("RGB")
    return image.convert("RGB")


def _as_webp(image: Image.Image, quality: int) -> bytes:
    """Return the pixels alone as WebP; what stood beside them in the sent file is named away here."""
    written = BytesIO()
    image.save(written, "WEBP", quality=quality, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return written.getvalue()
