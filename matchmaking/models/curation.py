"""Curation of a delegation: who applied, who scored what, what was decided, and what changed afterwards.

An ``Application`` stands before a ``Participation``: whoever applies is not matched until chosen.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Via
from accounts.models import Consent
from matchmaking.models.contacts import Delegation
from products.models import Business

LOWEST_SCORE, HIGHEST_SCORE = 1, 5
HIGHEST_WEIGHT = 100


class Curation(models.Model):
    """The choice of who goes in one delegation, from the first application to the decision."""

    class State(models.TextChoices):
        OPEN = "open", _("menerima pendaftaran")
        SCORING = "scoring", _("sedang dinilai")
        DECIDED = "decided", _("sudah diputuskan")

    delegation = models.OneToOneField(
        Delegation, on_delete=models.PROTECT, related_name="curation", verbose_name=_("delegasi")
    )
    quota = models.PositiveSmallIntegerField(_("kuota"))
    opens_on = models.DateField(_("pendaftaran mulai"))
    closes_on = models.DateField(_("pendaftaran sampai"))
    state = models.CharField(_("keadaan"), max_length=7, choices=State, default=State.OPEN)
    line_reason = models.TextField(_("alasan urutan"), max_length=500, blank=True)
    opened_at = models.DateTimeField(_("dibuka"), default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("kurasi")
        verbose_name_plural = _("kurasi")
        constraints = [
            models.CheckConstraint(
                condition=Q(quota__gt=0),
                name="curation_quota_positive",
                violation_error_message=_("Kuota paling sedikit 1 pelaku usaha."),
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="curation_closes_after_opening",
                violation_error_message=_("Pendaftaran tidak dapat berakhir sebelum mulai."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "scoring", "decided"]), name="curation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="decided", decided_at__isnull=False)
                | (~Q(state="decided") & Q(decided_at=None)),
                name="curation_decided_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Kurasi #{self.pk}"

    @property
    def is_decided(self) -> bool:
        return self.state == self.State.DECIDED


class ApplicationLinkQuerySet(models.QuerySet["ApplicationLink"]):
    """Links that still open."""

    def live(self, now: datetime) -> ApplicationLinkQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=now)


class ApplicationLink(models.Model):
    """A public address under which businesses apply. Only a hash of its token is stored."""

    curation = models.ForeignKey(Curation, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("dibuat"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)

    objects = ApplicationLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tautan pendaftaran")
        verbose_name_plural = _("tautan pendaftaran")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="application_link_token_unique"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="application_link_expires_after_creation"
            ),
        ]

    def __str__(self) -> str:
        return f"tautan pendaftaran #{self.pk}"


class Criterion(models.Model):
    """What reviewers score, and how much it weighs beside the others."""

    curation = models.ForeignKey(Curation, on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField(_("kriteria"), max_length=80)
    weight = models.PositiveSmallIntegerField(_("bobot"))
    position = models.PositiveSmallIntegerField(_("urutan"))

    class Meta:
        verbose_name = _("kriteria")
        verbose_name_plural = _("kriteria")
        constraints = [
            models.UniqueConstraint(
                fields=["curation", "name"],
                name="criterion_name_unique",
                violation_error_message=_("Kriteria ini tertulis dua kali."),
            ),
            models.UniqueConstraint(fields=["curation", "position"], name="criterion_position_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="criterion_name_not_empty"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=HIGHEST_WEIGHT),
                name="criterion_weight_in_range",
                violation_error_message=_("Bobot adalah angka bulat dari 1 sampai 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReviewerQuerySet(models.QuerySet["Reviewer"]):
    """Reviewers by whether they can still score."""

    def active(self) -> ReviewerQuerySet:
        """Those who are still officers of the office; the sheets of the others keep counting."""
        office = F("curation__delegation__office")
        return self.filter(user__is_active=True, user__office_memberships__office=office)


class Reviewer(models.Model):
    """An officer who scores, without seeing what the others score."""

    curation = models.ForeignKey(Curation, on_delete=models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("penilai")
    )
    finished_at = models.DateTimeField(_("selesai menilai"), null=True, blank=True, editable=False)

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        verbose_name = _("penilai")
        verbose_name_plural = _("penilai")
        constraints = [models.UniqueConstraint(fields=["curation", "user"], name="reviewer_user_unique")]

    def __str__(self) -> str:
        return f"penilai #{self.pk}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications by where they stand."""

    def standing(self) -> ApplicationQuerySet:
        """Those that nobody has withdrawn."""
        return self.exclude(state=Application.State.WITHDRAWN)

    def duplicates(self) -> ApplicationQuerySet:
        """Those joined with another application of the same business; nobody has withdrawn them."""
        return self.filter(joined_at__isnull=False).exclude(known_business=F("business"))

    def in_the_way(self) -> ApplicationQuerySet:
        """Those whose business cannot apply again: all but the withdrawn ones."""
        return self.filter(~Q(state=Application.State.WITHDRAWN) | Q(pk__in=self.duplicates().values("pk")))

    def in_order(self) -> ApplicationQuerySet:
        return self.order_by("applied_at", "pk")

    def with_business(self) -> ApplicationQuerySet:
        return self.select_related("business__line")


class Application(models.Model):
    """A business that wants to go. ``decision`` is what was decided, ``state`` is how it stands now."""

    class State(models.TextChoices):
        APPLIED = "applied", _("mendaftar")
        CHOSEN = "chosen", _("terpilih")
        RESERVE = "reserve", _("cadangan")
        REFUSED = "refused", _("belum terpilih")
        WITHDRAWN = "withdrawn", _("mengundurkan diri")

    class Decision(models.TextChoices):
        CHOSEN = "chosen", _("terpilih")
        RESERVE = "reserve", _("cadangan")
        REFUSED = "refused", _("belum terpilih")

    class Source(models.TextChoices):
        PUBLIC = "public", _("tautan pendaftaran")
        LINK = "link", _("tautan pribadi")
        OFFICER = "officer", _("diisi petugas")
        IMPORT = "import", _("daftar Excel")

    curation = models.ForeignKey(
        Curation, on_delete=models.CASCADE, related_name="applications", verbose_name=_("kurasi")
    )
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, related_name="applications", verbose_name=_("pelaku usaha")
    )
    source = models.CharField(_("melalui"), max_length=7, choices=Source)
    state = models.CharField(_("keadaan"), max_length=9, choices=State, default=State.APPLIED)
    decision = models.CharField(_("keputusan"), max_length=7, choices=Decision, blank=True)
    reason = models.TextField(_("alasan"), max_length=500, blank=True)
    reserve_number = models.PositiveSmallIntegerField(_("nomor cadangan"), null=True, blank=True)
    decided_facts = models.JSONField(_("catatan saat keputusan"), null=True, blank=True, editable=False)
    applied_at = models.DateTimeField(_("mendaftar"), default=timezone.now, editable=False)
    receipt_number = models.CharField(_("nomor tanda terima"), max_length=12)
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    known_business = models.ForeignKey(
        Business, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    joined_at = models.DateTimeField(_("digabungkan"), null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pendaftaran")
        verbose_name_plural = _("pendaftaran")
        constraints = [
            models.UniqueConstraint(
                fields=["curation", "business"],
                name="application_business_unique",
                violation_error_message=_("Pelaku usaha ini sudah mendaftar."),
            ),
            models.UniqueConstraint(fields=["receipt_number"], name="application_receipt_unique"),
            models.UniqueConstraint(fields=["form_token"], name="application_form_token_unique"),
            models.UniqueConstraint(
                fields=["curation", "reserve_number"], name="application_reserve_number_unique"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["public", "link", "officer", "import"]),
                name="application_source_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "chosen", "reserve", "refused", "withdrawn"]),
                name="application_state_known",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "chosen", "reserve", "refused"]),
                name="application_decision_known",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(reason=""),
                name="application_decision_has_reason",
                violation_error_message=_("Tulis alasan keputusan ini."),
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_facts__isnull=False),
                name="application_decision_has_facts",
            ),
            models.CheckConstraint(
                condition=Q(decision="reserve", reserve_number__isnull=False, reserve_number__gt=0)
                | (~Q(decision="reserve") & Q(reserve_number=None)),
                name="application_reserve_has_number",
            ),
            models.CheckConstraint(
                condition=Q(decision="", state__in=["applied", "withdrawn"])
                | Q(decision="", state="chosen", decided_facts=None)  # came by an addendum
                | (~Q(decision="") & ~Q(state="applied")),
                name="application_state_follows_decision",
            ),
            models.CheckConstraint(
                condition=~Q(source="public") | Q(form_token__isnull=False, consent__isnull=False),
                name="application_public_has_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def is_duplicate(self) -> bool:
        """Whether it was joined with another application, which counts in its place."""
        return self.joined_at is not None and self.business_id != self.known_business_id


class ConflictOfInterest(models.Model):
    """A reviewer who declares that one application is not for them to score."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    reason = models.CharField(_("alasan"), max_length=200)
    declared_at = models.DateTimeField(_("dinyatakan"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("benturan kepentingan")
        verbose_name_plural = _("benturan kepentingan")
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "application"], name="conflict_unique"),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_reason_not_empty"),
        ]

    def __str__(self) -> str:
        return f"benturan kepentingan #{self.pk}"


class CurationScore(models.Model):
    """What one reviewer gives one application for one criterion: a whole number from 1 to 5."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="scores")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scores")
    score = models.PositiveSmallIntegerField(_("nilai"))
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    scored_at = models.DateTimeField(_("dinilai"), default=timezone.now)

    class Meta:
        verbose_name = _("nilai kurasi")
        verbose_name_plural = _("nilai kurasi")
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "criterion", "application"], name="curation_score_unique"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=LOWEST_SCORE, score__lte=HIGHEST_SCORE),
                name="curation_score_in_range",
                violation_error_message=_("Nilai adalah angka bulat dari 1 sampai 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} (#{self.pk})"


class Addendum(models.Model):
    """A change after the decision, with its reason. Rows are only added."""

    curation = models.ForeignKey(Curation, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField(_("nomor"))
    reason = models.TextField(_("alasan"), max_length=500)
    changes = models.JSONField(_("perubahan"), default=list)
    via = models.CharField(_("melalui"), max_length=12)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("dicatat"), default=timezone.now)

    class Meta:
        verbose_name = _("adendum")
        verbose_name_plural = _("adendum")
        constraints = [
            models.UniqueConstraint(fields=["curation", "number"], name="addendum_number_unique"),
            models.CheckConstraint(condition=Q(number__gt=0), name="addendum_number_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="addendum_reason_not_empty"),
            models.CheckConstraint(
                condition=Q(via__in=[via.value for via in Via]), name="addendum_via_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Adendum {self.number} (#{self.pk})"
