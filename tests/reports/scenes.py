"""A contact with something to report: pairs on their way, commitments on every rung, a dispute, trips."""

from datetime import date
from typing import Any

from matchmaking.models import Commitment, Pair
from tests.factories import CategoryFactory, CommitmentFactory, ConfirmationFactory
from tests.files import keep_pdf
from tests.scenes import ContactScene, make_contact


def commit(pair: Pair, level: str, rupiah: int, **values: Any) -> Commitment:
    """Record that the guest's business sells to the host's, in the week after the founding visit."""
    evidence = keep_pdf(pair.business_a) if level == "realised" else None
    facts = {"agreed_on": date(2018, 3, 29), "evidence": evidence} | values
    return CommitmentFactory(pair=pair, level=level, amount_rupiah=rupiah, **facts)


def make_reports(**first_pair: object) -> ContactScene:
    """Return a contact with two pairs: the founding case's sums, a dispute and an old potential."""
    scene = make_contact()
    cloth = CategoryFactory(code="kain-contoh", name_id="Kain contoh", name_en="Sample cloth")
    first = scene.make_pair(answer_a="yes", answer_b="yes", **first_pair)
    second = scene.make_pair()
    commit(first, "loi", 30_000_000, category=cloth)
    commit(first, "order", 12_000_000, category=cloth)
    commit(first, "realised", 11_400_000, category=cloth)
    commit(first, "realised", 8_000_000)
    commit(second, "potential", 5_000_000, agreed_on=date(2018, 3, 22))
    disputed = commit(second, "order", 9_000_000, seller=second.business_b, buyer=second.business_a)
    ConfirmationFactory(commitment=disputed, answer="dispute", note="Belum pernah dipesan.")
    return scene
