"""The command that fills a database with an invented catalogue."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from products.models import Business, PriceTier, Product
from tests.factories import BusinessFactory

pytestmark = pytest.mark.django_db


def make(products: int, **options: object) -> None:
    call_command(
        "make_catalogue",
        products=products,
        until=datetime(2026, 3, 1, tzinfo=UTC),
        stderr=StringIO(),
        **options,
    )


def test_it_makes_exactly_so_many_products_with_prices_and_places(reference_data: None) -> None:
    make(120)

    assert Product.objects.count() == 120
    assert Product.objects.filter(province=None).count() == 0
    assert PriceTier.objects.filter(product__lowest_price=None).count() == 0
    assert Business.objects.filter(products=None).count() == 0


def test_same_seed_gives_the_same_rows(reference_data: None) -> None:
    make(40, seed=3)
    first = list(
        Product.objects.order_by("pk").values_list("name", "lowest_price", "region_id", "created_at")
    )
    Business.objects.all().delete()

    make(40, seed=3)

    again = Product.objects.order_by("pk").values_list("name", "lowest_price", "region_id", "created_at")
    assert list(again) == first


def test_ids_go_on_after_the_invented_rows(reference_data: None) -> None:
    make(20)

    assert BusinessFactory().pk > 1


def test_it_refuses_where_businesses_are_unless_forced(reference_data: None) -> None:
    BusinessFactory()

    with pytest.raises(CommandError, match="Basis data ini sudah berisi usaha"):
        make(10)
    make(10, force=True)

    assert Product.objects.count() == 10


def test_it_refuses_on_a_public_portal(reference_data: None, settings: Settings) -> None:
    settings.IS_HTTPS = True

    with pytest.raises(CommandError, match="Portal ini umum"):
        make(10, force=True)


def test_it_asks_for_the_reference_data() -> None:
    with pytest.raises(CommandError, match="Muat data acuan lebih dahulu"):
        make(10)
