"""The regions that come with the portal."""

from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from regions.models import Province, Region
from regions.reference import Loaded, load_regions

pytestmark = pytest.mark.django_db


def test_first_load_adds_every_province_and_region() -> None:
    loaded = load_regions()

    assert loaded == {"provinces": Loaded(38, 38, 0), "regions": Loaded(514, 514, 0)}
    assert (Province.objects.count(), Region.objects.count()) == (38, 514)


def test_second_load_changes_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_regions()
    before = list(Region.objects.order_by("pk").values())

    with django_assert_num_queries(5):  # savepoint included
        loaded = load_regions()

    assert loaded == {"provinces": Loaded(38, 0, 0), "regions": Loaded(514, 0, 0)}
    assert list(Region.objects.order_by("pk").values()) == before


def test_corrected_name_survives_the_next_load() -> None:
    load_regions()
    Region.objects.filter(code="32.04").update(name="Kabupaten Bandung Baru")
    Region.objects.filter(code="33.72").delete()

    loaded = load_regions()

    assert loaded["regions"] == Loaded(514, 1, 0)
    assert Region.objects.get(code="32.04").name == "Kabupaten Bandung Baru"
    assert Region.objects.get(code="33.72").name == "Kota Surakarta"


def test_founding_regions_are_where_they_are() -> None:
    load_regions()

    found = Region.objects.filter(code__in=["32.04", "33.72"]).order_by("code")

    assert [
        (region.name, region.kind, region.province.name, region.province.time_zone_short)
        for region in found.select_related("province")
    ] == [
        ("Kabupaten Bandung", "kabupaten", "Jawa Barat", "WIB"),
        ("Kota Surakarta", "kota", "Jawa Tengah", "WIB"),
    ]


def test_time_zones_are_known_and_match_their_short_names() -> None:
    load_regions()

    zones = set(Province.objects.values_list("time_zone", "time_zone_short"))

    assert {(ZoneInfo(zone).key, short) for zone, short in zones} == {
        ("Asia/Jakarta", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
    }


def test_codes_and_names_agree_with_kind_and_province() -> None:
    load_regions()

    odd = [
        region.code
        for region in Region.objects.select_related("province")
        if not region.code.startswith(f"{region.province.code}.")
        or not region.name.lower().startswith(region.kind)
    ]

    assert odd == []


def test_every_centroid_lies_in_indonesia() -> None:
    load_regions()

    inside = {"latitude__range": (-11.5, 6.5), "longitude__range": (94.5, 141.5)}

    assert Region.objects.exclude(**inside).count() == 0
    assert Province.objects.exclude(**inside).count() == 0
    assert not Region.objects.filter(latitude=F("longitude")).exists()
