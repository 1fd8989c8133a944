"""Builders of small markets for the engine: Bandung (region 32.04) and Surakarta (33.72)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from matchmaking.engine.cases import Case, CaseBook
from matchmaking.engine.matches import Match, Matcher
from matchmaking.engine.values import (
    Category,
    Certificate,
    Complement,
    Contact,
    Decisions,
    Firm,
    Kept,
    Label,
    Offer,
    Proof,
    Role,
    Rules,
    Tier,
    Unit,
    Wish,
    pair_key,
)

DAY = date(2018, 3, 22)
PLACES = {
    "32.04": ("Kabupaten Bandung", -7.10, 107.61),
    "33.72": ("Kota Surakarta", -7.57, 110.82),
    "34.71": ("Kota Yogyakarta", -7.80, 110.37),
}
CATEGORIES = tuple(
    Category(code, parent, Label(label, label))
    for code, parent, label in [
        ("kuliner", None, "Kuliner"),
        ("kopi", "kuliner", "Kopi"),
        ("keripik", "kuliner", "Keripik"),
        ("tekstil", None, "Tekstil"),
        ("kain-katun", "tekstil", "Kain katun"),
        ("kain-batik", "tekstil", "Kain batik"),
        ("kemasan", None, "Kemasan"),
        ("kotak", "kemasan", "Kotak"),
        ("jasa", None, "Jasa"),
        ("kurir", "jasa", "Kurir"),
    ]
)
SECTORS = {category.code: category.parent or category.code for category in CATEGORIES}
COMPLEMENTS = (
    Complement("kain-batik", "kain-katun", Label("kain mori", "greige cotton"), Role.CORE, 1.0),
    Complement("kain-batik", "kotak", Label("kotak kemasan", "boxes"), Role.PACKAGING, 0.4),
    Complement("kopi", "kotak", Label("kotak kopi", "coffee boxes"), Role.PACKAGING, 0.8),
    Complement("keripik", "kemasan", Label("kemasan keripik", "packaging"), Role.PACKAGING, 0.9),
    Complement(None, "kurir", Label("kurir", "courier"), Role.SERVICE, 0.3),
)
UNITS = tuple(
    Unit(code, root, Fraction(factor), Label(code, code))
    for code, root, factor in [
        ("buah", "buah", 1),
        ("lusin", "buah", 12),
        ("meter", "meter", 1),
        ("bungkus", "bungkus", 1),
        ("dus", "dus", 1),
    ]
)


def firm(id: int, region: str = "32.04", **values: Any) -> Firm:  # noqa: A002 - the field's own name
    name, latitude, longitude = PLACES[region]
    known = {"latitude": latitude, "longitude": longitude} | values
    return Firm(id=id, name=known.pop("name", f"Usaha {id}"), region=region, region_name=name, **known)


def offer(id: int, firm: int, kind: str = "kopi", **values: Any) -> Offer:  # noqa: A002
    known: dict[str, Any] = {"unit": "bungkus", "name": f"Produk {id}"} | values
    return Offer(id=id, firm=firm, **known, **_kinds(kind))


def wish(id: int, firm: int, kind: str = "kopi", **values: Any) -> Wish:  # noqa: A002
    known: dict[str, Any] = {"unit": "bungkus", "text": f"Kebutuhan {id}"} | values
    return Wish(id=id, firm=firm, **known, **_kinds(kind))


def _kinds(kind: str) -> dict[str, Any]:
    families = frozenset({kind}) if SECTORS[kind] != kind else frozenset()
    return {"sector": SECTORS[kind], "families": families}


def tiers(*prices: int | tuple[int, int]) -> tuple[Tier, ...]:
    """Return price tiers: a price from one unit on, or (from how many, price)."""
    return tuple(Tier(1, price) if isinstance(price, int) else Tier(*price) for price in prices)


def certificates(**proofs: str) -> tuple[Certificate, ...]:
    return tuple(Certificate(kind, Proof(proof)) for kind, proof in proofs.items())


def contact(*rows: Firm | Offer | Wish, **values: Any) -> Contact:
    """Return a contact of these firms, offers and wishes with the small taxonomy above."""
    known: dict[str, Any] = {"day": DAY, "categories": CATEGORIES, "units": UNITS, "complements": ()} | values
    return Contact(
        firms=tuple(row for row in rows if isinstance(row, Firm)),
        offers=tuple(row for row in rows if isinstance(row, Offer)),
        wishes=tuple(row for row in rows if isinstance(row, Wish)),
        **known,
    )


def every_match(matcher: Matcher) -> Iterator[Match]:
    """Look at every pair of businesses of different regions, without vetoed ones."""
    for a, b in combinations(matcher.contact.firms, 2):
        if a.region != b.region and (a.id, b.id) not in matcher.contact.decisions.vetoed:
            yield matcher.match(a, b)


def case_of(one_offer: Offer, one_wish: Wish, **values: Any) -> Case | None:
    """Put one offer of Bandung to one wish of Surakarta."""
    market = contact(firm(one_offer.firm), firm(one_wish.firm, "33.72"), one_offer, one_wish, **values)
    return CaseBook(market).case(one_offer, one_wish)


KINDS = sorted(SECTORS)
AMOUNTS = st.none() | st.integers(1, 5_000)
UNIT_CODES = st.none() | st.sampled_from([unit.code for unit in UNITS])
WORDS = st.lists(
    st.sampled_from(["kopi", "keripik", "katun", "batik", "kotak", "bubuk", "bambu"]), min_size=1
)
TEXTS = WORDS.map(" ".join)


DELIVERIES = [None, None, frozenset({"*"}), *map(frozenset, [{"32"}, {"33"}, {"33.72"}, {"32.04", "34.71"}])]


@st.composite
def random_offers(draw: st.DrawFn, id: int, firm: int) -> Offer:  # noqa: A002
    steps = draw(st.lists(st.integers(1, 1_000), max_size=3, unique=True))
    held = draw(st.sets(st.sampled_from(["pirt", "halal"])))
    return offer(
        id,
        firm,
        draw(st.sampled_from(KINDS)),
        name=draw(TEXTS),
        unit=draw(UNIT_CODES),
        tiers=tuple(Tier(step, draw(st.integers(1, 100_000))) for step in steps),
        min_order=draw(AMOUNTS),
        capacity=draw(AMOUNTS),
        lead_days=draw(st.none() | st.integers(0, 90)),
        certificates=tuple(Certificate(kind, draw(st.sampled_from(list(Proof)))) for kind in sorted(held)),
        consignment=draw(st.sampled_from([None, True, False])),
        delivers_to=draw(st.sampled_from(DELIVERIES)),
    )


@st.composite
def random_wishes(draw: st.DrawFn, id: int, firm: int) -> Wish:  # noqa: A002
    return wish(
        id,
        firm,
        draw(st.sampled_from(KINDS)),
        text=draw(TEXTS) + draw(st.sampled_from(["", ", titip jual"])),
        unit=draw(UNIT_CODES),
        quantity=draw(AMOUNTS),
        monthly=draw(st.booleans()),
        ceiling=draw(st.none() | st.integers(1, 100_000)),
        certificates=tuple(sorted(draw(st.sets(st.sampled_from(["pirt", "halal"]))))),
        wanted_from=draw(st.none() | st.dates(date(2018, 1, 1), date(2018, 9, 1))),
        until=draw(st.none() | st.dates(date(2018, 3, 1), date(2018, 9, 1))),
        area=draw(st.sampled_from([None, None, "32", "33", "33.72", "34.71"])),
    )


@st.composite
def random_contacts(draw: st.DrawFn, most: int = 8) -> Contact:
    """Draw a contact of two or three regions with anything known or unknown, and staff's decisions."""
    count = draw(st.integers(2, most))
    regions = st.sampled_from(sorted(PLACES))
    firms = [
        firm(number, draw(regions), line=draw(st.none() | st.sampled_from(KINDS)))
        for number in range(1, count + 1)
    ]
    rows: list[Firm | Offer | Wish] = list(firms)
    for number, one in enumerate(firms, start=1):
        rows += [draw(random_offers(10 * number + i, one.id)) for i in range(draw(st.integers(0, 2)))]
        rows += [draw(random_wishes(10 * number + i, one.id)) for i in range(draw(st.integers(0, 2)))]
    ids = [one.id for one in firms]
    keys = [pair_key(a, b) for a in ids for b in ids if a < b and firms[a - 1].region != firms[b - 1].region]
    decided = draw(st.lists(st.sampled_from(keys), unique=True, max_size=4)) if keys else []
    return contact(
        *rows,
        complements=COMPLEMENTS,
        decisions=Decisions(
            kept={key: draw(st.sampled_from(list(Kept))) for key in decided[::2]},
            vetoed=dict.fromkeys(decided[1::2], "Sudah bekerja sama."),
        ),
        rules=Rules(quota=draw(st.integers(1, 4)), least_score=draw(st.sampled_from([0.0, 0.3, 0.6]))),
    )
