"""A list becomes rows once, whatever is pressed how often, and one undo takes all of it back."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import COMMAND, Actor
from accounts.models import HistoryEntry
from products import importing
from products.models import Business, Certificate, ImportBatch, ImportedRow, Need, PriceTier, Product
from products.profiles import update_business, update_product
from tests.factories import (
    BusinessFactory,
    CertificateFactory,
    ImportBatchFactory,
    NeedFactory,
    OfficeFactory,
    OfficeMemberFactory,
    PairFactory,
    PersonalLinkFactory,
    PriceTierFactory,
    ProductFactory,
    actor_of,
)
from tests.products.excel.sheets import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

SAMPLES = Path(__file__).parents[1] / "samples"
DELEGATION = (SAMPLES / "delegasi-kab-bandung.xlsx").read_bytes()
NEEDS = (SAMPLES / "kebutuhan-kota-surakarta.xlsx").read_bytes()
NOW, TODAY = datetime(2026, 3, 12, 3, 0, tzinfo=UTC), date(2026, 3, 12)
TITLES = ["Nama Usaha", "HP", "NIB", "Kecamatan", "Kategori", "Nama Produk", "Harga", "Satuan", "Halal"]
USAHA_A = [
    "Usaha A",
    "081270000548",
    "9120000000031",
    "Soreang",
    "Kuliner",
    "Keripik singkong",
    13_400,
    "bungkus",
    "Ada",
]


@pytest.fixture
def actor() -> Actor:
    return actor_of(OfficeMemberFactory())


def office_of(actor: Actor) -> Any:
    return OfficeMemberFactory._meta.model.objects.get(user_id=actor.user_id).office


def uploaded(actor: Actor, content: bytes, **choices: dict[Any, str]) -> ImportBatch:
    batch = importing.upload(
        actor=actor, office=office_of(actor), file_name="daftar.xlsx", content=content, today=TODAY
    )
    for name, values in choices.items():
        act: Callable[..., ImportBatch] = getattr(importing, name)
        batch = act(actor=actor, batch=batch, choices=values)
    return batch


def imported(actor: Actor, content: bytes, **choices: dict[Any, str]) -> ImportBatch:
    batch = uploaded(actor, content, **choices)
    return importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)


def listed(*rows: Sequence[object]) -> bytes:
    return workbook([TITLES, *rows])


def everything() -> list[list[dict[str, Any]]]:
    """Return all rows an import can write, without their ids and versions."""
    return [
        list(model.objects.order_by("pk").values(*fields))
        for model, fields in (
            (Business, ["name", "nib", "phone", "district", "founded_on", "line__code", "owner_name"]),
            (Product, ["name", "business__name", "category__code", "unit__code", "min_order", "status"]),
            (PriceTier, ["product__name", "min_quantity", "price_rupiah"]),
            (Certificate, ["business__name", "product__name", "kind", "number", "state"]),
            (Need, ["text", "business__name", "quantity", "price_ceiling_rupiah", "certificates_required"]),
        )
    ]


def test_delegation_list_becomes_thirty_one_businesses(actor: Actor) -> None:
    batch = imported(actor, DELEGATION)

    assert (Business.objects.count(), Product.objects.count()) == (31, 71)
    assert batch.counts["businesses"] == {"new": 31, "changed": 0, "unchanged": 0}
    assert (batch.state, batch.content, batch.imported_at) == (ImportBatch.State.IMPORTED, None, NOW)
    assert Product.objects.filter(status="listed").count() == 71
    assert Product.objects.filter(price_tiers=None).count() == 1
    assert Business.objects.filter(nib="").count() == 2


def test_needs_list_becomes_firms_with_needs_and_offers(actor: Actor) -> None:
    batch = imported(actor, NEEDS)

    assert (Business.objects.count(), Need.objects.count(), Product.objects.count()) == (20, 40, 10)
    assert set(Need.objects.values_list("source", "recorded_by")) == {("excel", actor.user_id)}
    assert batch.counts["needs"] == {"new": 40, "changed": 0, "unchanged": 0}


def test_first_business_is_written_to_its_last_value(actor: Actor) -> None:
    imported(actor, listed(USAHA_A))

    business = Business.objects.get()
    product = business.products.get()
    assert (business.office_id, business.region_id) == (actor.office_id, actor.region_id)
    assert (business.name, str(business.phone), business.nib, business.district) == (
        "Usaha A", "+6281270000548", "9120000000031", "Soreang"
    )  # fmt: skip
    assert (product.name, product.category.code, product.unit.code) == (
        "Keripik singkong",
        "keripik",
        "bungkus",
    )
    assert list(product.price_tiers.values_list("min_quantity", "price_rupiah")) == [(1, 13_400)]
    assert list(product.certificates.values_list("kind", "state", "business")) == [
        ("halal", "unchecked", business.pk)
    ]


@pytest.mark.parametrize("content", [DELEGATION, NEEDS])
def test_same_list_again_changes_nothing(actor: Actor, content: bytes) -> None:
    imported(actor, content)
    before = everything()

    again = imported(actor, content)

    assert everything() == before
    assert {name: again.counts[name]["new"] + again.counts[name]["changed"] for name in ("businesses",
    "products", "needs")} == {
        "businesses": 0, "products": 0, "needs": 0
    }  # fmt: skip
    assert list(again.rows.all()) == []


def test_pressing_twice_imports_once(actor: Actor) -> None:
    batch = uploaded(actor, listed(USAHA_A))
    first = importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)

    second = importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)

    assert (second.pk, second.counts, Business.objects.count()) == (first.pk, first.counts, 1)


def test_uploading_the_waiting_list_again_finds_it(actor: Actor) -> None:
    first, second = uploaded(actor, DELEGATION), uploaded(actor, DELEGATION)

    assert (first.pk, ImportBatch.objects.count()) == (second.pk, 1)


def test_path_in_the_name_of_a_file_is_dropped(actor: Actor) -> None:
    batch = importing.upload(
        actor=actor,
        office=office_of(actor),
        file_name="C:\\Dinas\\../daftar.xlsx",
        content=NEEDS,
        today=TODAY,
    )

    assert batch.file_name == "daftar.xlsx"


def test_unreadable_file_is_refused_with_its_hint(actor: Actor) -> None:
    with pytest.raises(ValidationError, match="Ini berkas teks") as caught:
        uploaded(actor, b"Nama Usaha,NIB\n")

    assert list(caught.value.message_dict) == ["file"]
    assert ImportBatch.objects.count() == 0


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


def test_item_without_category_and_business_without_name_stay_out(actor: Actor) -> None:
    rows = [
        USAHA_A,
        ["", "", "", "", "", "Qwzx", 5, "", ""],
        ["", "081270000549", "", "", "Kuliner", "Kopi", 5, "", ""],
    ]

    batch = imported(actor, listed(*rows))

    assert (Business.objects.count(), Product.objects.count(), batch.counts["left_out"]) == (1, 1, 1)


def test_unknown_column_must_be_explained_first(actor: Actor) -> None:
    content = workbook([["Nama Usaha", "NIB", "Julukan", "Catatan"], ["Usaha A", "", "Ibu A.", "lunas"]])
    batch = uploaded(actor, content)
    with pytest.raises(importing.OpenQuestions, match="Jelaskan dahulu kolom “Julukan”, “Catatan”"):
        importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)

    choices = {"Julukan": "business.owner_name", "Catatan": "ignored"}
    importing.answer_columns(actor=actor, batch=batch, choices=choices, today=TODAY)
    importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)

    assert Business.objects.get().owner_name == "Ibu A."


def test_answers_that_leave_nothing_to_read_are_not_kept(actor: Actor) -> None:
    batch = uploaded(actor, workbook([["Nama Usaha", "NIB"], ["Usaha A", ""]]))

    with pytest.raises(importing.OpenQuestions, match="belum berisi pelaku usaha"):
        importing.answer_columns(
            actor=actor, batch=batch, choices={"Nama Usaha": "ignored", "NIB": "ignored"}, today=TODAY
        )

    assert ImportBatch.objects.get().column_choices == {}


def test_list_without_name_column_is_not_imported(actor: Actor) -> None:
    batch = uploaded(actor, workbook([["NIB", "HP"], ["9120000000031", "081270000548"]]))

    with pytest.raises(importing.OpenQuestions, match="kolom yang memuat nama usaha"):
        importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)


def test_list_without_names_is_not_imported(actor: Actor) -> None:
    batch = uploaded(actor, listed(["", *USAHA_A[1:]]))

    with pytest.raises(importing.OpenQuestions, match="Tidak ada usaha yang diimpor"):
        importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)
    assert importing.preview(batch=batch, today=TODAY).is_ready is False


def test_certificates_say_more_but_never_less(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Kategori", "Produk", "P-IRT", "Halal", "Sertifikat"]
    business = ["Usaha A", "9120000000031", "Kuliner", "Keripik"]
    imported(actor, workbook([titles[:6], [*business, "Proses", "ID32110000123450522"]]))
    Certificate.objects.filter(kind="halal").update(state="checked", valid_until=date(2030, 1, 1))

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


# Undo


def undo(actor: Actor, batch: ImportBatch) -> ImportBatch:
    return importing.undo(actor=actor, batch=batch, now=NOW)


@pytest.mark.parametrize("content", [DELEGATION, NEEDS])
def test_undo_takes_everything_back(actor: Actor, content: bytes) -> None:
    batch = imported(actor, content)

    undone = undo(actor, batch)

    assert everything() == [[], [], [], [], []]
    assert (undone.state, undone.undone_at, ImportedRow.objects.count()) == (ImportBatch.State.UNDONE, NOW, 0)
    assert undo(actor, batch).undone_at == NOW


def test_undo_puts_back_what_the_import_changed(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Tahun Berdiri", "Kategori", "Produk", "Harga", "Satuan", "Halal",
    "Kebutuhan",
              "Sertifikat wajib", "Jenis Usaha", "HP"]  # fmt: skip
    first = ["Usaha A", "9120000000031", "12/03/2001", "Kuliner", "Keripik", 5_000, "bungkus", "Proses",
    "Kopi", "halal",
             "Butik", "081270000548"]  # fmt: skip
    second = ["Usaha AA", "9120000000031", 2004, "Kriya", "Keripik", 6_000, "kg", "ID32110000123450522",
    "Kopi", "sni",
              "Hotel", "081270000549"]  # fmt: skip
    imported(actor, workbook([titles, first]))
    before = everything()
    batch = imported(
        actor, workbook([titles, second, ["", "", "", "Kuliner", "Dodol", 1, "", "", "", "", "", ""]])
    )
    assert everything() != before

    undo(actor, batch)

    assert everything() == before
    assert Business.objects.get().founded_year_only is False


def test_undo_removes_a_price_and_a_certificate_that_were_not_there(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Kategori", "Produk", "Harga", "Halal"]
    business = ["Usaha A", "9120000000031", "Kuliner", "Keripik"]
    imported(actor, workbook([titles, [*business, "", ""]]))
    before = everything()
    batch = imported(actor, workbook([titles, [*business, 5_000, "Ada"], ["", "", "", "", "", "Ada"]]))
    assert Certificate.objects.count() == 2

    undo(actor, batch)

    assert everything() == before


def test_imports_are_undone_one_after_the_other(actor: Actor) -> None:
    first = imported(actor, listed(USAHA_A))
    second = imported(actor, listed([*USAHA_A[:3], "Ciwidey", *USAHA_A[4:6], 15_000, *USAHA_A[7:]]))
    with pytest.raises(importing.AlreadyUsed, match=r"Usaha A: diubah oleh impor “daftar\.xlsx”"):
        undo(actor, first)

    undo(actor, second)
    undo(actor, first)

    assert everything() == [[], [], [], [], []]


def test_edit_keeps_an_import_and_is_named(actor: Actor) -> None:
    batch = imported(actor, listed(USAHA_A))
    business = Business.objects.get()
    update_business(actor=actor, business=business, version=1, changes={"district": "Ciwidey"})
    before = everything()

    with pytest.raises(importing.AlreadyUsed, match=r"Usaha A: diubah oleh Petugas \d+"):
        undo(actor, batch)

    assert everything() == before


def test_edit_through_a_command_or_without_history_is_named_too(actor: Actor) -> None:
    batch = imported(actor, listed(USAHA_A))
    update_product(actor=COMMAND, product=Product.objects.get(), version=1, changes={"min_order": 5})
    with pytest.raises(importing.AlreadyUsed, match="Keripik singkong: diubah oleh perintah sistem"):
        undo(actor, batch)

    Business.objects.update(version=9)
    with pytest.raises(importing.AlreadyUsed, match="Usaha A: diubah sesudah impor ini"):
        undo(actor, batch)


def test_deleted_row_keeps_an_import(actor: Actor) -> None:
    batch = imported(actor, listed(USAHA_A))
    Product.objects.all().delete()

    with pytest.raises(importing.AlreadyUsed, match="produk: sudah dihapus"):
        undo(actor, batch)


@pytest.mark.parametrize(
    ("touch", "words"),
    [
        (lambda business: PairFactory(business_a=business), "Usaha A: dipakai oleh 1 pasangan usaha"),
        (lambda business: PersonalLinkFactory(business=business), "Usaha A: dipakai oleh 1 tautan pribadi"),
        (lambda business: ProductFactory(business=business), "Usaha A: dipakai oleh 1 produk"),
        (lambda business: NeedFactory(business=business), "Usaha A: dipakai oleh 1 kebutuhan"),
    ],
)
def test_row_that_builds_on_an_import_keeps_it(
    actor: Actor, touch: Callable[[Business], Any], words: str
) -> None:
    batch = imported(actor, listed(USAHA_A))
    touch(Business.objects.get())
    before = everything()

    with pytest.raises(importing.AlreadyUsed, match=words):
        undo(actor, batch)

    assert everything() == before
    assert ImportBatch.objects.get(pk=batch.pk).state == ImportBatch.State.IMPORTED


def test_many_uses_are_named_in_part(actor: Actor) -> None:
    batch = imported(actor, DELEGATION)
    for business in Business.objects.all()[:7]:
        PersonalLinkFactory(business=business)

    with pytest.raises(importing.AlreadyUsed, match="dan 2 lagi"):
        undo(actor, batch)


def test_certificate_checked_meanwhile_goes_with_its_product(actor: Actor) -> None:
    batch = imported(actor, listed(USAHA_A))
    CertificateFactory(business=Business.objects.get(), kind="sni")
    PriceTierFactory(product=Product.objects.get(), min_quantity=100)

    undo(actor, batch)

    assert everything() == [[], [], [], [], []]


# States and rights


@pytest.mark.parametrize(
    ("state", "words"),
    [("imported", "sudah diimpor"), ("undone", "sudah ditarik kembali"), ("given_up", "sudah dibatalkan")],
)
def test_list_that_no_longer_waits_says_so(actor: Actor, state: str, words: str) -> None:
    batch = ImportBatchFactory(office=office_of(actor), state=state, content=None)

    with pytest.raises(importing.WrongState, match=words):
        importing.preview(batch=batch, today=TODAY)
    with pytest.raises(importing.WrongState, match=words):
        importing.answer_columns(actor=actor, batch=batch, choices={}, today=TODAY)
    with pytest.raises(importing.WrongState, match=words):
        importing.decide_duplicates(actor=actor, batch=batch, choices={})


def test_list_given_up_is_forgotten(actor: Actor) -> None:
    batch = uploaded(actor, DELEGATION)

    given_up = importing.give_up(actor=actor, batch=batch)

    assert (given_up.state, given_up.content) == (ImportBatch.State.GIVEN_UP, None)
    assert importing.give_up(actor=actor, batch=batch).state == ImportBatch.State.GIVEN_UP
    with pytest.raises(importing.WrongState, match="dibatalkan"):
        importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)
    with pytest.raises(importing.WrongState, match="belum diimpor"):
        undo(actor, batch)


def test_imported_list_cannot_be_given_up(actor: Actor) -> None:
    with pytest.raises(importing.WrongState, match="sudah diimpor"):
        importing.give_up(actor=actor, batch=imported(actor, listed(USAHA_A)))


def test_another_office_may_do_nothing(actor: Actor) -> None:
    batch, stranger = uploaded(actor, listed(USAHA_A)), actor_of(OfficeMemberFactory())

    acts: list[Callable[[], object]] = [
        lambda: importing.upload(
            actor=stranger, office=batch.office, file_name="x", content=NEEDS, today=TODAY
        ),
        lambda: importing.answer_columns(actor=stranger, batch=batch, choices={}, today=TODAY),
        lambda: importing.decide_duplicates(actor=stranger, batch=batch, choices={}),
        lambda: importing.apply(actor=stranger, batch=batch, now=NOW, today=TODAY),
        lambda: importing.give_up(actor=stranger, batch=batch),
        lambda: importing.undo(actor=stranger, batch=batch, now=NOW),
    ]

    for act in acts:
        with pytest.raises(PermissionDenied, match="Daftar diimpor oleh dinas"):
            act()


def test_admin_imports_for_every_office() -> None:
    office = OfficeFactory()
    batch = importing.upload(actor=COMMAND, office=office, file_name="a.xlsx", content=NEEDS, today=TODAY)

    importing.apply(actor=COMMAND, batch=batch, now=NOW, today=TODAY)

    assert Business.objects.filter(office=office).count() == 20


def test_import_and_undo_stand_in_history_without_private_data(actor: Actor) -> None:
    batch = imported(actor, DELEGATION)
    undo(actor, batch)

    entries = HistoryEntry.objects.filter(subject_kind="products.importbatch").order_by("pk")

    assert [entry.action for entry in entries] == ["imported", "undone"]
    assert "+62" not in str(entries[0].after)


def test_rows_created_by_the_caller_are_taken_back_too(actor: Actor) -> None:
    batch = uploaded(actor, listed(USAHA_A))

    def join(imported: ImportBatch, businesses: list[Business]) -> list[Any]:
        return [PersonalLinkFactory(business=business) for business in businesses]

    done = importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY, join=join)
    undo(actor, done)

    assert (done.counts["joined"], everything()) == (1, [[], [], [], [], []])


@pytest.mark.parametrize("copies", [1, 20])
def test_number_of_queries_does_not_grow_with_the_list(
    actor: Actor, copies: int, django_assert_max_num_queries: Any
) -> None:
    rows = [[f"Usaha {number}", "", f"91200000{number:05}", "", *USAHA_A[4:]] for number in range(copies)]
    batch = uploaded(actor, listed(*rows))

    with django_assert_max_num_queries(45):
        importing.apply(actor=actor, batch=batch, now=NOW, today=TODAY)
