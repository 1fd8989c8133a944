"""What can be wrong with a list: one kind per problem, with the cell and what to enter instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """The code of a problem, as scripts read it."""

    INVALID_NIB = "invalid_nib"
    MISSING_PRICE = "missing_price"
    INVALID_PRICE = "invalid_price"
    INVALID_PHONE = "invalid_phone"
    SEVERAL_PHONES = "several_phones"
    INVALID_EMAIL = "invalid_email"
    INVALID_DATE = "invalid_date"
    INVALID_NUMBER = "invalid_number"
    INVALID_CERTIFICATE = "invalid_certificate"
    UNKNOWN_CERTIFICATE = "unknown_certificate"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_SIZE = "unknown_size"
    UNKNOWN_ANSWER = "unknown_answer"
    UNIT_MISMATCH = "unit_mismatch"
    MISSING_NAME = "missing_name"
    MISSING_COLUMN = "missing_column"
    CONFLICTING_VALUE = "conflicting_value"
    REPEATED_ITEM = "repeated_item"
    TOO_LONG = "too_long"
    INCOMPLETE_TIER = "incomplete_tier"
    REPEATED_TIER = "repeated_tier"
    UNKNOWN_AREA = "unknown_area"
    UNKNOWN_FREQUENCY = "unknown_frequency"
    UNKNOWN_BUSINESS = "unknown_business"
    MISSING_PHOTO = "missing_photo"
    INVALID_PHOTO = "invalid_photo"
    PHOTOS_WITHOUT_ZIP = "photos_without_zip"
    OTHER_REGION = "other_region"


MESSAGES: dict[str, str | Promise] = {
    "invalid_nib": _("NIB “%(value)s” bukan 13 angka. Isi 13 angka seperti tertulis di OSS, atau kosongkan."),
    "other_region": _(
        "“%(business)s” dari %(region)s, bukan daerah dinas ini, jadi tidak diimpor. Hapus baris ini;"
        " dinas di sana yang mengimpornya."
    ),
    "missing_price": _("Harga “%(product)s” belum diisi. Isi rupiah penuh, mis. 134.100."),
    "invalid_price": _("“%(value)s” bukan harga. Isi rupiah penuh, mis. 134.100."),
    "invalid_price.range": _("“%(value)s” menyebut lebih dari satu harga. Isi satu harga, mis. 134.100."),
    "invalid_price.positive": _("Harga “%(value)s” tidak lebih dari Rp0. Isi rupiah penuh, mis. 134.100."),
    "invalid_price.fraction": _(
        "Harga “%(value)s” bukan rupiah penuh. Bila maksudnya ribuan, isi tanpa koma, mis. 134100."
    ),
    "invalid_price.large": _("Harga “%(value)s” terlalu besar. Isi harga untuk satu satuan, mis. 134.100."),
    "invalid_phone": _("“%(value)s” bukan nomor telepon. Isi nomor lengkap, mis. 0812 3456 7890."),
    "several_phones": _(
        "“%(value)s” memuat lebih dari satu nomor; yang pertama dipakai. Tulis satu nomor saja."
    ),
    "invalid_email": _("“%(value)s” bukan alamat e-mail. Isi mis. usaha@contoh.id."),
    "invalid_date": _("“%(value)s” bukan tanggal. Isi mis. 12/03/2001 (hari/bulan/tahun) atau 2001."),
    "invalid_date.year": _(
        "Tahun pada “%(value)s” tidak jelas. Isi tahun dengan empat angka, mis. 12/03/2001."
    ),
    "invalid_date.future": _("Tanggal “%(value)s” masih di masa depan. Isi tanggal usaha mulai berdiri."),
    "invalid_number": _("“%(value)s” bukan jumlah. Isi satu angka, mis. 1.200."),
    "invalid_number.range": _("“%(value)s” menyebut lebih dari satu angka. Isi satu angka, mis. 1.200."),
    "invalid_number.positive": _("“%(value)s” tidak lebih dari 0. Isi angka lebih dari 0, atau kosongkan."),
    "invalid_number.fraction": _("“%(value)s” bukan angka bulat. Isi angka bulat, mis. 1.200."),
    "invalid_number.large": _("“%(value)s” terlalu besar. Isi angka yang wajar, mis. 1.200."),
    "invalid_number.days": _("“%(value)s” bukan jumlah hari kerja. Isi 1 sampai 365, mis. 14."),
    "invalid_number.period": _("“%(value)s” bukan jumlah per bulan. Isi jumlah per bulan, mis. 1.200."),
    "invalid_certificate": _(
        "Nomor %(certificate)s “%(value)s” tidak seperti biasanya. Periksa nomornya; isi mis. %(example)s."
    ),
    "unknown_certificate": _("Sertifikat “%(value)s” tidak dikenal. Isi P-IRT, BPOM, halal atau SNI."),
    "unknown_category": _(
        "Kategori “%(value)s” tidak dikenal, jadi “%(product)s” tidak diimpor. Isi salah satu: %(known)s."
    ),
    "unknown_category.empty": _(
        "“%(product)s” belum mempunyai kategori dan tidak diimpor. Isi salah satu: %(known)s."
    ),
    "unknown_category.guessed": _(
        "Kategori “%(value)s” tidak dikenal; “%(product)s” digolongkan menurut namanya."
        " Bila keliru, isi salah satu: %(known)s."
    ),
    "unknown_unit": _("Satuan “%(value)s” tidak dikenal. Isi mis. buah, pasang, lembar, meter atau kg."),
    "unknown_size": _("Skala usaha “%(value)s” tidak dikenal. Isi mikro, kecil atau menengah."),
    "unknown_answer": _("“%(value)s” bukan ya atau tidak. Isi ya atau tidak."),
    "unit_mismatch": _(
        "Satuan “%(value)s” berbeda dari satuan produk (%(unit)s). Isi jumlah dalam %(unit)s."
    ),
    "missing_name": _("Nama usaha belum diisi. Isi nama usaha di sel ini."),
    "missing_name.product": _("Nama produk belum diisi. Isi nama produk di sel ini."),
    "missing_name.need": _("Kebutuhan belum diisi. Tulis barang atau jasa yang dicari di sel ini."),
    "missing_column": _("Kolom nama usaha tidak ditemukan. Pilih kolom yang memuat nama usaha."),
    "conflicting_value": _(
        "“%(value)s” berbeda dari isi pertama usaha ini (“%(first)s”), yang dipakai. Samakan isinya."
    ),
    "repeated_item": _("“%(value)s” tertulis dua kali untuk usaha yang sama. Hapus salah satu barisnya."),
    "incomplete_tier": _(
        "Harga bertingkat ini belum lengkap. Isi jumlah mulainya dan harganya, atau kosongkan keduanya."
    ),
    "repeated_tier": _("Jumlah “%(value)s” sudah mempunyai harga. Isi jumlah lain yang lebih besar."),
    "unknown_area": _("Wilayah “%(value)s” tidak dikenal. Isi satu provinsi, kabupaten, atau kota."),
    "unknown_frequency": _("“%(value)s” bukan seberapa sering. Isi per bulan atau sekali."),
    "invalid_date.order": _(
        "Tanggal “%(value)s” lebih awal dari tanggal mulai dibutuhkan. Betulkan salah satunya."
    ),
    "invalid_date.day": _("“%(value)s” bukan tanggal lengkap. Isi hari, bulan, dan tahun, mis. 31/12/2026."),
    "unknown_business": _(
        "“%(value)s” tidak ada di lembar %(sheet)s. Tulis usahanya di sana, atau samakan namanya."
    ),
    "missing_photo": _("Foto “%(value)s” tidak ada di dalam ZIP. Masukkan berkasnya, atau betulkan namanya."),
    "missing_photo.whose": _(
        "Foto “%(value)s” cocok dengan lebih dari satu produk. Tulis nama berkasnya di kolom Foto."
    ),
    "invalid_photo.large": _("Foto “%(value)s” lebih besar dari 8 MB. Perkecil dahulu, lalu unggah lagi."),
    "invalid_photo.kind": _("“%(value)s” bukan foto JPEG, PNG, atau WebP. Ganti berkasnya."),
    "photos_without_zip": _(
        "Nama foto terbaca, tetapi fotonya tidak ikut. Unggah buku kerja ini bersama fotonya di dalam ZIP."
    ),
    "too_long": _("Isi sel ini lebih dari %(limit)s huruf dan dipotong. Tulis lebih pendek."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One doubt about one cell. ``variant`` picks a closer message of the same kind."""

    cell: str
    kind: Kind
    variant: str = ""
    params: dict[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong and what to enter, in the reader's language."""
        key = f"{self.kind}.{self.variant}" if self.variant else str(self.kind)
        return str(MESSAGES[key]) % self.params


class CellProblem(ValueError):
    """A value that cannot be read, or only in part (``usable``); the caller knows the cell."""

    def __init__(self, kind: Kind, variant: str = "", *, usable: Any = None, **params: str) -> None:
        super().__init__(kind, variant, params)
        self.usable = usable
        self.kind = kind
        self.variant = variant
        self.params = params


REFUSALS: dict[str, str | Promise] = {
    "empty": _("Berkas ini kosong. Pilih berkas Excel (.xlsx) yang berisi daftar."),
    "too_large": _("Berkas ini lebih dari 10 MB. Hapus gambar di dalamnya, lalu simpan kembali."),
    "old_excel": _(
        "Ini berkas Excel lama (.xls). Buka di Excel, lalu simpan sebagai Excel Workbook (.xlsx)."
    ),
    "password": _("Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus kata sandinya, lalu simpan."),
    "binary_excel": _("Ini berkas Excel biner (.xlsb). Simpan sebagai Excel Workbook (.xlsx)."),
    "macros": _("Berkas ini memuat makro (.xlsm). Simpan sebagai Excel Workbook (.xlsx) tanpa makro."),
    "csv": _("Ini berkas teks (CSV). Buka di Excel, lalu simpan sebagai Excel Workbook (.xlsx)."),
    "html": _(
        "Ini halaman web yang dinamai Excel. Buka di Excel, lalu simpan sebagai Excel Workbook (.xlsx)."
    ),
    "opendocument": _("Ini berkas LibreOffice (.ods). Pilih Simpan Sebagai, lalu jenis Excel (.xlsx)."),
    "other": _("Ini bukan berkas Excel. Pilih daftar yang disimpan sebagai Excel Workbook (.xlsx)."),
    "damaged": _("Berkas ini rusak. Buka di Excel, simpan kembali sebagai .xlsx, lalu unggah lagi."),
    "bomb": _(
        "Isi berkas ini jauh lebih besar dari ukurannya. Salin daftarnya ke berkas baru, lalu unggah lagi."
    ),
    "nested": _("Ada berkas lain di dalam berkas ini. Hapus berkas yang disisipkan, lalu simpan kembali."),
    "entities": _("Berkas ini memuat perintah XML yang tidak dibaca. Salin daftarnya ke berkas baru."),
    "too_many_sheets": _("Berkas ini memuat lebih dari %(limit)s lembar. Simpan lembar daftarnya saja."),
    "too_many_rows": _(
        "Lembar ini memuat lebih dari %(limit)s baris. Bagi daftarnya menjadi beberapa berkas."
    ),
    "too_many_columns": _("Lembar ini memuat lebih dari %(limit)s kolom. Simpan kolom daftarnya saja."),
    "zip_too_large": _(
        "ZIP ini lebih dari 40 MB. Bagi fotonya menjadi beberapa ZIP dengan buku kerja yang sama."
    ),
    "zip_too_many": _("ZIP ini memuat lebih dari %(limit)s foto. Bagi fotonya menjadi beberapa ZIP."),
    "zip_names": _("Nama berkas di dalam ZIP ini menunjuk ke luar ZIP. Buat ZIP baru dari folder fotonya."),
    "zip_password": _("ZIP ini dikunci dengan kata sandi. Buat ZIP baru tanpa kata sandi."),
    "zip_bomb": _("Isi ZIP ini jauh lebih besar dari ukurannya. Buat ZIP baru dari foto aslinya."),
    "zip_nested": _("Di dalam ZIP ini ada ZIP lain (%(name)s). Keluarkan isinya, lalu buat satu ZIP."),
    "zip_other": _("ZIP berisi satu buku kerja .xlsx dan foto saja. Keluarkan %(name)s, lalu unggah lagi."),
    "zip_workbooks": _("Di dalam ZIP ini ada lebih dari satu buku kerja. Sisakan satu .xlsx saja."),
    "zip_no_workbook": _(
        "Di dalam ZIP ini belum ada buku kerja. Masukkan daftarnya (.xlsx) bersama fotonya."
    ),
    "zip_twice": _("Ada dua foto bernama %(name)s di dalam ZIP ini. Beri nama yang berbeda."),
    "no_header": _(
        "Baris judul kolom tidak ditemukan. Tulis judul seperti “Nama Usaha”, “NIB”, “Nama Produk”"
        " di atas daftar, atau pakai templat."
    ),
    "no_rows": _("Daftar ini belum berisi pelaku usaha. Isi baris di bawah judul kolom, lalu unggah lagi."),
}


class UnreadableFile(ValueError):
    """A file that is refused as a whole, with a sentence that says what to do."""

    def __init__(self, reason: str, **params: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params

    @property
    def message(self) -> str:
        return str(REFUSALS[self.reason]) % self.params
