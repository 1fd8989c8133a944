"""E-mails to officers and applicants: links and public names only, since others read mail too.

Each function is called in the transaction of what it tells, and writes to the outbox.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from matchmaking.models import Application, Commitment, Confirmation, Inquiry, Pair, SupplyOffer
from outbox.queueing import queue_email, queue_whatsapp
from products.models import Business
from regions.models import Office, OfficeMember
from tradecontact.templatetags.tradecontact_tags import rupiah, tanggal


def tell_about_supply(offer_id: int, *, now: datetime) -> int:
    """Tell every officer of the buyer's office that somebody can supply it; return how many are told."""
    offer = SupplyOffer.objects.select_related("need__business__office", "business").get(pk=offer_id)
    values = {
        "pemasok": offer.business.name,
        "pembeli": offer.need.business.name,
        "alamat": settings.PUBLIC_URL + reverse("matchmaking:supply_offer_detail", args=[offer.pk]),
    }
    office = offer.need.business.office
    return _tell_officers(office, "supply_offered", values, f"supplyoffer:{offer.pk}", now)


def tell_about_inquiry(inquiry_id: int, *, now: datetime, language: str = "id") -> int:
    """Tell the office, the seller, and the sender, who reads ``language``; return how many are told."""
    inquiry = _inquiry(inquiry_id)
    office = inquiry.business.office
    with override("id"):
        name = inquiry.subject_name
    values = {
        "nomor": inquiry.receipt_number,
        "produk": name,
        "usaha": inquiry.business.name,
        "alamat": settings.PUBLIC_URL + reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number]),
    }
    kind = "inquiry_to_supply" if inquiry.about == Inquiry.About.NEED else "inquiry_received"
    told = _tell_officers(office, kind, values, f"inquiry:{inquiry.pk}", now)
    return told + _tell_seller(inquiry, now) + _tell_sender(inquiry, language, now)


def tell_about_withdrawal(inquiry_id: int, *, now: datetime) -> int:
    """Tell the office that a sender has taken an inquiry back; return how many are told."""
    inquiry = _inquiry(inquiry_id)
    values = {
        "nomor": inquiry.receipt_number,
        "usaha": inquiry.business.name,
        "alamat": settings.PUBLIC_URL + reverse("matchmaking:inquiry_detail", args=[inquiry.receipt_number]),
    }
    return _tell_officers(inquiry.business.office, "inquiry_withdrawn", values, f"inquiry:{inquiry.pk}", now)


def _inquiry(inquiry_id: int) -> Inquiry:
    return Inquiry.objects.select_related("business__office", "product", "need").get(pk=inquiry_id)


def _tell_seller(inquiry: Inquiry, now: datetime) -> int:
    """Tell the business by e-mail, else by a WhatsApp message that its office opens; it names no sender."""
    business = inquiry.business
    with override(business.language):
        name = inquiry.subject_name
    values = {"nomor": inquiry.receipt_number, "produk": name, "dinas": business.office.name}
    key = f"inquiry:{inquiry.pk}:business:{business.pk}"
    return _tell_business(business, "inquiry_for_seller", values, key, now)


def _tell_sender(inquiry: Inquiry, language: str, now: datetime) -> int:
    """Send the link of the receipt, by which the inquiry can be withdrawn; nothing the sender typed."""
    if not inquiry.email:
        return 0
    with override(language):
        name = inquiry.subject_name
    receipt = reverse("matchmaking:inquiry_receipt", args=[inquiry.form_token])
    values = {"nomor": inquiry.receipt_number, "produk": name, "usaha": inquiry.business.name}
    queue_email(
        kind="inquiry_receipt",
        to=inquiry.email,
        values=values | {"alamat": settings.PUBLIC_URL + receipt},
        language=language,
        office=inquiry.business.office,
        now=now,
        about=f"inquiry:{inquiry.pk}",
    )
    return 1


def tell_about_both_yes(pair: Pair, *, now: datetime) -> None:
    """Tell both sides and the officers of both offices that contacts are open now; once a pair.

    A business that wants no messages is told by its office.
    """
    sides = Business.objects.select_related("office").in_bulk([pair.business_a_id, pair.business_b_id])
    one, other = sides[pair.business_a_id], sides[pair.business_b_id]
    for business, partner in ((one, other), (other, one)):
        values = {"usaha": business.name, "mitra": partner.name, "kontak": pair.trade_contact.title}
        _tell_business(business, "both_yes", values, f"both_yes:{pair.pk}:business:{business.pk}", now)
        page = reverse("matchmaking:pair_detail", args=[pair.trade_contact.slug, pair.pk])
        values["alamat"] = settings.PUBLIC_URL + page
        _tell_officers(business.office, "both_yes_office", values, f"pair:{pair.pk}", now)


def tell_about_commitment(commitment: Commitment, asked: Business, address: str, *, now: datetime) -> None:
    """Ask a side for its word on a commitment by its link, which nobody else gets; and tell its officers.

    A business that wants no messages, or has no address, is asked by its officers.
    """
    key = f"commitment:{commitment.pk}"
    with override(asked.language):
        values = _deal_values(commitment) | {"usaha": asked.name, "alamat": address}
    _tell_business(asked, "commitment_ask", values, f"{key}:business:{asked.pk}", now)
    with override("id"):
        values = _deal_values(commitment) | {"usaha": asked.name, "alamat": _money_page(commitment)}
    _tell_officers(asked.office, "commitment_ask_office", values, key, now)


def tell_about_answer(commitment: Commitment, said: Confirmation, *, now: datetime) -> None:
    """Tell the officers of both offices that a side disputes a commitment or names another amount."""
    with override("id"):
        values = _deal_values(commitment) | {
            "usaha": said.business.name,
            "jawaban": str(said.get_answer_display()),
            "alamat": _money_page(commitment),
        }
    offices = [commitment.seller.office, commitment.buyer.office]
    _tell_officers_of(offices, "commitment_answered_office", values, f"confirmation:{said.pk}", now)


def _deal_values(commitment: Commitment) -> dict[str, str]:
    """Return what names a commitment, in the language that is active."""
    return {
        "tingkat": str(commitment.get_level_display()),
        "penjual": commitment.seller.name,
        "pembeli": commitment.buyer.name,
        "barang": commitment.goods,
        "nilai": rupiah(commitment.amount_rupiah),
        "hari": tanggal(commitment.agreed_on),
    }


def _money_page(commitment: Commitment) -> str:
    pair = commitment.pair
    page = reverse("matchmaking:pair_money", args=[pair.trade_contact.slug, pair.pk])
    return f"{settings.PUBLIC_URL}{page}#komitmen-{commitment.pk}"


def _tell_business(business: Business, kind: str, values: dict[str, str], key: str, now: datetime) -> int:
    """Tell a business by e-mail, else by a WhatsApp message that its office opens; return how many are told.

    One that wants no messages, or has neither address nor number, is not told.
    """
    if business.refused_messages_at is not None or not (business.email or business.phone):
        return 0
    queue, to = (queue_email, business.email) if business.email else (queue_whatsapp, str(business.phone))
    queue(
        kind=kind,
        to=to,
        values=values,
        language=business.language,
        office=business.office,
        now=now,
        about=f"business:{business.pk}",
        key=key,
    )
    return 1


def _tell_officers(office: Office, kind: str, values: dict[str, str], about: str, now: datetime) -> int:
    return _tell_officers_of([office], kind, values, about, now)


def _tell_officers_of(
    offices: Collection[Office], kind: str, values: dict[str, str], about: str, now: datetime
) -> int:
    """Tell every officer of these offices, each in the name of the own one; return how many."""
    members = OfficeMember.objects.filter(office__in=offices, user__is_active=True).order_by("pk")
    rows = members.select_related("office", "user")
    for member in rows:
        queue_email(
            kind=kind,
            to=member.user.email,
            values=values,
            language="id",
            office=member.office,
            now=now,
            about=about,
            key=f"{kind}:{about}:user:{member.user_id}",
        )
    return len(rows)


def tell_applicants(application_ids: Iterable[int], *, now: datetime) -> int:
    """Tell businesses with an e-mail address that there is news of their application; return how many.

    What the news is stands on their own page only.
    """
    rows = Application.objects.filter(pk__in=list(application_ids)).exclude(business__email="")
    rows = rows.select_related("business__office", "curation__delegation__trade_contact").order_by("pk")
    for row in rows:
        with override(row.business.language):
            where = _where_to_read(row)
        queue_email(
            kind="application_news",
            to=row.business.email,
            values={
                "nomor": row.receipt_number,
                "usaha": row.business.name,
                "kontak": row.curation.delegation.trade_contact.title,
                "tempat": where,
            },
            language=row.business.language,
            office=row.business.office,
            now=now,
            about=f"business:{row.business_id}",
        )
    return len(rows)


def _where_to_read(application: Application) -> str:
    if application.form_token is None or application.joined_at is not None:
        return _("Buka tautan pribadi usaha Anda, bagian Pendaftaran.")
    page = reverse("matchmaking:application_receipt", args=[application.form_token])
    return _("Buka: %(address)s") % {"address": settings.PUBLIC_URL + page}
