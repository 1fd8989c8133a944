"""E-mails to officers and applicants: links and public names only, since others read mail too."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from matchmaking.models import Application, Inquiry, SupplyOffer
from regions.models import Office


def mail_officers_about_supply(offer_id: int) -> int:
    """Tell every officer of the buyer's office that somebody can supply it; return how many were told."""
    offer = SupplyOffer.objects.select_related("need__business__office", "business").get(pk=offer_id)
    address = settings.PUBLIC_URL + reverse("matchmaking:supply_offer_detail", args=[offer.pk])
    with override("id"):
        subject = _("[Tradecontact] Tawaran memasok untuk %(buyer)s") % {"buyer": offer.need.business.name}
        body = _("%(supplier)s menyatakan bisa memasok %(buyer)s.\n\nBuka tawarannya:\n%(address)s\n") % {
            "supplier": offer.business.name,
            "buyer": offer.need.business.name,
            "address": address,
        }
    return _send_to_officers(offer.need.business.office, subject, body)


def mail_officers_about(inquiry_id: int) -> int:
    """Tell every officer of the seller's office that an inquiry has come; return how many were told."""
    inquiry = Inquiry.objects.select_related("business__office", "product").get(pk=inquiry_id)
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
    return _send_to_officers(inquiry.business.office, subject, body)


def _send_to_officers(office: Office, subject: str, body: str) -> int:
    members = office.members.filter(user__is_active=True).order_by("pk")
    addresses = list(members.values_list("user__email", flat=True))
    for to in addresses:
        EmailMessage(subject, body, to=[to]).send()
    return len(addresses)


def mail_applicants(application_ids: Iterable[int]) -> int:
    """Tell businesses with an e-mail address that there is news of their application; return how many.

    What the news is stands on their own page only.
    """
    rows = Application.objects.filter(pk__in=list(application_ids)).exclude(business__email="")
    rows = rows.select_related("business", "curation__delegation__trade_contact").order_by("pk")
    for row in rows:
        with override("id"):
            subject = _("[Tradecontact] Kabar pendaftaran %(receipt)s") % {"receipt": row.receipt_number}
            body = _("Ada kabar tentang pendaftaran %(business)s untuk %(contact)s.\n\n%(where)s\n") % {
                "business": row.business.name,
                "contact": row.curation.delegation.trade_contact.title,
                "where": _where_to_read(row),
            }
        EmailMessage(subject, body, to=[row.business.email]).send()
    return len(rows)


def _where_to_read(application: Application) -> str:
    if application.form_token is None or application.joined_at is not None:
        return _("Buka tautan pribadi usaha Anda, bagian Pendaftaran.")
    page = reverse("matchmaking:application_receipt", args=[application.form_token])
    return _("Buka: %(address)s") % {"address": settings.PUBLIC_URL + page}
