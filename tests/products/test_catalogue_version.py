"""What a process remembers of the catalogue is shown again, and never once anything on it has changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from products.models import Business, Category, Product, SearchSynonym, Unit
from regions.models import Province, Region
from tests.factories import PhotoFactory, PriceTierFactory, ProductFactory, SynonymFactory, UnitFactory

pytestmark = pytest.mark.django_db

CHANGES: dict[str, tuple[Callable[[Any], object], str]] = {
    "product": (lambda product: Product.objects.update(name="Sandal rimba"), "Sandal rimba"),
    "business": (lambda product: Business.objects.update(name="Tapak Senja"), "Tapak Senja"),
    "proof": (lambda product: Business.objects.update(makes_itself=True), '<span class="tag yes">'),
    "category": (lambda product: Category.objects.update(name_id="Alas kaki rimba"), "Alas kaki rimba"),
    "unit": (lambda product: Unit.objects.update(label_id="pikul"), "pikul"),
    "region": (lambda product: Region.objects.update(name="Kota Senja"), "Kota Senja"),
    "province": (lambda product: Province.objects.update(name="Provinsi Senja"), "Provinsi Senja"),
    "photo": (lambda product: PhotoFactory(product=product, alt="Sandal di rak"), "Sandal di rak"),
}


def shown(client: Client, query: str = "") -> str:
    return client.get(reverse("products:catalogue") + query).content.decode()


@pytest.mark.parametrize("change", CHANGES)
def test_change_of_anything_shown_is_seen_at_once(client: Client, change: str) -> None:
    product = PriceTierFactory(product__unit=UnitFactory()).product
    make, words = CHANGES[change]
    assert words not in shown(client)

    make(product)

    assert words in shown(client)


SYNONYMS: dict[str, Callable[[SearchSynonym], object]] = {
    "added": lambda group: SynonymFactory(words=["ransel", "tas"]),
    "changed": lambda group: SearchSynonym.objects.update(words=["ransel", "tas"]),
    "restored": lambda group: SearchSynonym.objects.filter(pk=group.pk).update(removed_at=None),
}


@pytest.mark.parametrize("change", SYNONYMS)
def test_change_of_equal_words_is_seen_in_the_search_at_once(client: Client, change: str) -> None:
    """Seen failing (cards without the mark, panels with old counts) without the trigger."""
    ProductFactory(name="Tas ransel")
    words = ["ransel", "tas"] if change == "restored" else ["kado", "hadiah"]
    group = SynonymFactory(words=words, removed_at=timezone.now() if change == "restored" else None)
    assert "<mark>Tas</mark>" not in shown(client, "?q=ransel")

    SYNONYMS[change](group)

    assert "<mark>Tas</mark>" in shown(client, "?q=ransel")


def test_second_view_reads_neither_cards_nor_taxonomy(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ProductFactory()
    shown(client)

    with django_assert_num_queries(2):  # the version, and the ids of the page
        shown(client)


def test_each_language_order_and_search_has_its_own_cards(client: Client) -> None:
    ProductFactory(name="Sandal rimba", category__name_en="Sandals of the forest")

    assert "<mark>Sandal</mark>" not in shown(client)
    assert "<mark>Sandal</mark>" in shown(client, "?q=sandal")
    client.cookies["language"] = "en"
    assert "Sandals of the forest" in shown(client)


def test_nothing_is_remembered_outside_the_process(client: Client) -> None:
    ProductFactory(name="Sandal rimba")
    shown(client)

    caches["process"].clear()

    assert "Sandal rimba" in shown(client)
