"""Counts beside the filters: against counting by hand, remembered, estimated, and in words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from products import facets
from products.catalogue_version import catalogue_version
from products.facets import BANDS, count_facets
from products.filters.catalogue import CatalogueFilter
from products.filters.panel import Panel
from products.invented.catalogue import make_catalogue
from products.models import Category, Certificate, Product
from regions.models import Province
from tests.factories import CertificateFactory, PriceTierFactory, ProductFactory

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A listed product with what the filters ask for, read from prices and certificates one by one."""

    family: str
    sector: str
    province: str
    region: str
    numbers: dict[str, int | None]
    held: frozenset[str]
    checked: frozenset[str]
    consigns: bool
    makes_itself: bool


@pytest.fixture
def rows(reference_data: None) -> list[Row]:
    list(make_catalogue(products=250, seed=7, until=UNTIL))
    products = Product.objects.listed().select_related("category__parent", "business__region__province")
    return [row_of(product) for product in products.prefetch_related("price_tiers", "business__certificates")]


def row_of(product: Product) -> Row:
    today = timezone.localdate()
    held = [
        c
        for c in product.business.certificates.all()
        if c.is_held_on(today) and c.product_id in {None, product.pk}
    ]
    return Row(
        product.category.code,
        product.category.parent.code,
        product.business.region.province.code,
        product.business.region.code,
        {
            "kisaran": min((tier.price_rupiah for tier in product.price_tiers.all()), default=None),
            "pesanan": product.min_order,
            "kapasitas": product.capacity_per_month,
            "waktu": product.lead_time_days,
        },
        frozenset(c.kind for c in held),
        frozenset(c.kind for c in held if c.state == "checked"),
        bool(product.accepts_consignment),
        product.business.makes_itself,
    )


def lies_in(number: int | None, band: str) -> bool:
    start, end = band.split("-")
    return number is not None and int(start) <= number and (not end or number <= int(end))


def meets(row: Row, name: str, values: list[str], query: dict[str, list[str]]) -> bool:
    """Say whether a row passes one filter of the query."""
    if name in BANDS:
        return any(lies_in(row.numbers[name], value) for value in values)
    if name == "sertifikat":
        return set(values) <= (row.checked if "diperiksa" in query else row.held)
    one = {
        "kategori": values[0] in {row.family, row.sector},
        "wilayah": values[0] in {row.province, row.region},
        "diperiksa": bool(row.checked),
        "titip": row.consigns,
        "sendiri": row.makes_itself,
    }
    return one[name]


def count(rows: list[Row], query: dict[str, list[str]], name: str, value: str) -> int:
    """Count as a person would: ``value`` instead of the facet's own choice, and all other filters."""
    asked = {**query, name: [value]}
    return sum(all(meets(row, other, values, asked) for other, values in asked.items()) for row in rows)


def random_query(random: Random) -> dict[str, list[str]]:
    choices = {name: bands.codes for name, bands in BANDS.items()} | {
        "kategori": ["kuliner", "keripik", "kriya"],
        "wilayah": ["32", "33", "32.04"],
        "sertifikat": ["halal", "pirt"],
        "diperiksa": ["ya"],
        "titip": ["ya"],
        "sendiri": ["ya"],
    }
    names = random.sample(sorted(choices), random.randint(0, 3))
    several = {"sertifikat", *BANDS}
    return {
        name: random.sample(choices[name], random.randint(1, 2) if name in several else 1) for name in names
    }


def panel(query: dict[str, list[str]]) -> Panel:
    return Panel(CatalogueFilter(QueryDict(urlencode(query, doseq=True)), today=timezone.localdate()))


@pytest.mark.parametrize("seed", range(4))
def test_every_count_equals_counting_by_hand(rows: list[Row], seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    for query in [random_query(random) for _time in range(12)]:
        shown = panel(query)
        by_hand = [row for row in rows if all(meets(row, n, v, query) for n, v in query.items())]

        assert shown.found.total == len(by_hand), query
        for facet in [shown.places(), *shown.facets()]:
            counted = {option.value: option.count for option in facet.options}
            expected = {value: str(count(rows, query, facet.name, value)) for value in counted}
            assert counted == expected, (query, facet.name)


def test_shelves_count_every_sector_and_family(rows: list[Row]) -> None:
    shelves = panel({"titip": ["ya"]}).shelves()

    counted = {shelf.category.code: shelf.count for shelf in shelves}
    assert counted == {code: count(rows, {"titip": ["ya"]}, "kategori", code) for code in counted}
    assert sum(counted.values()) == sum(row.consigns for row in rows)


def test_places_without_products_are_left_out(rows: list[Row]) -> None:
    assert {option.value for option in panel({}).places().options} == {row.province for row in rows}


def test_counts_follow_every_change_though_they_are_remembered() -> None:
    def halal() -> str:
        options = {o.value: o.count for facet in panel({}).facets() for o in facet.options}
        return options.get("halal", "none")

    product = ProductFactory()
    assert halal() == "none"

    certificate = CertificateFactory(business=product.business, kind="halal")
    assert halal() == "1"

    certificate.delete()
    assert halal() == "none"


def test_certificate_that_ended_since_the_product_was_written_no_longer_counts() -> None:
    product = ProductFactory()
    CertificateFactory(business=product.business, kind="halal", valid_until=date(2099, 1, 1))
    CertificateFactory(business=product.business, kind="pirt")

    def held_on(day: date) -> list[tuple[str, ...]]:
        counts = count_facets(
            Product.objects.listed(), ["sertifikat"], today=day, version=catalogue_version()
        )
        return [held for held, _checked in counts.by_facet["sertifikat"]]

    assert held_on(date(2099, 1, 1)) == [("halal", "pirt")]
    assert held_on(date(2099, 1, 2)) == [("pirt",)]


def test_beyond_ten_thousand_counts_are_estimated_and_say_so(
    rows: list[Row], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_COUNTED", 100)

    shown = panel({})

    assert shown.found.is_estimate
    assert shown.found.total == len(rows)  # so small a table is its own sample
    assert shown.total_words == f"sekitar {round(len(rows), -1)}"
    assert "Jumlah di atas 10.000 adalah taksiran." in client.get("/katalog/?titip=").content.decode()


def test_sample_is_a_fair_share_of_all_products(rows: list[Row]) -> None:
    ids = Product.objects.values_list("sample", flat=True)
    quarter = sum(number < facets.SAMPLE_PARTS // 4 for number in ids)

    assert abs(quarter - len(ids) / 4) <= len(ids) * 0.03


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kisaran=10000-24999", ["Rp10.000"]),
        ("kisaran=0-9999&kisaran=25000-49999", ["Rp30.000"]),
        ("pesanan=11-50", ["Pesan 20"]),
        ("kapasitas=10000-", ["Kapasitas 10.000"]),
        ("waktu=4-7", ["Tujuh hari"]),
        ("diperiksa=ya", ["Diperiksa"]),
        ("diperiksa=ya&sertifikat=halal", ["Diperiksa"]),
        ("diperiksa=ya&sertifikat=pirt", []),
        ("sendiri=ya", ["Buatan sendiri"]),
    ],
)
def test_each_filter_keeps_what_it_names(client: Client, query: str, names: list[str]) -> None:
    for price in (10_000, 30_000):
        PriceTierFactory(product=ProductFactory(name=f"Rp{price:,}".replace(",", ".")), price_rupiah=price)
    ProductFactory(name="Pesan 20", min_order=20)
    ProductFactory(name="Kapasitas 10.000", capacity_per_month=10_000)
    ProductFactory(name="Tujuh hari", lead_time_days=7)
    checked = ProductFactory(name="Diperiksa")
    CertificateFactory(business=checked.business, kind="halal", state=Certificate.State.CHECKED)
    CertificateFactory(business=ProductFactory().business, kind="pirt")
    ProductFactory(name="Buatan sendiri", business__makes_itself=True)

    response = client.get(f"/katalog/?{query}")

    assert [product.name for product in response.context["page"]] == names


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("kisaran=1-2", "Kisaran harga: Pilihan “1-2” tidak dikenal."),
        ("pesanan=x", "Pesanan minimum: Pilihan “x” tidak dikenal."),
        ("kapasitas=x", "Kapasitas per bulan: Pilihan “x” tidak dikenal."),
        ("waktu=x", "Waktu pengerjaan (hari kerja): Pilihan “x” tidak dikenal."),
        ("diperiksa=x", "Sertifikat diperiksa petugas: Pilihan “x” tidak dikenal."),
        ("sendiri=x", "Diproduksi sendiri: Pilihan “x” tidak dikenal."),
        ("wilayah=" + "1" * 300, f"Wilayah: Pilihan “{'1' * 300}” tidak dikenal."),
    ],
)
def test_unknown_choice_falls_back_with_a_notice(client: Client, query: str, notice: str) -> None:
    ProductFactory(name="Tas")

    response = client.get(f"/katalog/?{query}")

    assert response.context["notices"] == [f"{notice} Saringan ini tidak dipakai."]
    assert [product.name for product in response.context["page"]] == ["Tas"]


def test_every_filter_in_use_has_a_chip_in_words(client: Client) -> None:
    query = "kisaran=0-9999&kisaran=1000000-&pesanan=0-1&waktu=8-14&diperiksa=ya&sendiri=ya"

    chips = client.get(f"/katalog/?{query}").context["filters"].chips

    assert [chip.label for chip in chips] == [
        "sertifikat diperiksa petugas",
        "diproduksi sendiri",
        "Kisaran harga: di bawah Rp10.000",
        "Kisaran harga: mulai Rp1.000.000",
        "Pesanan minimum: 1",
        "Waktu pengerjaan (hari kerja): 8–14",
    ]


def test_map_counts_equal_the_catalogue_of_each_province(rows: list[Row], client: Client) -> None:
    response = client.get("/katalog/peta/?kategori=kuliner&wilayah=32")

    provinces = response.context["provinces"]
    expected = {row.province: 0 for row in rows} | {
        code: count(rows, {"kategori": ["kuliner"]}, "wilayah", code)
        for code in Province.objects.values_list("code", flat=True)
    }
    assert {province.code: province.count for province in provinces} == expected
    text = response.content.decode()
    for province in provinces:
        links = text.count(f'"/katalog/?kategori=kuliner&amp;wilayah={province.code}"')
        assert links >= 2, province  # on the map, and in the table
        assert f"<td>{province.count}</td>" in text
    assert len(provinces) == 38
    assert Category.objects.filter(code="kuliner").exists()
