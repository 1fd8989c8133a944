"""Places, offices, officers. Codes are made up (below province 11) and never meet real ones."""

import factory
from factory.django import DjangoModelFactory

from regions.models import Office, OfficeMember, Province, Region
from tests.factories.accounts import UserFactory


class ProvinceFactory(DjangoModelFactory[Province]):
    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "99"
    name = "Provinsi Contoh"
    iso_code = "ID-XX"
    time_zone = "Asia/Jakarta"
    time_zone_short = "WIB"


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region

    province = factory.SubFactory(ProvinceFactory)
    code = factory.Sequence(lambda n: f"0{n // 100 % 10}.{n % 100:02}")
    kind = Region.Kind.REGENCY
    name = factory.Sequence(lambda n: f"Kabupaten Contoh {n}")


class OfficeFactory(DjangoModelFactory[Office]):
    class Meta:
        model = Office

    region = factory.SubFactory(RegionFactory)
    name = factory.LazyAttribute(lambda office: f"Dinas Koperasi dan UKM {office.region.name}")


class OfficeMemberFactory(DjangoModelFactory[OfficeMember]):
    class Meta:
        model = OfficeMember

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(OfficeFactory)
