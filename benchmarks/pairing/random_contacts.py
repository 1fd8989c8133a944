"""Small random contacts (seeded) that hold whatever can be known, unknown or decided by staff."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

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
    PairKey,
    Proof,
    Role,
    Rules,
    Tier,
    Unit,
    Wish,
)

DAY = date(2026, 11, 3)
REGIONS = (
    ("32.04", "Kabupaten Bandung", -7.10, 107.61),
    ("33.72", "Kota Surakarta", -7.57, 110.82),
    ("34.71", "Kota Yogyakarta", -7.80, 110.37),
)
FAMILIES = {
    "kuliner": ("kopi", "keripik"),
    "tekstil": ("kain-katun", "kain-batik"),
    "kemasan": ("kotak", "botol"),
    "jasa": ("kurir",),
}
CATEGORIES = tuple(
    Category(code, parent, Label(code, code))
    for sector, families in FAMILIES.items()
    for code, parent in [(sector, None), *((family, sector) for family in families)]
)
COMPLEMENTS = (
    Complement("kain-batik", "kain-katun", Label("kain mori", "greige cotton"), Role.CORE, 1.0),
    Complement("kopi", "kotak", Label("kotak kopi", "coffee boxes"), Role.PACKAGING, 0.8),
    Complement("kuliner", "kemasan", Label("kemasan", "packaging"), Role.PACKAGING, 0.9),
    Complement(None, "kurir", Label("kurir", "courier"), Role.SERVICE, 0.3),
)
UNITS = tuple(
    Unit(code, root, Fraction(factor), Label(code, code))
    for code, root, factor in [
        ("buah", "buah", 1),
        ("lusin", "buah", 12),
        ("gram", "gram", 1),
        ("kilogram", "gram", 1_000),
        ("dus", "dus", 1),
    ]
)
WORDS = ("kopi", "keripik", "katun", "batik", "kotak", "bubuk", "bambu", "pedas", "payung", "kurir")
"""No two mean the same in everyday words, so that likeness is always a word in common."""

AMOUNTS = (None, 5, 20, 100, 300, 800, 5_000)


def random_contact(seed: int, most_firms: int = 14) -> Contact:
    """Return the contact of a seed: two or three regions, offers, wishes, kept and vetoed pairs.

    In three of ten somebody needs more coffee than any one maker has, so that groups must answer.
    """
    draw = random.Random(seed)  # noqa: S311 - drawn for measuring
    regions = REGIONS[: draw.choice([2, 2, 3])]
    firms = [
        Firm(
            number,
            f"Usaha {number}",
            *draw.choice(regions),
            line=draw.choice([None, None, "kopi", "kain-batik"]),
            office=draw.choice([None, 1, 2]),
        )
        for number in range(1, draw.randint(3, most_firms) + 1)
    ]
    famous = draw.choice(firms).id
    is_short = draw.random() < 0.3
    return Contact(
        day=DAY,
        firms=tuple(firms),
        offers=tuple(
            _offer(10 * firm.id + number, firm.id, draw)
            for firm in firms
            for number in range(8 if firm.id == famous else draw.randint(0, 2))
        )
        + (_coffee_of_all(firms, draw) if is_short else ()),
        wishes=tuple(
            _wish(10 * firm.id + number, firm.id, draw)
            for firm in firms
            for number in range(draw.randint(0, 2))
        )
        + (_much_coffee(draw.choice(firms), draw) if is_short else ()),
        categories=CATEGORIES,
        complements=COMPLEMENTS if draw.random() < 0.5 else (),
        units=UNITS,
        decisions=_decisions(firms, draw),
        rules=Rules(
            quota=draw.randint(1, 5), least_pairs=draw.randint(1, 3), least_score=draw.choice([0.0, 0.3, 0.6])
        ),
    )


def _kinds(draw: random.Random) -> tuple[str, frozenset[str]]:
    """Return a sector, and one of its families or none."""
    sector = draw.choice(list(FAMILIES))
    return sector, frozenset(draw.sample(FAMILIES[sector], draw.choice([0, 1, 1, 1])))


def _offer(number: int, firm: int, draw: random.Random) -> Offer:
    sector, families = _kinds(draw)
    steps = sorted(draw.sample([1, 10, 50, 200, 1_000], draw.randint(0, 3)))
    return Offer(
        id=number,
        firm=firm,
        name=" ".join(draw.sample(WORDS, 2)),
        sector=sector,
        families=families,
        unit=draw.choice([None, *(unit.code for unit in UNITS)]),
        tiers=tuple(Tier(step, draw.randint(1, 100) * 500) for step in steps),
        min_order=draw.choice([None, None, 1, 10, 100]),
        capacity=draw.choice(AMOUNTS),
        lead_days=draw.choice([None, 3, 14, 60]),
        certificates=tuple(
            Certificate(kind, draw.choice(list(Proof))) for kind in ("pirt", "halal") if draw.random() < 0.5
        ),
        consignment=draw.choice([None, True, False]),
    )


def _wish(number: int, firm: int, draw: random.Random) -> Wish:
    sector, families = _kinds(draw)
    return Wish(
        id=number,
        firm=firm,
        text=" ".join(draw.sample(WORDS, 2)) + draw.choice(["", "", ", titip jual"]),
        sector=sector,
        families=families,
        quantity=draw.choice(AMOUNTS),
        unit=draw.choice([None, *(unit.code for unit in UNITS)]),
        monthly=draw.random() < 0.7,
        ceiling=draw.choice([None, draw.randint(1, 100) * 1_000]),
        certificates=tuple(kind for kind in ("pirt", "halal") if draw.random() < 0.15),
        wanted_from=draw.choice([None, DAY + timedelta(days=draw.randint(-20, 90))]),
        until=draw.choice([None, None, DAY + timedelta(days=draw.randint(-5, 60))]),
    )


def _coffee_of_all(firms: list[Firm], draw: random.Random) -> tuple[Offer, ...]:
    """Return one more offer of everybody: some coffee, a small part of what is needed."""
    return tuple(
        replace(
            _offer(10 * firm.id + 9, firm.id, draw),
            sector="kuliner",
            families=frozenset({"kopi"}),
            unit="buah",
            tiers=(),
            capacity=draw.choice([30, 100, 300]),
        )
        for firm in firms
    )


def _much_coffee(firm: Firm, draw: random.Random) -> tuple[Wish]:
    wish = replace(
        _wish(10 * firm.id + 9, firm.id, draw),
        sector="kuliner",
        families=frozenset({"kopi"}),
        unit=draw.choice(["buah", "lusin"]),
        quantity=draw.choice([25, 60, 320, 500]),
        monthly=True,
        ceiling=None,
        certificates=(),
        until=None,
    )
    return (wish,)


def _decisions(firms: list[Firm], draw: random.Random) -> Decisions:
    keys = [(a.id, b.id) for a in firms for b in firms if a.id < b.id and a.region != b.region]
    decided = draw.sample(keys, min(len(keys), draw.randint(0, 5)))
    return Decisions(
        kept={key: draw.choice(list(Kept)) for key in decided[::2]},
        vetoed=dict.fromkeys(decided[1::2], "Sudah bekerja sama."),
    )


@dataclass(frozen=True, slots=True)
class RandomPair:
    """A possible pair with what each side gets from it, 0 to 1."""

    key: PairKey
    benefit_a: float
    benefit_b: float

    @property
    def score(self) -> float:
        """The harmonic mean of both benefits, to six places, as the engine scores pairs."""
        both = self.benefit_a + self.benefit_b
        return round(2 * self.benefit_a * self.benefit_b / both, 6) if both else 0.0


@dataclass(frozen=True, slots=True)
class RandomMarket:
    """The possible pairs of a contact without its wares, the region of every business, and the rules."""

    pairs: tuple[RandomPair, ...]
    region_of: dict[int, int]
    rules: Rules


def random_market(seed: int) -> RandomMarket:
    """Return a market of two regions with 5 to 60 businesses each, or three with 5 to 20, sparse or dense.

    Some businesses are popular: they have more possible pairs, and what others get from them is higher.
    """
    draw = np.random.default_rng(seed)
    count = int(draw.choice([2, 2, 2, 3]))
    regions = np.repeat(np.arange(count), draw.integers(5, 61 if count == 2 else 21, size=count))
    popularity = np.minimum(1.0, draw.pareto(2.5, len(regions)) / 2)
    density = draw.choice([0.05, 0.15, 0.4, 0.9])
    one, other = np.nonzero(np.triu(regions[:, None] != regions, 1))
    wanted = density * (0.5 + popularity[one] + popularity[other])
    possible = draw.random(len(one)) < wanted
    one, other = one[possible], other[possible]
    shares = draw.random((2, len(one)))
    benefits = 0.65 * shares + 0.35 * np.stack([popularity[other], popularity[one]])
    rows = zip(one.tolist(), other.tolist(), *benefits.round(6).tolist(), strict=True)
    return RandomMarket(
        pairs=tuple(RandomPair((a + 1, b + 1), for_a, for_b) for a, b, for_a, for_b in rows),
        region_of={place + 1: int(region) for place, region in enumerate(regions)},
        rules=Rules(quota=int(draw.integers(3, 9)), least_pairs=3, least_score=0.3),
    )
