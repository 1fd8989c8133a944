"""A list becomes rows once, whatever is pressed how often, and only for its own office."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actors import COMMAND, Actor
from accounts.models import HistoryEntry
from products import importing
from products.models import Business, ImportBatch, Need, Product
from tests.factories import (
    ImportBatchFactory,
    OfficeFactory,
    OfficeMemberFactory,
    PersonalLinkFactory,
    actor_of,
)
from tests.products.excel.sheets import workbook
from tests.products.importing_office import (
    DELEGATION,
    NEEDS,
    NOW,
    TODAY,
    USAHA_A,
    everything,
    imported,
    listed,
    office_of,
    undo,
    uploaded,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


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


def test_list_nobody_came_back_to_is_given_up(actor: Actor) -> None:
    old, young, foreign = uploaded(actor, DELEGATION), uploaded(actor, NEEDS), ImportBatchFactory()
    ImportBatch.objects.filter(pk__in=[old.pk, foreign.pk]).update(
        created_at=datetime(2026, 2, 9, tzinfo=UTC)
    )
    ImportBatch.objects.filter(pk=young.pk).update(created_at=datetime(2026, 2, 11, tzinfo=UTC))

    again = uploaded(actor, listed(USAHA_A))

    states = dict(ImportBatch.objects.values_list("pk", "state"))
    assert states == {old.pk: "given_up", young.pk: "preview", foreign.pk: "preview", again.pk: "preview"}


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
