"""Invitations: one personal link, prepared for one business in one trade contact, and how it travels."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matchmaking.models.contacts import TradeContact
from outbox.models import Message
from products.models import PersonalLink


class Invitation(models.Model):
    """A personal link that opens the pairs of one trade contact only. The link names the business.

    Sending again is another row with another link, so a link stays bound to the contact it was made for.
    ``sent_at`` is what an officer says: the portal cannot see WhatsApp or paper. Of an e-mail the outbox
    knows it, so ``sent_at`` stays empty.
    """

    class Channel(models.TextChoices):
        WHATSAPP = "whatsapp", _("WhatsApp")
        EMAIL = "email", _("e-mail")
        PAPER = "paper", _("lembar QR")

    trade_contact = models.ForeignKey(
        TradeContact, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("kontak dagang")
    )
    link = models.OneToOneField(
        PersonalLink, on_delete=models.CASCADE, related_name="invitation", verbose_name=_("tautan pribadi")
    )
    channel = models.CharField(_("saluran"), max_length=8, choices=Channel)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    prepared_at = models.DateTimeField(_("disiapkan"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("dikirim"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("undangan")
        verbose_name_plural = _("undangan")
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=["whatsapp", "email", "paper"]), name="invitation_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__gte=F("prepared_at")),
                name="invitation_sent_after_prepared",
            ),
            models.CheckConstraint(
                condition=Q(message=None) | Q(channel="email", sent_at=None),
                name="invitation_mail_is_told_by_outbox",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} #{self.pk}"
