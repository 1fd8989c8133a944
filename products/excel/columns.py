"""What a header means: the fields a list can hold and the many ways offices title their columns."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from products.taxonomy import fold


class Field(StrEnum):
    """What a column holds, as scripts read it."""

    NUMBER = "row.number"
    IGNORED = "ignored"
    BUSINESS_CODE = "business.code"
    PRODUCT_CODE = "product.code"
    NEED_CODE = "need.code"
    VERSION = "row.version"
    BUSINESS_NAME = "business.name"
    BUSINESS_LINE = "business.line"
    OWNER_NAME = "business.owner_name"
    PHONE = "business.phone"
    EMAIL = "business.email"
    NIB = "business.nib"
    DISTRICT = "business.district"
    REGION = "business.region"
    FOUNDED = "business.founded"
    SIZE = "business.size"
    STORY = "business.story"
    PRODUCT_NAME = "product.name"
    PRODUCT_CATEGORY = "product.category"
    PRODUCT_DESCRIPTION = "product.description"
    PRICE = "product.price"
    FROM_2 = "product.from_2"
    PRICE_2 = "product.price_2"
    FROM_3 = "product.from_3"
    PRICE_3 = "product.price_3"
    FROM_4 = "product.from_4"
    PRICE_4 = "product.price_4"
    FROM_5 = "product.from_5"
    PRICE_5 = "product.price_5"
    FROM_6 = "product.from_6"
    PRICE_6 = "product.price_6"
    PRODUCT_UNIT = "product.unit"
    MIN_ORDER = "product.min_order"
    CAPACITY = "product.capacity"
    LEAD_TIME = "product.lead_time"
    CONSIGNMENT = "product.consignment"
    PIRT = "product.pirt"
    BPOM = "product.bpom"
    HALAL = "product.halal"
    SNI = "product.sni"
    BRAND = "product.brand"
    PRODUCT_CERTIFICATES = "product.certificates"
    PHOTOS = "product.photos"
    NEED_TEXT = "need.text"
    NEED_CATEGORY = "need.category"
    NEED_QUANTITY = "need.quantity"
    NEED_UNIT = "need.unit"
    PRICE_CEILING = "need.price_ceiling"
    NEED_CERTIFICATES = "need.certificates"
    NEED_FREQUENCY = "need.frequency"
    NEED_AREA = "need.area"
    NEED_FROM = "need.wanted_from"
    NEED_UNTIL = "need.open_until"


LABELS: dict[Field, str | Promise] = {
    Field.IGNORED: _("abaikan kolom ini"),
    Field.BUSINESS_CODE: _("kode usaha di portal"),
    Field.PRODUCT_CODE: _("kode produk di portal"),
    Field.NEED_CODE: _("kode kebutuhan di portal"),
    Field.VERSION: _("versi portal"),
    Field.BUSINESS_NAME: _("nama usaha"),
    Field.BUSINESS_LINE: _("jenis usaha"),
    Field.OWNER_NAME: _("nama pemilik"),
    Field.PHONE: _("nomor HP/WA"),
    Field.EMAIL: _("alamat e-mail"),
    Field.NIB: _("NIB"),
    Field.DISTRICT: _("kecamatan"),
    Field.REGION: _("daerah"),
    Field.FOUNDED: _("tanggal berdiri"),
    Field.SIZE: _("skala usaha"),
    Field.STORY: _("cerita usaha"),
    Field.PRODUCT_NAME: _("nama produk"),
    Field.PRODUCT_CATEGORY: _("kategori produk"),
    Field.PRODUCT_DESCRIPTION: _("keterangan produk"),
    Field.PRICE: _("harga produk"),
    Field.FROM_2: _("jumlah mulai harga ke-2"),
    Field.PRICE_2: _("harga ke-2"),
    Field.FROM_3: _("jumlah mulai harga ke-3"),
    Field.PRICE_3: _("harga ke-3"),
    Field.FROM_4: _("jumlah mulai harga ke-4"),
    Field.PRICE_4: _("harga ke-4"),
    Field.FROM_5: _("jumlah mulai harga ke-5"),
    Field.PRICE_5: _("harga ke-5"),
    Field.FROM_6: _("jumlah mulai harga ke-6"),
    Field.PRICE_6: _("harga ke-6"),
    Field.PRODUCT_UNIT: _("satuan produk"),
    Field.MIN_ORDER: _("pesanan minimum"),
    Field.CAPACITY: _("kapasitas per bulan"),
    Field.LEAD_TIME: _("waktu pengerjaan (hari kerja)"),
    Field.CONSIGNMENT: _("menerima titip jual"),
    Field.PIRT: _("nomor P-IRT"),
    Field.BPOM: _("nomor BPOM"),
    Field.HALAL: _("sertifikat halal"),
    Field.SNI: _("nomor SNI"),
    Field.BRAND: _("nomor merek"),
    Field.PRODUCT_CERTIFICATES: _("sertifikat produk"),
    Field.PHOTOS: _("nama berkas foto"),
    Field.NEED_TEXT: _("kebutuhan"),
    Field.NEED_CATEGORY: _("kategori kebutuhan"),
    Field.NEED_QUANTITY: _("jumlah yang dibutuhkan per bulan"),
    Field.NEED_UNIT: _("satuan kebutuhan"),
    Field.PRICE_CEILING: _("harga tertinggi"),
    Field.NEED_CERTIFICATES: _("sertifikat yang diwajibkan"),
    Field.NEED_FREQUENCY: _("seberapa sering dibutuhkan"),
    Field.NEED_AREA: _("wilayah pemasok"),
    Field.NEED_FROM: _("dibutuhkan mulai"),
    Field.NEED_UNTIL: _("kebutuhan berlaku sampai"),
}

F = Field
TIER_FIELDS = tuple((F(f"product.from_{number}"), F(f"product.price_{number}")) for number in range(2, 7))
"""Where the second to the sixth price of a product stands: from how many on, and how much."""

CERTIFICATE_FIELDS = {F.PIRT: "pirt", F.BPOM: "bpom", F.HALAL: "halal", F.SNI: "sni", F.BRAND: "brand"}

PHRASES: dict[tuple[Field, ...], str] = {
    (F.NUMBER,): "no, no urut, nomor, urut, nr",
    (F.IGNORED,): """
        nik, no nik, no ktp, ktp, nik pemilik, nomor induk kependudukan, tanda tangan, ttd, paraf,
        banyak produk, banyak kebutuhan, banyak pasangan, belum dijawab, keadaan produk
    """,
    (F.BUSINESS_CODE,): "kode portal usaha",
    (F.PRODUCT_CODE,): "kode portal produk",
    (F.NEED_CODE,): "kode portal kebutuhan",
    (F.VERSION,): "versi portal",
    (F.PHOTOS,): "foto, foto produk, nama berkas foto, berkas foto, gambar produk, photo, photos",
    (F.NEED_FREQUENCY,): "seberapa sering, frekuensi, frekuensi kebutuhan, frequency",
    (F.NEED_AREA,): """
        pemasok dari, wilayah pemasok, asal pemasok, daerah pemasok, pemasok dari wilayah, supplier area
    """,
    (F.NEED_FROM,): "dibutuhkan mulai, mulai dibutuhkan, dibutuhkan sejak, wanted from",
    (F.NEED_UNTIL,): """
        berlaku sampai, kebutuhan berlaku sampai, batas waktu, batas waktu kebutuhan, tenggat,
        dibutuhkan sampai, deadline
    """,
    (F.BUSINESS_NAME,): """
        nama usaha, usaha, nama pelaku usaha, pelaku usaha, nama umkm, umkm, nama ukm, nama ikm,
        nama perusahaan, perusahaan, nama toko, nama firma, nama badan usaha, nama usaha umkm,
        nama unit usaha, nama merek usaha, nama peserta, peserta, business name, business, company,
        company name, firm, name of business, nama instansi, nama pembeli, pembeli, nama buyer, buyer
    """,
    (F.BUSINESS_NAME, F.OWNER_NAME): "nama, name, nama lengkap",
    (F.BUSINESS_LINE,): """
        jenis usaha, bidang usaha, sektor usaha, kategori usaha, jenis umkm, bidang, line of business,
        type of business, business type, kelompok usaha
    """,
    (F.OWNER_NAME,): """
        nama pemilik, pemilik, pemilik usaha, nama pemilik usaha, nama pengusaha, pengusaha, owner,
        owner name, penanggung jawab, nama penanggung jawab, pimpinan, nama pimpinan, contact person,
        narahubung, nama narahubung, pic, nama pic, direktur
    """,
    (F.PHONE,): """
        telepon, no telepon, nomor telepon, hp, no hp, wa, no wa, whatsapp, no whatsapp, hp wa, no hp wa,
        no telepon hp, telepon hp, telp, no telp hp wa, kontak, no kontak, nomor kontak, ponsel, phone,
        phone number, mobile, no hp pemilik, telepon usaha, kontak hp, kontak wa, contact,
        contact number, no hp whatsapp, nomor yang bisa dihubungi, no yang bisa dihubungi
    """,
    (F.EMAIL,): "email, e mail, alamat email, alamat e mail, surel, email usaha, email address",
    (F.NIB,): """
        nib, no nib, nomor induk berusaha, nomor nib, nib oss, no induk berusaha,
        nib nomor induk berusaha, business identification number
    """,
    (F.DISTRICT,): """
        kecamatan, nama kecamatan, kecamatan usaha, district, alamat kecamatan, wilayah kecamatan
    """,
    (F.REGION,): """
        daerah, daerah usaha, asal daerah, region
    """,
    (F.FOUNDED,): """
        tanggal berdiri, tanggal usaha berdiri, tahun berdiri, berdiri, berdiri sejak, mulai usaha,
        tahun mulai usaha, tanggal mulai usaha, sejak, sejak tahun, tanggal pendirian, tahun pendirian,
        founded, tahun usaha berdiri, lama berdiri sejak, berdiri tahun, established, year founded
    """,
    (F.SIZE,): "skala usaha, skala, kelas usaha, ukuran usaha, klasifikasi usaha, business size, size",
    (F.STORY,): """
        cerita usaha, profil usaha, deskripsi usaha, tentang usaha, keterangan usaha, profil singkat
    """,
    (F.PRODUCT_NAME,): """
        nama produk, produk, nama barang, barang, produk yang ditawarkan, produk ditawarkan,
        jenis barang, produk unggulan, nama produk unggulan, komoditas, nama komoditas, penawaran,
        yang ditawarkan, barang yang ditawarkan, produk usaha, product, product name, products,
        produk dijual, produk yang dijual, item, nama item, produk jasa, nama produk jasa, offer
    """,
    (F.PRODUCT_CATEGORY,): """
        kategori produk, jenis produk, kelompok produk, sektor produk, product category, jenis komoditas
    """,
    (F.PRODUCT_CATEGORY, F.NEED_CATEGORY): "kategori, category, sektor, kelompok, golongan, sub kategori",
    (F.NEED_CATEGORY,): """
        kategori kebutuhan, jenis kebutuhan, sektor kebutuhan, kategori dicari, need category
    """,
    (F.PRODUCT_DESCRIPTION,): """
        keterangan produk, deskripsi produk, deskripsi, spesifikasi, spesifikasi produk,
        product description, description, uraian produk
    """,
    (F.PRICE,): """
        harga produk, harga jual, harga jual produk, harga satuan, harga per satuan, harga jual satuan,
        harga penawaran, harga barang, unit price, selling price, harga pabrik, harga grosir,
        harga per unit, harga unit
    """,
    (F.PRICE, F.PRICE_CEILING): "harga, price",
    (F.PRICE_CEILING,): """
        harga maks, harga tertinggi, harga maksimal yang diinginkan, plafon harga, pagu harga,
        harga yang diinginkan, target harga, harga target, anggaran, budget, batas harga,
        harga beli maks, maximum price, price ceiling, batas harga atas, harga tertinggi yang diterima,
        harga beli, harga kebutuhan, harga permintaan
    """,
    (F.PRODUCT_UNIT,): "satuan produk, satuan jual, satuan barang, satuan produksi, product unit",
    (F.PRODUCT_UNIT, F.NEED_UNIT): "satuan, unit, uom, unit of measure, sat",
    (F.NEED_UNIT,): "satuan kebutuhan, satuan beli, satuan permintaan, need unit",
    (F.MIN_ORDER,): """
        min order, moq, minimum order, minimum order quantity, minimal pemesanan, min pesan,
        pesanan minimum, min pembelian, jumlah pesanan minimum, minimal pembelian produk,
        pemesanan minimal produk, jumlah minimal pesan, order minimal, min qty, minimal jumlah
    """,
    (F.CAPACITY,): """
        kapasitas, kapasitas bulan, kapasitas produksi, kapasitas produksi bulan, produksi bulan,
        kapasitas bulanan, kap produksi, kap bulan, monthly capacity, capacity, capacity month,
        kemampuan produksi, kemampuan produksi bulan, jumlah produksi, jumlah produksi bulan,
        capacity per month, kapasitas produk bulan, production capacity, kapasitas terpasang,
        kapasitas produksi produk bulan
    """,
    (F.NEED_QUANTITY,): """
        jumlah kebutuhan, jumlah kebutuhan bulan, kebutuhan bulan, volume kebutuhan, qty kebutuhan,
        jumlah dibutuhkan, jumlah yang dibutuhkan, jumlah permintaan, permintaan bulan, jumlah dicari,
        jumlah yang dibutuhkan bulan, quantity needed, jumlah beli bulan, jumlah pembelian bulan, jumlah,
        qty, volume, kuantitas, quantity
    """,
    (F.NEED_QUANTITY, F.CAPACITY): """
        jumlah bulan, volume bulan, qty bulan, quantity month, kuantitas bulan, jml per bulan
    """,
    (F.LEAD_TIME,): """
        lama pengerjaan, waktu pengerjaan, lama produksi, waktu produksi, lead time,
        lama pengerjaan hari, waktu pengerjaan hari kerja, waktu pengerjaan hari,
        lama pengerjaan hari kerja, lead time hari kerja
    """,
    (F.CONSIGNMENT,): """
        titip jual, konsinyasi, menerima titip jual, menerima konsinyasi, consignment, bisa titip jual
    """,
    (F.PIRT,): """
        pirt, p irt, no pirt, no p irt, izin pirt, sppirt, spp irt, no spp irt, sertifikat pirt,
        sertifikat p irt
    """,
    (F.BPOM,): """
        bpom, no bpom, izin bpom, izin edar, izin edar bpom, no izin edar, no md, bpom md,
        sertifikat bpom
    """,
    (F.HALAL,): """
        halal, sertifikat halal, no halal, no sertifikat halal, status halal, sertifikasi halal,
        halal mui, halal bpjph, label halal
    """,
    (F.SNI,): "sni, no sni, sertifikat sni, sppt sni",
    (F.BRAND,): "no merek, nomor merek, merek terdaftar, pendaftaran merek, no pendaftaran merek, haki merek",
    (F.PRODUCT_CERTIFICATES, F.NEED_CERTIFICATES): """
        sertifikat, sertifikasi, legalitas, perizinan, izin, certificates
    """,
    (F.PRODUCT_CERTIFICATES,): """
        sertifikat produk, legalitas produk, izin produk, sertifikat yang dimiliki
    """,
    (F.NEED_TEXT,): """
        kebutuhan, nama kebutuhan, barang yang dibutuhkan, produk yang dibutuhkan, produk dibutuhkan,
        yang dibutuhkan, barang dicari, produk yang dicari, produk dicari, barang yang dicari,
        bahan yang dibutuhkan, kebutuhan produk, kebutuhan barang, kebutuhan bahan, kebutuhan bahan baku,
        bahan baku dibutuhkan, permintaan, uraian kebutuhan, keterangan kebutuhan, produk diminati,
        produk yang diminati, yang dicari, need, needs, demand, jenis barang yang dibutuhkan,
        deskripsi kebutuhan
    """,
    (F.NEED_CERTIFICATES,): """
        sertifikat wajib, wajib sertifikat, sertifikat yang diwajibkan, syarat sertifikat,
        sertifikat diminta, sertifikat yang diminta, sertifikat kebutuhan, syarat, persyaratan,
        sertifikat dibutuhkan, certificates required, required certificates
    """,
}

ALIASES = {
    alias: word
    for word, names in {
        "no": "nomor nomer nmr nr number num",
        "tanggal": "tgl tg date",
        "tahun": "thn th year",
        "bulan": "bln bulanan perbulan month monthly sebulan",
        "telepon": "hp hape handphone telpon telp tlp tel phone wa whatsapp whatsap ponsel mobile seluler",
        "min": "minimum minimal minim",
        "maks": "max maksimum maksimal maximum",
        "order": "pesan pesanan pemesanan pembelian orderan pembelanjaan",
        "jumlah": "jml jmlh qty kuantitas quantity",
        "kapasitas": "kap capacity kapsitas",
        "kecamatan": "kec",
        "sertifikat": "sertifikasi certificate certificates",
        "produk": "product products",
        "usaha": "umkm ukm ikm",
        "satuan": "sat",
        "email": "surel",
        "pirt": "sppirt",
        "kategori": "category katagori",
    }.items()
    for alias in names.split()
}
NOISE = {
    "rp",
    "idr",
    "rupiah",
    "per",
    "dan",
    "atau",
    "yang",
    "yg",
    "dalam",
    "the",
    "of",
    "di",
    "pada",
    "oleh",
}
TIER = re.compile(
    r"(?:(?P<price>harga)(?: produk| jual| grosir| tingkat)?|mulai(?: jumlah| dari| tingkat)?)"
    r" (?P<number>[2-6])"
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
TYPO_FLOOR = 0.88
SHORTEST_TYPO = 7
LONGEST_TITLE = 100


@lru_cache(maxsize=4096)
def recognise_header(text: str) -> tuple[Field, ...]:
    """Return the fields a header may mean, best first: one for a clear header, none for a strange one.

    Case, points, brackets, spaces and the order of words do not matter, and a slip of the pen in a
    long title is forgiven. ``Kategori`` may belong to a product or to a need, so it has two.
    """
    if len(text) > LONGEST_TITLE:
        return ()
    bare = BRACKETS.sub(" ", text)
    if tier := TIER.fullmatch(fold(bare)):
        return (F(f"product.{'price' if tier['price'] else 'from'}_{tier['number']}"),)
    for wording in (text, CAMEL.sub(" ", text), bare, CAMEL.sub(" ", bare)):
        words = _words(wording)
        fields = _by_words().get(words) or _by_letters().get(_squeezed(wording))
        if words and fields:
            return fields
    return _similar(_squeezed(bare))


def _words(text: str) -> frozenset[str]:
    """Return the words that matter, each under one name: "No. HP/WA" is {no, telepon}."""
    words = fold(text).replace("p irt", "pirt").replace("e mail", "email").split()
    words = [word for word in words if word not in NOISE and not word.isdigit()]
    if "moq" in words:
        words = [word for word in words if word != "moq"] + ["min", "order"]
    return frozenset(ALIASES.get(word, word) for word in words)


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")


@cache
def _by_words() -> dict[frozenset[str], tuple[Field, ...]]:
    return {_words(phrase): fields for phrase, fields in _phrases()}


@cache
def _by_letters() -> dict[str, tuple[Field, ...]]:
    return {_squeezed(phrase): fields for phrase, fields in _phrases()}


def _phrases() -> list[tuple[str, tuple[Field, ...]]]:
    return [(phrase, fields) for fields, phrases in PHRASES.items() for phrase in phrases.split(",")]


def _similar(letters: str) -> tuple[Field, ...]:
    """Return the fields of the one known title that differs by a slip of the pen."""
    if len(letters) < SHORTEST_TYPO:
        return ()
    best = TYPO_FLOOR
    fields: tuple[Field, ...] = ()
    for known, candidates in _by_letters().items():
        if abs(len(known) - len(letters)) <= 2 and known[0] == letters[0]:
            ratio = SequenceMatcher(None, letters, known).ratio()
            if ratio >= best:
                best, fields = ratio, candidates
    return fields
