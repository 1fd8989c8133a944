"""Wishes that nobody stated: what makers of a business's goods usually buy."""

from collections.abc import Iterable, Mapping

from matchmaking.engine.parts import implied_fit
from matchmaking.engine.values import Category, Complement, Contact, Firm, Implication, Offer, Wish


def implied_wishes(contact: Contact) -> list[Wish]:
    """Return the implied wishes of every business, at most one for each family it may buy.

    A family it asks for in its own words, offers itself or has as its line is not implied as well.
    """
    categories = {category.code: category for category in contact.categories}
    complements = sorted(contact.complements, key=_strongest_first)
    made: dict[int, set[str]] = {firm.id: _line_of(firm) for firm in contact.firms}
    stated: dict[int, set[str]] = {firm.id: set() for firm in contact.firms}
    for offer in contact.offers:
        made[offer.firm] |= _kinds_of(offer)
    for wish in contact.wishes:
        stated[wish.firm] |= wish.families
    return [
        _wish(firm.id, complement, categories)
        for firm in contact.firms
        for complement in _buys(made[firm.id], stated[firm.id], complements, categories)
    ]


def _line_of(firm: Firm) -> set[str]:
    return {firm.line} if firm.line is not None else set()


def _kinds_of(offer: Offer) -> set[str]:
    """Return the families of an offer, or its sector where only that is known."""
    return set(offer.families) or {offer.sector}


def _buys(
    made: set[str], stated: set[str], complements: Iterable[Complement], categories: Mapping[str, Category]
) -> list[Complement]:
    """Return the complements that a maker of ``made`` buys, the strongest for each supplier."""
    if not made:
        return []
    makers: set[str | None] = {None, *made, *(categories[code].parent or code for code in made)}
    best: dict[str, Complement] = {}
    for complement in complements:
        if complement.buyer in makers and complement.supplier not in made | stated:
            best.setdefault(complement.supplier, complement)
    return [complement for _, complement in sorted(best.items())]


def _strongest_first(complement: Complement) -> tuple[float, str, str]:
    return (-implied_fit(complement.role, complement.weight), complement.supplier, complement.buyer or "")


def _wish(firm: int, complement: Complement, categories: Mapping[str, Category]) -> Wish:
    sector = categories[complement.supplier].parent
    return Wish(
        firm=firm,
        text=complement.need.id,
        sector=sector or complement.supplier,
        families=frozenset({complement.supplier}) if sector else frozenset(),
        implied=Implication(
            complement.buyer, complement.supplier, complement.need, complement.role, complement.weight
        ),
    )
