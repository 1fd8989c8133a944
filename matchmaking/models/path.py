"""What happened to a pair after the answers: steps, samples, quotes, and what an office must do."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, Via
from accounts.models import VIA_CHOICES
from matchmaking.models.contacts import TradeContact
from matchmaking.models.pairs import Pair
from matchmaking.models.steps import ACTIONABLE, MONEY_STEPS, REASONS, STEPS, Reason, Step
from products.models import Business, EvidenceFile, Need, Unit
from regions.models import Office

VIA_KNOWN = Q(via__in=[via.value for via in Via])


class PairStep(models.Model):
    """One step that a pair took. Rows are only added (a trigger refuses the rest); ``Pair.step`` is the last.

    ``document`` is the number of a letter, an order or a receipt; ``evidence`` its photo or PDF.
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="steps")
    from_step = models.CharField(_("dari"), max_length=9, choices=Step)
    to_step = models.CharField(_("menjadi"), max_length=9, choices=Step)
    reason = models.CharField(_("alasan"), max_length=13, choices=Reason, blank=True)
    document = models.CharField(_("nomor dokumen"), max_length=80, blank=True)
    evidence = models.ForeignKey(
        EvidenceFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pair_steps",
        verbose_name=_("berkas bukti"),
    )
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("oleh")
    )
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("waktu"))

    class Meta:
        verbose_name = _("langkah pasangan")
        verbose_name_plural = _("langkah pasangan")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_step__in=STEPS, to_step__in=STEPS), name="pair_step_known"
            ),
            models.CheckConstraint(
                condition=~Q(from_step=F("to_step")) | Q(to_step="repeat"), name="pair_step_moves"
            ),
            models.CheckConstraint(
                condition=~Q(to_step__in=MONEY_STEPS) | ~Q(document="") | Q(evidence__isnull=False),
                name="pair_step_money_has_evidence",
                violation_error_message=_("Isi nomor dokumennya atau lampirkan fotonya."),
            ),
            models.CheckConstraint(
                condition=Q(to_step="closed", reason__in=REASONS) | (~Q(to_step="closed") & Q(reason="")),
                name="pair_step_reason_when_closed",
            ),
            models.CheckConstraint(condition=VIA_KNOWN, name="pair_step_via_known"),
        ]
        indexes = [models.Index(fields=["pair", "-id"], name="pair_step_latest")]

    def __str__(self) -> str:
        return f"{self.get_from_step_display()} → {self.get_to_step_display()} (#{self.pk})"


class Sample(models.Model):
    """A sample that one side of a pair sends to the other: asked for, sent, received, judged."""

    class Payer(models.TextChoices):
        SENDER = "sender", _("pengirim")
        RECEIVER = "receiver", _("penerima")
        SHARED = "shared", _("dibagi dua")
        OFFICE = "office", _("dinas")

    class Verdict(models.TextChoices):
        GOOD = "good", _("cocok")
        CHANGE = "change", _("perlu perbaikan")
        REFUSED = "refused", _("tidak cocok")

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="samples")
    number = models.PositiveSmallIntegerField(_("contoh ke"))
    sender = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="samples_sent", verbose_name=_("pengirim")
    )
    what = models.CharField(_("contoh apa"), max_length=160)
    payer = models.CharField(_("biaya ditanggung"), max_length=8, choices=Payer)
    sent_on = models.DateField(_("dikirim"), null=True, blank=True)
    received_on = models.DateField(_("diterima"), null=True, blank=True)
    judged_on = models.DateField(_("dinilai"), null=True, blank=True)
    verdict = models.CharField(_("penilaian"), max_length=7, choices=Verdict, blank=True)
    lacking = models.CharField(_("yang kurang"), max_length=13, choices=Reason, blank=True)
    verdict_note = models.CharField(_("catatan penilaian"), max_length=300, blank=True)
    photo = models.ForeignKey(
        EvidenceFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="samples",
        verbose_name=_("foto"),
    )
    created_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contoh produk")
        verbose_name_plural = _("contoh produk")
        constraints = [
            models.UniqueConstraint(fields=["pair", "number"], name="sample_number_once"),
            models.UniqueConstraint(
                fields=["pair", "sender"], condition=Q(judged_on=None), name="sample_one_open"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="sample_number_positive"),
            models.CheckConstraint(
                condition=Q(payer__in=["sender", "receiver", "shared", "office"]), name="sample_payer_known"
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(sent_on__isnull=False, received_on__gte=F("sent_on")),
                name="sample_received_after_sent",
                violation_error_message=_("Tanggal diterima tidak boleh sebelum tanggal dikirim."),
            ),
            models.CheckConstraint(
                condition=Q(judged_on=None) | Q(received_on__isnull=False, judged_on__gte=F("received_on")),
                name="sample_judged_after_received",
                violation_error_message=_("Tanggal dinilai tidak boleh sebelum tanggal diterima."),
            ),
            models.CheckConstraint(
                condition=Q(judged_on=None, verdict="", lacking="")
                | Q(judged_on__isnull=False, verdict="good", lacking="")
                | Q(judged_on__isnull=False, verdict__in=["change", "refused"], lacking__in=REASONS),
                name="sample_verdict_when_judged",
                violation_error_message=_("Pilih apa yang kurang dari contoh ini."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} (#{self.pk})"

    @property
    def receiver(self) -> Business:
        """The side that judges it; ``pair`` must carry its businesses."""
        return self.pair.partner_of(self.sender_id)


class QuoteRequest(models.Model):
    """A buyer of one trade contact asks its partners what something costs; it closes by count or date."""

    trade_contact = models.ForeignKey(
        TradeContact, on_delete=models.PROTECT, related_name="quote_requests", verbose_name=_("kontak dagang")
    )
    buyer = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="quote_requests", verbose_name=_("pembeli")
    )
    need = models.ForeignKey(
        Need,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quote_requests",
        verbose_name=_("kebutuhan"),
    )
    what = models.CharField(_("yang diminta"), max_length=200)
    closes_on = models.DateField(_("ditutup tanggal"), null=True, blank=True)
    closes_at_count = models.PositiveSmallIntegerField(_("ditutup setelah"), null=True, blank=True)
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(_("dibuka"))

    class Meta:
        verbose_name = _("permintaan penawaran")
        verbose_name_plural = _("permintaan penawaran")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__isnull=False) | Q(closes_at_count__isnull=False),
                name="quote_request_has_end",
                violation_error_message=_("Isi tanggal tutup, atau setelah berapa penawaran."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at_count=None) | Q(closes_at_count__gt=0),
                name="quote_request_count_positive",
            ),
            models.UniqueConstraint(
                fields=["trade_contact", "buyer", "what"],
                condition=Q(closed_at=None),
                name="quote_request_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} (#{self.pk})"

    def is_open_on(self, day: date) -> bool:
        """Return whether a quote may still come in: not closed by hand or count, and not past its day."""
        return self.closed_at is None and (self.closes_on is None or day <= self.closes_on)


class QuoteQuerySet(models.QuerySet["Quote"]):
    """Quotes by reader: a seller must not read what another seller asks."""

    def visible_to(self, actor: Actor) -> QuoteQuerySet:
        """All for the buyer and its office, the own ones for a seller and its office."""
        if actor.is_admin:
            return self
        if actor.business_id is not None:
            return self.filter(Q(seller=actor.business_id) | Q(request__buyer=actor.business_id))
        if actor.region_id is not None:
            region = actor.region_id
            return self.filter(Q(seller__region=region) | Q(request__buyer__region=region))
        return self.none()


class Quote(models.Model):
    """What one seller asks, as a column beside those of the others. Whole rupiah for one unit."""

    request = models.ForeignKey(QuoteRequest, on_delete=models.PROTECT, related_name="quotes")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="quotes")
    seller = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="quotes", verbose_name=_("penjual")
    )
    price_rupiah = models.PositiveBigIntegerField(_("harga per satuan (Rp)"))
    quantity = models.PositiveIntegerField(_("jumlah"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("satuan"))
    lead_time_days = models.PositiveSmallIntegerField(_("siap dalam (hari kerja)"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    terms = models.CharField(_("syarat"), max_length=300, blank=True)
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("waktu"))

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("penawaran harga")
        verbose_name_plural = _("penawaran harga")
        constraints = [
            models.UniqueConstraint(fields=["request", "pair"], name="quote_once_per_pair"),
            models.CheckConstraint(condition=Q(price_rupiah__gt=0), name="quote_price_positive"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="quote_quantity_positive"),
            models.CheckConstraint(condition=VIA_KNOWN, name="quote_via_known"),
        ]

    def __str__(self) -> str:
        return f"{self.seller}: Rp{self.price_rupiah} (#{self.pk})"

    @property
    def total_rupiah(self) -> int:
        return self.price_rupiah * self.quantity


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks by reader and state."""

    def visible_to(self, actor: Actor) -> TaskQuerySet:
        """Tasks of the actor's own office; an admin sees every one, a link holder none."""
        if actor.is_admin:
            return self
        return self.filter(office=actor.office_id) if actor.office_id is not None else self.none()

    def undone(self) -> TaskQuerySet:
        return self.filter(done_at=None)


class Task(models.Model):
    """What an office must do so that a business is ready next time, with an owner and a due date.

    ``moved_at`` is when its day was last moved, empty when it never was.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("dinas")
    )
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("pelaku usaha")
    )
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("pasangan"))
    reason = models.CharField(_("alasan"), max_length=13, choices=Reason)
    title = models.CharField(_("tugas"), max_length=160)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("penanggung jawab"),
    )
    due_on = models.DateField(_("tenggat"))
    moved_at = models.DateTimeField(_("tenggat diubah"), null=True, blank=True, editable=False)
    done_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    done_note = models.CharField(_("hasil"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("tugas dinas")
        verbose_name_plural = _("tugas dinas")
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "business", "reason"], condition=Q(done_at=None), name="task_one_undone"
            ),
            models.CheckConstraint(condition=Q(reason__in=ACTIONABLE), name="task_reason_actionable"),
            models.CheckConstraint(
                condition=Q(done_at=None) | ~Q(done_note=""),
                name="task_done_says_how",
                violation_error_message=_("Tulis apa yang sudah dikerjakan, mis. nomor sertifikat halal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (#{self.pk})"
