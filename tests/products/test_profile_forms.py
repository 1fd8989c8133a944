"""What the forms of a profile, a product and a need understand, and what they say when they do not."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from products.forms.card import ProductForm, ProductSupplyForm, ProductTermsForm
from products.forms.profiles import (
    BusinessForm,
    NeedEditForm,
    NeedForm,
    OfficeBusinessForm,
    ProductPriceForm,
    ProductTextForm,
)
from products.forms.versioned import Difference
from tests.factories import (
    BusinessFactory,
    CategoryFactory,
    FamilyFactory,
    NeedFactory,
    PriceTierFactory,
    ProductFactory,
    ProvinceFactory,
    RegionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2018, 3, 1)


def post(**data: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, [str(item) for item in value] if isinstance(value, list) else [str(value)])
    return query


def errors(form: Any) -> dict[str, list[str]]:
    assert not form.is_valid()
    return {name: list(messages) for name, messages in form.errors.items()}


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"name": ""}, {"name": ["Tulis nama usaha."]}),
        ({"name": "x" * 121}, {"name": ["Terlalu panjang: paling banyak 120 huruf, sekarang 121."]}),
        ({"district": "x" * 61}, {"district": ["Terlalu panjang: paling banyak 60 huruf, sekarang 61."]}),
        ({"story": "x" * 1001}, {"story": ["Terlalu panjang: paling banyak 1000 huruf, sekarang 1001."]}),
        ({"owner_name": "x" * 81}, {"owner_name": ["Terlalu panjang: paling banyak 80 huruf, sekarang 81."]}),
        (
            {"phone": "0812"},
            {"phone": ["Nomor ini tidak lengkap atau salah. Tulis nomor HP/WA, mis. 0812 3456 7890."]},
        ),
        ({"email": "sari@"}, {"email": ["Tulis alamat e-mail lengkap, mis. nama@contoh.id."]}),
    ],
)
def test_profile_says_what_is_wrong(data: dict[str, str], wrong: dict[str, list[str]]) -> None:
    form = BusinessForm(post(**{"name": "Sari", "version": 1} | data), row=BusinessFactory())

    assert errors(form) == wrong


@pytest.mark.parametrize("typed", ["0812-3456-7890", "6281234567890", "+62 812 3456 7890", "WA 081234567890"])
def test_phone_is_understood_however_it_is_typed(typed: str) -> None:
    form = BusinessForm(post(name="Sari", version=1, phone=typed), row=BusinessFactory())

    assert form.is_valid()
    assert form.changes()["phone"] == "+6281234567890"


def test_stored_phone_is_shown_as_it_is_dialled() -> None:
    form = BusinessForm(row=BusinessFactory(phone="+6281234567890"))

    assert form["phone"].value() == "0812-3456-7890"


def test_office_keeps_line_size_and_nib_too() -> None:
    lines = CategoryFactory(code="bidang-usaha")
    line = FamilyFactory(parent=lines, name_id="Toko oleh-oleh")
    business = BusinessFactory()

    form = OfficeBusinessForm(
        post(name="Sari", version=1, line=line.pk, size_band="micro", nib="0220102261234"), row=business
    )

    assert form.is_valid()
    changes = form.changes()
    assert (changes["line"], changes["size_band"], changes["nib"]) == (line, "micro", "0220102261234")
    assert list(form.fields["line"].choices) == [("", "belum diketahui"), (line.pk, "Toko oleh-oleh")]


def test_office_choices_outside_the_list_are_refused() -> None:
    form = OfficeBusinessForm(
        post(name="Sari", version=1, line=404, size_band="besar"), row=BusinessFactory()
    )

    assert errors(form) == {
        "line": ["Kategori ini tidak ada dalam daftar. Pilih yang lain."],
        "size_band": ["Pilih skala usaha dari daftar."],
    }


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"name": ""}, {"name": ["Tulis nama produk."]}),
        ({"category": ""}, {"category": ["Pilih kategori yang paling dekat."]}),
        ({"category": "404"}, {"category": ["Kategori ini tidak ada dalam daftar. Pilih yang lain."]}),
        (
            {"description": "x" * 2001},
            {"description": ["Terlalu panjang: paling banyak 2000 huruf, sekarang 2001."]},
        ),
    ],
)
def test_text_of_a_product_says_what_is_wrong(data: dict[str, str], wrong: dict[str, list[str]]) -> None:
    product = ProductFactory()

    form = ProductTextForm(
        post(**{"name": "Tas", "category": product.category_id, "version": 1} | data), row=product
    )

    assert errors(form) == wrong


def test_categories_stand_under_their_sector_without_lines_of_business() -> None:
    crafts, lines = CategoryFactory(name_id="Kriya", position=1), CategoryFactory(code="bidang-usaha")
    weaving = FamilyFactory(parent=crafts, name_id="Anyaman", position=2)
    carving = FamilyFactory(parent=crafts, name_id="Ukiran", position=1)
    FamilyFactory(parent=lines)

    choices = ProductTextForm(row=ProductFactory(category=weaving)).fields["category"].choices

    assert [(label, rows) for label, rows in choices if label == "Kriya"] == [
        ("Kriya", [(carving.pk, "Ukiran"), (weaving.pk, "Anyaman")])
    ]
    assert [label for label, rows in choices] == ["", "Kriya"]


@pytest.mark.parametrize(
    ("data", "tiers"),
    [
        ({"price_1": "Rp 80.000"}, {1: 80_000}),
        ({"quantity_1": "12", "price_1": "80.000"}, {12: 80_000}),
        ({"quantity_1": "1", "price_1": ""}, {}),
        ({"price_1": "80000", "quantity_2": "1.000", "price_2": "65 rb"}, {1: 80_000, 1_000: 65_000}),
        ({}, {}),
    ],
)
def test_prices_are_understood_however_they_are_typed(data: dict[str, str], tiers: dict[int, int]) -> None:
    form = ProductPriceForm(post(version=1, **data), row=ProductFactory())

    assert form.is_valid()
    assert form.changes() == {"unit": None, "price_tiers": tiers}


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"price_1": "murah"}, {"price_1": ["Tulis rupiah penuh, mis. 30.000.000."]}),
        ({"price_1": "0"}, {"price_1": ["Harga harus lebih dari Rp0."]}),
        ({"price_1": "1" + "0" * 15}, {"price_1": ["Nilai ini terlalu besar. Periksa jumlah nolnya."]}),
        ({"quantity_1": "0", "price_1": "5000"}, {"quantity_1": ["Tulis angka mulai dari 1."]}),
        ({"quantity_1": "satu", "price_1": "5000"}, {"quantity_1": ["Tulis angka bulat, mis. 500."]}),
        ({"price_2": "5000"}, {"quantity_2": ["Isi mulai jumlah berapa harga ini berlaku."]}),
        ({"quantity_2": "50"}, {"price_2": ["Isi harga untuk jumlah ini, atau kosongkan jumlahnya."]}),
        (
            {"price_1": "5000", "quantity_2": "1", "price_2": "4000"},
            {"quantity_2": ["Jumlah ini sudah mempunyai harga di atas."]},
        ),
        ({"unit": "404"}, {"unit": ["Satuan ini tidak ada dalam daftar. Pilih yang lain."]}),
    ],
)
def test_prices_say_what_is_wrong(data: dict[str, str], wrong: dict[str, list[str]]) -> None:
    form = ProductPriceForm(post(version=1, **data), row=ProductFactory())

    assert errors(form) == wrong


def test_every_stored_price_is_shown_with_one_free_row() -> None:
    product = ProductFactory()
    for quantity in (100, 1, 10, 50):
        PriceTierFactory(product=product, min_quantity=quantity, price_rupiah=100_000 - quantity)

    rows = [
        (quantity.value(), price.value()) for quantity, price in ProductPriceForm(row=product).tier_rows()
    ]

    assert rows == [
        ("1", "99.999"),
        ("10", "99.990"),
        ("50", "99.950"),
        ("100", "99.900"),
        (None, None),
    ]


@pytest.mark.parametrize(("typed", "meant"), [("", None), ("True", True), ("False", False)])
def test_consignment_is_yes_no_or_not_said(typed: str, meant: bool | None) -> None:  # noqa: FBT001
    form = ProductTermsForm(post(version=1, accepts_consignment=typed), row=ProductFactory())

    assert form.is_valid()
    assert form.changes() == {
        "sample_terms": "",
        "sample_price_rupiah": None,
        "private_label": None,
        "accepts_consignment": meant,
        "consignment_days": None,
    }


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"shelf_life_days": "0"}, {"shelf_life_days": ["Tulis angka mulai dari 1."]}),
        (
            {"shelf_life_days": "9.999"},
            {"shelf_life_days": ["Angka ini terlalu besar. Periksa jumlah nolnya."]},
        ),
        ({"capacity_per_month": "banyak"}, {"capacity_per_month": ["Tulis angka bulat, mis. 500."]}),
        ({"lead_time_days": "1000"}, {"lead_time_days": ["Angka ini terlalu besar. Periksa jumlah nolnya."]}),
    ],
)
def test_supply_says_what_is_wrong(data: dict[str, str], wrong: dict[str, list[str]]) -> None:
    form = ProductSupplyForm(post(version=1, **data), row=ProductFactory())

    assert errors(form) == wrong


def test_whole_product_goes_through_one_form_at_a_desk() -> None:
    product = ProductFactory(accepts_consignment=True, min_order=12)
    PriceTierFactory(product=product, price_rupiah=80_000)
    unit = UnitFactory()
    shown = ProductForm(row=product)
    data = {field.html_name: field.value() for field in shown if field.value() is not None}

    form = ProductForm(post(**data | {"unit": unit.pk}), row=product)

    assert form.is_valid()
    assert form.changes() == {
        "name": product.name,
        "category": product.category,
        "description": "",
        "unit": unit,
        "price_tiers": {1: 80_000},
        "min_order": 12,
        "capacity_per_month": None,
        "lead_time_days": None,
        "accepts_consignment": True,
    } | dict.fromkeys(
        [
            "pack_content",
            "pack_unit",
            "shelf_life_days",
            "sample_price_rupiah",
            "private_label",
            "consignment_days",
        ]
    ) | {"sample_terms": "", "delivery_area": "", "delivery_places": []}


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"text": ""}, {"text": ["Tulis apa yang dicari."]}),
        ({"text": "x" * 301}, {"text": ["Terlalu panjang: paling banyak 300 huruf, sekarang 301."]}),
        ({"category": ""}, {"category": ["Pilih kategori yang paling dekat."]}),
        ({"frequency": ""}, {"frequency": ["Pilih per bulan atau sekali."]}),
        ({"frequency": "kadang"}, {"frequency": ["Pilih per bulan atau sekali."]}),
        ({"quantity": "-5"}, {"quantity": ["Tulis angka mulai dari 1."]}),
        ({"price_ceiling_rupiah": "0"}, {"price_ceiling_rupiah": ["Harga tertinggi harus lebih dari Rp0."]}),
        ({"area": "99.99"}, {"area": ["Wilayah ini tidak ada dalam daftar. Pilih yang lain."]}),
        ({"certificates_required": ["iso"]}, {"certificates_required": ["Pilih sertifikat dari daftar."]}),
        (
            {"wanted_from": "besok"},
            {"wanted_from": ["Pilih tanggal yang ada di kalender, mis. 22-03-2018."]},
        ),
        (
            {"open_until": "2018-02-28"},
            {"open_until": ["Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."]},
        ),
        (
            {"wanted_from": "2018-04-02", "open_until": "2018-04-01"},
            {"open_until": ["Tanggal ini harus sesudah tanggal mulai dibutuhkan."]},
        ),
    ],
)
def test_need_says_what_is_wrong(data: dict[str, Any], wrong: dict[str, list[str]]) -> None:
    valid = {"text": "Kain katun", "category": FamilyFactory().pk, "frequency": "monthly"}

    form = NeedForm(post(**valid | data), today=TODAY)

    assert errors(form) == wrong


def test_need_opens_its_details_only_when_something_is_in_them() -> None:
    plain, detailed = NeedFactory(), NeedFactory(price_ceiling_rupiah=25_000)

    assert not NeedForm(today=TODAY).has_details()
    assert not NeedEditForm(row=plain, today=TODAY).has_details()
    assert NeedEditForm(row=detailed, today=TODAY).has_details()
    assert NeedForm(post(open_until="lusa"), today=TODAY).has_details()


def test_area_may_be_anywhere_a_province_or_an_offered_region() -> None:
    province, city = ProvinceFactory(code="33", name="Jawa Tengah"), RegionFactory(name="Kota Contoh")
    typed = {"text": "Kain katun", "category": FamilyFactory().pk, "frequency": "once"}

    found = {}
    for code in ("", "33", city.code):
        form = NeedForm(post(**typed, area=code), today=TODAY, regions=[city])
        assert form.is_valid()
        found[code] = (form.cleaned_data["area_province"], form.cleaned_data["area_region"])

    assert found == {"": (None, None), "33": (province, None), city.code: (None, city)}
    assert list(NeedForm(today=TODAY, regions=[city]).fields["area"].choices) == [
        ("", "di mana saja"),
        (city.code, "Kota Contoh"),
        ("33", "Jawa Tengah"),
        ("99", "Provinsi Contoh"),
    ]
    assert errors(NeedForm(post(**typed, area=city.code), today=TODAY)).keys() == {"area"}


def test_area_that_stands_is_chosen_and_its_change_is_told() -> None:
    city = RegionFactory(name="Kota Contoh")
    need = NeedFactory(area_region=city)
    typed = {"text": need.text, "category": need.category_id, "frequency": need.frequency, "version": 1}

    kept = NeedEditForm(post(**typed, area=city.code), row=need, today=TODAY)
    moved = NeedEditForm(post(**typed, area="99"), row=need, today=TODAY)

    assert f'<option value="{city.code}" selected>' in str(NeedEditForm(row=need, today=TODAY)["area"])
    assert (kept.is_valid(), moved.is_valid()) == (True, True)
    assert kept.differences(need) == []
    assert moved.differences(need) == [Difference("Pemasok dari wilayah", "Kota Contoh", "Provinsi Contoh")]


def test_last_day_that_passed_long_ago_may_stay() -> None:
    need = NeedFactory(open_until=date(2017, 1, 1))
    data = {"text": "Kain", "category": need.category_id, "frequency": "once", "version": 1}

    form = NeedEditForm(post(**data, open_until="2017-01-01"), row=need, today=TODAY)

    assert form.is_valid()
    assert form.changes()["open_until"] == date(2017, 1, 1)


def test_differences_of_a_need_are_told_in_the_readers_words() -> None:
    unit = UnitFactory()
    need = NeedFactory(
        text="Kain katun", quantity=1_000, unit=unit, certificates_required=["halal"], frequency="monthly"
    )
    typed = {
        "text": "Kain katun prima",
        "category": need.category_id,
        "quantity": "2.000",
        "frequency": "once",
        "certificates_required": ["halal", "sni"],
        "wanted_from": "2018-04-01",
        "price_ceiling_rupiah": "25 rb",
        "version": 1,
    }
    form = NeedEditForm(post(**typed), row=need, today=TODAY)
    assert form.is_valid()

    assert form.differences(need) == [
        Difference("Apa yang dicari", "Kain katun", "Kain katun prima"),
        Difference("Jumlah", "1.000", "2.000"),
        Difference("Satuan", "buah", ""),
        Difference("Seberapa sering", "per bulan", "sekali"),
        Difference("Harga tertinggi per satuan (Rp)", "", "25.000"),
        Difference("Sertifikat yang wajib ada", "Halal", "Halal, SNI"),
        Difference("Dibutuhkan mulai", "", "1 April 2018"),
    ]


def test_differences_of_prices_and_phone_are_told_too() -> None:
    product = ProductFactory()
    PriceTierFactory(product=product, min_quantity=1, price_rupiah=80_000)
    PriceTierFactory(product=product, min_quantity=50, price_rupiah=70_000)
    business = BusinessFactory(name="Sari", phone="+6281234567890")
    prices = ProductPriceForm(post(version=1, price_1="75000"), row=product)
    profile = BusinessForm(post(version=1, name="Sari", phone="0812 9876 5432"), row=business)
    assert (prices.is_valid(), profile.is_valid()) == (True, True)

    assert prices.differences(product) == [
        Difference("Harga", "mulai 1: Rp80.000; mulai 50: Rp70.000", "mulai 1: Rp75.000")
    ]
    assert profile.differences(business) == [Difference("Nomor HP/WA", "0812-3456-7890", "0812-9876-5432")]


def test_taking_a_newer_version_keeps_what_was_typed() -> None:
    form = BusinessForm(post(version=1, name="Sari Jaya"), row=BusinessFactory(version=3))
    assert form.is_valid()

    form.take_version(3)

    assert (form["version"].value(), form["name"].value()) == ("3", "Sari Jaya")


def test_prices_are_read_in_english_too() -> None:
    with override("en"):
        form = ProductPriceForm(post(version=1, price_1="80,000"), row=ProductFactory())

        assert form.is_valid()

    assert form.changes()["price_tiers"] == {1: 80_000}
