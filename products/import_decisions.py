"""What becomes of businesses that a list names twice. Pure: entries in, entries out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from products.excel.entries import BusinessEntry, Duplicate, NeedEntry, ProductEntry, Reading
from products.taxonomy import fold


class Decision(StrEnum):
    """What happens to a business that the list, or the office, seems to hold already."""

    SKIP = "skip"
    MERGE = "merge"
    KEEP = "keep"


@dataclass(frozen=True)
class Listed:
    """One business of the list after the decisions; a merged one stands in several rows of the file.

    ``is_own`` says that somebody wants it as a business of its own: only its name finds it again.
    """

    entry: BusinessEntry
    rows: tuple[int, ...]
    is_own: bool = False


ITEMS = {"products", "needs", "certificates"}


def sensible_decision(duplicate: Duplicate, entries: Mapping[int, BusinessEntry]) -> Decision:
    """Return what usually is right: one code or NIB is one firm; one phone is one firm when the names agree.

    Several members of one association may share its phone, and stay apart.
    """
    if duplicate.by in ("code", "nib"):
        return Decision.MERGE
    one, other = fold(entries[duplicate.row].name), fold(entries[duplicate.same_as_row].name)
    return Decision.MERGE if one.startswith(other) or other.startswith(one) else Decision.KEEP


def settle(reading: Reading, decisions: Mapping[int, Decision]) -> list[Listed]:
    """Return the businesses to import: those with a name, after skipping and merging.

    ``decisions`` goes by the row of the later business; a row without one is kept. A business merged
    into one that is itself merged or skipped goes to the one that remains.
    """
    entries = {entry.row: entry for entry in reading.businesses if entry.name}
    first_row = {found.row: found.same_as_row for found in reading.duplicates}
    settled = {row: Listed(entry, (row,)) for row, entry in entries.items()}
    for row, entry in entries.items():
        decision = decisions.get(row)
        target = _remaining(row, first_row, decisions)
        if decision == Decision.SKIP:
            del settled[row]
        elif decision == Decision.KEEP:
            settled[row] = Listed(entry, (row,), is_own=True)
        elif decision == Decision.MERGE and target in settled and target != row:
            settled[target] = _merged(settled[target], settled.pop(row))
    return list(settled.values())


def _remaining(row: int, first_row: Mapping[int, int], decisions: Mapping[int, Decision]) -> int:
    """Follow duplicates of duplicates up to the business that stays."""
    while row in first_row and decisions.get(row) in (Decision.SKIP, Decision.MERGE):
        row = first_row[row]
    return row


def _merged(kept: Listed, added: Listed) -> Listed:
    """Fill the gaps of the first business and add what the second offers and needs."""
    one, other = kept.entry, added.entry
    gaps = {
        name: getattr(other, name)
        for name in (found.name for found in fields(one))
        if name not in ITEMS and not getattr(one, name)
    }
    entry = replace(
        one,
        **gaps,
        certificates=_first_by(one.certificates + other.certificates, "kind"),
        products=_first_by(one.products + other.products, "name"),
        needs=_first_by(one.needs + other.needs, "text"),
    )
    return replace(kept, entry=entry, rows=kept.rows + added.rows)


def _first_by(items: Sequence[ProductEntry] | Sequence[NeedEntry] | Sequence[object], name: str) -> tuple:
    """Return the items without those whose name an earlier one has."""
    found: dict[str, object] = {}
    for item in items:
        found.setdefault(fold(getattr(item, name)), item)
    return tuple(found.values())
