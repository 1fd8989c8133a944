"""What businesses and visitors asked to be told: certificates that run out, and saved searches."""

from django.utils.translation import gettext_lazy as _

from outbox.wording import MessageTexts

TEXTS = {
    "certificate_ends": MessageTexts(
        title=_("Sertifikat hampir habis, kepada pelaku usaha"),
        subject={
            "id": "[Tradecontact] Sertifikat {jenis} berlaku sampai {hari}",
            "en": "[Tradecontact] The {jenis} certificate is valid until {hari}",
        },
        body={
            "id": "Sertifikat {jenis} {nomor} untuk {pemilik} berlaku sampai {hari}.\n{peringatan}\n\n"
            "Sesudah tanggal itu sertifikat ini tampil sebagai kedaluwarsa, dan tidak dihitung lagi "
            "ketika mitra dicarikan. Sesudah diperpanjang, tulis nomor dan tanggal yang baru lewat "
            "tautan pribadi Anda. Tautannya tidak ada lagi? Mintalah yang baru kepada {dinas}.\n",
            "en": "The certificate {jenis} {nomor} of {pemilik} is valid until {hari}.\n{peringatan}\n\n"
            "After that day it is shown as expired, and no longer counts when partners are looked for. "
            "Once it is renewed, enter the new number and date through your personal link. "
            "No link any more? Ask {dinas} for a new one.\n",
        },
        needed=("jenis", "hari"),
    ),
    "search_confirmation": MessageTexts(
        title=_("Konfirmasi pencarian tersimpan"),
        subject={
            "id": "[Tradecontact] Konfirmasi kabar pencarian",
            "en": "[Tradecontact] Confirm your search alerts",
        },
        body={
            "id": "Seseorang, mungkin Anda, meminta kabar lewat e-mail tentang yang baru di {papan}.\n\n"
            "Buka untuk melihat pencariannya dan mengonfirmasi:\n{alamat}\n\n"
            "Bila bukan Anda, abaikan pesan ini. Alamat ini dihapus sesudah 7 hari.\n",
            "en": "Somebody, perhaps you, asked for alerts by e-mail about new entries in the {papan}.\n\n"
            "Open to see the search and to confirm:\n{alamat}\n\n"
            "If it was not you, ignore this message. The address is erased after 7 days.\n",
        },
        needed=("alamat",),
        is_of_an_office=False,
    ),
    "search_alert": MessageTexts(
        title=_("Kabar pencarian tersimpan"),
        subject={
            "id": "[Tradecontact] {jumlah} yang baru untuk pencarian Anda",
            "en": "[Tradecontact] {jumlah} new for your searches",
        },
        body={
            "id": "{daftar}\nAtur atau hentikan kabar ini:\n{alamat}\n",
            "en": "{daftar}\nChange or end these alerts:\n{alamat}\n",
        },
        needed=("daftar", "alamat"),
        is_of_an_office=False,
    ),
}
