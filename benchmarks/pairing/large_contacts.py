"""Contacts of any size for measuring, drawn at random (seeded) from the portal's own taxonomy."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from matchmaking.engine.values import (
    Category,
    Certificate,
    Complement,
    Contact,
    Firm,
    Label,
    Offer,
    Proof,
    Role,
    Rules,
    Tier,
    Unit,
    Wish,
)

DATA = Path(__file__).resolve().parents[2] / "products" / "data"
DAY = date(2026, 11, 3)
TWO_REGIONS = (("32.04", "Kabupaten Bandung", -7.10, 107.61), ("33.72", "Kota Surakarta", -7.57, 110.82))
QUALITIES = (
    "premium", "asli", "tradisional", "khas", "organik", "halus", "kering", "pedas", "manis", "tebal",
    "motif kawung", "ukuran besar", "isi sepuluh", "kemasan hadiah", "buatan tangan", "sablon", "polos",
)  # fmt: skip


def large_contact(firms_a_side: int, offers: int, wishes: int, *, quota: int = 8, seed: int = 1) -> Contact:
    """Return a contact of two regions with this many offers and wishes in all, spread over all firms."""
    draw = random.Random(seed)  # noqa: S311 - drawn for measuring
    categories = _categories()
    families = [category for category in categories if category.parent]
    firms = [
        Firm(number, f"Usaha {number}", *TWO_REGIONS[number % 2], office=number % 2)
        for number in range(1, 2 * firms_a_side + 1)
    ]
    lines = {firm.id: draw.choices(families, k=2) for firm in firms}
    ids = [firm.id for firm in firms]
    return Contact(
        day=DAY,
        firms=tuple(firms),
        offers=tuple(
            _offer(number, firm, draw.choice(lines[firm]), draw)
            for number, firm in enumerate(_spread(ids, offers, draw), start=1)
        ),
        wishes=tuple(
            _wish(number, firm, draw.choice(families), draw)
            for number, firm in enumerate(_spread(ids, wishes, draw), start=1)
        ),
        categories=categories,
        complements=_complements(),
        units=_units(),
        rules=Rules(quota=quota),
    )


def _spread(ids: list[int], count: int, draw: random.Random) -> Iterator[int]:
    """Yield ``count`` ids: everybody equally often, and who comes once more is drawn."""
    rounds, rest = divmod(count, len(ids))
    yield from ids * rounds
    yield from draw.sample(ids, rest)


def _offer(number: int, firm: int, family: Category, draw: random.Random) -> Offer:
    price = round(draw.lognormvariate(10, 1), -2) + 500
    held = [kind for kind in ("pirt", "halal", "sni") if draw.random() < 0.3]
    return Offer(
        id=number,
        firm=firm,
        name=_name(family, draw),
        description=_name(family, draw),
        sector=family.parent or family.code,
        families=frozenset({family.code}),
        unit=draw.choice([None, "buah", "lusin", "kilogram", "bungkus"]),
        tiers=(Tier(1, int(price)), Tier(100, int(price * 0.9))) if draw.random() < 0.8 else (),
        min_order=draw.choice([None, 1, 10, 50, 100]),
        capacity=draw.choice([None, 100, 500, 800, 2_000, 10_000]),
        lead_days=draw.choice([None, 3, 7, 14, 30]),
        certificates=tuple(Certificate(kind, draw.choice(list(Proof))) for kind in held),
        consignment=draw.choice([None, True, False]),
    )


def _wish(number: int, firm: int, family: Category, draw: random.Random) -> Wish:
    return Wish(
        id=number,
        firm=firm,
        text=_name(family, draw),
        sector=family.parent or family.code,
        families=frozenset({family.code}) if draw.random() < 0.8 else frozenset(),
        quantity=draw.choice([None, 20, 100, 500, 5_000]),
        unit=draw.choice([None, "buah", "lusin", "kilogram", "bungkus"]),
        ceiling=draw.choice([None, int(draw.lognormvariate(10.5, 1)) + 1_000]),
        certificates=tuple(kind for kind in ("pirt", "halal") if draw.random() < 0.1),
        wanted_from=draw.choice([None, DAY + timedelta(days=draw.randrange(5, 90))]),
    )


def _name(family: Category, draw: random.Random) -> str:
    return f"{draw.choice(family.label.id.split(' dan '))} {' '.join(draw.sample(QUALITIES, 2))}"


def reference_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the portal's own tables (``products/data``)."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _categories() -> tuple[Category, ...]:
    return tuple(
        Category(
            row["code"],
            row["parent_code"] or None,
            Label(row["name_id"], row["name_en"]),
            tuple(filter(None, f"{row['synonyms_id']}|{row['name_en']}|{row['synonyms_en']}".split("|"))),
        )
        for row in reference_rows("categories.csv")
    )


def _complements() -> tuple[Complement, ...]:
    return tuple(
        Complement(
            None if row["buyer_code"] == "*" else row["buyer_code"],
            row["supplier_code"],
            Label(row["need_id"], row["need_en"]),
            Role(row["role"]),
            float(row["weight"]),
        )
        for row in reference_rows("complements.csv")
    )


def _units() -> tuple[Unit, ...]:
    return tuple(
        Unit(
            row["code"],
            row["base_unit"] or row["code"],
            Fraction(row["factor"]),
            Label(row["label_id"], row["label_en"]),
        )
        for row in reference_rows("units.csv")
    )
