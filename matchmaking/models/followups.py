"""Questions that follow a pair: a week, a month, a quarter and half a year after it met or agreed."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor, Via
from accounts.models import VIA_CHOICES
from matchmaking.models.pairs import Pair
from matchmaking.models.steps import REASONS, Reason, Step
from outbox.models import Message
from products.models import Business

DAYS = [7, 30, 90, 180]
"""How many days after the contact each question is asked."""


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Questions by reader and state."""

    def visible_to(self, actor: Actor) -> FollowUpQuerySet:
        """Questions to businesses of the actor's own office; an admin sees every one, others none."""
        if actor.is_admin:
            return self
        return self.filter(asked__office=actor.office_id) if actor.office_id is not None else self.none()

    def open(self) -> FollowUpQuerySet:
        """Questions that wait for an answer and still make sense: their pair goes on here, and is shown."""
        ended = [Step.PROPOSED, Step.CLOSED]
        waiting = self.filter(answered_at=None, pair__hidden_at=None, pair__continuations=None)
        return waiting.exclude(pair__step__in=ended)

    def come_by(self, day: date) -> FollowUpQuerySet:
        """Open questions whose day has come; of one side the latest."""
        later = FollowUp.objects.filter(
            pair=models.OuterRef("pair"), asked=models.OuterRef("asked"), days__gt=models.OuterRef("days")
        )
        overtaken = models.Exists(later.filter(due_on__lte=day))
        return self.open().filter(~overtaken, due_on__lte=day)

    def due_on(self, day: date) -> FollowUpQuerySet:
        """Open questions whose day has come and that nobody has put on their way; of one side the latest."""
        return self.come_by(day).filter(sent_at=None)

    def with_parts(self) -> FollowUpQuerySet:
        """With everything a line about a question names."""
        return self.select_related(
            "asked__region", "message", "pair__trade_contact", "pair__business_a", "pair__business_b"
        )


class FollowUp(models.Model):
    """One question to one side of a pair: does it go on, was there an order, has it stopped and why.

    ``sent_at`` is when the question was put on its way: into the outbox, and then ``message`` tells whether
    it went out, or by an officer into WhatsApp, of which nobody tells the portal more. Both stay empty when
    an officer asked by phone. Only ``followups`` writes these rows.
    """

    class Answer(models.TextChoices):
        STILL = "still", _("masih jalan")
        ORDERED = "ordered", _("ada pesanan")
        STOPPED = "stopped", _("berhenti")

    pair = models.ForeignKey(
        Pair, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("pasangan")
    )
    asked = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("yang ditanya")
    )
    days = models.PositiveSmallIntegerField(_("hari ke"))
    due_on = models.DateField(_("tenggat"))
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )
    sent_at = models.DateTimeField(_("disiapkan"), null=True, blank=True)
    answered_at = models.DateTimeField(_("dijawab"), null=True, blank=True)
    answer = models.CharField(_("jawaban"), max_length=7, choices=Answer, blank=True)
    reason = models.CharField(_("alasan"), max_length=13, choices=Reason, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("tindak lanjut")
        verbose_name_plural = _("tindak lanjut")
        constraints = [
            models.UniqueConstraint(fields=["pair", "asked", "days"], name="follow_up_once"),
            models.CheckConstraint(condition=Q(days__in=DAYS), name="follow_up_days_known"),
            models.CheckConstraint(
                condition=Q(message=None) | Q(sent_at__isnull=False), name="follow_up_message_is_sent"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, via="", note="", recorded_by=None)
                | Q(
                    answer__in=["still", "ordered", "stopped"],
                    answered_at__isnull=False,
                    via__in=[via.value for via in Via],
                ),
                name="follow_up_answer_known",
            ),
            models.CheckConstraint(
                condition=Q(answer="stopped", reason__in=REASONS) | (~Q(answer="stopped") & Q(reason="")),
                name="follow_up_reason_when_stopped",
                violation_error_message=_("Pilih mengapa pasangan ini berhenti."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(answered_at=None), name="follow_up_waiting")
        ]

    def __str__(self) -> str:
        return f"H+{self.days} #{self.pk}"

    @property
    def partner(self) -> Business:
        """The other side of the pair; ``pair`` must carry its businesses."""
        return self.pair.partner_of(self.asked_id)
