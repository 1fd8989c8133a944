"""Commitments of a pair, rung by rung, what each side says to them, and links that ask one question."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, Via
from accounts.models import VIA_CHOICES
from matchmaking.models.followups import FollowUp
from matchmaking.models.pairs import Pair
from products.models import Business, Category, EvidenceFile, Unit

VIA_KNOWN = Q(via__in=[via.value for via in Via])


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments by reader and state. No method adds amounts up: rungs are told apart first."""

    def visible_to(self, actor: Actor) -> CommitmentQuerySet:
        """Commitments of pairs that the actor may see, withdrawn ones too."""
        return self.filter(pair__in=Pair.objects.visible_to(actor))

    def live(self) -> CommitmentQuerySet:
        """Commitments that count: those that nobody has withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_parts(self) -> CommitmentQuerySet:
        """With everything a line about a commitment names."""
        sides = self.select_related("seller__office", "buyer__office", "recorded_for")
        return sides.select_related("unit", "evidence", "recorded_by")


class Commitment(models.Model):
    """One rung of a deal between the two businesses of a pair. Rungs are never added together.

    Nothing in a row changes (a trigger refuses it) except that it may be withdrawn once, with a reason; a
    corrected one is a new row. Amounts are whole rupiah. Of a consignment, the order is the value of the
    goods handed over, to be settled within ``settlement_days``; a realised row is what was sold and paid,
    and ``unsold_rupiah`` what was left over then and counts nowhere.
    """

    class Level(models.TextChoices):
        POTENTIAL = "potential", _("Potensi")
        LOI = "loi", _("LoI")
        ORDER = "order", _("Pesanan (PO)")
        REALISED = "realised", _("Realisasi")

    class Kind(models.TextChoices):
        SALE = "sale", _("jual putus")
        CONSIGNMENT = "consignment", _("titip jual")

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="commitments")
    level = models.CharField(_("tingkat"), max_length=9, choices=Level)
    kind = models.CharField(_("jenis"), max_length=11, choices=Kind, default=Kind.SALE)
    seller = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="sales", verbose_name=_("penjual")
    )
    buyer = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="purchases", verbose_name=_("pembeli")
    )
    goods = models.CharField(_("barang"), max_length=160)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("kategori"),
    )
    quantity = models.PositiveIntegerField(_("jumlah"), null=True, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("satuan")
    )
    amount_rupiah = models.PositiveBigIntegerField(_("nilai (Rp)"))
    agreed_on = models.DateField(_("tanggal"))
    due_on = models.DateField(_("jatuh tempo"), null=True, blank=True)
    settlement_days = models.PositiveSmallIntegerField(_("dibayar dalam (hari)"), null=True, blank=True)
    unsold_rupiah = models.PositiveBigIntegerField(_("tidak laku (Rp)"), null=True, blank=True)
    document = models.CharField(_("nomor dokumen"), max_length=80, blank=True)
    evidence = models.ForeignKey(
        EvidenceFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("berkas bukti"),
    )
    grew_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grown",
        verbose_name=_("tumbuh dari"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_for = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="+", verbose_name=_("dicatat untuk")
    )
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES)
    recorded_at = models.DateTimeField(_("dicatat"))
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("alasan ditarik"), max_length=200, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("komitmen")
        verbose_name_plural = _("komitmen")
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["potential", "loi", "order", "realised"]),
                name="commitment_level_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["sale", "consignment"]), name="commitment_kind_known"
            ),
            models.CheckConstraint(condition=~Q(seller=F("buyer")), name="commitment_two_sides"),
            models.CheckConstraint(
                condition=Q(recorded_for=F("seller")) | Q(recorded_for=F("buyer")),
                name="commitment_recorded_for_a_side",
            ),
            models.CheckConstraint(condition=Q(amount_rupiah__gt=0), name="commitment_amount_positive"),
            models.CheckConstraint(condition=~Q(goods=""), name="commitment_names_goods"),
            models.CheckConstraint(
                condition=Q(quantity=None, unit=None)
                | Q(quantity__isnull=False, quantity__gt=0, unit__isnull=False),
                name="commitment_quantity_has_unit",
                violation_error_message=_("Isi jumlah dan satuannya bersama-sama, atau kosongkan keduanya."),
            ),
            models.CheckConstraint(
                condition=~Q(level="realised") | Q(evidence__isnull=False),
                name="commitment_realised_has_evidence",
                violation_error_message=_("Realisasi memerlukan bukti, mis. foto kuitansi."),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("agreed_on")), name="commitment_due_after_agreed"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="consignment", level="order", settlement_days__isnull=False, settlement_days__gt=0
                )
                | (~Q(kind="consignment", level="order") & Q(settlement_days=None)),
                name="commitment_settlement_of_consignment",
                violation_error_message=_("Isi dalam berapa hari titipan ini dibayar."),
            ),
            models.CheckConstraint(
                condition=Q(kind="consignment", level="realised", unsold_rupiah__isnull=False)
                | (~Q(kind="consignment", level="realised") & Q(unsold_rupiah=None)),
                name="commitment_unsold_of_consignment",
                violation_error_message=_("Isi nilai barang yang tidak laku; tulis 0 bila habis terjual."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="consignment") | Q(level__in=["order", "realised"]),
                name="commitment_consignment_is_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="commitment_withdrawn_says_why",
                violation_error_message=_("Tulis mengapa catatan ini ditarik."),
            ),
            models.CheckConstraint(condition=VIA_KNOWN, name="commitment_via_known"),
            models.UniqueConstraint(
                fields=[
                    *["pair", "seller", "level", "kind", "amount_rupiah", "agreed_on", "goods"],
                    *["grew_from", "document"],
                ],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="commitment_recorded_once",
            ),
        ]
        indexes = [models.Index(fields=["pair", "agreed_on"], name="commitment_of_pair")]

    def __str__(self) -> str:
        return f"{self.get_level_display()} Rp{self.amount_rupiah} (#{self.pk})"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def has_side(self, business_id: int) -> bool:
        return business_id in {self.seller_id, self.buyer_id}

    def other_side_of(self, business_id: int) -> Business:
        """The partner of one side; seller and buyer must be loaded."""
        return self.buyer if business_id == self.seller_id else self.seller


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """What sides said to commitments; the last one of a side counts."""

    def latest_per_side(self) -> ConfirmationQuerySet:
        """The confirmations that count now, one per commitment and side."""
        return self.order_by("commitment", "business", "-pk").distinct("commitment", "business")


class Confirmation(models.Model):
    """One side's word on a commitment. Rows are only added (a trigger refuses the rest); the last counts.

    ``without_office`` answers how much of it would have happened without the office's help.
    """

    class Answer(models.TextChoices):
        AGREE = "agree", _("Setuju")
        OTHER_AMOUNT = "other_amount", _("Setuju, nilainya lain")
        DISPUTE = "dispute", _("Tidak benar")

    class Band(models.TextChoices):
        NONE = "none", _("tidak ada")
        SOME = "some", _("sebagian kecil")
        MOST = "most", _("sebagian besar")
        ALL = "all", _("semuanya")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="confirmations")
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="confirmations", verbose_name=_("pelaku usaha")
    )
    answer = models.CharField(_("jawaban"), max_length=12, choices=Answer)
    amount_rupiah = models.PositiveBigIntegerField(_("nilai menurutnya (Rp)"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    without_office = models.CharField(_("tanpa bantuan dinas"), max_length=4, choices=Band, blank=True)
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES)
    at = models.DateTimeField(_("waktu"))

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("konfirmasi komitmen")
        verbose_name_plural = _("konfirmasi komitmen")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["agree", "other_amount", "dispute"]), name="confirmation_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="other_amount", amount_rupiah__isnull=False, amount_rupiah__gt=0)
                | (~Q(answer="other_amount") & Q(amount_rupiah=None)),
                name="confirmation_amount_when_other",
                violation_error_message=_("Isi nilai yang benar menurut Anda."),
            ),
            models.CheckConstraint(
                condition=~Q(answer="dispute") | ~Q(note=""),
                name="confirmation_dispute_says_why",
                violation_error_message=_("Tulis apa yang tidak benar."),
            ),
            models.CheckConstraint(
                condition=Q(without_office__in=["", "none", "some", "most", "all"]),
                name="confirmation_band_known",
            ),
            models.CheckConstraint(condition=VIA_KNOWN, name="confirmation_via_known"),
        ]
        indexes = [models.Index(fields=["commitment", "business", "-id"], name="confirmation_latest")]

    def __str__(self) -> str:
        return f"{self.business}: {self.get_answer_display()} (#{self.pk})"


class AskLinkQuerySet(models.QuerySet["AskLink"]):
    """Links that still open."""

    def live(self, now: datetime) -> AskLinkQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=now)


class AskLink(models.Model):
    """A link that asks one business one question, without an account. Only a hash of its token is stored.

    Each purpose has the one row that it asks about, and opens nothing else.
    """

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("konfirmasi komitmen")
        FOLLOW_UP = "follow_up", _("tindak lanjut")

    purpose = models.CharField(_("untuk"), max_length=9, choices=Purpose)
    business = models.ForeignKey(
        Business, on_delete=models.CASCADE, related_name="ask_links", verbose_name=_("pelaku usaha")
    )
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="ask_links",
        verbose_name=_("komitmen"),
    )
    follow_up = models.ForeignKey(
        FollowUp,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="ask_links",
        verbose_name=_("tindak lanjut"),
    )
    token_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    objects = AskLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tautan satu pertanyaan")
        verbose_name_plural = _("tautan satu pertanyaan")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="ask_link_token_unique"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="ask_link_expires_after_creation"
            ),
            models.CheckConstraint(
                condition=Q(purpose="confirm", commitment__isnull=False, follow_up=None)
                | Q(purpose="follow_up", commitment=None, follow_up__isnull=False),
                name="ask_link_asks_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"tautan {self.get_purpose_display()} #{self.pk}"
