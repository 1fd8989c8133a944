"""The public catalogue: its filters, shelves, search results and pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.models import Product
from products.search import How
from products.shelves import arrange_shelves
from tests.factories import (
    CategoryFactory,
    CertificateFactory,
    FamilyFactory,
    PriceTierFactory,
    ProductFactory,
    ProvinceFactory,
    RegionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
CATALOGUE = "/katalog/"


def shown(client: Client, query: str = "") -> list[str]:
    """Return the names of the products on the page, in their order."""
    response = client.get(f"{CATALOGUE}{query}")

    assert response.status_code == 200
    return [product.name for product in response.context["page"]]


def page(client: Client, query: str = "") -> str:
    return client.get(f"{CATALOGUE}{query}").content.decode()


# Filters


def test_newest_product_comes_first_and_drafts_stay_out(client: Client) -> None:
    ProductFactory(name="Lama")
    ProductFactory(name="Baru")
    ProductFactory(name="Draf", status=Product.Status.DRAFT)

    assert shown(client) == ["Baru", "Lama"]


def test_category_filter_takes_a_sector_or_a_family(client: Client) -> None:
    sector = CategoryFactory(code="kuliner")
    ProductFactory(name="Keripik", category=FamilyFactory(code="keripik", parent=sector))
    ProductFactory(name="Kopi", category=FamilyFactory(code="kopi", parent=sector))
    ProductFactory(name="Tas")

    assert shown(client, "?kategori=kuliner") == ["Kopi", "Keripik"]
    assert shown(client, "?kategori=kopi") == ["Kopi"]


def test_place_filter_takes_a_province_or_a_regency(client: Client) -> None:
    java = ProvinceFactory(code="98", name="Jawa Contoh")
    bandung = RegionFactory(province=java, code="98.04")
    ProductFactory(name="Dari Bandung", business__office__region=bandung)
    ProductFactory(name="Dari Bogor", business__office__region=RegionFactory(province=java, code="98.01"))
    ProductFactory(name="Dari Solo")

    assert shown(client, "?wilayah=98") == ["Dari Bogor", "Dari Bandung"]
    assert shown(client, "?wilayah=98.04") == ["Dari Bandung"]


def test_only_places_with_products_are_offered(client: Client) -> None:
    ProductFactory(business__office__region=RegionFactory(name="Kota Contoh", code="99.71"))
    RegionFactory(name="Kabupaten Kosong")
    ProductFactory(business__office__region=RegionFactory(name="Kabupaten Draf"), status=Product.Status.DRAFT)

    def places(query: str) -> list[tuple[str, str, str]]:
        options = client.get(f"{CATALOGUE}{query}").context["panel"].places().options
        return [(option.value, option.label, option.count) for option in options]

    assert places("") == [("99", "Provinsi Contoh", "1")]
    assert places("?wilayah=99") == [("99", "Provinsi Contoh", "1"), ("99.71", "— Kota Contoh", "1")]


def test_price_ceiling_keeps_what_is_affordable_at_some_quantity(client: Client) -> None:
    cheap_in_bulk = ProductFactory(name="Murah bila banyak")
    PriceTierFactory(product=cheap_in_bulk, price_rupiah=30_000)
    PriceTierFactory(product=cheap_in_bulk, min_quantity=100, price_rupiah=20_000)
    PriceTierFactory(product=ProductFactory(name="Mahal"), price_rupiah=25_001)
    ProductFactory(name="Tanpa harga")

    assert shown(client, "?harga=Rp25.000") == ["Murah bila banyak"]


def test_order_filter_keeps_what_sells_as_few(client: Client) -> None:
    ProductFactory(name="Eceran", min_order=1)
    ProductFactory(name="Grosir", min_order=1001)
    ProductFactory(name="Tidak disebut")

    assert shown(client, "?minimal=1.000") == ["Eceran"]


def test_certificate_of_product_or_business_counts_while_it_is_held(client: Client) -> None:
    today = timezone.localdate()
    own = ProductFactory(name="Halal sendiri")
    CertificateFactory(business=own.business, product=own, kind="halal")
    ProductFactory(name="Halal usahanya", business=CertificateFactory(kind="halal", state="checked").business)
    sibling = ProductFactory(name="Saudara halal", business=own.business)
    ProductFactory(
        name="Sedang diurus", business=CertificateFactory(kind="halal", state="in_process").business
    )
    lapsed = CertificateFactory(kind="halal", state="checked", valid_until=today - timedelta(days=1))
    ProductFactory(name="Lewat tanggal", business=lapsed.business)

    assert shown(client, "?sertifikat=halal") == ["Halal usahanya", "Halal sendiri"]
    assert sibling.name not in shown(client, "?sertifikat=halal")


def test_every_certificate_asked_for_must_be_held(client: Client) -> None:
    both = CertificateFactory(kind="halal").business
    CertificateFactory(business=both, kind="pirt")
    ProductFactory(name="Keduanya", business=both)
    ProductFactory(name="Halal saja", business=CertificateFactory(kind="halal").business)

    assert shown(client, "?sertifikat=halal&sertifikat=pirt") == ["Keduanya"]


def test_consignment_filter_keeps_those_that_accept_it(client: Client) -> None:
    ProductFactory(name="Titip", accepts_consignment=True)
    ProductFactory(name="Tidak", accepts_consignment=False)
    ProductFactory(name="Belum tahu")

    assert shown(client, "?titip=ya") == ["Titip"]


def test_cheapest_come_first_and_unknown_prices_last(client: Client) -> None:
    ProductFactory(name="Tanpa harga")
    PriceTierFactory(product=ProductFactory(name="Mahal"), price_rupiah=9_000)
    PriceTierFactory(product=ProductFactory(name="Murah"), price_rupiah=1_000)

    assert shown(client, "?urut=harga") == ["Murah", "Mahal", "Tanpa harga"]


def test_search_ranks_by_relevance_and_can_be_ordered_otherwise(client: Client) -> None:
    ProductFactory(name="Sepatu")
    ProductFactory(name="Kaus kaki", description="untuk sepatu")

    assert shown(client, "?q=sepatu") == ["Sepatu", "Kaus kaki"]
    assert shown(client, "?q=sepatu&urut=terbaru") == ["Kaus kaki", "Sepatu"]
    assert shown(client, "?urut=relevan") == ["Kaus kaki", "Sepatu"]


def test_default_order_has_no_value_so_that_a_search_is_ranked(client: Client) -> None:
    ProductFactory(name="Sepatu")

    def orders(query: str) -> list[tuple[str, bool]]:
        offered = client.get(f"{CATALOGUE}{query}").context["filters"].orders
        return [(value, is_chosen) for value, _label, is_chosen in offered]

    assert orders("") == [("", True), ("harga", False)]
    assert orders("?q=sepatu") == [("", True), ("terbaru", False), ("harga", False)]
    assert orders("?q=sepatu&urut=harga") == [("", False), ("terbaru", False), ("harga", True)]


# Values that are not understood


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("?harga=murah", "Harga paling tinggi (Rp): Tulis harga dalam rupiah, mis. 25.000."),
        ("?harga=0", "Harga paling tinggi (Rp): Tulis harga mulai dari Rp1."),
        ("?harga=" + "9" * 30, "Harga paling tinggi (Rp): Nilai ini terlalu besar. Periksa jumlah nolnya."),
        ("?minimal=dua", "Jumlah yang ingin dipesan: Tulis angka bulat, mis. 500."),
        ("?minimal=0", "Jumlah yang ingin dipesan: Tulis angka mulai dari 1."),
        ("?kategori=ngawur", "Kategori: Pilihan “ngawur” tidak dikenal."),
        ("?wilayah=00", "Wilayah: Pilihan “00” tidak dikenal."),
        ("?sertifikat=nik", "Sertifikat: Pilihan “nik” tidak dikenal."),
        ("?titip=mungkin", "Menerima titip jual: Pilihan “mungkin” tidak dikenal."),
        ("?urut=nama", "Urutkan: Pilihan “nama” tidak dikenal."),
        ("?q=" + "a" * 101, "Cari produk: Paling banyak 100 huruf."),
    ],
)
def test_unknown_value_falls_back_with_a_notice(client: Client, query: str, notice: str) -> None:
    ProductFactory(name="Tas")

    response = client.get(f"{CATALOGUE}{query}")

    assert response.context["notices"] == [f"{notice} Saringan ini tidak dipakai."]
    assert [product.name for product in response.context["page"]] == ["Tas"]
    assert response.context["notices"][0] in response.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("number", ["0", "-1", "satu", "999", "9" * 40, ""])
def test_page_that_is_not_there_leads_to_one_that_is(client: Client, number: str) -> None:
    ProductFactory(name="Tas")

    assert shown(client, f"?page={number}") == ["Tas"]


def test_foreign_parameters_are_ignored(client: Client) -> None:
    ProductFactory(name="Tas")

    assert shown(client, "?business__phone__startswith=08&utm_source=wa") == ["Tas"]


# Shelves, chips, pages


def test_shelves_count_under_all_other_filters(client: Client) -> None:
    food, bags = CategoryFactory(name_id="Kuliner"), CategoryFactory(name_id="Tas")
    chips = FamilyFactory(parent=food, name_id="Keripik")
    ProductFactory(category=chips, min_order=1)
    ProductFactory(category=chips, min_order=500)
    ProductFactory(category=FamilyFactory(parent=bags, code="ransel"), min_order=1)

    shelves = client.get(f"{CATALOGUE}?kategori=ransel&minimal=10").context["panel"].shelves()

    assert [(shelf.category.name_id, shelf.count, shelf.is_open) for shelf in shelves] == [
        ("Kuliner", 1, False),
        ("Tas", 1, True),
    ]


def test_shelf_that_was_chosen_stays_although_it_is_empty() -> None:
    sector = CategoryFactory(code="kriya")

    shelves = arrange_shelves([sector], {}, chosen="kriya")

    assert [(shelf.category, shelf.count, shelf.is_chosen) for shelf in shelves] == [(sector, 0, True)]


def test_chips_name_the_filters_and_lead_out_of_them(client: Client) -> None:
    CategoryFactory(code="kriya", name_id="Kriya")
    query = "?q=tas&kategori=kriya&harga=25.000&minimal=10&sertifikat=halal&sertifikat=pirt&titip=ya&page=2"

    chips = client.get(f"{CATALOGUE}{query}").context["filters"].chips

    assert [chip.label for chip in chips] == [
        "Kriya",
        "paling tinggi Rp25.000",
        "pesan 10",
        "menerima titip jual",
        "Halal",
        "P-IRT",
    ]
    assert chips[0].without == "?q=tas&harga=25.000&minimal=10&sertifikat=halal&sertifikat=pirt&titip=ya"
    assert chips[4].without == "?q=tas&kategori=kriya&harga=25.000&minimal=10&titip=ya&sertifikat=pirt"


def test_second_page_holds_the_rest(client: Client) -> None:
    ProductFactory.create_batch(25)

    assert len(shown(client)) == 24
    assert len(shown(client, "?page=2")) == 1
    assert "?q=&amp;page=2" not in page(client)
    assert "?page=2" in page(client)


@pytest.mark.parametrize("count", [1, 3])
def test_catalogue_costs_eight_queries(client: Client, django_assert_num_queries, count: int) -> None:  # noqa: ANN001
    for _number in range(count):
        PriceTierFactory(product=ProductFactory(unit=UnitFactory()))

    with django_assert_num_queries(8):
        client.get(CATALOGUE)


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_six_queries_more(client: Client, django_assert_num_queries, count: int) -> None:  # noqa: ANN001
    ProductFactory.create_batch(count, name="Sepatu")

    with django_assert_num_queries(14):
        client.get(f"{CATALOGUE}?q=sepatu")


# Nothing found is no dead end


def test_empty_catalogue_says_what_it_is_for(client: Client) -> None:
    text = page(client)

    assert "Katalog belum berisi produk" in text
    assert reverse("matchmaking:contacts") in text


def test_filters_that_leave_nothing_offer_a_way_out(client: Client) -> None:
    ProductFactory(name="Tas")

    text = page(client, "?q=tas&titip=ya")

    assert "Belum ada produk yang cocok" in text
    assert 'href="?q=tas">Hapus semua saringan' in text


def test_similar_and_partial_results_say_so(client: Client) -> None:
    ProductFactory(name="Sepatu derby")

    assert "Tidak ada yang persis “spatu”. Ini yang mirip:" in page(client, "?q=spatu")
    assert "Tidak ada yang memuat semua kata “derby hotel”" in page(client, "?q=derby+hotel")


# Live filters


def test_htmx_gets_the_results_with_shelves_and_a_clean_address(client: Client) -> None:
    ProductFactory(name="Tas")

    response = client.get(f"{CATALOGUE}?q=tas&kategori=&harga=", headers={"HX-Request": "true"})

    text = response.content.decode()
    assert "<html" not in text
    assert 'id="hasil"' in text
    assert 'id="rak" hx-swap-oob="true"' in text
    assert response["HX-Push-Url"] == "/katalog/?q=tas"
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("status", ["draft", "submitted", "sent_back", "suspended"])
def test_words_find_nothing_that_is_not_listed(client: Client, status: str) -> None:
    ProductFactory(
        name="Sepatu rahasia", status=status, status_reason="Foto buram.", submitted_at=timezone.now()
    )
    ProductFactory(name="Tas")

    response = client.get(f"{CATALOGUE}?q=rahasia")

    assert list(response.context["page"]) == []
    assert response.context["filters"].search.how == How.NOTHING
    assert "Sepatu rahasia" not in response.content.decode()


def test_card_without_a_price_says_so_and_never_zero(client: Client) -> None:
    ProductFactory(name="Tas", min_order=None)

    text = page(client)

    assert "Harga belum tersedia" in text
    assert [words for words in ("Rp0", "None", "Pesan mulai") if words in text] == []
