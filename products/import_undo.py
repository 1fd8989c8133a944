"""Taking an import back: whether anything else has touched its rows, and putting back what was there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Count, Model
from django.utils.translation import gettext as _

from accounts.models import HistoryEntry
from outbox.erasure import erase_messages_of_many
from products.models import Business, Certificate, ImportBatch, ImportedRow, PriceTier, Product

MOST_NAMED = 5
PARTS = {"products.pricetier", "products.certificate", "products.importedrow"}
"""Rows that belong to a product or a business and go with it; its version counts their edits too."""


@dataclass(frozen=True)
class Use:
    """One thing that has touched a row of an import since: ``name`` of the row, ``by`` what."""

    name: str
    by: str

    def __str__(self) -> str:
        return f"{self.name}: {self.by}"


class Footprint:
    """The rows of one import by kind, read once."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        self.imprints: dict[str, dict[int, ImportedRow]] = {}
        for imprint in batch.rows.order_by("pk"):
            self.imprints.setdefault(imprint.kind, {})[imprint.row_id] = imprint

    def created(self, model: type[Model]) -> set[int]:
        """Return the ids of rows that the import made."""
        rows = self.imprints.get(model._meta.label_lower, {})
        return {row_id for row_id, imprint in rows.items() if imprint.before is None}

    def rows(self, kind: str) -> dict[int, Any]:
        """Return the rows of a kind as they stand now, locked."""
        model: Any = apps.get_model(kind)
        rows = model.objects.filter(pk__in=self.imprints[kind]).order_by("pk").select_for_update(of=("self",))
        return {row.pk: row for row in rows}

    @cached_property
    def kinds(self) -> list[str]:
        """Kinds in the order in which their rows were written."""
        return list(self.imprints)


def find_uses(footprint: Footprint) -> list[Use]:
    """Return what has touched the rows since the import: edits, other imports, and rows that build on them.

    Locks the rows, so that nothing touches them while they are taken back.
    """
    uses = []
    for kind in footprint.kinds:
        rows = footprint.rows(kind)
        uses += _edits(footprint, kind, rows)
        uses += _rows_that_build_on(footprint, kind, rows)
    return uses


def take_back(footprint: Footprint, now: datetime) -> None:
    """Remove what the import made and put back what it changed; find no uses first.

    Messages to businesses that it made lose their recipient and text.
    """
    made = [f"business:{pk}" for pk in footprint.created(Business)]
    erase_messages_of_many(abouts=made, now=now)
    for kind in reversed(footprint.kinds):
        model: Any = apps.get_model(kind)
        changed = {pk: row for pk, row in footprint.rows(kind).items() if pk not in footprint.created(model)}
        for pk, row in changed.items():
            _put_back(row, footprint.imprints[kind][pk])
        model.objects.filter(pk__in=footprint.created(model)).delete()
    footprint.batch.rows.all().delete()


def _edits(footprint: Footprint, kind: str, rows: dict[int, Any]) -> list[Use]:
    """Return rows that are gone or whose version another act has raised, with who did it last."""
    imprints = footprint.imprints[kind]
    changed = [
        pk
        for pk, row in rows.items()
        if getattr(row, "version", imprints[pk].version) != imprints[pk].version
    ]
    name = str(apps.get_model(kind)._meta.verbose_name)
    gone = [Use(name, _("sudah dihapus")) for pk in imprints if pk not in rows]
    if not changed:
        return gone
    later = ImportedRow.objects.filter(kind=kind, row_id__in=changed, batch_id__gt=footprint.batch.pk)
    imports = dict(later.order_by("pk").values_list("row_id", "batch__file_name"))
    entries = HistoryEntry.objects.filter(subject_kind=kind, subject_id__in=changed).order_by("pk")
    editors = {entry.subject_id: _editor(entry) for entry in entries.select_related("user")}
    return gone + [Use(str(rows[pk]), _edit(imports.get(pk), editors.get(pk))) for pk in changed]


def _editor(entry: HistoryEntry) -> str:
    return entry.user.name if entry.user else entry.get_via_display()


def _edit(file_name: str | None, editor: str | None) -> str:
    if file_name:
        return _("diubah oleh impor “%(file)s”") % {"file": file_name}
    if editor:
        return _("diubah oleh %(editor)s") % {"editor": editor}
    return _("diubah sesudah impor ini")


def _rows_that_build_on(footprint: Footprint, kind: str, rows: dict[int, Any]) -> list[Use]:
    """Return rows of other origin that point to what the import made: pairs, answers, links, inquiries."""
    model = apps.get_model(kind)
    made = footprint.created(model)
    uses = []
    for relation in model._meta.related_objects:
        related: Any = relation.related_model
        if related._meta.label_lower in PARTS:
            continue
        pointing = related.objects.filter(**{f"{relation.field.name}__in": made})
        own = footprint.created(related)
        found = pointing.exclude(pk__in=own).order_by().values_list(relation.field.name)
        for pk, number in found.annotate(number=Count("pk")):
            words = {"number": number, "rows": related._meta.verbose_name}
            uses.append(Use(str(rows[pk]), _("dipakai oleh %(number)d %(rows)s") % words))
    return uses


def _put_back(row: Any, imprint: ImportedRow) -> None:
    """Write the old values with a new version; an earlier import of the same row recognises it again."""
    before: Any = imprint.before
    for name, value in before["values"].items():
        field = row._meta.get_field(name)
        setattr(row, field.attname, value if field.is_relation else field.to_python(value))
    row.version += 1
    row.save(update_fields=[*before["values"], "version"])
    prices = {"1": before["price"]} if "price" in before else before.get("prices", {})
    for quantity, price in prices.items():
        _put_price_back(row, int(quantity), price)
    for kind, values in before["certificates"].items():
        _put_certificate_back(row, kind, values)
    earlier = ImportedRow.objects.filter(kind=imprint.kind, row_id=row.pk, version=imprint.version - 1)
    earlier.update(version=row.version)


def _put_price_back(product: Product, quantity: int, price: int | None) -> None:
    tier = PriceTier.objects.filter(product=product, min_quantity=quantity)
    if price is None:
        tier.delete()
    else:
        tier.update(price_rupiah=price)


def _put_certificate_back(row: Business | Product, kind: str, values: dict[str, Any] | None) -> None:
    owner = {"product": row} if isinstance(row, Product) else {"business": row, "product": None}
    certificate = Certificate.objects.filter(kind=kind, **owner)
    if values is None:
        certificate.delete()
    else:
        certificate.update(**values)


def sentence(uses: Iterable[Use]) -> str:
    """Name what keeps an import from being taken back, the first few of it."""
    uses = list(uses)
    named = "; ".join(str(use) for use in uses[:MOST_NAMED])
    if len(uses) > MOST_NAMED:
        named = _("%(named)s; dan %(number)d lagi") % {"named": named, "number": len(uses) - MOST_NAMED}
    return _("Impor ini tidak dapat ditarik kembali, sebab datanya sudah dipakai. %(named)s.") % {
        "named": named
    }
