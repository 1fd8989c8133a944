"""The two sample lists, as they are and rearranged the way the next office would write them."""

import csv
import io
import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from products.excel.entries import Reading
from products.excel.rows import read_list
from products.excel.vocabulary import Scale, Vocabulary
from products.excel.workbook import open_workbook
from products.taxonomy import Family, Unit
from tests.products.excel.sheets import workbook

SAMPLES = Path(__file__).parents[2] / "samples"
DATA = Path(__file__).parents[3] / "products" / "data"
DELEGATION = (SAMPLES / "delegasi-kab-bandung.xlsx").read_bytes()
NEEDS = (SAMPLES / "kebutuhan-kota-surakarta.xlsx").read_bytes()
TRUTH = json.loads((SAMPLES / "truth.json").read_text())["delegation"]
EXPECTED_PROBLEMS = [("J35", "missing_price"), ("E37", "invalid_nib"), ("E39", "invalid_nib")]
EXPECTED_DUPLICATES = [(67, 22, "nib"), (70, 11, "phone"), (72, 7, "nib")]


def csv_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)


def real_vocabulary() -> Vocabulary:
    families = [
        Family(row["code"], row["parent_code"] or None, row["name_id"], row["name_en"],
        words(row["synonyms_id"]),
               words(row["synonyms_en"]))
        for row in csv_rows("categories.csv")
    ]  # fmt: skip
    units = csv_rows("units.csv")
    return Vocabulary(
        families,
        [Unit(row["code"], row["label_id"], row["label_en"], words(row["synonyms"])) for row in units],
        {row["code"]: Scale(row["base_unit"] or row["code"], Decimal(row["factor"])) for row in units},
    )


VOCABULARY = real_vocabulary()


def read(content: bytes) -> Reading:
    return read_list(open_workbook(content), vocabulary=VOCABULARY, latest=date(2026, 3, 12))


def facts(reading: Reading) -> tuple[object, ...]:
    """Return everything the delegation list must give, wherever its columns stand."""
    return (
        len(reading.businesses),
        reading.product_count,
        sorted(
            (int(found.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), str(found.kind))
            for found in reading.problems
        ),
        [(found.row, found.same_as_row, found.by) for found in reading.duplicates],
    )


def rearranged(seed: int, titles: dict[str, str], *, extra: int = 0) -> bytes:
    """Return the delegation list with its columns in another order, other titles, and columns more."""
    sheet = openpyxl.load_workbook(io.BytesIO(DELEGATION)).active
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merge))
    grid = [list(row) for row in sheet.iter_rows(values_only=True)]
    order = list(range(len(grid[0])))
    random.Random(seed).shuffle(order)  # noqa: S311
    rows = []
    for number, row in enumerate(grid, start=1):
        moved = (
            [row[column] if row[column] is not None else "" for column in order] if number > 3 else row[:1]
        )
        if number == 4:
            moved = [titles.get(title, title) for title in moved] + [
                f"Catatan {index}" for index in range(extra)
            ]
        rows.append(moved)
    return workbook(rows)


RENAMED = {
    "Nama Usaha": "NAMA UMKM", "Nama Pemilik": "Owner", "No. HP/WA": "Telepon / WhatsApp",
    "NIB": "Nomor Induk Berusaha",
    "Kecamatan": "Kec.", "Tgl Berdiri": "Tanggal Pendirian", "Kategori": "Jenis Produk",
    "Nama Produk": "Nama Barang",
    "Harga (Rp)": "Harga Jual (Rp.)", "Satuan": "Unit", "Min. Order": "Minimal Pemesanan",
    "Kapasitas / bulan": "Kapasitas Produksi (per bulan)", "No. P-IRT": "SPP-IRT",
    "Halal": "Sertifikat Halal",
}  # fmt: skip
WHOLE = facts(read(DELEGATION))


def test_delegation_list_gives_exactly_what_is_wrong_with_it() -> None:
    reading = read(DELEGATION)

    assert (len(reading.businesses), reading.product_count) == (
        TRUTH["businesses_in_file"],
        TRUTH["product_rows"],
    )
    assert [(found.cell, str(found.kind)) for found in reading.problems] == EXPECTED_PROBLEMS
    assert [(found.row, found.same_as_row, found.by) for found in reading.duplicates] == EXPECTED_DUPLICATES
    assert (reading.header_row, reading.unknown_columns) == (4, [])
    assert [row.row for row in reading.skipped] == [77]


def test_delegation_list_is_understood_to_the_last_value() -> None:
    products = [product for business in read(DELEGATION).businesses for product in business.products]

    assert [product for product in products if product.category is None or product.unit is None] == []
    assert [product.row for product in products if product.price is None] == [35]
    assert [product for product in products if product.min_order is None or product.capacity is None] == []
    assert [business.row for business in read(DELEGATION).businesses if business.founded is None] == []


def test_needs_list_has_twenty_firms_forty_needs_and_nothing_wrong() -> None:
    reading = read(NEEDS)

    assert (len(reading.businesses), reading.need_count, reading.product_count) == (20, 40, 10)
    assert (reading.problems, reading.duplicates, reading.unknown_columns) == ((), (), [])
    needs = [need for business in reading.businesses for need in business.needs]
    assert [
        need for need in needs if None in (need.category, need.quantity, need.unit, need.price_ceiling)
    ] == []


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=15, deadline=None)
def test_columns_may_stand_in_any_order(seed: int) -> None:
    assert facts(read(rearranged(seed, {}))) == WHOLE


@pytest.mark.parametrize("seed", range(4))
def test_titles_may_be_worded_otherwise(seed: int) -> None:
    reading = read(rearranged(seed, RENAMED))

    assert (facts(reading), reading.unknown_columns) == (WHOLE, [])
    assert set(reading.known_columns) == {"No", *RENAMED.values()}


def test_columns_nobody_knows_are_asked_about() -> None:
    reading = read(rearranged(7, {}, extra=2))

    assert (facts(reading), reading.unknown_columns) == (WHOLE, ["Catatan 0", "Catatan 1"])


@pytest.mark.parametrize("seed", range(4))
def test_needs_list_may_be_rearranged_too(seed: int) -> None:
    grid = [list(row) for row in openpyxl.load_workbook(io.BytesIO(NEEDS)).active.iter_rows(values_only=True)]
    order = list(range(len(grid[0])))
    random.Random(seed).shuffle(order)  # noqa: S311

    reading = read(
        workbook([[row[column] if row[column] is not None else "" for column in order] for row in grid])
    )

    assert (len(reading.businesses), reading.need_count, reading.product_count, reading.problems) == (
        20,
        40,
        10,
        (),
    )


def test_two_thousand_rows_are_read() -> None:
    titles = ["Nama Usaha", "NIB", "Kategori", "Nama Produk", "Harga", "Satuan"]
    rows = [
        [
            f"Usaha {number // 3}" if number % 3 == 0 else "",
            "",
            "Kuliner",
            f"Keripik rasa {number}",
            "Rp 12.500",
            "bungkus",
        ]
        for number in range(2_000)
    ]

    reading = read(workbook([titles, *rows]))

    assert (len(reading.businesses), reading.product_count, reading.problems) == (667, 2_000, ())
