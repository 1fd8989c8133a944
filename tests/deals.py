"""Deals of a pair as a business or an officer records them, without a screen."""

from datetime import UTC, date, datetime

from django.utils import timezone

from accounts.actors import COMMAND, Actor, Via
from matchmaking import ask_links
from matchmaking.commitments import Kind, Level, Terms, Word, confirm, record_commitment
from matchmaking.models import Commitment, Confirmation, Pair
from products.models import Business
from tests.factories import CommitmentFactory
from tests.files import document, keep_pdf
from tests.scenes import ContactScene

NOW = datetime(2018, 4, 2, 3, tzinfo=UTC)
TODAY = date(2018, 4, 2)


def link_actor(business: Business) -> Actor:
    return Actor(via=Via.LINK, business_id=business.pk)


def agreed_pair(scene: ContactScene, **values: object) -> Pair:
    """Return a pair of which both sides said yes."""
    return scene.make_pair(
        **{"step": "agreed", "step_at": NOW, "answer_a": "yes", "answer_b": "yes"} | values
    )


def terms(level: Level = Level.LOI, amount: int = 30_000_000, **values: object) -> Terms:
    first = {"kind": Kind.SALE, "goods": "Sepatu kulit", "agreed_on": date(2018, 3, 22)}
    return Terms(**{"level": level, "amount_rupiah": amount} | first | values)


def record(pair: Pair, actor: Actor, said: Terms, *, has_file: bool = False, **values: object) -> Commitment:
    """Record terms; the first of the pair sells unless ``seller`` says otherwise."""
    given = {"seller": pair.business_a, "today": TODAY, "now": NOW} | values
    file = document() if has_file else None
    return record_commitment(actor=actor, pair=pair, terms=said, file=file, **given)


def consign(pair: Pair, actor: Actor, amount: int = 5_000_000) -> Commitment:
    """Hand goods over on consignment, to be settled in 30 days."""
    return record(pair, actor, terms(Level.ORDER, amount, kind=Kind.CONSIGNMENT, settlement_days=30))


def say(commitment: Commitment, business: Business, answer: str, **values: object) -> Confirmation:
    """Let a side answer by its own link."""
    word = Word(answer=Confirmation.Answer(answer), **values)
    actor = link_actor(business)
    return confirm(actor=actor, commitment=commitment, business=business, word=word, now=NOW)


def orders_with_words(pair: Pair, count: int) -> list[Commitment]:
    """Return orders with a proof, an open link and the buyer's word, each beside goods on consignment."""
    orders = []
    for number in range(1, count + 1):
        proof = keep_pdf(pair.business_a, purpose="deal")
        orders.append(CommitmentFactory(pair=pair, level="order", document=f"PO-{number}", evidence=proof))
        consigned = {"kind": "consignment", "settlement_days": 30, "amount_rupiah": number * 1_000_000}
        CommitmentFactory(pair=pair, level="order", **consigned)
        ask_links.issue(actor=COMMAND, commitment=orders[-1], business=pair.business_b, now=timezone.now())
        say(orders[-1], pair.business_b, "other_amount", amount_rupiah=number)
    return orders
