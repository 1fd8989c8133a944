"""Which trade contacts an actor's reports are about."""

from dataclasses import dataclass

from django.db.models import CharField
from django.db.models.functions import Cast, Coalesce, ExtractYear

from accounts.actors import Actor
from matchmaking.models import TradeContact
from regions.models import Region


def year_of(contact: str = "") -> Cast:
    """Return the year of a trade contact as a text: of its first day, or of its opening without one.

    ``contact`` is the way to it, such as ``pair__trade_contact__``.
    """
    year = Coalesce(ExtractYear(f"{contact}starts_on"), ExtractYear(f"{contact}created_at"))
    return Cast(year, CharField())


@dataclass(frozen=True)
class ContactChoice:
    """A trade contact to report on; ``year`` is that of its first day, or of its opening."""

    slug: str
    title: str
    year: str


def contacts_of(actor: Actor) -> list[ContactChoice]:
    """Return the contacts of the actor's office, the latest first. One query."""
    contacts = (
        TradeContact.objects.visible_to(actor).annotate(year=year_of()).order_by("-year", "title", "pk")
    )
    return [ContactChoice(*values) for values in contacts.values_list("slug", "title", "year")]


def regions_of(actor: Actor) -> list[tuple[str, str]]:
    """Return code and name of the regions that meet in the actor's contacts, the own one first. One query."""
    contacts = TradeContact.objects.visible_to(actor)
    regions = Region.objects.filter(offices__delegations__trade_contact__in=contacts).distinct()
    found = regions.order_by("name", "code").values_list("pk", "code", "name")
    return [(code, name) for pk, code, name in sorted(found, key=lambda one: one[0] != actor.region_id)]
