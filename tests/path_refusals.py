"""What the database refuses of steps, samples, quotes and tasks; read by ``test_constraints``."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from matchmaking.models import PairStep
from tests.factories import (
    BusinessFactory,
    PairFactory,
    PairStepFactory,
    QuoteFactory,
    QuoteRequestFactory,
    SampleFactory,
    TaskFactory,
    TradeContactFactory,
)

NOON = datetime(2018, 4, 1, 5, tzinfo=UTC)
EARLY, LATE = date(2018, 4, 1), date(2018, 4, 9)


def sample_number_twice() -> None:
    pair = PairFactory()
    SampleFactory(pair=pair)
    SampleFactory(pair=pair, sender=pair.business_b)


def second_open_sample() -> None:
    pair = PairFactory()
    SampleFactory(pair=pair)
    SampleFactory(pair=pair, number=2)


def request_open_twice() -> None:
    values = {"trade_contact": TradeContactFactory(), "buyer": BusinessFactory(), "what": "Kotak"}
    QuoteRequestFactory(**values)
    QuoteRequestFactory(**values)


def second_quote_of_a_pair() -> None:
    first = QuoteFactory()
    QuoteFactory(request=first.request, pair=first.pair)


def same_task_twice() -> None:
    pair = PairFactory()
    TaskFactory(pair=pair)
    TaskFactory(pair=pair)


def change_a_step() -> None:
    PairStep.objects.filter(pk=PairStepFactory().pk).update(note="lain")


PATH_REFUSALS: list[tuple[str, Callable[[], object]]] = [
    ("pair_at_known_step", lambda: PairFactory(step="terbang", step_at=NOON)),
    ("pair_reason_when_closed", lambda: PairFactory(step="closed", step_at=NOON)),
    ("pair_reason_when_closed", lambda: PairFactory(closed_reason="price")),
    ("pair_reason_when_closed", lambda: PairFactory(step="closed", step_at=NOON, closed_reason="malas")),
    ("pair_step_has_time", lambda: PairFactory(step="met")),
    ("pair_step_known", lambda: PairStepFactory(to_step="terbang")),
    ("pair_step_moves", lambda: PairStepFactory(from_step="met")),
    ("pair_step_money_has_evidence", lambda: PairStepFactory(to_step="order")),
    ("pair_step_reason_when_closed", lambda: PairStepFactory(to_step="closed")),
    ("pair_step_reason_when_closed", lambda: PairStepFactory(reason="price")),
    ("pair_step_via_known", lambda: PairStepFactory(via="telepati")),
    ("pair_step_append_only", lambda: PairStepFactory().delete()),
    ("pair_step_append_only", change_a_step),
    ("sample_number_once", sample_number_twice),
    ("sample_one_open", second_open_sample),
    ("sample_number_positive", lambda: SampleFactory(number=0)),
    ("sample_payer_known", lambda: SampleFactory(payer="negara")),
    ("sample_received_after_sent", lambda: SampleFactory(received_on=LATE)),
    ("sample_received_after_sent", lambda: SampleFactory(sent_on=LATE, received_on=EARLY)),
    ("sample_judged_after_received", lambda: SampleFactory(judged_on=LATE, verdict="good")),
    (
        "sample_judged_after_received",
        lambda: SampleFactory(sent_on=EARLY, received_on=LATE, judged_on=EARLY, verdict="good"),
    ),
    ("sample_verdict_when_judged", lambda: SampleFactory(verdict="good")),
    (
        "sample_verdict_when_judged",
        lambda: SampleFactory(sent_on=EARLY, received_on=EARLY, judged_on=LATE, verdict="change"),
    ),
    ("quote_request_has_end", lambda: QuoteRequestFactory(closes_on=None)),
    ("quote_request_count_positive", lambda: QuoteRequestFactory(closes_at_count=0)),
    ("quote_request_one_open", request_open_twice),
    ("quote_once_per_pair", second_quote_of_a_pair),
    ("quote_price_positive", lambda: QuoteFactory(price_rupiah=0)),
    ("quote_quantity_positive", lambda: QuoteFactory(quantity=0)),
    ("quote_via_known", lambda: QuoteFactory(via="telepati")),
    ("task_one_undone", same_task_twice),
    ("task_reason_actionable", lambda: TaskFactory(reason="price")),
    ("task_done_says_how", lambda: TaskFactory(done_at=NOON)),
]
