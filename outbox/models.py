"""Messages that go out, an office's own wording of them, and the address it writes from."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from regions.models import Office


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by who may see them and by what is to be done."""

    def visible_to(self, actor: Actor) -> MessageQuerySet:
        """Those of the actor's office; an admin sees those that the portal itself sends, too."""
        if actor.is_admin:
            return self
        return self.filter(office_id=actor.office_id) if actor.is_officer else self.none()

    def due(self, now: datetime) -> MessageQuerySet:
        """Those to be sent now: their time has come, or the worker that took them is gone."""
        return self.filter(state__in=["queued", "failed", "sending"], next_attempt_at__lte=now)

    def unsettled(self) -> MessageQuerySet:
        """Those given up that still say something and that nobody has put aside."""
        return self.filter(state="given_up", erased_at=None, settled_at=None)

    def worth_another_try(self) -> MessageQuerySet:
        """Unsettled ones, without those whose address or text was refused for good."""
        return self.unsettled().exclude(problem__in=["bad_address", "unsendable"])


class Message(models.Model):
    """One message to one recipient. It is written in the transaction of what it tells, and sent after it.

    Its Message-ID is made once: a message that goes out a second time, because a worker was killed
    between sending and writing that down, is the same message, and mail programs show it once.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        WHATSAPP = "whatsapp", _("WhatsApp")

    class State(models.TextChoices):
        QUEUED = "queued", _("menunggu")
        SENDING = "sending", _("sedang dikirim")
        SENT = "sent", _("terkirim")
        FAILED = "failed", _("gagal, dicoba lagi")
        GIVEN_UP = "given_up", _("tidak dicoba lagi")

    class Problem(models.TextChoices):
        UNREACHABLE = "unreachable", _("server tidak bisa dihubungi")
        NO_ANSWER = "no_answer", _("server tidak menjawab pada waktunya")
        CUT_OFF = "cut_off", _("server memutus sambungan")
        REFUSED = "refused", _("server menolak pesannya")
        BAD_ADDRESS = "bad_address", _("alamatnya ditolak")
        UNSENDABLE = "unsendable", _("pesannya tidak bisa ditulis sebagai surat")

    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("dinas"),
    )
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel)
    kind = models.CharField(_("jenis"), max_length=40)
    to = models.CharField(_("kepada"), max_length=254, blank=True)
    subject = models.CharField(_("judul"), max_length=300, blank=True)
    body = models.TextField(_("isi"), blank=True)
    headers = models.JSONField(default=dict, blank=True, editable=False)
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES)
    about = models.CharField(_("data milik"), max_length=60, blank=True)
    key = models.CharField(_("kunci"), max_length=120, blank=True, editable=False)
    message_id = models.CharField(max_length=120, editable=False)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    queued_at = models.DateTimeField(_("dibuat"))
    trying_since = models.DateTimeField(_("dicoba sejak"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("percobaan berikutnya"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("diambil pengirim"), null=True, blank=True)
    sent_at = models.DateTimeField(_("terkirim"), null=True, blank=True)
    settled_at = models.DateTimeField(_("dianggap selesai"), null=True, blank=True)
    erased_at = models.DateTimeField(_("isinya dihapus"), null=True, blank=True)
    problem = models.CharField(_("masalah"), max_length=11, choices=Problem, blank=True)
    last_error = models.CharField(_("kata server"), max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesan")
        verbose_name_plural = _("pesan")
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="message_key_unique"),
            models.UniqueConstraint(fields=["message_id"], name="message_message_id_unique"),
            models.CheckConstraint(
                condition=Q(channel__in=["email", "whatsapp"]), name="message_channel_known"
            ),
            models.CheckConstraint(condition=Q(language__in=["id", "en"]), name="message_language_known"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "failed", "given_up"]),
                name="message_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(to="") & Q(erased_at=None)
                | Q(erased_at__isnull=False, to="", subject="", body="", headers={}, last_error=""),
                name="message_has_recipient_until_erased",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
                name="message_sent_at_with_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False),
                name="message_claimed_while_sending",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "failed"]) | Q(next_attempt_at__isnull=False),
                name="message_is_tried_again",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(state="given_up"), name="message_settled_when_given_up"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["queued", "failed", "sending"]),
                name="message_unsent",
            ),
            models.Index(fields=["office"], condition=Q(state="given_up"), name="message_given_up"),
            models.Index(fields=["office", "-queued_at", "-id"], name="message_of_office"),
            models.Index(fields=["about"], condition=~Q(about=""), name="message_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} (#{self.pk})"


class MessageTemplate(models.Model):
    """An office's own wording of one kind of message in one language."""

    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="message_templates", verbose_name=_("dinas")
    )
    kind = models.CharField(_("jenis"), max_length=40)
    language = models.CharField(_("bahasa"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("judul"), max_length=200)
    body = models.TextField(_("isi"), max_length=5000)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("kalimat pesan")
        verbose_name_plural = _("kalimat pesan")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "language"], name="message_template_one_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["id", "en"]), name="message_template_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} (#{self.pk})"


class SenderAddress(models.Model):
    """The address that an office's e-mails come from; the mail server must be allowed to use it."""

    office = models.OneToOneField(
        Office, on_delete=models.CASCADE, related_name="sender_address", verbose_name=_("dinas")
    )
    email = models.EmailField(_("alamat e-mail"))

    class Meta:
        verbose_name = _("alamat pengirim")
        verbose_name_plural = _("alamat pengirim")

    def __str__(self) -> str:
        return self.email
