"""The question that both sides of a pair get a week, a month, a quarter and half a year afterwards."""

from django.utils.translation import gettext_lazy as _

from outbox.wording import MessageTexts

TEXTS = {
    "follow_up": MessageTexts(
        title=_("Tindak lanjut, kepada pelaku usaha"),
        subject={
            "id": "Bagaimana kelanjutannya dengan {mitra}?",
            "en": "How is it going with {mitra}?",
        },
        body={
            "id": "Selamat pagi, {usaha}. Anda dan {mitra} dipertemukan di {kontak}. Masih jalan, sudah ada "
            "pesanan, atau berhenti? Jawab dengan satu ketukan, tanpa akun, sampai {sampai}. "
            "Tautan ini hanya untuk Anda, jangan diteruskan.\n{alamat}\n\n{dinas}\n",
            "en": "Good morning, {usaha}. You and {mitra} were brought together in {kontak}. Is it still "
            "going on, is there an order, or has it stopped? One tap answers, no account needed, "
            "until {sampai}. This link is for you alone, please do not pass it on.\n{alamat}\n\n{dinas}\n",
        },
        needed=("alamat", "mitra"),
    ),
}
