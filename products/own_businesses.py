"""The businesses an office vouches for: its list, how officers may ask of it, and the links of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from products.models import Business, Need, PersonalLink
from regions.models import Office


def own_businesses(actor: Actor, now: datetime) -> QuerySet[Business]:
    """Return the businesses the actor keeps, with ``product_count``, ``need_count`` and ``has_link``."""
    open_needs = Need.objects.open_on(timezone.localdate(now))
    links = PersonalLink.objects.live(now).filter(business=OuterRef("pk"))
    return (
        Business.objects.editable_by(actor)
        .select_related("line", "region")
        .annotate(
            product_count=Count("products", distinct=True),
            need_count=Count("needs", filter=Q(needs__in=open_needs), distinct=True),
            has_link=Exists(links),
        )
    )


def businesses_of(office: Office) -> QuerySet[Business]:
    """Return the businesses that an office keeps, by name."""
    return Business.objects.filter(office=office).select_related("line").order_by("name", "pk")


@dataclass(frozen=True)
class ShownLink:
    """A personal link with whether it opens now, in words; ``tag`` is the kind of the state's tag."""

    link: PersonalLink
    is_live: bool
    state: str
    tag: str


def links_of(business: Business, now: datetime) -> list[ShownLink]:
    """Return the links of a business, newest first, with the officer who made each and its ``used_at``."""
    rows = business.links.select_related("created_by").annotate(used_at=Max("uses__at"))
    rows = rows.order_by("-created_at", "-pk")
    return [_shown(link, now) for link in rows]


def _shown(link: PersonalLink, now: datetime) -> ShownLink:
    if link.revoked_at is not None:
        return ShownLink(link, is_live=False, state=gettext("dicabut"), tag="no")
    if link.expires_at <= now:
        return ShownLink(link, is_live=False, state=gettext("sudah lewat"), tag="no")
    return ShownLink(link, is_live=True, state=gettext("berlaku"), tag="yes")


class BusinessFilter(django_filters.FilterSet):
    """What an officer may ask of the list; a value nobody knows filters nothing."""

    SORTS = {
        "nama": ["name"],
        "kecamatan": ["district", "name"],
        "produk": ["-product_count", "name"],
        "kebutuhan": ["-need_count", "name"],
    }

    q = django_filters.CharFilter(label=_("Cari nama, kecamatan atau pemilik"), method="find", max_length=100)
    perlu = django_filters.ChoiceFilter(
        label=_("Perlu perhatian"),
        method="in_need",
        empty_label=_("Semua usaha"),
        choices=[
            ("produk", _("belum ada produk")),
            ("nomor", _("belum ada nomor")),
            ("tautan", _("belum punya tautan pribadi")),
        ],
    )
    urut = django_filters.ChoiceFilter(method="sort", choices=[(name, name) for name in SORTS])

    class Meta:
        model = Business
        fields: list[str] = []

    @property
    def qs(self) -> QuerySet[Business]:
        """The businesses asked for; by name unless another order is asked for."""
        rows = super().qs
        return rows if rows.query.order_by else rows.order_by("name", "pk")

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(
            Q(name__icontains=value) | Q(district__icontains=value) | Q(owner_name__icontains=value)
        )

    def in_need(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        wanted: dict[str, Any] = {
            "produk": {"product_count": 0},
            "nomor": {"phone": ""},
            "tautan": {"has_link": False},
        }
        return rows.filter(**wanted[value])

    def sort(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.order_by(*self.SORTS[value], "pk")
