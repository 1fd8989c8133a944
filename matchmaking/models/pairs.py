"""Pairs of businesses, and each side's answers."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, Via
from accounts.models import VIA_CHOICES
from matchmaking.models.contacts import TradeContact
from matchmaking.models.runs import ProposalRun
from matchmaking.models.steps import REASONS, STEPS, Reason, Step
from products.models import Business


class Answer(models.TextChoices):
    """One side's answer to a pair."""

    YES = "yes", _("Mau")
    NO = "no", _("Tidak")
    OTHER_TIME = "other_time", _("Jam lain")


class InterestReason(models.TextChoices):
    """Why a side says *Tidak* or *Jam lain*, in words an office can act on."""

    PRICE = "price", _("harga belum cocok")
    CAPACITY = "capacity", _("jumlahnya belum sanggup")
    HALAL = "halal", _("halal dahulu")
    PERMIT = "permit", _("izin lain belum ada")
    PACKAGING = "packaging", _("kemasan kurang")
    NO_FIT = "no_fit", _("produknya tidak cocok")
    HAS_PARTNER = "has_partner", _("sudah punya pemasok atau pembeli")
    FAR = "far", _("terlalu jauh atau ongkos kirim mahal")
    BUSY = "busy", _("waktunya tidak bisa")
    OTHER = "other", _("alasan lain")


INTEREST_REASONS = [
    "price",
    "capacity",
    "halal",
    "permit",
    "packaging",
    "no_fit",
    "has_partner",
    "far",
    "busy",
    "other",
]
ANSWERS = ["yes", "no", "other_time"]
ASKED_FOR = ["officer", "inquiry", "supply"]
"""Origins of pairs that somebody asked for; these stand on the list whatever the last run says."""


class AnswerState(models.TextChoices):
    """Where the two answers of a pair stand together. Every pair is in exactly one state."""

    BOTH_YES = "both_yes", _("keduanya mau")
    DECLINED = "declined", _("ada yang menolak")
    OTHER_TIME = "other_time", _("minta jam lain")
    ONE_YES = "one_yes", _("menunggu satu pihak")
    UNANSWERED = "unanswered", _("belum dijawab")


def _either(answer: Answer) -> Q:
    return Q(answer_a=answer) | Q(answer_b=answer)


ANSWER_STATE = Case(
    When(answer_a=Answer.YES, answer_b=Answer.YES, then=Value(AnswerState.BOTH_YES)),
    When(_either(Answer.NO), then=Value(AnswerState.DECLINED)),
    When(_either(Answer.OTHER_TIME), then=Value(AnswerState.OTHER_TIME)),
    When(_either(Answer.YES), then=Value(AnswerState.ONE_YES)),
    default=Value(AnswerState.UNANSWERED),
    output_field=models.CharField(),
)


class PairQuerySet(models.QuerySet["Pair"]):
    """Pairs by reader, state and subject."""

    def visible_to(self, actor: Actor) -> PairQuerySet:
        """Pairs of contacts of the actor's office; a link holder sees own pairs that are not hidden."""
        if actor.is_admin:
            return self
        if actor.business_id is not None:
            return self.of_holder(actor).shown()
        if actor.office_id is not None:
            return self.filter(trade_contact__delegations__office_id=actor.office_id)
        return self.none()

    def with_businesses(self) -> PairQuerySet:
        return self.select_related("trade_contact", "business_a__region", "business_b__region")

    def of_business(self, business_id: int) -> PairQuerySet:
        return self.filter(Q(business_a_id=business_id) | Q(business_b_id=business_id))

    def of_holder(self, actor: Actor) -> PairQuerySet:
        """Pairs of the link holder's business, in the one contact that the link was made for, if any."""
        pairs = self.of_business(actor.business_id or 0)
        if actor.trade_contact_id is None:
            return pairs
        return pairs.filter(trade_contact_id=actor.trade_contact_id)

    def shown(self) -> PairQuerySet:
        """Pairs that stand on the list: proposed now, asked for, answered, or on their way."""
        return self.filter(hidden_at=None).filter(
            Q(rank__isnull=False)
            | ~Q(answer_a="")
            | ~Q(answer_b="")
            | Q(origin__in=ASKED_FOR)
            | ~Q(step=Step.PROPOSED)
        )

    def current_or_agreed_on(self, day: date) -> PairQuerySet:
        """Pairs of contacts that are not over, and pairs on which both sides agreed."""
        is_current = Q(trade_contact__ends_on=None) | Q(trade_contact__ends_on__gte=day)
        return self.filter(is_current | Q(answer_a=Answer.YES, answer_b=Answer.YES))

    def mutual(self) -> PairQuerySet:
        return self.filter(answer_a=Answer.YES, answer_b=Answer.YES)

    def with_answer_state(self) -> PairQuerySet:
        """Annotate ``state``, the ``AnswerState`` that ``Pair.answer_state`` gives for one row."""
        return self.annotate(state=ANSWER_STATE)

    def in_answer_state(self, state: str) -> PairQuerySet:
        """Pairs whose answers stand together in this ``AnswerState``."""
        return self.annotate(state=ANSWER_STATE).filter(state=state)

    def count_by_state(self) -> dict[AnswerState, int]:
        """Return how many pairs are in each state, in the order of ``AnswerState``. Costs one query."""
        states = self.order_by().annotate(state=ANSWER_STATE).values_list("state")
        counts = dict(states.annotate(count=models.Count("pk")))
        return {state: counts.get(state, 0) for state in AnswerState}

    def waiting(self) -> PairQuerySet:
        """Pairs on the list to which a side owes an answer that it may still give and that still matters.

        It matters until somebody refuses, the pair goes on its way or is closed, or the answers are locked.
        ``Pair.waits_for`` says the same of one side of one row.
        """
        takes_answers = self.shown().filter(step=Step.PROPOSED, trade_contact__answers_locked_at=None)
        return takes_answers.exclude(_either(Answer.NO)).filter(Q(answer_a="") | Q(answer_b=""))

    def waiting_for(self, business_id: int | OuterRef) -> PairQuerySet:
        """Pairs that wait for the answer of this side."""
        own = Q(business_a_id=business_id, answer_a="") | Q(business_b_id=business_id, answer_b="")
        return self.waiting().filter(own)

    def asked_by_one_side_alone(self) -> PairQuerySet:
        """Pairs of an inquiry or an offer to supply that no office locked or hid and nobody else answered.

        An inquiry's sender answers by the public form, so any other answer is another's; an offer's
        supplier has always answered, so the other side has not while one answer is missing.
        """
        others = Interest.objects.filter(pair=OuterRef("pk")).exclude(via=Via.PUBLIC_FORM)
        of_inquiry = Q(~Exists(others), origin="inquiry")
        of_offer = Q(origin="supply") & (Q(answer_a="") | Q(answer_b=""))
        return self.filter(of_inquiry | of_offer, locked_at=None, hidden_at=None)

    def in_order_for(self, business_id: int) -> PairQuerySet:
        """As this business is shown them: by its own places in an open programme, else best first."""
        place = Case(When(business_a_id=business_id, then="place_a"), default="place_b")
        return self.order_by(place.asc(nulls_last=True), F("rank").asc(nulls_last=True), "pk")

    def in_order(self) -> PairQuerySet:
        """Best first, as the last run ranked them; pairs without a rank come last."""
        return self.order_by(F("rank").asc(nulls_last=True), "pk")


class Pair(models.Model):
    """Two businesses of different regions proposed to each other, with reasons.

    ``business_a`` is the one with the smaller id, so a pair exists once per trade contact. A trigger
    keeps the two regions different. ``answer_a`` and ``answer_b`` repeat the latest ``Interest`` of
    each side; only ``interest.record_answer`` writes them, under a lock of this row. ``step`` repeats the
    latest ``PairStep``, only ``path`` writes it, under the same lock; ``step_at`` is empty before the first.
    ``score`` and every fit lie from 0.0 to 1.0. ``place_a`` and ``place_b`` are set in an open programme
    without a day: in which place each side is shown the other (``engine.fair_order``).
    """

    class Origin(models.TextChoices):
        PROPOSED = "proposed", _("diusulkan portal")
        OFFICER = "officer", _("ditambahkan petugas")
        INQUIRY = "inquiry", _("dari pernyataan minat")
        SUPPLY = "supply", _("dari tawaran memasok")

    trade_contact = models.ForeignKey(
        TradeContact, on_delete=models.CASCADE, related_name="pairs", verbose_name=_("kontak dagang")
    )
    business_a = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="pairs_as_a", verbose_name=_("pelaku usaha A")
    )
    business_b = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="pairs_as_b", verbose_name=_("pelaku usaha B")
    )
    origin = models.CharField(_("asal"), max_length=8, choices=Origin, default=Origin.PROPOSED)
    run = models.ForeignKey(
        ProposalRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="pairs"
    )
    rank = models.PositiveIntegerField(_("urutan"), null=True, blank=True)
    place_a = models.PositiveIntegerField(_("urutan tampil bagi A"), null=True, blank=True)
    place_b = models.PositiveIntegerField(_("urutan tampil bagi B"), null=True, blank=True)
    score = models.FloatField(_("kecocokan"), null=True, blank=True)
    score_parts = models.JSONField(_("bagian kecocokan"), default=dict, blank=True)
    trades = models.JSONField(_("perdagangan"), default=list, blank=True)
    reasons = models.JSONField(_("alasan"), default=list, blank=True)
    unmet = models.JSONField(_("belum terpenuhi"), default=list, blank=True)
    answer_a = models.CharField(_("jawaban A"), max_length=10, choices=Answer, blank=True)
    answer_b = models.CharField(_("jawaban B"), max_length=10, choices=Answer, blank=True)
    locked_at = models.DateTimeField(_("dikunci"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("disembunyikan"), null=True, blank=True)
    step = models.CharField(_("langkah"), max_length=9, choices=Step, default=Step.PROPOSED)
    step_at = models.DateTimeField(_("langkah terakhir"), null=True, blank=True)
    closed_reason = models.CharField(_("alasan ditutup"), max_length=13, choices=Reason, blank=True)
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="continuations",
        verbose_name=_("lanjutan dari"),
    )
    staff_reason = models.CharField(_("alasan petugas"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pasangan usaha")
        verbose_name_plural = _("pasangan usaha")
        constraints = [
            models.CheckConstraint(
                condition=Q(business_a__lt=F("business_b")), name="pair_two_businesses_in_order"
            ),
            models.UniqueConstraint(
                fields=["trade_contact", "business_a", "business_b"], name="pair_unique_per_contact"
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="pair_score_in_range"),
            models.CheckConstraint(
                condition=Q(origin__in=["proposed", *ASKED_FOR]), name="pair_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(answer_a__in=["", *ANSWERS], answer_b__in=["", *ANSWERS]),
                name="pair_answers_known",
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None) | Q(hidden_at=None), name="pair_not_locked_and_hidden"
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None) | ~Q(staff_reason=""),
                name="pair_hidden_has_reason",
                violation_error_message=_("Tulis alasan menyembunyikan pasangan ini."),
            ),
            models.CheckConstraint(condition=Q(step__in=STEPS), name="pair_at_known_step"),
            models.CheckConstraint(
                condition=Q(step="closed", closed_reason__in=REASONS)
                | (~Q(step="closed") & Q(closed_reason="")),
                name="pair_reason_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(step="proposed") | Q(step_at__isnull=False), name="pair_step_has_time"
            ),
            models.UniqueConstraint(fields=["continues"], name="pair_continued_once"),
            models.CheckConstraint(
                condition=Q(continues=None) | ~Q(continues=F("pk")), name="pair_continues_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_a} – {self.business_b} (#{self.pk})"

    @property
    def is_mutual(self) -> bool:
        """True when both sides said yes; only then contact details open."""
        return self.answer_a == Answer.YES and self.answer_b == Answer.YES

    @property
    def answer_state(self) -> AnswerState:
        """Where the two answers stand together, as ``PairQuerySet.with_answer_state`` annotates it."""
        answers = {self.answer_a, self.answer_b}
        if self.is_mutual:
            return AnswerState.BOTH_YES
        if Answer.NO in answers:
            return AnswerState.DECLINED
        if Answer.OTHER_TIME in answers:
            return AnswerState.OTHER_TIME
        return AnswerState.ONE_YES if Answer.YES in answers else AnswerState.UNANSWERED

    def has_side(self, business_id: int) -> bool:
        return business_id in {self.business_a_id, self.business_b_id}

    @property
    def takes_answers(self) -> bool:
        """True while a side may answer or change its mind. Reads the trade contact."""
        is_over = self.hidden_at is not None or self.step == Step.CLOSED
        return not is_over and self.trade_contact.answers_locked_at is None

    def waits_for(self, business_id: int) -> bool:
        """True while this side should answer: what ``PairQuerySet.waiting_for`` finds, of a listed pair."""
        is_wanted = self.step == Step.PROPOSED and Answer.NO not in {self.answer_a, self.answer_b}
        return is_wanted and not self.answer_of(business_id) and self.takes_answers

    def answer_of(self, business_id: int) -> str:
        """Return the latest answer of one side, ``""`` while it has none."""
        return self.answer_a if business_id == self.business_a_id else self.answer_b

    def partner_of(self, business_id: int) -> Business:
        return self.business_b if business_id == self.business_a_id else self.business_a


class InterestQuerySet(models.QuerySet["Interest"]):
    """Answers, of which the last one of a side counts."""

    def latest_of(self, business_id: int) -> Interest | None:
        """Return the answer of one side that counts now."""
        return self.filter(business_id=business_id).order_by("-pk").first()

    def latest_per_side(self) -> InterestQuerySet:
        """The answers that count now, one per pair and side."""
        return self.order_by("pair", "business", "-pk").distinct("pair", "business")


class Interest(models.Model):
    """One side's answer to a pair. Rows are only added (a trigger refuses the rest); the last one counts."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="interests")
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="interests", verbose_name=_("pelaku usaha")
    )
    answer = models.CharField(_("jawaban"), max_length=10, choices=Answer)
    reason = models.CharField(_("alasan"), max_length=11, choices=InterestReason, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("waktu"), default=timezone.now)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("minat")
        verbose_name_plural = _("minat")
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=ANSWERS), name="interest_answer_known"),
            models.CheckConstraint(
                condition=Q(reason="") | (Q(reason__in=INTEREST_REASONS) & ~Q(answer="yes")),
                name="interest_reason_known_and_not_of_yes",
            ),
            models.CheckConstraint(
                condition=Q(via__in=[via.value for via in Via]), name="interest_via_known"
            ),
        ]
        indexes = [models.Index(fields=["pair", "business", "at"], name="interest_latest")]

    def __str__(self) -> str:
        return f"{self.business}: {self.get_answer_display()} (#{self.pk})"
