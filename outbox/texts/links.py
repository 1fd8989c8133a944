"""What goes with a personal link, and what both sides and their officers hear when both said yes."""

from django.utils.translation import gettext_lazy as _

from outbox.wording import MessageTexts

TEXTS = {
    "invitation": MessageTexts(
        title=_("Undangan dengan tautan pribadi, kepada pelaku usaha"),
        subject={
            "id": "Undangan {kontak} untuk {usaha}",
            "en": "Invitation of {usaha} to {kontak}",
        },
        body={
            "id": "Selamat pagi, {usaha}. {dinas} mengundang Anda ke {kontak}. Lihat calon mitra dan "
            "alasannya, lalu jawab Mau, Tidak, atau Jam lain. Tanpa akun, berlaku sampai {sampai}. "
            "Jangan diteruskan kepada orang lain.\n{alamat}\n",
            "en": "Good morning, {usaha}. {dinas} invites you to {kontak}. See your possible partners and "
            "why they fit, then answer Yes, No, or Another time. No account needed, valid until {sampai}. "
            "Please do not pass it on.\n{alamat}\n",
        },
        needed=("alamat",),
    ),
    "both_yes": MessageTexts(
        title=_("Keduanya mau, kepada pelaku usaha"),
        subject={
            "id": "{mitra} juga mau bertemu Anda",
            "en": "{mitra} wants to meet you too",
        },
        body={
            "id": "{usaha} dan {mitra} sama-sama menjawab Mau di {kontak}. Nomor kontak mitra kini terbuka: "
            "buka tautan pribadi Anda, lalu pilih {mitra}.\n",
            "en": "{usaha} and {mitra} both answered Yes in {kontak}. Your partner's contact details are "
            "open now: open your personal link and choose {mitra}.\n",
        },
        needed=("mitra",),
    ),
    "both_yes_office": MessageTexts(
        title=_("Keduanya mau, kepada petugas"),
        subject={
            "id": "[Tradecontact] Keduanya mau: {usaha} dan {mitra}",
            "en": "[Tradecontact] Both said yes: {usaha} and {mitra}",
        },
        body={
            "id": "{usaha} dan {mitra} sama-sama menjawab Mau di {kontak}. Kontaknya terbuka bagi keduanya "
            "dan kedua dinas.\n\nBuka pasangannya:\n{alamat}\n",
            "en": "{usaha} and {mitra} both answered Yes in {kontak}. Their contact details are open to both "
            "and to both offices.\n\nOpen the pair:\n{alamat}\n",
        },
        needed=("alamat",),
    ),
}
