"""A contact with something to report: pairs on their way, commitments on every rung, a dispute, trips."""

from datetime import date
from typing import Any

from matchmaking.models import Commitment, Confirmation, Pair
from tests.factories import CategoryFactory
from tests.files import keep_pdf
from tests.scenes import ContactScene, make_contact


def commit(pair: Pair, level: str, rupiah: int, **values: Any) -> Commitment:
    """Record that the guest's business sells to the host's, in the week after the founding visit."""
    facts: dict[str, Any] = {
        "seller": pair.business_a,
        "buyer": pair.business_b,
        "goods": "Kain motif",
        "agreed_on": date(2018, 3, 29),
        "via": "account",
        "recorded_for": pair.business_a,
    }
    if level == "realised":
        facts["evidence"] = keep_pdf(pair.business_a)
    return Commitment.objects.create(pair=pair, level=level, amount_rupiah=rupiah, **facts | values)


def make_reports(**values: object) -> ContactScene:
    """Return a contact with two pairs: the founding case's sums, a dispute and an old potential."""
    scene = make_contact(**values)
    cloth = CategoryFactory(code="kain-contoh", name_id="Kain contoh", name_en="Sample cloth")
    first = scene.make_pair(answer_a="yes", answer_b="yes")
    second = scene.make_pair()
    commit(first, "loi", 30_000_000, category=cloth)
    commit(first, "order", 12_000_000, category=cloth)
    commit(first, "realised", 11_400_000, category=cloth)
    commit(first, "realised", 8_000_000)
    commit(second, "potential", 5_000_000, agreed_on=date(2018, 3, 22))
    disputed = commit(second, "order", 9_000_000, seller=second.business_b, buyer=second.business_a)
    Confirmation.objects.create(
        commitment=disputed, business=second.business_a, answer="dispute", via="account"
    )
    return scene
