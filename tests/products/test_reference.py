"""Units, taxonomy and complements that come with the portal."""

import csv
import json
import re
from collections import Counter
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from products.models import Category, CategoryComplement, Certificate, SearchSynonym, Unit
from products.reference import DATA, Loaded, families_in_file, load_products
from products.search_terms import normalised
from products.taxonomy import LINES_OF_BUSINESS, fold

PICTURES = set(
    re.findall(r'id="(\w+)"', (settings.BASE_DIR / "static/pictures.svg").read_text(encoding="utf-8"))
)
TOTALS = {"units": 29, "sectors": 13, "families": 126, "complements": 539, "synonyms": 244}


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CATEGORIES = {row["code"]: row for row in rows_of("categories.csv")}
COMPLEMENTS = rows_of("complements.csv")


@pytest.mark.django_db
def test_first_load_adds_every_row() -> None:
    loaded = load_products()

    assert loaded == {name: Loaded(total, total, 0) for name, total in TOTALS.items()}
    assert {
        "units": Unit.objects.count(),
        "sectors": Category.objects.sectors().count(),
        "families": Category.objects.families().count(),
        "complements": CategoryComplement.objects.count(),
        "synonyms": SearchSynonym.objects.count(),
    } == TOTALS


@pytest.mark.django_db
def test_second_load_changes_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_products()
    models = (Unit, Category, CategoryComplement, SearchSynonym)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    with django_assert_num_queries(11):  # savepoint included
        loaded = load_products()

    assert loaded == {name: Loaded(total, 0, 0) for name, total in TOTALS.items()}
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


@pytest.mark.django_db
def test_weight_an_officer_changed_survives_the_next_load() -> None:
    load_products()
    boxes = CategoryComplement.objects.filter(buyer__code="sepatu-kulit", supplier__code="kotak-sepatu")
    boxes.update(weight=0.15, need_id="kotak sepatu kuat")

    loaded = load_products()

    assert loaded["complements"] == Loaded(539, 0, 0)
    assert list(boxes.values_list("weight", "need_id")) == [(0.15, "kotak sepatu kuat")]


@pytest.mark.django_db
def test_equal_words_an_officer_changed_or_removed_survive_the_next_load() -> None:
    load_products()
    groups = SearchSynonym.objects.filter(code__in=["keripik", "madu"]).order_by("code")
    groups.update(words=["keripik", "opak"], removed_at="2018-03-01T00:00Z")

    loaded = load_products()

    assert loaded["synonyms"] == Loaded(244, 0, 0)
    assert [group.words for group in groups if group.removed_at] == [["keripik", "opak"]] * 2


def test_equal_words_stand_in_one_group_only() -> None:
    words = [word for row in rows_of("synonyms.csv") for word in row["words"].split("|")]

    assert len(rows_of("synonyms.csv")) >= 150
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert [word for word in words if normalised([word]) != (word,)] == []


@pytest.mark.django_db
def test_certificates_usually_needed_are_of_the_family_or_its_sector() -> None:
    load_products()
    usual = dict(Category.objects.values_list("code", "certificates_usual"))

    codes = ["keripik", "daging-ikan-olahan", "kosmetik", "hasil-segar", "sepatu-kulit"]
    food, checked = ["pirt", "halal"], ["bpom", "halal"]
    assert [usual[code] for code in codes] == [food, checked, checked, [], []]


def test_certificates_usually_needed_are_known_kinds_of_known_categories() -> None:
    rows = rows_of("category_certificates.csv")
    kinds = {kind for row in rows for kind in row["certificates"].split("|") if kind}

    assert {row["category_code"] for row in rows} <= CATEGORIES.keys()
    assert kinds <= set(Certificate.Kind.values)
    assert [row["category_code"] for row in rows if row["certificates"] and not row["source"]] == []


@pytest.mark.django_db
def test_missing_complement_is_added_again() -> None:
    load_products()
    CategoryComplement.objects.filter(buyer=None, supplier__code="kurir").delete()

    loaded = load_products()

    assert loaded["complements"] == Loaded(539, 1, 0)


@pytest.mark.django_db
def test_category_and_unit_follow_their_files() -> None:
    load_products()
    Category.objects.filter(code="sepatu-kulit").update(name_id="Sepatu", parent=None)
    Unit.objects.filter(code="lusin").update(factor=10)

    loaded = load_products()

    assert (loaded["families"], loaded["units"]) == (Loaded(126, 0, 1), Loaded(29, 0, 1))
    shoes = Category.objects.select_related("parent").get(code="sepatu-kulit")
    assert (shoes.name_id, shoes.parent and shoes.parent.code) == ("Sepatu kulit", "sepatu-dan-kulit")
    assert Unit.objects.get(code="lusin").factor == 12


@pytest.mark.django_db
def test_own_category_of_an_office_stays() -> None:
    load_products()
    Category.objects.create(code="kain-khas", name_id="Kain khas", name_en="Local fabric")

    load_products()

    assert Category.objects.filter(code="kain-khas").exists()


@pytest.mark.django_db
def test_load_reference_data_prints_counts_as_json() -> None:
    output = StringIO()

    call_command("load_reference_data", stdout=output)

    printed = json.loads(output.getvalue())
    assert {name: counts["added"] for name, counts in printed.items()} == {
        "provinces": 38, "regions": 514, **TOTALS,
    }  # fmt: skip


def test_taxonomy_has_two_levels_and_about_a_hundred_families_of_goods() -> None:
    sectors = {code for code, row in CATEGORIES.items() if not row["parent_code"]}
    families = Counter(row["parent_code"] for row in CATEGORIES.values() if row["parent_code"])

    assert len(CATEGORIES) == len(rows_of("categories.csv"))
    assert set(families) == sectors
    assert (families.pop(LINES_OF_BUSINESS), families.total()) == (17, 109)


def test_every_category_has_both_languages_a_slug_and_a_known_drawing() -> None:
    wrong = [
        code
        for code, row in CATEGORIES.items()
        if not (row["name_id"] and row["name_en"] and row["synonyms_id"] and row["synonyms_en"])
        or not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        or row["picture"] not in PICTURES
    ]

    assert wrong == []


def test_kbli_codes_have_five_digits() -> None:
    codes = [code for row in CATEGORIES.values() for code in row["kbli2025"].split("|") if code]

    assert [code for code in codes if not re.fullmatch(r"\d{5}", code)] == []


def test_every_word_belongs_to_one_family_only() -> None:
    owners: dict[str, set[str]] = {}
    for family in families_in_file():
        for phrase in (*family.phrases_id, *family.phrases_en):
            if family.parent:
                owners.setdefault(phrase, set()).add(family.code)

    assert {phrase: codes for phrase, codes in owners.items() if len(codes) > 1} == {}


def test_complements_name_known_categories_once() -> None:
    pairs = [(row["buyer_code"], row["supplier_code"]) for row in COMPLEMENTS]
    families = {code for code, row in CATEGORIES.items() if row["parent_code"]}

    assert [pair for pair, times in Counter(pairs).items() if times > 1] == []
    assert {code for pair in pairs for code in pair} - families == {"*"}
    assert [pair for pair in pairs if pair[0] == pair[1]] == []


def test_complements_are_complete() -> None:
    wrong = [
        row
        for row in COMPLEMENTS
        if not (row["need_id"] and row["need_en"] and 0 < float(row["weight"]) <= 1)
        or row["role"] not in CategoryComplement.Role.values
    ]

    assert wrong == []


def test_nobody_supplies_lines_of_business() -> None:
    supplied = {CATEGORIES[row["supplier_code"]]["parent_code"] for row in COMPLEMENTS}

    assert LINES_OF_BUSINESS not in supplied


def test_every_line_of_business_buys_something() -> None:
    lines = {code for code, row in CATEGORIES.items() if row["parent_code"] == LINES_OF_BUSINESS}

    assert lines - {row["buyer_code"] for row in COMPLEMENTS} == set()


@pytest.mark.parametrize(
    "seed", rows_of("complements_kbli.csv"), ids=lambda row: "-".join(list(row.values())[:2])
)
def test_complement_between_kbli_classes_is_represented(seed: dict[str, str]) -> None:
    represented = [
        row
        for row in COMPLEMENTS
        if is_in_class(row["buyer_code"], seed["buyer_kbli2025"])
        and is_in_class(row["supplier_code"], seed["supplier_kbli2025"])
        and row["role"] == seed["role"]
        and float(row["weight"]) == float(seed["weight"])
    ]

    assert represented != []


def is_in_class(code: str, kbli: str) -> bool:
    return code == kbli or (code in CATEGORIES and kbli in CATEGORIES[code]["kbli2025"].split("|"))


@pytest.mark.parametrize(
    ("buyer", "suppliers"),
    {
        "toko-oleh-oleh": {"keripik", "kopi", "dodol-manisan", "suvenir", "anyaman-bambu"},
        "hotel": {"teh", "suvenir", "sandal-selop", "sabun"},
        "butik": {"sepatu-kulit", "sandal-kulit", "tas-kulit", "kain-batik"},
        "toko-sepatu": {"sepatu-kulit", "sepatu-anak", "sandal-kulit"},
        "galeri": {"wayang", "lampu-hias", "anyaman-bambu"},
        "perajin-batik": {"kain-katun", "kain-rayon", "zat-warna", "malam-batik"},
        "produsen-makanan": {"kotak-makanan", "standing-pouch"},
    }.items(),
)
def test_line_of_business_needs_what_it_sells_or_uses(buyer: str, suppliers: set[str]) -> None:
    bought = {row["supplier_code"] for row in COMPLEMENTS if row["buyer_code"] == buyer}

    assert suppliers - bought == set()


def test_units_are_spelt_in_one_way_only_and_build_on_each_other() -> None:
    units = rows_of("units.csv")
    spellings = Counter(
        spelling
        for row in units
        for spelling in {fold(name) for name in (row["code"], *row["synonyms"].split("|")) if name}
    )

    assert [spelling for spelling, times in spellings.items() if times > 1] == []
    assert {row["base_unit"] for row in units if row["base_unit"]} <= {
        row["code"] for row in units if not row["base_unit"]
    }


def test_units_of_trade_have_their_indonesian_sizes() -> None:
    factors = {row["code"]: (row["base_unit"], float(row["factor"])) for row in rows_of("units.csv")}

    assert {code: factors[code] for code in ("pasang", "lusin", "kodi", "gros", "rim", "ons")} == {
        "pasang": ("buah", 2),
        "lusin": ("buah", 12),
        "kodi": ("lembar", 20),
        "gros": ("buah", 144),
        "rim": ("lembar", 500),
        "ons": ("kilogram", 0.1),
    }
