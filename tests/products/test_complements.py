"""Who buys from whom: officers keep the table, every change is history, and nothing comes back by itself."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from accounts.actors import ANONYMOUS, Actor
from accounts.history import entries_of
from products import complements
from products.complements import ComplementFacts
from products.models import Category, CategoryComplement
from products.profiles import StaleVersion
from products.reference import Loaded, load_products
from tests.clients import admin_client, client_of
from tests.factories import (
    CategoryFactory,
    ComplementFactory,
    FamilyFactory,
    OfficeMemberFactory,
    UserFactory,
    actor_of,
)
from tests.holders import text_of

pytestmark = pytest.mark.django_db
FACTS = ComplementFacts(need_id="kotak sepatu", need_en="shoe boxes", role="packaging", weight=0.8)


@pytest.fixture
def actor() -> Actor:
    return actor_of(OfficeMemberFactory())


@pytest.fixture
def shoes() -> Category:
    return FamilyFactory(code="sepatu-contoh", name_id="Sepatu contoh", name_en="Sample shoes")


@pytest.fixture
def boxes() -> Category:
    return FamilyFactory(code="kotak-contoh", name_id="Kotak contoh", name_en="Sample boxes")


@pytest.fixture
def row(shoes: Category, boxes: Category) -> CategoryComplement:
    return ComplementFactory(
        buyer=shoes, supplier=boxes, need_id="kotak", need_en="boxes", role="packaging", weight=0.5
    )


def page(name: str, *args: object) -> str:
    return reverse(f"products:{name}", args=args)


def lines(language: str = "id") -> list[str]:
    with override(language):
        return [line.text for line in complements.changes_told()]


# Adding


def test_added_row_is_in_use_and_history(actor: Actor, shoes: Category, boxes: Category) -> None:
    row = complements.add_complement(actor=actor, buyer=shoes, supplier=boxes, facts=FACTS)

    assert list(CategoryComplement.objects.in_use()) == [row]
    entry = entries_of(row)[0]
    assert (entry.action, entry.user_id, entry.after) == (
        "added",
        actor.user_id,
        {
            "buyer": "sepatu-contoh",
            "supplier": "kotak-contoh",
            "need_id": "kotak sepatu",
            "need_en": "shoe boxes",
            "role": "packaging",
            "weight": 0.8,
        },
    )
    assert lines() == ["Sepatu contoh ← Kotak contoh ditambahkan: kotak sepatu, kemasan, bobot 0,8."]
    assert lines("en") == ["Sample shoes ← Sample boxes added: kotak sepatu, packaging, weight 0.8."]


def test_row_without_buyer_holds_for_all_makers(actor: Actor, boxes: Category) -> None:
    complements.add_complement(actor=actor, buyer=None, supplier=boxes, facts=FACTS)

    assert lines() == ["Semua pembuat ← Kotak contoh ditambahkan: kotak sepatu, kemasan, bobot 0,8."]


def test_adding_the_same_again_changes_nothing(actor: Actor, shoes: Category, boxes: Category) -> None:
    first = complements.add_complement(actor=actor, buyer=shoes, supplier=boxes, facts=FACTS)

    again = complements.add_complement(actor=actor, buyer=shoes, supplier=boxes, facts=FACTS)

    assert again == first
    assert entries_of(first).count() == 1


def test_other_facts_of_the_same_two_are_refused(
    actor: Actor, row: CategoryComplement, shoes: Category, boxes: Category
) -> None:
    with pytest.raises(complements.ComplementExists, match=r"Baris ini sudah ada\. Ubah baris yang ada"):
        complements.add_complement(actor=actor, buyer=shoes, supplier=boxes, facts=FACTS)


def test_category_does_not_buy_from_itself(actor: Actor, shoes: Category) -> None:
    with pytest.raises(ValidationError, match="Pembeli dan pemasok harus berbeda"):
        complements.add_complement(actor=actor, buyer=shoes, supplier=shoes, facts=FACTS)


def test_weight_out_of_range_is_refused(actor: Actor, shoes: Category, boxes: Category) -> None:
    facts = ComplementFacts(need_id="a", need_en="b", role="core", weight=1.5)

    with pytest.raises(ValidationError, match="Isi bobot lebih dari 0 dan paling besar 1"):
        complements.add_complement(actor=actor, buyer=shoes, supplier=boxes, facts=facts)


def test_nobody_but_staff_keeps_the_table(row: CategoryComplement, boxes: Category) -> None:
    acts: list[Any] = [
        lambda: complements.add_complement(actor=ANONYMOUS, buyer=None, supplier=boxes, facts=FACTS),
        lambda: complements.change_complement(actor=ANONYMOUS, complement=row, version=1, facts=FACTS),
        lambda: complements.remove_complement(actor=ANONYMOUS, complement=row, now=timezone.now()),
        lambda: complements.restore_complement(actor=ANONYMOUS, complement=row),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied, match="Hanya petugas dinas yang mengubah tabel ini"):
            act()


# Changing, removing, bringing back


def test_change_tells_what_was_and_what_is(actor: Actor, row: CategoryComplement) -> None:
    facts = ComplementFacts(need_id="kotak kuat", need_en="boxes", role="core", weight=0.9)

    changed = complements.change_complement(actor=actor, complement=row, version=1, facts=facts)

    assert (changed.version, changed.weight) == (2, 0.9)
    told = "kebutuhan “kotak” → “kotak kuat”; peran kemasan → bahan utama; bobot 0,5 → 0,9"
    assert lines() == [f"Sepatu contoh ← Kotak contoh diubah: {told}."]


def test_facts_as_they_were_change_nothing(actor: Actor, row: CategoryComplement) -> None:
    facts = ComplementFacts(need_id="kotak", need_en="boxes", role="packaging", weight=0.5)

    complements.change_complement(actor=actor, complement=row, version=99, facts=facts)

    assert list(entries_of(row)) == []


def test_colleague_who_was_faster_is_noticed(actor: Actor, row: CategoryComplement) -> None:
    complements.change_complement(actor=actor, complement=row, version=1, facts=FACTS)
    late = ComplementFacts(need_id="kotak", need_en="boxes", role="packaging", weight=0.1)

    with pytest.raises(StaleVersion):
        complements.change_complement(actor=actor, complement=row, version=1, facts=late)


def test_removed_row_is_out_of_use_and_can_come_back(actor: Actor, row: CategoryComplement) -> None:
    for _press in range(2):
        complements.remove_complement(actor=actor, complement=row, now=timezone.now())
    assert list(CategoryComplement.objects.in_use()) == []

    for _press in range(2):
        complements.restore_complement(actor=actor, complement=row)

    assert list(CategoryComplement.objects.in_use()) == [row]
    assert lines() == [
        "Sepatu contoh ← Kotak contoh dikembalikan: kotak, kemasan, bobot 0,5.",
        "Sepatu contoh ← Kotak contoh dihapus: kotak, kemasan, bobot 0,5.",
    ]


def test_adding_a_removed_row_brings_it_back_with_the_new_facts(
    actor: Actor, row: CategoryComplement, shoes: Category, boxes: Category
) -> None:
    complements.remove_complement(actor=actor, complement=row, now=timezone.now())

    again = complements.add_complement(actor=actor, buyer=shoes, supplier=boxes, facts=FACTS)

    assert again == row
    assert (again.removed_at, again.weight) == (None, 0.8)


def test_loading_the_reference_data_neither_brings_back_nor_overwrites(actor: Actor) -> None:
    load_products()
    courier = CategoryComplement.objects.get(buyer=None, supplier__code="kurir")
    boxes = CategoryComplement.objects.get(buyer__code="sepatu-kulit", supplier__code="kotak-sepatu")
    complements.remove_complement(actor=actor, complement=courier, now=timezone.now())
    complements.change_complement(actor=actor, complement=boxes, version=1, facts=FACTS)

    loaded = load_products()

    assert loaded["complements"] == Loaded(539, 0, 0)
    courier.refresh_from_db()
    boxes.refresh_from_db()
    assert courier.removed_at is not None
    assert (boxes.weight, boxes.need_id) == (0.8, "kotak sepatu")


# The pages


@pytest.fixture
def officer() -> Client:
    return client_of(OfficeMemberFactory())


def test_table_says_that_all_offices_share_it(officer: Client, row: CategoryComplement) -> None:
    text = text_of(officer.get(page("complements")))

    assert "Tabel ini dipakai bersama oleh semua dinas." in text
    assert "Sepatu contoh" in text
    assert "1 baris" in text


def rows_shown(officer: Client, **query: str) -> list[CategoryComplement]:
    return list(officer.get(page("complements"), query).context["page"])


def test_filters_find_by_words_category_role_and_state(
    officer: Client, actor: Actor, row: CategoryComplement, boxes: Category
) -> None:
    courier = ComplementFactory(buyer=None, need_id="pengiriman", need_en="delivery", role="service")
    gone = ComplementFactory(supplier=boxes, removed_at=timezone.now())

    assert rows_shown(officer) == [row, courier]
    assert rows_shown(officer, q="kotak") == [row]
    assert rows_shown(officer, q="DELIVERY") == [courier]
    assert rows_shown(officer, kategori="kotak-contoh") == [row]
    assert rows_shown(officer, kategori=boxes.parent.code) == [row]
    assert rows_shown(officer, peran="service") == [courier]
    assert rows_shown(officer, keadaan="dihapus") == [gone]
    assert rows_shown(officer, kategori="apa", peran="?", keadaan="x", page="z") == [row, courier]


def test_nothing_found_offers_everything(officer: Client, row: CategoryComplement) -> None:
    text = text_of(officer.get(page("complements"), {"q": "pesawat"}))

    assert "Tidak ada baris dengan saringan ini." in text


@pytest.mark.parametrize("count", [1, 3])
def test_table_costs_the_same_for_any_number(
    officer: Client, actor: Actor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        complements.add_complement(actor=actor, buyer=FamilyFactory(), supplier=FamilyFactory(), facts=FACTS)
    officer.get(page("complements"))

    with django_assert_num_queries(9):
        officer.get(page("complements"))


TYPED = {"need_id": "kotak sepatu", "need_en": "shoe boxes", "role": "packaging", "weight": "0,8"}


def test_officer_adds_a_row(officer: Client, shoes: Category, boxes: Category) -> None:
    response = officer.post(page("complement_new"), TYPED | {"buyer": shoes.pk, "supplier": boxes.pk})

    row = CategoryComplement.objects.get()
    assert response.headers["Location"] == page("complement_edit", row.pk)
    assert (row.buyer, row.supplier, row.weight) == (shoes, boxes, 0.8)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"supplier": ""}, "Pilih kategori yang paling dekat."),
        ({"supplier": "0"}, "Kategori ini tidak ada dalam daftar. Pilih yang lain."),
        ({"need_id": ""}, "Tulis apa yang dibeli, mis. kotak sepatu."),
        ({"need_en": ""}, "Tulis juga dalam bahasa Inggris, mis. shoe boxes."),
        ({"need_id": "k" * 81}, "Terlalu panjang. Tulis paling banyak 80 huruf."),
        ({"role": "hiasan"}, "Pilih peran dari daftar."),
        ({"weight": ""}, "Tulis angka lebih dari 0 sampai 1, mis. 0,8."),
        ({"weight": "0"}, "Tulis angka lebih dari 0 sampai 1, mis. 0,8."),
        ({"weight": "2"}, "Tulis angka lebih dari 0 sampai 1, mis. 0,8."),
        ({"weight": "banyak"}, "Tulis angka lebih dari 0 sampai 1, mis. 0,8."),
    ],
)
def test_mistakes_are_named_and_nothing_typed_is_lost(
    officer: Client, shoes: Category, boxes: Category, changes: dict[str, str], text: str
) -> None:
    typed = TYPED | {"buyer": str(shoes.pk), "supplier": str(boxes.pk)} | changes

    response = officer.post(page("complement_new"), typed)

    assert response.status_code == 422
    assert text in text_of(response)
    kept = [typed[name] for name in ("need_id", "need_en", "weight") if typed[name]]
    assert all(f'value="{value}"' in text_of(response) for value in kept)
    assert f'<option value="{shoes.pk}" selected>' in text_of(response)
    assert CategoryComplement.objects.count() == 0


def test_row_that_exists_is_named_beside_the_supplier(
    officer: Client, row: CategoryComplement, shoes: Category, boxes: Category
) -> None:
    response = officer.post(page("complement_new"), TYPED | {"buyer": shoes.pk, "supplier": boxes.pk})

    assert response.status_code == 422
    assert "Baris ini sudah ada. Ubah baris yang ada." in text_of(response)


def test_line_of_business_supplies_nothing(officer: Client, shoes: Category) -> None:
    shop = FamilyFactory(parent=CategoryFactory(code="bidang-usaha"))

    response = officer.post(page("complement_new"), TYPED | {"buyer": shoes.pk, "supplier": shop.pk})

    assert response.status_code == 422


def test_officer_changes_a_row_and_reads_its_history(officer: Client, row: CategoryComplement) -> None:
    response = officer.post(page("complement_edit", row.pk), TYPED | {"version": "1"}, follow=True)

    assert "Baris disimpan. Perhitungan berikutnya memakainya." in text_of(response)
    assert "bobot 0,5 → 0,8" in text_of(response)
    assert 'value="0,8"' in text_of(response)


def test_colleagues_change_is_shown_beside_what_was_typed(
    officer: Client, actor: Actor, row: CategoryComplement
) -> None:
    newer = ComplementFacts(need_id="kotak", need_en="boxes", role="packaging", weight=0.3)
    complements.change_complement(actor=actor, complement=row, version=1, facts=newer)

    response = officer.post(page("complement_edit", row.pk), TYPED | {"version": "1"})

    assert response.status_code == 409
    assert "<td>0,3</td> <td>0,8</td>" in text_of(response)
    again = officer.post(page("complement_edit", row.pk), TYPED | {"version": "2"})
    assert again.status_code == 302


def test_row_removed_meanwhile_shows_what_was_typed(
    officer: Client, actor: Actor, row: CategoryComplement
) -> None:
    complements.remove_complement(actor=actor, complement=row, now=timezone.now())

    response = officer.post(page("complement_edit", row.pk), TYPED | {"version": "1"})

    assert response.status_code == 409
    assert "dan tidak dipakai." in text_of(response)
    assert "<td>shoe boxes</td>" in text_of(response)


def test_officer_removes_a_row_and_brings_it_back(officer: Client, row: CategoryComplement) -> None:
    removed = officer.post(page("complement_remove", row.pk), follow=True)
    assert "Baris dihapus. Anda dapat mengembalikannya di sini." in text_of(removed)
    assert "dan tidak dipakai." in text_of(removed)

    restored = officer.post(page("complement_restore", row.pk), follow=True)

    assert "Baris dikembalikan." in text_of(restored)
    row.refresh_from_db()
    assert row.removed_at is None


def test_user_without_office_sees_nothing_and_an_admin_all(row: CategoryComplement) -> None:
    nobody = Client()
    nobody.force_login(UserFactory())

    assert nobody.get(page("complements")).status_code == 404
    assert nobody.post(page("complement_remove", row.pk)).status_code == 404
    assert admin_client().get(page("complement_edit", row.pk)).status_code == 200
