"""What is told about inquiries from strangers; none of it names the sender."""

from django.utils.translation import gettext_lazy as _

from outbox.wording import MessageTexts

TEXTS = {
    "inquiry_received": MessageTexts(
        title=_("Pernyataan minat baru, kepada petugas"),
        subject={
            "id": "[Tradecontact] Pernyataan minat baru {nomor}",
            "en": "[Tradecontact] New inquiry {nomor}",
        },
        body={
            "id": "Ada yang berminat pada {produk} dari {usaha}.\n\n"
            "Buka untuk membaca pesannya dan menjadikannya pasangan usaha:\n{alamat}\n",
            "en": "Somebody is interested in {produk} of {usaha}.\n\n"
            "Open it to read the message and to make a pair of it:\n{alamat}\n",
        },
        needed=("alamat",),
    ),
    "inquiry_to_supply": MessageTexts(
        title=_("Calon pemasok lewat formulir, kepada petugas"),
        subject={
            "id": "[Tradecontact] Calon pemasok {nomor}",
            "en": "[Tradecontact] Possible supplier {nomor}",
        },
        body={
            "id": "Ada yang bisa memasok kebutuhan {usaha}: {produk}.\n\n"
            "Buka untuk membaca pesannya dan menjadikannya pasangan usaha:\n{alamat}\n",
            "en": "Somebody can supply what {usaha} looks for: {produk}.\n\n"
            "Open it to read the message and to make a pair of it:\n{alamat}\n",
        },
        needed=("alamat",),
    ),
    "inquiry_for_seller": MessageTexts(
        title=_("Pernyataan minat baru, kepada pelaku usaha"),
        subject={
            "id": "[Tradecontact] Ada minat untuk usaha Anda: {nomor}",
            "en": "[Tradecontact] Somebody is interested: {nomor}",
        },
        body={
            "id": "Ada pernyataan minat baru {nomor}: {produk}.\n\n"
            "Buka tautan pribadi usaha Anda, bagian Minat, untuk membaca pesannya dan menjawab. "
            "Tautannya tidak ada lagi? Mintalah yang baru kepada {dinas}.\n",
            "en": "There is a new inquiry {nomor}: {produk}.\n\n"
            "Open the personal link of your business to read it and to answer. "
            "No link any more? Ask {dinas} for a new one.\n",
        },
        needed=("nomor",),
    ),
    "inquiry_receipt": MessageTexts(
        title=_("Tanda terima pernyataan minat, kepada pengirim"),
        subject={
            "id": "[Tradecontact] Tanda terima {nomor}",
            "en": "[Tradecontact] Receipt {nomor}",
        },
        body={
            "id": "Minat Anda pada {produk} ({usaha}) sudah diterima dengan nomor {nomor}.\n\n"
            "Lihat tanda terimanya, atau tarik minat ini dan hapus data Anda:\n{alamat}\n\n"
            "Bukan Anda yang mengirim? Tarik lewat alamat yang sama.\n",
            "en": "Your interest in {produk} ({usaha}) has been received as {nomor}.\n\n"
            "See the receipt, or withdraw it and erase your data:\n{alamat}\n\n"
            "It was not you? Withdraw it at the same address.\n",
        },
        needed=("alamat",),
    ),
    "inquiry_withdrawn": MessageTexts(
        title=_("Pernyataan minat ditarik, kepada petugas"),
        subject={
            "id": "[Tradecontact] Pernyataan minat {nomor} ditarik",
            "en": "[Tradecontact] Inquiry {nomor} withdrawn",
        },
        body={
            "id": "Pengirim menarik pernyataan minat {nomor} kepada {usaha}. Datanya sudah dihapus dari "
            "portal; hapus juga catatan Anda sendiri dan jangan hubungi lagi.\n\n{alamat}\n",
            "en": "The sender has withdrawn inquiry {nomor} to {usaha}. The data is erased from the "
            "portal; erase your own notes, too, and do not contact the sender again.\n\n{alamat}\n",
        },
        needed=("nomor",),
    ),
}
