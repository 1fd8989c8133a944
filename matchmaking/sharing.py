"""How a public application link travels: the message, the address, the QR code."""

from urllib.parse import quote

import qrcode
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from qrcode.image.svg import SvgPathImage

from matchmaking.models import Curation
from tradecontact.templatetags.tradecontact_tags import tanggal

# To businesses, so Indonesian whatever the officer reads.
MESSAGE = (
    "{office} membuka pendaftaran peserta {contact}. Daftar dari HP dalam beberapa menit, tanpa akun, "
    "sampai {day}. Semua pendaftar dinilai dengan kriteria yang sama.\n{address}"
)


def application_message(curation: Curation, token: str) -> tuple[str, str]:
    """Return the text to send and the address in it."""
    address = settings.PUBLIC_URL + reverse("matchmaking:application_new", args=[token])
    delegation = curation.delegation
    with override("id"):
        day = tanggal(curation.closes_on)
    values = {"office": delegation.office.name, "contact": delegation.trade_contact.title}
    return MESSAGE.format(**values, day=day, address=address), address


def whatsapp_to_anybody(message: str) -> str:
    """Return an address that opens WhatsApp with the message; the sender picks who gets it."""
    return f"https://wa.me/?text={quote(message)}"


def as_qr(address: str) -> SafeString:
    """Draw an address as a QR code: an SVG without style or script, black on white."""
    drawing = qrcode.make(address, image_factory=SvgPathImage).to_string(encoding="unicode")
    return mark_safe(drawing)  # noqa: S308 - drawn here, the address is only dots in it
