"""The facts of a product that the catalogue sorts and counts by are kept by the database."""

from datetime import date

import pytest

from products.models import Business, Product
from tests.factories import (
    CertificateFactory,
    PriceTierFactory,
    ProductFactory,
    ProvinceFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db


def prices(product: Product) -> tuple[int | None, int | None]:
    return Product.objects.values_list("lowest_price", "highest_price").get(pk=product.pk)


def test_prices_follow_the_tiers() -> None:
    product = ProductFactory()
    cheap = PriceTierFactory(product=product, min_quantity=10, price_rupiah=1_000)
    dear = PriceTierFactory(product=product, min_quantity=1, price_rupiah=3_000)
    assert prices(product) == (1_000, 3_000)

    product.price_tiers.filter(pk=cheap.pk).update(price_rupiah=2_000)
    assert prices(product) == (2_000, 3_000)

    dear.delete()
    assert prices(product) == (2_000, 2_000)

    product.price_tiers.all().delete()
    assert prices(product) == (None, None)


def test_tier_that_moves_to_another_product_changes_both() -> None:
    tier = PriceTierFactory(price_rupiah=1_000)
    before, after = tier.product, ProductFactory()

    tier.product = after
    tier.save()

    assert (prices(before), prices(after)) == ((None, None), (1_000, 1_000))


def test_product_saved_from_an_old_copy_keeps_its_facts() -> None:
    old = Product.objects.get(pk=ProductFactory().pk)
    PriceTierFactory(product=old, price_rupiah=1_000)

    old.name = "Nama baru"
    old.save()

    assert prices(old) == (1_000, 1_000)


def test_place_follows_the_business_and_its_region() -> None:
    product = ProductFactory()
    region = RegionFactory()

    type(product.business).objects.filter(pk=product.business_id).update(region=region)
    product.refresh_from_db()
    assert (product.region, product.province) == (region, region.province)

    region.province = ProvinceFactory(code="97")
    region.save()
    product.refresh_from_db()
    assert product.province == region.province


def test_product_tells_whether_its_business_was_seen_making_it() -> None:
    product = ProductFactory()
    business = product.business

    def made() -> list[bool]:
        return list(business.products.order_by("pk").values_list("makes_itself", flat=True))

    assert made() == [False]

    Business.objects.filter(pk=business.pk).update(makes_itself=True)
    ProductFactory(business=business)
    assert made() == [True, True]

    Business.objects.filter(pk=business.pk).update(makes_itself=False)
    assert made() == [False, False]


def test_certificates_are_those_held_by_the_product_or_its_business() -> None:
    product = ProductFactory()
    sibling = ProductFactory(business=product.business)
    CertificateFactory(business=product.business, kind="halal", state="checked", valid_until=date(2099, 1, 1))
    CertificateFactory(business=product.business, kind="sni", state="in_process")
    CertificateFactory(business=product.business, kind="bpom", valid_until=date(2001, 1, 1))
    CertificateFactory(business=product.business, product=product, kind="pirt")

    product.refresh_from_db()
    sibling.refresh_from_db()

    assert (product.certificates_held, product.certificates_checked) == (["halal", "pirt"], ["halal"])
    assert (sibling.certificates_held, sibling.certificates_checked) == (["halal"], ["halal"])
    assert product.certificates_until == date(2099, 1, 1)
