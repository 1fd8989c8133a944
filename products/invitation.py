"""The message that carries a personal link to its business."""

from datetime import datetime

from django.utils.translation import override

from products.models import Business
from tradecontact.templatetags.tradecontact_tags import tanggal

# To a business, so Indonesian whatever the officer reads.
INVITATION = (
    "Selamat pagi, {business}. Ini tautan pribadi usaha Anda dari {office}: lihat calon mitra dan "
    "alasannya, lalu jawab Mau, Tidak, atau Jam lain. Produk dan kebutuhan Anda juga dapat diperbaiki "
    "di sana. Tanpa akun, berlaku sampai {day}. Jangan diteruskan kepada orang lain.\n{address}"
)


def invitation(business: Business, address: str, expires_at: datetime) -> str:
    """Return the text to send; ``business`` comes with its office."""
    with override("id"):
        day = tanggal(expires_at)
    return INVITATION.format(business=business.name, office=business.office.name, day=day, address=address)
