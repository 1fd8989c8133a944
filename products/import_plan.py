"""What an import would do to the rows of an office. Computed for the preview, and again under the lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from products.excel.entries import BusinessEntry, NeedEntry, ProductEntry, Reading
from products.excel.identifiers import Claim
from products.import_changes import (
    Change,
    changes_of_business,
    changes_of_item,
    claims_to_write,
    prices_to_write,
    told,
    told_prices,
    values_of_business,
    values_of_need,
    values_of_product,
)
from products.import_decisions import Decision, Listed, settle
from products.import_matching import Register, match
from products.models import Business, Certificate, Need, Product
from products.taxonomy import fold


class State(StrEnum):
    """What an import does to a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass
class ItemPlan:
    """What happens to one product or need.

    ``values`` are all fields of a new row, else those that differ. ``prices`` are the rupiah to write, by
    the quantity they begin at. ``claims`` are the certificates to write beside or over the ``known`` ones.
    ``newer`` is what the portal has changed since an old file was made, beside what the file says.
    """

    entry: ProductEntry | NeedEntry
    row: Product | Need | None
    values: dict[str, Any]
    prices: dict[int, int] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    known: tuple[Certificate, ...] = ()
    newer: list[Change] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The product's name or the need's text."""
        return self.entry.name if isinstance(self.entry, ProductEntry) else self.entry.text

    @property
    def state(self) -> State:
        if self.row is None:
            return State.NEW
        return State.CHANGED if self.values or self.claims or self.prices else State.UNCHANGED

    @property
    def changes(self) -> list[Change]:
        """What is corrected, old beside new."""
        if self.row is None:
            return []
        price = told_prices(self.row, self.prices) if isinstance(self.row, Product) else []
        return told(self.row, self.values) + price + _told_claims(self.claims)


@dataclass
class BusinessPlan:
    """What happens to one business, with its products and needs.

    ``found_by`` is ``code``, ``nib``, ``phone`` or ``name``, empty for a new business; the rest as in
    ``ItemPlan``.
    """

    listed: Listed
    row: Business | None
    found_by: str
    values: dict[str, Any]
    claims: tuple[Claim, ...] = ()
    known: tuple[Certificate, ...] = ()
    products: list[ItemPlan] = field(default_factory=list)
    needs: list[ItemPlan] = field(default_factory=list)
    newer: list[Change] = field(default_factory=list)

    @property
    def all_newer(self) -> list[tuple[str, Change]]:
        """What the portal has changed since, with the name of the product or need it is about."""
        items = [*self.products, *self.needs]
        return [("", change) for change in self.newer] + [
            (item.label, change) for item in items for change in item.newer
        ]

    @property
    def entry(self) -> BusinessEntry:
        return self.listed.entry

    @property
    def state(self) -> State:
        if self.row is None:
            return State.NEW
        return State.CHANGED if self.values or self.claims else State.UNCHANGED

    @property
    def changes(self) -> list[Change]:
        """What is corrected about the business itself, old beside new."""
        return told(self.row, self.values) + _told_claims(self.claims) if self.row else []

    @property
    def is_under_another_name(self) -> bool:
        """True when its number is known, but for a business of another name; a code renames it."""
        if self.row is None or self.found_by == "code":
            return False
        return fold(self.row.name) != fold(self.entry.name)


@dataclass(frozen=True)
class Plan:
    """Everything an import of one list would do; ``left_out`` counts items without a category."""

    businesses: tuple[BusinessPlan, ...]
    left_out: int

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many businesses, products and needs are new, changed and unchanged."""
        products = [item for business in self.businesses for item in business.products]
        needs = [item for business in self.businesses for item in business.needs]
        return {
            "businesses": _by_state(self.businesses),
            "products": _by_state(products),
            "needs": _by_state(needs),
        }


def make_plan(
    reading: Reading,
    decisions: Mapping[int, Decision],
    register: Register,
    overwriting: Collection[int] = (),
) -> Plan:
    """Return what importing the list would do, after the decisions about duplicates.

    An entry that a number finds under another name is a question too: skipping leaves it out, keeping
    makes it a business of its own, and without a decision the known business is corrected.

    What has changed in the portal since an exported file was made stays as it is, except for the entries
    whose rows ``overwriting`` names.
    """
    listed = settle(reading, decisions)
    known = match(listed, register.businesses)
    plans = tuple(_plan_business(item, known.get(item.rows[0]), register) for item in listed)
    for plan in plans:
        _note_newer(plan, is_overwriting=plan.listed.rows[0] in overwriting)
    offered = sum(len(item.entry.products) + len(item.entry.needs) for item in listed)
    planned = sum(len(plan.products) + len(plan.needs) for plan in plans)
    return Plan(plans, left_out=offered - planned)


def _note_newer(plan: BusinessPlan, *, is_overwriting: bool) -> None:
    """Note what an old file would change back about a business, its products and needs, or leave it out."""
    parts: list[BusinessPlan | ItemPlan] = [plan, *plan.products, *plan.needs]
    for part in parts:
        if part.row is not None and 0 < part.entry.version < part.row.version:
            part.newer = part.changes
            if is_overwriting:
                continue
            part.values, part.claims = {}, ()
            if isinstance(part, ItemPlan):
                part.prices = {}


def _plan_business(item: Listed, known: tuple[Business, str] | None, register: Register) -> BusinessPlan:
    row, found_by = known or (None, "")
    values = values_of_business(item.entry, register)
    plan = BusinessPlan(item, row, found_by, values, item.entry.certificates)
    if row is not None:
        plan.values = changes_of_business(row, values)
        plan.known = register.certificates.get(row.pk, ())
        plan.claims = claims_to_write(plan.known, item.entry.certificates)
    plan.products = [_plan_product(entry, row, register) for entry in item.entry.products if entry.category]
    plan.needs = [_plan_need(entry, row, register) for entry in item.entry.needs if entry.category]
    return plan


def _plan_product(entry: ProductEntry, owner: Business | None, register: Register) -> ItemPlan:
    values = values_of_product(entry, register)
    known = register.products.get(owner.pk, {}) if owner else {}
    row = _coded(entry.code, owner, register) or known.get(fold(entry.name))
    if not isinstance(row, Product):
        return ItemPlan(entry, None, values, prices_to_write(None, entry), entry.certificates)
    certificates = tuple(row.certificates.all())
    return ItemPlan(
        entry,
        row,
        changes_of_item(row, values, is_category_named=entry.is_category_named),
        prices_to_write(row, entry),
        claims_to_write(certificates, entry.certificates),
        certificates,
    )


def _plan_need(entry: NeedEntry, owner: Business | None, register: Register) -> ItemPlan:
    """A need that was withdrawn stays withdrawn, and as it was."""
    values = values_of_need(entry, register)
    known = register.needs.get(owner.pk, {}) if owner else {}
    row = _coded(entry.code, owner, register) or known.get(fold(entry.text))
    if not isinstance(row, Need):
        return ItemPlan(entry, None, values)
    changes = changes_of_item(row, values, is_category_named=entry.is_category_named)
    return ItemPlan(entry, row, {} if row.withdrawn_at else changes)


def _coded(code: str, owner: Business | None, register: Register) -> Product | Need | None:
    """Return the row of a code, when it belongs to this business."""
    row = register.by_code.get(code)
    return row if row is not None and owner is not None and row.business_id == owner.pk else None


def _told_claims(claims: Iterable[Claim]) -> list[Change]:
    state = {True: Certificate.State.IN_PROCESS.label, False: Certificate.State.UNCHECKED.label}
    return [
        Change(str(Certificate.Kind(claim.kind).label), "", claim.number or str(state[claim.is_in_process]))
        for claim in claims
    ]


def _by_state(plans: Iterable[BusinessPlan | ItemPlan]) -> dict[str, int]:
    states = [plan.state for plan in plans]
    return {str(state): states.count(state) for state in State}
