"""An inbox: everything that needs its reader now, from many tables in one list, the oldest first.

Nothing is stored: a row is in the inbox exactly as long as its own table says that somebody must act.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    DateField,
    DateTimeField,
    Expression,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import HistoryEntry

PER_PAGE = 25
OLDEST_FIRST = ("box_since", "box_source", "box_id")
Key = tuple[int, int, datetime, date | None]
NEVER = Cast(Value(None), DateField())


class Kind(TextChoices):
    """What a line of an inbox is about."""

    PAIR = "pair", _("Usulan mitra")
    CALL = "call", _("Belum menjawab")
    INQUIRY = "inquiry", _("Pernyataan minat")
    OFFER = "offer", _("Tawaran memasok")
    QUOTE = "quote", _("Penawaran harga")
    SAMPLE = "sample", _("Contoh produk")
    COMMITMENT = "commitment", _("Komitmen")
    FOLLOW_UP = "follow_up", _("Tindak lanjut")
    PRODUCT = "product", _("Produk")
    NEED = "need", _("Kebutuhan")
    CERTIFICATE = "certificate", _("Sertifikat")
    APPLICATION = "application", _("Pendaftaran")
    TASK = "task", _("Tugas dinas")
    MESSAGE = "message", _("Pesan")
    CURATION = "curation", _("Kurasi")


@dataclass(frozen=True)
class Shown:
    """One row in words. ``what`` holds public names only, since e-mails repeat it; ``about`` need not.

    ``url`` is the page where it is done.
    """

    what: str
    about: str
    url: str


@dataclass(frozen=True)
class InboxItem:
    """One thing to do. ``row`` is the row it comes from, for what can be done right in the list.

    It has waited ``since``; ``due`` is its last good day, where it has one.
    """

    kind: Kind
    what: str
    about: str
    url: str
    since: datetime
    due: date | None
    is_overdue: bool
    row: Any


@dataclass(frozen=True)
class Source:
    """Rows of one table that need somebody: ``since`` and ``due`` are computed in the database."""

    kind: Kind
    rows: QuerySet[Any]
    since: Expression | F
    show: Callable[[Any], Shown]
    due: Expression | F = field(default_factory=lambda: NEVER)

    def keys(self, number: int) -> QuerySet[Any, Key]:
        """Return this source's part of the list; ``number`` tells which source a key comes from."""
        rows = self.rows.annotate(
            box_source=Value(number),
            box_id=F("pk"),
            box_since=Cast(self.since, DateTimeField()),
            box_due=Cast(self.due, DateField()),
        )
        return rows.order_by().values_list("box_source", "box_id", "box_since", "box_due")


@dataclass(frozen=True)
class Inbox:
    """The inbox of one reader on one day."""

    sources: tuple[Source, ...]
    today: date

    @property
    def kinds(self) -> list[Kind]:
        """What can be in it, in the order of ``Kind``."""
        found = {source.kind for source in self.sources}
        return [kind for kind in Kind if kind in found]

    def without(self, kind: Kind) -> "Inbox":
        """Return the rest, where another part of the page shows this kind."""
        return Inbox(tuple(source for source in self.sources if source.kind != kind), self.today)

    def page(self, number: str | None, kind: str = "") -> Page[Any]:
        """Return one page of items, the oldest first, of one kind or of all.

        Costs two queries, and one for each source with a row on the page.
        """
        keys = self._keys(kind).order_by(*OLDEST_FIRST)
        found: Page[Any] = Paginator(keys, PER_PAGE).get_page(number)
        found.object_list = self._items(list(found.object_list))
        return found

    def oldest(self, most: int) -> list[InboxItem]:
        """Return what waits longest. Costs a query, and one for each source among it."""
        return self._items(list(self._keys("").order_by(*OLDEST_FIRST)[:most]))

    def newest(self, most: int) -> list[InboxItem]:
        """Return what came last, the newest first. Costs a query, and one for each source among it."""
        keys = self._keys("").order_by("-box_since", "box_source", "box_id")
        return self._items(list(keys[:most]))

    def count(self) -> int:
        """Return how much there is to do. Costs one query."""
        return self._keys("").count()

    def _keys(self, kind: str) -> QuerySet[Any, Key]:
        parts = [
            source.keys(number)
            for number, source in enumerate(self.sources)
            if kind in {"", source.kind.value}
        ]
        return parts[0].union(*parts[1:], all=True)

    def _items(self, keys: list[Key]) -> list[InboxItem]:
        wanted: dict[int, list[int]] = defaultdict(list)
        for number, row_id, _since, _due in keys:
            wanted[number].append(row_id)
        rows = {number: self._rows(number, row_ids) for number, row_ids in wanted.items()}
        return [self._item(key, rows[key[0]][key[1]]) for key in keys if key[1] in rows[key[0]]]

    def _rows(self, number: int, row_ids: Iterable[int]) -> dict[int, Any]:
        return {row.pk: row for row in self.sources[number].rows.filter(pk__in=row_ids)}

    def _item(self, key: Key, row: Any) -> InboxItem:
        number, _row_id, since, due = key
        source = self.sources[number]
        shown = source.show(row)
        return InboxItem(
            kind=source.kind,
            what=shown.what,
            about=shown.about,
            url=shown.url,
            since=since,
            due=due,
            is_overdue=due is not None and due < self.today,
            row=row,
        )


def last_act(subject_kind: str, *actions: str) -> Subquery:
    """Return when one of these acts was last done to a row, as an expression; history keeps that."""
    lines = HistoryEntry.objects.filter(
        subject_kind=subject_kind, subject_id=OuterRef("pk"), action__in=actions
    )
    return Subquery(lines.order_by("-at").values("at")[:1])
