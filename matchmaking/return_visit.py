"""A return visit: the guests of an earlier trade contact receive its host, and open pairs come along."""

from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from matchmaking.contacts import ContactFacts, facts_of, open_trade_contact, suggested_title
from matchmaking.models import Delegation, Pair, Participation, Step, TradeContact

FROM_THE_FIRST = ("score", "score_parts", "trades", "reasons", "unmet")
"""What a pair keeps of the one that it continues."""


@transaction.atomic
def open_return_visit(
    *,
    actor: Actor,
    trade_contact: TradeContact,
    host: Delegation,
    starts_on: date | None,
    ends_on: date | None,
    place: str,
) -> tuple[TradeContact, bool]:
    """Open the return visit of a contact with ``host``, a guest until now, and say whether it is new.

    Every other office comes as a guest. Pairs that both sides agreed on and that have not ended come
    along, with their businesses in the delegations; both sides are asked anew whether they want to meet.
    A contact has one return visit: asking again returns it as it is. About twelve queries, four a pair.

    Raises:
        ValidationError: ``host`` is no guest of this contact, or the dates are wrong.
    """
    first = TradeContact.objects.select_for_update().get(pk=trade_contact.pk)
    existing = first.return_visits.order_by("pk").first()
    if existing is not None:
        return existing, False
    delegations = list(first.delegations.select_related("office__region").order_by("-role", "pk"))
    if host.role != Delegation.Role.GUEST or host not in delegations:
        raise ValidationError({"host": _("Pilih salah satu dinas tamu sebagai tuan rumah.")})
    visit = _opened(actor, first, host, delegations, starts_on=starts_on, ends_on=ends_on, place=place)
    _bring_others(actor, visit, delegations)
    pairs = _open_pairs(first)
    _bring_businesses(actor, visit, pairs)
    for pair in pairs:
        _continue(actor, visit, pair)
    history.record(actor=actor, subject=first, action="returned", after={"pairs": len(pairs)})
    return visit, True


def hosts_for(trade_contact: TradeContact) -> list[Delegation]:
    """Return the delegations that can receive the return visit: the guests of the first one."""
    guests = trade_contact.delegations.filter(role=Delegation.Role.GUEST)
    return list(guests.select_related("office__region").order_by("pk"))


def count_open_pairs(trade_contact: TradeContact) -> int:
    """Return how many pairs would come along."""
    return len(_open_pairs(trade_contact))


def return_visit_of(trade_contact: TradeContact) -> TradeContact | None:
    return trade_contact.return_visits.order_by("pk").first()


def earlier_pair(pair: Pair) -> Pair | None:
    """Return the pair that this one continues, with its contact; no query where it continues none."""
    if pair.continues_id is None:
        return None
    return Pair.objects.select_related("trade_contact").get(pk=pair.continues_id)


def continuation_of(pair: Pair) -> Pair | None:
    """Return the pair of the return visit that continues this one, with its contact."""
    return pair.continuations.select_related("trade_contact").order_by("pk").first()


def _opened(
    actor: Actor,
    first: TradeContact,
    host: Delegation,
    delegations: list[Delegation],
    *,
    starts_on: date | None,
    ends_on: date | None,
    place: str,
) -> TradeContact:
    """Open the new contact between the old host, now a guest, and the new host."""
    guest = next(row for row in delegations if row.role == Delegation.Role.HOST)
    title = suggested_title(guest.office, host.office, starts_on)
    title = title.replace("Kontak dagang", "Kunjungan balasan", 1)  # titles are data, not translated
    facts: ContactFacts = replace(
        facts_of(first), title=title[:140], starts_on=starts_on, ends_on=ends_on, place=place
    )
    visit, is_new = open_trade_contact(
        actor=actor, guest_office=guest.office, host_office=host.office, facts=facts
    )
    if not is_new:
        raise ValidationError(_("Kontak dagang dengan tanggal ini sudah ada. Pilih tanggal lain."))
    visit.return_of = first
    visit.save(update_fields=["return_of"])
    history.record(actor=actor, subject=visit, action="opened_as_return", after={"first": first.title})
    return visit


def _bring_others(actor: Actor, visit: TradeContact, delegations: list[Delegation]) -> None:
    """Let the remaining offices take part as guests again."""
    present = set(visit.delegations.values_list("office_id", flat=True))
    for row in delegations:
        if row.office_id not in present:
            role = Delegation.Role.GUEST
            Delegation.objects.create(trade_contact=visit, office=row.office, role=role)
            after = {"office": row.office.name, "role": role}
            history.record(actor=actor, subject=visit, action="delegation_added", after=after)


def _open_pairs(first: TradeContact) -> list[Pair]:
    """Return the pairs that come along: agreed or further, not closed, not hidden."""
    rows = Pair.objects.filter(trade_contact=first, hidden_at=None)
    return list(rows.exclude(step__in=[Step.PROPOSED, Step.CLOSED]).order_by("pk"))


def _bring_businesses(actor: Actor, visit: TradeContact, pairs: list[Pair]) -> None:
    """Put the businesses of the pairs into the delegations that brought them the first time."""
    offices = {row.office_id: row for row in visit.delegations.all()}
    wanted = {side for pair in pairs for side in (pair.business_a_id, pair.business_b_id)}
    before = Participation.objects.filter(
        delegation__trade_contact=visit.return_of_id, business__in=wanted
    ).order_by("pk")
    for office_id, business_id in before.values_list("delegation__office_id", "business_id"):
        delegation = offices[office_id]
        Participation.objects.create(delegation=delegation, business_id=business_id)
        history.record(actor=actor, subject=delegation, action="participant_added", business_id=business_id)


def _continue(actor: Actor, visit: TradeContact, pair: Pair) -> None:
    """Write the pair that continues another; who is host and who is guest follows from the delegations."""
    kept = {name: getattr(pair, name) for name in FROM_THE_FIRST}
    following = Pair.objects.create(
        trade_contact=visit,
        business_a_id=pair.business_a_id,
        business_b_id=pair.business_b_id,
        origin=Pair.Origin.OFFICER,
        continues=pair,
        **kept,
    )
    stood = {"step": pair.step}
    history.record(actor=actor, subject=following, action="continues", after=stood)
    history.record(actor=actor, subject=pair, action="continued", after={"contact": visit.title})
