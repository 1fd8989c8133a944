"""Which business of the office an entry of a list is: by NIB, then phone, then name and district."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, Model

from products.excel.entries import BusinessEntry, Reading
from products.import_decisions import Listed
from products.models import Business, Category, Certificate, Need, Product, Unit
from products.taxonomy import fold
from regions.models import Office, Province, Region

Item = TypeVar("Item", Product, Need)
Key = tuple[str, ...]
_LETTERS: Mapping[type[Model], str] = {Business: "U", Product: "P", Need: "K"}


@dataclass(frozen=True)
class Register:
    """The rows of one office that a list is compared with, and the reference rows by code.

    ``by_code`` holds products and needs by the codes that an exported list gives them.
    """

    businesses: Sequence[Business]
    products: Mapping[int, Mapping[str, Product]]
    needs: Mapping[int, Mapping[str, Need]]
    by_code: Mapping[str, Product | Need]
    certificates: Mapping[int, tuple[Certificate, ...]]
    places: Mapping[str, Province | Region]
    categories: Mapping[str, Category]
    units: Mapping[str, Unit]


@dataclass(frozen=True)
class _Pass:
    """One way to recognise a business; the name is compared too, or left aside."""

    by: str
    of_entry: Callable[[BusinessEntry], Key]
    of_row: Callable[[Business], Key]
    needs_name: bool


def load_register(office: Office, reading: Reading, *, is_locking: bool = False) -> Register:
    """Return the rows that share a number or a name with the list, and what they offer and need.

    ``is_locking`` holds them until the transaction ends, yet lets other rows point to them. Costs nine
    queries, whatever the list's length, and two more when it says where suppliers must be from.
    """
    near = _near(office, reading)
    businesses = Business.objects.filter(pk__in=near).select_related("line").order_by("pk")
    products = Product.objects.filter(business_id__in=near).select_related("category", "unit").order_by("-pk")
    needs = Need.objects.filter(business_id__in=near).select_related("category", "unit")
    needs = needs.order_by(F("withdrawn_at").asc(nulls_last=True), "-pk")
    if is_locking:
        businesses = businesses.select_for_update(of=("self",), no_key=True)
        products = products.select_for_update(of=("self",), no_key=True)
        needs = needs.select_for_update(of=("self",), no_key=True)
    offered = list(products.prefetch_related("price_tiers", "certificates"))
    wanted = list(needs)
    return Register(
        businesses=list(businesses),
        products=_by_name(offered, "name"),
        needs=_by_name(wanted, "text"),
        by_code={**{code_of(row): row for row in offered}, **{code_of(row): row for row in wanted}},
        certificates=_certificates_of(near),
        places=_places_named(reading),
        categories=Category.objects.in_bulk(field_name="code"),
        units=Unit.objects.in_bulk(field_name="code"),
    )


def _near(office: Office, reading: Reading) -> list[int]:
    """Return the ids of the office's businesses that the list may mean."""
    names = {fold(entry.name) for entry in reading.businesses}
    numbers = {number for entry in reading.businesses for number in (entry.nib, entry.phone) if number}
    codes = {entry.code for entry in reading.businesses if entry.code}
    rows = Business.objects.filter(office=office).values_list("pk", "nib", "phone", "name")
    return [
        pk
        for pk, nib, phone, name in rows
        if {nib, str(phone)} & numbers or fold(name) in names or f"U{pk}" in codes
    ]


def code_of(row: Business | Product | Need) -> str:
    """Return the code by which an exported list finds a row again: ``U12``, ``P5`` or ``K7``."""
    return f"{_LETTERS[type(row)]}{row.pk}"


def _places_named(reading: Reading) -> dict[str, Province | Region]:
    """Return the provinces and regions that needs name, by their codes."""
    codes = {need.area for entry in reading.businesses for need in entry.needs if need.area}
    if not codes:
        return {}
    places: dict[str, Province | Region] = {}
    places |= {province.code: province for province in Province.objects.filter(code__in=codes)}
    places |= {region.code: region for region in Region.objects.filter(code__in=codes)}
    return places


def phone_of(business: Business) -> str:
    """Return the phone as E.164, as lists are read."""
    return str(business.phone or "")


def match(listed: Sequence[Listed], businesses: Sequence[Business]) -> dict[int, tuple[Business, str]]:
    """Return for the first row of each entry that is known already the business, and what told so.

    The strongest sign is tried for all entries before the next weaker one, and nobody is found twice, so
    two branches with one phone find their own rows again. Two valid but different NIB are two businesses.
    A row of the list that came out of the portal with its code is the business of that code.
    """
    found = _match_codes(listed, businesses)
    taken = {row.pk for row, _by in found.values()}
    for step in _PASSES:
        free: dict[Key, list[Business]] = {}
        for row in businesses:
            if row.pk not in taken and (key := step.of_row(row)):
                free.setdefault(key, []).append(row)
        for item in listed:
            if item.rows[0] in found or (item.is_own and not step.needs_name):
                continue
            rows = free.get(step.of_entry(item.entry), [])
            chosen = next((row for row in rows if _may_be(item.entry, row)), None)
            if chosen is not None:
                rows.remove(chosen)
                taken.add(chosen.pk)
                found[item.rows[0]] = (chosen, step.by)
    return found


def _match_codes(listed: Sequence[Listed], businesses: Sequence[Business]) -> dict[int, tuple[Business, str]]:
    """Return the businesses that the portal's own codes name, each once; a twin keeps its place apart."""
    known = {code_of(row): row for row in businesses}
    found: dict[int, tuple[Business, str]] = {}
    for item in listed:
        if not item.is_own and (row := known.pop(item.entry.code, None)):
            found[item.rows[0]] = (row, "code")
    return found


def _may_be(entry: BusinessEntry, row: Business) -> bool:
    return not (entry.nib and row.nib) or entry.nib == row.nib


def _key(*parts: str) -> Key:
    """Return a key, empty when its first part says nothing."""
    return parts if parts[0] else ()


_PASSES = (
    _Pass("nib", lambda e: _key(e.nib, fold(e.name)), lambda b: _key(b.nib, fold(b.name)), needs_name=True),
    _Pass("nib", lambda e: _key(e.nib), lambda b: _key(b.nib), needs_name=False),
    _Pass(
        "phone",
        lambda e: _key(e.phone, fold(e.name)),
        lambda b: _key(phone_of(b), fold(b.name)),
        needs_name=True,
    ),
    _Pass("phone", lambda e: _key(e.phone), lambda b: _key(phone_of(b)), needs_name=False),
    _Pass(
        "name",
        lambda e: _key(fold(e.name), fold(e.district)),
        lambda b: _key(fold(b.name), fold(b.district)),
        needs_name=True,
    ),
)


def _by_name(rows: Iterable[Item], name: str) -> dict[int, dict[str, Item]]:
    """Return items by business and folded name; of two with one name the later in order counts."""
    found: dict[int, dict[str, Item]] = {}
    for row in rows:
        found.setdefault(row.business_id, {})[fold(getattr(row, name))] = row
    return found


def _certificates_of(business_ids: Sequence[int]) -> dict[int, tuple[Certificate, ...]]:
    """Return the certificates that businesses have for themselves, not for one product."""
    found: dict[int, tuple[Certificate, ...]] = {}
    for certificate in Certificate.objects.filter(business_id__in=business_ids, product=None).order_by("pk"):
        found[certificate.business_id] = (*found.get(certificate.business_id, ()), certificate)
    return found
