"""Which rows belong to which business, and which to none."""

import pytest

from products.excel.entries import Reading
from tests.products.excel.reading import problems, read

TITLES = ["No", "Nama Usaha", "NIB", "No. HP", "Nama Produk", "Harga"]


def blocks(reading: Reading) -> list[tuple[int, str, list[int]]]:
    """Return first row, name and product rows of each business."""
    return [(found.row, found.name, [item.row for item in found.products]) for found in reading.businesses]


def test_blank_cells_below_a_name_belong_to_it() -> None:
    reading = read(
        [
            TITLES,
            [1, "Usaha A", "", "", "Keripik", 1],
            ["", "", "", "", "Kopi", 2],
            [2, "Usaha B", "", "", "Besek", 3],
        ]
    )

    assert blocks(reading) == [(2, "Usaha A", [2, 3]), (4, "Usaha B", [4])]


def test_merged_cells_below_a_name_belong_to_it_even_when_numbered() -> None:
    rows = [
        TITLES,
        [1, "Usaha A", "", "", "Keripik", 1],
        [2, "", "", "", "Kopi", 2],
        [3, "Usaha B", "", "", "Besek", 3],
    ]

    assert blocks(read(rows, merges=["B2:B3"])) == [(2, "Usaha A", [2, 3]), (4, "Usaha B", [4])]


def test_empty_rows_are_no_business() -> None:
    reading = read(
        [TITLES, [], [1, "Usaha A", "", "", "Keripik", 1], [], [3], [2, "Usaha B", "", "", "Kopi", 2]]
    )

    assert blocks(reading) == [(3, "Usaha A", [3]), (6, "Usaha B", [6])]


def test_name_repeated_beside_every_product_is_one_business() -> None:
    reading = read(
        [
            TITLES,
            [1, "Usaha A", "9120000000031", "081270000548", "Keripik", 1],
            [2, "USAHA  A", "9120 0000 00031", "+62 812-7000-0548", "Kopi", 2],
            [3, "Usaha A", "", "", "Besek", 3],
        ]
    )

    assert blocks(reading) == [(2, "Usaha A", [2, 3, 4])]
    assert (reading.duplicates, reading.problems) == ((), ())


@pytest.mark.parametrize("difference", [["9120000000032", ""], ["", "081370000549"]])
def test_same_name_with_another_number_is_another_business(difference: list[str]) -> None:
    reading = read(
        [
            TITLES,
            [1, "Usaha A", "9120000000031", "081270000548", "Keripik", 1],
            [2, "Usaha A", *difference, "Kopi", 2],
        ]
    )

    assert blocks(reading) == [(2, "Usaha A", [2]), (3, "Usaha A", [3])]


def test_same_name_in_another_district_is_another_business() -> None:
    titles = ["Nama Usaha", "Kecamatan", "Produk"]

    reading = read(
        [
            titles,
            ["Usaha A", "Soreang", "Keripik"],
            ["Usaha A", "Ciwidey", "Kopi"],
            ["Usaha A", "Ciwidey", "Besek"],
        ]
    )

    assert blocks(reading) == [(2, "Usaha A", [2]), (3, "Usaha A", [3, 4])]


def test_number_without_a_name_is_a_business_whose_name_is_missing() -> None:
    reading = read(
        [
            TITLES,
            [1, "Usaha A", "", "", "Keripik", 1],
            ["", "", "", "", "Kopi", 2],
            [2, "", "", "081370000549", "Besek", 3],
            ["", "", "", "", "Kopi", 2],
        ]
    )

    assert blocks(reading) == [(2, "Usaha A", [2, 3]), (4, "", [4, 5])]
    assert problems(reading) == ["B4 missing_name"]


def test_running_number_beside_every_product_opens_nothing() -> None:
    rows = [
        TITLES,
        [1, "Usaha A", "", "", "Keripik", 1],
        [2, "", "", "", "Kopi", 2],
        [3, "", "", "", "Besek", 3],
    ]

    assert blocks(read(rows)) == [(2, "Usaha A", [2, 3, 4])]


def test_another_phone_without_a_name_opens_a_business() -> None:
    rows = [TITLES, ["", "Usaha A", "", "081270000548", "Keripik", 1], ["", "", "", "0813 7000", "Kopi", 2]]

    reading = read(rows)

    assert (blocks(reading), problems(reading)) == (
        [(2, "Usaha A", [2]), (3, "", [3])],
        ["B3 missing_name", "D3 invalid_phone"],
    )


def test_list_may_begin_without_a_name() -> None:
    reading = read([TITLES, ["", "", "", "", "Keripik", 1], ["", "Usaha A", "", "", "Kopi", 1]])

    assert blocks(reading) == [(2, "", [2]), (3, "Usaha A", [3])]


@pytest.mark.parametrize(
    "footer",
    [
        [["", "Soreang, 12 Maret 2018"]],
        [[], ["", "", "", "", "Soreang,       Maret 2018"]],
        [["", "Mengetahui,", "", "", "Soreang, 12 Maret 2018"], ["", "Kepala Dinas"], [], ["",
        "Drs. Contoh"], ["", "NIP. 19650312 198903 1 002"]],
        [["", "Catatan: harga dapat berubah"]],
        [[], ["", "Drs. Contoh"]],
        [["", "Dibuat oleh petugas"], ["", "Contoh", "", "", "Contoh"]],
        [["JUMLAH", "", "", "", "", "=SUM(F2:F3)"], ["Jumlah peserta: 1"]],
        [["", "Total", "", "", "", 13400]],
    ],
)  # fmt: skip
def test_what_stands_under_the_list_is_no_business(footer: list[list[object]]) -> None:
    reading = read([TITLES, [1, "Usaha A", "", "", "Keripik", 1], *footer])

    assert blocks(reading) == [(2, "Usaha A", [2])]
    assert reading.problems == ()
    assert reading.skipped


def test_skipped_rows_are_named() -> None:
    reading = read([TITLES, [1, "Usaha A", "", "", "Keripik", 1], [], ["", "Soreang, 12 Maret 2018"]])

    assert [(row.row, row.text) for row in reading.skipped] == [(4, "Soreang, 12 Maret 2018")]


def test_heading_total_numbering_and_printed_header_between_rows_are_no_business() -> None:
    rows = [
        TITLES,
        [1, 2, 3, 4, 5, 6],
        ["A. KECAMATAN SOREANG"],
        [1, "Usaha A", "", "", "Keripik", 1],
        ["", "Sub Total", "", "", "", 1],
        TITLES,
        [2, "Usaha B", "", "", "Kopi", 2],
    ]

    assert blocks(read(rows, merges=["A3:F3"])) == [(4, "Usaha A", [4]), (7, "Usaha B", [7])]


def test_printed_numbering_in_brackets_is_no_business() -> None:
    rows = [TITLES, [f"({number})" for number in range(1, 7)], [1, "Usaha A", "", "", "Keripik", 1]]

    assert blocks(read(rows)) == [(3, "Usaha A", [3])]


def test_business_with_only_a_name_counts() -> None:
    reading = read([TITLES, [1, "Usaha A", "", "", "Keripik", 1], [2, "Usaha B"], [3, "Jumlah Berkah"]])

    assert [name for _, name, _ in blocks(reading)] == ["Usaha A", "Usaha B", "Jumlah Berkah"]


def test_merged_category_and_price_hold_for_every_product_beside_them() -> None:
    rows = [
        ["Nama Usaha", "Kategori", "Nama Produk", "Harga"],
        ["Usaha A", "Kriya", "Besek", 4000],
        ["", "", "Nampan bambu", ""],
    ]

    products = read(rows, merges=["A2:A3", "B2:B3", "D2:D3"]).businesses[0].products

    assert [(item.category, item.price) for item in products] == [("anyaman-bambu", 4000), ("kriya", 4000)]


def test_name_of_signs_alone_is_no_name() -> None:
    reading = read([TITLES, [1, "***", "", "", "!!", 1], [2, "Usaha B", "", "", "Kopi", 2]])

    assert blocks(reading) == [(2, "", []), (3, "Usaha B", [3])]
    assert problems(reading) == ["B2 missing_name", "E2 missing_name.product"]
