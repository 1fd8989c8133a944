"""What the forms of a product's card understand, keep in spite of a mistake, and refuse with a sentence."""

from typing import Any

import pytest
from django.http import QueryDict

from products.forms.card import ProductDeliveryForm, ProductForm, ProductPackForm, ProductTermsForm
from products.forms.profiles import BusinessForm, NeedForm, ProductPriceForm, ProductTextForm
from products.models import Product
from tests.factories import BusinessFactory, ProductFactory, ProvinceFactory, RegionFactory, UnitFactory

pytestmark = pytest.mark.django_db

NOT_RUPIAH = "Tulis rupiah penuh, mis. 30.000.000."
TOO_LARGE = "Nilai ini terlalu besar. Periksa jumlah nolnya."
HIDDEN = "\u202eKopi\u200b \u2066susu\ufeff\u00ad"


def post(**data: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in {"version": 1, **data}.items():
        query.setlist(name, value if isinstance(value, list) else [str(value)])
    return query


def errors(form: Any) -> dict[str, list[str]]:
    assert not form.is_valid()
    return {name: list(messages) for name, messages in form.errors.items()}


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("Rp 1,25 jt", 1_250_000),
        ("1.250", 1_250),
        ("12.500,-", 12_500),
        ("999.999.999.999.999", 999_999_999_999_999),
    ],
)
def test_price_is_understood_as_people_write_it(typed: str, rupiah: int) -> None:
    form = ProductPriceForm(post(price_1=typed), row=ProductFactory())

    assert form.is_valid()
    assert form.changes()["price_tiers"] == {1: rupiah}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.25", NOT_RUPIAH),
        ("1e9", NOT_RUPIAH),
        ("NaN", NOT_RUPIAH),
        ("0x10", NOT_RUPIAH),
        ("-5000", "Harga harus lebih dari Rp0."),
        ("0", "Harga harus lebih dari Rp0."),
        ("9" * 16, TOO_LARGE),
        ("9" * 41, NOT_RUPIAH),
        ("<script>", NOT_RUPIAH),
    ],
)
def test_what_is_no_price_says_what_to_enter(typed: str, said: str) -> None:
    form = ProductPriceForm(post(price_1=typed), row=ProductFactory())

    assert errors(form) == {"price_1": [said]}


@pytest.mark.parametrize("name", ["name", "description"])
def test_text_of_a_product_loses_what_cannot_be_seen_and_keeps_the_rest(name: str) -> None:
    product = ProductFactory()
    typed = {"name": "Kopi", "category": product.category_id, "description": ""}

    form = ProductTextForm(post(**typed | {name: f"{HIDDEN} <script>alert(1)</script> 👩‍🍳☕"}), row=product)

    assert form.is_valid()
    assert form.changes()[name] == "Kopi susu <script>alert(1)</script> 👩‍🍳☕"


@pytest.mark.parametrize("name", ["name", "district", "story", "owner_name"])
def test_text_of_a_business_loses_what_cannot_be_seen(name: str) -> None:
    form = BusinessForm(post(**{"name": "Sari"} | {name: HIDDEN}), row=BusinessFactory())

    assert form.is_valid()
    assert form.changes()[name] == "Kopi susu"


def test_text_of_nothing_but_what_cannot_be_seen_is_missing() -> None:
    form = ProductTextForm(post(name="\u200b\u202e "), row=ProductFactory())

    assert errors(form)["name"] == ["Tulis nama produk."]


@pytest.mark.parametrize(
    ("form", "name", "most"),
    [(ProductTextForm, "name", 120), (ProductTextForm, "description", 2_000), (BusinessForm, "name", 120)],
)
def test_ten_thousand_letters_are_refused_with_both_numbers(form: Any, name: str, most: int) -> None:
    row = BusinessFactory() if form is BusinessForm else ProductFactory()

    filled = form(post(**{name: "x" * 10_000}), row=row)

    assert errors(filled)[name] == [f"Terlalu panjang: paling banyak {most} huruf, sekarang 10000."]


def test_need_of_ten_thousand_letters_is_refused() -> None:
    form = NeedForm(post(text="x" * 10_000), today=None)

    assert errors(form)["text"] == ["Terlalu panjang: paling banyak 300 huruf, sekarang 10000."]


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "0812.3456.7890",
        "(0812) 3456 7890",
        "+6281234567890",
        "+62 812-3456-7890",
        "6281234567890",
        "0062 812 3456 7890",
        "WA: 0812 3456\u200b7890",
    ],
)
def test_phone_in_nine_notations_is_one_number(typed: str) -> None:
    form = BusinessForm(post(name="Sari", phone=typed), row=BusinessFactory())

    assert form.is_valid()
    assert form.changes()["phone"] == "+6281234567890"


def test_what_a_unit_holds_is_taken() -> None:
    product = ProductFactory(unit=UnitFactory(code="dus"))
    inner = UnitFactory(code="bungkus")

    form = ProductPackForm(post(pack_content="12", pack_unit=inner.pk, min_order="5"), row=product)

    assert form.is_valid()
    assert form.changes() == {"pack_content": 12, "pack_unit": inner, "min_order": 5}


@pytest.mark.parametrize(
    ("unit", "typed", "wrong"),
    [
        ("dus", {"pack_content": 12}, {"pack_unit": "Pilih satuan isinya, atau kosongkan jumlahnya."}),
        ("dus", {"pack_unit": "buah"}, {"pack_content": "Isi berapa banyak, atau kosongkan satuan isinya."}),
        (
            "",
            {"pack_content": 12, "pack_unit": "buah"},
            {"pack_unit": "Pilih dahulu satuan yang dijual, bersama harganya."},
        ),
        (
            "buah",
            {"pack_content": 12, "pack_unit": "buah"},
            {"pack_unit": "Satuan isi harus berbeda dari satuan yang dijual."},
        ),
        ("dus", {"pack_content": "1e9"}, {"pack_content": "Tulis angka bulat, mis. 500."}),
    ],
)
def test_half_a_pack_says_what_is_missing(unit: str, typed: dict[str, Any], wrong: dict[str, str]) -> None:
    pieces = UnitFactory()
    product = ProductFactory(unit=UnitFactory(code=unit) if unit else None)
    data = typed | ({"pack_unit": pieces.pk} if "pack_unit" in typed else {})

    form = ProductPackForm(post(**data, min_order=5), row=product)

    assert errors(form) == {name: [said] for name, said in wrong.items()}
    assert form.savable() == {"min_order": 5}


def test_terms_that_do_not_hold_together_are_dropped() -> None:
    typed = {"sample_terms": "free", "sample_price_rupiah": "5000", "consignment_days": "30"}

    form = ProductTermsForm(post(**typed, accepts_consignment="False"), row=ProductFactory())

    assert form.is_valid()
    assert (form.changes()["sample_price_rupiah"], form.changes()["consignment_days"]) == (None, None)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"sample_terms": "beli"}, {"sample_terms": "Pilih satu dari daftar."}),
        ({"sample_terms": "paid", "sample_price_rupiah": "1.25"}, {"sample_price_rupiah": NOT_RUPIAH}),
        ({"private_label": "mungkin"}, {"private_label": "Pilih ya, tidak, atau belum tersedia."}),
        (
            {"accepts_consignment": "True", "consignment_days": "0"},
            {"consignment_days": "Tulis angka mulai dari 1."},
        ),
    ],
)
def test_terms_say_what_is_wrong(typed: dict[str, str], wrong: dict[str, str]) -> None:
    form = ProductTermsForm(post(**typed), row=ProductFactory())

    assert errors(form) == {name: [said] for name, said in wrong.items()}


def test_places_of_delivery_are_provinces_and_the_own_regencies() -> None:
    product = ProductFactory()
    near = RegionFactory(province=product.business.region.province, code="97.01", name="Kota Dekat")
    RegionFactory(province=ProvinceFactory(code="96"), code="96.01", name="Kota Jauh")
    province = ProvinceFactory(code="95", name="Provinsi Lain")

    form = ProductDeliveryForm(
        post(delivery_area="listed", delivery_places=[near.code, province.code]), row=product
    )

    assert form.is_valid()
    assert form.changes() == {"delivery_area": "listed", "delivery_places": ["97.01", "95"]}
    assert "96.01" not in dict(form.fields["delivery_places"].choices)


@pytest.mark.parametrize(
    ("area", "places", "wrong"),
    [
        ("listed", [], {"delivery_places": ["Pilih paling sedikit satu wilayah pengiriman."]}),
        (
            "listed",
            ["00"],
            {"delivery_places": ["Wilayah ini tidak ada dalam daftar. Pilih yang lain."]},
        ),
        ("bulan", [], {"delivery_area": ["Pilih satu dari daftar."]}),
    ],
)
def test_delivery_says_what_is_wrong(area: str, places: list[str], wrong: dict[str, list[str]]) -> None:
    form = ProductDeliveryForm(post(delivery_area=area, delivery_places=places), row=ProductFactory())

    assert errors(form) == wrong
    assert form.savable() == {}


def test_places_are_forgotten_when_none_are_listed() -> None:
    product = ProductFactory()
    ProvinceFactory(code="95")

    form = ProductDeliveryForm(post(delivery_area="everywhere", delivery_places=["95"]), row=product)

    assert form.is_valid()
    assert form.changes() == {"delivery_area": "everywhere", "delivery_places": []}


def test_mistake_in_one_price_keeps_the_unit_but_no_price() -> None:
    unit = UnitFactory()
    form = ProductPriceForm(post(unit=unit.pk, price_1="1.000", price_2="murah"), row=ProductFactory())

    assert not form.is_valid()
    assert form.savable() == {"unit": unit}


def test_differences_name_places_and_yes_or_no() -> None:
    stored = ProductFactory(delivery_area="listed", delivery_places=["95"], private_label=False)
    ProvinceFactory(code="95", name="Provinsi Lain")
    typed = {"name": stored.name, "category": stored.category_id, "private_label": "True"}
    form = ProductForm(post(**typed, delivery_area="everywhere"), row=Product.objects.get())

    assert form.is_valid()
    assert {(one.label, one.stored, one.typed) for one in form.differences(stored)} == {
        ("Bisa memakai merek pembeli", "tidak", "ya"),
        ("Dikirim ke", "wilayah tertentu", "seluruh Indonesia"),
        ("Wilayah tertentu", "Provinsi Lain", ""),
    }
