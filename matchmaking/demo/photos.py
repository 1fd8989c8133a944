"""Pictures for a few of the demonstration's products, drawn here: plainly examples, nobody's photo."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from accounts.actors import COMMAND
from products import photos
from products.models import Product

WIDTH, HEIGHT = 1200, 900  # px
PAPER, INK = "#f6efe4", "#3b2f2a"
NILA, SOGA, KUNYIT, DAUN = "#2f4a7c", "#8a5a34", "#d9a441", "#5d7f4e"
Drawer = Callable[[ImageDraw.ImageDraw], None]


def stripes(pen: ImageDraw.ImageDraw) -> None:
    """Striped cloth."""
    pen.rectangle((150, 110, 1050, 750), fill=SOGA)
    for place, left in enumerate(range(150, 1050, 36)):
        pen.rectangle((left, 110, left + 12, 750), fill=(KUNYIT, NILA, PAPER)[place % 3])


def stripes_nearby(pen: ImageDraw.ImageDraw) -> None:
    """The same cloth from nearby."""
    pen.rectangle((0, 0, WIDTH, 780), fill=SOGA)
    for place, left in enumerate(range(0, WIDTH, 150)):
        pen.rectangle((left, 0, left + 60, 780), fill=(KUNYIT, NILA, PAPER)[place % 3])


def checks(pen: ImageDraw.ImageDraw) -> None:
    """Checked cloth."""
    pen.rectangle((150, 110, 1050, 750), fill=NILA)
    for left in range(150, 1050, 90):
        pen.rectangle((left, 110, left + 24, 750), fill=DAUN)
    for top in range(110, 750, 90):
        pen.rectangle((150, top, 1050, top + 24), fill=PAPER)


def box(pen: ImageDraw.ImageDraw) -> None:
    """A closed box."""
    pen.polygon([(250, 360), (600, 250), (950, 360), (600, 480)], fill=KUNYIT)
    pen.polygon([(250, 360), (600, 480), (600, 740), (250, 600)], fill="#b98634")
    pen.polygon([(950, 360), (600, 480), (600, 740), (950, 600)], fill="#a3742b")


def weave(pen: ImageDraw.ImageDraw) -> None:
    """A woven mat."""
    for row, top in enumerate(range(110, 740, 45)):
        for column, left in enumerate(range(150, 1050, 90)):
            tone = (DAUN, KUNYIT)[(row + column) % 2]
            pen.rectangle((left, top, left + 84, top + 39), fill=tone)


def lantern(pen: ImageDraw.ImageDraw) -> None:
    """A round lantern."""
    pen.line((600, 0, 600, 190), fill=INK, width=8)
    pen.ellipse((340, 180, 860, 700), fill=KUNYIT)
    for bend in (40, 120, 200):
        pen.ellipse((340 + bend, 180, 860 - bend, 700), outline=SOGA, width=8)


DRAWINGS: dict[str, list[tuple[Drawer, str]]] = {
    "Kain lurik katun lebar 110 cm": [
        (stripes, "Gambar contoh: kain bergaris cokelat, kuning, dan biru"),
        (stripes_nearby, "Gambar contoh: garis kain dilihat dari dekat"),
    ],
    "Sarung tenun kotak": [(checks, "Gambar contoh: sarung kotak biru dan hijau")],
    "Kotak sepatu karton polos": [(box, "Gambar contoh: kotak karton tertutup")],
    "Tikar mendong lipat 120 × 180 cm": [(weave, "Gambar contoh: tikar anyaman hijau dan kuning")],
    "Lampion bambu dan kertas": [(lantern, "Gambar contoh: lampion bulat berwarna kuning")],
}


def draw_photos(*, now: datetime) -> int:
    """Give the products named above their pictures and return how many are new."""
    products = Product.objects.filter(name__in=DRAWINGS).order_by("pk")
    return sum(
        photos.add_photo(actor=COMMAND, product=product, file=picture_of(draw), alt=alt, now=now)[1]
        for product in products
        for draw, alt in DRAWINGS[product.name]
    )


def picture_of(draw: Drawer) -> BytesIO:
    """Return a drawing with the words that it is one."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    draw(pen)
    font = ImageFont.load_default(size=44)
    pen.text((WIDTH // 2, 830), "gambar contoh · sample drawing", fill=INK, font=font, anchor="mm")
    written = BytesIO()
    image.save(written, "PNG")
    written.seek(0)
    return written
