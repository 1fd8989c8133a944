"""The words found are marked in a product's name or description, and nothing else becomes HTML."""

import pytest
from django.test import Client
from django.urls import reverse

from products.models import Category, Product, SearchSynonym
from products.search import search_for
from products.search_marks import as_html, mark_matches
from tests.factories import FamilyFactory, ProductFactory

CATALOGUE = reverse("products:catalogue")


def marked(text: str) -> Product:
    """Return the first product found with its marks."""
    search = search_for(text, Product.objects.listed(), list(Category.objects.order_by("pk")))
    assert search is not None
    [product, *others] = search.apply(Product.objects.listed()).order_by("pk")
    mark_matches(search, [product, *others])
    return product


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["anyaman", "anyam", "Anyaman tas", "anyamn", "anya"])
def test_word_its_stem_its_beginning_and_what_was_meant_are_marked(text: str) -> None:
    ProductFactory(name="Keranjang anyaman", description="")

    assert marked(text).marked_name == "Keranjang <mark>anyaman</mark>"


@pytest.mark.django_db
def test_equal_word_is_marked() -> None:
    SearchSynonym.objects.create(words=["ransel", "tas punggung"])
    ProductFactory(name="Tas punggung anak")

    assert marked("ransel").marked_name == "<mark>Tas</mark> <mark>punggung</mark> anak"


@pytest.mark.django_db
def test_piece_of_the_description_is_marked_when_the_name_holds_nothing() -> None:
    ProductFactory(name="Kaus kaki", description="Cocok untuk sepatu kantor & sekolah.")

    product = marked("sepatu")

    assert (product.marked_name, product.marked_piece) == (
        "",
        "Cocok untuk <mark>sepatu</mark> kantor &amp; sekolah",
    )


@pytest.mark.django_db
def test_product_of_a_family_that_was_meant_has_no_mark() -> None:
    ProductFactory(name="Pantofel", description="", category=FamilyFactory(name_id="Sepatu kulit"))

    product = marked("sepatu")

    assert (product.marked_name, product.marked_piece) == ("", "")


@pytest.mark.django_db
def test_html_in_a_name_stays_text() -> None:
    ProductFactory(name="<b>Tas</b> \x02kulit\x03 <script>", description="")

    assert marked("kulit").marked_name == "&lt;b&gt;Tas&lt;/b&gt; <mark>kulit</mark> &lt;script&gt;"


def test_signs_without_a_partner_are_dropped() -> None:
    assert as_html("\x02a\x03 \x03b\x02 <") == "<mark>a</mark> b &lt;"


@pytest.mark.django_db
def test_catalogue_shows_marks(client: Client) -> None:
    ProductFactory(name="Keranjang anyaman")

    assert "Keranjang <mark>anyaman</mark></a>" in client.get(f"{CATALOGUE}?q=anyaman").content.decode()


@pytest.mark.django_db
def test_catalogue_offers_what_was_likely_meant_and_keeps_the_filters(client: Client) -> None:
    ProductFactory(name="Keranjang anyaman", accepts_consignment=True)

    page = client.get(f"{CATALOGUE}?q=kranjang+anyamn&titip=ya").content.decode()

    assert "Mungkin maksud Anda" in page
    assert '<a href="?titip=ya&amp;q=keranjang+anyaman"><strong>keranjang anyaman</strong></a>?' in page


@pytest.mark.django_db
def test_nothing_found_leads_to_single_words_and_categories_close_by(client: Client) -> None:
    family = FamilyFactory(name_id="Tas kulit", name_en="Leather bags", code="tas-kulit")
    ProductFactory(name="Kopi")

    page = client.get(f"{CATALOGUE}?q=tas+xyzzyx").content.decode()

    assert 'href="?q=xyzzyx">xyzzyx</a>' in page
    assert f'href="{CATALOGUE}?kategori={family.code}">{family.name_id}</a>' in page
