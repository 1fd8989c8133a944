"""The columns of the portal's own workbook: what the template asks for and the export writes.

One list for both, so that whatever leaves the portal can come back through the import.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from products.excel.columns import TIER_FIELDS, Field

LIST_SHEET, NEED_SHEET = "Daftar", "Kebutuhan"
TIERS_IN_TEMPLATE = 3


class Choice(StrEnum):
    """Words to choose from in a cell."""

    CATEGORY = "category"
    LINE = "line"
    UNIT = "unit"
    AREA = "area"
    ANSWER = "answer"
    SIZE = "size"
    FREQUENCY = "frequency"
    CLAIM = "claim"
    CERTIFICATE = "certificate"


FIXED_CHOICES: dict[Choice, tuple[str, ...]] = {
    Choice.ANSWER: ("ya", "tidak"),
    Choice.SIZE: ("mikro", "kecil", "menengah"),
    Choice.FREQUENCY: ("per bulan", "sekali"),
    Choice.CLAIM: ("Ada", "Proses"),
    Choice.CERTIFICATE: ("P-IRT", "BPOM", "halal", "SNI", "P-IRT, halal", "BPOM, halal"),
}


@dataclass(frozen=True)
class ListColumn:
    """A title, how wide it stands, what to write beneath it, and words to choose from.

    ``is_text`` keeps Excel from cutting the zeros of a number; ``example`` stands in the template.
    """

    field: Field
    title: str
    width: int
    hint: str | Promise
    example: str | int = ""
    choices: Choice | None = None
    is_text: bool = False


F = Field
KEEP = _("Dari portal. Biarkan, supaya barisnya dikenali lagi; kosongkan untuk baris baru.")
BUSINESS_CODE = ListColumn(F.BUSINESS_CODE, "Kode portal usaha", 9, KEEP)
PRODUCT_CODE = ListColumn(F.PRODUCT_CODE, "Kode portal produk", 9, KEEP)
NEED_CODE = ListColumn(F.NEED_CODE, "Kode portal kebutuhan", 11, KEEP)

VERSION = ListColumn(F.VERSION, "Versi portal", 9, KEEP)  # hidden: what the file was made from

BUSINESS_COLUMNS = (
    ListColumn(
        F.BUSINESS_NAME, "Nama Usaha", 28, _("Wajib. Produk lain dari usaha yang sama di baris bawahnya."),
        "Contoh: Dapur Ibu Sari",
    ),
    ListColumn(F.BUSINESS_LINE, "Jenis Usaha", 20, _("Mis. toko oleh-oleh, hotel, produsen makanan."),
               "Produsen makanan", Choice.LINE),
    ListColumn(F.OWNER_NAME, "Nama Pemilik", 20, _("Tidak tampil untuk umum."), "Ibu Sari"),
    ListColumn(F.PHONE, "No. HP/WA", 18, _("Satu nomor, mis. 0812 3456 7890. Tidak tampil umum."),
               "0812 7000 0000", is_text=True),
    ListColumn(F.EMAIL, "E-mail", 22, _("Boleh kosong."), "sari@contoh.id"),
    ListColumn(F.NIB, "NIB", 16, _("13 angka seperti tertulis di OSS, atau kosong."), "9120000000000",
               is_text=True),
    ListColumn(F.DISTRICT, "Kecamatan", 16, _("Kecamatan tempat usaha."), "Soreang"),
    ListColumn(F.FOUNDED, "Tanggal Berdiri", 15, _("Mis. 12/03/2001 (hari/bulan/tahun) atau 2001."), 2001),
    ListColumn(F.SIZE, "Skala Usaha", 13, _("Mikro, kecil atau menengah."), "mikro", Choice.SIZE),
    ListColumn(F.STORY, "Cerita Usaha", 30, _("Beberapa kalimat tentang usaha ini; tampil untuk umum.")),
)  # fmt: skip

TIER_COLUMNS = tuple(
    column
    for number, (start, price) in enumerate(TIER_FIELDS, start=2)
    for column in (
        ListColumn(start, f"Mulai Jumlah {number}", 10,
                   _("Harga bertingkat: mulai berapa satuan harga di sebelahnya berlaku.")),
        ListColumn(price, f"Harga {number} (Rp)", 13, _("Harga untuk satu satuan mulai jumlah itu.")),
    )
)  # fmt: skip

PRODUCT_COLUMNS = (
    ListColumn(F.PRODUCT_NAME, "Nama Produk", 30, _("Satu produk tiap baris."), "Keripik singkong"),
    ListColumn(F.PRODUCT_CATEGORY, "Kategori Produk", 22, _("Pilih dari daftar."), "Kuliner",
               Choice.CATEGORY),
    ListColumn(F.PRODUCT_DESCRIPTION, "Keterangan Produk", 34, _("Ukuran, bahan, rasa; tampil untuk umum.")),
    ListColumn(F.PRICE, "Harga Produk (Rp)", 17, _("Rupiah penuh untuk satu satuan, mis. 134.100."), 13_400),
    ListColumn(F.PRODUCT_UNIT, "Satuan Produk", 14, _("Pilih dari daftar."), "bungkus", Choice.UNIT),
    *TIER_COLUMNS,
    ListColumn(F.MIN_ORDER, "Min. Order", 12, _("Pesanan paling sedikit, mis. 40."), 40),
    ListColumn(F.CAPACITY, "Kapasitas / bulan", 16, _("Yang sanggup dibuat tiap bulan, mis. 1.200."), 1_200),
    ListColumn(F.LEAD_TIME, "Waktu Pengerjaan (hari kerja)", 14, _("Dari pesanan sampai siap dikirim."), 7),
    ListColumn(F.CONSIGNMENT, "Titip Jual", 10, _("Ya bila produk boleh dititipjualkan."), "ya",
               Choice.ANSWER),
    ListColumn(F.PIRT, "No. P-IRT", 20, _("Nomor, “Ada”, “Proses”, atau kosong."), "Proses", Choice.CLAIM,
               is_text=True),
    ListColumn(F.BPOM, "No. BPOM", 20, _("Nomor, “Ada”, “Proses”, atau kosong."), "", Choice.CLAIM,
               is_text=True),
    ListColumn(F.HALAL, "Halal", 20, _("Nomor, “Ada”, “Proses”, atau kosong."), "Ada", Choice.CLAIM,
               is_text=True),
    ListColumn(F.SNI, "No. SNI", 18, _("Nomor, “Ada”, “Proses”, atau kosong."), "", Choice.CLAIM,
               is_text=True),
    ListColumn(F.BRAND, "No. Merek", 18, _("Nomor, “Ada”, “Proses”, atau kosong."), "", Choice.CLAIM,
               is_text=True),
    ListColumn(F.PRODUCT_CERTIFICATES, "Sertifikat Produk", 18, _("Sertifikat lain, mis. merek.")),
    ListColumn(F.PHOTOS, "Foto", 24,
               _("Nama berkas foto di dalam ZIP, mis. keripik.jpg; beberapa dipisah titik koma.")),
)  # fmt: skip

NEED_COLUMNS = (
    ListColumn(F.BUSINESS_NAME, "Nama Usaha", 28, _("Sama seperti di lembar Daftar."),
               "Contoh: Dapur Ibu Sari"),
    ListColumn(F.NEED_TEXT, "Kebutuhan", 36, _("Barang atau jasa yang dicari, satu tiap baris."),
               "Kotak kemasan kertas"),
    ListColumn(F.NEED_CATEGORY, "Kategori Kebutuhan", 22, _("Pilih dari daftar."), "Kemasan",
               Choice.CATEGORY),
    ListColumn(F.NEED_QUANTITY, "Jumlah Kebutuhan", 14, _("Yang dicari, mis. 1.000."), 1_000),
    ListColumn(F.NEED_UNIT, "Satuan Kebutuhan", 14, _("Pilih dari daftar."), "buah", Choice.UNIT),
    ListColumn(F.NEED_FREQUENCY, "Seberapa Sering", 13, _("Per bulan, atau sekali saja."), "per bulan",
               Choice.FREQUENCY),
    ListColumn(F.PRICE_CEILING, "Harga Maks (Rp)", 16, _("Harga tertinggi untuk satu satuan."), 2_500),
    ListColumn(F.NEED_CERTIFICATES, "Sertifikat wajib", 18, _("Mis. P-IRT, halal."), "",
               Choice.CERTIFICATE),
    ListColumn(F.NEED_AREA, "Pemasok dari", 22,
               _("Provinsi, kabupaten, atau kota asal pemasok; kosong bila dari mana saja."),
               "Jawa Barat", Choice.AREA),
    ListColumn(F.NEED_FROM, "Dibutuhkan mulai", 14, _("Tanggal, atau kosong."), ""),
    ListColumn(F.NEED_UNTIL, "Berlaku sampai", 14, _("Tanggal terakhir kebutuhan ini dicari, atau kosong.")),
)  # fmt: skip


def columns_of_template() -> tuple[ListColumn, ...]:
    """Return the columns of the first sheet to fill in: fewer prices than the import reads."""
    left_out = {field for pair in TIER_FIELDS[TIERS_IN_TEMPLATE - 1 :] for field in pair}
    return tuple(column for column in (*BUSINESS_COLUMNS, *PRODUCT_COLUMNS) if column.field not in left_out)
