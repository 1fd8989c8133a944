"""Wishes that nobody stated: what makers of a business's goods usually buy."""

from collections.abc import Mapping

from matchmaking.engine.parts import implied_fit
from matchmaking.engine.values import Category, Complement, Contact, Firm, Implication, Offer, Wish


def implied_wishes(contact: Contact) -> list[Wish]:
    """Return the implied wishes of every business, at most one for each family it may buy.

    A family it asks for in its own words, offers itself or has as its line is not implied as well.
    """
    buying = _Buying(contact)
    made: dict[int, set[str]] = {firm.id: _line_of(firm) for firm in contact.firms}
    stated: dict[int, set[str]] = {firm.id: set() for firm in contact.firms}
    for offer in contact.offers:
        made[offer.firm] |= _kinds_of(offer)
    for wish in contact.wishes:
        stated[wish.firm] |= wish.families
    return [
        _for_firm(firm.id, wish)
        for firm in contact.firms
        for wish in buying.wishes(frozenset(made[firm.id]), frozenset(stated[firm.id]))
    ]


def _for_firm(firm: int, wish: Wish) -> Wish:
    """Return an implied wish for a firm; quicker than ``dataclasses.replace``, and there are many."""
    return Wish(firm, wish.text, wish.sector, wish.families, implied=wish.implied)


def _line_of(firm: Firm) -> set[str]:
    return {firm.line} if firm.line is not None else set()


def _kinds_of(offer: Offer) -> set[str]:
    """Return the families of an offer, or its sector where only that is known."""
    return set(offer.families) or {offer.sector}


class _Buying:
    """What makers buy, by what they make; businesses that make the same buy the same."""

    def __init__(self, contact: Contact) -> None:
        self._categories = {category.code: category for category in contact.categories}
        self._of_maker: dict[str | None, list[Complement]] = {}
        for complement in sorted(contact.complements, key=_strongest_first):
            self._of_maker.setdefault(complement.buyer, []).append(complement)
        self._known: dict[frozenset[str], list[Wish]] = {}

    def wishes(self, made: frozenset[str], stated: frozenset[str]) -> list[Wish]:
        """Return what a maker of ``made`` buys, without what it asks for itself, for no firm yet."""
        if made not in self._known:
            self._known[made] = [_wish(one, self._categories) for one in self._complements(made)]
        return [wish for wish in self._known[made] if wish.implied and wish.implied.supplier not in stated]

    def _complements(self, made: frozenset[str]) -> list[Complement]:
        """Return the strongest complement for each supplier, in the order of the suppliers' codes."""
        if not made:
            return []
        makers: set[str | None] = {None, *made, *(self._categories[code].parent or code for code in made)}
        found = [complement for maker in makers for complement in self._of_maker.get(maker, [])]
        best: dict[str, Complement] = {}
        for complement in sorted(found, key=_strongest_first):
            if complement.supplier not in made:
                best.setdefault(complement.supplier, complement)
        return [complement for _, complement in sorted(best.items())]


def _strongest_first(complement: Complement) -> tuple[float, str, str]:
    return (-implied_fit(complement.role, complement.weight), complement.supplier, complement.buyer or "")


def _wish(complement: Complement, categories: Mapping[str, Category]) -> Wish:
    sector = categories[complement.supplier].parent
    return Wish(
        firm=0,
        text=complement.need.id,
        sector=sector or complement.supplier,
        families=frozenset({complement.supplier}) if sector else frozenset(),
        implied=Implication(
            complement.buyer, complement.supplier, complement.need, complement.role, complement.weight
        ),
    )
