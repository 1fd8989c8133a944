"""Trade contacts filled with pairs on their way and with commitments, for measuring the reports."""

from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import Any

from matchmaking.models import Commitment, Confirmation, Delegation, Pair, Participation, TradeContact
from matchmaking.models.steps import Step
from products.models import Business, Category, EvidenceFile
from regions.models import Office, OfficeMember, Region

CODES = ("32.04", "33.72")
DISTRICTS = ("Majalaya", "Soreang", "Laweyan", "Banjarsari", "Ciwidey", "")
STEPS = [Step.PROPOSED] * 5 + [step for step in Step if step != Step.CLOSED]
LEVELS = ["potential", "loi", "order", "realised"]
NOW = datetime(2018, 3, 22, 8, tzinfo=UTC)


def make_offices() -> list[Office]:
    """Return two offices with 100 and 50 businesses, each with a file to prove a realisation."""
    offices = []
    for code, number in zip(CODES, (100, 50), strict=True):
        region = Region.objects.get(code=code)
        office, _is_new = Office.objects.get_or_create(
            region=region, defaults={"name": f"Dinas {region.name}"}
        )
        names = range(number)
        businesses = Business.objects.bulk_create(
            Business(
                region=region,
                office=office,
                name=f"Usaha {code} {name:03}",
                district=DISTRICTS[name % len(DISTRICTS)],
            )
            for name in names
        )
        EvidenceFile.objects.bulk_create(
            EvidenceFile(
                business=one,
                purpose="deal",
                file="bukti.pdf",
                token=f"bench-{one.pk}",
                shown_name="bukti.pdf",
                content_type="application/pdf",
                size=1_000,
                sha256=f"{one.pk:064}",
                via="command",
            )
            for one in businesses
        )
        offices.append(office)
    return offices


def officer(office: Office) -> Any:
    """Return a user of the office."""
    from accounts.models import User

    user = User.objects.create_user(email="petugas.laporan@contoh.test", name="Petugas Laporan")
    OfficeMember.objects.create(user=user, office=office)
    return user


def fill_contact(offices: list[Office], sides: tuple[int, int], *, number: int, year: int = 2018) -> str:
    """Open a contact of the first businesses of both offices, each with each, and return its slug.

    Every fourth pair has a commitment, on all rungs in turn; every other one of them is confirmed.
    """
    contact = TradeContact.objects.create(
        slug=f"laporan-{number}",
        title=f"Kontak laporan {number}",
        starts_on=date(year, 3, 22),
        ends_on=date(year, 3, 22),
    )
    teams = []
    for office, role, size in zip(offices, ("guest", "host"), sides, strict=True):
        delegation = Delegation.objects.create(trade_contact=contact, office=office, role=role)
        team = list(Business.objects.filter(office=office).order_by("pk")[:size])
        Participation.objects.bulk_create(Participation(delegation=delegation, business=one) for one in team)
        teams.append(team)
    _commit(_pairs(contact, *teams), year)
    return contact.slug


def _pairs(contact: TradeContact, guests: list[Business], hosts: list[Business]) -> list[Pair]:
    families = list(Category.objects.families().order_by("pk").values_list("code", flat=True)[:12])
    both = [(guest, host) for guest in guests for host in hosts]
    rows = []
    for place, (guest, host) in enumerate(both):
        step = STEPS[place % len(STEPS)]
        said = "yes" if step != Step.PROPOSED or place % 3 == 0 else ""
        trade = {"seller_id": guest.pk, "families": [families[place % len(families)]]}
        rows.append(
            Pair(
                trade_contact=contact,
                business_a=guest,
                business_b=host,
                rank=place + 1,
                score=0.7,
                trades=[trade],
                answer_a=said,
                answer_b=said if step != Step.PROPOSED else "",
                step=step,
                step_at=None if step == Step.PROPOSED else NOW,
            )
        )
    return Pair.objects.bulk_create(rows, batch_size=1000)


def _commit(pairs: list[Pair], year: int) -> None:
    proofs = dict(EvidenceFile.objects.values_list("business", "pk"))
    categories = list(Category.objects.families().order_by("pk")[:12])
    rows = [
        Commitment(
            pair=pair,
            level=level,
            seller=pair.business_a,
            buyer=pair.business_b,
            goods="Kain motif",
            category=category,
            amount_rupiah=1_000_000 + 250_000 * (place % 40),
            agreed_on=date(year, 4, 1),
            evidence_id=proofs[pair.business_a_id] if level == "realised" else None,
            recorded_for=pair.business_a,
            via="command",
            recorded_at=NOW,
        )
        for place, (pair, level, category) in enumerate(
            zip(islice(pairs, 0, None, 4), cycle(LEVELS), cycle(categories), strict=False)
        )
    ]
    made = Commitment.objects.bulk_create(rows, batch_size=1000)
    Confirmation.objects.bulk_create(
        Confirmation(commitment=one, business_id=one.buyer_id, answer="agree", via="link", at=NOW)
        for one in made[::2]
    )
