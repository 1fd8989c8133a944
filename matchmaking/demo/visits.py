"""The demonstration's two trade contacts: the visit of 2018, and the one that is coming up."""

from datetime import date, datetime, timedelta

from accounts.actors import Actor
from matchmaking import contacts, delegations, pairing
from matchmaking.demo import rows
from matchmaking.demo.catalogue import Businesses
from matchmaking.demo.offices import BANDUNG, SURAKARTA, Desk
from matchmaking.models import Pair, TradeContact
from products.models import Category

FIRST_VISIT = date(2018, 3, 22)
DAYS_AHEAD = 19  # and then the next Thursday, as in 2018
THURSDAY = 3
PLACE = "Balai Kota Surakarta, Pendapi Gede"
COMMODITIES = ("sepatu-dan-kulit", "tekstil-dan-busana", "kriya", "kuliner", "kemasan")

PAST_SUMMARY = (
    "Kunjungan pertama: dinas Kabupaten Bandung membawa sepatu, kriya, kuliner, dan produk lain ke Kota "
    "Surakarta. Yang tercatat hanya siapa yang ikut; daftar pasangan dan hasilnya tidak pernah dibukukan. "
    "Semua pelaku usaha dalam peragaan ini rekaan."
)
COMING_SUMMARY = (
    "Kunjungan kedua. Temu usaha pukul 09.30–15.00 WIB, istirahat 12.00–13.00. Kabupaten Bandung membawa "
    "sepatu, tekstil, kriya, makanan, dan kemasan. Kota Surakarta mencari kain, kemasan, dan isi toko, serta "
    "menawarkan batik, abon, dan mebel rotan. Semua pelaku usaha dalam peragaan ini rekaan."
)
HIDDEN_BECAUSE = "Keduanya sudah berlangganan sejak tahun lalu, jadi tidak perlu dipertemukan lagi."
ADDED_BECAUSE = "Konveksi mencari mitra bordir. Koperasi ini sanggup, hanya produknya belum sempat diisi."
ADDED = ("Koperasi Bordir Jarum Kenanga", "Konveksi Sandang Lumintu")
HIDDEN = ("Kemas Bening", "Abon Dapur Kepatihan")
LOCKED = (
    ("Kapas Wetan", "Batik Canting Wening"),
    ("Golek Cahaya Jati", "Galeri Wayang Senja"),
    ("Jejak Lembayung", "Hotel Tepi Bengawan"),
)


def day_of_coming_visit(today: date) -> date:
    """Return the Thursday about three weeks ahead: 19 to 25 days after ``today``."""
    day = today + timedelta(days=DAYS_AHEAD)
    return day + timedelta(days=(THURSDAY - day.weekday()) % 7)


def tell_first_visit(desks: dict[str, Desk], businesses: Businesses) -> TradeContact:
    """Write down the visit of 2018: who came, and nothing more."""
    facts = _facts(desks, FIRST_VISIT, PAST_SUMMARY, quota=30)
    were_there = [row for row in rows.businesses() if row.first_visit]
    return _open(desks, facts, businesses, were_there)


def plan_coming_visit(desks: dict[str, Desk], businesses: Businesses, visit_on: date) -> TradeContact:
    """Open the visit that is coming up, with every business in its delegation."""
    facts = _facts(desks, visit_on, COMING_SUMMARY, quota=35)
    return _open(desks, facts, businesses, rows.businesses())


def propose_pairs(contact: TradeContact, officer: Actor, *, today: date, now: datetime) -> None:
    """Compute the list of proposals here and now, without the queue."""
    run = pairing.request_proposals(actor=officer, trade_contact=contact, now=now, start=lambda _run_id: None)
    pairing.run_proposals(actor=officer, run_id=run.pk, today=today)


def decide_about_pairs(
    contact: TradeContact, desks: dict[str, Desk], businesses: Businesses, today: date
) -> None:
    """Lock, hide and add, as officers do who know their businesses."""
    guest, host = desks[BANDUNG].officer, desks[SURAKARTA].officer
    for names in LOCKED:
        pairing.lock_pair(actor=guest, pair=_proposed(contact, names))
    pairing.hide_pair(actor=host, pair=_proposed(contact, HIDDEN), reason=HIDDEN_BECAUSE)
    one, other = (businesses[name] for name in ADDED)
    pairing.add_pair(
        actor=host, trade_contact=contact, one=one, other=other, reason=ADDED_BECAUSE, today=today
    )


def _proposed(contact: TradeContact, names: tuple[str, str]) -> Pair:
    """Return the proposal that brings the business of Bandung and the one of Surakarta together."""
    return contact.pairs.get(business_a__name=names[0], business_b__name=names[1])


def _facts(desks: dict[str, Desk], day: date, summary: str, *, quota: int) -> contacts.ContactFacts:
    return contacts.ContactFacts(
        title=contacts.suggested_title(desks[BANDUNG].office, desks[SURAKARTA].office, day),
        starts_on=day,
        ends_on=day,
        place=PLACE,
        summary=summary,
        commodities=tuple(Category.objects.filter(code__in=COMMODITIES).order_by("position")),
        businesses_per_delegation=quota,
        pairs_per_business=6,
    )


def _open(
    desks: dict[str, Desk],
    facts: contacts.ContactFacts,
    businesses: Businesses,
    participants: list[rows.BusinessRow],
) -> TradeContact:
    """Open a contact of Bandung as guest and Surakarta as host, and fill both delegations."""
    guest, host = desks[BANDUNG], desks[SURAKARTA]
    contact, _is_new = contacts.open_trade_contact(
        actor=guest.officer, guest_office=guest.office, host_office=host.office, facts=facts
    )
    for code, desk in ((BANDUNG, guest), (SURAKARTA, host)):
        delegations.add_participants(
            actor=desk.officer,
            delegation=contact.delegations.get(office=desk.office),
            businesses=[businesses[row.name] for row in participants if row.region == code],
        )
    return contact
