"""Broken rules of commitments, confirmations and ask-links, for ``test_constraints``."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from matchmaking.models import AskLink, Commitment, Confirmation
from tests.factories import (
    AskLinkFactory,
    BusinessFactory,
    CommitmentFactory,
    ConfirmationFactory,
    EvidenceFactory,
    PairFactory,
    UnitFactory,
)

LATER = datetime(2018, 4, 1, tzinfo=UTC)
CONSIGNED = {"kind": "consignment", "level": "order", "settlement_days": 30}


def with_itself() -> None:
    pair = PairFactory()
    CommitmentFactory(pair=pair, seller=pair.business_a, buyer=pair.business_a)


def twice_the_same() -> None:
    pair = PairFactory()
    CommitmentFactory(pair=pair)
    CommitmentFactory(pair=pair)


def change(**values: object) -> Callable[[], object]:
    return lambda: Commitment.objects.filter(pk=CommitmentFactory().pk).update(**values)


def withdrawn_twice() -> None:
    commitment = CommitmentFactory(withdrawn_at=LATER, withdrawn_reason="Salah ketik.")
    Commitment.objects.filter(pk=commitment.pk).update(withdrawn_at=None, withdrawn_reason="")


def settled(**values: object) -> None:
    CommitmentFactory(kind="consignment", level="realised", evidence=EvidenceFactory(), **values)


MONEY_REFUSALS: list[tuple[str, Callable[[], object]]] = [
    ("commitment_level_known", lambda: CommitmentFactory(level="janji")),
    ("commitment_kind_known", lambda: CommitmentFactory(kind="barter")),
    ("commitment_two_sides", with_itself),
    ("commitment_within_pair", lambda: CommitmentFactory(buyer=BusinessFactory())),
    ("commitment_within_pair", lambda: CommitmentFactory(level="order", grew_from=CommitmentFactory())),
    ("commitment_recorded_for_a_side", lambda: CommitmentFactory(recorded_for=BusinessFactory())),
    ("commitment_amount_positive", lambda: CommitmentFactory(amount_rupiah=0)),
    ("commitment_names_goods", lambda: CommitmentFactory(goods="")),
    ("commitment_quantity_has_unit", lambda: CommitmentFactory(quantity=100)),
    ("commitment_quantity_has_unit", lambda: CommitmentFactory(quantity=0, unit=UnitFactory())),
    ("commitment_quantity_has_unit", lambda: CommitmentFactory(unit=UnitFactory())),
    ("commitment_realised_has_evidence", lambda: CommitmentFactory(level="realised")),
    ("commitment_due_after_agreed", lambda: CommitmentFactory(due_on=date(2018, 3, 21))),
    ("commitment_settlement_of_consignment", lambda: CommitmentFactory(**CONSIGNED | {"settlement_days": 0})),
    (
        "commitment_settlement_of_consignment",
        lambda: CommitmentFactory(**CONSIGNED | {"settlement_days": None}),
    ),
    ("commitment_settlement_of_consignment", lambda: CommitmentFactory(settlement_days=30)),
    ("commitment_unsold_of_consignment", settled),
    ("commitment_unsold_of_consignment", lambda: CommitmentFactory(unsold_rupiah=900_000)),
    ("commitment_consignment_is_handed_over", lambda: CommitmentFactory(kind="consignment")),
    ("commitment_withdrawn_says_why", lambda: CommitmentFactory(withdrawn_at=LATER)),
    ("commitment_withdrawn_says_why", lambda: CommitmentFactory(withdrawn_reason="Salah ketik.")),
    ("commitment_via_known", lambda: CommitmentFactory(via="telepati")),
    ("commitment_recorded_once", twice_the_same),
    ("commitment_frozen", change(amount_rupiah=3_000_000)),
    ("commitment_frozen", change(amount_rupiah=3, withdrawn_at=LATER, withdrawn_reason="Salah.")),
    ("commitment_frozen", withdrawn_twice),
    ("commitment_frozen", lambda: CommitmentFactory().delete()),
    ("confirmation_answer_known", lambda: ConfirmationFactory(answer="mungkin")),
    ("confirmation_amount_when_other", lambda: ConfirmationFactory(answer="other_amount")),
    ("confirmation_amount_when_other", lambda: ConfirmationFactory(amount_rupiah=1)),
    ("confirmation_dispute_says_why", lambda: ConfirmationFactory(answer="dispute")),
    ("confirmation_band_known", lambda: ConfirmationFactory(without_office="half")),
    ("confirmation_via_known", lambda: ConfirmationFactory(via="telepati")),
    ("confirmation_append_only", lambda: ConfirmationFactory().delete()),
    (
        "confirmation_append_only",
        lambda: Confirmation.objects.filter(pk=ConfirmationFactory().pk).update(answer="dispute"),
    ),
    (
        "ask_link_token_unique",
        lambda: [AskLinkFactory(token_hash="0" * 64), AskLinkFactory(token_hash="0" * 64)],
    ),
    ("ask_link_expires_after_creation", lambda: AskLinkFactory(expires_at=datetime(2018, 3, 1, tzinfo=UTC))),
    (
        "ask_link_asks_one_thing",
        lambda: AskLink.objects.filter(pk=AskLinkFactory().pk).update(commitment=None),
    ),
]
