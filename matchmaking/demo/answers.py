"""The demonstration's answers to proposals, through personal links and through officers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle

from accounts.actors import Actor, Via
from matchmaking.demo.offices import BANDUNG, SURAKARTA, Desk
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Pair, TradeContact
from products.links import issue_link
from products.models import Business

YES, NO, LATER = Answer.YES, Answer.NO, Answer.OTHER_TIME
# What the two sides (guest, host) of one proposal after the other say; None has not answered.
SCRIPT: tuple[tuple[Answer | None, Answer | None], ...] = (
    (YES, YES), (None, YES), (None, None), (YES, None), (YES, YES), (None, None), (LATER, YES), (None, None),
    (None, NO), (YES, YES), (None, None), (None, YES), (YES, LATER), (None, None), (NO, None), (None, None),
)  # fmt: skip
NOTES = {
    "yes seller": ("", "Contoh barang kami bawa.", "", "", "Harga untuk jumlah besar dapat dibicarakan.", ""),
    "yes buyer": ("Tolong bawa dua contoh.", "", "", "Kami ingin memegang barangnya dahulu.", ""),
    "no seller": ("Kapasitas kami terisi sampai dua bulan ke depan.", "Pesanannya terlalu kecil untuk kami."),
    "no buyer": ("Sudah ada pemasok tetap sampai akhir tahun.", "Harganya belum masuk anggaran kami."),
    "other_time seller": ("Sesudah pukul 13.00, paginya mengantar barang.",),
    "other_time buyer": ("Pagi saja, sebelum pukul 11.00.", "Sesudah istirahat, toko ramai sampai siang."),
}


@dataclass
class Replies:
    """Gives answers one after the other, each through the right door, with a note that fits."""

    desks: dict[int, Desk]
    now: datetime
    invited: set[int] = field(default_factory=set)
    notes: dict[str, Iterator[str]] = field(default_factory=lambda: {key: cycle(NOTES[key]) for key in NOTES})
    on_phone: Iterator[bool] = field(default_factory=lambda: cycle((False, False, True)))

    def give(self, pair: Pair, business: Business, answer: Answer) -> None:
        """Record one answer: by the business's own link, or by its office every third time."""
        role = "seller" if pair.trades and pair.trades[0]["seller_id"] == business.pk else "buyer"
        note = next(self.notes[f"{answer} {role}"])
        actor = self.desks[business.region_id].officer if next(self.on_phone) else self._holder(business)
        record_answer(actor=actor, pair=pair, business=business, answer=answer, note=note)

    def _holder(self, business: Business) -> Actor:
        """Return the holder of the business's link; its office sends that first."""
        if business.pk not in self.invited:
            issue_link(actor=self.desks[business.region_id].officer, business=business, now=self.now)
            self.invited.add(business.pk)
        return Actor(via=Via.LINK, business_id=business.pk)


def answer_proposals(contact: TradeContact, desks: dict[str, Desk], now: datetime) -> None:
    """Answer the proposals as ``SCRIPT`` says; the first one only after a change of mind."""
    replies = Replies({desk.office.region_id: desk for desk in desks.values()}, now)
    proposed = Pair.objects.shown().filter(trade_contact=contact, origin=Pair.Origin.PROPOSED)
    pairs = proposed.with_businesses().in_order()
    for position, (pair, script) in enumerate(zip(pairs, cycle(SCRIPT), strict=False)):
        sides = {pair.business_a.region_id: pair.business_a, pair.business_b.region_id: pair.business_b}
        guest, host = (sides[desks[code].office.region_id] for code in (BANDUNG, SURAKARTA))
        if position == 0:
            replies.give(pair, host, LATER)
        for business, answer in zip((guest, host), script, strict=True):
            if answer is not None:
                replies.give(pair, business, answer)
