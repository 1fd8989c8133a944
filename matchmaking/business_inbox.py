"""What needs one business now: each line leads to the page behind its personal link where it is done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking.access import open_curations_for
from matchmaking.inbox import Inbox, Kind, Shown, Source, last_act
from matchmaking.models import Commitment, Confirmation, Inquiry, Pair, Quote, QuoteRequest, Sample, Step
from matchmaking.models.pairs import PairQuerySet
from products.certificate_lines import SOON_DAYS, expiring
from products.models import Business, Certificate, Need, Product
from products.need_expiry import ENDING_DAYS, ending_soon
from tradecontact.templatetags.tradecontact_tags import tanggal


@dataclass(frozen=True)
class Reader:
    """Whose inbox it is. ``token`` opens the business's pages; without one an item's url is empty.

    ``contacts`` are the ids of the only trade contacts whose pairs are in it, None when all are.
    """

    actor: Actor
    business: Business
    token: str
    today: date
    contacts: Collection[int] | None

    def url(self, name: str, *parts: object, at: str = "") -> str:
        """Return the address of a page behind the personal link."""
        return reverse(f"matchmaking:{name}", args=[self.token, *parts]) + at if self.token else ""

    def pairs(self) -> PairQuerySet:
        """Return the pairs that the reader may open."""
        pairs = Pair.objects.visible_to(self.actor).of_business(self.business.pk)
        return pairs if self.contacts is None else pairs.filter(trade_contact__in=self.contacts)


def business_inbox(
    actor: Actor, business: Business, *, token: str, today: date, contacts: Collection[int] | None = None
) -> Inbox:
    """Return the inbox of the business that ``actor`` acts for; no query is made yet.

    With ``contacts`` it has pairs of these trade contacts alone, as for a reader with several links.
    """
    reader = Reader(actor, business, token, today, contacts)
    parts = (
        _pairs,
        _inquiries,
        _quotes,
        _samples,
        _commitments,
        _products,
        _needs,
        _certificates,
        _applications,
    )
    return Inbox(tuple(part(reader) for part in parts), today)


def _pairs(reader: Reader) -> Source:
    """Return proposals that wait for an answer; it is wanted before the contact begins."""
    own = reader.business.pk
    ends = Q(trade_contact__ends_on=None) | Q(trade_contact__ends_on__gte=reader.today)

    def show(pair: Pair) -> Shown:
        text = _("Jawab usulan mitra: %(partner)s") % {"partner": pair.partner_of(own).name}
        return Shown(text, pair.trade_contact.title, reader.url("link_pair", pair.pk))

    return Source(
        kind=Kind.PAIR,
        rows=reader.pairs().filter(ends).waiting_for(own).with_businesses(),
        since=F("created_at"),
        due=F("trade_contact__starts_on"),
        show=show,
    )


def _inquiries(reader: Reader) -> Source:
    """Return what buyers wrote, until the office has made a pair of it or closed it."""

    def show(inquiry: Inquiry) -> Shown:
        subject = inquiry.product or inquiry.need or reader.business
        text = _("Hubungi pembeli yang menulis tentang %(subject)s") % {"subject": subject}
        return Shown(text, inquiry.company or inquiry.sender_name, reader.url("link_inquiries"))

    rows = Inquiry.objects.filter(business=reader.business).waiting().select_related("product", "need")
    return Source(kind=Kind.INQUIRY, rows=rows, since=F("created_at"), show=show)


def _quotes(reader: Reader) -> Source:
    """Return what partners ask a price for."""
    own = reader.business.pk
    with_buyer = Q(business_a=OuterRef("buyer"), business_b=own) | Q(
        business_b=OuterRef("buyer"), business_a=own
    )
    pairs = reader.pairs().filter(with_buyer, trade_contact=OuterRef("trade_contact"))
    under_way = pairs.exclude(step__in=[Step.PROPOSED, Step.CLOSED])
    is_open = Q(closes_on=None) | Q(closes_on__gte=reader.today)
    rows = QuoteRequest.objects.filter(is_open, closed_at=None).exclude(buyer=own)
    rows = rows.annotate(box_pair=Subquery(under_way.values("pk")[:1])).filter(box_pair__isnull=False)
    given = Quote.objects.filter(request=OuterRef("pk"), seller=own)

    def show(asked: Any) -> Shown:
        text = _("Beri harga kepada %(buyer)s: %(what)s") % {"buyer": asked.buyer.name, "what": asked.what}
        return Shown(text, "", reader.url("link_quote_request", asked.box_pair, asked.pk))

    return Source(
        kind=Kind.QUOTE,
        rows=rows.filter(~Exists(given)).select_related("buyer"),
        since=F("opened_at"),
        due=F("closes_on"),
        show=show,
    )


def _samples(reader: Reader) -> Source:
    """Return samples to send, and samples under way to report and judge."""
    own = reader.business.pk
    to_send, to_judge = Q(sender=own, sent_on=None), Q(sent_on__isnull=False) & ~Q(sender=own)
    rows = Sample.objects.filter(to_send | to_judge, pair__in=reader.pairs(), judged_on=None)

    def show(sample: Sample) -> Shown:
        values = {"partner": sample.pair.partner_of(own).name, "what": sample.what}
        if sample.sender_id == own:
            text = _("Kirim contoh kepada %(partner)s: %(what)s") % values
            return Shown(text, "", reader.url("link_sample_report", sample.pair_id, sample.pk))
        text = _("Nilai contoh dari %(partner)s: %(what)s") % values
        return Shown(text, "", reader.url("link_sample_judge", sample.pair_id, sample.pk))

    return Source(
        kind=Kind.SAMPLE,
        rows=rows.exclude(pair__step=Step.CLOSED).select_related("pair__business_a", "pair__business_b"),
        since=Coalesce(Cast("sent_on", DateTimeField()), "created_at"),
        show=show,
    )


def _commitments(reader: Reader) -> Source:
    """Return what the other side had recorded, and this one has neither confirmed nor disputed."""
    own = reader.business.pk
    said = Confirmation.objects.filter(commitment=OuterRef("pk"), business=own)
    rows = Commitment.objects.live().filter(Q(seller=own) | Q(buyer=own), pair__in=reader.pairs())

    def show(row: Commitment) -> Shown:
        values = {
            "level": row.get_level_display(),
            "goods": row.goods,
            "partner": row.other_side_of(own).name,
        }
        text = _("Konfirmasi %(level)s dengan %(partner)s: %(goods)s") % values
        return Shown(text, "", reader.url("link_commitment_answer", row.pair_id, row.pk))

    return Source(
        kind=Kind.COMMITMENT,
        rows=rows.exclude(recorded_for=own).filter(~Exists(said)).select_related("seller", "buyer"),
        since=F("recorded_at"),
        show=show,
    )


def _products(reader: Reader) -> Source:
    """Return products that the office sent back."""

    def show(product: Product) -> Shown:
        text = _("Perbaiki produk yang dikembalikan dinas: %(name)s") % {"name": product.name}
        return Shown(text, product.status_reason, reader.url("link_product_send", product.pk))

    rows = Product.objects.filter(business=reader.business, status=Product.Status.SENT_BACK)
    since = Coalesce(last_act("products.product", "sent_back"), "submitted_at", "created_at")
    return Source(kind=Kind.PRODUCT, rows=rows, since=since, show=show)


def _needs(reader: Reader) -> Source:
    """Return needs that end within days; one press prolongs them."""

    def show(need: Need) -> Shown:
        text = _("Perpanjang kebutuhan: %(need)s") % {"need": need.text}
        return Shown(text, "", reader.url("link_products", at="#kebutuhan"))

    rows = ending_soon(Need.objects.filter(business=reader.business), reader.today)
    warned_on = Cast(F("open_until") - timedelta(days=ENDING_DAYS), DateTimeField())
    since = Greatest(warned_on, F("created_at"))
    return Source(kind=Kind.NEED, rows=rows, since=since, due=F("open_until"), show=show)


def _certificates(reader: Reader) -> Source:
    """Return certificates that have run out, or run out soon."""

    def show(row: Certificate) -> Shown:
        text = _("Perpanjang sertifikat %(kind)s %(number)s")
        what = text % {"kind": row.get_kind_display(), "number": row.number}
        about = row.product.name if row.product else ""
        return Shown(what.strip(), about, reader.url("link_certificate_edit", row.pk))

    owner = Actor(via=reader.actor.via, business_id=reader.business.pk)
    since = Cast(F("valid_until") - timedelta(days=SOON_DAYS), DateTimeField())
    rows = expiring(owner, reader.today)
    return Source(kind=Kind.CERTIFICATE, rows=rows, since=since, due=F("valid_until"), show=show)


def _applications(reader: Reader) -> Source:
    """Return the delegations that the business may apply to go with."""

    def show(curation: Any) -> Shown:
        contact, day = curation.delegation.trade_contact.title, tanggal(curation.closes_on)
        text = _("Pendaftaran “%(contact)s” dibuka sampai %(day)s. Ikut mendaftar.")
        return Shown(text % {"contact": contact, "day": day}, "", reader.url("link_applications"))

    return Source(
        kind=Kind.APPLICATION,
        rows=open_curations_for(reader.business, reader.today),
        since=Greatest(Cast("opens_on", DateTimeField()), F("opened_at")),
        due=F("closes_on"),
        show=show,
    )
