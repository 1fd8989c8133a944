"""One line as heard on the phone, read into fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.need_line import Reading, read_line
from products.reference import families_in_file
from products.taxonomy import Unit

TODAY = date(2018, 2, 10)
FAMILIES = families_in_file()
UNITS = [
    Unit("buah", "buah", "pc", ("pcs",)),
    Unit("bungkus", "bungkus", "pack", ("bks",)),
    Unit("meter", "m", "metre", ("meter",)),
    Unit("pasang", "pasang", "pair", ()),
    Unit("gram", "g", "gram", ("gr",)),
    Unit("kilogram", "kg", "kilogram", ()),
    Unit("lusin", "lusin", "dozen", ()),
]


def read(line: str) -> Reading:
    return read_line(line, families=FAMILIES, units=UNITS, today=TODAY)


def test_the_founding_example() -> None:
    assert read("Kotak kemasan food-grade, 500–1.000 pcs/bulan, ≤ Rp2.500, mulai April") == Reading(
        category="kotak-makanan",
        quantity=1000,
        unit="buah",
        frequency="monthly",
        price_ceiling_rupiah=2500,
        wanted_from=date(2018, 4, 1),
    )


@pytest.mark.parametrize(
    ("line", "quantity", "unit", "frequency"),
    [
        ("Kain katun 3.000 meter sebulan", 3000, "meter", "monthly"),
        ("keripik singkong 250 g, 600 bungkus per bulan", 600, "bungkus", "monthly"),
        ("sepatu kulit 40 pasang", 40, "pasang", None),
        ("kardus 100 lusin sekali pesan", 100, "lusin", "once"),
        ("standing pouch 8000 / bulan", 8000, None, "monthly"),
        ("abon 5 kg/minggu", None, "kilogram", None),
        ("kotak ukuran 12x8 cm", None, None, None),
        ("kotak 0 buah", None, "buah", None),
        ("kotak 99.999.999.999 buah", None, "buah", None),
        ("", None, None, None),
    ],
)
def test_amounts(line: str, quantity: int | None, unit: str | None, frequency: str | None) -> None:
    reading = read(line)

    assert (reading.quantity, reading.unit, reading.frequency) == (quantity, unit, frequency)


@pytest.mark.parametrize(
    ("line", "ceiling"),
    [
        ("kotak maks Rp 16rb", 16_000),
        ("kotak harga 1,25 jt", 1_250_000),
        ("kotak di bawah Rp1.100,-", 1_100),
        ("kotak Rp75k", 75_000),
        ("kotak 500 pcs, paling mahal Rp 2.500", 2_500),
        ("kotak Rp0", None),
        ("kotak Rp2.500,50", None),
        ("kotak 2.500", None),
    ],
)
def test_prices(line: str, ceiling: int | None) -> None:
    assert read(line).price_ceiling_rupiah == ceiling


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("mulai Februari", date(2018, 2, 1)),
        ("mulai Januari", date(2019, 1, 1)),
        ("mulai 15 Maret", date(2018, 3, 15)),
        ("from March 2020", date(2020, 3, 1)),
        ("mulai 31 Februari", None),
        ("mulai besok", None),
        ("April", None),
    ],
)
def test_starts(line: str, start: date | None) -> None:
    assert read(line).wanted_from == start


def test_certificates_are_those_the_line_names() -> None:
    assert read("keripik wajib P-IRT dan halal").certificates_required == ("pirt", "halal")
    assert read("mainan SNI, jamu BPOM").certificates_required == ("bpom", "sni")


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(line: str) -> None:
    reading = read(line)

    assert reading.quantity is None or 0 < reading.quantity < 2**31
    assert reading.price_ceiling_rupiah is None or reading.price_ceiling_rupiah > 0


AREAS = {
    "jawa tengah": "33", "provinsi jawa tengah": "33", "kota bandung": "32.73", "kabupaten bandung": "32.04",
    "kab bandung": "32.04", "solo": "33.72", "kota surakarta": "33.72", "bali": "51",
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "area"),
    [
        ("kotak 500 pcs dari Jawa Tengah, mulai April", "33"),
        ("kotak khusus Kota Bandung saja", "32.73"),
        ("kotak, pemasok dari Kab. Bandung", "32.04"),
        ("kain hanya dari Solo", "33.72"),
        ("tas dari kulit dari Kota Surakarta", "33.72"),
        ("kotak dari provinsi Jawa Tengah", "33"),
        ("boxes from Bali", "51"),
        ("tas dari kulit", None),
        ("kotak dari Bandung", None),
        ("batik solo", None),
    ],
)
def test_areas(line: str, area: str | None) -> None:
    assert read_line(line, families=FAMILIES, units=UNITS, today=TODAY, areas=AREAS).area == area


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("kotak sampai 30 Juni", date(2018, 6, 30)),
        ("kotak sampai akhir Februari", date(2018, 2, 28)),
        ("kotak hingga Januari", date(2019, 1, 31)),
        ("kotak paling lambat tanggal 15 Mei 2020", date(2020, 5, 15)),
        ("kotak deadline 20/6/2019", date(2019, 6, 20)),
        ("500 sampai 1.000 pcs, sampai Maret", date(2018, 3, 31)),
        ("boxes until 3 June", date(2018, 6, 3)),
        ("kotak sampai 31 Februari", None),
        ("500 sampai 1.000 pcs", None),
        ("kotak sampai habis", None),
    ],
)
def test_ends(line: str, end: date | None) -> None:
    assert read(line).open_until == end


def test_start_end_area_and_amount_stand_beside_each_other() -> None:
    line = "Kotak 500–1.000 pcs/bulan, ≤ Rp2.500, dari Jawa Tengah, mulai April, sampai 30 Juni"

    reading = read_line(line, families=FAMILIES, units=UNITS, today=TODAY, areas=AREAS)

    assert (reading.quantity, reading.unit, reading.price_ceiling_rupiah) == (1000, "buah", 2500)
    assert (reading.wanted_from, reading.open_until) == (date(2018, 4, 1), date(2018, 6, 30))
    assert reading.area == "33"
