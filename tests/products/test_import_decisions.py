"""Businesses that a list, or the office, has twice: skipped, merged, or kept."""

import pytest

from accounts.actors import Actor
from products import importing
from products.models import Business, Product
from tests.factories import BusinessFactory
from tests.products.excel.sheets import workbook
from tests.products.importing_office import (
    NOW,
    TITLES,
    TODAY,
    USAHA_A,
    everything,
    imported,
    listed,
    office_of,
    uploaded,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


TWINS = [
    USAHA_A,
    ["Usaha A cabang", "0812-7000-0548", "", "", "Kuliner", "Kopi bubuk", 20_000, "bungkus", "Proses"],
]


@pytest.mark.parametrize(
    ("decision", "names", "products"),
    [
        ("skip", ["Usaha A"], ["Keripik singkong"]),
        ("merge", ["Usaha A"], ["Keripik singkong", "Kopi bubuk"]),
        ("keep", ["Usaha A", "Usaha A cabang"], ["Keripik singkong", "Kopi bubuk"]),
    ],
)
def test_duplicate_is_skipped_merged_or_kept(
    actor: Actor, decision: str, names: list[str], products: list[str]
) -> None:
    imported(actor, listed(*TWINS), decide_duplicates={3: decision})
    before = everything()

    imported(actor, listed(*TWINS), decide_duplicates={3: decision})

    assert list(Business.objects.order_by("pk").values_list("name", flat=True)) == names
    assert list(Product.objects.order_by("pk").values_list("name", flat=True)) == products
    assert everything() == before


def test_merged_business_names_both_rows_and_fills_gaps(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "HP", "Kecamatan", "Pemilik", "Produk", "Sertifikat Produk"]
    one = ["Usaha A", "9120000000031", "", "Soreang", "", "", "halal"]
    other = ["Usaha A Baru", "9120000000031", "081270000548", "Ciwidey", "Ibu A.", "", "halal, sni"]
    batch = uploaded(actor, workbook([titles, one, other]))

    plan = importing.preview(batch=batch, today=TODAY).plan.businesses[0]

    assert plan.listed.rows == (2, 3)
    assert (plan.entry.district, plan.entry.phone, plan.entry.owner_name) == (
        "Soreang",
        "+6281270000548",
        "Ibu A.",
    )
    assert [claim.kind for claim in plan.entry.certificates] == ["halal", "sni"]


def test_duplicate_of_a_duplicate_goes_to_the_business_that_stays(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "HP", "Produk", "Kategori"]
    rows = [
        ["Usaha A", "9120000000031", "081270000548", "Keripik", "Kuliner"],
        ["Usaha A dua", "9120000000031", "081270000549", "Kopi", "Kuliner"],
        ["Usaha A tiga", "", "081270000549", "Besek", "Kriya"],
    ]

    imported(actor, workbook([titles, *rows]), decide_duplicates={3: "merge", 4: "merge"})

    assert [business.products.count() for business in Business.objects.all()] == [3]


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        (["Usaha A", "081270000549", "9120000000031"], "merge"),
        (["Usaha Baru (cabang)", "081270000548", ""], "keep"),
        (["Usaha A (cabang)", "081270000548", ""], "merge"),
    ],
)
def test_default_decision_is_sensible(actor: Actor, row: list[str], decision: str) -> None:
    batch = uploaded(actor, workbook([TITLES[:3], USAHA_A[:3], ["Lain"], row]))

    assert importing.preview(batch=batch, today=TODAY).decisions == {4: decision}


@pytest.mark.parametrize(
    ("decision", "names"),
    [
        ("merge", ["Usaha A", "Usaha B"]),
        ("skip", ["Usaha Lama", "Usaha B"]),
        ("keep", ["Usaha Lama", "Usaha A", "Usaha B"]),
    ],
)
def test_known_number_under_another_name_is_a_question(actor: Actor, decision: str, names: list[str]) -> None:
    BusinessFactory(office=office_of(actor), name="Usaha Lama", phone="+6281270000548")
    batch = uploaded(actor, listed(USAHA_A, ["Usaha B"]))
    assert [plan.entry.row for plan in importing.preview(batch=batch, today=TODAY).renamed] == [2]

    importing.decide_duplicates(actor=actor, batch=batch, choices={2: decision})
    importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)

    assert list(Business.objects.order_by("pk").values_list("name", flat=True)) == names
