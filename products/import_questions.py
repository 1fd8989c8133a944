"""What an officer must decide about a list: two businesses that may be one, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from products.excel.entries import BusinessEntry, Reading
from products.import_decisions import Decision
from products.import_matching import phone_of
from products.import_plan import BusinessPlan
from products.models import Business


@dataclass(frozen=True)
class Side:
    """One of the two businesses. Private, for officers of its own office."""

    title: str
    name: str
    nib: str
    phone: str
    owner: str
    district: str
    items: str

    @property
    def facts(self) -> list[tuple[str, str]]:
        return [
            (_("nama usaha"), self.name),
            (_("NIB"), self.nib),
            (_("nomor HP/WA"), self.phone),
            (_("nama pemilik"), self.owner),
            (_("kecamatan"), self.district),
            (_("produk dan kebutuhan"), self.items),
        ]


@dataclass(frozen=True)
class Question:
    """Are these one business? ``by`` is ``nib`` or ``phone``; ``is_in_list`` marks twins in the file."""

    row: int
    by: str
    decision: Decision
    known: Side
    listed: Side
    is_in_list: bool

    @property
    def facts(self) -> list[tuple[str, str, str]]:
        """Label, the known value, the listed value."""
        return [
            (label, one, other)
            for (label, one), (_label, other) in zip(self.known.facts, self.listed.facts, strict=True)
        ]


def ask(reading: Reading, decisions: dict[int, Decision], renamed: Iterable[BusinessPlan]) -> list[Question]:
    """Return the questions by row: twins in the list, then entries known under another name."""
    entries = {entry.row: entry for entry in reading.businesses}
    twins = [
        Question(
            found.row,
            found.by,
            decisions[found.row],
            _side_of_entry(entries[found.same_as_row]),
            _side_of_entry(entries[found.row]),
            is_in_list=True,
        )
        for found in reading.duplicates
    ]
    known = [
        Question(
            plan.entry.row,
            plan.found_by,
            decisions.get(plan.entry.row, Decision.MERGE),
            _side_of_row(plan.row),
            _side_of_entry(plan.entry),
            is_in_list=False,
        )
        for plan in renamed
        if plan.row is not None
    ]
    return twins + known


def _side_of_entry(entry: BusinessEntry) -> Side:
    items = [product.name for product in entry.products] + [need.text for need in entry.needs]
    return Side(
        title=_("Baris %(row)s") % {"row": entry.row},
        name=entry.name,
        nib=entry.nib,
        phone=entry.phone,
        owner=entry.owner_name,
        district=entry.district,
        items=", ".join(items),
    )


def _side_of_row(row: Business) -> Side:
    return Side(
        title=_("Sudah tercatat"),
        name=row.name,
        nib=row.nib,
        phone=phone_of(row),
        owner=row.owner_name,
        district=row.district,
        items="",
    )
