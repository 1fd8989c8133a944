"""What goes with a commitment: the other side's word is asked for, and officers hear when it says no."""

from django.utils.translation import gettext_lazy as _

from outbox.wording import MessageTexts

TEXTS = {
    "commitment_ask": MessageTexts(
        title=_("Konfirmasi komitmen, kepada pelaku usaha"),
        subject={
            "id": "Benarkah? {tingkat} {nilai} antara {penjual} dan {pembeli}",
            "en": "Is this right? {tingkat} {nilai} between {penjual} and {pembeli}",
        },
        body={
            "id": "Tercatat: {penjual} menjual {barang} kepada {pembeli}, {tingkat} {nilai}, {hari}. "
            "Benarkah menurut {usaha}? Jawab dalam 20 detik, tanpa akun:\n{alamat}\n"
            "Tautan ini hanya untuk Anda. Jangan diteruskan kepada orang lain.\n",
            "en": "On record: {penjual} sells {barang} to {pembeli}, {tingkat} {nilai}, {hari}. "
            "Is this right for {usaha}? Answer in 20 seconds, no account needed:\n{alamat}\n"
            "This link is for you alone. Please do not pass it on.\n",
        },
        needed=("alamat", "nilai"),
    ),
    "commitment_ask_office": MessageTexts(
        title=_("Komitmen menunggu konfirmasi, kepada petugas"),
        subject={
            "id": "[Tradecontact] {usaha} diminta mengonfirmasi {tingkat}",
            "en": "[Tradecontact] {usaha} is asked to confirm: {tingkat}",
        },
        body={
            "id": "{penjual} – {pembeli}: {tingkat} menunggu kata {usaha}.\n\nBuka catatannya:\n{alamat}\n",
            "en": "{penjual} – {pembeli}: {tingkat} waits for the word of {usaha}.\n\n"
            "Open the record:\n{alamat}\n",
        },
        needed=("alamat",),
    ),
    "commitment_answered_office": MessageTexts(
        title=_("Komitmen tidak disetujui seperti tertulis, kepada petugas"),
        subject={
            "id": "[Tradecontact] {usaha}: {jawaban}",
            "en": "[Tradecontact] {usaha}: {jawaban}",
        },
        body={
            "id": "{usaha} menjawab “{jawaban}” tentang {tingkat} antara {penjual} dan {pembeli}.\n\n"
            "Buka catatannya:\n{alamat}\n",
            "en": "{usaha} answered “{jawaban}” about {tingkat} between {penjual} and {pembeli}.\n\n"
            "Open the record:\n{alamat}\n",
        },
        needed=("alamat",),
    ),
}
