"""The demonstration's answers to needs of the public board: one became a pair, one waits for the offices."""

from dataclasses import dataclass
from datetime import date

from accounts.actors import Actor, Via
from matchmaking import supply
from matchmaking.demo.catalogue import Businesses
from products.models import Need


@dataclass(frozen=True)
class Offer:
    """Who answers which need of whom, by its own link; ``product`` is what it offers."""

    supplier: str
    buyer: str
    need: str
    product: str
    note: str


OFFERS = (
    Offer(
        supplier="Lampu Kunang-Kunang",
        buyer="Penginapan Kampung Lampion",
        need="Lampu hias bambu untuk kamar",
        product="Lampion bambu dan kertas",
        note="Peragaan: sanggup 24 buah dalam tiga minggu.",
    ),
    Offer(
        supplier="Konveksi Sandang Lumintu",
        buyer="Klinik Sejuk Pagi",
        need="Seragam perawat bordir nama",
        product="Seragam olahraga sekolah",
        note="Peragaan: kami satu kota, contoh dapat kami antar.",
    ),
)


def answer_needs(businesses: Businesses, today: date) -> int:
    """Make every offer and return how many there are; one between neighbours waits."""
    for offer in OFFERS:
        supplier = businesses[offer.supplier]
        supply.offer_supply(
            actor=Actor(via=Via.LINK, business_id=supplier.pk),
            need=Need.objects.get(business=businesses[offer.buyer], text=offer.need),
            business=supplier,
            products=supplier.products.filter(name=offer.product),
            note=offer.note,
            today=today,
            tell=lambda _offer_id: None,
        )
    return len(OFFERS)
