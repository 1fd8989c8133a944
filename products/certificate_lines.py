"""Certificates as their office and their owner see them: with doubts, days left and the private file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.actors import Actor
from products.identifiers import Written, doubts_about
from products.models import Business, Certificate
from products.showcase import TAGS
from tradecontact.templatetags.tradecontact_tags import tanggal

SOON_DAYS = 60  # days before its date from which a certificate is pointed out
State = Certificate.State


@dataclass(frozen=True)
class CertificateLine:
    """One certificate as it stands today; ``doubts`` and ``warning`` are sentences."""

    certificate: Certificate
    state: str
    tag: str
    doubts: list[str]
    warning: str


def certificate_lines(certificates: Iterable[Certificate], today: date) -> list[CertificateLine]:
    """Return certificates with what is odd about them; rows come from ``own_certificates``."""
    return [_line(row, today) for row in certificates]


def own_certificates(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates the actor may change, with all that a line shows."""
    own = Certificate.objects.filter(business__in=Business.objects.editable_by(actor))
    return own.select_related("business__region", "product", "evidence", "checked_by")


def certificates_of(actor: Actor, business: Business) -> QuerySet[Certificate]:
    """Return those of one business: its own first, then those of its products."""
    return own_certificates(actor).filter(business=business).order_by("product__name", "kind", "pk")


def get_certificate(actor: Actor, business_id: int, certificate_id: int) -> Certificate:
    """Return a certificate of this business, for somebody who may change it."""
    return get_object_or_404(own_certificates(actor), business_id=business_id, pk=certificate_id)


def expiring(actor: Actor, today: date) -> QuerySet[Certificate]:
    """Return certificates whose date has come or comes within ``SOON_DAYS``, the first one first."""
    until = today + timedelta(days=SOON_DAYS)
    rows = own_certificates(actor).exclude(state=State.IN_PROCESS).filter(valid_until__lte=until)
    return rows.order_by("valid_until", "pk")


def count_expiring(actor: Actor, today: date) -> int:
    """Return how many certificates run out within ``SOON_DAYS``; those that have are not counted."""
    return expiring(actor, today).filter(valid_until__gte=today).count()


def expiry_warning(certificate: Certificate, today: date) -> str:
    """Return a sentence when the certificate runs out soon or has, else nothing."""
    until = certificate.valid_until
    if until is None or certificate.state == State.IN_PROCESS or (until - today).days > SOON_DAYS:
        return ""
    days = (until - today).days
    if days < 0:
        return _("Kedaluwarsa sejak %(day)s. Tulis nomor dan tanggal yang baru.") % {"day": tanggal(until)}
    if days == 0:
        return _("Segera kedaluwarsa: hari ini hari terakhirnya.")
    return ngettext(
        "Segera kedaluwarsa: %(days)d hari lagi.", "Segera kedaluwarsa: %(days)d hari lagi.", days
    ) % {"days": days}


class CertificateFilter(django_filters.FilterSet):
    """What an officer may ask of the certificates of the region; an unknown value filters nothing."""

    keadaan = django_filters.ChoiceFilter(
        label=gettext_lazy("Keadaan"),
        method="in_state",
        empty_label=gettext_lazy("Semua sertifikat"),
        choices=[
            ("periksa", gettext_lazy("perlu diperiksa")),
            ("segera", gettext_lazy("segera kedaluwarsa")),
            ("lewat", gettext_lazy("kedaluwarsa")),
            ("proses", gettext_lazy("sedang diurus")),
        ],
    )
    q = django_filters.CharFilter(label=gettext_lazy("Cari usaha atau nomor"), method="find", max_length=100)

    class Meta:
        model = Certificate
        fields: list[str] = []

    def __init__(self, data: object, *, queryset: QuerySet, today: date) -> None:
        super().__init__(data, queryset=queryset)
        self._today = today

    @property
    def qs(self) -> QuerySet[Certificate]:
        return super().qs.order_by("valid_until", "business__name", "pk")

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        today = self._today
        is_over = Q(valid_until__lt=today)
        wanted = {
            "periksa": Q(state=State.UNCHECKED) & ~Q(number="") & (Q(valid_until=None) | ~is_over),
            "segera": Q(valid_until__range=(today, today + timedelta(days=SOON_DAYS)))
            & ~Q(state=State.IN_PROCESS),
            "lewat": is_over | Q(state=State.EXPIRED),
            "proses": Q(state=State.IN_PROCESS),
        }
        return rows.filter(wanted[value])

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(business__name__icontains=value) | Q(number__icontains=value))


def _line(row: Certificate, today: date) -> CertificateLine:
    state = row.state_on(today)
    written = Written(
        kind=row.kind,
        number=row.number,
        valid_until=row.valid_until,
        region_code=row.business.region.code,
    )
    doubts = doubts_about(written)
    if not row.number and row.state != State.IN_PROCESS:
        doubts = [_("Nomornya belum ditulis.")]
    return CertificateLine(row, str(state.label), TAGS[state], doubts, expiry_warning(row, today))
