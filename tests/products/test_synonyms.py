"""Equal words: officers keep the groups, every change is history and holds for the next search."""

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
from products import synonyms
from products.models import Product, SearchSynonym
from products.profiles import StaleVersion
from products.search import search_for
from tests.clients import client_of
from tests.factories import OfficeMemberFactory, ProductFactory, SynonymFactory, UserFactory, actor_of
from tests.holders import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return actor_of(OfficeMemberFactory())


@pytest.fixture
def row() -> SearchSynonym:
    return SynonymFactory(words=["kemasan", "packaging"])


@pytest.fixture
def officer() -> Client:
    return client_of(OfficeMemberFactory())


def page(name: str, *args: object) -> str:
    return reverse(f"products:{name}", args=args)


def lines(language: str = "id") -> list[str]:
    with override(language):
        return [line.text for line in synonyms.changes_told()]


def finds(text: str) -> bool:
    search = search_for(text, Product.objects.all(), [])
    return search is not None and search.apply(Product.objects.all()).exists()


# Adding


def test_added_group_holds_for_the_next_search_and_is_history(actor: Actor) -> None:
    ProductFactory(name="Tas punggung anak")
    assert not finds("ransel")

    row = synonyms.add_synonyms(actor=actor, words=["Ransel", "tas  PUNGGUNG"])

    assert finds("ransel")
    assert row.words == ["ransel", "tas punggung"]
    assert entries_of(row)[0].after == {"words": ["ransel", "tas punggung"]}
    assert lines() == ["Padanan “ransel, tas punggung” ditambahkan."]
    assert lines("en") == ["Group “ransel, tas punggung” added."]


def test_adding_the_same_again_changes_nothing(actor: Actor) -> None:
    first = synonyms.add_synonyms(actor=actor, words=["a1", "b1"])

    assert synonyms.add_synonyms(actor=actor, words=["A1", "b1", "b1"]) == first
    assert entries_of(first).count() == 1


def test_word_of_another_group_is_refused(actor: Actor, row: SearchSynonym) -> None:
    with pytest.raises(
        synonyms.WordTaken, match="Kata “packaging” sudah ada dalam padanan “kemasan, packaging”"
    ):
        synonyms.add_synonyms(actor=actor, words=["dus", "packaging"])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["keripik"], "Tulis paling sedikit dua kata yang sama artinya."),
        (["keripik", "KERIPIK", "!&|"], "Tulis paling sedikit dua kata yang sama artinya."),
        ([f"kata{number}" for number in range(21)], "Tulis paling banyak 20 kata dalam satu padanan."),
        (["keripik", "abcdefghijklmnop qrstuvwxyzabcdefg hijklmnopq"], "Ada kata yang terlalu panjang."),
    ],
)
def test_words_that_make_no_group_are_refused(actor: Actor, words: list[str], text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        synonyms.add_synonyms(actor=actor, words=words)

    assert text in refused.value.messages[0]


def test_nobody_but_staff_keeps_the_groups(row: SearchSynonym) -> None:
    acts: list[Any] = [
        lambda: synonyms.add_synonyms(actor=ANONYMOUS, words=["a1", "b1"]),
        lambda: synonyms.change_synonyms(actor=ANONYMOUS, synonyms=row, version=1, words=["a1", "b1"]),
        lambda: synonyms.remove_synonyms(actor=ANONYMOUS, synonyms=row, now=timezone.now()),
        lambda: synonyms.restore_synonyms(actor=ANONYMOUS, synonyms=row),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied, match="Hanya petugas dinas yang mengubah padanan kata"):
            act()


# Changing, removing, bringing back


def test_change_tells_what_came_and_went(actor: Actor, row: SearchSynonym) -> None:
    changed = synonyms.change_synonyms(actor=actor, synonyms=row, version=1, words=["kemasan", "bungkus"])

    assert (changed.version, changed.words) == (2, ["kemasan", "bungkus"])
    assert lines() == ["Padanan “kemasan, packaging” diubah: ditambah bungkus; dikurangi packaging."]


def test_words_as_they_were_change_nothing(actor: Actor, row: SearchSynonym) -> None:
    synonyms.change_synonyms(actor=actor, synonyms=row, version=99, words=["kemasan", "packaging"])

    assert list(entries_of(row)) == []


def test_other_order_is_told(actor: Actor, row: SearchSynonym) -> None:
    synonyms.change_synonyms(actor=actor, synonyms=row, version=1, words=["packaging", "kemasan"])

    assert lines() == ["Padanan “kemasan, packaging” diubah: urutannya."]


def test_colleague_who_was_faster_is_noticed(actor: Actor, row: SearchSynonym) -> None:
    synonyms.change_synonyms(actor=actor, synonyms=row, version=1, words=["kemasan", "bungkus"])

    with pytest.raises(StaleVersion):
        synonyms.change_synonyms(actor=actor, synonyms=row, version=1, words=["kemasan", "dus"])


def test_removed_group_widens_nothing_and_can_come_back(actor: Actor, row: SearchSynonym) -> None:
    ProductFactory(name="Bahan kemasan")
    for _press in range(2):
        synonyms.remove_synonyms(actor=actor, synonyms=row, now=timezone.now())
    assert not finds("packaging")

    for _press in range(2):
        synonyms.restore_synonyms(actor=actor, synonyms=row)

    assert finds("packaging")
    assert lines() == [
        "Padanan “kemasan, packaging” dikembalikan.",
        "Padanan “kemasan, packaging” dihapus.",
    ]


# The pages


def test_list_says_that_all_offices_share_it(officer: Client, row: SearchSynonym) -> None:
    text = text_of(officer.get(page("synonyms")))

    assert "Daftar ini dipakai bersama oleh semua dinas." in text
    assert "1 padanan" in text


def test_filters_find_by_words_and_state(officer: Client, row: SearchSynonym) -> None:
    gone = SynonymFactory(words=["sepatu", "shoes"], removed_at=timezone.now())

    def shown(**query: str) -> list[SearchSynonym]:
        return list(officer.get(page("synonyms"), query).context["page"])

    assert shown() == [row]
    assert shown(q="PACK") == [row]
    assert shown(q="sepatu") == []
    assert shown(keadaan="dihapus") == [gone]
    assert shown(keadaan="x", q="\u202e", page="z") == [row]


def test_nothing_found_offers_everything(officer: Client) -> None:
    assert "Tidak ada padanan dengan saringan ini." in text_of(officer.get(page("synonyms")))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(
    officer: Client, actor: Actor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        synonyms.add_synonyms(actor=actor, words=[f"kata{number}", f"word{number}"])
    officer.get(page("synonyms"))

    with django_assert_num_queries(7):
        officer.get(page("synonyms"))


def test_officer_adds_changes_removes_and_restores(officer: Client) -> None:
    officer.post(page("synonyms_new"), {"words": "Kripik, keripik\nchips"})
    row = SearchSynonym.objects.get()
    assert row.words == ["kripik", "keripik", "chips"]

    changed = officer.post(
        page("synonyms_edit", row.pk), {"words": "kripik, keripik", "version": "1"}, follow=True
    )
    assert "Padanan disimpan. Pencarian berikutnya memakainya." in text_of(changed)
    assert "dikurangi chips" in text_of(changed)

    removed = officer.post(page("synonyms_remove", row.pk), follow=True)
    assert "dan tidak dipakai: kripik, keripik." in text_of(removed)
    assert "Padanan dikembalikan." in text_of(officer.post(page("synonyms_restore", row.pk), follow=True))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("", "Tulis kata-katanya, mis. kemasan, packaging."),
        ("keripik", "Tulis paling sedikit dua kata yang sama artinya."),
        ("x" * 1001, "Terlalu panjang. Tulis paling banyak 1.000 huruf."),
        ("dus, packaging", "Kata “packaging” sudah ada dalam padanan “kemasan, packaging”."),
    ],
)
def test_mistakes_are_named_and_nothing_typed_is_lost(
    officer: Client, row: SearchSynonym, typed: str, text: str
) -> None:
    response = officer.post(page("synonyms_new"), {"words": typed})

    assert response.status_code == 422
    assert text in text_of(response)
    assert typed in text_of(response)
    assert SearchSynonym.objects.count() == 1


def test_colleagues_change_is_shown_beside_what_was_typed(
    officer: Client, actor: Actor, row: SearchSynonym
) -> None:
    synonyms.change_synonyms(actor=actor, synonyms=row, version=1, words=["kemasan", "bungkus"])

    response = officer.post(page("synonyms_edit", row.pk), {"words": "kemasan, dus", "version": "1"})

    assert response.status_code == 409
    assert "kemasan, bungkus" in text_of(response)
    assert "kemasan, dus" in text_of(response)


def test_group_whose_word_is_taken_does_not_come_back(
    officer: Client, actor: Actor, row: SearchSynonym
) -> None:
    synonyms.remove_synonyms(actor=actor, synonyms=row, now=timezone.now())
    synonyms.add_synonyms(actor=actor, words=["dus", "packaging"])

    response = officer.post(page("synonyms_restore", row.pk), follow=True)

    assert "Kata “packaging” sudah ada dalam padanan “dus, packaging”." in text_of(response)


@pytest.mark.parametrize("name", ["synonyms", "synonyms_new", "synonyms_edit"])
def test_an_account_without_an_office_opens_no_page_of_the_groups(name: str, row: SearchSynonym) -> None:
    client = Client()
    client.force_login(UserFactory())
    address = page(name, *([row.pk] if name == "synonyms_edit" else []))

    assert client.get(address).status_code == 404
    assert SearchSynonym.objects.count() == 1
