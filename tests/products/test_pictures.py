"""What is taken as a photo, what is refused with which sentence, and what is left of a photo."""

import struct
import tracemalloc
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from products import pictures
from products.pictures import CleanPicture, PictureRefused, read_picture
from tests.pictures import drawn

RED = (255, 0, 0)
GPS, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x010F


def read(content: bytes) -> CleanPicture:
    return read_picture(BytesIO(content))


def pixels(picture: CleanPicture) -> Image.Image:
    return Image.open(BytesIO(picture.content)).convert("RGB")


def is_about(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 6 for one, other in zip(colour, wanted, strict=True))


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb(side: int) -> bytes:
    """Return a black PNG of one bit a pixel, without drawing it first."""
    squeeze = zlib.compressobj(9)
    row = bytes(1 + (side + 7) // 8)
    packed = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def boxes(*brands: bytes) -> bytes:
    return (
        struct.pack(">I", 16 + 4 * (len(brands) - 1)) + b"ftyp" + brands[0] + bytes(4) + b"".join(brands[1:])
    )


def progressive_with_scans(count: int) -> bytes:
    """Return a JPEG whose last scan is repeated."""
    photo = drawn(progressive=True)
    last = photo[photo.rindex(b"\xff\xda") : -2]
    return photo[:-2] + last * count + photo[-2:]


REFUSALS = [
    (b"", "Berkas ini kosong. Pilih fotonya sekali lagi."),
    (boxes(b"heic", b"mif1", b"heic"), "Foto HEIC atau AVIF belum dapat dibaca. Di iPhone: Pengaturan"),
    (boxes(b"mif1", b"heic"), "“Paling Kompatibel”, lalu potret lagi. Di Android: buka fotonya"),
    (boxes(b"avif"), "Foto HEIC atau AVIF belum dapat dibaca."),
    (boxes(b"isom", b"mp41"), "Ini berkas video, bukan foto."),
    (drawn("GIF"), "GIF tidak diterima. Kirim foto JPEG, PNG, atau WebP."),
    (b"%PDF-1.7 ...", "Ini berkas PDF, bukan foto."),
    (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "Gambar SVG tidak diterima."),
    (b'\xef\xbb\xbf <?xml version="1.0"?><svg><script>alert(1)</script></svg>', "Gambar SVG tidak diterima."),
    (
        b"<html><script>alert(1)</script></html>",
        "Berkas ini bukan foto JPEG, PNG, atau WebP, apa pun akhiran",
    ),
    (drawn("BMP"), "Berkas ini bukan foto JPEG, PNG, atau WebP, apa pun akhiran namanya."),
    (drawn("TIFF"), "Berkas ini bukan foto JPEG, PNG, atau WebP, apa pun akhiran namanya."),
    (drawn()[:2000], "Foto ini tidak utuh atau rusak."),
    (drawn("PNG")[:300], "Foto ini tidak utuh atau rusak."),
    (drawn("WEBP")[:150], "Foto ini tidak utuh atau rusak."),
    (b"\xff\xd8\xff\xe0 not really", "Foto ini tidak utuh atau rusak."),
    (drawn(size=(60, 400)), "Foto ini terlalu kecil (60 × 400 piksel). Kirim foto aslinya."),
    (bytes(8 * 1024 * 1024 + 1), "Foto ini lebih besar dari 8 MB. Perkecil dahulu, atau kirim foto lain."),
    (bomb(5000), "Foto ini lebih dari 24 megapiksel. Perkecil dahulu, atau kirim foto lain."),
    (bomb(30_000), "Foto ini lebih dari 24 megapiksel. Perkecil dahulu, atau kirim foto lain."),
    (progressive_with_scans(80), "Foto ini disimpan dengan cara yang tidak wajar. Kirim foto lain."),
]


@pytest.mark.parametrize(("content", "sentence"), REFUSALS)
def test_what_is_no_photo_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        read(content)

    assert sentence in refused.value.messages[0]


def test_a_bomb_of_ten_kilobytes_takes_no_memory() -> None:
    content = bomb(9000)
    tracemalloc.start()

    with pytest.raises(PictureRefused, match="24 megapiksel"):
        read(content)

    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(content) < 12_000
    assert most < 1_000_000


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
def test_each_format_becomes_webp_with_its_pixels(format_name: str) -> None:
    picture = read(drawn(format_name))

    assert (picture.width, picture.height) == (800, 600)
    assert picture.content[:4] + picture.content[8:12] == b"RIFFWEBP"
    assert is_about(pixels(picture).getpixel((400, 300)), RED)


def test_place_camera_comments_and_profiles_are_gone() -> None:
    exif = Image.Exif()
    exif[CAMERA] = "SecretCamera"
    exif.get_ifd(GPS)[1] = "S"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = drawn(exif=exif, xmp=b"<x:SecretXmp/>", comment=b"SecretComment", icc_profile=profile)
    assert b"SecretCamera" in sent

    content = read(sent).content

    assert [name for name in (b"Secret", b"EXIF", b"XMP ", b"ICCP") if name in content] == []
    assert dict(Image.open(BytesIO(content)).getexif()) == {}


def test_what_hides_behind_or_inside_a_photo_is_gone() -> None:
    script = b"<script>alert(1)</script>"

    contents = [read(drawn(comment=script)).content, read(drawn("PNG") + b"PK\x03\x04" + script).content]

    assert [content for content in contents if b"script" in content or b"PK\x03\x04" in content] == []


def test_a_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    sent = Image.new("RGB", (400, 200), "blue")
    sent.paste("red", (0, 0, 200, 200))  # the left half, which comes to the top
    written = BytesIO()
    sent.save(written, "JPEG", exif=exif)

    picture = read(written.getvalue())

    assert (picture.width, picture.height) == (200, 400)
    assert is_about(pixels(picture).getpixel((100, 50)), RED)


def test_the_longest_side_is_bounded() -> None:
    picture = read(drawn(size=(4000, 2000)))

    assert (picture.width, picture.height) == (1920, 960)


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (drawn("JPEG", mode="CMYK", colour=(0, 255, 255, 0)), RED),
        (drawn("JPEG", mode="L", colour=77), (77, 77, 77)),
        (drawn("PNG", mode="I;16", colour=77 * 256), (77, 77, 77)),
        (drawn("PNG", mode="1", colour=1), (255, 255, 255)),
        (drawn("PNG", mode="LA", colour=(0, 0)), (255, 255, 255)),
        (drawn("PNG", mode="RGBA", colour=(255, 0, 0, 128)), (255, 127, 127)),
        (drawn("PNG", mode="P", colour=0, transparency=0), (255, 255, 255)),
        (drawn("PNG", mode="RGB", icc_profile=b"broken profile"), RED),
    ],
    ids=["cmyk", "grey", "16 bit", "1 bit", "grey+alpha", "alpha", "palette+alpha", "broken profile"],
)
def test_every_kind_of_colour_is_read(content: bytes, colour: tuple[int, ...]) -> None:
    assert is_about(pixels(read(content)).getpixel((50, 50)), colour)


@pytest.mark.parametrize("format_name", ["WEBP", "PNG"])
def test_an_animated_file_gives_its_first_picture(format_name: str) -> None:
    written = BytesIO()
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue")]
    frames[0].save(written, format_name, save_all=True, append_images=frames[1:])

    picture = read(written.getvalue())

    assert is_about(pixels(picture).getpixel((5, 5)), RED)
    assert getattr(Image.open(BytesIO(picture.content)), "n_frames", 1) == 1


def test_the_same_file_gives_the_same_bytes() -> None:
    assert read(drawn()).content == read(drawn()).content


def test_a_busy_rendition_stays_near_its_weight() -> None:
    noise = Image.effect_noise((80, 60), 60).resize((1920, 1440)).convert("RGB")
    written = BytesIO()
    noise.save(written, "JPEG")

    small = pictures.shrink(read(written.getvalue()).content, 320)

    assert Image.open(BytesIO(small)).size == (320, 240)
    assert len(small) <= 320 * pictures.BYTES_PER_WIDTH


@given(st.binary(max_size=400), st.sampled_from(["PNG", "WEBP"]), st.integers(12, 300))
def test_any_bytes_are_read_or_refused(noise: bytes, format_name: str, place: int) -> None:
    photo = drawn(format_name, size=(120, 120))
    spoiled = photo[:place] + noise + photo[place + len(noise) :]

    try:
        side = read(spoiled).width
    except PictureRefused:
        side = 120

    assert side >= 100
