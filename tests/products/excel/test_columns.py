"""Headers in the words of many offices."""

import pytest

from products.excel.columns import LABELS, PHRASES, Field, recognise_header


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        (Field.BUSINESS_NAME, ("Nama Usaha|NAMA_USAHA|namaUsaha|Nama UMKM|"
         "Nama Pelaku Usaha|nama  usaha |Nama Uasha")),
        (Field.NIB, "NIB|Nomor Induk Berusaha|N I B|No. NIB|NIB (13 digit)|Nomor Induk Berusaha (NIB)"),
        (Field.PHONE, "No. HP/WA|Telepon|WhatsApp|No.HP|Nomor WhatsApp|Telp./HP|HP|Kontak|Phone"),
        (Field.MIN_ORDER, ("Min. Order|MOQ|Minimal Pemesanan|Minimum Order Quantity (MOQ)|"
         "Pesanan Minimum|min order")),
        (Field.CAPACITY, ("Kapasitas / bulan|Kapasitas Produksi (per bulan)|KAPASITAS/BLN|"
         "Kap. Produksi|Produksi per bulan")),
        (Field.PRICE, "Harga Jual (Rp.)|Harga Satuan|Harga Produk (Rp)|Harga per unit|Unit Price"),
        (Field.PRICE_CEILING, ("Harga Maks (Rp)|Harga Tertinggi|Plafon Harga|"
         "Harga Maksimal yang diinginkan|Budget")),
        (Field.FOUNDED, "Tgl Berdiri|Tahun Berdiri|Tanggal Pendirian|Berdiri Sejak"),
        (Field.OWNER_NAME, "Nama Pemilik|Pemilik|Penanggung Jawab|Owner"),
        (Field.DISTRICT, "Kecamatan|Kec.|KECAMATAN"),
        (Field.PRODUCT_NAME, "Nama Produk|Produk|Produk yang ditawarkan|Nama Barang|Nama Prduk"),
        (Field.NEED_TEXT, "Kebutuhan|Barang yang Dicari|Produk yang dibutuhkan|Kebutuhan Bahan Baku"),
        (Field.PIRT, "No. P-IRT|PIRT|SPP-IRT|Nomor PIRT"),
        (Field.HALAL, "Halal|Sertifikat Halal|Halal (Ada/Tidak)"),
        (Field.NUMBER, "No|No.|NO URUT"),
        (Field.IGNORED, "NIK|No. KTP|Tanda Tangan"),
    ],
)  # fmt: skip
def test_clear_header_means_one_field(field: Field, headers: str) -> None:
    assert {header: recognise_header(header) for header in headers.split("|")} == dict.fromkeys(
        headers.split("|"), (field,)
    )


@pytest.mark.parametrize(
    "header",
    [
        "Catatan",
        "Alamat",
        "Omzet",
        "Merek Dagang",
        "Kapasitas / minggu",
        "Tanggal Lahir",
        "",
        "()",
        "x" * 200,
    ],
)
def test_strange_header_means_nothing(header: str) -> None:
    assert recognise_header(header) == ()


def test_shared_header_has_both_fields() -> None:
    assert recognise_header("Satuan") == (Field.PRODUCT_UNIT, Field.NEED_UNIT)
    assert recognise_header("Nama") == (Field.BUSINESS_NAME, Field.OWNER_NAME)


def test_no_phrase_has_two_meanings() -> None:
    meanings: dict[str, set[tuple[Field, ...]]] = {}
    for fields, phrases in PHRASES.items():
        for phrase in phrases.split(","):
            meanings.setdefault(phrase.strip(), set()).add(fields)
            assert recognise_header(phrase.strip()) == fields, phrase

    assert {phrase for phrase, fields in meanings.items() if len(fields) > 1} == set()


def test_every_field_an_officer_may_choose_has_a_label() -> None:
    assert set(LABELS) == set(Field) - {Field.NUMBER}
