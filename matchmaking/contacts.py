"""Trade contacts: opening one between two offices, correcting it, inviting more guests."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import history
from accounts.actors import Actor
from matchmaking import follow_up_plan
from matchmaking.models import Delegation, TradeContact
from products.models import Category
from products.profiles import StaleVersion
from regions.models import Office

RESERVED_SLUGS = {"buka"}  # the page that opens a new contact
LONGEST_SLUG = 60  # characters, leaving room for "-2"


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """What officers write down about a trade contact."""

    title: str
    starts_on: date | None
    ends_on: date | None
    place: str
    summary: str
    commodities: tuple[Category, ...]
    businesses_per_delegation: int
    pairs_per_business: int
    least_pairs_per_business: int = 3

    def columns(self) -> dict[str, Any]:
        """Return the values that stand in the row itself."""
        names = [field.name for field in fields(self) if field.name != "commodities"]
        return {name: getattr(self, name) for name in names}

    def as_history(self) -> dict[str, Any]:
        """Return the values as JSON."""
        days = {name: day and day.isoformat() for name, day in self.columns().items() if name.endswith("_on")}
        return {**self.columns(), **days, "commodities": sorted(item.code for item in self.commodities)}


@transaction.atomic
def open_trade_contact(
    *, actor: Actor, guest_office: Office, host_office: Office, facts: ContactFacts
) -> tuple[TradeContact, bool]:
    """Open a contact with an empty delegation of each office; return it, and whether it is new.

    The same offices, dates and title are the same contact: sending the form again returns the first.

    Raises:
        PermissionDenied: the actor's office is neither guest nor host.
        ValidationError: both offices are the same, or a rule of ``TradeContact`` is broken.
    """
    _check_offices(actor, guest_office, host_office)
    # One opening at a time per office, so that two presses of the button cannot cross.
    list(Office.objects.select_for_update().filter(pk__in=[guest_office.pk, host_office.pk]).order_by("pk"))
    draft = TradeContact(**facts.columns(), created_by_id=actor.user_id)
    draft.full_clean(exclude=["slug", "created_by"])
    existing = _same_contact(facts, guest_office, host_office)
    if existing is not None:
        return existing, False
    contact = _created_with_free_slug(facts, actor)
    contact.commodities.set(facts.commodities)
    history.record(actor=actor, subject=contact, action="opened", after=facts.as_history())
    _add_delegation(actor, contact, host_office, Delegation.Role.HOST)
    _add_delegation(actor, contact, guest_office, Delegation.Role.GUEST)
    return contact, True


@transaction.atomic
def update_trade_contact(
    *, actor: Actor, trade_contact: TradeContact, version: int, facts: ContactFacts
) -> TradeContact:
    """Correct a contact's facts and return it; its address stays, since links to it travel.

    ``version`` is the one the editor started from. Facts as they were change nothing.

    Raises:
        StaleVersion: somebody else has saved since then.
        ValidationError: a rule of ``TradeContact`` is broken.
    """
    contact = TradeContact.objects.select_for_update().get(pk=trade_contact.pk)
    before = facts_of(contact)
    if before.as_history() == facts.as_history():
        return contact
    if contact.version != version:
        raise StaleVersion
    for name, value in facts.columns().items():
        setattr(contact, name, value)
    contact.version += 1
    contact.full_clean(exclude=["slug", "created_by"])
    contact.save()
    contact.commodities.set(facts.commodities)
    follow_up_plan.move(contact)
    history.record(
        actor=actor, subject=contact, action="changed", before=before.as_history(), after=facts.as_history()
    )
    return contact


@transaction.atomic
def add_guest(*, actor: Actor, trade_contact: TradeContact, office: Office) -> Delegation:
    """Invite one more office, with a delegation of its own, and return that delegation.

    Raises:
        ValidationError: the office takes part already.
    """
    TradeContact.objects.select_for_update().get(pk=trade_contact.pk)
    if trade_contact.delegations.filter(office=office).exists():
        message = _("%(office)s sudah ikut dalam kontak dagang ini.") % {"office": office.name}
        raise ValidationError({"office": message})
    return _add_delegation(actor, trade_contact, office, Delegation.Role.GUEST)


def facts_of(contact: TradeContact) -> ContactFacts:
    """Return the facts as they stand."""
    names = [field.name for field in fields(ContactFacts) if field.name != "commodities"]
    values = {name: getattr(contact, name) for name in names}
    return ContactFacts(**values, commodities=tuple(contact.commodities.order_by("position", "pk")))


def suggested_title(guest: Office, host: Office, starts_on: date | None) -> str:
    """Return a title such as ``Kontak dagang Kabupaten Bandung - Kota Surakarta, Maret 2018``.

    Titles are data, so this one is Indonesian whatever the officer reads.
    """
    title = f"Kontak dagang {guest.region.name} – {host.region.name}"
    if starts_on is not None:
        with override("id"):
            title = f"{title}, {formats.date_format(starts_on, 'F Y')}"
    return title[: TradeContact._meta.get_field("title").max_length]


def _check_offices(actor: Actor, guest: Office, host: Office) -> None:
    if guest == host:
        raise ValidationError({"other_office": _("Pilih dinas dari daerah lain.")})
    if not (actor.is_admin or actor.office_id in {guest.pk, host.pk}):
        raise PermissionDenied(_("Dinas Anda harus menjadi tamu atau tuan rumah."))


def _same_contact(facts: ContactFacts, guest: Office, host: Office) -> TradeContact | None:
    """Return the contact that this one would repeat."""
    same = TradeContact.objects.filter(
        title=facts.title, starts_on=facts.starts_on, ends_on=facts.ends_on, delegations__office=guest
    )
    return same.filter(delegations__office=host).order_by("pk").first()


def _created_with_free_slug(facts: ContactFacts, actor: Actor) -> TradeContact:
    """Take the first free address; two officers who want the same one at once both get one."""
    defaults = {**facts.columns(), "created_by_id": actor.user_id}
    attempts = (
        TradeContact.objects.get_or_create(slug=slug, defaults=defaults) for slug in _slugs(facts.title)
    )
    return next(contact for contact, is_new in attempts if is_new)


def _slugs(title: str) -> Iterator[str]:
    """Yield ``kabupaten-bandung-maret-2018``, then the same with ``-2`` and so on."""
    base = slugify(title).removeprefix("kontak-dagang-") or "kontak"
    if len(base) > LONGEST_SLUG:
        base = base[:LONGEST_SLUG].rpartition("-")[0] or base[:LONGEST_SLUG]
    if base not in RESERVED_SLUGS:
        yield base
    yield from (f"{base}-{number}" for number in count(2))


def _add_delegation(actor: Actor, contact: TradeContact, office: Office, role: Delegation.Role) -> Delegation:
    delegation = Delegation.objects.create(trade_contact=contact, office=office, role=role)
    after = {"office": office.name, "role": role}
    history.record(actor=actor, subject=contact, action="delegation_added", after=after)
    return delegation
