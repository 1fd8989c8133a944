"""History as sentences: what happened, who did it and through what, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Via
from accounts.models import HistoryEntry
from products.models import Business
from regions.models import Office

Words = Mapping[str, "str | Promise | Callable[[HistoryEntry], str]"]

OF_A_BUSINESS: Words = {
    "registered": gettext_lazy("Usaha dicatat."),
    "changed": gettext_lazy("Data usaha diperbaiki."),
    "link_issued": gettext_lazy("Tautan pribadi dibuat."),
    "link_revoked": gettext_lazy("Tautan pribadi dicabut."),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened; ``who`` names the person or the door it came through."""

    at: datetime
    text: str
    who: str
    note: str = ""


@dataclass(frozen=True)
class Names:
    """Names of the businesses and offices that lines of history mention by id."""

    businesses: Mapping[int, str]
    offices: Mapping[int, str]

    @classmethod
    def of(cls, entries: Iterable[HistoryEntry]) -> "Names":
        """Look up every name at once. Costs two queries."""
        business_ids = {entry.business_id for entry in entries if entry.business_id}
        office_ids = {entry.office_id for entry in entries if entry.office_id}
        return cls(
            businesses=dict(Business.objects.filter(pk__in=business_ids).values_list("pk", "name")),
            offices=dict(Office.objects.filter(pk__in=office_ids).values_list("pk", "name")),
        )


def tell(entries: Iterable[HistoryEntry], words: Words) -> list[Line]:
    """Turn entries into lines, in their order. ``words`` holds a sentence for each action.

    A sentence may name ``%(business)s``; a function of the entry may make it instead. An action
    without words is told as a change, so that nothing is hidden. Costs two queries.
    """
    entries = list(entries)
    names = Names.of(entries)
    return [
        Line(at=entry.at, text=_sentence(entry, words, names), who=_who(entry, names), note=entry.note)
        for entry in entries
    ]


def _sentence(entry: HistoryEntry, words: Words, names: Names) -> str:
    sentence: Any = words.get(entry.action, gettext_lazy("Ada perubahan."))
    if callable(sentence):
        return sentence(entry)
    return str(sentence) % {"business": names.businesses.get(entry.business_id or 0, "")}


def _who(entry: HistoryEntry, names: Names) -> str:
    """Name who acted: an officer with the office, a business by its link, or the door itself."""
    if entry.via == Via.LINK:
        business = names.businesses.get(entry.business_id or 0, "")
        return _("%(name)s, melalui tautan pribadi") % {"name": business}
    if entry.user is None:
        return entry.get_via_display()
    office = names.offices.get(entry.office_id or 0)
    return f"{entry.user.name}, {office}" if office else entry.user.name
