"""The rows of a plan, written at once, with an imprint of each so that an undo finds it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model
from phonenumber_field.phonenumber import PhoneNumber

from products.excel.identifiers import Claim
from products.identifiers import normalised_number
from products.import_changes import current_prices
from products.import_plan import BusinessPlan, ItemPlan, Plan, State
from products.models import Business, Certificate, ImportBatch, ImportedRow, Need, PriceTier, Product

CERTIFICATE_FIELDS = (
    "number", "number_normalised", "state", "valid_until", "checked_by_id", "checked_at", "check_note",
)  # fmt: skip
ROWS_AT_ONCE = 500


def write(plan: Plan, *, batch: ImportBatch, user_id: int | None) -> list[Business]:
    """Write new and changed rows; return the businesses in the order of the list.

    Costs about twenty queries, whatever the length of the list.
    """
    writer = _Writer(batch, user_id)
    owners = writer.write_businesses(plan.businesses)
    writer.write_products(plan.businesses, owners)
    writer.write_needs(plan.businesses, owners)
    writer.save_certificates()
    ImportedRow.objects.bulk_create(writer.imprints, ROWS_AT_ONCE)
    return [owners[business.entry.row] for business in plan.businesses]


def imprint_of_new(batch: ImportBatch, row: Model) -> ImportedRow:
    """Return what is remembered of a new row; rows without a version cannot be edited."""
    version = getattr(row, "version", 1)
    return ImportedRow(batch=batch, kind=row._meta.label_lower, row_id=row.pk, version=version)


class _Writer:
    """Collects the certificates and imprints of one import while its rows are written."""

    def __init__(self, batch: ImportBatch, user_id: int | None) -> None:
        self.batch = batch
        self.user_id = user_id
        self.imprints: list[ImportedRow] = []
        self.new_certificates: list[Certificate] = []
        self.changed_certificates: list[Certificate] = []

    def write_businesses(self, plans: Iterable[BusinessPlan]) -> dict[int, Business]:
        """Return the businesses by their first row in the list."""
        office = self.batch.office
        owners = {plan.entry.row: plan.row for plan in plans if plan.row}
        new = {
            plan.entry.row: Business(office=office, region_id=office.region_id, **plan.values)
            for plan in plans
            if plan.row is None
        }
        Business.objects.bulk_create(new.values(), ROWS_AT_ONCE)
        self._remember_new(new.values())
        owners |= new
        self._correct(Business, [plan for plan in plans if plan.state == State.CHANGED])
        for plan in plans:
            self._claim(owners[plan.entry.row], None, plan)
        return owners

    def write_products(self, plans: Iterable[BusinessPlan], owners: Mapping[int, Business]) -> None:
        new = [
            (Product(business=owners[plan.entry.row], **item.values), item)
            for plan in plans
            for item in plan.products
            if item.row is None
        ]
        changed = [item for plan in plans for item in plan.products if item.state == State.CHANGED]
        Product.objects.bulk_create([row for row, _ in new], ROWS_AT_ONCE)
        self._remember_new(row for row, _ in new)
        self._correct(Product, changed)
        known = [(item.row, item) for item in changed if isinstance(item.row, Product)]
        _save_prices([*new, *known])
        for row, item in [*new, *known]:
            self._claim(row.business, row, item)

    def write_needs(self, plans: Iterable[BusinessPlan], owners: Mapping[int, Business]) -> None:
        source = {"source": Need.Source.EXCEL, "recorded_by_id": self.user_id}
        new = [
            Need(business=owners[plan.entry.row], **source, **item.values)
            for plan in plans
            for item in plan.needs
            if item.row is None
        ]
        Need.objects.bulk_create(new, ROWS_AT_ONCE)
        self._remember_new(new)
        self._correct(Need, [item for plan in plans for item in plan.needs if item.state == State.CHANGED])

    def save_certificates(self) -> None:
        Certificate.objects.bulk_create(self.new_certificates, ROWS_AT_ONCE)
        Certificate.objects.bulk_update(
            self.changed_certificates, [*CERTIFICATE_FIELDS, "version"], ROWS_AT_ONCE
        )

    def _remember_new(self, rows: Iterable[Model]) -> None:
        self.imprints += [imprint_of_new(self.batch, row) for row in rows]

    def _correct(self, model: Any, plans: Iterable[BusinessPlan | ItemPlan]) -> None:
        """Write the changed values of known rows, each with a new version and its old values kept."""
        rows: list[Any] = []
        names = {"version"}
        for plan in plans:
            row: Any = plan.row
            self.imprints.append(
                ImportedRow(
                    batch=self.batch,
                    kind=model._meta.label_lower,
                    row_id=row.pk,
                    before=_before(row, plan),
                    version=row.version + 1,
                )
            )
            for name, value in plan.values.items():
                setattr(row, name, value)
            row.version += 1
            names |= plan.values.keys()
            rows.append(row)
        model.objects.bulk_update(rows, sorted(names), ROWS_AT_ONCE)

    def _claim(self, business: Business, product: Product | None, plan: BusinessPlan | ItemPlan) -> None:
        known = {certificate.kind: certificate for certificate in plan.known}
        for claim in plan.claims:
            certificate = known.get(claim.kind)
            if certificate is None:
                certificate = Certificate(business=business, product=product, kind=claim.kind)
                self.new_certificates.append(certificate)
            else:
                self.changed_certificates.append(certificate)
            _fill(certificate, claim)


def _fill(certificate: Certificate, claim: Claim) -> None:
    """Write a claim down; another number than before has not been checked by anybody."""
    if claim.number:
        certificate.number = claim.number
        certificate.number_normalised = normalised_number(claim.number)
        certificate.valid_until = None
    state = Certificate.State
    certificate.state = state.IN_PROCESS if claim.is_in_process else state.UNCHECKED
    certificate.checked_by_id, certificate.checked_at, certificate.check_note = None, None, ""
    certificate.version += 1


def _save_prices(rows: Iterable[tuple[Product, ItemPlan]]) -> None:
    """Write the listed prices; other tiers stay."""
    new, changed = [], []
    for row, item in rows:
        known = {tier.min_quantity: tier for tier in row.price_tiers.all()} if item.row else {}
        for quantity, price in item.prices.items():
            tier = known.get(quantity)
            if tier is None:
                new.append(PriceTier(product=row, min_quantity=quantity, price_rupiah=price))
            else:
                tier.price_rupiah = price
                changed.append(tier)
    PriceTier.objects.bulk_create(new, ROWS_AT_ONCE)
    PriceTier.objects.bulk_update(changed, ["price_rupiah"], ROWS_AT_ONCE)


def _before(row: Any, plan: BusinessPlan | ItemPlan) -> dict[str, Any]:
    """Return what an undo puts back: old values, old prices by quantity, the old certificates."""
    known = {certificate.kind: certificate for certificate in plan.known}
    before: dict[str, Any] = {
        "values": {name: _plain(getattr(row, name)) for name in plan.values},
        "certificates": {
            claim.kind: _plain_certificate(known[claim.kind]) if claim.kind in known else None
            for claim in plan.claims
        },
    }
    if isinstance(plan, ItemPlan) and plan.prices:
        prices = current_prices(row)
        before["prices"] = {str(quantity): prices.get(quantity) for quantity in plan.prices}
    return before


def _plain_certificate(certificate: Certificate) -> dict[str, Any]:
    return {name: _plain(getattr(certificate, name)) for name in CERTIFICATE_FIELDS}


def _plain(value: Any) -> Any:
    """Return a field's value as JSON keeps it."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, PhoneNumber) else value
