"""The catalogue on paper: every listed product of the delegation with the code of its own form."""

from io import BytesIO
from typing import Any

import pytest
import qrcode
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from qrcode.image.svg import SvgPathImage

from matchmaking.printed_catalogue import catalogue_of
from tests.factories import PriceTierFactory, ProductFactory, UnitFactory
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


def offer(scene: ContactScene, name: str, **values: Any) -> None:
    product = ProductFactory(name=name, business=scene.guest_business, unit=UnitFactory(), **values)
    PriceTierFactory(product=product, price_rupiah=285_000)


def paper(client: Client, scene: ContactScene) -> str:
    address = reverse(
        "matchmaking:delegation_catalogue", args=[scene.trade_contact.slug, scene.guest_delegation.pk]
    )
    pages = PdfReader(BytesIO(client.get(address).content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_every_listed_product_has_the_code_of_its_form(scene: ContactScene) -> None:
    offer(scene, "Sepatu derby", min_order=20)
    offer(scene, "Belum tampil", status="draft")
    product = scene.guest_business.products.get(name="Sepatu derby")

    [card] = catalogue_of(scene.guest_delegation)["cards"]

    address = f"http://testserver/produk/{product.pk}/minat/"
    code = qrcode.make(address, image_factory=SvgPathImage).to_string(encoding="unicode")
    assert (card["address"], card["qr"]) == (address, code)
    assert (card["price"], card["order"]) == ("Rp285.000 / buah", "Pesanan minimum 20 buah.")


def test_typed_words_stay_words_on_paper(client: Client, scene: ContactScene) -> None:
    offer(scene, '#import "x" *tebal*')
    client.force_login(scene.host.user)

    words = paper(client, scene)

    assert '#import "x" *tebal*' in words
    assert "Arahkan kamera HP ke kode di samping produk" in words


def test_empty_catalogue_says_so(client: Client, scene: ContactScene) -> None:
    client.force_login(scene.guest.user)

    assert "Belum ada produk yang tampil di katalog." in paper(client, scene)


@pytest.mark.parametrize("products", [1, 3])
def test_catalogue_costs_one_query(
    scene: ContactScene, django_assert_num_queries: Any, products: int
) -> None:
    for number in range(products):
        offer(scene, f"Sepatu {number}")
    delegation = type(scene.guest_delegation).objects.select_related("office__region", "trade_contact")
    found = delegation.get(pk=scene.guest_delegation.pk)

    with django_assert_num_queries(1):
        catalogue_of(found)
