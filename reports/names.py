"""The names of the keys that reports are told apart by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from matchmaking.models import TradeContact
from products.models import Category
from regions.models import Office, Region
from reports.scope import UNKNOWN, Dimension


@dataclass(frozen=True)
class Names:
    """Names by key. A key that nobody knows is shown as it is."""

    contacts: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

    def of(self, by: Dimension | str, key: str) -> str:
        """Return what the reader calls a key of a dimension."""
        if key == UNKNOWN:
            return _("belum tersedia")
        if by == Dimension.DIRECTION:
            seller, _sign, buyer = key.partition("_")
            return f"{self.region(seller)} → {self.region(buyer)}"
        if by == Dimension.DISTRICT:
            region, _sign, district = key.partition(":")
            return f"{district or _('kecamatan belum tersedia')}, {self.region(region)}"
        names = {
            Dimension.CONTACT: self.contacts,
            Dimension.OFFICE: self.offices,
            Dimension.COMMODITY: self.categories,
        }
        return names[Dimension(by)].get(key, key)

    def region(self, code: str) -> str:
        return self.regions.get(code, code)


def names_of(keys: Mapping[Dimension, Iterable[str]]) -> Names:
    """Return the names of keys by dimension. Costs four queries."""
    found = {dimension: set(values) - {UNKNOWN} for dimension, values in keys.items()}
    regions = {code for key in found.get(Dimension.DIRECTION, ()) for code in key.split("_")}
    regions |= {key.partition(":")[0] for key in found.get(Dimension.DISTRICT, ())}
    contacts = TradeContact.objects.filter(slug__in=found.get(Dimension.CONTACT, ()))
    offices = Office.objects.filter(pk__in=found.get(Dimension.OFFICE, ())).select_related("region")
    categories = Category.objects.filter(code__in=found.get(Dimension.COMMODITY, ()))
    return Names(
        contacts=dict(contacts.values_list("slug", "title")),
        regions=dict(Region.objects.filter(code__in=regions).values_list("code", "name")),
        offices={str(office.pk): office.region.name for office in offices},
        categories={category.code: str(category) for category in categories},
    )
