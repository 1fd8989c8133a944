"""Correcting what the portal knows about a business: its profile, its products, its needs.

Every row carries a version. Whoever saves names the version the editing started from; when somebody
else has saved in between, nothing is written and the caller can show both texts. Saving what already
stands there changes nothing, so a form may be sent twice.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypedDict, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from accounts import history
from accounts.actors import Actor
from products.models import Business, Category, Need, PriceTier, Product, Unit
from regions.models import Province, Region

Row = TypeVar("Row", Business, Product, Need)

# Fields whose values history may keep: numbers, codes, public names. Of all others it keeps the name only.
VALUES_IN_HISTORY = {
    "name", "size_band", "category", "unit", "min_order", "capacity_per_month", "lead_time_days",
    "accepts_consignment", "price_tiers", "pack_content", "pack_unit", "shelf_life_days", "sample_terms",
    "sample_price_rupiah", "private_label", "consignment_days", "delivery_area", "delivery_places",
    "quantity", "frequency", "price_ceiling_rupiah",
    "certificates_required", "area_province", "area_region", "wanted_from", "open_until",
}  # fmt: skip


class BusinessChanges(TypedDict, total=False):
    """Fields of a business that a correction may name."""

    name: str
    line: Category | None
    district: str
    story: str
    size_band: str
    women_led: str
    nib: str
    owner_name: str
    phone: str
    email: str


class ProductChanges(TypedDict, total=False):
    """Fields of a product that a correction may name; ``price_tiers`` is {from quantity: rupiah}."""

    name: str
    category: Category
    description: str
    unit: Unit | None
    price_tiers: Mapping[int, int]
    pack_content: int | None
    pack_unit: Unit | None
    min_order: int | None
    capacity_per_month: int | None
    lead_time_days: int | None
    shelf_life_days: int | None
    sample_terms: str
    sample_price_rupiah: int | None
    private_label: bool | None
    accepts_consignment: bool | None
    consignment_days: int | None
    delivery_area: str
    delivery_places: list[str]


class NeedChanges(TypedDict, total=False):
    """Fields of a need that a correction may name."""

    text: str
    category: Category
    quantity: int | None
    frequency: str
    unit: Unit | None
    price_ceiling_rupiah: int | None
    certificates_required: list[str]
    area_province: Province | None
    area_region: Region | None
    wanted_from: date | None
    open_until: date | None


class StaleVersion(ValidationError):
    """Somebody else has saved since the editing began."""

    def __init__(self) -> None:
        super().__init__(_("Data ini baru saja diubah oleh orang lain. Isian Anda belum disimpan."))


def update_business(*, actor: Actor, business: Business, version: int, changes: BusinessChanges) -> Business:
    """Correct the profile of a business and return it as it stands now.

    Raises:
        PermissionDenied: the actor may not change this business.
        StaleVersion: somebody else has saved since ``version``.
        ValidationError: a value breaks a rule of the model.
    """
    return _update(actor, business, version, changes)


def update_product(*, actor: Actor, product: Product, version: int, changes: ProductChanges) -> Product:
    """Correct a product, its price tiers too when they are named; as ``update_business``."""
    return _update(actor, product, version, changes)


def update_need(*, actor: Actor, need: Need, version: int, changes: NeedChanges) -> Need:
    """Correct a need; as ``update_business``."""
    return _update(actor, need, version, changes)


@transaction.atomic
def withdraw_need(*, actor: Actor, need: Need, now: datetime) -> Need:
    """Take a need out of matching and off the public page; ``reopen_need`` brings it back.

    Raises:
        PermissionDenied: the actor may not change the need's business.
    """
    return _set_withdrawn(actor, need, now, action="withdrawn")


@transaction.atomic
def reopen_need(*, actor: Actor, need: Need) -> Need:
    """Bring a withdrawn need back as it was.

    Raises:
        PermissionDenied: the actor may not change the need's business.
    """
    return _set_withdrawn(actor, need, None, action="reopened")


@transaction.atomic
def _update(actor: Actor, row: Row, version: int, changes: Mapping[str, Any]) -> Row:
    """Lock the row, write what differs, count its version up, and tell history."""
    locked = _locked(actor, row)
    before, after = stored_values(locked, changes), plain_values(changes)
    changed = sorted(name for name in changes if after[name] != before[name])
    if changed:
        if locked.version != version:
            raise StaleVersion
        _write(locked, changes, changed)
        _tell_history(actor, locked, before, changes, changed)
    return locked


def _locked(actor: Actor, row: Row) -> Row:
    """Return the row, locked, once it is certain that the actor may change it."""
    locked = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    require_editor(actor, locked)
    return locked


def require_editor(actor: Actor, row: Row) -> None:
    """Raise PermissionDenied unless the actor may change the row's business."""
    if not Business.objects.editable_by(actor).filter(pk=_business_id(row)).exists():
        raise PermissionDenied(_("Hanya usaha itu sendiri atau dinas wilayahnya yang mengubah data ini."))


def _write(row: Row, changes: Mapping[str, Any], changed: list[str]) -> None:
    columns: list[str] = check_values(row, {name: changes[name] for name in changed})
    row.version += 1
    row.save(update_fields=[*columns, "version"])
    if isinstance(row, Product) and "price_tiers" in changed:
        _replace_tiers(row, changes["price_tiers"])


def check_values(row: Row, changes: Mapping[str, Any]) -> list[str]:
    """Put the values into ``row``, unsaved, and return the names of its columns among them.

    Raises:
        ValidationError: a value breaks a rule of the model.
    """
    columns = [name for name in changes if name != "price_tiers"]
    for name in columns:
        setattr(row, name, changes[name])
    row.clean_fields(exclude={field.name for field in row._meta.fields} - set(columns))
    row.validate_constraints()
    for quantity, price in changes.get("price_tiers", {}).items():
        tier = PriceTier(min_quantity=quantity, price_rupiah=price)
        tier.clean_fields(exclude={"product"})
        tier.validate_constraints(exclude={"product"})
    return columns


def _set_withdrawn(actor: Actor, need: Need, moment: datetime | None, *, action: str) -> Need:
    locked = _locked(actor, need)
    if (locked.withdrawn_at is None) == (moment is None):
        return locked
    locked.withdrawn_at = moment
    locked.version += 1
    locked.save(update_fields=["withdrawn_at", "version"])
    history.record(actor=actor, subject=locked, action=action, business_id=locked.business_id)
    return locked


def _replace_tiers(product: Product, tiers: Mapping[int, int]) -> None:
    """Make ``tiers`` the price tiers of a product; a row whose quantity stays keeps its id."""
    product.price_tiers.exclude(min_quantity__in=tiers).delete()
    for quantity, price in tiers.items():
        product.price_tiers.update_or_create(min_quantity=quantity, defaults={"price_rupiah": price})


def _tell_history(
    actor: Actor, row: Row, before: Mapping[str, Any], changes: Mapping[str, Any], changed: list[str]
) -> None:
    """Add one line that names every changed field, with values only where they are nobody's secret."""
    told = [name for name in changed if name in VALUES_IN_HISTORY]
    version: dict[str, Any] = {"version": row.version} if isinstance(row, Product) else {}
    history.record(
        actor=actor,
        subject=row,
        action="changed",
        before={name: before[name] for name in told},
        after={"fields": changed} | version | {name: _plain(changes[name]) for name in told},
        business_id=_business_id(row),
    )


def plain_values(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes as JSON that compares with ``stored_values``."""
    return {name: _plain(value) for name, value in changes.items()}


def stored_values(row: Row, names: Iterable[str]) -> dict[str, Any]:
    """Return what stands in the row under these names, in the form of ``plain_values``."""
    stored = {name: _plain(getattr(row, name)) for name in names if name != "price_tiers"}
    if isinstance(row, Product) and "price_tiers" in names:
        stored["price_tiers"] = _plain(dict(row.price_tiers.values_list("min_quantity", "price_rupiah")))
    return stored


def _plain(value: Any) -> Any:
    """Return a value as JSON that compares: codes of reference rows, text of days and phone numbers."""
    if isinstance(value, Category | Unit | Province | Region):
        return value.code
    if isinstance(value, date | PhoneNumber):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): value[key] for key in sorted(value)}
    return sorted(value) if isinstance(value, list | tuple) else value


def _business_id(row: Row) -> int:
    return row.pk if isinstance(row, Business) else row.business_id
