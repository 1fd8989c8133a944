"""Users, consent, and the history that nobody can rewrite."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Via

VIA_CHOICES = [
    (Via.ACCOUNT.value, _("akun petugas")),
    (Via.LINK.value, _("tautan pribadi")),
    (Via.PUBLIC_FORM.value, _("formulir publik")),
    (Via.COMMAND.value, _("perintah sistem")),
]


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address; ``createsuperuser`` needs both methods."""

    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address in small letters, so that one mailbox is one account."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with an account, known by e-mail address: an officer or a platform admin."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("alamat e-mail"))
    name = models.CharField(_("nama"), max_length=120)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="user_email_unique",
                violation_error_message=_("Alamat e-mail ini sudah dipakai pengguna lain."),
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Consent(models.Model):
    """What a person agreed to, in which wording, when and through what. Rows are only added."""

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("dihubungi tentang minat atau kebutuhan ini")
        APPLICATION = "application", _("mendaftar untuk ikut delegasi")
        ALERTS = "alerts", _("dikirimi kabar tentang pencarian tersimpan")
        LISTING = "listing", _("dicatat oleh dinas sebagai calon mitra")

    purpose = models.CharField(_("tujuan"), max_length=20, choices=Purpose)
    wording_version = models.CharField(_("versi kalimat"), max_length=20)
    via = models.CharField(_("melalui"), max_length=12, choices=VIA_CHOICES)
    recorded_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dicatat oleh"),
    )
    given_at = models.DateTimeField(_("diberikan"), default=timezone.now)

    class Meta:
        verbose_name = _("persetujuan")
        verbose_name_plural = _("persetujuan")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["contact", "application", "alerts", "listing"]),
                name="consent_purpose_known",
            ),
            models.CheckConstraint(condition=Q(via__in=[via.value for via in Via]), name="consent_via_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.wording_version}) #{self.pk}"


class HistoryEntry(models.Model):
    """One line of history: who did what to which row, for whom, through what, from what to what.

    A database trigger refuses update and delete. Values hold codes, numbers and the public names of
    businesses, never a phone number, an e-mail address or an owner's name.
    """

    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    action = models.CharField(max_length=40)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    via = models.CharField(max_length=12, choices=VIA_CHOICES)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    office_id = models.BigIntegerField(null=True, blank=True)
    business_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("baris riwayat")
        verbose_name_plural = _("riwayat")
        constraints = [
            models.CheckConstraint(condition=Q(via__in=[via.value for via in Via]), name="history_via_known")
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "at"], name="history_subject")]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind} {self.subject_id} (#{self.pk})"


class SendingCount(models.Model):
    """How often public forms were sent from one network within one stretch of time.

    The network is a hash under a key that changes every day, so that no address is kept and two days
    cannot be connected.
    """

    network = models.CharField(max_length=32)
    kind = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("jumlah kiriman")
        verbose_name_plural = _("jumlah kiriman")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "starts_at"], name="sending_count_network_unique"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="sending_count_positive"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="sending_count_starts")]

    def __str__(self) -> str:
        return f"{self.kind} {self.count} (#{self.pk})"
