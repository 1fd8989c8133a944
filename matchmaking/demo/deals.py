"""What two of the demonstration's businesses do after they met: each act through the portal's own domain."""

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from PIL import ImageDraw

from matchmaking import commitments, office_tasks, path, quotes, samples
from matchmaking.demo.offices import SURAKARTA
from matchmaking.demo.photos import DAUN, INK, KUNYIT, picture_of
from matchmaking.demo.return_visit import Visit, by_link
from matchmaking.models import Commitment, Confirmation, Pair, Reason, Sample, Step
from products.documents import CleanDocument, read_document
from products.models import Business, Product, Unit

Level, Kind, Says = Commitment.Level, Commitment.Kind, Confirmation.Answer


def receipt(pen: ImageDraw.ImageDraw) -> None:
    """A receipt with lines and a stamp."""
    pen.rectangle((330, 90, 870, 760), fill="#ffffff", outline=INK, width=4)
    for top in range(170, 560, 60):
        pen.line((380, top, 820, top), fill=INK, width=5)
    pen.ellipse((610, 560, 790, 740), outline=DAUN, width=12)
    pen.rectangle((380, 620, 560, 660), fill=KUNYIT)


@cache
def proof() -> CleanDocument:
    """Return the drawing that stands for every receipt; drawn once."""
    return read_document(picture_of(receipt), name="gambar-contoh.png")


@dataclass(frozen=True, kw_only=True)
class Deal:
    """A pair of the visit with who sells what to whom. Days count from the visit; amounts are rupiah."""

    visit: Visit
    pair: Pair
    seller: Business
    buyer: Business
    product: Product

    def meet(self) -> None:
        """Both sat at a table on the day of the visit; the host's guests wrote it down."""
        officer = self.visit.desks[SURAKARTA].officer
        path.take_step(actor=officer, pair=self.pair, to=Step.MET, now=self.visit.at(0))

    def send_sample(self, what: str, *, after: int, payer: Sample.Payer = Sample.Payer.SENDER) -> Sample:
        """Agree on a sample, send it two days later, and let it arrive after three more."""
        sender, receiver = by_link(self.seller), by_link(self.buyer)
        now = self.visit.at(after)
        sample = samples.agree_sample(
            actor=sender, pair=self.pair, sender=self.seller, what=what, payer=payer, now=now
        )
        sample = samples.report_sent(actor=sender, sample=sample, day=self.visit.on(after + 2))
        return samples.report_received(actor=receiver, sample=sample, day=self.visit.on(after + 5))

    def judge(
        self, sample: Sample, verdict: Sample.Verdict, note: str, *, after: int, lacking: Reason | None = None
    ) -> None:
        """Let the buyer say what it thinks of a sample."""
        samples.judge_sample(
            actor=by_link(self.buyer),
            sample=sample,
            judgement=samples.Judgement(verdict=verdict, lacking=lacking, note=note),
            photo=None,
            today=self.visit.on(after),
            now=self.visit.at(after),
        )

    def quote(self, what: str, price_rupiah: int, quantity: int, *, after: int, terms: str = "") -> None:
        """Let the buyer ask what something costs, where it has not asked yet, and the seller answer."""
        today, now = self.visit.on(after), self.visit.at(after)
        request = quotes.open_request(
            actor=self.visit.officer_of(self.buyer),
            trade_contact=self.visit.contact,
            buyer=self.buyer,
            need=None,
            what=what,
            closes_on=None,
            closes_at_count=2,
            now=now,
            today=today,
        )
        offered = quotes.Terms(
            price_rupiah=price_rupiah,
            quantity=quantity,
            unit=cast(Unit, self.product.unit),  # every product of a story has one
            lead_time_days=self.product.lead_time_days,
            terms=terms,
        )
        quotes.give_quote(
            actor=by_link(self.seller), request=request, pair=self.pair, terms=offered, now=now, today=today
        )

    def record(
        self,
        level: Commitment.Level,
        amount_rupiah: int,
        *,
        after: int,
        kind: Commitment.Kind = Kind.SALE,
        **more: Any,
    ) -> Commitment:
        """Let the seller's officer write down one rung; a realisation comes with its receipt."""
        terms = commitments.Terms(
            level=level,
            kind=kind,
            goods=self.product.name,
            category=self.product.category,
            amount_rupiah=amount_rupiah,
            agreed_on=self.visit.on(after),
            **more,
        )
        return commitments.record_commitment(
            actor=self.visit.officer_of(self.seller),
            pair=self.pair,
            seller=self.seller,
            terms=terms,
            file=proof() if level == Level.REALISED else None,
            today=self.visit.on(after),
            now=self.visit.at(after),
        )

    def hear(self, row: Commitment, answer: Confirmation.Answer, *, after: int, **more: Any) -> None:
        """Let the buyer say by its link what it thinks of a commitment."""
        commitments.confirm(
            actor=by_link(self.buyer),
            commitment=row,
            business=self.buyer,
            word=commitments.Word(answer=answer, **more),
            now=self.visit.at(after),
        )

    def close(self, reason: Reason, note: str, *, after: int) -> None:
        """Let the seller's office end the pair; the reason is about the seller."""
        office_tasks.close_pair(
            actor=self.visit.officer_of(self.seller),
            pair=self.pair,
            reason=reason,
            lacking=self.seller,
            note=note,
            now=self.visit.at(after),
            today=self.visit.on(after),
        )
