"""Places by the names people write."""

import pytest
from django import forms

from regions.forms import RegionField
from regions.models import Region
from regions.places import areas_by_name, regions_named, suggest_regions
from tests.factories import RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    for name in ["Kabupaten Bandung", "Kabupaten Bandung Barat", "Kabupaten Solok"]:
        RegionFactory(name=name)
    for name in ["Kota Bandung", "Kota Surakarta", "Kota Administrasi Jakarta Selatan"]:
        RegionFactory(name=name, kind=Region.Kind.CITY)


def names(regions: list[Region]) -> list[str]:
    return [region.name for region in regions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kota Surakarta", ["Kota Surakarta"]),
        ("  surakarta ", ["Kota Surakarta"]),
        ("Solo", ["Kota Surakarta"]),
        ("kodya solo", ["Kota Surakarta"]),
        ("KAB. BANDUNG", ["Kabupaten Bandung"]),
        ("kotamadya bandung", ["Kota Bandung"]),
        ("Bandung", ["Kabupaten Bandung", "Kota Bandung"]),
        ("bandung barat", ["Kabupaten Bandung Barat"]),
        ("Jakarta Selatan", ["Kota Administrasi Jakarta Selatan"]),
        ("kabupaten surakarta", []),
        ("Bandang", []),
        ("kota", []),
    ],
)
def test_regions_named(text: str, expected: list[str]) -> None:
    assert names(regions_named(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Band", ["Kabupaten Bandung", "Kabupaten Bandung Barat", "Kota Bandung"]),
        ("kota ban", ["Kota Bandung"]),
        ("Surakata", ["Kota Surakarta"]),
        ("xyz", []),
        ("", []),
        ("kab.", []),
    ],
)
def test_suggestions(text: str, expected: list[str]) -> None:
    assert names(suggest_regions(text)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Tulis kabupaten atau kota Anda, mis. Kota Surakarta."),
        ("Bandung", "“Bandung” dapat berarti Kabupaten Bandung atau Kota Bandung. Tulis salah satunya."),
        ("Surakata", "“Surakata” tidak kami kenal. Mungkin maksud Anda Kota Surakarta."),
        ("Atlantis", "“Atlantis” tidak kami kenal. Tulis nama kabupaten atau kota, mis. Kota Surakarta."),
    ],
)
def test_field_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(forms.ValidationError) as refusal:
        RegionField().clean(text)

    assert refusal.value.messages == [message]


def test_field_gives_the_region_and_shows_its_name() -> None:
    field = RegionField()

    region = field.clean("solo")

    assert region is not None
    assert (region.name, field.prepare_value(region), field.prepare_value("so")) == (
        "Kota Surakarta",
        "Kota Surakarta",
        "so",
    )


def test_field_may_stay_empty() -> None:
    assert RegionField(required=False).clean(" ") is None


def test_areas_are_named_as_people_write_them() -> None:
    code_of = dict(Region.objects.values_list("name", "code"))

    named = areas_by_name()

    assert named["kab bandung"] == named["kabupaten bandung"] == code_of["Kabupaten Bandung"]
    assert named["kota bandung"] == code_of["Kota Bandung"]
    assert named["solo"] == named["surakarta"] == code_of["Kota Surakarta"]
    assert named["solok"] == code_of["Kabupaten Solok"]
    assert named["provinsi contoh"] == "99"
    assert "bandung" not in named
