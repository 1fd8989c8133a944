"""The front page and the public pages of trade contacts."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matchmaking.front_page import choose_varied
from matchmaking.models import TradeContact
from products.models import Product
from tests.factories import (
    BusinessFactory,
    CategoryFactory,
    DelegationFactory,
    FamilyFactory,
    NeedFactory,
    ParticipationFactory,
    ProductFactory,
    TradeContactFactory,
)
from tests.scenes import make_contact

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def text_of(client: Client, address: str) -> str:
    response = client.get(address)

    assert response.status_code == 200
    return response.content.decode()


# The front page


def test_empty_portal_says_what_it_is_for(client: Client) -> None:
    text = text_of(client, "/")

    assert "Portal ini baru dibuka" in text
    assert "Cara kerjanya" in text
    assert reverse("account_login") in text
    assert "<dl" not in text


def test_front_page_counts_what_the_public_can_see(client: Client) -> None:
    seller = ProductFactory().business
    ProductFactory(business=seller, status=Product.Status.DRAFT)
    NeedFactory(business__office=seller.office)
    NeedFactory(business__office=seller.office, open_until=date(2018, 1, 1))
    BusinessFactory()

    facts = client.get("/").context["facts"]

    assert (facts.businesses, facts.products, facts.open_needs, facts.regions) == (3, 1, 1, 1)


def test_front_page_lists_sectors_with_products(client: Client) -> None:
    sector = CategoryFactory(code="kuliner", name_id="Kuliner")
    ProductFactory.create_batch(2, category=FamilyFactory(parent=sector))
    CategoryFactory(name_id="Kosong")

    sectors = client.get("/").context["sectors"]

    assert [(shelf.category.name_id, shelf.count) for shelf in sectors] == [("Kuliner", 2)]
    assert "/katalog/?kategori=kuliner" in text_of(client, "/")


def test_front_page_shows_contacts_to_come_the_nearest_first(client: Client) -> None:
    today = TODAY()
    TradeContactFactory(title="Sudah lewat", ends_on=today - timedelta(days=1))
    TradeContactFactory(title="Program", starts_on=None, ends_on=None)
    TradeContactFactory(title="Nanti", starts_on=today + timedelta(days=9), ends_on=today + timedelta(days=9))
    TradeContactFactory(title="Segera", starts_on=today, ends_on=today)

    contacts = client.get("/").context["contacts"]

    assert [contact.title for contact in contacts] == ["Segera", "Nanti", "Program"]


def test_products_on_the_front_page_differ_before_they_repeat() -> None:
    rows = [(1, 10, 100), (2, 10, 101), (3, 11, 100), (4, 12, 102), (5, 10, 100)]

    assert choose_varied(rows, 3) == [1, 4, 2]
    assert choose_varied(rows, 9) == [1, 4, 2, 3, 5]
    assert choose_varied([], 3) == []


@pytest.mark.parametrize("count", [1, 3])
def test_front_page_costs_twelve_queries(client: Client, django_assert_num_queries, count: int) -> None:  # noqa: ANN001
    for _number in range(count):
        ProductFactory()
        contact = TradeContactFactory(ends_on=TODAY(), starts_on=TODAY())
        DelegationFactory(trade_contact=contact)

    with django_assert_num_queries(12):
        client.get("/")


# The list of trade contacts


def test_list_of_contacts_begins_with_those_to_come(client: Client) -> None:
    TradeContactFactory(title="Dahulu", starts_on=date(2017, 1, 1), ends_on=date(2017, 1, 1))
    TradeContactFactory(title="Belakangan", starts_on=date(2018, 1, 1), ends_on=date(2018, 1, 1))
    TradeContactFactory(title="Segera", starts_on=TODAY(), ends_on=TODAY())

    response = client.get(reverse("matchmaking:contacts"))

    assert [contact.title for contact in response.context["coming"]] == ["Segera"]
    assert [contact.title for contact in response.context["page"]] == ["Belakangan", "Dahulu"]


def test_list_without_contacts_says_so(client: Client) -> None:
    assert "Belum ada kontak dagang" in text_of(client, reverse("matchmaking:contacts"))


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_contacts_costs_four_queries(client: Client, django_assert_num_queries, count: int) -> None:  # noqa: ANN001
    for _number in range(count):
        DelegationFactory(trade_contact__ends_on=TODAY())

    with django_assert_num_queries(4):
        client.get(reverse("matchmaking:contacts"))


# The public page of one


def public_page(contact: TradeContact) -> str:
    return reverse("matchmaking:contact_public", args=[contact.slug])


def test_public_page_tells_who_where_when_and_what(client: Client) -> None:
    scene = make_contact()
    contact = scene.trade_contact
    contact.commodities.add(CategoryFactory(name_id="Kemasan"))
    ProductFactory(name="Kain katun", business=scene.guest_business)
    ProductFactory(name="Bukan peserta")
    NeedFactory(text="Kotak kue", business=scene.host_business)
    NeedFactory(text="Sudah lewat", business=scene.host_business, open_until=date(2018, 1, 1))

    text = text_of(client, public_page(contact))

    for words in [
        contact.title,
        "22 Maret 2018",
        "Balai Kota Surakarta",
        "Kemasan",
        "Kain katun",
        "Kotak kue",
    ]:
        assert words in text
    assert scene.guest.office.region.name in text
    assert text.count("1 pelaku usaha") == 2
    assert "Bukan peserta" not in text
    assert "Sudah lewat" not in text


def test_contact_of_several_days_and_without_days(client: Client) -> None:
    days = TradeContactFactory(starts_on=date(2018, 3, 22), ends_on=date(2018, 3, 24))
    programme = TradeContactFactory(starts_on=None, ends_on=None)

    assert "22 Maret 2018 sampai 24 Maret 2018" in text_of(client, public_page(days))
    assert "Program terbuka, tanpa tanggal" in text_of(client, public_page(programme))


def test_empty_contact_says_what_will_be_there(client: Client) -> None:
    text = text_of(client, public_page(TradeContactFactory()))

    assert "Belum ada dinas yang ikut." in text
    assert "Produk tampil di sini begitu delegasi dimasukkan." in text
    assert "Saat ini tidak ada kebutuhan yang terbuka." in text


def test_needs_and_products_have_pages_of_their_own(client: Client) -> None:
    scene = make_contact()
    ProductFactory.create_batch(13, business=scene.guest_business)
    NeedFactory.create_batch(13, business=scene.host_business)

    context = client.get(f"{public_page(scene.trade_contact)}?page=2&kebutuhan=2").context

    assert (len(context["page"]), len(context["needs"])) == (1, 1)


def test_only_officers_who_take_part_see_the_way_inside(client: Client) -> None:
    scene = make_contact()
    inside = reverse("matchmaking:contact_overview", args=[scene.trade_contact.slug])

    seen = []
    for member in [None, scene.guest, scene.host, scene.stranger]:
        visitor = Client()
        if member:
            visitor.force_login(member.user)
        seen.append(inside in text_of(visitor, public_page(scene.trade_contact)))

    assert seen == [False, True, True, False]


def test_public_page_hides_private_data(client: Client) -> None:
    scene = make_contact()
    business = BusinessFactory(
        office=scene.host.office,
        owner_name="Pemilik Rahasia",
        phone="+6281234567890",
        email="rahasia@contoh.test",
    )
    ParticipationFactory(delegation=scene.host_delegation, business=business)
    ProductFactory(business=business)
    NeedFactory(business=business, text="Kotak, hubungi 0812-3456-7890")
    TradeContact.objects.filter(pk=scene.trade_contact.pk).update(summary="Tanya rahasia@contoh.test")

    text = text_of(client, public_page(scene.trade_contact))

    assert business.name in text
    for secret in ["Pemilik Rahasia", "81234567890", "3456", "rahasia@contoh.test"]:
        assert secret not in text


@pytest.mark.parametrize("count", [1, 3])
def test_public_page_costs_eight_queries(client: Client, django_assert_num_queries, count: int) -> None:  # noqa: ANN001
    scene = make_contact()
    for _number in range(count):
        business = ParticipationFactory(delegation=scene.guest_delegation).business
        ProductFactory(business=business)
        NeedFactory(business=business, area_region=business.region)

    with django_assert_num_queries(8):
        client.get(public_page(scene.trade_contact))


def test_unknown_contact_is_404(client: Client) -> None:
    assert client.get("/kontak-dagang/tidak-ada/").status_code == 404
