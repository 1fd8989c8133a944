"""Why a pair is proposed, what is not known about it, and what of it is not met."""

from collections.abc import Iterator
from typing import Any

from matchmaking.engine.cases import Case, CaseBook
from matchmaking.engine.facts import Code, Fact, distinct
from matchmaking.engine.gates import number
from matchmaking.engine.kinship import Kinship
from matchmaking.engine.matches import Match, Matcher
from matchmaking.engine.parts import best_proof
from matchmaking.engine.text import asks_for_consignment, kindred_words, shared_words
from matchmaking.engine.trades import Trade
from matchmaking.engine.values import Firm, Implication, Kept, Proof

NEAR_KM = 300
NAMED_AT_MOST = 3


def reasons_for(match: Match, matcher: Matcher, *, kept: Kept | None) -> tuple[Fact, ...]:
    """Return why the two should meet, strongest first; at least three facts.

    The best trade of each direction speaks for itself, further trades are counted.
    """
    book, facts = matcher.book, list[Fact]()
    if kept:
        facts.append(Fact(Code.KEPT, {"by": kept.value}))
    leading = _leading(match)
    for trade in leading:
        facts += _reasons_of(trade, book)
    if len(leading) == 2:
        facts.append(Fact(Code.BOTH_WAYS, {"a": match.a.name, "b": match.b.name}))
    if len(match.trades) > len(leading):
        facts.append(Fact(Code.SEVERAL_TRADES, {"count": len(match.trades)}))
    if not leading:
        facts += [_introduction(match.a, matcher), _introduction(match.b, matcher)]
    facts.append(_regions(match, book))
    return distinct(facts)


def unmet_in(match: Match) -> tuple[Fact, ...]:
    """Return what is not known about the trades, then why other stated wishes have no trade here."""
    facts = [fact for trade in match.trades for fact in _unknowns_of(trade)]
    facts += [failure for miss in match.near for failure in miss.failures]
    return distinct(facts)


def _leading(match: Match) -> list[Trade]:
    """Return the best trade of each direction, best first."""
    best: dict[int, Trade] = {}
    for trade in match.trades:
        best.setdefault(trade.offer.firm, trade)
    return list(best.values())


def _regions(match: Match, book: CaseBook) -> Fact:
    kilometres = book.kilometres(match.a, match.b)
    near = kilometres is not None and kilometres <= NEAR_KM
    params = {
        "region_a": match.a.region_name,
        "region_b": match.b.region_name,
        "km": None if kilometres is None else round(kilometres),
    }
    return Fact(Code.NEAR if near else Code.OTHER_REGION, params)


def _introduction(firm: Firm, matcher: Matcher) -> Fact:
    """Say what a business offers, else what it looks for, when a pair has no trade to speak of."""
    offers = [offer.name for offer in matcher.book.offers_of[firm.id][:NAMED_AT_MOST]]
    if offers:
        return Fact(Code.OFFERS, {"business": firm.name, "products": offers})
    needs = [wish.text for wish in matcher.wishes_of[firm.id] if not wish.implied][:NAMED_AT_MOST]
    return Fact(Code.SEEKS if needs else Code.OFFERS_NOTHING, {"business": firm.name, "needs": needs})


def _about(case: Case) -> dict[str, Any]:
    return {"product": case.offer.name, "seller": case.seller.name, "buyer": case.buyer.name}


def _days(case: Case) -> dict[str, Any]:
    return {"days": case.offer.lead_days, "days_left": case.days_left}


def _reasons_of(trade: Trade, book: CaseBook) -> Iterator[Fact]:
    case = trade.case
    yield _want(case, book)
    yield _likeness(case, book)
    yield from _numbers(case)
    if case.wish.certificates:
        yield Fact(Code.CERTIFICATES_HELD, {**_about(case), "kinds": sorted(case.wish.certificates)})
    if case.spare_days is not None and case.spare_days >= 0:
        yield Fact(Code.IN_TIME, {**_about(case), **_days(case)})
    if asks_for_consignment(case.wish.text) and case.offer.consignment:
        yield Fact(Code.CONSIGNMENT_ACCEPTED, _about(case))
    if case.share is not None:
        amounts = {"share": case.share, "quantity": case.wish.quantity, "unit": case.wish_unit_label}
        yield Fact(Code.GROUP_SHARE, {**_about(case), "need": case.wish.text, **amounts})


def _want(case: Case, book: CaseBook) -> Fact:
    """Say who looks for it: in the buyer's own words, or by what the buyer makes."""
    implied = case.wish.implied
    if implied is None:
        return Fact(Code.WANTED, {**_about(case), "need": case.wish.text})
    return Fact(Code.IMPLIED, {**_about(case), **_implication(implied, book)})


def _implication(implied: Implication, book: CaseBook) -> dict[str, Any]:
    maker = book.categories[implied.maker].label.as_param() if implied.maker else None
    return {"maker": maker, "need": implied.need.as_param(), "role": implied.role.value}


def _likeness(case: Case, book: CaseBook) -> Fact:
    """Say what offer and wish have in common: the family, else the words, else kindred ones."""
    if case.kinship is Kinship.SAME_FAMILY:
        implied, shared = case.wish.implied, sorted(case.offer.families & case.wish.families)
        family = implied.supplier if implied else shared[0]
        return Fact(Code.SAME_FAMILY, {**_about(case), "family": book.categories[family].label.as_param()})
    texts = book.wish_text(case.wish), book.offer_text(case.offer)
    words, kindred = shared_words(*texts), kindred_words(*texts)
    return Fact(Code.SIMILAR_TEXT, {**_about(case), "words": list(words), "kindred": list(kindred)})


def _numbers(case: Case) -> Iterator[Fact]:
    """Say how the numbers fit: capacity, price and minimum order, as far as both sides are known."""
    offer, unit = case.offer, {**_about(case), "unit": case.unit_label}
    if case.quantity is not None:
        quantity = number(case.quantity)
        if offer.capacity is not None and case.quantity <= offer.capacity:
            params = {**unit, "capacity": offer.capacity, "quantity": quantity, "monthly": case.wish.monthly}
            yield Fact(Code.CAPACITY_ENOUGH, params)
        if offer.min_order is not None:
            yield Fact(Code.MIN_ORDER_MET, {**unit, "min_order": offer.min_order, "quantity": quantity})
    elif offer.capacity is not None:
        yield Fact(Code.CAPACITY_KNOWN, {**unit, "capacity": offer.capacity})
    if case.price is not None:
        if case.ceiling is not None:
            yield Fact(Code.PRICE_WITHIN, {**unit, "price": case.price, "ceiling": number(case.ceiling)})
        else:
            yield Fact(Code.PRICE_KNOWN, {**unit, "price": case.price})


def _unknowns_of(trade: Trade) -> Iterator[Fact]:
    """Name everything about a trade that nobody has said yet, and what is only claimed or tight."""
    case = trade.case
    yield from _unknown_of_seller(case)
    if trade.is_implied:
        yield Fact(Code.IMPLIED_DETAILS_UNKNOWN, {"buyer": case.buyer.name, "products": [case.offer.name]})
    else:
        yield from _unknown_of_buyer(case)
    claimed = [k for k in case.wish.certificates if best_proof(k, case.offer.certificates) is Proof.CLAIMED]
    if claimed:
        yield Fact(Code.CERTIFICATES_UNCHECKED, {"kinds": sorted(claimed), "products": [case.offer.name]})
    yield from _tight(case)


def _unknown_of_seller(case: Case) -> Iterator[Fact]:
    offer = case.offer
    missing = {
        Code.PRICE_UNKNOWN: case.price,
        Code.CAPACITY_UNKNOWN: offer.capacity,
        Code.MIN_ORDER_UNKNOWN: offer.min_order,
        Code.LEAD_TIME_UNKNOWN: offer.lead_days,
        Code.DELIVERY_UNKNOWN: offer.delivers_to,
    }
    for code, value in missing.items():
        if value is None:
            yield Fact(code, {"seller": case.seller.name, "products": [offer.name]})
    if asks_for_consignment(case.wish.text) and offer.consignment is None:
        yield Fact(Code.CONSIGNMENT_UNKNOWN, _about(case))


def _unknown_of_buyer(case: Case) -> Iterator[Fact]:
    about, wish = {**_about(case), "need": case.wish.text}, case.wish
    if wish.quantity is None:
        yield Fact(Code.QUANTITY_UNKNOWN, about)
    if wish.ceiling is None:
        yield Fact(Code.CEILING_UNKNOWN, about)
    if case.unit_factor is None and (wish.quantity is not None or wish.ceiling is not None):
        yield Fact(Code.UNIT_UNKNOWN, {**about, "unit": case.unit_label, "wish_unit": case.wish_unit_label})


def _tight(case: Case) -> Iterator[Fact]:
    """Name what passes the gates and still is not as wished."""
    about, offer = _about(case), case.offer
    if case.spare_days is not None and case.spare_days < 0:
        yield Fact(Code.TOO_SLOW, {**about, **_days(case)})
    if asks_for_consignment(case.wish.text) and offer.consignment is False:
        yield Fact(Code.NO_CONSIGNMENT, about)
    if case.quantity is not None and offer.capacity is not None and case.quantity > offer.capacity:
        months = -(-case.quantity // offer.capacity)
        amounts = {"months": months, "capacity": offer.capacity, "unit": case.unit_label}
        yield Fact(Code.TAKES_MONTHS, {**about, **amounts})
