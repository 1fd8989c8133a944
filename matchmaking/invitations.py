"""What one business sees of its trade contacts: when and where, which partners, why, who answered what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.actors import Actor
from matchmaking.engine.facts import Code
from matchmaking.models import Answer, Inquiry, Pair, Step, TradeContact
from matchmaking.models.inquiries import InquiryQuerySet
from matchmaking.reasons import Sentence, explained, label
from products.models import Business

SAID_BY_TRADES = {Code.WANTED, Code.IMPLIED}


@dataclass(frozen=True)
class Offer:
    """A pair as one of its two businesses reads it. ``pair`` must carry its businesses."""

    pair: Pair
    business: Business

    @property
    def partner(self) -> Business:
        return self.pair.partner_of(self.business.pk)

    @property
    def own_answer(self) -> str:
        return self.pair.answer_of(self.business.pk)

    @property
    def partner_answer(self) -> str:
        return self.pair.answer_of(self.partner.pk)

    @property
    def partner_answer_label(self) -> str:
        return str(Answer(self.partner_answer).label) if self.partner_answer else ""

    @property
    def is_waiting(self) -> bool:
        """True while this business should answer."""
        return self.pair.waits_for(self.business.pk)

    @property
    def state(self) -> Sentence:
        """Where the answers stand, as the words and the kind of a tag."""
        own, partner = self.own_answer, self.partner_answer
        if own == Answer.NO:
            return Sentence("no", _("Jawaban Anda: Tidak"))
        if partner == Answer.NO:
            return Sentence("no", _("Mitra belum berminat"))
        if self.is_waiting:
            return _state_of_waiting(partner)
        if not own or (self.pair.step == Step.CLOSED and not self.pair.is_mutual):
            return _state_of_silence(self.pair)
        return _state_of_own(own, partner)

    @cached_property
    def trades(self) -> list[str]:
        """What the two can do for each other, as sentences to this business, best first."""
        return [_trade_sentence(trade, self.business.pk) for trade in self.pair.trades]

    @cached_property
    def reasons(self) -> list[Sentence]:
        """Why they fit, without what ``trades`` says already."""
        return explained([fact for fact in self.pair.reasons if fact["code"] not in SAID_BY_TRADES], [])

    @cached_property
    def questions(self) -> list[Sentence]:
        """What is not known or not met, to be talked about."""
        return explained([], self.pair.unmet)


@dataclass(frozen=True)
class Invitation:
    """A trade contact with the offers of one business in it, best first."""

    trade_contact: TradeContact
    is_past: bool
    offers: list[Offer] = field(default_factory=list)

    @property
    def waiting(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.is_waiting]

    @property
    def agreed(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.pair.is_mutual]

    @property
    def answered(self) -> list[Offer]:
        """Offers that need nothing from this business now, and are not agreed."""
        return [offer for offer in self.offers if not offer.is_waiting and not offer.pair.is_mutual]


def invitations_of(actor: Actor, business: Business, today: date) -> list[Invitation]:
    """Return the business's current trade contacts, and past ones in which it agreed with somebody.

    Of a past contact only the agreed pairs are left; a link made for one contact opens that one alone.
    Costs two queries.
    """
    contacts = TradeContact.objects.of_holder(actor).current_on(today).in_order()
    invitations = {contact.pk: Invitation(contact, is_past=False) for contact in contacts}
    pairs = Pair.objects.visible_to(actor).of_business(business.pk).current_or_agreed_on(today)
    for pair in pairs.with_businesses().in_order_for(business.pk):
        contact = pair.trade_contact
        is_past = contact.ends_on is not None and contact.ends_on < today
        invitation = invitations.setdefault(contact.pk, Invitation(contact, is_past=is_past))
        invitation.offers.append(Offer(pair, business))
    return list(invitations.values())


def next_waiting(actor: Actor, business: Business, today: date) -> Offer | None:
    """Return the best offer that still waits for this business. Costs one query."""
    pairs = Pair.objects.visible_to(actor).current_or_agreed_on(today).waiting_for(business.pk)
    pair = pairs.with_businesses().in_order_for(business.pk).first()
    return Offer(pair, business) if pair else None


def offers_in(actor: Actor, trade_contact: TradeContact, business: Business) -> list[Offer]:
    """Return the pairs of a business in one contact as an officer reads them to it. Costs one query."""
    pairs = Pair.objects.visible_to(actor).shown().filter(trade_contact=trade_contact)
    own = pairs.of_business(business.pk).with_businesses().in_order_for(business.pk)
    return [Offer(pair, business) for pair in own]


def inquiries_to(actor: Actor) -> InquiryQuerySet:
    """Return what strangers wrote to the actor's business, newest first."""
    inquiries = Inquiry.objects.visible_to(actor).select_related("product", "need", "region", "unit")
    return inquiries.order_by("-created_at", "-pk")


def _state_of_waiting(partner: str) -> Sentence:
    texts = {
        "": _("Menunggu jawaban Anda"),
        Answer.YES: _("Mitra mau, menunggu Anda"),
        Answer.OTHER_TIME: _("Mitra minta jam lain, menunggu Anda"),
    }
    return Sentence("wait", texts[partner])


def _state_of_silence(pair: Pair) -> Sentence:
    """Say why no answer is awaited: the pair is closed or on its way, or the answers are locked."""
    if pair.step != Step.PROPOSED:
        return Sentence("", capfirst(pair.get_step_display()))
    return Sentence("", _("Belum dijawab, jawaban sudah dikunci"))


def _state_of_own(own: str, partner: str) -> Sentence:
    if own == Answer.OTHER_TIME:
        return Sentence("wait", _("Jawaban Anda: Jam lain"))
    if partner == Answer.YES:
        return Sentence("yes", _("Sama-sama mau"))
    text = _("Anda mau, mitra minta jam lain") if partner else _("Anda mau, menunggu mitra")
    return Sentence("wait", text)


def _trade_sentence(trade: Mapping[str, Any], business_id: int) -> str:
    """Return one trade as a sentence to the business that sells or buys in it."""
    values = {
        "product": trade["product"],
        "need": trade["need"] or label(trade["implied_need"]),
    }
    if trade["seller_id"] == business_id:
        if trade["implied"]:
            return _("Biasanya membeli %(need)s. Anda menawarkan %(product)s.") % values
        return _("Mencari “%(need)s”. Anda menawarkan %(product)s.") % values
    if trade["implied"]:
        return _("Menawarkan %(product)s. Usaha seperti Anda biasanya membeli %(need)s.") % values
    return _("Menawarkan %(product)s. Anda mencari “%(need)s”.") % values
