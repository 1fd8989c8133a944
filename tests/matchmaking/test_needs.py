"""The needs of a trade contact, and one recorded while the caller is still on the phone."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Consent
from matchmaking.models import Participation
from matchmaking.phone_needs import Newcomer, record_phone_need
from products.models import Business, Category, Need, Unit
from products.needs import NeedFacts
from tests.clients import admin_client, client_of, page_of
from tests.factories import (
    BusinessFactory,
    CategoryFactory,
    FamilyFactory,
    NeedFactory,
    RegionFactory,
    UnitFactory,
)
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
LINE = "Kotak kemasan food-grade, 500–1.000 pcs/bulan, ≤ Rp2.500, mulai April"
NEWCOMER = Newcomer(name="Hotel Manahan", phone="+628120000001", district="Banjarsari")


def heard(**changes: object) -> NeedFacts:
    return NeedFacts(**{"category": FamilyFactory(), "text": "Kotak", **changes})


def typed(scene: ContactScene, **changes: object) -> dict[str, object]:
    """Return a form whose line was read already."""
    values = {
        "business": scene.host_business.pk,
        "text": "Kotak nasi",
        "read": "Kotak nasi",
        "category": FamilyFactory().pk,
        "frequency": "monthly",
        "has_consent": "on",
    }
    return values | changes


# The act


def test_newcomer_is_registered_joins_the_delegation_and_needs_something() -> None:
    scene = make_contact()
    facts = heard()

    results = [
        record_phone_need(
            actor=scene.host_actor,
            delegation=scene.host_delegation,
            caller=NEWCOMER,
            facts=facts,
            has_consent=True,
        )
        for _press in range(2)
    ]

    need = Need.objects.get()
    assert results == [(need, True), (need, False)]
    assert (need.business.name, need.source, need.recorded_by) == ("Hotel Manahan", "phone", scene.host.user)
    assert Participation.objects.filter(delegation=scene.host_delegation, business=need.business).count() == 1


def test_without_consent_nothing_at_all_is_written() -> None:
    scene = make_contact()

    with pytest.raises(ValidationError):
        record_phone_need(
            actor=scene.host_actor,
            delegation=scene.host_delegation,
            caller=NEWCOMER,
            facts=heard(),
            has_consent=False,
        )

    assert not Business.objects.filter(name="Hotel Manahan").exists()


# The form


@pytest.mark.usefixtures("reference_data")
def test_htmx_reads_the_line_into_the_empty_fields_and_saves_nothing() -> None:
    scene = make_contact()

    response = client_of(scene.host).post(
        page_of(scene, "need_by_phone"),
        {"text": LINE, "price_ceiling_rupiah": "2.400"},
        headers={"HX-Request": "true"},
    )

    initial = response.context["form"].initial
    assert response.text.strip().startswith('<div id="rincian"')
    assert initial["category"] == str(Category.objects.get(code="kotak-makanan").pk)
    assert initial["unit"] == str(Unit.objects.get(code="buah").pk)
    assert (initial["quantity"], initial["price_ceiling_rupiah"]) == ("1000", "2.400")
    assert initial["wanted_from"].endswith("-04-01")
    assert "Isian di bawah dibaca dari kalimat itu. Periksa, lalu simpan." in response.text
    assert not Need.objects.exists()


@pytest.mark.usefixtures("reference_data")
def test_a_corrected_line_corrects_only_what_was_read_before() -> None:
    scene = make_contact()
    families = {code: str(Category.objects.get(code=code).pk) for code in ("kotak-makanan", "keripik")}

    response = client_of(scene.host).post(
        page_of(scene, "need_by_phone"),
        {
            "read": "kotak makanan 500 buah, maks Rp2.500, wajib halal",
            "text": "keripik 600 bungkus sekali",
            "category": families["kotak-makanan"],
            "quantity": "750",
            "price_ceiling_rupiah": "2500",
            "certificates_required": ["halal"],
            "frequency": "monthly",
        },
        headers={"HX-Request": "true"},
    )

    initial = response.context["form"].initial
    assert initial["category"] == families["keripik"]
    assert initial["quantity"] == "750"
    assert (initial["price_ceiling_rupiah"], initial["certificates_required"]) == ("", [])
    assert initial["frequency"] == "once"
    assert initial["read"] == "keripik 600 bungkus sekali"


def test_htmx_never_saves_even_a_complete_form() -> None:
    scene = make_contact()

    response = client_of(scene.host).post(
        page_of(scene, "need_by_phone"), typed(scene), headers={"HX-Request": "true"}
    )

    assert response.status_code == 200
    assert not Need.objects.exists()


@pytest.mark.usefixtures("reference_data")
def test_without_javascript_the_first_press_reads_and_the_second_saves() -> None:
    scene = make_contact()
    client, page = client_of(scene.host), page_of(scene, "need_by_phone")
    press = {"business": scene.host_business.pk, "text": LINE, "frequency": "monthly", "has_consent": "on"}

    first = client.post(page, press)
    shown = {name: value for name, value in first.context["form"].initial.items() if value}
    second = client.post(page, shown, follow=True)

    assert first.status_code == 200
    assert "Periksa, lalu simpan." in first.text
    need = Need.objects.select_related("category", "unit").get()
    assert (need.text, need.quantity, need.unit.code, need.price_ceiling_rupiah) == (LINE, 1000, "buah", 2500)
    assert (need.category.code, need.wanted_from.month, need.source) == ("kotak-makanan", 4, "phone")
    assert "Kebutuhan tercatat" in second.text
    assert page_of(scene, "proposals") in second.text
    assert f"?usaha={scene.host_business.pk}" in second.text


def test_saving_keeps_consent_and_pressing_twice_saves_once() -> None:
    scene = make_contact()
    client, page = client_of(scene.host), page_of(scene, "need_by_phone")
    form = typed(
        scene,
        quantity="1.000",
        unit=UnitFactory().pk,
        price_ceiling_rupiah="Rp2.500",
        certificates_required=["halal"],
        area=scene.guest_business.region.code,
        wanted_from="2030-04-01",
        open_until="2030-12-31",
    )

    client.post(page, form)
    again = client.post(page, form, follow=True)

    need = Need.objects.get()
    assert (need.quantity, need.price_ceiling_rupiah, need.certificates_required) == (1000, 2500, ["halal"])
    assert (need.wanted_from, need.open_until) == (date(2030, 4, 1), date(2030, 12, 31))
    assert need.area == scene.guest_business.region
    assert Consent.objects.get() == need.consent
    assert f"pemasok dari {need.area.name}" in again.text
    assert "Kebutuhan ini sudah tercatat, jadi tidak dicatat dua kali." in again.text


def test_one_more_from_the_same_business_starts_with_it() -> None:
    scene = make_contact()

    response = client_of(scene.host).get(page_of(scene, "need_by_phone"), {"usaha": scene.host_business.pk})

    assert f'<option value="{scene.host_business.pk}" selected>' in response.text


def test_new_business_is_typed_on_the_same_page() -> None:
    scene = make_contact()

    client_of(scene.host).post(
        page_of(scene, "need_by_phone"),
        typed(scene, business="", name="Hotel Manahan", phone="0812 7000 6850", district="Banjarsari"),
    )

    business = Need.objects.get().business
    assert (business.name, business.phone, business.district) == (
        "Hotel Manahan",
        "+6281270006850",
        "Banjarsari",
    )
    assert business.participations.get().delegation == scene.host_delegation


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"business": ""}, "Pilih usaha dari daftar, atau tulis nama usaha baru."),
        ({"business": "", "name": "Baru"}, "Tulis nomor yang dapat dihubungi, mis. 0812 3456 7890."),
        (
            {"name": "Baru", "phone": "081234567890"},
            "Pilih usaha dari daftar, atau tulis usaha baru; jangan keduanya.",
        ),
        (
            {"business": "", "name": "Baru", "phone": "12"},
            "Nomor ini tidak lengkap atau salah. Tulis nomor HP/WA, mis. 0812 3456 7890.",
        ),
        ({"business": "0"}, "Usaha ini tidak ada dalam daftar daerah Anda. Pilih yang lain."),
        ({"text": "", "read": ""}, "Tulis apa yang dicari."),
        ({"category": ""}, "Pilih kategori yang paling dekat."),
        ({"quantity": "banyak"}, "Tulis angka bulat, mis. 500."),
        ({"price_ceiling_rupiah": "0"}, "Harga tertinggi harus lebih dari Rp0."),
        (
            {"wanted_from": "2030-02-01", "open_until": "2030-01-01"},
            "Tanggal ini harus sesudah tanggal mulai dibutuhkan.",
        ),
        ({"has_consent": ""}, "Tanyakan persetujuannya lebih dahulu, lalu beri tanda."),
    ],
)
def test_mistakes_are_told_and_nothing_is_saved(change: dict, text: str) -> None:
    scene = make_contact()

    response = client_of(scene.host).post(page_of(scene, "need_by_phone"), typed(scene) | change)

    assert response.status_code == 422
    assert response.text.count(text) == 2
    assert not Need.objects.exists()


def test_business_of_another_region_inside_the_form_is_refused() -> None:
    scene = make_contact()

    response = client_of(scene.host).post(
        page_of(scene, "need_by_phone"), typed(scene, business=scene.guest_business.pk)
    )

    assert "Usaha ini tidak ada dalam daftar daerah Anda. Pilih yang lain." in response.text
    assert not Need.objects.exists()


def test_number_of_a_known_business_is_named_beside_the_field() -> None:
    scene = make_contact()
    BusinessFactory(office=scene.host.office, name="Hotel Manahan", phone="+6281270006850")

    response = client_of(scene.host).post(
        page_of(scene, "need_by_phone"), typed(scene, business="", name="Toko Baru", phone="0812 7000 6850")
    )

    assert response.status_code == 422
    assert "Nomor ini sudah tercatat untuk Hotel Manahan." in response.text


@pytest.mark.parametrize("saved", ["x", "-1", "99999999999999999999999"])
def test_nonsense_in_the_address_shows_the_plain_form(saved: str) -> None:
    scene = make_contact()

    response = client_of(scene.host).get(page_of(scene, "need_by_phone"), {"tercatat": saved, "usaha": saved})

    assert response.status_code == 200


def test_need_of_another_region_is_not_shown_as_recorded() -> None:
    scene = make_contact()
    foreign = NeedFactory(business=scene.guest_business)

    response = client_of(scene.host).get(page_of(scene, "need_by_phone"), {"tercatat": foreign.pk})

    assert response.status_code == 404


def test_only_offices_of_the_contact_record_and_read() -> None:
    scene = make_contact()
    stranger = client_of(scene.stranger)

    for name in ("need_by_phone", "contact_needs"):
        assert stranger.get(page_of(scene, name)).status_code == 404
    assert stranger.post(page_of(scene, "need_by_phone"), typed(scene)).status_code == 404
    assert admin_client().get(page_of(scene, "need_by_phone")).status_code == 404
    assert admin_client().get(page_of(scene, "contact_needs")).status_code == 200


# The list


def test_needs_of_both_sides_are_listed_with_their_pairs() -> None:
    scene = make_contact()
    guest_need = NeedFactory(business=scene.guest_business, text="Kain", certificates_required=["halal"])
    NeedFactory(business=scene.host_business, text="Kotak", open_until=date(2018, 1, 1))
    NeedFactory(text="Tidak ikut")
    scene.make_pair(trades=[{"need_id": guest_need.pk}, {"need_id": guest_need.pk}, {"need_id": None}])

    response = client_of(scene.host).get(page_of(scene, "contact_needs"))

    rows = {row.need.text: (row.pairs, row.is_open, row.certificates) for row in response.context["rows"]}
    assert rows == {"Kain": (1, True, ["Halal"]), "Kotak": (0, False, [])}
    assert "sudah berakhir" in response.text


def test_filters_and_orders_of_the_needs() -> None:
    scene = make_contact()
    sector = CategoryFactory(position=1)
    NeedFactory(
        business=scene.guest_business,
        text="Kain",
        category=FamilyFactory(parent=sector, position=2),
        source="excel",
        price_ceiling_rupiah=9,
    )
    NeedFactory(
        business=scene.host_business,
        text="Kotak",
        category=FamilyFactory(position=1),
        source="link",
        withdrawn_at=timezone.now(),
        open_until=date(2030, 1, 1),
    )
    client, page = client_of(scene.host), page_of(scene, "contact_needs")

    def texts(**query: object) -> list[str]:
        return [row.need.text for row in client.get(page, query).context["rows"]]

    assert (
        texts() == texts(urut="baru") == texts(urut="kategori") == texts(urut="sampai") == ["Kotak", "Kain"]
    )
    assert texts(urut="harga") == texts(urut="usaha") == ["Kain", "Kotak"]
    assert (
        texts(dinas=scene.guest.office.pk) == texts(sektor=sector.code) == texts(sumber="excel") == ["Kain"]
    )
    assert texts(keadaan="terbuka") == texts(q="kain") == ["Kain"]
    assert texts(keadaan="berakhir") == texts(q=scene.host_business.name) == ["Kotak"]
    assert texts(dinas="x", sektor="x", sumber="x", keadaan="x", urut="x") == ["Kotak", "Kain"]


def test_empty_list_offers_the_first_step() -> None:
    scene = make_contact()
    client, page = client_of(scene.host), page_of(scene, "contact_needs")

    assert "Belum ada kebutuhan" in client.get(page).text
    assert "Tidak ada kebutuhan yang cocok dengan saringan ini." in client.get(page, {"q": "zzz"}).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(count: int, django_assert_num_queries: Any) -> None:
    scene = make_contact()
    for _number in range(count):
        NeedFactory(business=scene.host_business, unit=UnitFactory(), area_region=RegionFactory())
        scene.make_pair(trades=[{"need_id": 1}])
    client, page = client_of(scene.host), page_of(scene, "contact_needs")

    with django_assert_num_queries(9):
        client.get(page)
