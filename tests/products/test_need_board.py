"""The public needs board: what it shows and hides, how it is asked, and when a need leaves it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor, Via
from accounts.history import entries_of
from products.models import Need
from products.need_expiry import ending_soon, prolong_need
from products.need_filter import NeedBoardFilter
from products.profiles import withdraw_need
from tests.clients import client_of, page_of
from tests.factories import (
    BusinessFactory,
    FamilyFactory,
    NeedFactory,
    OfficeMemberFactory,
    ProvinceFactory,
    RegionFactory,
    UnitFactory,
    actor_of,
)
from tests.holders import holder_of, text_of
from tests.scenes import make_contact
from tradecontact.templatetags.tradecontact_tags import berakhir

pytestmark = pytest.mark.django_db
BOARD = "/kebutuhan/"


def found(query: str, today: date | None = None) -> list[Need]:
    return list(NeedBoardFilter(QueryDict(query), today=today or timezone.localdate()).needs())


def detail(need: Need) -> str:
    return reverse("products:need_detail", args=[need.pk])


# What it shows


def test_the_board_and_the_page_show_every_fact(client: Client) -> None:
    need = NeedFactory(
        quantity=1000,
        unit=UnitFactory(),
        price_ceiling_rupiah=2500,
        certificates_required=["halal"],
        area_province=ProvinceFactory(),
        wanted_from=date(2018, 4, 1),
        open_until=timezone.localdate() + timedelta(days=3),
    )
    facts = ["1.000 buah per bulan", "Rp2.500", "Halal", "Provinsi Contoh", "1 April 2018"]

    pages = [text_of(client.get(BOARD)), text_of(client.get(detail(need)))]

    for told in [*facts, "berakhir 3 hari lagi", need.business.name, need.business.region.name]:
        assert [told in page for page in pages] == [True, True], told


def test_no_page_shows_how_to_reach_the_buyer(client: Client) -> None:
    business = BusinessFactory(owner_name="Ibu Contoh", phone="+6281270006850", email="laweyan@contoh.test")
    need = NeedFactory(business=business, text="Kotak, WA 0812-7000-6850 atau laweyan@contoh.test")

    for page in [text_of(client.get(BOARD)), text_of(client.get(detail(need)))]:
        assert "Kotak, WA (kontak lewat portal) atau (kontak lewat portal)" in page
        assert not [private for private in ("6850", "laweyan@", "Ibu Contoh") if private in page]


def test_sharing_carries_the_need_without_its_contact(client: Client) -> None:
    need = NeedFactory(text="Kotak, hubungi 0812 7000 6850")

    page = text_of(client.get(detail(need)))

    assert '<meta property="og:title" content="Dicari: Kotak, hubungi (kontak lewat portal)">' in page
    assert "https://wa.me/?text=" in page
    assert "7000" not in page


def test_nobody_finds_a_need_by_the_number_written_into_it() -> None:
    NeedFactory(text="Kotak besar, WA 0812 7000 6850 atau budi@contoh.test")

    assert [len(found(f"q={words}")) for words in ["besar", "7000", "6850", "budi", "contoh"]] == [
        1,
        0,
        0,
        0,
        0,
    ]


def test_a_need_heard_by_phone_is_public_like_the_others(client: Client) -> None:
    scene = make_contact()
    client_of(scene.host).post(
        page_of(scene, "need_by_phone"),
        {
            "business": scene.host_business.pk,
            "text": "Kotak nasi",
            "read": "Kotak nasi",
            "category": FamilyFactory().pk,
            "frequency": "monthly",
            "has_consent": "on",
        },
    )

    assert "Kotak nasi" in text_of(client.get(BOARD))


@pytest.mark.parametrize("gone", ["ended", "withdrawn"])
def test_a_need_that_ended_leaves_the_board_and_its_page_says_so(client: Client, gone: str) -> None:
    need = NeedFactory(text="Kotak rahasia")
    if gone == "ended":
        Need.objects.update(open_until=timezone.localdate() - timedelta(days=1))
    else:
        withdraw_need(actor=Actor(via=Via.COMMAND, is_admin=True), need=need, now=timezone.now())

    board, page = client.get(BOARD), client.get(detail(need))

    assert page.status_code == 410
    assert "Pembeli sudah menariknya, atau batas waktunya lewat." in text_of(page)
    assert "Kotak rahasia" not in board.text + page.text


def test_an_empty_board_says_what_it_is_for(client: Client) -> None:
    assert "Yang dicari toko, hotel dan bengkel tampil di sini" in text_of(client.get(BOARD))


# How it is asked


def test_words_are_found_in_text_category_and_the_buyers_name() -> None:
    need = NeedFactory(text="Kotak kemasan", business=BusinessFactory(name="Hotel Manahan"))
    NeedFactory(text="Kain")

    assert found("q=kotak+manahan") == found("q=KEMASAN") == [need]
    assert found("q=kotak+kain") == []


@pytest.mark.usefixtures("reference_data")
def test_a_category_can_be_asked_for_by_its_other_names() -> None:
    from products.models import Category

    need = NeedFactory(text="Untuk oleh-oleh", category=Category.objects.get(code="keripik"))

    assert found("q=kripik") == [need]


def test_filters_narrow_by_place_certificate_area_and_deadline() -> None:
    here, there = ProvinceFactory(code="98", name="Sini"), ProvinceFactory(code="97", name="Sana")
    today = timezone.localdate()
    need = NeedFactory(
        area_province=here, certificates_required=["halal", "pirt"], open_until=today + timedelta(days=5)
    )
    other = NeedFactory(area_region=RegionFactory(province=there))
    region = need.business.region.code

    assert found(f"wilayah={region}") == [need]
    assert found("wilayah=99") == [other, need]
    assert found("pemasok=98") == [need]
    assert found("pemasok=97") == [other]
    assert found("sertifikat=halal&sertifikat=pirt") == [need]
    assert found("berakhir=7") == [need]


def test_sector_and_family_are_counted_and_chosen() -> None:
    family = FamilyFactory()
    need = NeedFactory(category=family)
    NeedFactory()

    filters = NeedBoardFilter(QueryDict(f"kategori={family.parent.code}"), today=timezone.localdate())

    assert list(filters.needs()) == [need]
    assert [(shelf.category.code, shelf.count) for shelf in filters.shelves if shelf.is_chosen] == [
        (family.parent.code, 1)
    ]


def test_the_soonest_end_comes_first_when_asked_for() -> None:
    today = timezone.localdate()
    late, never, soon = (
        NeedFactory(open_until=today + timedelta(days=9)),
        NeedFactory(),
        NeedFactory(open_until=today),
    )

    assert found("urut=berakhir") == [soon, late, never]
    assert found("") == [soon, never, late]


def test_a_value_that_nobody_knows_is_named_and_filters_nothing(client: Client) -> None:
    NeedFactory(text="Kotak")

    page = text_of(client.get(BOARD, {"kategori": "mimpi", "berakhir": "besok", "page": "99"}))

    assert "Kategori: Pilihan “mimpi” tidak dikenal. Saringan ini tidak dipakai." in page
    assert "Kotak" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_for_one_and_for_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _need in range(count):
        NeedFactory(unit=UnitFactory(), area_region=RegionFactory())

    with django_assert_num_queries(7):
        client.get(BOARD)


# The end of a need


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "sudah berakhir"),
        (0, "berakhir hari ini"),
        (1, "berakhir besok"),
        (3, "berakhir 3 hari lagi"),
        (20, "sampai 9 April 2018"),
    ],
)
def test_the_end_is_told_in_words(days: int, words: str) -> None:
    today = date(2018, 3, 20)

    assert berakhir(today + timedelta(days=days), today) == words


def test_prolonging_adds_a_month_once() -> None:
    member, today = OfficeMemberFactory(), date(2018, 3, 20)
    need = NeedFactory(business__office=member.office, open_until=today + timedelta(days=2))

    first = prolong_need(actor=actor_of(member), need=need, today=today)
    again = prolong_need(actor=actor_of(member), need=need, today=today)

    assert first.open_until == again.open_until == date(2018, 4, 21)
    assert [entry.action for entry in entries_of(need)] == ["prolonged"]


def test_a_need_that_ended_is_prolonged_from_today() -> None:
    member, today = OfficeMemberFactory(), date(2018, 3, 20)
    need = NeedFactory(business__office=member.office, open_until=date(2018, 1, 1))

    assert prolong_need(actor=actor_of(member), need=need, today=today).open_until == date(2018, 4, 19)


def test_what_cannot_be_prolonged_is_said() -> None:
    member, today = OfficeMemberFactory(), date(2018, 3, 20)
    need = NeedFactory(business__office=member.office, open_until=today, withdrawn_at=timezone.now())

    with pytest.raises(ValidationError, match="Kebutuhan ini sudah ditarik"):
        prolong_need(actor=actor_of(member), need=need, today=today)
    with pytest.raises(PermissionDenied, match="Hanya usaha itu sendiri atau dinas wilayahnya"):
        prolong_need(actor=actor_of(OfficeMemberFactory()), need=need, today=today)


def test_needs_that_end_soon_are_found() -> None:
    today = date(2018, 3, 20)
    soon = NeedFactory(open_until=date(2018, 3, 27))
    NeedFactory(open_until=date(2018, 3, 28))
    NeedFactory(open_until=date(2018, 3, 19))
    NeedFactory()

    assert list(ending_soon(Need.objects.all(), today)) == [soon]


def test_officers_see_what_ends_soon_and_prolong_it_by_one_press() -> None:
    scene = make_contact()
    need = NeedFactory(business=scene.guest_business, open_until=timezone.localdate() + timedelta(days=2))
    client, page = client_of(scene.guest), page_of(scene, "contact_needs")
    prolong = reverse("products:need_prolong", args=[need.business_id, need.pk])

    before = text_of(client.get(page, {"keadaan": "segera"}))
    response = client.post(prolong, {"next": page}, follow=True)
    foreign = client.post(prolong, {"next": "https://contoh.test/"})

    assert "berakhir 2 hari lagi" in before
    assert prolong in before
    assert response.redirect_chain == [(page, 302)]
    assert "Kebutuhan berlaku sampai" in text_of(response)
    assert foreign.headers["Location"].startswith("/binaan/")
    assert need.text not in text_of(client.get(page, {"keadaan": "segera"}))


def test_an_own_business_prolongs_by_its_link() -> None:
    need = NeedFactory(open_until=timezone.localdate() - timedelta(days=1))
    holder = holder_of(need.business)

    page = text_of(holder.get("link_products"))
    holder.post("link_need_prolong", need.pk)

    need.refresh_from_db()
    assert "sudah berakhir" in page
    assert "Perpanjang 30 hari" in page
    assert need.open_until == timezone.localdate() + timedelta(days=30)


def test_a_link_prolongs_nothing_of_another_business() -> None:
    need = NeedFactory(open_until=timezone.localdate())

    assert holder_of(BusinessFactory()).post("link_need_prolong", need.pk).status_code == 404


def test_prolonging_a_withdrawn_need_by_link_says_why_not() -> None:
    need: Any = NeedFactory(open_until=timezone.localdate(), withdrawn_at=timezone.now())
    holder = holder_of(need.business)

    response = holder.client.post(holder.path("link_need_prolong", need.pk), follow=True)

    assert "Buka lagi sebelum memperpanjangnya." in text_of(response)
