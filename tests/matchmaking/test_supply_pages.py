"""Pages of offers to supply: behind a personal link, for an officer on behalf, and the offices' list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from matchmaking.models import Pair, SupplyOffer
from products.models import Need
from tests.clients import admin_client, client_of
from tests.factories import (
    BusinessFactory,
    NeedFactory,
    ParticipationFactory,
    ProductFactory,
    SupplyOfferFactory,
)
from tests.holders import holder_of, text_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
OFFERS = "/tawaran-memasok/"


@pytest.fixture
def scene() -> ContactScene:
    day = timezone.localdate() + timedelta(days=10)
    return make_contact(trade_contact__starts_on=day, trade_contact__ends_on=day)


@pytest.fixture
def need(scene: ContactScene) -> Need:
    return NeedFactory(business=scene.host_business, text="Kotak, WA 0812 7000 6850")


def on_behalf(need: Need) -> str:
    return reverse("matchmaking:supply_new", args=[need.pk])


def detail(offer: SupplyOffer) -> str:
    return reverse("matchmaking:supply_offer_detail", args=[offer.pk])


# Behind a personal link


def test_the_board_opens_behind_the_link_and_keeps_the_need_inside(scene: ContactScene, need: Need) -> None:
    holder = holder_of(scene.guest_business)

    board, page = text_of(holder.get("link_need_board")), text_of(holder.get("link_board_need", need.pk))

    assert holder.path("link_board_need", need.pk) in board
    assert holder.path("link_search_save") in board
    assert "Saya bisa memasok" in page
    assert "6850" not in board + page


def test_pressing_leads_to_the_pair_and_twice_makes_one(scene: ContactScene, need: Need) -> None:
    holder, product = holder_of(scene.guest_business), ProductFactory(business=scene.guest_business)

    pressed = [holder.post("link_board_need", need.pk, products=[product.pk], note="Siap") for _twice in "12"]

    pair = Pair.objects.get()
    assert [response.headers["Location"] for response in pressed] == [holder.path("link_pair", pair.pk)] * 2
    assert list(SupplyOffer.objects.get().products.all()) == [product]
    assert "Tawaran Anda tercatat" in text_of(holder.get("link_board_need", need.pk))


def test_an_offer_without_a_contact_says_that_it_waits(scene: ContactScene, need: Need) -> None:
    holder = holder_of(BusinessFactory(office=scene.guest.office))

    holder.post("link_board_need", need.pk)
    page = text_of(holder.get("link_board_need", need.pk))

    assert "Belum menjadi pasangan: belum ada kontak dagang yang diikuti kedua dinas." in page


def test_the_supplier_reads_why_its_offer_was_closed(scene: ContactScene, need: Need) -> None:
    supplier = BusinessFactory(office=scene.guest.office)
    SupplyOfferFactory(need=need, business=supplier, closed_reason="Sudah dapat pemasok")

    page = text_of(holder_of(supplier).get("link_board_need", need.pk))

    assert "Dinas menutup tawaran ini: Sudah dapat pemasok" in page


def test_a_need_of_the_own_region_explains_why_there_is_no_pair(scene: ContactScene, need: Need) -> None:
    neighbour = holder_of(BusinessFactory(office=scene.host.office))

    page = text_of(neighbour.get("link_board_need", need.pk))
    neighbour.post("link_board_need", need.pk)

    assert "Pasangan usaha mempertemukan dua daerah, jadi tawaran Anda tidak menjadi pasangan" in page
    assert SupplyOffer.objects.get().waits_because == SupplyOffer.Wait.SAME_REGION


def test_the_own_need_offers_nothing_to_press(scene: ContactScene, need: Need) -> None:
    holder = holder_of(scene.host_business)

    page, pressed = text_of(holder.get("link_board_need", need.pk)), holder.post("link_board_need", need.pk)

    assert "Ini kebutuhan Anda sendiri." in page
    assert pressed.status_code == 422
    assert "Ini kebutuhan usaha itu sendiri." in text_of(pressed)


def test_an_ended_need_is_gone_behind_the_link_too(scene: ContactScene, need: Need) -> None:
    Need.objects.update(open_until=timezone.localdate() - timedelta(days=1))
    holder = holder_of(scene.guest_business)

    page, pressed = holder.get("link_board_need", need.pk), holder.post("link_board_need", need.pk)

    assert (page.status_code, pressed.status_code) == (410, 410)
    assert "Kebutuhan ini sudah berakhir, jadi tidak perlu dijawab lagi." in text_of(page)


def test_foreign_products_are_not_offered(scene: ContactScene, need: Need) -> None:
    foreign = ProductFactory()

    response = holder_of(scene.guest_business).post("link_board_need", need.pk, products=[foreign.pk])

    assert response.status_code == 422
    assert "Pilih produk dari daftar." in text_of(response)
    assert not SupplyOffer.objects.exists()


# An officer on behalf of a business


def test_an_officer_chooses_a_business_then_its_products(scene: ContactScene, need: Need) -> None:
    client, business = client_of(scene.guest), scene.guest_business
    product = ProductFactory(business=business, name="Kotak lipat")

    choose = text_of(client.get(on_behalf(need)))
    chosen = text_of(client.get(on_behalf(need), {"usaha": business.pk}))
    done = client.post(f"{on_behalf(need)}?usaha={business.pk}", {"products": [product.pk]}, follow=True)

    assert "Pilih usaha" in choose
    assert "Kotak lipat" in chosen
    assert "Tawaran dicatat. Dinas pembeli melihatnya." in text_of(done)
    assert SupplyOffer.objects.get().recorded_by == scene.guest.user


@pytest.mark.parametrize(
    ("asked", "text"),
    [("", "Pilih usaha yang bisa memasok."), ("host", "Usaha ini tidak ada dalam daftar daerah Anda.")],
)
def test_an_officer_speaks_for_the_own_region_only(
    scene: ContactScene, need: Need, asked: str, text: str
) -> None:
    usaha = scene.host_business.pk if asked else ""

    response = client_of(scene.guest).post(f"{on_behalf(need)}?usaha={usaha}")

    assert response.status_code == 422
    assert text in text_of(response)


def test_a_visitor_learns_how_to_supply_and_an_officer_gets_the_button(
    scene: ContactScene, need: Need
) -> None:
    path = reverse("products:need_detail", args=[need.pk])

    page, own = text_of(client_of(scene.guest).get(path)), text_of(client_of(scene.host).get(path))
    stranger = text_of(holder_of(scene.guest_business).client.get(path))

    assert on_behalf(need) in page
    assert "Pembeli ini dari daerah Anda sendiri." in own
    assert "Sudah punya tautan pribadi?" in stranger
    assert on_behalf(need) not in stranger


def test_an_ended_need_takes_no_offer_of_an_officer(scene: ContactScene, need: Need) -> None:
    Need.objects.update(open_until=timezone.localdate() - timedelta(days=1))

    assert client_of(scene.guest).get(on_behalf(need)).status_code == 410


# The offices


def test_both_offices_see_the_offer_and_a_third_does_not(scene: ContactScene, need: Need) -> None:
    offer = SupplyOfferFactory(need=need, business=BusinessFactory(office=scene.guest.office))
    members = [scene.guest, scene.host, scene.stranger]

    lists = [detail(offer) in client_of(member).get(OFFERS).text for member in members]
    desks = [detail(offer) in client_of(member).get("/meja-kerja/").text for member in members]

    assert lists == desks == [True, True, False]


def test_an_office_makes_the_pair_in_a_contact_of_both(scene: ContactScene, need: Need) -> None:
    offer = SupplyOfferFactory(need=need, business=BusinessFactory(office=scene.guest.office))
    client = client_of(scene.host)

    wrong = client.post(detail(offer), {"kontak": "mimpi"})
    done = client.post(detail(offer), {"kontak": scene.trade_contact.slug}, follow=True)

    assert "Pilih kontak dagang dari daftar." in text_of(wrong)
    assert "Pasangan usaha dibuat. Pembeli menjawab lewat tautan pribadinya." in text_of(done)
    assert (
        reverse("matchmaking:pair_detail", args=[scene.trade_contact.slug, Pair.objects.get().pk])
        in done.text
    )


def test_a_hidden_pair_is_named_when_the_office_tries(scene: ContactScene, need: Need) -> None:
    scene.make_pair(hidden_at=timezone.now(), staff_reason="Pesaing")
    offer = SupplyOfferFactory(need=need, business=scene.guest_business)

    response = client_of(scene.host).post(detail(offer), {"kontak": scene.trade_contact.slug})

    assert response.status_code == 422
    assert "Pasangan ini disembunyikan: Pesaing" in text_of(response)


def test_an_office_closes_an_offer_with_a_reason(scene: ContactScene, need: Need) -> None:
    offer = SupplyOfferFactory(need=need, business=BusinessFactory(office=scene.host.office))
    client, close = client_of(scene.host), reverse("matchmaking:supply_offer_close", args=[offer.pk])

    before = text_of(client.get(detail(offer)))
    empty = client.post(close, {"reason": ""})
    done = client.post(close, {"reason": "Sudah dihubungkan"}, follow=True)

    assert "Keduanya dari" in before
    assert "Tulis alasannya, mis. sudah dihubungkan langsung." in text_of(empty)
    assert "Tawaran ditutup. Pemasok membaca alasannya." in text_of(done)
    assert "Ditutup: Sudah dihubungkan" in text_of(client.get(detail(offer)))


def test_closing_a_pair_is_refused_with_a_sentence(scene: ContactScene, need: Need) -> None:
    holder_of(scene.guest_business).post("link_board_need", need.pk)
    close = reverse("matchmaking:supply_offer_close", args=[SupplyOffer.objects.get().pk])

    assert "Tawaran ini sudah menjadi pasangan usaha." in text_of(
        client_of(scene.host).post(close, {"reason": "x"})
    )


def test_without_a_contact_of_both_the_page_leads_to_a_new_one(scene: ContactScene, need: Need) -> None:
    offer = SupplyOfferFactory(need=need)

    assert "Buka dahulu; tawaran ini menunggu." in text_of(client_of(scene.host).get(detail(offer)))


def test_an_admin_may_offer_and_settle_for_every_office(scene: ContactScene, need: Need) -> None:
    client = admin_client()

    client.post(f"{on_behalf(need)}?usaha={scene.guest_business.pk}")

    assert SupplyOffer.objects.get().pair == Pair.objects.get()
    assert Pair.objects.get().answer_of(scene.guest_business.pk) == "yes"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(
    scene: ContactScene, need: Need, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    client = client_of(scene.host)
    for _offer in range(count):
        SupplyOfferFactory(need=need, pair=scene.make_pair(), waits_because="")

    with django_assert_num_queries(5):
        client.get(OFFERS)


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_behind_the_link_costs_the_same_for_one_and_for_many(
    scene: ContactScene, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    holder = holder_of(ParticipationFactory(delegation=scene.guest_delegation).business)
    for _need in range(count):
        NeedFactory()

    with django_assert_num_queries(9):
        holder.get("link_need_board")
