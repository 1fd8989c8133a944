"""The demonstration's inquiries: what strangers wrote about products of the public catalogue."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.actors import ANONYMOUS
from matchmaking import inquiries
from matchmaking.demo.offices import Desk
from matchmaking.inquiry_subjects import Subject
from matchmaking.models import Inquiry, TradeContact
from products.models import Product
from regions.models import Region


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One message. ``is_buyer``: its sender became a pair as a new business; ``closed`` says why not."""

    product: str
    sender: str
    region: str
    phone: str
    message: str
    company: str = ""
    email: str = ""
    quantity: int | None = None
    is_buyer: bool = False
    closed: str = ""


LETTERS = (
    Letter(
        product="Besek bambu oleh-oleh 18 × 18 cm",
        sender="Ibu K.",
        company="Dapur Hajatan Melati",
        region="33.72",
        phone="+62 812-7000-7905",
        quantity=1200,
        message="Untuk hajatan kami ingin memakai besek, bukan kotak nasi. Dapatkah dikirim tiap bulan?",
        is_buyer=True,
    ),
    Letter(
        product="Sepatu pantofel pria kulit sapi “Wira”",
        sender="Bapak T.",
        company="Hotel Bukit Contoh",
        region="33.74",
        phone="+62 812-7000-7902",
        quantity=80,
        message="Untuk seragam resepsionis. Dapatkah kaki pegawai diukur di tempat kami?",
    ),
    Letter(
        product="Abon sapi asli 250 g",
        sender="Ibu W.",
        region="34.71",
        phone="+62 812-7000-7903",
        email="pembeli.abon@contoh.test",
        message="Saya membuka kios di dekat kampus. Bolehkah titip jual dua dus dahulu?",
    ),
    Letter(
        product="Angklung suvenir satu oktaf",
        sender="Bapak S.",
        company="SD Contoh Harapan",
        region="32.04",
        phone="+62 812-7000-7904",
        quantity=30,
        message="Untuk pentas kelas lima bulan depan.",
        closed="Pembeli satu kabupaten, sudah dihubungkan langsung dengan penjual.",
    ),
)


def receive_letters(contact: TradeContact, desks: dict[str, Desk], today: date) -> list[Inquiry]:
    """Receive every letter, and let the seller's office handle those that it has handled."""
    officers = {desk.office.pk: desk.officer for desk in desks.values()}
    received = []
    for letter in LETTERS:
        inquiry = _receive(letter)
        officer = officers[inquiry.business.office_id]
        if letter.is_buyer:
            inquiries.turn_into_pair(
                actor=officer, inquiry=inquiry, trade_contact=contact, buyer=None, today=today
            )
        if letter.closed:
            inquiries.close_inquiry(actor=officer, inquiry=inquiry, reason=letter.closed)
        received.append(inquiry)
    return received


def _receive(letter: Letter) -> Inquiry:
    """Send a letter through the public form, without the mail that would follow."""
    product = Product.objects.select_related("business", "unit").get(name=letter.product)
    inquiry, _is_new = inquiries.send_inquiry(
        actor=ANONYMOUS,
        subject=Subject(product.business, product=product),
        form_token=uuid.uuid4(),
        sender={
            "sender_name": letter.sender,
            "company": letter.company,
            "region": Region.objects.get(code=letter.region),
            "phone": letter.phone,
            "email": letter.email,
            "quantity": letter.quantity,
            "message": letter.message,
            "may_be_listed": True,
        },
        network="",
        now=timezone.now(),
        tell=lambda _inquiry_id: None,
    )
    return inquiry
