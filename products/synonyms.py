"""Words that mean the same to a buyer: officers keep the groups, and every change of them is history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts import history
from accounts.actors import Actor
from accounts.models import HistoryEntry
from products.models import SearchSynonym
from products.models.search import LONGEST_WORD
from products.profiles import StaleVersion
from products.search_terms import normalised
from products.timeline import Line, Words, tell

MOST_LINES = 50  # of the groups' history; older ones stay in the database
MOST_WORDS = 20
ONE_WRITER = "SELECT pg_advisory_xact_lock(hashtext('products_searchsynonym'))"


class WordTaken(ValidationError):
    """A word of the group stands in another group that is in use."""


@transaction.atomic
def add_synonyms(*, actor: Actor, words: Sequence[str]) -> SearchSynonym:
    """Add a group of equal words and return it. The same words again change nothing.

    Words are kept as a search reads them: in small letters, without accents and without words such as
    "untuk". ``words`` come in any order; the first names the group.

    Raises:
        PermissionDenied: the actor is neither officer nor admin.
        WordTaken: a word stands in another group.
        ValidationError: there are fewer than two words, more than twenty, or one is too long.
    """
    _require_staff(actor)
    read = read_words(words)
    _become_only_writer()
    same = SearchSynonym.objects.in_use().filter(words=list(read)).order_by("pk").first()
    if same is not None:
        return same
    _refuse_taken(read, besides=None)
    row = SearchSynonym.objects.create(words=list(read))
    history.record(actor=actor, subject=row, action="added", after=_told(row))
    return row


@transaction.atomic
def change_synonyms(
    *, actor: Actor, synonyms: SearchSynonym, version: int, words: Sequence[str]
) -> SearchSynonym:
    """Change the words of a group and return it. Words as they were change nothing.

    Raises:
        PermissionDenied: the actor is neither officer nor admin.
        StaleVersion: somebody else has changed or removed the group since ``version``.
        WordTaken: a word stands in another group.
        ValidationError: there are fewer than two words, more than twenty, or one is too long.
    """
    read = read_words(words)
    row = _locked(actor, synonyms)
    if row.words == list(read):
        return row
    if row.version != version:
        raise StaleVersion
    _refuse_taken(read, besides=row)
    before = _told(row)
    _write(row, words=list(read), removed_at=row.removed_at)
    history.record(actor=actor, subject=row, action="changed", before=before, after=_told(row))
    return row


@transaction.atomic
def remove_synonyms(*, actor: Actor, synonyms: SearchSynonym, now: datetime) -> SearchSynonym:
    """Take a group out of use for good: loading the reference data does not bring it back.

    A removed group stays as it is.

    Raises:
        PermissionDenied: the actor is neither officer nor admin.
    """
    row = _locked(actor, synonyms)
    if row.removed_at is None:
        _write(row, words=row.words, removed_at=now)
        history.record(actor=actor, subject=row, action="removed", before=_told(row))
    return row


@transaction.atomic
def restore_synonyms(*, actor: Actor, synonyms: SearchSynonym) -> SearchSynonym:
    """Bring a removed group back as it was; one that is in use stays as it is.

    Raises:
        PermissionDenied: the actor is neither officer nor admin.
        WordTaken: meanwhile a word of it stands in another group.
    """
    row = _locked(actor, synonyms)
    if row.removed_at is not None:
        _refuse_taken(row.words, besides=row)
        _write(row, words=row.words, removed_at=None)
        history.record(actor=actor, subject=row, action="restored", after=_told(row))
    return row


def read_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return words as a search reads them, each once.

    Raises:
        ValidationError: there are fewer than two words, more than twenty, or one is too long.
    """
    read = tuple(word for word in normalised(words) if word)
    if len(read) < 2:
        raise ValidationError({"words": _("Tulis paling sedikit dua kata yang sama artinya.")})
    if len(read) > MOST_WORDS:
        raise ValidationError({"words": _("Tulis paling banyak 20 kata dalam satu padanan.")})
    if any(len(word) > LONGEST_WORD for word in read):
        raise ValidationError({"words": _("Ada kata yang terlalu panjang. Tulis paling banyak 40 huruf.")})
    return read


def changes_told(synonyms: SearchSynonym | None = None) -> list[Line]:
    """Return what happened to one group or to all of them, newest first. Costs three queries."""
    entries = HistoryEntry.objects.filter(subject_kind=SearchSynonym._meta.label_lower)
    if synonyms is not None:
        entries = entries.filter(subject_id=synonyms.pk)
    return tell(entries.select_related("user").order_by("-at", "-pk")[:MOST_LINES], TOLD)


def _changed(entry: HistoryEntry) -> str:
    before, after = (entry.before or {}).get("words", []), (entry.after or {}).get("words", [])
    changes = [_("ditambah %(word)s") % {"word": word} for word in after if word not in before]
    changes += [_("dikurangi %(word)s") % {"word": word} for word in before if word not in after]
    told = "; ".join(changes) or _("urutannya")
    return _("Padanan “%(words)s” diubah: %(changes)s.") % {"words": _joined(before), "changes": told}


TOLD: Words = {
    "searchsynonym.added": lambda entry: (
        _("Padanan “%(words)s” ditambahkan.") % {"words": _joined((entry.after or {})["words"])}
    ),
    "searchsynonym.changed": _changed,
    "searchsynonym.removed": lambda entry: (
        _("Padanan “%(words)s” dihapus.") % {"words": _joined((entry.before or {})["words"])}
    ),
    "searchsynonym.restored": lambda entry: (
        _("Padanan “%(words)s” dikembalikan.") % {"words": _joined((entry.after or {})["words"])}
    ),
}


def _joined(words: Sequence[str]) -> str:
    return ", ".join(words)


def _told(row: SearchSynonym) -> dict[str, Any]:
    """Return a group as history keeps it."""
    return {"words": list(row.words)}


def _write(row: SearchSynonym, *, words: list[str], removed_at: datetime | None) -> None:
    row.words, row.removed_at = words, removed_at
    row.version += 1
    row.save(update_fields=["words", "removed_at", "version"])


def _refuse_taken(words: Sequence[str], *, besides: SearchSynonym | None) -> None:
    others = SearchSynonym.objects.in_use().filter(words__overlap=list(words)).order_by("pk")
    other = next((row for row in others if row != besides), None)
    if other is not None:
        taken = next(word for word in words if word in other.words)
        told = {"word": taken, "words": str(other)}
        raise WordTaken({"words": _("Kata “%(word)s” sudah ada dalam padanan “%(words)s”.") % told})


def _locked(actor: Actor, synonyms: SearchSynonym) -> SearchSynonym:
    _require_staff(actor)
    _become_only_writer()
    return SearchSynonym.objects.select_for_update().get(pk=synonyms.pk)


def _become_only_writer() -> None:
    """Wait for whoever changes a group right now, so that no word gets into two."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_WRITER)


def _require_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise PermissionDenied(_("Hanya petugas dinas yang mengubah padanan kata."))
