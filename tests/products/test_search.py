"""Search: words in both languages, families, places, and what happens when nothing fits word for word."""

import pytest

from products.models import Category, Product
from products.search import How, search_for
from products.search_words import STOP_WORDS, lexicon_of, likely_spellings, meaning_of, query_words
from products.taxonomy import Family
from tests.factories import BusinessFactory, FamilyFactory, ProductFactory, RegionFactory, SynonymFactory

SHOES = Family("sepatu", "kulit", "Sepatu kulit", "Leather shoes", ("sepatu", "pantofel"), ("shoes",))
BAGS = Family("tas", "kulit", "Tas kulit", "Leather bags", ("tas",), ("bag",))
LEATHER = Family("kulit", None, "Sepatu dan kulit", "Footwear and leather", ("sepatu", "tas"), ("leather",))
WATER = Family("air", "kuliner", "Air minum dalam kemasan", "Bottled water", ("air mineral",))
BOX = Family("kotak", "kemasan", "Kotak makanan", "Food boxes", ("dus kue",), ("food packaging",))
PACKAGING = Family("kemasan", None, "Kemasan", "Packaging", ("bahan kemasan",), ("packing",))
TAXONOMY = (SHOES, BAGS, LEATHER, WATER, BOX, PACKAGING)


def meaning(text: str) -> list[tuple[str, list[str], list[str]]]:
    words = query_words(text)
    found = [meaning_of(word, words, lexicon_of(TAXONOMY)) for word in words]
    return [(item.word, sorted(item.families), sorted(item.sectors)) for item in found]


def test_words_of_a_query_are_folded_and_said_once() -> None:
    assert query_words("  Kréasi TAS untuk hotel, tas! ") == ("kreasi", "tas", "hotel")


def test_word_said_twice_in_a_row_stays_so() -> None:
    assert query_words("Oleh-oleh oleh khas") == ("oleh", "oleh", "khas")


def test_signs_that_nobody_sees_join_what_they_stand_between() -> None:
    assert query_words("ke\u200bri\u202epik \U0001f36a") == ("keripik",)


def test_query_of_stop_words_alone_keeps_them() -> None:
    assert query_words("untuk dan") == ("untuk", "dan")


def test_long_query_is_cut_to_six_words() -> None:
    assert query_words("a1 b1 c1 d1 e1 f1 g1") == ("a1", "b1", "c1", "d1", "e1", "f1")


def test_word_of_a_family_does_not_bring_its_whole_sector() -> None:
    assert meaning("sepatu") == [("sepatu", ["sepatu"], [])]


def test_word_that_no_family_claims_means_a_sector() -> None:
    assert meaning("kemasan") == [("kemasan", [], ["kemasan"])]
    assert meaning("packing") == [("packing", [], ["kemasan"])]


def test_word_inside_a_name_is_no_match_unless_it_heads_it() -> None:
    assert meaning("minum") == [("minum", [], [])]
    assert meaning("kotak") == [("kotak", ["kotak"], [])]


def test_english_heads_stand_last() -> None:
    assert meaning("boxes") == [("boxes", ["kotak"], [])]


def test_phrase_counts_only_as_a_whole() -> None:
    assert meaning("dus kue") == [("dus", ["kotak"], []), ("kue", ["kotak"], [])]
    assert meaning("kue") == [("kue", [], [])]


def test_plural_of_english_words_makes_no_difference() -> None:
    assert meaning("shoe") == meaning("shoe") == [("shoe", ["sepatu"], [])]
    assert meaning("bags") == [("bags", ["tas"], [])]


def test_lenient_reading_takes_a_word_for_a_phrase_it_is_part_of() -> None:
    found = meaning_of("kue", ["kue"], lexicon_of(TAXONOMY), is_lenient=True)

    assert sorted(found.families) == ["kotak"]


def test_beginning_of_a_word_means_all_that_begin_so() -> None:
    found = meaning_of("panto", ["panto"], lexicon_of(TAXONOMY), begins=True)

    assert sorted(found.families) == ["sepatu"]


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        ("spatu", ("sepatu",)),
        ("pantopel", ("pantofel",)),
        ("kemassan", ("kemasan",)),
        ("xyzzy", ()),
        ("ts", ()),
    ],
)
def test_likely_spellings(word: str, spellings: tuple[str, ...]) -> None:
    assert likely_spellings(word, TAXONOMY) == spellings


def test_likely_spellings_look_at_other_words_too() -> None:
    assert likely_spellings("anyamn", TAXONOMY, ["anyaman", "anyam", "tas"]) == ("anyaman", "anyam")


def found(text: str) -> tuple[How, list[str]]:
    """Return how ``text`` was found, and the names of the products, best first."""
    categories = list(Category.objects.order_by("position", "pk"))
    search = search_for(text, Product.objects.listed(), categories)
    assert search is not None
    products = search.apply(Product.objects.listed()).order_by("-relevance", "pk")
    return search.how, list(products.values_list("name", flat=True))


def family(name_id: str, name_en: str, **words: list[str]) -> Category:
    return FamilyFactory(name_id=name_id, name_en=name_en, **words)


@pytest.mark.django_db
def test_text_without_a_word_searches_nothing() -> None:
    assert search_for(" ,;- ", Product.objects.listed(), []) is None


@pytest.mark.django_db
def test_name_comes_before_family_and_description() -> None:
    shoes = family("Sepatu kulit", "Leather shoes", synonyms_id=["sepatu"])
    ProductFactory(name="Kaus kaki", description="Cocok untuk sepatu kantor.")
    ProductFactory(name="Pantofel pria", category=shoes)
    ProductFactory(name="Sepatu derby", category=shoes)

    assert found("sepatu") == (How.EXACT, ["Sepatu derby", "Pantofel pria", "Kaus kaki"])


@pytest.mark.django_db
def test_stem_of_a_word_is_found() -> None:
    ProductFactory(name="Keranjang anyaman")

    assert found("anyam") == (How.EXACT, ["Keranjang anyaman"])


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["kemasan", "packaging", "packing", "Kemasan "])
def test_sector_is_found_in_both_languages(text: str) -> None:
    box = family("Kotak makanan", "Food boxes")
    Category.objects.filter(pk=box.parent_id).update(
        name_id="Kemasan", name_en="Packaging", synonyms_en=["packing"]
    )
    ProductFactory(name="Dus nasi 20×20", category=box)
    ProductFactory(name="Sepatu derby")

    assert found(text) == (How.EXACT, ["Dus nasi 20×20"])


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["kripik", "keripik", "chips"])
def test_spellings_of_a_family_all_lead_to_it(text: str) -> None:
    chips = family("Keripik dan camilan", "Chips", synonyms_id=["keripik", "kripik"])
    ProductFactory(name="Singkong pedas", category=chips)

    assert found(text) == (How.EXACT, ["Singkong pedas"])


@pytest.mark.django_db
def test_every_word_must_match_somewhere() -> None:
    region = RegionFactory(name="Kabupaten Bandung")
    weaver = BusinessFactory(name="Tenun Jaya", district="Majalaya", office__region=region)
    cloth = family("Kain tenun", "Woven cloth")
    ProductFactory(name="Sarung goyor", category=cloth, business=weaver)
    ProductFactory(name="Sarung lain", category=cloth)

    assert found("kain majalaya") == (How.EXACT, ["Sarung goyor"])
    assert found("sarung tenun jaya") == (How.EXACT, ["Sarung goyor"])
    assert found("sarung bandung") == (How.EXACT, ["Sarung goyor"])


@pytest.mark.django_db
def test_misspelt_word_finds_what_is_spelt_like_it() -> None:
    family("Sepatu kulit", "Leather shoes", synonyms_id=["sepatu"])
    ProductFactory(name="Sepatu derby")
    ProductFactory(name="Tas anyaman")

    assert found("spatu") == (How.SIMILAR, ["Sepatu derby"])
    assert found("anyamn") == (How.SIMILAR, ["Tas anyaman"])


@pytest.mark.django_db
def test_name_of_a_business_is_found_when_misspelt() -> None:
    ProductFactory(name="Sarung", business=BusinessFactory(name="Mekar Wangi"))

    assert found("mekarr") == (How.SIMILAR, ["Sarung"])


@pytest.mark.django_db
def test_part_of_a_phrase_is_better_than_nothing() -> None:
    shoes = family("Sepatu pria", "Men's shoes", synonyms_en=["leather shoes"])
    ProductFactory(name="Pantofel", category=shoes)

    assert found("leather") == (How.SIMILAR, ["Pantofel"])


@pytest.mark.django_db
def test_short_words_are_not_taken_for_others() -> None:
    ProductFactory(name="Tas anyaman")

    assert found("tat") == (How.NOTHING, [])


@pytest.mark.django_db
def test_products_with_most_of_the_words_are_better_than_none() -> None:
    ProductFactory(name="Tas anyaman")
    ProductFactory(name="Sandal hotel")
    ProductFactory(name="Kopi")

    assert found("tas anyaman hotel") == (How.SOME_WORDS, ["Tas anyaman"])


@pytest.mark.django_db
def test_products_with_any_of_the_words_are_better_than_none() -> None:
    ProductFactory(name="Tas anyaman")
    ProductFactory(name="Sandal hotel")
    ProductFactory(name="Kopi")

    how, names = found("tas hotel")

    assert (how, set(names)) == (How.SOME_WORDS, {"Tas anyaman", "Sandal hotel"})


@pytest.mark.django_db
def test_drafts_are_never_found() -> None:
    ProductFactory(name="Sepatu rahasia", status=Product.Status.DRAFT)

    assert found("sepatu") == (How.NOTHING, [])


BAD_INPUT = [
    "'; drop", "a & b | !c", "(:*)", "\\", "sepatu:*", "%_%", "!&|:*<->", "a\x00b", '"', "''", "$$", "@1",
    "yang untuk dan", "\U0001f45f\U0001f45f", "\u202e\u202d", "\u200b", "x" * 10_000, "x " * 5_000,
    "\ud7ff " + "é" * 600, "1 2 3 4 5 6 7 8",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("text", BAD_INPUT, ids=ascii)
def test_any_text_can_be_searched(text: str) -> None:
    """Signs of the query language are only text: nothing fails, and nothing is found by them."""
    ProductFactory(name="Kopi")

    search = search_for(text, Product.objects.listed(), list(Category.objects.all()))

    assert search is None or list(search.apply(Product.objects.listed())) == []


@pytest.mark.django_db
def test_id_of_a_category_cannot_be_typed() -> None:
    product = ProductFactory(name="Kopi")

    assert found(f"@{product.category_id}") == (How.NOTHING, [])


@pytest.mark.django_db
def test_synonym_is_found_both_ways_and_below_the_word_itself() -> None:
    SynonymFactory(words=["ransel", "tas punggung", "backpack"])
    ProductFactory(name="Tas punggung")
    ProductFactory(name="Ransel")
    ProductFactory(name="Tas tangan")

    assert found("ransel") == (How.EXACT, ["Ransel", "Tas punggung"])
    assert found("tas punggung") == (How.EXACT, ["Tas punggung", "Ransel"])
    assert found("tas backpack") == (How.EXACT, ["Tas punggung"])


@pytest.mark.django_db
def test_word_still_being_typed_is_a_beginning() -> None:
    ProductFactory(name="Keripik singkong")
    ProductFactory(name="Singkong pedas", category=family("Keripik dan camilan", "Chips"))

    assert found("kerip") == (How.BEGINNING, ["Keripik singkong", "Singkong pedas"])
    assert found("singkong ker") == (How.BEGINNING, ["Keripik singkong", "Singkong pedas"])


@pytest.mark.django_db
def test_new_words_of_a_category_hold_at_once() -> None:
    shoes = family("Sepatu kulit", "Leather shoes")
    ProductFactory(name="Derby", category=shoes)
    assert found("terompah") == (How.NOTHING, [])

    Category.objects.filter(pk=shoes.pk).update(synonyms_id=["terompah"])

    assert found("terompah") == (How.EXACT, ["Derby"])


@pytest.mark.django_db
def test_ranking_may_be_held_to_so_many_products() -> None:
    ProductFactory.create_batch(3, name="Sepatu")
    search = search_for("sepatu", Product.objects.listed(), [])
    assert search is not None

    assert search.apply(Product.objects.listed(), most=2).count() == 2


@pytest.mark.django_db
def test_likely_meaning_is_told_and_nothing_else_is() -> None:
    ProductFactory(name="Keranjang anyaman")

    searches = [search_for(text, Product.objects.listed(), []) for text in ("kranjang anyaman", "keranjang")]

    assert [search and search.suggestion for search in searches] == ["keranjang anyaman", ""]


def test_about_sixty_stop_words_are_dropped() -> None:
    assert 50 <= len(STOP_WORDS) <= 70
    assert query_words("tas yang dijual untuk kantor di kabupaten") == ("tas", "kantor")
