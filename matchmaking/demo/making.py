"""Two of the demonstration's businesses were seen making their goods; the picture of it is drawn here."""

from datetime import date, datetime, timedelta

from PIL import ImageDraw

from matchmaking.demo.catalogue import Businesses
from matchmaking.demo.offices import Desk
from matchmaking.demo.photos import DAUN, INK, KUNYIT, NILA, SOGA, picture_of
from products.documents import read_document
from products.production import prove_production

VISITED_DAYS_AGO = 12
NOTE = "Peragaan: kunjungan ini rekaan, dan gambarnya digambar oleh program."


def loom(pen: ImageDraw.ImageDraw) -> None:
    """A loom with a half-woven cloth."""
    pen.rectangle((250, 150, 290, 740), fill=SOGA)
    pen.rectangle((910, 150, 950, 740), fill=SOGA)
    for left in range(310, 900, 20):
        pen.line((left, 170, left, 720), fill=INK, width=3)
    pen.rectangle((300, 460, 900, 720), fill=NILA)
    pen.rectangle((230, 430, 970, 465), fill=KUNYIT)


def copper_stamp(pen: ImageDraw.ImageDraw) -> None:
    """A copper stamp above a cloth with its print."""
    pen.rectangle((150, 520, 1050, 760), fill="#efe0c2")
    for left in range(190, 1000, 160):
        pen.ellipse((left, 570, left + 110, 680), outline=SOGA, width=10)
    pen.rectangle((470, 330, 730, 440), fill=KUNYIT)
    pen.rectangle((560, 180, 640, 330), fill=DAUN)


SEEN = {"Tenun Lawang Angin": loom, "Batik Cap Soga Pitu": copper_stamp}


def prove_own_making(desks: dict[str, Desk], businesses: Businesses, *, today: date, now: datetime) -> None:
    """Let each office record what it saw, as its page does."""
    officers = {desk.office.pk: desk.officer for desk in desks.values()}
    for name, draw in SEEN.items():
        business = businesses[name]
        prove_production(
            actor=officers[business.office_id],
            business=business,
            visited_on=today - timedelta(days=VISITED_DAYS_AGO),
            photo=read_document(picture_of(draw), name="gambar-contoh.png"),
            note=NOTE,
            now=now,
        )
