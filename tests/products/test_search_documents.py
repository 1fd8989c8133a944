"""The search document of a product: what is in it, and that the database keeps it true by itself."""

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection

from products.models import Business, Category, Product, SearchWord
from regions.models import Province, Region
from tests.factories import BusinessFactory, FamilyFactory, ProductFactory, RegionFactory

pytestmark = pytest.mark.django_db


def document() -> str:
    """Return the only product's document as PostgreSQL writes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT document FROM products_product")
        [(text,)] = cursor.fetchall()
    return text


def holds(word: str) -> bool:
    query = SearchQuery(word, config="simple", search_type="raw")
    return Product.objects.filter(document=query).exists()


def test_document_weighs_name_category_description_and_place() -> None:
    region = RegionFactory(name="Kota Solo", province__name="Jawa Tengah")
    business = BusinessFactory(name="Rajin", district="Laweyan", office__region=region)
    product = ProductFactory(name="Keranjang anyaman", description="Dianyam rapi.", business=business)

    sector = product.category.parent_id
    assert document() == (
        f"'#{sector}':5B '@{product.category_id}':5B 'anyam':4A,8C 'anyaman':2A 'dianyam':6C 'jawa':14 'keranjang':1A "
        "'kota':12 'laweyan':11 'rajin':10 'ranjang':3A 'rapi':7C,9C 'solo':13 'tengah':15"
    )


def test_document_folds_accents_joined_words_and_unseen_signs() -> None:
    ProductFactory(name="Kréasi food-grade sus\u200bu/kopi 20×20 \u202eXyz")

    assert [holds(word) for word in ("kreasi", "food", "grade", "susu", "kopi", "20", "xyz")] == [True] * 7


def test_document_follows_the_product() -> None:
    product = ProductFactory(name="Tas")
    product.name = "Dompet"
    product.save()

    assert (holds("tas"), holds("dompet")) == (False, True)


def test_document_is_kept_for_products_written_in_bulk() -> None:
    draft = ProductFactory.build(name="Tas", business=BusinessFactory(), category=FamilyFactory(), unit=None)
    Product.objects.bulk_create([draft])
    assert holds("tas")

    Product.objects.update(name="Dompet")
    assert (holds("tas"), holds("dompet")) == (False, True)


def test_saving_a_product_unchanged_keeps_its_document() -> None:
    product = ProductFactory(name="Tas")
    before = document()

    Product.objects.get(pk=product.pk).save()

    assert document() == before


def test_document_follows_category_and_business_of_the_product() -> None:
    product = ProductFactory(business=BusinessFactory(name="Mekar"))
    other = FamilyFactory()

    Product.objects.update(category=other, business=BusinessFactory(name="Wangi"))

    assert (holds("mekar"), holds("wangi")) == (False, True)
    assert f"'@{other.pk}'" in document()
    assert f"'@{product.category_id}'" not in document()


def test_document_follows_the_business() -> None:
    ProductFactory(business=BusinessFactory(name="Mekar", district="Sewon"))

    Business.objects.update(name="Wangi", district="Jetis", region=RegionFactory(name="Kota Solo"))

    assert [holds(word) for word in ("mekar", "sewon", "wangi", "jetis", "solo")] == [
        False, False, True, True, True,
    ]  # fmt: skip


def test_document_follows_a_family_into_another_sector() -> None:
    product = ProductFactory(category=FamilyFactory())
    other = FamilyFactory().parent

    Category.objects.filter(pk=product.category_id).update(parent=other)

    assert f"'#{other.pk}'" in document()


def test_document_follows_region_and_province() -> None:
    region = RegionFactory(name="Kota Solo", province__name="Jawa Tengah")
    ProductFactory(business=BusinessFactory(office__region=region))

    Region.objects.filter(pk=region.pk).update(name="Kota Surakarta")
    Province.objects.filter(pk=region.province_id).update(name="Mataram")

    assert [holds(word) for word in ("solo", "surakarta", "tengah", "mataram")] == [
        False, True, False, True,
    ]  # fmt: skip


def test_a_query_never_carries_the_document() -> None:
    ProductFactory()

    assert Product.objects.get().document is None


def test_words_that_occur_are_noted_once() -> None:
    region = RegionFactory(name="Kota Solo", province__name="Jawa")
    business = BusinessFactory(name="CV Mekar", district="Sewon", office__region=region)
    ProductFactory.create_batch(2, name="Kréasi tas 2024abc batik", business=business)

    words = SearchWord.objects.order_by("word").values_list("word", flat=True)

    assert list(words) == ["batik", "jawa", "kota", "kreasi", "mekar", "sewon", "solo"]


def test_new_name_of_a_business_is_noted() -> None:
    ProductFactory()
    Business.objects.update(name="Lestari")

    assert SearchWord.objects.filter(word="lestari").count() == 1
