"""What officers and applicants are told: links and public names only, since others read mail too."""

from django.utils.translation import gettext_lazy as _

from outbox.wording import MessageTexts

TEXTS = {
    "supply_offered": MessageTexts(
        title=_("Tawaran memasok, kepada petugas"),
        subject={
            "id": "[Tradecontact] Tawaran memasok untuk {pembeli}",
            "en": "[Tradecontact] An offer to supply {pembeli}",
        },
        body={
            "id": "{pemasok} menyatakan bisa memasok {pembeli}.\n\nBuka tawarannya:\n{alamat}\n",
            "en": "{pemasok} says that it can supply {pembeli}.\n\nOpen the offer:\n{alamat}\n",
        },
        needed=("alamat",),
    ),
    "application_news": MessageTexts(
        title=_("Kabar pendaftaran, kepada pendaftar"),
        subject={
            "id": "[Tradecontact] Kabar pendaftaran {nomor}",
            "en": "[Tradecontact] News of application {nomor}",
        },
        body={
            "id": "Ada kabar tentang pendaftaran {usaha} untuk {kontak}.\n\n{tempat}\n",
            "en": "There is news of the application of {usaha} for {kontak}.\n\n{tempat}\n",
        },
        needed=("tempat",),
    ),
}
