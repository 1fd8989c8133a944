"""The queue of the officers: products that wait for a decision, and changes that wait to be seen."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from products.models import Business, Product, ProductRevision
from products.models.catalogue import ProductQuerySet

STATES = {
    "menunggu": Product.Status.SUBMITTED,
    "tampil": Product.Status.LISTED,
    "dikembalikan": Product.Status.SENT_BACK,
    "ditangguhkan": Product.Status.SUSPENDED,
    "draf": Product.Status.DRAFT,
}


@dataclass(frozen=True)
class Tab:
    """One state of the queue, with how many products are in it."""

    url: str
    label: str
    count: int
    current: bool


def own_products(actor: Actor) -> ProductQuerySet:
    """Return the products of the actor's businesses with their cards, those that wait longest first."""
    return (
        Product.objects.filter(business__in=Business.objects.editable_by(actor))
        .with_cards()
        .order_by(F("submitted_at").asc(nulls_last=True), "-pk")
    )


def waiting_revisions(actor: Actor) -> QuerySet[ProductRevision]:
    """Return the changes that wait for the actor, oldest first."""
    return (
        ProductRevision.objects.filter(
            state=ProductRevision.State.WAITING,
            product__business__in=Business.objects.editable_by(actor),
        )
        .select_related("product__business__office", "product__category", "product__unit")
        .order_by("proposed_at", "pk")
    )


def with_waiting_photos(actor: Actor) -> QuerySet[Product]:
    """Return the listed products with photos that wait for the actor, by name."""
    own = Product.objects.filter(business__in=Business.objects.editable_by(actor), photos__is_waiting=True)
    return own.select_related("business").distinct().order_by("name", "pk")


class QueueFilter(django_filters.FilterSet):
    """What an officer may ask of the queue; without a known state it shows what waits.

    ``tabs`` costs one query.
    """

    q = django_filters.CharFilter(label=_("Cari produk atau usaha"), method="find", max_length=100)
    keadaan = django_filters.ChoiceFilter(method="in_state", choices=[(name, name) for name in STATES])

    class Meta:
        model = Product
        fields: list[str] = []

    @property
    def state(self) -> str:
        return self.form.cleaned_data.get("keadaan") or "menunggu"

    @property
    def status(self) -> Product.Status:
        return STATES[self.state]

    @property
    def qs(self) -> ProductQuerySet:
        """The products of the state asked for; unknown values filter nothing."""
        self.form.is_valid()
        self.found = self.find(self.queryset, "q", self.form.cleaned_data.get("q", ""))
        return self.found.filter(status=self.status)

    def tabs(self) -> list[Tab]:
        """Return every state with its count under the words searched for; ``qs`` comes first."""
        rows = self.found.order_by().values("status").annotate(number=Count("pk", distinct=True))
        counts = {row["status"]: row["number"] for row in rows}
        return [
            Tab(self._url_of(name), str(status.label), counts.get(status, 0), name == self.state)
            for name, status in STATES.items()
        ]

    def _url_of(self, state: str) -> str:
        query = self.data.copy()
        query["keadaan"] = state
        query.pop("page", None)
        return f"?{query.urlencode()}"

    def find(self, rows: ProductQuerySet, name: str, value: Any) -> ProductQuerySet:
        if not value:
            return rows
        return rows.filter(Q(name__icontains=value) | Q(business__name__icontains=value))

    def in_state(self, rows: ProductQuerySet, name: str, value: str) -> ProductQuerySet:
        return rows.filter(status=STATES[value])
