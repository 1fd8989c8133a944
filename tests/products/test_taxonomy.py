"""Words of real lists into families, sectors and units."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from products.reference import families_in_file
from products.taxonomy import (
    LINES_OF_BUSINESS,
    SIMILARITY_FLOOR,
    Family,
    Unit,
    classify,
    fold,
    recognise_sector,
    recognise_unit,
    similarity,
)

SAMPLES = Path(__file__).parent.parent / "samples"
FAMILIES = families_in_file()

PRODUCTS = {
    "Abon sapi 250 g": "abon-serundeng",
    "Angklung suvenir satu oktaf": "alat-musik",
    "Anyaman bambu besek oleh-oleh": "anyaman-bambu",
    "Dodol stroberi Ciwidey 250 g": "dodol-manisan",
    "Dus kemasan food grade cetak 1 warna": "kotak-makanan",
    "Kain batik cap katun 2 meter": "kain-batik",
    "Kain katun twill putih lebar 150 cm": "kain-katun",
    "Kain rayon polos warna": "kain-rayon",
    "Kaos polos combed 30s": "kaos",
    "Keripik singkong pedas 200 g": "keripik",
    "Kerudung voal cetak": "kerudung",
    "Kopi arabika Pangalengan 250 g": "kopi",
    "Kotak sepatu karton polos": "kotak-sepatu",
    "Kursi rotan teras": "mebel-rotan",
    "Lampu hias bambu": "lampu-hias",
    "Rangginang ketan mentah 500 g": "kerupuk-rangginang",
    "Sambal cibiuk botol 150 ml": "sambal-saus",
    "Sandal kulit wanita": "sandal-kulit",
    "Sarung tenun Majalaya": "kain-tenun",
    "Sepatu boot kerja kulit": "sepatu-kerja",
    "Sepatu kets anak jahit": "sepatu-anak",
    "Sepatu pantofel pria kulit sapi": "sepatu-kulit",
    "Serundeng kelapa 200 g": "abon-serundeng",
    "Standing pouch aluminium 100 g": "standing-pouch",
    "Susu karamel Pangalengan 200 g": "cokelat-permen",
    "Tas anyaman mendong": "anyaman-serat",
    "Teh hijau celup 25 kantong": "teh",
    "Wayang golek ukuran 40 cm": "wayang",
}
NEEDS = {
    "Kain katun primissima atau twill putih untuk batik cap": "kain-katun",
    "Kain rayon untuk daster batik": "kain-rayon",
    "Keripik dan camilan kering untuk rak oleh-oleh, wajib P-IRT": "keripik",
    "Kopi bubuk khas daerah, kemasan hadiah": "kopi",
    "Kotak kemasan food-grade 500–1.000 pcs/bulan, mulai April": "kotak-makanan",
    "Sandal kulit wanita, pembayaran 30 hari": "sandal-kulit",
    "Sepatu anak harga pasar, kontinu": "sepatu-anak",
    "Sepatu kulit pria untuk seragam hotel": "sepatu-kulit",
    "Standing pouch untuk abon dan serundeng": "standing-pouch",
    "Suvenir kriya kecil untuk tamu, 5.000 buah per bulan": "suvenir",
    "Teh celup untuk kamar": "teh",
    "Wayang golek dan lampu bambu, titip jual": "wayang",
}
LINES = {
    "Butik": "butik",
    "Galeri": "galeri",
    "Hotel": "hotel",
    "Perajin batik": "perajin-batik",
    "Produsen makanan": "produsen-makanan",
    "Toko oleh-oleh": "toko-oleh-oleh",
    "Toko sepatu": "toko-sepatu",
}
SECTORS = {
    "Sepatu": "sepatu-dan-kulit",
    "Kuliner": "kuliner",
    "Kriya": "kriya",
    "Tekstil": "tekstil-dan-busana",
    "Kemasan": "kemasan",
}


def texts_of(file: str, column: str) -> set[str]:
    """Return the texts below the header ``column`` of a sample list."""
    rows = load_workbook(SAMPLES / file).active.iter_rows(values_only=True)
    header = next(row for row in rows if column in row)
    return {text for row in rows if (text := row[header.index(column)])}


def code_of(text: str, within: str | None = None) -> str | None:
    match = classify(text, FAMILIES, within=within)
    return match.family.code if match else None


def test_examples_cover_both_sample_lists() -> None:
    offered = texts_of("delegasi-kab-bandung.xlsx", "Nama Produk")
    in_exchange = texts_of("kebutuhan-kota-surakarta.xlsx", "Produk yang ditawarkan")
    needed = texts_of("kebutuhan-kota-surakarta.xlsx", "Kebutuhan")
    lines = texts_of("kebutuhan-kota-surakarta.xlsx", "Jenis Usaha")
    sectors = texts_of("delegasi-kab-bandung.xlsx", "Kategori")
    assert [set(PRODUCTS), set(NEEDS), set(LINES), set(SECTORS)] == [
        offered | in_exchange, needed, lines, sectors,
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), (PRODUCTS | NEEDS).items())
def test_text_of_the_sample_lists_names_its_family(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(("text", "code"), LINES.items())
def test_kind_of_firm_of_the_sample_lists_names_its_line_of_business(text: str, code: str) -> None:
    assert (code_of(text, within=LINES_OF_BUSINESS), code_of(text)) == (code, code)


@pytest.mark.parametrize(
    ("text", "code"),
    {
        **SECTORS,
        "KULINER": "kuliner",
        "Makanan ringan": "kuliner",
        "Fashion & aksesoris": "tekstil-dan-busana",
        "Kerajinan Tangan": "kriya",
        "Kerajinann": "kriya",
        "Batik": "tekstil-dan-busana",
        "Mebel": "mebel-dan-kayu",
        "Packaging": "kemasan",
    }.items(),
)
def test_sector_is_recognised(text: str, code: str) -> None:
    sector = recognise_sector(text, FAMILIES)

    assert sector is not None
    assert (sector.code, sector.parent) == (code, None)


@pytest.mark.parametrize("text", ["", "  ", "Lain-lain", "12345", "☎"])
def test_sector_of_empty_words_is_unknown(text: str) -> None:
    assert recognise_sector(text, FAMILIES) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sepatu kets", "sepatu-kets"),
        ("Kripik tempe renyah", "keripik"),
        ("Tas kain batik", "tas-kain"),  # Indonesian: the first word is the thing
        ("batik shirt", "pakaian-batik"),  # English: the last one
        ("Bamboo lamp for hotels", "lampu-hias"),
        ("Leather shoes", "sepatu-kulit"),
        ("Toko oleh-oleh keripik tempe", "keripik"),  # goods go before kinds of firms
        ("Sneackers premium", "sepatu-kets"),  # similar spelling
        ("Rengginnang manis", "kerupuk-rangginang"),
    ],
)
def test_family_of_other_words(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "12 500",
        "Jasa servis AC",
        "Perbaikan jalan desa",
        "Voucher pulsa",
        "Barang untuk hotel",
        "tes",
    ],
)
def test_family_is_not_guessed(text: str) -> None:
    assert code_of(text) is None


def test_family_of_another_sector_is_not_forced_into_the_given_one() -> None:
    assert code_of("Keripik singkong", within="kemasan") is None


def test_family_inside_the_given_sector_is_found_behind_others() -> None:
    assert code_of("Suvenir kriya batik tulis", within="tekstil-dan-busana") == "kain-batik"


def test_similar_spelling_stays_inside_the_given_sector() -> None:
    found = [code_of("Sneackers", within=sector) for sector in ("sepatu-dan-kulit", "kuliner")]

    assert found == ["sepatu-kets", None]


def test_match_says_what_was_found_and_how_sure() -> None:
    whole, similar = classify("Kripik pisang", FAMILIES), classify("Sneackers", FAMILIES)

    assert whole is not None
    assert similar is not None
    assert (whole.found, whole.score) == ("kripik", 1.0)
    assert (similar.found, round(similar.score, 2)) == ("sneackers", 0.58)


def test_word_of_a_sector_is_no_misspelling() -> None:
    assert code_of("Sandang") is None


UNITS = [
    Unit("buah", "buah", "pc", ("pcs", "biji")),
    Unit("gram", "g", "gram", ("gr",)),
    Unit("kilogram", "kg", "kilogram", ("kilo",)),
    Unit("meter_persegi", "m²", "square metre", ("m2",)),
    Unit("meter", "m", "metre", ("mtr",)),
    Unit("hari_kerja", "hari kerja", "working day"),
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PCS", "buah"),
        ("pcs / bulan", "buah"),
        ("Kg.", "kilogram"),
        ("m", "meter"),
        ("m²", "meter_persegi"),
        ("Hari Kerja", "hari_kerja"),
    ],
)
def test_unit_is_recognised(text: str, code: str) -> None:
    unit = recognise_unit(text, UNITS)

    assert unit is not None
    assert unit.code == code


@pytest.mark.parametrize("text", ["", "250 g", "setengah kilo", "pcx", "per bulan"])
def test_unit_is_not_guessed(text: str) -> None:
    assert recognise_unit(text, UNITS) is None


def test_fold_keeps_words_only() -> None:
    assert fold("Oleh-oleh  KRÉASI, food-grade 1.000 m²!") == "oleh oleh kreasi food grade 1 000 m2"


@given(st.text())
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_has_single_spaces_only(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_symmetric_and_bounded(left: str, right: str) -> None:
    assert 0.0 <= similarity(left, right) == similarity(right, left) <= 1.0


@given(st.text(alphabet="abcdefgh ", min_size=1).filter(str.strip))
def test_similarity_to_itself_is_one(text: str) -> None:
    assert similarity(text, text) == 1.0


SMALL = [
    Family("sepatu", None, "Sepatu", "Shoes"),
    Family("sepatu-kulit", "sepatu", "Sepatu kulit", "Leather shoes", ("pantofel",), ("formal shoes",)),
    Family("sepatu-kets", "sepatu", "Sepatu kets", "Sneakers", ("kets", "sneakers")),
    Family("kemasan", None, "Kemasan", "Packaging"),
    Family("kotak-sepatu", "kemasan", "Kotak sepatu", "Shoe boxes", ("dus sepatu",)),
]
SOME_WORDS = st.lists(
    st.sampled_from(
        [
            "sepatu",
            "kulit",
            "kets",
            "kotak",
            "dus",
            "pantofel",
            "sneackers",
            "shoes",
            "leather",
            "untuk",
            "40",
        ]
    ),
    max_size=6,
).map(" ".join)


@given(SOME_WORDS, st.randoms(use_true_random=False))
def test_classify_ignores_the_order_of_families(text: str, order: random.Random) -> None:
    mixed = order.sample(SMALL, len(SMALL))

    assert classify(text, mixed) == classify(text, SMALL)


@given(SOME_WORDS)
def test_classify_ignores_case_and_punctuation(text: str) -> None:
    assert classify(f"  {text.upper().replace(' ', ', ')}!", SMALL) == classify(text, SMALL)


@given(st.one_of(st.text(max_size=40), SOME_WORDS), st.sampled_from([None, "sepatu", "kemasan", "tidak-ada"]))
def test_classify_stays_above_the_floor_and_inside_the_sector(text: str, within: str | None) -> None:
    match = classify(text, SMALL, within=within)

    assert match is None or (
        SIMILARITY_FLOOR <= match.score <= 1.0
        and match.family.parent is not None
        and within in (None, match.family.parent)
        and match.found in fold(text)
    )


@given(st.text(max_size=40))
def test_recognise_sector_returns_a_sector_or_nothing(text: str) -> None:
    sector = recognise_sector(text, SMALL)

    assert sector is None or sector.parent is None
