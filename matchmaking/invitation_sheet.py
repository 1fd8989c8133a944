"""The printed invitations: one A5 half page a business, with the QR code of its personal link."""

from collections.abc import Iterable
from typing import Any

import qrcode
from django.utils.translation import gettext as _
from django.utils.translation import override
from qrcode.image.svg import SvgPathImage

from matchmaking.models import TradeContact
from matchmaking.sending import Prepared
from tradecontact.templatetags.tradecontact_tags import tanggal

TEMPLATE = "invitations.typ"


def sheet_of(trade_contact: TradeContact, invitations: Iterable[Prepared]) -> dict[str, Any]:
    """Return the values of ``templates/pdf/invitations.typ``; each card in the language of its business."""
    day = ""
    if trade_contact.starts_on:
        with override("id"):
            day = tanggal(trade_contact.starts_on)
    return {
        "contact": trade_contact.title,
        "day": day,
        "place": trade_contact.place,
        "cards": [_card(prepared) for prepared in invitations],
    }


def _card(prepared: Prepared) -> dict[str, str]:
    business = prepared.business
    with override(business.language):
        words = {"day": tanggal(prepared.invitation.link.expires_at), "name": business.name}
        return {
            "language": business.language,
            "name": business.name,
            "office": business.office.name,
            "do": _(
                "Arahkan kamera HP ke kode ini, lihat calon mitra, lalu jawab Mau, Tidak, atau Jam lain."
            ),
            "keep": _("Hanya untuk %(name)s. Tanpa akun, berlaku sampai %(day)s.") % words,
            "address": prepared.address,
            "qr": qrcode.make(prepared.address, image_factory=SvgPathImage).to_string(encoding="unicode"),
        }
