"""The daily e-mail about what waits in an inbox: public names only, since others read mail too."""

from django.utils.translation import gettext_lazy as _

from outbox.wording import MessageTexts

TEXTS = {
    "digest_office": MessageTexts(
        title=_("Ringkasan kotak masuk, kepada petugas"),
        subject={
            "id": "[Tradecontact] Baru di kotak masuk: {jumlah}",
            "en": "[Tradecontact] New in your inbox: {jumlah}",
        },
        body={
            "id": "Yang baru menunggu {dinas}:\n\n{daftar}\n\nSemuanya ada di kotak masuk:\n{alamat}\n\n"
            "Tidak mau menerima ringkasan ini lagi? Buka:\n{berhenti}\n",
            "en": "New, and waiting for {dinas}:\n\n{daftar}\n\nEverything is in your inbox:\n{alamat}\n\n"
            "No more of these e-mails? Open:\n{berhenti}\n",
        },
        needed=("alamat", "berhenti"),
    ),
    "digest_business": MessageTexts(
        title=_("Ringkasan kotak masuk, kepada pelaku usaha"),
        subject={
            "id": "[Tradecontact] Menunggu {usaha}: {jumlah} hal baru",
            "en": "[Tradecontact] Waiting for {usaha}, new: {jumlah}",
        },
        body={
            "id": "Yang baru menunggu {usaha}:\n\n{daftar}\n\nBuka tautan pribadi Anda, lalu pilih Kotak "
            "masuk. Tautannya tidak ada lagi? Mintalah yang baru kepada {dinas}.\n\n"
            "Tidak mau menerima ringkasan ini lagi? Buka:\n{berhenti}\n",
            "en": "New, and waiting for {usaha}:\n\n{daftar}\n\nOpen your personal link and choose Inbox. "
            "No link any more? Ask {dinas} for a new one.\n\n"
            "No more of these e-mails? Open:\n{berhenti}\n",
        },
        needed=("berhenti",),
    ),
}
