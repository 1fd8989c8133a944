"""The demonstration's businesses with what they offer and look for."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.utils import timezone

from accounts import history
from accounts.actors import Actor, Via
from matchmaking.demo import rows
from matchmaking.demo.offices import Desk
from products.identifiers import normalised_number
from products.models import Business, Category, Certificate, Need, PriceTier, Product, Unit
from products.needs import NeedFacts, record_need

Businesses = dict[str, Business]
Item = TypeVar("Item")


def fill_catalogue(desks: dict[str, Desk], *, today: date, visit_on: date) -> Businesses:
    """Create every business with its products and needs; return the businesses by name."""
    categories = {category.code: category for category in Category.objects.order_by("code")}
    units = {unit.code: unit for unit in Unit.objects.order_by("code")}
    businesses = {row.name: _register(row, desks[row.region], categories, today) for row in rows.businesses()}
    for product in reversed(_mixed(rows.products(), categories)):  # pages begin with the newest
        _list_product(product, businesses[product.business], categories, units, today)
    officers = {desk.office.pk: desk.officer for desk in desks.values()}
    for need in rows.needs():
        business = businesses[need.business]
        _note_need(need, business, officers[business.office_id], _facts(need, categories, units, visit_on))
    return businesses


def _mixed(products: list[rows.ProductRow], categories: dict[str, Category]) -> list[rows.ProductRow]:
    """Return the products with the sectors in turn, and in each sector the businesses in turn."""
    by_business = in_turn(products, lambda product: product.business)
    return in_turn(by_business, lambda product: str(categories[product.category].parent_id))


def in_turn(items: Iterable[Item], group: Callable[[Item], str]) -> list[Item]:
    """Return the first item of each group, then the second of each, and so on.

    >>> in_turn(["a1", "a2", "a3", "b1"], lambda item: item[0])
    ['a1', 'b1', 'a2', 'a3']
    """
    seen: Counter[str] = Counter()
    turns = []
    for item in items:
        turns.append((seen[group(item)], item))
        seen[group(item)] += 1
    return [item for _turn, item in sorted(turns, key=lambda pair: pair[0])]


def _register(row: rows.BusinessRow, desk: Desk, categories: dict[str, Category], today: date) -> Business:
    """Write down one business with its certificates, as its office does."""
    business = Business(
        office=desk.office,
        region_id=desk.office.region_id,
        name=row.name,
        line=categories[row.line] if row.line else None,
        district=row.district,
        story=row.story,
        size_band=row.size,
        nib=row.nib,
        founded_on=row.founded_on,
        founded_year_only=row.founded_year_only,
        owner_name=row.owner,
        women_led=row.women_led,
        phone=row.phone,
        email=row.email,
    )
    business.full_clean(exclude=["office", "region", "line"])
    business.save()
    history.record(actor=desk.officer, subject=business, action="registered", business_id=business.pk)
    _add_certificates(row.certificates, business, None, today)
    return business


def _list_product(
    row: rows.ProductRow,
    business: Business,
    categories: dict[str, Category],
    units: dict[str, Unit],
    today: date,
) -> None:
    product = Product(
        business=business,
        category=categories[row.category],
        name=row.name,
        description=row.description,
        unit=units[row.unit] if row.unit else None,
        min_order=row.min_order,
        capacity_per_month=row.capacity,
        lead_time_days=row.lead_days,
        accepts_consignment=row.consignment,
        delivery_area=row.delivery[0],
        delivery_places=list(row.delivery[1]),
        status=row.status,
        submitted_at=_submitted_at(today) if row.status == Product.Status.SUBMITTED else None,
    )
    product.full_clean(exclude=["business", "category", "unit"])
    product.save()
    PriceTier.objects.bulk_create(
        PriceTier(product=product, min_quantity=quantity, price_rupiah=rupiah)
        for quantity, rupiah in row.prices.items()
    )
    _add_certificates(row.certificates, business, product, today)


def _submitted_at(today: date) -> datetime:
    """Return the morning two days ago, when businesses sent in what waits for its office."""
    return timezone.make_aware(datetime.combine(today - timedelta(days=2), time(9)))


def _add_certificates(
    certificates: Iterable[rows.CertificateRow], business: Business, product: Product | None, today: date
) -> None:
    Certificate.objects.bulk_create(
        Certificate(
            business=business,
            product=product,
            kind=row.kind,
            state=row.state,
            number=row.number_on(today),
            number_normalised=normalised_number(row.number_on(today)),
            valid_until=row.valid_until(today),
            **_check(row, today),
        )
        for row in certificates
    )


def _check(row: rows.CertificateRow, today: date) -> dict[str, Any]:
    """Return who saw a checked certificate, nine days ago; nothing for any other."""
    if row.state != Certificate.State.CHECKED:
        return {}
    day = datetime.combine(today - timedelta(days=9), time(10))
    return {"checked_at": timezone.make_aware(day), "check_note": "Dilihat aslinya di tempat usaha."}


def _facts(
    row: rows.NeedRow, categories: dict[str, Category], units: dict[str, Unit], visit_on: date
) -> NeedFacts:
    return NeedFacts(
        category=categories[row.category],
        text=row.text,
        quantity=row.quantity,
        frequency=row.frequency,
        unit=units[row.unit] if row.unit else None,
        price_ceiling_rupiah=row.ceiling,
        certificates_required=row.requires,
        wanted_from=_days_after(visit_on, row.wanted_from),
        open_until=_days_after(visit_on, row.open_until),
    )


def _days_after(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)


def _note_need(row: rows.NeedRow, business: Business, officer: Actor, facts: NeedFacts) -> None:
    """Note a need through its door: the business's own link, or its office, by list or by phone."""
    by_link = row.source == Need.Source.LINK
    record_need(
        actor=Actor(via=Via.LINK, business_id=business.pk) if by_link else officer,
        business=business,
        source=Need.Source(row.source),
        facts=facts,
        has_consent=row.source == Need.Source.PHONE,
    )
