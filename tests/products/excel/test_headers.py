"""Where the list begins, and which column is which when titles are unclear."""

import pytest

from products.excel.problems import UnreadableFile
from tests.products.excel.reading import read

TITLES = ["No", "Nama Usaha", "NIB", "Nama Produk", "Harga", "Satuan"]
ROW = [1, "Usaha A", "9120000000031", "Keripik singkong", "13.400", "bungkus"]


@pytest.mark.parametrize("depth", [0, 1, 2, 7, 15, 25])
def test_header_is_found_below_any_number_of_title_rows(depth: int) -> None:
    titles = [["DAFTAR PESERTA KONTAK DAGANG"], ["Dinas Koperasi, NIB dan Produk"], ["Tahun", 2018]] * 9

    reading = read([*titles[:depth], TITLES, ROW])

    assert (reading.header_row, reading.businesses[0].row) == (depth + 1, depth + 2)
    assert reading.businesses[0].products[0].price == 13_400


def test_header_below_empty_rows_and_columns_keeps_its_addresses() -> None:
    reading = read(
        [[], [], [], ["", "", *TITLES], [], ["", "", 1, "Usaha A", "123", "Keripik", "nego", "bungkus"]]
    )

    assert [(found.cell, found.kind) for found in reading.problems] == [
        ("E6", "invalid_nib"),
        ("G6", "invalid_price"),
    ]


def test_two_line_header_is_read_as_groups() -> None:
    reading = read(
        [
            ["No", "Pelaku Usaha", "", "Produk", "", "", "Kebutuhan", "", ""],
            ["", "Nama", "Telepon", "Nama", "Harga", "Satuan", "Nama Barang", "Harga", "Jumlah / bulan"],
            [1, "Usaha A", "081270000548", "Keripik", 5000, "bungkus", "Kotak kemasan", 2500, 100],
        ],
        merges=["A1:A2", "B1:C1", "D1:F1", "G1:I1"],
    )

    assert reading.known_columns == {
        "No": "row.number", "Pelaku Usaha Nama": "business.name", "Pelaku Usaha Telepon": "business.phone",
        "Produk Nama": "product.name", "Produk Harga": "product.price", "Produk Satuan": "product.unit",
        "Kebutuhan Nama Barang": "need.text", "Kebutuhan Harga": "need.price_ceiling",
        "Kebutuhan Jumlah / bulan": "need.quantity",
    }  # fmt: skip
    assert (reading.need_count, reading.product_count, reading.problems) == (1, 1, ())


def test_title_over_two_lines_is_one_title() -> None:
    reading = read(
        [["Nama", "Nomor", "Nama"], ["Usaha", "HP/WA", "Produk"], ["Usaha A", "081270000548", "Keripik"]]
    )

    assert list(reading.known_columns.values()) == ["business.name", "business.phone", "product.name"]


def test_best_sheet_is_chosen_and_named() -> None:
    reading = read(
        [["Catatan"], ["Nama Usaha", "Telepon"]],
        name="Sampul",
        others=[("Peserta 2018", [["Judul"], TITLES, ROW]), ("Contoh", [TITLES])],
    )

    assert (reading.sheet, reading.sheet_count, reading.header_row) == ("Peserta 2018", 3, 2)


@pytest.mark.parametrize("rows", [[["Nama Usaha"]], [["a", "b"], [1, 2]], [["NIB", "NIB"], ["x", "y"]]])
def test_list_without_header_is_refused(rows: list[list[object]]) -> None:
    with pytest.raises(UnreadableFile, match="no_header"):
        read(rows)


def test_header_without_rows_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no_rows"):
        read([TITLES, ["", "", ""], ["", "Soreang, 12 Maret 2018"]])


def test_unknown_titles_are_asked_about() -> None:
    reading = read([[*TITLES, "Catatan", "Merek Dagang"], [*ROW, "lunas", "Renyah"]])

    assert reading.unknown_columns == ["Catatan", "Merek Dagang"]


def test_answer_to_an_asked_column_is_used() -> None:
    rows = [["Merek Dagang", "NIB", "Nama Produk", "Catatan"], ["Usaha A", "", "Keripik", "x"]]

    reading = read(rows, choices={"Merek Dagang": "business.name", "Catatan": "ignored"})

    assert reading.known_columns == {
        "Merek Dagang": "business.name", "NIB": "business.nib", "Nama Produk": "product.name",
        "Catatan": "ignored"
    }  # fmt: skip
    assert (reading.businesses[0].name, reading.unknown_columns) == ("Usaha A", [])


def test_answer_wins_over_a_recognised_title() -> None:
    rows = [["Nama Usaha", "Julukan", "NIB"], ["CV Maju", "Dapur A", "9120000000031"]]

    reading = read(rows, choices={"Julukan": "business.name"})

    assert (reading.businesses[0].name, reading.unknown_columns) == ("Dapur A", ["Nama Usaha"])


def test_second_column_of_one_kind_is_asked_about() -> None:
    reading = read(
        [
            ["Nama Usaha", "Telepon", "WhatsApp", "Catatan", "Catatan"],
            ["Usaha A", "081270000548", "081370000549"],
        ]
    )

    assert reading.unknown_columns == ["WhatsApp", "Catatan", "Catatan (E)"]


def test_file_without_a_name_column_says_so_at_its_header() -> None:
    reading = read([["Judul"], ["NIB", "Nama Produk"], ["9120000000031", "Keripik"]])

    assert [(found.cell, found.kind) for found in reading.problems][:1] == [("A2", "missing_column")]
    assert reading.businesses[0].name == ""


def test_name_alone_is_the_firm_unless_the_firm_has_its_own_column() -> None:
    alone = read([["Nama", "NIB"], ["Usaha A", ""]])
    beside = read([["Nama", "Nama Usaha"], ["Ibu A.", "Usaha A"]])

    assert alone.businesses[0].name == "Usaha A"
    assert (beside.businesses[0].name, beside.businesses[0].owner_name) == ("Usaha A", "Ibu A.")


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (["Nama Usaha", "Kebutuhan", "Kategori", "Satuan", "Harga"], ["need.category", "need.unit",
        "need.price_ceiling"]),
        (["Nama Usaha", "Produk", "Kategori", "Satuan", "Harga"], ["product.category", "product.unit",
        "product.price"]),
        (["Nama Usaha", "NIB", "Kategori", "Satuan", "Harga"], ["product.category", "product.unit",
        "product.price"]),
    ],
)  # fmt: skip
def test_shared_title_belongs_to_what_the_list_has(titles: list[str], fields: list[str]) -> None:
    reading = read([titles, ["Usaha A", "Keripik", "Kuliner", "buah", 500]])

    assert [column.field for column in reading.columns][2:] == fields


@pytest.mark.parametrize("is_need_first", [True, False])
def test_shared_title_belongs_to_whose_rows_fill_it(*, is_need_first: bool) -> None:
    anchors = ["Kebutuhan", "Produk"] if is_need_first else ["Produk", "Kebutuhan"]
    cells = ["Kopi", ""] if is_need_first else ["", "Kopi"]

    reading = read([["Nama Usaha", "Satuan", "Satuan", *anchors], ["Usaha A", "bungkus", "", *cells]])

    assert [column.field for column in reading.columns][1:3] == ["need.unit", "product.unit"]


def test_shared_title_that_rows_do_not_explain_belongs_to_its_left_neighbour() -> None:
    reading = read(
        [
            ["Nama Usaha", "Produk", "Satuan", "Kebutuhan", "Satuan", "Kategori"],
            ["Usaha A", "Keripik", "bungkus", "Kopi", "buah", "Kuliner"],
        ]
    )

    assert [column.field for column in reading.columns] == [
        "business.name", "product.name", "product.unit", "need.text", "need.unit", "need.category"
    ]  # fmt: skip


def test_third_shared_title_is_asked_about() -> None:
    reading = read(
        [["Nama Usaha", "Produk", "Kebutuhan", "Satuan", "Satuan", "Satuan"], ["Usaha A", "Keripik", "Kopi"]]
    )

    assert reading.unknown_columns == ["Satuan (F)"]
