"""Pages by number and by key: each product once, in every order, while products are added."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from products import paging
from products.models import Product
from products.models.catalogue import ProductQuerySet
from products.paging import CHEAPEST, NEWEST, PRODUCTS_PER_PAGE, RELEVANCE, CataloguePage, Key, read_key
from products.search import search_for
from tests.factories import PriceTierFactory, ProductFactory

pytestmark = pytest.mark.django_db
ORDERS = [NEWEST, CHEAPEST, RELEVANCE]
START = datetime(2026, 1, 1, tzinfo=UTC)
COUNT = 3 * PRODUCTS_PER_PAGE + 5


@pytest.fixture
def products() -> list[int]:
    """Ids of products that share moments, prices and relevance, so that ids must decide."""
    business = ProductFactory(name="Sepatu pertama", created_at=START).business
    for number in range(1, COUNT):
        name = "Sepatu kulit" if number % 3 else "Sandal, bukan sepatu"
        created_at = START + timedelta(minutes=number // 10)
        product = ProductFactory(name=name, business=business, created_at=created_at)
        if number % 4:
            PriceTierFactory(product=product, price_rupiah=1_000 * (number // 20 + 1))
    return sorted(Product.objects.values_list("pk", flat=True))


def matching() -> ProductQuerySet:
    search = search_for("sepatu", Product.objects.listed(), [])
    assert search is not None
    return search.apply(Product.objects.listed())


def walk(order: str) -> Iterator[CataloguePage]:
    """Yield the pages one after the other; a product is added at both ends after each."""
    page = paging.numbered_page(matching(), order, 1, PRODUCTS_PER_PAGE)
    yield page
    while page.following:
        for price, moment in ((1, START + timedelta(days=9)), (10**9, START - timedelta(days=9))):
            product = ProductFactory(name="Sepatu susulan", created_at=moment)
            PriceTierFactory(product=product, price_rupiah=price)
        page = paging.page_after(matching(), order, read_again(page.following, order))
        yield page


def read_again(key: Key, order: str) -> Key:
    """Return the key as it comes out of an address."""
    read = read_key(str(key), order)
    assert read == key
    return read


@pytest.mark.parametrize("order", ORDERS)
def test_pages_by_key_show_each_product_once_while_others_are_added(products: list[int], order: str) -> None:
    shown = [product.pk for page in walk(order) for product in page]

    assert sorted(pk for pk in shown if pk in set(products)) == products
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("order", ORDERS)
def test_page_before_a_key_holds_what_stood_before_it(products: list[int], order: str) -> None:
    first = paging.numbered_page(matching(), order, 1, PRODUCTS_PER_PAGE)
    second = paging.page_after(matching(), order, first.following)

    back = paging.page_before(matching(), order, second.previous)

    assert list(back) == list(first)
    assert (back.previous, back.following) == (None, first.following)


@pytest.mark.parametrize("order", ORDERS)
def test_numbered_pages_and_pages_by_key_agree(products: list[int], order: str) -> None:
    first = paging.numbered_page(matching(), order, 1, PRODUCTS_PER_PAGE)

    second = paging.numbered_page(matching(), order, 2, COUNT)

    assert list(second) == list(paging.page_after(matching(), order, first.following))


@pytest.mark.parametrize(
    "text", ["", "x", "1~", "~1", "x~1", "nan~1", "1~" + "9" * 30, "9" * 99 + "~1", "2026-01-01~1"]
)
def test_key_that_nobody_wrote_is_none(text: str) -> None:
    assert [read_key(text, order) for order in (NEWEST, RELEVANCE)] == [None, None]


def test_unreadable_key_leads_to_the_first_page_with_a_notice(client: Client) -> None:
    ProductFactory(name="Tas")

    response = client.get("/katalog/?sesudah=ngawur")

    assert response.context["notices"] == ["Halaman yang diminta tidak dikenal. Ini halaman pertama."]
    assert [product.name for product in response.context["page"]] == ["Tas"]


def test_last_numbered_page_leads_on_by_key(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "NUMBERED_PAGES", 2)
    ProductFactory.create_batch(2 * PRODUCTS_PER_PAGE + 1)

    page = client.get("/katalog/?page=99").context["page"]
    following = client.get("/katalog/", {"sesudah": str(page.following)})

    assert page.number == 2
    assert len(following.context["page"]) == 1
    assert "Ke halaman pertama" in following.content.decode()
    assert 'rel="prev" href="?sebelum=' in following.content.decode()


def test_numbers_near_the_page_are_linked() -> None:
    page = CataloguePage([], 10, range(1, 21), None, None)

    assert page.near_numbers == [1, None, 9, 10, 11, None, 20]
