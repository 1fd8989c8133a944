"""E-mails to officers. They carry links and public names only: mail is read by more people than meant."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from matchmaking.models import Inquiry


def mail_officers_about(inquiry_id: int) -> int:
    """Tell every officer of the seller's office that an inquiry has come; return how many were told."""
    inquiry = Inquiry.objects.select_related("business__office", "product").get(pk=inquiry_id)
    members = inquiry.business.office.members.filter(user__is_active=True).order_by("pk")
    addresses = list(members.values_list("user__email", flat=True))
    address = settings.PUBLIC_URL + reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number])
    with override("id"):
        subject = _("[Tradecontact] Pernyataan minat baru %(receipt)s") % {"receipt": inquiry.receipt_number}
        body = _(
            "Ada yang berminat pada %(product)s dari %(business)s.\n\n"
            "Buka untuk membaca pesannya dan menjadikannya pasangan usaha:\n%(address)s\n"
        ) % {
            "product": inquiry.product or _("produk"),
            "business": inquiry.business.name,
            "address": address,
        }
    for to in addresses:
        EmailMessage(subject, body, to=[to]).send()
    return len(addresses)
