"""Filters of the office's lists, read from the query string; a value nobody knows filters nothing."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import VIA_CHOICES
from matchmaking.follow_up_pages import State as FollowUpState
from matchmaking.models import (
    AnswerState,
    FollowUp,
    Inquiry,
    Interest,
    Pair,
    Participation,
    Task,
    TradeContact,
)
from matchmaking.models.inquiries import WAITS
from matchmaking.models.pairs import PairQuerySet
from matchmaking.need_board import needs_of
from matchmaking.recipients import Reach
from products.models import Business, Category, Need
from products.models.catalogue import NeedQuerySet
from products.need_expiry import ending_soon
from products.taxonomy import LINES_OF_BUSINESS
from regions.models import Region


class ParticipantFilter(django_filters.FilterSet):
    """What an officer may ask of a delegation's list."""

    SORTS = {
        "nama": ["business__name"],
        "kecamatan": ["business__district", "business__name"],
        "produk": ["-product_count", "business__name"],
        "kebutuhan": ["-need_count", "business__name"],
        "pasangan": ["-pair_count", "business__name"],
        "menunggu": ["-waiting_count", "business__name"],
    }

    q = django_filters.CharFilter(label=_("Cari usaha"), method="find", max_length=100)
    perlu = django_filters.ChoiceFilter(
        label=_("Perlu perhatian"),
        method="in_need",
        empty_label=_("Semua usaha"),
        choices=[
            ("jawaban", _("belum menjawab semua")),
            ("tautan", _("belum punya tautan pribadi")),
            ("produk", _("belum ada produk")),
        ],
    )
    urut = django_filters.ChoiceFilter(method="sort", choices=[(name, name) for name in SORTS])

    class Meta:
        model = Participation
        fields: list[str] = []

    @property
    def qs(self) -> QuerySet[Participation]:
        """The rows asked for; by name unless another order is asked for."""
        rows = super().qs
        return rows if rows.query.order_by else rows.order_by("business__name", "pk")

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(
            Q(business__name__icontains=value)
            | Q(business__district__icontains=value)
            | Q(business__line_text__icontains=value)
        )

    def in_need(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        wanted: dict[str, Any] = {
            "jawaban": {"waiting_count__gt": 0},
            "tautan": {"has_link": False},
            "produk": {"product_count": 0},
        }
        return rows.filter(**wanted[value])

    def sort(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.order_by(*self.SORTS[value], "pk")


class InquiryFilter(django_filters.FilterSet):
    """What an officer may ask of the list of inquiries; without a question those that wait come first."""

    keadaan = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        method="in_state",
        empty_label=_("Semua"),
        choices=[
            ("menunggu", _("menunggu")),
            ("pasangan", _("menjadi pasangan")),
            ("ditutup", _("ditutup")),
            ("ditarik", _("ditarik pengirim")),
        ],
    )
    q = django_filters.CharFilter(label=_("Cari nomor, produk atau usaha"), method="find", max_length=100)

    class Meta:
        model = Inquiry
        fields: list[str] = []

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        states = {
            "menunggu": WAITS,
            "ditarik": Q(withdrawn_at__isnull=False),
            "pasangan": Q(pair__isnull=False),
            "ditutup": Q(pair=None) & ~Q(closed_reason=""),
        }
        return rows.filter(states[value])

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(
            Q(receipt_number__icontains=value)
            | Q(product__name__icontains=value)
            | Q(need__text__icontains=value)
            | Q(business__name__icontains=value)
            | Q(company__icontains=value)
            | Q(sender_name__icontains=value)
        )


class TaskFilter(django_filters.FilterSet):
    """What an officer may ask of the office's tasks; without a question all of them, undone first."""

    keadaan = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        method="in_state",
        empty_label=_("Semua"),
        choices=[("belum", _("belum")), ("siap", _("siap"))],
    )
    milik = django_filters.ChoiceFilter(
        label=_("Penanggung jawab"),
        method="of_owner",
        empty_label=_("Semua petugas"),
        choices=[("saya", _("saya"))],
    )
    q = django_filters.CharFilter(label=_("Cari usaha"), field_name="business__name", lookup_expr="icontains")

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet[Task], *, user_id: int | None) -> None:
        super().__init__(data, queryset=queryset)
        self._user_id = user_id

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(done_at__isnull=value == "belum")

    def of_owner(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(owner=self._user_id)


class FollowUpFilter(django_filters.FilterSet):
    """What an officer may ask of the follow-ups; without a question all those of one month."""

    keadaan = django_filters.ChoiceFilter(
        label=_("Keadaan"), field_name="standing", empty_label=_("Semua"), choices=FollowUpState.choices
    )
    q = django_filters.CharFilter(label=_("Cari usaha"), method="find", max_length=100)

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(
            Q(pair__business_a__name__icontains=value) | Q(pair__business_b__name__icontains=value)
        )


class NeedFilter(django_filters.FilterSet):
    """What an officer may ask of the needs of a trade contact."""

    SORTS: dict[str, list[Any]] = {
        "baru": ["-created_at"],
        "usaha": ["business__name"],
        "kategori": ["category__position", "business__name"],
        "harga": [F("price_ceiling_rupiah").desc(nulls_last=True)],
        "sampai": [F("open_until").asc(nulls_last=True)],
    }

    q = django_filters.CharFilter(label=_("Cari kebutuhan atau usaha"), method="find", max_length=100)
    dinas = django_filters.ChoiceFilter(
        label=_("Delegasi"), method="brought_by", empty_label=_("Semua delegasi")
    )
    sektor = django_filters.ChoiceFilter(label=_("Sektor"), method="in_sector", empty_label=_("Semua sektor"))
    sumber = django_filters.ChoiceFilter(
        label=_("Sumber"), field_name="source", choices=Need.Source.choices, empty_label=_("Semua sumber")
    )
    keadaan = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        method="in_state",
        choices=[
            ("terbuka", _("masih dicari")),
            ("segera", _("akan berakhir")),
            ("berakhir", _("sudah berakhir")),
        ],
        empty_label=_("Semua keadaan"),
    )
    urut = django_filters.ChoiceFilter(method="sort", choices=[(name, name) for name in SORTS])

    class Meta:
        model = Need
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, trade_contact: TradeContact, today: date) -> None:
        super().__init__(data, queryset=needs_of(trade_contact))
        self.today = today
        offices = trade_contact.delegations.values_list("office_id", "office__region__name")
        self.filters["dinas"].extra["choices"] = list(offices.order_by("pk"))
        goods = Category.objects.sectors().exclude(code=LINES_OF_BUSINESS).order_by("position", "pk")
        self.filters["sektor"].extra["choices"] = [(sector.code, str(sector)) for sector in goods]

    @property
    def qs(self) -> NeedQuerySet:
        """The needs asked for; the newest first unless another order is asked for."""
        rows = super().qs
        return rows if rows.query.order_by else rows.order_by("-created_at", "-pk")

    def find(self, rows: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        return rows.filter(Q(text__icontains=value) | Q(business__name__icontains=value))

    def brought_by(self, rows: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        return rows.filter(business__office=int(value))

    def in_sector(self, rows: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        return rows.filter(Q(category__code=value) | Q(category__parent__code=value))

    def in_state(self, rows: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        if value == "segera":
            return ending_soon(rows, self.today)
        still_open = rows.open_on(self.today)
        return still_open if value == "terbuka" else rows.exclude(pk__in=still_open.values("pk"))

    def sort(self, rows: NeedQuerySet, name: str, value: str) -> NeedQuerySet:
        return rows.order_by(*self.SORTS[value], "pk")


class PairFilter(django_filters.FilterSet):
    """What an officer may ask of the proposals; without a question the list itself, without hidden pairs."""

    usaha = django_filters.ChoiceFilter(
        label=_("Pelaku usaha"), method="of_business", empty_label=_("Semua pelaku usaha")
    )
    kategori = django_filters.ChoiceFilter(
        label=_("Kategori produk"), method="in_category", empty_label=_("Semua kategori")
    )
    arah = django_filters.ChoiceFilter(label=_("Arah"), method="sold_from", empty_label=_("Kedua arah"))
    jawaban = django_filters.ChoiceFilter(
        label=_("Jawaban"), method="answered", choices=AnswerState.choices, empty_label=_("Semua jawaban")
    )
    keadaan = django_filters.ChoiceFilter(
        label=_("Keadaan"),
        method="in_state",
        choices=[("dikunci", _("dikunci")), ("disembunyikan", _("disembunyikan"))],
        empty_label=_("Dalam daftar"),
    )

    class Meta:
        model = Pair
        fields: list[str] = []

    def __init__(
        self,
        data: Any,
        queryset: PairQuerySet,
        *,
        businesses: Sequence[Business],
        categories: Sequence[Category],
        regions: Sequence[Region],
    ) -> None:
        super().__init__(data, queryset)
        by_region = groupby(businesses, key=lambda business: business.region.name)
        by_sector = groupby(categories, key=lambda category: category.parent or category)
        self.filters["usaha"].extra["choices"] = [
            (region, [(business.pk, business.name) for business in rows]) for region, rows in by_region
        ]
        self.filters["kategori"].extra["choices"] = [
            (str(sector), [(row.code, str(row) if row.parent_id else _all_of(row)) for row in rows])
            for sector, rows in by_sector
        ]
        self.filters["arah"].extra["choices"] = [
            (region.code, _("%(region)s menjual") % {"region": region.name}) for region in regions
        ]

    @property
    def qs(self) -> PairQuerySet:
        """The rows asked for; hidden pairs only when they are asked for."""
        rows = super().qs
        return rows if self.form.cleaned_data.get("keadaan") else rows.shown()

    def of_business(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        return rows.of_business(int(value))

    def in_category(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        return rows.filter(
            Q(trades__contains=[{"sector": value}]) | Q(trades__contains=[{"families": [value]}])
        )

    def sold_from(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        return rows.filter(trades__contains=[{"seller_region": value}])

    def answered(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        return rows.in_answer_state(value)

    def in_state(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        if value == "disembunyikan":
            return rows.filter(hidden_at__isnull=False)
        return rows.shown().filter(locked_at__isnull=False)


class RecipientFilter(django_filters.FilterSet):
    """What an officer may ask of the invitation desk."""

    q = django_filters.CharFilter(field_name="business__name", lookup_expr="icontains", label=_("Cari usaha"))
    keadaan = django_filters.ChoiceFilter(
        field_name="reach", label=_("Undangan"), choices=Reach.choices, empty_label=_("Semua keadaan")
    )

    class Meta:
        model = Participation
        fields: list[str] = []


class InterestFilter(django_filters.FilterSet):
    """What an officer may ask of the interest board."""

    SORTS = {
        "jawaban": [F("answered_at").desc(nulls_last=True), F("rank").asc(nulls_last=True)],
        "urutan": [F("rank").asc(nulls_last=True)],
    }

    q = django_filters.CharFilter(label=_("Cari usaha"), method="find", max_length=100)
    jawaban = django_filters.ChoiceFilter(
        label=_("Keadaan"), method="in_state", choices=AnswerState.choices, empty_label=_("Semua keadaan")
    )
    menunggu = django_filters.ChoiceFilter(
        label=_("Menunggu jawaban"),
        method="awaiting",
        choices=[("kami", _("usaha daerah Anda")), ("mitra", _("usaha daerah mitra"))],
        empty_label=_("Siapa saja"),
    )
    lewat = django_filters.ChoiceFilter(
        label=_("Dijawab lewat"), method="through", choices=VIA_CHOICES[:2], empty_label=_("Cara apa saja")
    )
    urut = django_filters.ChoiceFilter(method="sort", choices=[(name, name) for name in SORTS])

    class Meta:
        model = Pair
        fields: list[str] = []

    def __init__(self, data: Any, queryset: PairQuerySet, *, region_id: int | None) -> None:
        super().__init__(data, queryset)
        self.region_id = region_id

    @property
    def qs(self) -> PairQuerySet:
        """The pairs asked for; the latest answers first unless another order is asked for."""
        rows = super().qs
        return rows if rows.query.order_by else rows.order_by(*self.SORTS["jawaban"], "pk")

    def find(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        return rows.filter(Q(business_a__name__icontains=value) | Q(business_b__name__icontains=value))

    def in_state(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        return rows.in_answer_state(value)

    def awaiting(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        own_a, own_b = Q(business_a__region=self.region_id), Q(business_b__region=self.region_id)
        if value == "mitra":
            own_a, own_b = ~own_a, ~own_b
        return rows.waiting().filter(Q(own_a, answer_a="") | Q(own_b, answer_b=""))

    def through(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        return rows.filter(Exists(Interest.objects.filter(pair=OuterRef("pk"), via=value)))

    def sort(self, rows: PairQuerySet, name: str, value: str) -> PairQuerySet:
        return rows.order_by(*self.SORTS[value], "pk")


def _all_of(sector: Category) -> str:
    return _("Semua %(sector)s") % {"sector": sector}
