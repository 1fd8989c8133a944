"""Delegations: which businesses an office brings to a trade contact."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import history
from accounts.actors import Actor
from accounts.models import HistoryEntry
from matchmaking.models import Answer, Application, Curation, Delegation, Pair, Participation, TradeContact
from matchmaking.pairing import hide_pair
from products.models import Business, ImportBatch, Need, PersonalLink, Product
from products.models.businesses import BusinessQuerySet

ADDED, REMOVED = "participant_added", "participant_removed"


class InCuration(ValidationError):
    """A business has applied to the delegation's curation and is not chosen."""


@transaction.atomic
def add_participants(
    *,
    actor: Actor,
    delegation: Delegation,
    businesses: Iterable[Business],
    import_batch: ImportBatch | None = None,
) -> list[Participation]:
    """Add businesses to the delegation and return the new rows, in the given order.

    A business that is already there, or is named twice, is left as it is: sending the same list
    again adds nothing. Costs five queries plus one line of history for each new business.

    Raises:
        PermissionDenied: the actor works for another office.
        InCuration: a business has applied and is not chosen, or the curation is decided without it; then
            nobody is added.
        ValidationError: a business belongs to another region; then nobody is added.
    """
    locked = _locked(actor, delegation)
    wanted = {business.pk: business for business in businesses}
    _check_region(locked, wanted.values())
    present = set(locked.participations.values_list("business_id", flat=True))
    check_curation(locked, wanted.keys() - present)
    _check_decided(locked, [row for row in wanted.values() if row.pk not in present])
    added = Participation.objects.bulk_create(
        Participation(delegation=locked, business=business, import_batch=import_batch)
        for business in wanted.values()
        if business.pk not in present
    )
    for participation in added:
        history.record(actor=actor, subject=locked, action=ADDED, business_id=participation.business_id)
    return added


@transaction.atomic
def remove_participant(*, actor: Actor, participation: Participation, reason: str) -> None:
    """Take a business out of its delegation; ``add_participants`` puts it back.

    Its proposals that nobody answered leave the list with it, and come back with the next run. Pairs of
    an inquiry or an offer to supply that only its sender has answered are hidden; a hidden pair holds no
    business.

    Raises:
        PermissionDenied: the actor works for another office.
        ValidationError: a pair that the business has not refused is answered, locked, or was added by
            officers; or the business was chosen by a curation, which has its own way out.
    """
    delegation, business = _locked(actor, participation.delegation), participation.business
    if _applications(delegation, [business.pk]).filter(state=Application.State.CHOSEN).exists():
        text = _("%(name)s terpilih lewat kurasi. Catat pengunduran dirinya di halaman kurasi.")
        raise ValidationError(text % {"name": business.name})
    pairs = Pair.objects.filter(trade_contact=delegation.trade_contact_id).of_business(business.pk)
    list(pairs.select_for_update(of=("self",)).order_by("pk"))  # so that nobody answers meanwhile
    for pair in pairs.asked_by_one_side_alone().order_by("pk"):
        hide_pair(actor=actor, pair=pair, reason=_why_hidden(delegation, business))
    _check_removable(pairs.filter(hidden_at=None).order_by("pk"), business)
    for pair in pairs.exclude(rank=None):
        history.record(actor=actor, subject=pair, action="left_list", before={"rank": pair.rank})
    pairs.update(rank=None)
    participation.delete()
    history.record(actor=actor, subject=delegation, action=REMOVED, note=reason, business_id=business.pk)


def delegations_of(trade_contact: TradeContact, actor: Actor) -> list[Delegation]:
    """Return the delegations of a contact with their counts, the actor's own first, then the host's."""
    rows = trade_contact.delegations.with_counts().select_related("trade_contact").order_by("-role", "pk")
    return sorted(rows, key=lambda delegation: delegation.office_id != actor.office_id)


def participants_of(delegation: Delegation, now: datetime) -> QuerySet[Any]:
    """Return the businesses of a delegation with their counts (see ``participants_in``)."""
    return participants_in(delegation.trade_contact, now).filter(delegation=delegation)


def participants_in(trade_contact: TradeContact, now: datetime) -> QuerySet[Any]:
    """Return the businesses of all delegations of a contact with their counts, in one query.

    Adds ``product_count`` (listed), ``need_count`` (open), ``pair_count``, ``waiting_count`` (pairs
    that wait for the answer of the business) and ``has_link`` (a personal link that opens now).
    """
    business = OuterRef("business")
    pairs = Pair.objects.filter(trade_contact=trade_contact)
    own_pairs = pairs.shown().filter(Q(business_a=business) | Q(business_b=business))
    waiting = pairs.waiting_for(business)
    needs = Need.objects.open_on(timezone.localdate(now))
    rows = Participation.objects.filter(delegation__trade_contact=trade_contact)
    return rows.select_related("business__line").annotate(
        product_count=_number_of(Product.objects.listed().filter(business=business), "business"),
        need_count=_number_of(needs.filter(business=business), "business"),
        pair_count=_number_of(own_pairs, "trade_contact"),
        waiting_count=_number_of(waiting, "trade_contact"),
        has_link=Exists(PersonalLink.objects.live(now).filter(business=business)),
    )


def candidates_for(delegation: Delegation) -> BusinessQuerySet:
    """Return businesses of the delegation's region that are not in it yet, by name."""
    own = Business.objects.filter(region=delegation.office.region_id).select_related("line")
    return own.exclude(participations__delegation=delegation).order_by("name", "pk")


def removed_from(delegation: Delegation) -> list[tuple[Business, HistoryEntry]]:
    """Return businesses that were taken out and did not come back, last one first, with that line."""
    latest: dict[int, HistoryEntry] = {}
    for entry in history.entries_of(delegation).filter(action=REMOVED):
        latest.setdefault(entry.business_id or 0, entry)
    present = Participation.objects.filter(delegation=delegation).values("business_id")
    gone = Business.objects.filter(pk__in=list(latest)).exclude(pk__in=present).in_bulk()
    return [(gone[key], entry) for key, entry in latest.items() if key in gone]


def not_chosen_by(delegation: Delegation) -> list[Business]:
    """Return businesses that have applied to the delegation's curation and are not chosen, by name."""
    waiting = Application.objects.filter(curation__delegation=delegation)
    rows = waiting.exclude(state=Application.State.CHOSEN)
    return list(Business.objects.filter(pk__in=rows.values("business")).order_by("name", "pk"))


def _number_of(rows: QuerySet, group: str) -> Coalesce:
    """Return a subquery that counts ``rows``; ``group`` is a column that is the same in all of them."""
    counted = rows.order_by().values(group).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _locked(actor: Actor, delegation: Delegation) -> Delegation:
    """Return the delegation with its contact locked, once it is certain that the actor may change it."""
    if not (actor.is_admin or actor.office_id == delegation.office_id):
        raise PermissionDenied(_("Hanya dinas yang membawa delegasi ini dapat mengubahnya."))
    TradeContact.objects.select_for_update().get(pk=delegation.trade_contact_id)  # no proposals meanwhile
    return Delegation.objects.select_related("office__region").get(pk=delegation.pk)


def _check_region(delegation: Delegation, businesses: Iterable[Business]) -> None:
    """Raise ``ValidationError`` naming the businesses that another office must bring."""
    region = delegation.office.region
    foreign = [business.name for business in businesses if business.region_id != region.pk]
    if foreign:
        raise ValidationError(
            _("Delegasi ini hanya untuk pelaku usaha dari %(region)s. Keluarkan dahulu: %(names)s.")
            % {"region": region.name, "names": ", ".join(foreign)}
        )


def check_curation(delegation: Delegation, business_ids: Iterable[int]) -> None:
    """Raise ``InCuration`` naming those who have applied and are not chosen. One query.

    Nobody is matched around the curation of the delegation.
    """
    waiting = _applications(delegation, business_ids).exclude(state=Application.State.CHOSEN)
    names = list(waiting.order_by("pk").values_list("business__name", flat=True))
    if names:
        raise InCuration(
            _("Sudah mendaftar lewat kurasi delegasi ini dan belum terpilih: %(names)s.")
            % {"names": ", ".join(names)}
        )


def _check_decided(delegation: Delegation, businesses: Iterable[Business]) -> None:
    """Raise ``InCuration`` naming those whom a decided curation has not chosen. One query."""
    names = {row.pk: row.name for row in businesses}
    decided = Curation.objects.filter(delegation=delegation, state=Curation.State.DECIDED)
    if not names or not decided.exists():
        return
    chosen = _applications(delegation, names).filter(state=Application.State.CHOSEN)
    for business_id in chosen.values_list("business_id", flat=True):
        del names[business_id]
    if names:
        text = _("Kurasi delegasi ini sudah diputuskan. Masukkan lewat adendum di halaman kurasi: %(names)s.")
        raise InCuration(text % {"names": ", ".join(names.values())})


def _applications(delegation: Delegation, business_ids: Iterable[int]) -> QuerySet[Application]:
    return Application.objects.filter(curation__delegation=delegation, business__in=list(business_ids))


def _why_hidden(delegation: Delegation, business: Business) -> str:
    """Say in the office's language why a pair is hidden; the office's own reason is not for others."""
    with override("id"):
        words = _("%(office)s mengeluarkan %(name)s dari delegasinya.") % {
            "office": delegation.office.name,
            "name": business.name,
        }
    return words[: Pair._meta.get_field("staff_reason").max_length]


def _check_removable(pairs: Iterable[Pair], business: Business) -> None:
    """Raise ``ValidationError`` with what to do first; ``pairs`` are those that are not hidden.

    The business itself can always do it by its link: a pair that it has refused holds it no more.
    """
    for pair in pairs:
        if pair.answer_of(business.pk) == Answer.NO:
            continue
        if pair.answer_a or pair.answer_b:
            text = _("Pasangan %(name)s dengan %(partner)s sudah dijawab. Jawab “Tidak” lebih dahulu.")
        elif pair.locked_at or pair.origin != Pair.Origin.PROPOSED:
            text = _(
                "Petugas mengunci atau menambahkan pasangan %(name)s dengan %(partner)s. "
                "Jawab “Tidak” lebih dahulu, atau petugas menyembunyikan pasangan itu."
            )
        else:
            continue
        partner = pair.business_b if business.pk == pair.business_a_id else pair.business_a
        raise ValidationError(text % {"name": business.name, "partner": partner.name})
