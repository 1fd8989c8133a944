"""The officers' queue, looking at one product, deciding about a change; what the business reads of it."""

import html
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actors import COMMAND
from products.links import issue_link
from products.models import Photo, Product, ProductRevision
from regions.models import OfficeMember
from tests.clients import client_of
from tests.factories import BusinessFactory, OfficeMemberFactory, ProductFactory, RevisionFactory
from tests.pictures import store_photo

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)
QUEUE = "/binaan/antrean/"


@pytest.fixture
def member() -> OfficeMember:
    return OfficeMemberFactory()


@pytest.fixture
def officer(member: OfficeMember) -> Client:
    return client_of(member)


def submitted(member: OfficeMember, **values: object) -> Product:
    business = BusinessFactory(office=member.office)
    return ProductFactory(business=business, status="submitted", submitted_at=NOW, **values)


def text_of(response: HttpResponse) -> str:
    return html.unescape(" ".join(response.content.decode().split()))


def statuses() -> list[str]:
    return list(Product.objects.order_by("pk").values_list("status", flat=True))


def test_queue_shows_what_waits_longest_first_and_nothing_foreign(
    officer: Client, member: OfficeMember
) -> None:
    young = submitted(member)
    old = ProductFactory(
        business=young.business, status="submitted", submitted_at=datetime(2018, 2, 1, tzinfo=UTC)
    )
    ProductFactory(business=young.business)
    submitted(OfficeMemberFactory())

    response = officer.get(QUEUE)

    assert list(response.context["page"]) == [old, young]
    assert [(tab.label, tab.count) for tab in response.context["tabs"]] == [
        ("menunggu dinas", 2),
        ("tampil di katalog", 1),
        ("dikembalikan", 0),
        ("ditangguhkan", 0),
        ("draf", 0),
    ]


def test_queue_is_filtered_by_words_and_state_and_forgives_unknown_values(
    officer: Client, member: OfficeMember
) -> None:
    bag = submitted(member, name="Tas anyam")
    hat = submitted(member, name="Topi")
    listed = ProductFactory(business=bag.business, name="Tas kulit")

    def shown(**query: str) -> list[Product]:
        return list(officer.get(QUEUE, query).context["page"])

    assert shown(q="anyam") == [bag]
    assert shown(q=hat.business.name) == [hat]
    assert shown(keadaan="tampil", q="tas") == [listed]
    assert set(shown(keadaan="apa", page="z")) == {bag, hat}
    assert "Tidak ada produk yang cocok." in text_of(officer.get(QUEUE, {"q": "pesawat"}))


def test_many_are_listed_at_once(officer: Client, member: OfficeMember) -> None:
    products = [submitted(member) for _number in range(3)]

    response = officer.post(
        QUEUE, {"act": "listed", "product": [product.pk for product in products[:2]]}, follow=True
    )

    assert "2 produk kini tampil di katalog." in text_of(response)
    assert statuses() == ["listed", "listed", "submitted"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"act": "listed"}, "Centang paling sedikit satu produk."),
        ({"act": "dibuang"}, "Pilih apa yang harus dilakukan dengan produk yang dicentang."),
        ({"act": "submitted"}, "Pilih apa yang harus dilakukan dengan produk yang dicentang."),
        ({"act": "sent_back"}, "Tulis alasannya, supaya pelaku usaha tahu apa yang harus diubah."),
        ({"act": "sent_back", "reason": "a" * 301}, "paling banyak 300 huruf, sekarang 301."),
        ({"act": "suspended", "reason": "Usaha pindah."}, "jadi tindakan ini tidak berlaku."),
    ],
)
def test_mistakes_are_told_and_what_was_ticked_stays(
    officer: Client, member: OfficeMember, values: dict[str, str], sentence: str
) -> None:
    product = submitted(member)
    ticked = [] if values == {"act": "listed"} else [product.pk]

    response = officer.post(QUEUE, values | {"product": ticked})

    assert (response.status_code, statuses()) == (422, ["submitted"])
    assert sentence in text_of(response)
    assert (f'value="{product.pk}" checked' in text_of(response)) == bool(ticked)
    assert values.get("reason", "") in text_of(response)


def test_a_foreign_product_among_those_ticked_moves_none(officer: Client, member: OfficeMember) -> None:
    own, foreign = submitted(member), submitted(OfficeMemberFactory())

    response = officer.post(QUEUE, {"act": "listed", "product": [own.pk, foreign.pk]})

    assert (response.status_code, statuses()) == (404, ["submitted", "submitted"])


def test_one_product_is_looked_at_and_sent_back(officer: Client, member: OfficeMember) -> None:
    product = submitted(member, name="Tas anyam", description="Dari pandan.")
    page = reverse("products:product_review", args=[product.business_id, product.pk])
    assert "Dari pandan." in text_of(officer.get(page))

    response = officer.post(page, {"act": "sent_back", "reason": "Foto belum ada."}, follow=True)

    product.refresh_from_db()
    assert "1 produk dikembalikan." in text_of(response)
    assert (product.status, product.status_reason) == ("sent_back", "Foto belum ada.")


def test_an_office_turns_looking_at_changes_on_and_off(officer: Client, member: OfficeMember) -> None:
    for wanted, sentence in [("yes", "kini menunggu persetujuan dinas"), ("no", "kini langsung tampil")]:
        response = officer.post(f"{QUEUE}aturan/", {"sees_changes_first": wanted}, follow=True)

        member.office.refresh_from_db()
        assert sentence in text_of(response)
        assert member.office.sees_changes_first == (wanted == "yes")


def test_a_change_is_shown_beside_the_present_text_and_accepted(
    officer: Client, member: OfficeMember
) -> None:
    business = BusinessFactory(office=member.office)
    product = ProductFactory(business=business, name="Tas")
    revision = RevisionFactory(product=product, changes={"name": "Tas anyam", "price_tiers": {"1": 9000}})
    page = reverse("products:revision_review", args=[revision.pk])
    assert [(c.label, c.stored, c.typed) for c in officer.get(page).context["changes"]] == [
        ("Nama produk", "Tas", "Tas anyam"),
        ("Harga", "", "mulai 1: Rp9.000"),
    ]
    assert revision.product.name in text_of(officer.get(QUEUE))

    response = officer.post(page, {"decision": "accept"}, follow=True)

    product.refresh_from_db()
    assert (product.name, product.price_tiers.get().price_rupiah) == ("Tas anyam", 9000)
    assert "Perubahan diterima dan tampil di katalog." in text_of(response)


def test_photos_that_wait_lead_to_their_page(officer: Client, member: OfficeMember) -> None:
    product = ProductFactory(business=BusinessFactory(office=member.office), name="Tas")
    foreign = ProductFactory(name="Topi")
    for one in (product, foreign):
        store_photo(one)
    Photo.objects.update(is_waiting=True)

    text = text_of(officer.get(QUEUE))

    assert f'href="{reverse("products:product_photos", args=[product.business_id, product.pk])}"' in text
    assert "Foto baru: Tas" in text
    assert "Foto baru: Topi" not in text
    assert "Periksa foto baru Tas dari " in text_of(officer.get("/meja-kerja/"))


def test_a_change_refused_without_a_reason_keeps_waiting(officer: Client, member: OfficeMember) -> None:
    product = ProductFactory(business=BusinessFactory(office=member.office))
    page = reverse("products:revision_review", args=[RevisionFactory(product=product).pk])

    response = officer.post(page, {"decision": "refuse"})

    assert response.status_code == 422
    assert "Tulis alasannya" in text_of(response)
    assert ProductRevision.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("draft", "Draf: belum dikirim ke dinas."),
        ("submitted", "Menunggu diperiksa dinas, lalu tampil di katalog."),
        ("sent_back", "Dikembalikan dinas: Foto belum ada."),
        ("suspended", "Ditangguhkan dinas: Foto belum ada."),
    ],
)
def test_the_business_reads_on_its_link_where_its_product_stands_and_why(
    client: Client, status: str, sentence: str
) -> None:
    reason = "Foto belum ada." if status in {"sent_back", "suspended"} else ""
    product = ProductFactory(status=status, status_reason=reason, submitted_at=NOW)
    _link, token = issue_link(actor=COMMAND, business=product.business, now=datetime.now(UTC))

    assert sentence in text_of(client.get(reverse("matchmaking:link_products", args=[token])))


def test_a_change_by_link_waits_is_shown_again_and_its_refusal_is_read(
    client: Client, officer: Client, member: OfficeMember
) -> None:
    type(member.office).objects.update(sees_changes_first=True)
    product = ProductFactory(business=BusinessFactory(office=member.office), name="Tas")
    _link, token = issue_link(actor=COMMAND, business=product.business, now=datetime.now(UTC))
    edit = reverse("matchmaking:link_product_edit", args=[token, product.pk])
    typed = {"name": "TAS!!!", "category": product.category_id, "description": "", "version": "1"}

    sent = client.post(edit, typed, follow=True)
    assert "Perubahan dikirim ke dinas, dan tampil setelah disetujui." in text_of(sent)
    assert 'value="TAS!!!"' in text_of(client.get(edit))
    page = reverse("products:revision_review", args=[ProductRevision.objects.get().pk])
    officer.post(page, {"decision": "refuse", "reason": "Tulis nama barangnya."})

    products = text_of(client.get(reverse("matchmaking:link_products", args=[token])))
    assert "Perubahan Anda yang terakhir ditolak dinas: Tulis nama barangnya." in products


@pytest.mark.parametrize("count", [1, 3])
def test_queue_costs_the_same_for_any_number(
    officer: Client, member: OfficeMember, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        RevisionFactory(product=submitted(member))
    officer.get(QUEUE)

    with django_assert_num_queries(10):
        officer.get(QUEUE)
