"""Pages behind a personal link where a business corrects its profile, its products and its needs."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.history import entries_of
from products.models import Business, Need, Product
from tests.factories import (
    BusinessFactory,
    FamilyFactory,
    NeedFactory,
    PriceTierFactory,
    ProductFactory,
    UnitFactory,
)
from tests.holders import holder_of, text_of

pytestmark = pytest.mark.django_db

STALE = "Data ini baru saja diubah oleh orang lain. Isian Anda belum disimpan."


def make_product(**values: Any) -> Product:
    product = ProductFactory(**{"name": "Tas anyaman", "min_order": 12} | values)
    PriceTierFactory(product=product, price_rupiah=80_000)
    return product


def test_own_products_and_needs_are_shown_with_what_is_missing() -> None:
    product = make_product()
    NeedFactory(business=product.business, text="Kain katun", quantity=500, unit=UnitFactory())
    ProductFactory(name="Produk orang lain")

    text = text_of(holder_of(product.business).get("link_products"))

    for words in ["Tas anyaman", "Rp80.000", "belum tersedia", "Kain katun", "500 buah per bulan"]:
        assert words in text
    assert "Produk orang lain" not in text


def test_business_without_anything_reads_what_to_do() -> None:
    text = text_of(holder_of(BusinessFactory()).get("link_products"))

    assert "Tambahkan produk yang Anda jual" in text
    assert "Bahan, kemasan, atau barang untuk dijual lagi: tulis di sini" in text


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_product_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    business = BusinessFactory()
    for _ in range(count):
        make_product(business=business)
        NeedFactory(business=business, unit=UnitFactory())
        NeedFactory(business=business, open_until=date(2018, 1, 1))
    holder = holder_of(business)

    with django_assert_num_queries(5):
        text = text_of(holder.get("link_products"))

    assert text.count("<article") == 3 * count


@pytest.mark.parametrize(
    ("part", "data", "changed"),
    [
        ("uraian", {"name": "Tas mendong", "description": "Lapis katun."}, {"name": "Tas mendong"}),
        ("satuan", {"min_order": "20"}, {"min_order": 20}),
    ],
)
def test_part_of_a_product_is_corrected_and_confirmed(
    part: str, data: dict[str, str], changed: dict[str, Any]
) -> None:
    product = make_product()
    holder = holder_of(product.business)

    response = holder.post(
        "link_product_edit",
        product.pk,
        query=f"?bagian={part}",
        **{"version": 1, "category": product.category_id} | data,
    )

    assert (response.status_code, response.url) == (
        302,
        f"{holder.path('link_products')}#produk-{product.pk}",
    )
    stored = Product.objects.values(*changed).get(pk=product.pk)
    assert stored == changed
    assert "Perubahan produk disimpan." in text_of(holder.get("link_products"))
    assert entries_of(product).get().via == "link"


def test_prices_are_corrected_and_other_parts_stay() -> None:
    product = make_product()
    holder = holder_of(product.business)

    holder.post(
        "link_product_edit",
        product.pk,
        query="?bagian=harga",
        version=1,
        quantity_1="1",
        price_1="79.900",
        quantity_2="50",
        price_2="Rp 70.000",
    )

    product.refresh_from_db()
    assert (product.name, product.min_order, product.version) == ("Tas anyaman", 12, 2)
    tiers = product.price_tiers.order_by("min_quantity").values_list("min_quantity", "price_rupiah")
    assert list(tiers) == [(1, 79_900), (50, 70_000)]


def test_unknown_part_is_the_text() -> None:
    product = make_product()

    text = text_of(holder_of(product.business).get("link_product_edit", product.pk, bagian="rahasia"))

    assert 'name="description"' in text


def test_mistake_in_a_product_is_named_and_what_was_typed_is_kept() -> None:
    product = make_product()

    response = holder_of(product.business).post(
        "link_product_edit", product.pk, query="?bagian=harga", version=1, price_1="delapan puluh ribu"
    )

    text = text_of(response)
    assert response.status_code == 422
    assert "Ada yang perlu diperbaiki" in text
    assert text.count("Tulis rupiah penuh, mis. 30.000.000.") == 2
    assert 'href="#id_price_1"' in text
    assert 'value="delapan puluh ribu"' in text


def test_stale_product_shows_both_texts_and_can_then_be_saved() -> None:
    product = make_product()
    holder = holder_of(product.business)
    Product.objects.filter(pk=product.pk).update(min_order=30, version=2)
    typed = {"min_order": "24", "version": "1"}

    response = holder.post("link_product_edit", product.pk, query="?bagian=satuan", **typed)

    text = text_of(response)
    assert response.status_code == 409
    assert STALE in text
    assert '<th scope="row">Pesanan minimum</th> <td>30</td> <td>24</td>' in text
    assert 'name="version" value="2"' in text
    again = holder.post("link_product_edit", product.pk, query="?bagian=satuan", **typed | {"version": "2"})
    assert again.status_code == 302
    assert Product.objects.get(pk=product.pk).min_order == 24


def test_product_of_another_business_is_not_found() -> None:
    foreign = make_product()
    holder = holder_of(BusinessFactory())

    responses = [
        holder.get("link_product_edit", foreign.pk),
        holder.post("link_product_edit", foreign.pk, version=1, name="Diambil alih"),
    ]

    assert [response.status_code for response in responses] == [404, 404]
    assert Product.objects.get().name == "Tas anyaman"


def test_need_is_added_once_however_often_it_is_sent() -> None:
    business, family = BusinessFactory(), FamilyFactory()
    holder = holder_of(business)
    typed = {
        "text": "Kain katun prima",
        "category": family.pk,
        "quantity": "1.000",
        "unit": UnitFactory().pk,
        "frequency": "monthly",
        "price_ceiling_rupiah": "25 rb",
        "certificates_required": ["sni"],
        "area": business.region.province.code,
        "open_until": "2099-12-31",
    }

    responses = [holder.post("link_need_new", **typed) for _ in range(2)]

    assert [response.url for response in responses] == [f"{holder.path('link_products')}#kebutuhan"] * 2
    need = Need.objects.get()
    assert (need.business, need.source, need.text, need.quantity) == (
        business,
        "link",
        "Kain katun prima",
        1_000,
    )
    assert (need.price_ceiling_rupiah, need.certificates_required) == (25_000, ["sni"])
    shown = text_of(holder.get("link_products"))
    assert "Kebutuhan ditambahkan." in shown
    assert f"pemasok dari {business.region.province.name}" in shown


def test_mistake_in_a_new_need_is_named_and_its_box_stands_open() -> None:
    response = holder_of(BusinessFactory()).post(
        "link_need_new", text="Kain", frequency="monthly", open_until="2018-01-01"
    )

    text = text_of(response)
    assert response.status_code == 422
    assert "Pilih kategori yang paling dekat." in text
    assert "Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya." in text
    assert "<details open>" in text
    assert 'value="Kain"' in text
    assert Need.objects.count() == 0


def test_need_is_corrected() -> None:
    need = NeedFactory(text="Kain")
    holder = holder_of(need.business)

    response = holder.post(
        "link_need_edit",
        need.pk,
        version=1,
        text="Kain katun",
        category=need.category_id,
        frequency="once",
    )

    need.refresh_from_db()
    assert (response.status_code, need.text, need.frequency) == (302, "Kain katun", "once")
    assert "Perubahan kebutuhan disimpan." in text_of(holder.get("link_products"))


def test_stale_need_shows_both_texts() -> None:
    need = NeedFactory(text="Kain sutra", version=2)

    response = holder_of(need.business).post(
        "link_need_edit",
        need.pk,
        version=1,
        text="Kain katun",
        category=need.category_id,
        frequency="monthly",
    )

    text = text_of(response)
    assert response.status_code == 409
    assert STALE in text
    assert '<th scope="row">Apa yang dicari</th> <td>Kain sutra</td> <td>Kain katun</td>' in text


def test_need_is_withdrawn_and_opened_again() -> None:
    need = NeedFactory(text="Kain katun")
    holder = holder_of(need.business)

    holder.post("link_need_withdraw", need.pk)

    text = text_of(holder.get("link_products"))
    assert "Kebutuhan ditarik. Anda dapat membukanya lagi di bawah." in text
    assert "1 kebutuhan tidak dicari lagi" in text
    assert "Anda tarik pada " in text
    holder.post("link_need_reopen", need.pk)
    text = text_of(holder.get("link_products"))
    assert "Kebutuhan dibuka lagi." in text
    assert "tidak dicari lagi</summary>" not in text


def test_need_of_another_business_is_not_found() -> None:
    foreign = NeedFactory()
    holder = holder_of(BusinessFactory())

    responses = [
        holder.get("link_need_edit", foreign.pk),
        holder.post("link_need_edit", foreign.pk, version=1),
        holder.post("link_need_withdraw", foreign.pk),
        holder.post("link_need_reopen", foreign.pk),
    ]

    assert [response.status_code for response in responses] == [404, 404, 404, 404]
    assert Need.objects.get().withdrawn_at is None


def test_withdrawing_asks_for_a_press_of_the_button() -> None:
    need = NeedFactory()

    response = holder_of(need.business).get("link_need_withdraw", need.pk)

    assert response.status_code == 405
    assert Need.objects.get().withdrawn_at is None


def test_profile_is_corrected_and_its_private_values_stay_out_of_history() -> None:
    business = BusinessFactory(name="Sari")
    holder = holder_of(business)

    response = holder.post(
        "link_profile",
        version=1,
        name="Sari Rancabali",
        district="Rancabali",
        story="Menganyam sejak 2001.",
        owner_name="Ibu Contoh",
        phone="0812-3456-7890",
        email="sari@contoh.test",
    )

    assert (response.status_code, response.url) == (302, holder.path("link_profile"))
    stored = Business.objects.get()
    assert (stored.name, stored.district, str(stored.phone)) == (
        "Sari Rancabali",
        "Rancabali",
        "+6281234567890",
    )
    told = str(list(entries_of(business).values("before", "after", "note")))
    assert [secret for secret in ("81234567890", "sari@contoh", "Ibu Contoh") if secret in told] == []
    assert "Profil usaha disimpan." in text_of(holder.get("link_profile"))


def test_mistakes_in_the_profile_are_named_and_what_was_typed_is_kept() -> None:
    business = BusinessFactory(name="Sari")

    response = holder_of(business).post("link_profile", version=1, name="", phone="0812", email="sari@")

    text = text_of(response)
    assert response.status_code == 422
    for words in [
        "Tulis nama usaha.",
        "Nomor ini tidak lengkap atau salah. Tulis nomor HP/WA, mis. 0812 3456 7890.",
        "Tulis alamat e-mail lengkap, mis. nama@contoh.id.",
    ]:
        assert text.count(words) == 2
    assert 'value="0812"' in text
    assert Business.objects.get().name == "Sari"


def test_stale_profile_shows_both_texts() -> None:
    business = BusinessFactory(name="Sari Jaya", version=2)

    response = holder_of(business).post("link_profile", version=1, name="Sari Rancabali")

    text = text_of(response)
    assert response.status_code == 409
    assert STALE in text
    assert '<th scope="row">Nama usaha</th> <td>Sari Jaya</td> <td>Sari Rancabali</td>' in text
