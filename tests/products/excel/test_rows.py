"""Entries with their products, needs and certificates, and every doubt under its cell."""

from datetime import date

from products.excel.cells import LooseDate
from products.excel.entries import BusinessEntry, Duplicate, NeedEntry, ProductEntry
from products.excel.identifiers import Claim
from products.excel.problems import MESSAGES, Problem
from tests.products.excel.reading import problems, read


def test_everything_a_business_says_is_kept() -> None:
    reading = read(
        [
            ["Nama Usaha", "Jenis Usaha", "Pemilik", "HP", "Email", "NIB", "Kecamatan", "Tahun Berdiri",
            "Skala Usaha",
             "Cerita Usaha", "Sertifikat Produk"],
            ["Dapur A", "Toko oleh-oleh", "Ibu A.", "0812 7000 0548", "A@contoh.id", "9120000000031",
            "Soreang", 2004,
             "Mikro", "Sejak dulu.", "halal"],
        ]
    )  # fmt: skip

    assert (reading.businesses, reading.problems) == (
        (
            BusinessEntry(
                row=2, name="Dapur A", line="toko-oleh-oleh", line_text="Toko oleh-oleh", owner_name="Ibu A.",
                phone="+6281270000548", email="a@contoh.id", nib="9120000000031", district="Soreang",
                founded=LooseDate(date(2004, 1, 1), is_year_only=True), size="micro", story="Sejak dulu.",
                certificates=(Claim("halal"),),
            ),
        ),
        (),
    )  # fmt: skip


def test_everything_a_product_says_is_kept() -> None:
    reading = read(
        [
            ["Nama Usaha", "Nama Produk", "Kategori", "Keterangan Produk", "Harga", "Satuan", "Min. Order",
             "Kapasitas / bulan", "Lead Time (hari kerja)", "Titip Jual", "No. P-IRT", "Halal", "BPOM"],
            ["Dapur A", "Keripik singkong", "Kuliner", "Pedas.", "13.400", "bungkus", 100, "9.000 bungkus",
            "14 hari",
             "ya", "2013204565548-30", "Proses", "-"],
        ]
    )  # fmt: skip

    assert reading.businesses[0].products == (
        ProductEntry(
            row=2, name="Keripik singkong", category="keripik", description="Pedas.", price=13_400,
            unit="bungkus",
            min_order=100, capacity=9_000, lead_time=14, consignment=True,
            certificates=(Claim("pirt", "2013204565548-30"), Claim("halal", is_in_process=True)),
        ),
    )  # fmt: skip
    assert reading.problems == ()


def test_everything_a_need_says_is_kept() -> None:
    reading = read(
        [
            [
                "Nama Usaha",
                "Kebutuhan",
                "Kategori",
                "Jumlah / bulan",
                "Satuan",
                "Harga Maks (Rp)",
                "Sertifikat wajib",
            ],
            ["Hotel A", "Kotak kemasan", "Kemasan", 1000, "buah", 2500, "P-IRT, halal"],
        ]
    )

    need = NeedEntry(2, "Kotak kemasan", "kotak-makanan", 1000, "buah", 2500, ("pirt", "halal"))
    assert (reading.businesses[0].needs, reading.businesses[0].products, reading.problems) == (
        (need,),
        (),
        (),
    )


def test_business_problems_name_their_cells() -> None:
    reading = read(
        [
            ["Nama Usaha", "HP", "NIB", "Email", "Tahun Berdiri", "Skala Usaha", "Pemilik"],
            ["Usaha A" * 30, "0812", "12", "x", "dulu", "besar", "Ibu A."],
            ["", "", "", "", "", "", "Ibu B."],
        ]
    )

    assert problems(reading) == [
        "A2 too_long", "B2 invalid_phone", "C2 invalid_nib", "D2 invalid_email", "E2 invalid_date",
        "F2 unknown_size",
        "G3 conflicting_value",
    ]  # fmt: skip
    assert reading.businesses[0].owner_name == "Ibu A."
    assert len(reading.businesses[0].name) == 120


def test_value_repeated_in_a_later_row_must_agree() -> None:
    titles = ["Nama Usaha", "HP", "Pemilik", "Produk"]
    first, second = ["A", "0812 7000 0548", "Ibu A.", "Kopi"], ["A", "081270000548", "Ibu B.", "Keripik"]

    assert problems(read([titles, first, second])) == ["C3 conflicting_value"]


def test_first_of_two_phones_is_kept_and_noted() -> None:
    reading = read([["Nama Usaha", "HP"], ["Usaha A", "0812 7000 0548 / 0813 7000 0549"]])

    assert (reading.businesses[0].phone, problems(reading)) == ("+6281270000548", ["B2 several_phones"])


def test_product_problems_name_their_cells() -> None:
    reading = read(
        [
            ["Nama Usaha", "Nama Produk", "Kategori", "Harga", "Satuan", "Min. Order", "Kapasitas / bulan",
            "P-IRT", "Titip Jual"],
            ["Usaha A", "Keripik", "Kuliner", "", "besek", "1-2", "1,5", "12", "mungkin"],
            ["", "", "", 5000, "", "", "", "", ""],
            ["", "Kopi", "Kuliner", 5000, "bungkus", "2 lembar", "3 tampah", "", ""],
            ["", "KOPI", "Kuliner", 5000, "bungkus", "", "", "", ""],
            ["", "Barang aneh", "", 5000, "", "", "", "", ""],
            ["", "Keripik tempe", "Zzz", 5000, "", "", "", "", ""],
            ["", "Benda aneh", "Zzz", 5000, "", "", "", "", ""],
        ]
    )  # fmt: skip

    assert problems(reading) == [
        "D2 missing_price", "E2 unknown_unit", "F2 invalid_number.range", "G2 invalid_number.fraction",
        "H2 invalid_certificate", "I2 unknown_answer", "B3 missing_name.product", "F4 unit_mismatch",
        "G4 unknown_unit",
        "B5 repeated_item", "C6 unknown_category.empty", "C7 unknown_category.guessed", "C8 unknown_category",
    ]  # fmt: skip
    assert [(item.row, item.category) for item in reading.businesses[0].products] == [
        (2, "keripik"), (4, "kopi"), (6, None), (7, "keripik"), (8, None)
    ]  # fmt: skip


def test_need_without_text_is_noted() -> None:
    reading = read([["Nama Usaha", "Kebutuhan", "Jumlah / bulan", "Harga Maks"], ["Hotel A", "", 500, "x"]])

    assert (problems(reading), reading.need_count) == (["B2 missing_name.need"], 0)


def test_quantity_without_an_item_column_says_nothing() -> None:
    reading = read([["Nama Usaha", "NIB", "Min. Order"], ["Usaha A", "", 5]])

    assert (reading.product_count, reading.problems) == (0, ())


def test_quantities_are_counted_in_the_unit_of_the_product() -> None:
    titles = ["Nama Usaha", "Produk", "Satuan", "MOQ", "Kapasitas / bulan", "Harga"]
    reading = read(
        [
            titles,
            ["Usaha A", "Keripik", "buah", "2 lusin", "10 lusin", 5000],
            ["", "Kopi", "", "", "500 kg", 5000],
            ["", "Besek", "", "", "", "Rp5.000/lembar"],
            ["", "Kopi bubuk", "kg", "500 gram", "", 5000],
        ]
    )

    products = reading.businesses[0].products
    assert [(item.unit, item.min_order, item.capacity) for item in products] == [
        ("buah", 24, 120), ("kilogram", None, 500), ("lembar", None, None), ("kilogram", None, None)
    ]  # fmt: skip
    assert problems(reading) == ["D5 invalid_number.fraction"]


def test_price_column_that_is_not_there_misses_nothing() -> None:
    assert read([["Nama Usaha", "Produk"], ["Usaha A", "Keripik"]]).problems == ()


def test_duplicates_share_the_nib_or_the_phone() -> None:
    reading = read(
        [
            ["Nama Usaha", "NIB", "HP"],
            ["Usaha A", "9120000000031", "081270000548"],
            ["Usaha B", "9120000000032", "081270000549"],
            ["USAHA A", "9120 0000 00031", "081270000550"],
            ["Cabang B", "", "+62 812 7000 0549"],
            ["Usaha C", "", ""],
            ["Usaha D", "912", ""],
            ["Usaha E", "912", ""],
            ["Usaha A lagi", "9120000000031", "081270000549"],
        ]
    )

    assert reading.duplicates == (Duplicate(4, 2, "nib"), Duplicate(5, 3, "phone"), Duplicate(9, 2, "nib"))


SENDING = ("Masukkan", "Ganti", "Perkecil", "Unggah", "Betulkan")


def test_every_message_says_what_to_enter() -> None:
    params = dict.fromkeys(
        [
            *["value", "product", "known", "unit", "certificate", "example", "first", "limit", "sheet"],
            *["why", "business", "region"],
        ],
        "x",
    )

    messages = [Problem("A1", *key.split(".", 1), params=params).message for key in MESSAGES if "." in key]
    messages += [Problem("A1", key, params=params).message for key in MESSAGES if "." not in key]

    assert [text for text in messages if "%(" in text or not text.endswith(".")] == []
    assert [
        text
        for text in messages
        if not any(verb in text for verb in ("Isi ", "Tulis ", "isi ", "Pilih", "Hapus", "Samakan", *SENDING))
    ] == []
