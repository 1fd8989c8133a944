"""Who usually buys what from whom: officers keep this table, and every change of it is history."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import history
from accounts.actors import Actor
from accounts.models import HistoryEntry
from products.models import Category, CategoryComplement
from products.profiles import StaleVersion
from products.timeline import Line, Words, tell
from tradecontact.templatetags.tradecontact_tags import desimal

MOST_LINES = 50  # of the table's history; older ones stay in the database
LABELS = {
    "need_id": gettext_lazy("kebutuhan"),
    "need_en": gettext_lazy("kebutuhan (Inggris)"),
    "role": gettext_lazy("peran"),
    "weight": gettext_lazy("bobot"),
}


class ComplementExists(ValidationError):
    """The table already says what these makers buy from this supplier."""


@dataclass(frozen=True, kw_only=True)
class ComplementFacts:
    """What officers write about one row; ``weight`` is above 0 and at most 1."""

    need_id: str
    need_en: str
    role: str
    weight: float


@transaction.atomic
def add_complement(
    *, actor: Actor, buyer: Category | None, supplier: Category, facts: ComplementFacts
) -> CategoryComplement:
    """Add a row and return it; without ``buyer`` it holds for every maker.

    A removed row of the two comes back with the new facts. The same facts again change nothing.

    Raises:
        PermissionDenied: the actor is neither officer nor admin.
        ComplementExists: a row of the two says something else.
        ValidationError: a rule of ``CategoryComplement`` is broken.
    """
    _require_staff(actor)
    if buyer == supplier:
        raise ValidationError({"supplier": _("Pembeli dan pemasok harus berbeda.")})
    draft = CategoryComplement(buyer=buyer, supplier=supplier, **asdict(facts))
    draft.clean_fields()
    draft.validate_constraints(exclude={"buyer", "supplier"})  # that they are two is checked above
    row, is_new = CategoryComplement.objects.select_for_update(of=("self",)).get_or_create(
        buyer=buyer, supplier=supplier, defaults=asdict(facts)
    )
    if not is_new and row.removed_at is None:
        if _facts(row) == facts:
            return row
        raise ComplementExists({"supplier": _("Baris ini sudah ada. Ubah baris yang ada.")})
    if not is_new:
        _write(row, facts, removed_at=None)
    history.record(actor=actor, subject=row, action="added", after=_told(row))
    return row


@transaction.atomic
def change_complement(
    *, actor: Actor, complement: CategoryComplement, version: int, facts: ComplementFacts
) -> CategoryComplement:
    """Change words, role and weight of a row and return it. Facts as they were change nothing.

    Raises:
        PermissionDenied: the actor is neither officer nor admin.
        StaleVersion: somebody else has changed or removed the row since ``version``.
        ValidationError: a rule of ``CategoryComplement`` is broken.
    """
    row = _locked(actor, complement)
    before = _facts(row)
    if before == facts:
        return row
    if row.version != version:
        raise StaleVersion
    told = _told(row)
    _write(row, facts, removed_at=row.removed_at)
    history.record(actor=actor, subject=row, action="changed", before=told, after=_told(row))
    return row


@transaction.atomic
def remove_complement(*, actor: Actor, complement: CategoryComplement, now: datetime) -> CategoryComplement:
    """Take a row out of use for good: loading the reference data does not bring it back.

    A removed row stays as it is.

    Raises:
        PermissionDenied: the actor is neither officer nor admin.
    """
    row = _locked(actor, complement)
    if row.removed_at is None:
        _write(row, _facts(row), removed_at=now)
        history.record(actor=actor, subject=row, action="removed", before=_told(row))
    return row


@transaction.atomic
def restore_complement(*, actor: Actor, complement: CategoryComplement) -> CategoryComplement:
    """Bring a removed row back as it was; one that is in use stays as it is.

    Raises:
        PermissionDenied: the actor is neither officer nor admin.
    """
    row = _locked(actor, complement)
    if row.removed_at is not None:
        _write(row, _facts(row), removed_at=None)
        history.record(actor=actor, subject=row, action="restored", after=_told(row))
    return row


def changes_told(complement: CategoryComplement | None = None) -> list[Line]:
    """Return what happened to one row or to the whole table, newest first. Costs four queries."""
    entries = HistoryEntry.objects.filter(subject_kind=CategoryComplement._meta.label_lower)
    if complement is not None:
        entries = entries.filter(subject_id=complement.pk)
    latest = list(entries.select_related("user").order_by("-at", "-pk")[:MOST_LINES])
    return tell(latest, _words(latest))


def _words(entries: list[HistoryEntry]) -> Words:
    """Return a sentence for each act, with the categories' names in the reader's language."""
    names = _names(entries)

    def changed(entry: HistoryEntry) -> str:
        changes = "; ".join(_differences(entry.before or {}, entry.after or {}))
        sides = _sides(entry, names)
        return _("%(buyer)s ← %(supplier)s diubah: %(changes)s.") % {**sides, "changes": changes}

    return {
        "categorycomplement.added": lambda entry: (
            _("%(buyer)s ← %(supplier)s ditambahkan: %(need)s, %(facts)s.") % _all_said(entry, names)
        ),
        "categorycomplement.changed": changed,
        "categorycomplement.removed": lambda entry: (
            _("%(buyer)s ← %(supplier)s dihapus: %(need)s, %(facts)s.") % _all_said(entry, names)
        ),
        "categorycomplement.restored": lambda entry: (
            _("%(buyer)s ← %(supplier)s dikembalikan: %(need)s, %(facts)s.") % _all_said(entry, names)
        ),
    }


def _names(entries: list[HistoryEntry]) -> dict[str, str]:
    """Return the names of all categories that the entries tell of, by their codes."""
    codes = {_row_told(entry).get(side) for entry in entries for side in ("buyer", "supplier")}
    return {category.code: str(category) for category in Category.objects.filter(code__in=codes - {None})}


def _row_told(entry: HistoryEntry) -> dict[str, Any]:
    return entry.after or entry.before or {}


def _sides(entry: HistoryEntry, names: dict[str, str]) -> dict[str, str]:
    told = _row_told(entry)
    buyer = names.get(told["buyer"], told["buyer"]) if told["buyer"] else _("Semua pembuat")
    return {"buyer": buyer, "supplier": names.get(told["supplier"], told["supplier"])}


def _all_said(entry: HistoryEntry, names: dict[str, str]) -> dict[str, str]:
    told = _row_told(entry)
    return {**_sides(entry, names), "need": told["need_id"], "facts": _said(told)}


def _said(told: dict[str, Any]) -> str:
    role, weight = _value("role", told["role"]), _value("weight", told["weight"])
    return _("%(role)s, bobot %(weight)s") % {"role": role, "weight": weight}


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [
        f"{label} {_value(name, before[name])} → {_value(name, after[name])}"
        for name, label in LABELS.items()
        if before[name] != after[name]
    ]


def _value(name: str, value: Any) -> str:
    if name == "role":
        return str(CategoryComplement.Role(value).label)
    return desimal(value, None) if name == "weight" else f"“{value}”"


def _told(row: CategoryComplement) -> dict[str, Any]:
    """Return a row as history keeps it."""
    codes = dict(Category.objects.filter(pk__in=[row.buyer_id, row.supplier_id]).values_list("pk", "code"))
    return {"buyer": codes.get(row.buyer_id or 0), "supplier": codes[row.supplier_id], **asdict(_facts(row))}


def _facts(row: CategoryComplement) -> ComplementFacts:
    return ComplementFacts(**{name: getattr(row, name) for name in LABELS})


def _write(row: CategoryComplement, facts: ComplementFacts, *, removed_at: datetime | None) -> None:
    for name, value in asdict(facts).items():
        setattr(row, name, value)
    row.removed_at = removed_at
    row.version += 1
    row.clean_fields()
    row.validate_constraints()
    row.save(update_fields=[*LABELS, "removed_at", "version"])


def _locked(actor: Actor, complement: CategoryComplement) -> CategoryComplement:
    _require_staff(actor)
    return CategoryComplement.objects.select_for_update(of=("self",)).get(pk=complement.pk)


def _require_staff(actor: Actor) -> None:
    if not actor.is_staff:
        raise PermissionDenied(_("Hanya petugas dinas yang mengubah tabel ini."))
