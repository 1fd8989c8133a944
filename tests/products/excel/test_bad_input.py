"""What people and machines type into cells: for each the stored value, or the doubt under its cell."""

from typing import Any

import pytest

from products.excel.entries import BusinessEntry
from tests.products.excel.reading import problems, read

TITLES = [
    "Nama Usaha", "Nama Pemilik", "HP", "E-mail", "NIB", "Kecamatan", "Cerita Usaha", "Kategori Produk",
    "Nama Produk", "Keterangan Produk", "Harga Produk", "Satuan Produk", "Min. Order", "Halal",
    "Kebutuhan", "Kategori Kebutuhan", "Pemasok dari", "Berlaku sampai", "Seberapa sering",
]  # fmt: skip
GOOD = {
    "Nama Usaha": "Dapur A", "Kategori Produk": "Kuliner", "Nama Produk": "Keripik singkong",
    "Harga Produk": 13_400,
}  # fmt: skip
SCRIPT = "<script>alert(1)</script>"


def listed(**cells: Any) -> tuple[BusinessEntry, list[str]]:
    """Read one row with these cells, by title with ``_`` for spaces; return it and its doubts."""
    row = GOOD | {title.replace("_", " "): value for title, value in cells.items()}
    reading = read([TITLES, [row.get(title) for title in TITLES]])
    return reading.businesses[0], problems(reading)


@pytest.mark.parametrize(
    ("typed", "price", "doubts"),
    [
        (1.25, None, ["K2 invalid_price.fraction"]),
        ("1.25", None, ["K2 invalid_price.fraction"]),
        ("1,25", None, ["K2 invalid_price.fraction"]),
        ("Rp 1,25 jt", 1_250_000, []),
        ("1.25jt", 1_250_000, []),
        ("Rp1.250.000,-", 1_250_000, []),
        ("1e9", None, ["K2 invalid_price"]),
        (1e9, 1_000_000_000, []),
        (-5_000, None, ["K2 invalid_price.positive"]),
        ("-5.000", None, ["K2 invalid_price.positive"]),
        (0, None, ["K2 invalid_price.positive"]),
        ("99.999.999.999.999", None, ["K2 invalid_price.large"]),
        (10**15, None, ["K2 invalid_price.large"]),
        ("9" * 500, None, ["K2 invalid_price"]),
        ("1" * 10_000, None, ["K2 invalid_price"]),
        ("=1+1", None, ["K2 invalid_price.positive"]),
        ("\u202e000.31", None, ["K2 invalid_price.fraction"]),
        ("13\u200b.400", 13_400, []),
        ("١٢٣", 123, []),
        (SCRIPT, None, ["K2 invalid_price"]),
        (True, None, ["K2 invalid_price"]),
    ],
)
def test_price(typed: object, price: int | None, doubts: list[str]) -> None:
    business, found = listed(Harga_Produk=typed)

    assert (business.products[0].price, found) == (price, doubts)


@pytest.mark.parametrize(
    "typed",
    [
        "081270000548",
        "0812-7000-0548",
        "0812 7000 0548",
        "+62 812-7000-0548",
        "6281270000548",
        "62 0812 7000 0548",
        "006281270000548",
        "(0812) 7000 0548",
        "WA: 0812.7000.0548",
        81270000548,
        6281270000548,
        "\u202a+62 812\u00a07000\u20110548\u202c",
    ],
)
def test_phone_in_many_notations_is_one_number(typed: object) -> None:
    business, found = listed(HP=typed)

    assert (business.phone, found) == ("+6281270000548", [])


@pytest.mark.parametrize(
    "typed", ["12345", "0812700005489999999", "tidak hafal", SCRIPT, "=081270000548", 8.1e30, "🔥"]
)
def test_what_is_no_phone_is_named_by_its_cell(typed: object) -> None:
    business, found = listed(HP=typed)

    assert (business.phone, found) == ("", ["C2 invalid_phone"])


@pytest.mark.parametrize(
    ("title", "limit", "value_of"),
    [
        ("Nama_Usaha", 120, lambda one: one.name),
        ("Nama_Pemilik", 80, lambda one: one.owner_name),
        ("Kecamatan", 60, lambda one: one.district),
        ("Cerita_Usaha", 1000, lambda one: one.story),
        ("Nama_Produk", 120, lambda one: one.products[0].name),
        ("Keterangan_Produk", 2000, lambda one: one.products[0].description),
    ],
)
def test_text_of_ten_thousand_letters_is_cut_and_named_by_its_cell(
    title: str, limit: int, value_of: Any
) -> None:
    business, found = listed(**{title: "keripik " + "x" * 10_000})

    cell = "ABCDEFGHIJ"[TITLES.index(title.replace("_", " "))]
    assert (len(value_of(business)), found) == (limit, [f"{cell}2 too_long"])


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u202eDapur\u202c Sari", "Dapur Sari"),
        ("Da\u200bpur\ufeff Sari", "Dapur Sari"),
        ("Dapur\u00a0\t\nSari", "Dapur Sari"),
        ("Dapur 👩\u200d🍳 Sari", "Dapur 👩\u200d🍳 Sari"),
        (SCRIPT, SCRIPT),
        ("'; DROP TABLE x; --", "'; DROP TABLE x; --"),
    ],
)
def test_name_is_kept_as_people_read_it(typed: str, stored: str) -> None:
    business, found = listed(Nama_Usaha=typed, Nama_Produk=f"Keripik {typed}")

    assert (business.name, business.products[0].name, found) == (stored, f"Keripik {stored}", [])


def test_name_of_signs_that_nobody_sees_is_no_name() -> None:
    assert listed(Nama_Usaha="\u200b\u2060\ufeff")[1] == ["A2 missing_name"]


def test_script_in_every_cell_is_text_or_a_doubt_and_never_more() -> None:
    business, found = listed(**{title.replace(" ", "_"): SCRIPT for title in TITLES})

    texts = [business.name, business.owner_name, business.district, business.story]
    assert set(texts) == {SCRIPT}
    assert (business.phone, business.email, business.nib, business.products[0].price) == ("", "", "", None)
    assert found == [
        "C2 invalid_phone", "D2 invalid_email", "E2 invalid_nib", "H2 unknown_category", "K2 invalid_price",
        "L2 unknown_unit", "M2 invalid_number", "N2 invalid_certificate", "P2 unknown_category",
        "Q2 unknown_area", "R2 invalid_date", "S2 unknown_frequency",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ({"Berlaku_sampai": "2027"}, "R2 invalid_date.day"),
        ({"Berlaku_sampai": "31/02/2027"}, "R2 invalid_date"),
        ({"Berlaku_sampai": 10**9}, "R2 invalid_date"),
        ({"Pemasok_dari": "Atlantis"}, "Q2 unknown_area"),
        ({"Seberapa_sering": "kadang"}, "S2 unknown_frequency"),
        ({"Min._Order": "1,5"}, "M2 invalid_number.fraction"),
        ({"Min._Order": 10**12}, "M2 invalid_number.large"),
        ({"Min._Order": "NaN"}, "M2 invalid_number"),
        ({"NIB": 9.12e12 + 0.5}, "E2 invalid_nib"),
    ],
)
def test_doubt_stands_under_its_cell(cells: dict[str, Any], doubt: str) -> None:
    need = {"Kebutuhan": "kotak makanan", "Kategori_Kebutuhan": "Kemasan"}

    assert listed(**need, **cells)[1] == [doubt]


TIER_TITLES = ["Nama Usaha", "Kategori Produk", "Nama Produk", "Harga", "Mulai Jumlah 2", "Harga 2 (Rp)",
               "Mulai jumlah 3", "Harga tingkat 3"]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "tiers", "doubts"),
    [
        ([13_400, 50, 12_000, 200, "11,5 rb"], ((50, 12_000), (200, 11_500)), []),
        ([13_400, 50, None, None, None], (), ["E2 incomplete_tier"]),
        ([13_400, None, 12_000, None, None], (), ["F2 incomplete_tier"]),
        ([13_400, 50, 12_000, 50, 11_000], ((50, 12_000),), ["G2 repeated_tier"]),
        ([13_400, 1, 12_000, None, None], (), ["E2 repeated_tier"]),
        ([None, 10, 12_000, None, None], ((10, 12_000),), []),
        ([13_400, -5, 12_000, None, None], (), ["E2 invalid_number.positive"]),
        ([13_400, 50, "murah", None, None], (), ["F2 invalid_price"]),
    ],
)
def test_prices_by_quantity(cells: list[Any], tiers: tuple[Any, ...], doubts: list[str]) -> None:
    reading = read([TIER_TITLES, ["Dapur A", "Kuliner", "Keripik singkong", *cells]])

    assert (reading.businesses[0].products[0].tiers, problems(reading)) == (tiers, doubts)


NEED_TITLES = ["Nama Usaha", "Kebutuhan", "Kategori Kebutuhan", "Jumlah Kebutuhan"]


def test_needs_of_a_second_sheet_belong_to_the_business_they_name() -> None:
    needs = [NEED_TITLES, ["dapur a", "kotak makanan", "Kemasan", 40], ["Dapur C", "kopi", "Kuliner", 1]]
    reading = read(
        [["Nama Usaha", "NIB", "Kecamatan"], ["Dapur A", None, "Soreang"], ["Dapur B", None, "Ciwidey"]],
        others=[("Kebutuhan", needs)],
    )

    assert [[need.text for need in business.needs] for business in reading.businesses] == [
        ["kotak makanan"], []
    ]  # fmt: skip
    assert problems(reading) == ["Kebutuhan!A3 unknown_business"]
    assert "“Dapur C” tidak ada di lembar Peserta." in reading.problems[0].message


def test_rows_that_show_how_to_fill_in_are_passed_over() -> None:
    reading = read(
        [
            ["Nama Usaha", "NIB", "Kecamatan"],
            ["Contoh: Dapur Ibu Sari", "9120000000000", "Soreang"],
            ["Dapur A", None, "Soreang"],
        ]
    )

    assert [business.name for business in reading.businesses] == ["Dapur A"]
    assert [row.row for row in reading.skipped] == [2]
