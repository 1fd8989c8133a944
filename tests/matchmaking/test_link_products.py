"""A product behind a personal link: begun by name, filled in step by step, saved as one goes, sent."""

import re
import uuid
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from matchmaking.views.link_products import STEPS
from products import profiles
from products.models import Business, Product
from tests.factories import (
    BusinessFactory,
    FamilyFactory,
    OfficeMemberFactory,
    PriceTierFactory,
    ProductFactory,
    UnitFactory,
    actor_of,
)
from tests.holders import LinkHolder, holder_of, text_of

pytestmark = pytest.mark.django_db

STALE = "Data ini baru saja diubah oleh orang lain. Isian Anda belum disimpan."


def make_draft(**values: Any) -> Product:
    return ProductFactory(**{"name": "Tas anyaman", "status": "draft"} | values)


def save_alone(holder: LinkHolder, product: Product, step: str, **data: Any) -> Any:
    return holder.post("link_product_edit", product.pk, query=f"?bagian={step}", otomatis="ya", **data)


def test_product_is_begun_once_and_leads_to_its_first_step() -> None:
    business, family = BusinessFactory(), FamilyFactory()
    holder = holder_of(business)
    page = text_of(holder.get("link_product_new"))
    token = re.search(r'name="form_token" value="([0-9a-f-]+)"', page)[1]  # type: ignore[index]

    typed = {"name": "Tas mendong", "category": family.pk, "form_token": token}
    answers = [holder.post("link_product_new", **typed) for _ in range(2)]

    product = Product.objects.get()
    assert (product.business, product.status, product.name) == (business, "draft", "Tas mendong")
    first = f"{holder.path('link_product_edit', product.pk)}?bagian=uraian"
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, first)] * 2


def test_mistakes_in_a_new_product_are_named() -> None:
    response = holder_of(BusinessFactory()).post("link_product_new", name="", form_token=uuid.UUID(int=1))

    text = text_of(response)
    assert response.status_code == 422
    assert "Tulis nama produk." in text
    assert "Pilih kategori yang paling dekat." in text
    assert Product.objects.count() == 0


def test_form_without_its_token_says_to_open_it_again() -> None:
    family = FamilyFactory()
    response = holder_of(BusinessFactory()).post("link_product_new", name="Tas", category=family.pk)

    assert response.status_code == 422
    assert "Formulir ini sudah dipakai. Muat ulang halaman, lalu isi lagi." in text_of(response)


@pytest.mark.parametrize(("number", "step"), list(enumerate(STEPS, start=1)))
def test_every_step_tells_how_far_it_is(number: int, step: Any) -> None:
    product = make_draft()

    text = text_of(holder_of(product.business).get("link_product_edit", product.pk, bagian=step.slug))

    assert f"Langkah {number} dari 8" in text
    assert str(step.title) in text
    assert "Simpan dan lanjut" in text
    assert "Lanjutkan nanti" in text


def test_step_leads_to_the_next_and_the_last_one_to_the_photos() -> None:
    product = make_draft()
    holder = holder_of(product.business)

    onward = holder.post(
        "link_product_edit", product.pk, query="?bagian=satuan", version=1, min_order="12", lanjut="ya"
    )
    last = holder.post("link_product_edit", product.pk, query="?bagian=pengiriman", version=2, lanjut="ya")

    assert onward.url == f"{holder.path('link_product_edit', product.pk)}?bagian=kapasitas"
    assert last.url == holder.path("link_photos", product.pk)
    assert Product.objects.get().min_order == 12


def test_listed_product_is_not_saved_as_one_goes() -> None:
    product = ProductFactory()

    text = text_of(holder_of(product.business).get("link_product_edit", product.pk, bagian="satuan"))

    assert "data-autosave" not in text
    assert "Batal" in text


def test_field_that_is_left_is_saved_and_the_version_answered() -> None:
    product = make_draft()
    holder = holder_of(product.business)

    first = save_alone(holder, product, "satuan", version=1, min_order="12")
    late = save_alone(holder, product, "satuan", version=1, min_order="24")  # the first answer was lost

    assert [first.json(), late.json()] == [{"version": 2, "wrong": {}}, {"version": 3, "wrong": {}}]
    assert Product.objects.get().min_order == 24


def test_mistake_in_one_field_does_not_lose_the_others() -> None:
    product = make_draft()

    response = save_alone(
        holder_of(product.business),
        product,
        "kapasitas",
        version=1,
        capacity_per_month="banyak",
        lead_time_days="5",
    )

    assert response.json() == {
        "version": 2,
        "wrong": {"capacity_per_month": ["Tulis angka bulat, mis. 500."]},
    }
    product.refresh_from_db()
    assert (product.capacity_per_month, product.lead_time_days) == (None, 5)


def test_field_that_an_officer_changed_meanwhile_is_not_overwritten() -> None:
    product = make_draft()
    officer = actor_of(OfficeMemberFactory(office=product.business.office))
    profiles.update_product(actor=officer, product=product, version=1, changes={"min_order": 30})
    holder = holder_of(product.business)

    alone = save_alone(holder, product, "satuan", version=1, min_order="12")
    pressed = holder.post("link_product_edit", product.pk, query="?bagian=satuan", version=1, min_order="12")

    assert (alone.status_code, alone.json()) == (409, {"message": STALE})
    assert pressed.status_code == 409
    assert '<th scope="row">Pesanan minimum</th> <td>30</td> <td>12</td>' in text_of(pressed)
    assert Product.objects.get().min_order == 30


def test_save_without_a_version_is_refused() -> None:
    product = make_draft()

    response = save_alone(holder_of(product.business), product, "satuan", min_order="12")

    assert response.status_code == 422
    assert Product.objects.get().min_order is None


def test_last_step_tells_what_is_missing_and_refuses_to_send() -> None:
    product = make_draft()
    holder = holder_of(product.business)

    shown = text_of(holder.get("link_product_send", product.pk))
    pressed = holder.post("link_product_send", product.pk)

    assert "Langkah 8 dari 8" in shown
    assert "Isi kapasitas per bulan." in shown
    assert f"{holder.path('link_product_edit', product.pk)}?bagian=kapasitas" in shown
    assert shown.count("belum tersedia") == 11
    assert pressed.status_code == 422
    assert "Belum dapat dikirim" in text_of(pressed)
    assert Product.objects.get().status == "draft"


def test_product_goes_from_its_name_to_the_office_without_a_script() -> None:
    family, unit = FamilyFactory(), UnitFactory()
    holder = holder_of(BusinessFactory())
    holder.post("link_product_new", name="Tas", category=family.pk, form_token=uuid.UUID(int=1))
    product = Product.objects.get()
    steps: list[tuple[str, dict[str, Any]]] = [
        ("uraian", {"name": "Tas mendong", "category": family.pk, "description": "Dari mendong."}),
        ("harga", {"unit": unit.pk, "price_1": "Rp 75 rb"}),
        ("satuan", {"min_order": "12"}),
        ("kapasitas", {"capacity_per_month": "300", "lead_time_days": "5"}),
    ]

    for version, (step, data) in enumerate(steps, start=1):
        response = holder.post(
            "link_product_edit", product.pk, query=f"?bagian={step}", version=version, lanjut="ya", **data
        )
        assert response.status_code == 302
    sent = [holder.post("link_product_send", product.pk) for _ in range(2)]

    assert [answer.status_code for answer in sent] == [302, 302]
    product.refresh_from_db()
    assert (product.name, product.status, product.version) == ("Tas mendong", "submitted", 5)
    assert "Menunggu diperiksa dinas" in text_of(holder.get("link_products"))


def test_card_is_shown_in_full_with_what_is_not_known() -> None:
    product = make_draft(
        unit=UnitFactory(code="dus", label_id="dus"),
        pack_content=12,
        pack_unit=UnitFactory(),
        shelf_life_days=180,
        sample_terms="paid",
        sample_price_rupiah=5_000,
        private_label=True,
        accepts_consignment=True,
        consignment_days=30,
        delivery_area="province",
    )

    text = text_of(holder_of(product.business).get("link_product_send", product.pk))

    for words in [
        "dus isi 12 buah",
        "180 hari",
        "berbayar, Rp5.000",
        "bisa dipakai",
        "diterima, dibayar setelah 30 hari",
        "provinsi sendiri",
    ]:
        assert words in text


@pytest.mark.parametrize("name", ["link_product_edit", "link_product_send"])
def test_product_of_another_business_cannot_be_reached(name: str) -> None:
    foreign = make_draft()
    holder = holder_of(BusinessFactory())

    responses = [holder.get(name, foreign.pk), holder.post(name, foreign.pk, version=1, otomatis="ya")]

    assert [response.status_code for response in responses] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_places_of_several_products_cost_the_same(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    business: Business = BusinessFactory()
    for _ in range(count):
        product = make_draft(business=business, delivery_area="listed", delivery_places=["33", "34"])
        PriceTierFactory(product=product)
    holder = holder_of(business)

    with django_assert_num_queries(7):
        text = text_of(holder.get("link_products"))

    assert text.count("<article") == count
