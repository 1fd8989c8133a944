"""A corrected list finds the rows it means, fills gaps, changes values, and never erases."""

from datetime import UTC, date, datetime

import pytest

from accounts.actors import Actor
from products import importing
from products.models import Business, Certificate, Need, PriceTier, Product
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


def test_corrected_list_fills_gaps_and_changes_values(actor: Actor) -> None:
    imported(actor, listed(USAHA_A))
    fixed = [
        "Usaha A",
        "0812 7000 0548",
        "9120000000099",
        "Soreang",
        "Kuliner",
        "KERIPIK SINGKONG",
        14_000,
        "kg",
        "Ada",
    ]
    batch = uploaded(actor, listed(["Usaha A", "081270000548", "", "Ciwidey", *fixed[4:]]))

    shown = importing.preview(batch=batch, today=TODAY)
    importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)

    plan = shown.plan.businesses[0]
    assert (plan.state, plan.found_by, shown.is_ready, shown.renamed) == ("changed", "phone", True, [])
    assert [(change.label, change.old, change.new) for change in plan.changes] == [
        ("kecamatan", "Soreang", "Ciwidey")
    ]
    assert [(change.old, change.new) for change in plan.products[0].changes] == [
        ("Keripik singkong", "KERIPIK SINGKONG"), ("bungkus", "kg"), ("Rp13.400", "Rp14.000")
    ]  # fmt: skip
    business, product = Business.objects.get(), Product.objects.get()
    assert (business.nib, business.district, business.version) == ("9120000000031", "Ciwidey", 2)
    assert (product.unit.code, product.price_tiers.get().price_rupiah, product.version) == (
        "kilogram",
        14_000,
        2,
    )


def test_missing_price_filled_later_is_added(actor: Actor) -> None:
    imported(actor, listed([*USAHA_A[:6], "", *USAHA_A[7:]]))

    imported(actor, listed(USAHA_A))

    assert PriceTier.objects.get().price_rupiah == 13_400


def test_blank_cells_never_erase(actor: Actor) -> None:
    imported(actor, listed(USAHA_A))
    before = everything()

    batch = imported(
        actor, listed(["Usaha A", "", "9120000000031", "", "Kuliner", "Keripik singkong", "", "", ""])
    )

    assert everything() == before
    assert batch.counts["businesses"]["unchanged"] == 1


def test_year_alone_does_not_replace_a_date_of_that_year(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Tahun Berdiri"]
    imported(actor, workbook([titles, ["Usaha A", "9120000000031", "12/03/2001"]]))

    imported(actor, workbook([titles, ["Usaha A", "9120000000031", 2001]]))
    assert Business.objects.get().founded_on == date(2001, 3, 12)

    imported(actor, workbook([titles, ["Usaha A", "9120000000031", 2002]]))
    assert (Business.objects.get().founded_on, Business.objects.get().founded_year_only) == (
        date(2002, 1, 1),
        True,
    )


def test_full_date_replaces_a_year_alone(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Tahun Berdiri"]
    imported(actor, workbook([titles, ["Usaha A", "9120000000031", 2001]]))

    imported(actor, workbook([titles, ["Usaha A", "9120000000031", "01/01/2001"]]))

    assert (Business.objects.get().founded_on, Business.objects.get().founded_year_only) == (
        date(2001, 1, 1),
        False,
    )


def test_finer_category_of_an_officer_stays(actor: Actor) -> None:
    imported(actor, listed(USAHA_A))
    product = Product.objects.get()
    finer = product.category.parent.families.exclude(pk=product.category_id).first()
    Product.objects.update(category=finer)

    imported(actor, listed(USAHA_A))
    assert Product.objects.get().category == finer

    imported(actor, listed([*USAHA_A[:4], "Kriya", *USAHA_A[5:]]))
    assert Product.objects.get().category.code == "kriya"


@pytest.mark.parametrize(
    ("known", "row", "found_by"),
    [
        ({"nib": "9120000000031", "name": "Lain"}, ["Usaha A", "", "9120000000031", ""], "nib"),
        ({"phone": "+6281270000548", "name": "Lain"}, ["Usaha A", "0812-7000-0548", "", ""], "phone"),
        ({"name": "USAHA  A", "district": "soreang"}, ["Usaha A", "081270000548", "", "Soreang"], "name"),
        ({"name": "Usaha A", "district": "Ciwidey"}, ["Usaha A", "", "", "Soreang"], ""),
        ({"name": "Usaha A", "nib": "9120000000032"}, ["Usaha A", "", "9120000000031", ""], ""),
        (
            {"phone": "+6281270000548", "nib": "9120000000032"},
            ["Usaha A", "081270000548", "9120000000031", ""],
            "",
        ),
    ],
)
def test_known_business_is_found_by_nib_phone_or_name(
    actor: Actor, known: dict[str, str], row: list[str], found_by: str
) -> None:
    BusinessFactory(office=office_of(actor), **known)
    batch = uploaded(actor, workbook([TITLES[:4], row]))

    plan = importing.preview(batch=batch, today=TODAY).plan.businesses[0]

    assert (plan.found_by, plan.row is None) == (found_by, found_by == "")


def test_business_of_another_office_is_left_alone(actor: Actor) -> None:
    BusinessFactory(name="Usaha A", nib="9120000000031")

    imported(actor, listed(USAHA_A))

    assert sorted(Business.objects.values_list("office_id", flat=True)) == sorted(
        {actor.office_id, *Business.objects.values_list("office_id", flat=True)}
    )
    assert Business.objects.count() == 2


def test_certificates_say_more_but_never_less(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Kategori", "Produk", "P-IRT", "Halal", "Sertifikat"]
    business = ["Usaha A", "9120000000031", "Kuliner", "Keripik"]
    imported(actor, workbook([titles[:6], [*business, "Proses", "ID32110000123450522"]]))
    Certificate.objects.filter(kind="halal").update(
        state="checked",
        valid_until=date(2030, 1, 1),
        checked_at=datetime(2029, 1, 1, tzinfo=UTC),
        check_note="Dilihat aslinya.",
    )

    imported(actor, workbook([titles[:6], [*business, "2013204565548-30", "Proses"]]))
    assert list(Certificate.objects.order_by("kind").values_list("kind", "number", "state")) == [
        ("halal", "ID32110000123450522", "checked"), ("pirt", "2013204565548-30", "unchecked")
    ]  # fmt: skip

    imported(actor, workbook([titles[:6], [*business, "Proses", "ID32110000123450999"]]))
    assert list(Certificate.objects.order_by("kind").values_list("kind", "state", "valid_until")) == [
        ("halal", "unchecked", None), ("pirt", "in_process", None)
    ]  # fmt: skip


def test_certificate_of_a_business_is_written_once(actor: Actor) -> None:
    content = workbook([["Nama Usaha", "NIB", "Halal"], ["Usaha A", "9120000000031", "Ada"]])
    imported(actor, content)

    batch = imported(
        actor, workbook([["Nama Usaha", "NIB", "Halal"], ["Usaha A", "9120000000031", "Proses"]])
    )

    assert list(Certificate.objects.values_list("product", "kind", "state")) == [
        (None, "halal", "in_process")
    ]
    assert batch.counts["businesses"]["changed"] == 1


def test_needs_are_corrected_and_withdrawn_ones_stay_withdrawn(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Kebutuhan", "Kategori", "Jumlah / bulan", "Sertifikat wajib"]
    imported(
        actor,
        workbook(
            [
                titles,
                ["Hotel A", "9120000000031", "Kopi bubuk", "Kuliner", 100, ""],
                ["", "", "Teh", "Kuliner", 5, ""],
            ]
        ),
    )
    Need.objects.filter(text="Teh").update(withdrawn_at=NOW)

    imported(
        actor,
        workbook(
            [
                titles,
                ["Hotel A", "9120000000031", "kopi  bubuk", "Kuliner", 120, "halal"],
                ["", "", "Teh", "Kuliner", 9, ""],
            ]
        ),
    )

    assert list(Need.objects.order_by("pk").values_list("text", "quantity", "certificates_required",
    "version")) == [
        ("kopi bubuk", 120, ["halal"], 2), ("Teh", 5, [], 1)
    ]  # fmt: skip


def test_changes_are_told_as_an_officer_reads_them(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Tahun Berdiri", "Kategori", "Produk", "MOQ", "Titip Jual", "Halal",
    "Kebutuhan",
              "Sertifikat wajib", "Sertifikat Produk"]  # fmt: skip
    first = ["Usaha A", "9120000000031", "12/03/2003", "Kuliner", "Keripik", "", "ya", "", "Kopi", "", ""]
    second = [
        "Usaha A",
        "9120000000031",
        2004,
        "Kuliner",
        "Keripik",
        1500,
        "tidak",
        "Proses",
        "Kopi",
        "halal, sni",
        "",
    ]
    imported(actor, workbook([titles, first]))
    claims = ["", "", "", "", "", "", "", "", "", "", "sni"]

    plan = importing.preview(
        batch=uploaded(actor, workbook([titles, second, claims])), today=TODAY
    ).plan.businesses[0]

    told = [
        [(change.label, change.old, change.new) for change in row.changes]
        for row in (plan, *plan.products, *plan.needs)
    ]
    assert told == [
        [("tanggal berdiri", "12/03/2003", "2004"), ("SNI", "", "belum diperiksa")],
        [
            ("pesanan minimum", "", "1.500"),
            ("menerima titip jual", "ya", "tidak"),
            ("Halal", "", "sedang diurus"),
        ],
        [("sertifikat wajib", "", "Halal, SNI")],
    ]


def test_new_rows_tell_no_changes(actor: Actor) -> None:
    plan = importing.preview(batch=uploaded(actor, listed(USAHA_A)), today=TODAY).plan.businesses[0]

    assert (plan.changes, plan.products[0].changes, plan.is_under_another_name) == ([], [], False)
