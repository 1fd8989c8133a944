"""What a list would change about a row: only values it states, never a blank over something known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from products.excel.entries import BusinessEntry, NeedEntry, ProductEntry
from products.excel.identifiers import Claim
from products.identifiers import normalised_number
from products.import_matching import Register, phone_of
from products.models import Business, Category, Certificate, Need, Product
from regions.models import Province, Region
from tradecontact.rupiah import format_rupiah, group_thousands
from tradecontact.text_cleaning import clean_line, clean_lines

IN_PROCESS, UNCHECKED = Certificate.State.IN_PROCESS, Certificate.State.UNCHECKED


@dataclass(frozen=True)
class Change:
    """One value before and after, as an officer reads it. ``old`` is empty when nothing was known."""

    label: str
    old: str
    new: str


def values_of_business(entry: BusinessEntry, register: Register) -> dict[str, Any]:
    """Return the fields of ``Business`` as the list states them."""
    return {
        "name": entry.name,
        "line": register.categories.get(entry.line or ""),
        "line_text": entry.line_text,
        "district": entry.district,
        "story": entry.story,
        "size_band": entry.size,
        "nib": entry.nib,
        "founded_on": entry.founded.day if entry.founded else None,
        "founded_year_only": entry.founded.is_year_only if entry.founded else False,
        "owner_name": entry.owner_name,
        "phone": entry.phone,
        "email": entry.email,
    }


def values_of_product(entry: ProductEntry, register: Register) -> dict[str, Any]:
    """Return the fields of ``Product`` as the list states them; the price is a row of its own."""
    return {
        "name": entry.name,
        "category": register.categories[entry.category or ""],
        "description": entry.description,
        "unit": register.units.get(entry.unit or ""),
        "min_order": entry.min_order,
        "capacity_per_month": entry.capacity,
        "lead_time_days": entry.lead_time,
        "accepts_consignment": entry.consignment,
    }


def values_of_need(entry: NeedEntry, register: Register) -> dict[str, Any]:
    """Return the fields of ``Need`` as the list states them; a place and a frequency only when stated."""
    values: dict[str, Any] = {
        "text": entry.text,
        "category": register.categories[entry.category or ""],
        "quantity": entry.quantity,
        "unit": register.units.get(entry.unit or ""),
        "price_ceiling_rupiah": entry.price_ceiling,
        "certificates_required": sorted(entry.certificates),
        "wanted_from": entry.wanted_from,
        "open_until": entry.open_until,
    }
    if entry.frequency:
        values["frequency"] = entry.frequency
    if place := register.places.get(entry.area):
        values["area_province"] = place if isinstance(place, Province) else None
        values["area_region"] = place if isinstance(place, Region) else None
    return values


def changes_of_business(row: Business, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the list corrects; a year alone does not replace a full date of that year."""
    changes = _stated(row, values)
    if str(changes.get("phone", "")) == phone_of(row):
        changes.pop("phone", None)
    if changes.get("email") == row.email.lower():
        del changes["email"]
    _leave_chosen_line(row, values, changes)
    day = values["founded_on"]
    if day is None or (values["founded_year_only"] and _is_known_better(row, day)):
        changes.pop("founded_on", None)
        changes.pop("founded_year_only", None)
    elif row.founded_year_only != values["founded_year_only"]:
        changes["founded_year_only"] = values["founded_year_only"]
    return changes


def _leave_chosen_line(row: Business, values: Mapping[str, Any], changes: dict[str, Any]) -> None:
    """Keep the line that an officer chose when the list only repeats the words, or its name."""
    typed = values["line_text"]
    if typed == row.line_text:
        changes.pop("line", None)
    elif row.line is not None and typed == row.line.name_id:
        changes.pop("line", None)
        changes.pop("line_text", None)


def changes_of_item(
    row: Product | Need, values: Mapping[str, Any], *, is_category_named: bool = False
) -> dict[str, Any]:
    """Return what the list corrects.

    A finer family of the same sector is an officer's work, and stays, unless the list names the family.
    """
    changes = _stated(row, values)
    is_guess = "category" in changes and not is_category_named
    if is_guess and _sector(row.category) == _sector(values["category"]):
        del changes["category"]
    if isinstance(row, Need):
        _move_area(row, values, changes)
        _keep_days_in_order(row, changes)
    return changes


def _move_area(row: Need, values: Mapping[str, Any], changes: dict[str, Any]) -> None:
    """A stated place replaces the other kind of place too: a need has one."""
    if changes.keys() & {"area_province", "area_region"}:
        names = ("area_province", "area_region")
        changes |= {name: values[name] for name in names if getattr(row, name) != values[name]}


def _keep_days_in_order(row: Need, changes: dict[str, Any]) -> None:
    """Leave days out that would end before they begin together with what is known."""
    start = changes.get("wanted_from", row.wanted_from)
    end = changes.get("open_until", row.open_until)
    if start and end and end < start:
        changes.pop("wanted_from", None)
        changes.pop("open_until", None)


def prices_to_write(row: Product | None, entry: ProductEntry) -> dict[int, int]:
    """Return the listed prices by quantity that differ from those known; prices not listed stay."""
    listed = dict(entry.tiers)
    if entry.price is not None:
        listed[1] = entry.price
    known = current_prices(row) if row else {}
    return {quantity: price for quantity, price in listed.items() if known.get(quantity) != price}


def current_prices(row: Product) -> dict[int, int]:
    """Return the prices in rupiah by the quantity they begin at; needs ``price_tiers`` prefetched."""
    return {tier.min_quantity: tier.price_rupiah for tier in row.price_tiers.all()}


def claims_to_write(present: Iterable[Certificate], claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims that say more than the certificates already written down.

    A certificate that an officer checked is only replaced by another number.
    """
    known = {certificate.kind: certificate for certificate in present}
    return tuple(claim for claim in claims if _says_more(known.get(claim.kind), claim))


def told(row: Model, values: Mapping[str, Any]) -> list[Change]:
    """Return changed values in the words of the page."""
    return [
        Change(
            str(row._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            _shown_of(row, name),
            shown(value, is_year_only=name == "founded_on" and values.get("founded_year_only", False)),
        )
        for name, value in values.items()
        if name != "founded_year_only" and (value is not None or getattr(row, name) is not None)
    ]


def _shown_of(row: Any, name: str) -> str:
    return shown(getattr(row, name), is_year_only=name == "founded_on" and row.founded_year_only)


def told_prices(row: Product, prices: Mapping[int, int]) -> list[Change]:
    """Return changed prices in the words of the page, the lowest quantity first."""
    known = current_prices(row)
    return [
        Change(
            _("harga") if quantity == 1 else _("harga mulai %(quantity)s") % {"quantity": shown(quantity)},
            format_rupiah(known[quantity]) if quantity in known else "",
            format_rupiah(price),
        )
        for quantity, price in sorted(prices.items())
    ]


def shown(value: Any, *, is_year_only: bool = False) -> str:
    """Return a value the way pages show it, empty for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int):
        return group_thousands(value)
    if isinstance(value, date):
        return str(value.year) if is_year_only else value.strftime("%d/%m/%Y")
    if isinstance(value, list):
        return ", ".join(str(Certificate.Kind(kind).label) for kind in value)
    return str(value)


def _stated(row: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", []) and not _is_same(getattr(row, name), value)
    }


def _is_same(known: Any, listed: Any) -> bool:
    """Compare as a cell can say it: signs that nobody sees, and spaces, are no difference."""
    if isinstance(known, str) and isinstance(listed, str):
        return listed in (known, clean_line(known), clean_lines(known))
    return bool(known == listed)


def _is_known_better(row: Business, day: date) -> bool:
    known = row.founded_on
    return known is not None and not row.founded_year_only and known.year == day.year


def _sector(category: Category) -> int:
    return category.parent_id or category.pk


def _says_more(known: Certificate | None, claim: Claim) -> bool:
    if known is None:
        return True
    if claim.number and normalised_number(claim.number) != known.number_normalised:
        return True
    return known.state in (IN_PROCESS, UNCHECKED) and (known.state == IN_PROCESS) != claim.is_in_process
