"""Offers to supply: a business saw a need on the public board and says that it can supply it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import VIA_CHOICES
from matchmaking.models.pairs import Pair
from products.models import Business, Need, Product

WAITS = ["same_region", "no_contact", "taken_out", "hidden", "closed", "locked"]


class SupplyOfferQuerySet(models.QuerySet["SupplyOffer"]):
    """Offers for the two offices and for the supplier."""

    def visible_to(self, actor: Actor) -> SupplyOfferQuerySet:
        """Offers that the actor's business made, or that touch a business of the actor's region."""
        if actor.is_admin:
            return self
        if actor.business_id is not None:
            return self.filter(business_id=actor.business_id)
        if actor.region_id is not None:
            own = Q(business__region_id=actor.region_id) | Q(need__business__region_id=actor.region_id)
            return self.filter(own)
        return self.none()

    def waiting(self) -> SupplyOfferQuerySet:
        """Offers that are neither a pair nor closed with a reason."""
        return self.filter(pair=None, closed_reason="")

    def waiting_first(self) -> SupplyOfferQuerySet:
        """Those that wait, the oldest first, then the handled ones, the newest first."""
        is_waiting = Q(pair=None, closed_reason="")
        return self.order_by(
            models.Case(models.When(is_waiting, then=0), default=1),
            models.Case(models.When(is_waiting, then="created_at")),
            "-created_at",
            "-pk",
        )

    def with_sides(self) -> SupplyOfferQuerySet:
        """Add both businesses with their regions, and the pair with its contact."""
        return self.select_related(
            "business__region", "need__business__region", "need__unit", "pair__trade_contact"
        )


class SupplyOffer(models.Model):
    """What one business can supply for one need. It becomes a pair, or waits for the offices.

    ``waits_because`` says why it is no pair; it is empty exactly when there is one.
    """

    class Wait(models.TextChoices):
        SAME_REGION = "same_region", _("pembeli dan pemasok satu daerah")
        NO_CONTACT = "no_contact", _("belum ada kontak dagang yang diikuti kedua dinas")
        TAKEN_OUT = "taken_out", _("salah satu usaha dikeluarkan dari delegasinya")
        HIDDEN = "hidden", _("petugas menyembunyikan pasangan ini")
        CLOSED = "closed", _("pasangan kedua usaha ini sudah ditutup")
        LOCKED = "locked", _("jawaban kontak dagang mereka sudah dikunci")

    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, related_name="supply_offers", verbose_name=_("kebutuhan")
    )
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="supply_offers", verbose_name=_("pemasok")
    )
    products = models.ManyToManyField(
        Product, blank=True, related_name="supply_offers", verbose_name=_("produk")
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    pair = models.ForeignKey(
        Pair,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supply_offers",
        verbose_name=_("pasangan"),
    )
    waits_because = models.CharField(
        _("belum menjadi pasangan karena"), max_length=11, choices=Wait, default=Wait.NO_CONTACT, blank=True
    )
    closed_reason = models.CharField(_("alasan ditutup"), max_length=200, blank=True)
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("diterima"), default=timezone.now, editable=False)

    objects = SupplyOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("tawaran memasok")
        verbose_name_plural = _("tawaran memasok")
        constraints = [
            models.UniqueConstraint(fields=["need", "business"], name="supply_offer_once"),
            models.CheckConstraint(
                condition=Q(via__in=[value for value, _label in VIA_CHOICES]), name="supply_offer_via_known"
            ),
            models.CheckConstraint(
                condition=Q(pair__isnull=False, waits_because="", closed_reason="")
                | Q(pair=None, waits_because__in=WAITS),
                name="supply_offer_pair_or_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business} → {self.need} (#{self.pk})"

    @property
    def waits_because_words(self) -> str:
        """Why it waits, for both sides: whether one was taken out or not chosen, its own office knows."""
        if self.waits_because == self.Wait.TAKEN_OUT:
            return gettext("salah satu usaha belum termasuk delegasi dinasnya")
        return self.get_waits_because_display()

    @property
    def is_waiting(self) -> bool:
        return self.pair_id is None and not self.closed_reason
