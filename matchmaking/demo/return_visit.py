"""The demonstration's return visit: Surakarta came to Bandung about fourteen weeks ago, and met whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.utils import timezone

from accounts.actors import Actor, Via
from matchmaking import contacts, delegations, pairing, return_visit
from matchmaking.answer_lock import set_answers_locked
from matchmaking.demo.catalogue import Businesses
from matchmaking.demo.offices import BANDUNG, SURAKARTA, Desk
from matchmaking.demo.visits import THURSDAY, propose_pairs
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Pair, TradeContact
from products.models import Business

WEEKS_AGO = 14
PREPARED = timedelta(days=14)  # before the day: the proposals, then the answers
LOCKED_BEFORE = 3  # days before the visit, when the timetable is made
PLACE = "Gedung serbaguna kecamatan, Soreang, Kabupaten Bandung"
SUMMARY = (
    "Kunjungan balasan: pelaku usaha Kota Surakarta datang ke Kabupaten Bandung. Pasangan, contoh, pesanan, "
    "dan pembayarannya dicatat sampai sekarang. Semua pelaku usaha dan angka dalam peragaan ini rekaan."
)
NOT_NOW = "Tahun ini belum perlu; lain kali dengan senang hati."
ADDED_BECAUSE = "Keduanya berkenalan pada kunjungan pertama dan minta dipertemukan lagi."
# What the sides (a, b) of the pairs without a story answered; None did not.
OTHERS: tuple[tuple[Answer | None, Answer | None], ...] = (
    (Answer.YES, None), (None, None), (Answer.NO, None), (None, Answer.YES), (None, None), (None, Answer.NO),
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """The return visit with its day, and who did each office's part of it."""

    contact: TradeContact
    day: date
    desks: dict[str, Desk]

    def on(self, after: int) -> date:
        """Return the day so many days after the visit; before it when negative."""
        return self.day + timedelta(days=after)

    def at(self, after: int) -> datetime:
        """Return ten o'clock of that day, in the offices' time."""
        return timezone.make_aware(datetime.combine(self.on(after), time(10)))

    def officer_of(self, business: Business) -> Actor:
        return next(desk.officer for desk in self.desks.values() if desk.office.pk == business.office_id)


def day_of_return_visit(today: date) -> date:
    """Return the Thursday fourteen weeks ago: 98 to 104 days before ``today``."""
    day = today - timedelta(weeks=WEEKS_AGO)
    return day - timedelta(days=(day.weekday() - THURSDAY) % 7)


def hold_return_visit(
    first: TradeContact,
    desks: dict[str, Desk],
    businesses: Businesses,
    couples: Iterable[tuple[str, str]],
    day: date,
) -> Visit:
    """Open the return visit of ``first``, bring and propose who came, and let ``couples`` (names) agree."""
    visit = Visit(_opened(first, desks, day), day, desks)
    wanted = list(couples)
    _bring(visit, [businesses[name] for name in dict.fromkeys(name for couple in wanted for name in couple)])
    before = visit.day - PREPARED
    propose_pairs(visit.contact, desks[BANDUNG].officer, today=before, now=visit.at(-PREPARED.days))
    for one, other in wanted:
        _agree(visit, businesses[one], businesses[other], before)
    _answer_others(visit)
    officer, locked_at = desks[BANDUNG].officer, visit.at(-LOCKED_BEFORE)
    set_answers_locked(actor=officer, trade_contact=visit.contact, is_locked=True, now=locked_at)
    return visit


def pair_between(visit: Visit, one: Business, other: Business) -> Pair:
    """Return the pair of two businesses in this visit, with both."""
    pairs = Pair.objects.with_businesses().of_business(one.pk).of_business(other.pk)
    return pairs.get(trade_contact=visit.contact)


def by_link(business: Business) -> Actor:
    """Return the holder of a business's personal link."""
    return Actor(via=Via.LINK, business_id=business.pk)


def _opened(first: TradeContact, desks: dict[str, Desk], day: date) -> TradeContact:
    officer = desks[BANDUNG].officer
    host = first.delegations.get(office=desks[BANDUNG].office)
    contact, _is_new = return_visit.open_return_visit(
        actor=officer, trade_contact=first, host=host, starts_on=day, ends_on=day, place=PLACE
    )
    return contacts.update_trade_contact(
        actor=officer,
        trade_contact=contact,
        version=contact.version,
        facts=replace(contacts.facts_of(contact), summary=SUMMARY),
    )


def _bring(visit: Visit, businesses: list[Business]) -> None:
    for code in (BANDUNG, SURAKARTA):
        desk = visit.desks[code]
        delegations.add_participants(
            actor=desk.officer,
            delegation=visit.contact.delegations.get(office=desk.office),
            businesses=[one for one in businesses if one.office_id == desk.office.pk],
        )


def _agree(visit: Visit, one: Business, other: Business, before: date) -> None:
    """Put a couple on the list, unless the portal has proposed it, and let both say yes by their links."""
    pair = pairing.add_pair(
        actor=visit.desks[SURAKARTA].officer,
        trade_contact=visit.contact,
        one=one,
        other=other,
        reason=ADDED_BECAUSE,
        today=before,
    )
    for days, business in ((-9, one), (-8, other)):
        record_answer(
            actor=by_link(business), pair=pair, business=business, answer=Answer.YES, now=visit.at(days)
        )


def _answer_others(visit: Visit) -> None:
    """Let some sides of the remaining pairs answer, so that none of these agrees."""
    script: Iterator[tuple[Answer | None, Answer | None]] = cycle(OTHERS)
    others = Pair.objects.shown().filter(trade_contact=visit.contact, answer_a="", answer_b="")
    for pair, answers in zip(others.with_businesses().in_order(), script, strict=False):
        for business, answer in zip((pair.business_a, pair.business_b), answers, strict=True):
            if answer is not None:
                note = NOT_NOW if answer == Answer.NO else ""
                record_answer(
                    actor=by_link(business),
                    pair=pair,
                    business=business,
                    answer=answer,
                    note=note,
                    now=visit.at(-7),
                )
