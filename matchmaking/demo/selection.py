"""The demonstration's curation: who of Kabupaten Bandung goes on the coming visit, scored and decided."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.actors import Actor, Via
from matchmaking import applications, curation, curation_decision
from matchmaking.curation_decision import Verdict
from matchmaking.demo.offices import BANDUNG, Desk
from matchmaking.models import Application, Curation, TradeContact
from products.models import Business
from regions.models import OfficeMember

CRITERIA = (("Mutu produk", 35), ("Kesiapan produksi", 35), ("Kemasan dan label", 30))
# Invented, like all others; they have nothing in the catalogue yet.
LATECOMERS = (
    ("Rajut Sekar Pagi", "Majalaya"),
    ("Opak Warung Ilalang", "Soreang"),
    ("Lilin Senja Rupa", "Baleendah"),
)
REASONS = {
    "chosen": "Peringkat dan kesiapan produksi memenuhi syarat.",
    "reserve": "Nilai tepat di bawah garis kuota.",
    "refused": "Belum siap memenuhi pesanan. Dinas menawarkan pelatihan kemasan bulan depan.",
}


def curate_coming_visit(contact: TradeContact, desks: dict[str, Desk], now: datetime) -> Curation:
    """Open, score and decide the curation of Bandung's delegation; everybody in it is chosen."""
    desk = desks[BANDUNG]
    delegation = contact.delegations.get(office=desk.office)
    going = list(Business.objects.filter(participations__delegation=delegation).order_by("pk"))
    waiting = [
        Business.objects.create(
            office=desk.office, region_id=desk.office.region_id, name=name, district=district
        )
        for name, district in LATECOMERS
    ]
    today = timezone.localdate(now)
    found, _is_new = curation.open_curation(
        actor=desk.officer,
        delegation=delegation,
        quota=len(going),
        opens_on=today - timedelta(days=20),
        closes_on=today - timedelta(days=6),
    )
    delegation.participations.all().delete()  # the decision brings everybody back
    rows = applications.add_applicants(
        actor=desk.officer, curation=found, businesses=[*going, *waiting], now=now - timedelta(days=7)
    )
    curation.set_criteria(actor=desk.officer, curation=found, criteria=CRITERIA)
    _score(desk, found, rows, now - timedelta(days=5))
    _decide(desk, found, rows, len(going), now - timedelta(days=4))
    return found


def _score(desk: Desk, found: Curation, rows: list[Application], now: datetime) -> None:
    """Let both officers of the office score; one of them is a relative of the first business's owner."""
    members = list(OfficeMember.objects.filter(office=desk.office).select_related("user").order_by("pk"))
    curation.name_reviewers(actor=desk.officer, curation=found, users=[member.user for member in members])
    curation.start_scoring(actor=desk.officer, curation=found)
    criteria = list(found.criteria.order_by("position"))
    for number, member in enumerate(members):
        actor = Actor(
            via=Via.ACCOUNT,
            user_id=member.user_id,
            office_id=desk.office.pk,
            region_id=desk.office.region_id,
        )
        if number:
            reason = "Sepupu pemilik usaha ini"
            curation.declare_conflict(actor=actor, application=rows[0], reason=reason)
        for place, row in enumerate(rows[number:], start=number):
            is_late = place >= len(rows) - len(LATECOMERS)
            lowest = 1 if is_late else 3
            sheet = {
                item.pk: (lowest + (place * (index + 2) + number) % (2 if is_late else 3), "")
                for index, item in enumerate(criteria)
            }
            curation.save_scores(actor=actor, application=row, sheet=sheet, now=now)
        curation.finish_scoring(actor=actor, curation=found, now=now)


def _decide(desk: Desk, found: Curation, rows: list[Application], seats: int, now: datetime) -> None:
    """Take the first along, keep the better two of the others in reserve."""
    places = [place.candidate for place in curation_decision.ranking_of(found)]
    decisions = {
        key: "chosen" if number < seats else "reserve" if number < len(rows) - 1 else "refused"
        for number, key in enumerate(places)
    }
    curation_decision.decide(
        actor=desk.officer,
        curation=found,
        verdicts={key: Verdict(decision, REASONS[decision]) for key, decision in decisions.items()},
        line_reason="",
        now=now,
        tell=lambda _application_ids: None,
    )
